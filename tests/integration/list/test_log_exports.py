"""The log as a file: only for those who answer for it, and only what they may see."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.audit.services import DEMO_LOADER, ReasonMissing
from samhandling.apps.initiatives.services import update_initiative, withdraw_initiative
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.organisations.services import end_role, grant_role
from tests.audit_log import start_log_now
from tests.factories import County, make_agreement, make_initiative, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SignIn = Callable[[User], Client]
HOSTILE = '=HYPERLINK("http://x") <b>&amp;'


def lines(client: Client, **query: str) -> list[dict]:
    answer = client.get("/andringar/andringar.jsonl", query)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/x-ndjson")
    return [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]


def cells(client: Client, **query: str) -> list[list[object]]:
    answer = client.get("/andringar/andringar.xlsx", query)
    assert answer.status_code == 200
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def test_the_log_is_taken_away_as_it_is_shown(as_person: SignIn, county: County) -> None:
    initiative = make_initiative(county.agreement, "Språkcafé", owner=county.organisation)
    start_log_now()
    update_initiative(initiative=initiative, title=HOSTILE, reason="=1+1", by=county.alice)
    client = as_person(county.doris)
    (line,) = lines(client)
    assert line["sentence"] == f"Alice Ek ändrade namn för insatsen ”{HOSTILE}” från " \
        f"Språkcafé till {HOSTILE}."  # fmt: skip
    assert (line["reason"], line["verb"], line["fields"]) == ("=1+1", "CHANGED", ["title"])
    assert line["agreement"] == county.agreement.uid
    assert line["at"].endswith("Z")
    assert datetime.fromisoformat(line["at"]).utcoffset() == timedelta(0)
    ((said, _when, reason, _changes, verb, uid),) = cells(client)
    assert (said, reason, verb, uid) == (line["sentence"], "=1+1", "ändrade", initiative.uid)


@pytest.mark.parametrize(
    "asked", [{"avtal": "finnsinte"}, {"fran": "2020-99-99"}, {"till": "9999-12-31"}]
)
def test_no_file_is_made_of_what_is_not_understood(
    as_person: SignIn, county: County, asked: dict[str, str]
) -> None:
    client = as_person(county.doris)
    for kind in ("jsonl", "xlsx"):
        answer = client.get(f"/andringar/andringar.{kind}", asked)
        assert answer.status_code == 400
        assert "Frågan gick inte att förstå" in answer.content.decode()


def test_a_file_holds_what_the_page_asks_for(as_person: SignIn, county: County) -> None:
    one = make_initiative(county.agreement, "Ett", owner=county.organisation)
    two = make_initiative(county.agreement, "Två", owner=county.organisation)
    withdraw_initiative(initiative=one, reason="Skrevs två gånger", by=county.alice)
    update_initiative(initiative=two, purpose="x", reason="Förtydligat", by=county.alice)
    client = as_person(county.doris)
    assert [row["record"] for row in lines(client, atgard="WITHDRAWN")] == [one.uid]
    assert [row["record"] for row in lines(client, skal="GÅNGER")] == [one.uid]
    assert [row["record"] for row in lines(client, skal="tydlig")] == [two.uid]
    page = client.get("/andringar/", {"skal": "tydlig"}).content.decode()
    assert 'data-count="1"' in page
    assert 'href="/andringar/andringar.xlsx?skal=tydlig"' in page


@pytest.mark.parametrize("who", ["alice", "bob", "reader"])
def test_others_are_told_that_there_is_no_such_page(
    as_person: SignIn, county: County, who: str
) -> None:
    client = as_person(getattr(county, who))
    for ending in ("xlsx", "jsonl"):
        assert client.get(f"/andringar/andringar.{ending}").status_code == 404
    assert "andringar.xlsx" not in client.get("/andringar/").content.decode()


def test_who_leads_one_agreement_takes_its_log_and_no_other(
    as_person: SignIn, county: County
) -> None:
    elsewhere = make_agreement("En annan")
    make_initiative(elsewhere, "Annorstädes")
    here = make_initiative(county.agreement, "Här", owner=county.organisation)
    leader = make_user(name="Lena Ledare")
    grant_role(
        person=leader.person, role="PROCESS_LEADER", scope=county.agreement.record, by=DEMO_LOADER
    )
    told = lines(as_person(leader))
    assert {row["agreement"] for row in told} == {county.agreement.uid}
    assert here.uid in {row["record"] for row in told}


def test_nothing_of_others_drafts_is_taken_away(as_person: SignIn, county: County) -> None:
    draft = make_initiative(
        county.agreement, "Hemligt", owner=county.organisation, sharing="DRAFT", by=county.alice
    )
    update_initiative(initiative=draft, purpose="Hemligt syfte", by=county.alice)
    written = json.dumps(lines(as_person(county.doris)))
    assert draft.uid not in written
    assert "Hemlig" not in written


def test_a_role_that_is_given_and_ended_is_told_by_name(as_person: SignIn, county: County) -> None:
    person = Person.objects.get(user=county.reader)
    start_log_now()
    grant = grant_role(person=person, role="PROCESS_LEADER", by=DEMO_LOADER)
    with pytest.raises(ReasonMissing):
        end_role(grant=grant, on=day_of_security(), reason=" ", by=DEMO_LOADER)
    end_role(grant=grant, on=day_of_security(), reason="Nytt jobb", by=DEMO_LOADER)
    assert [(row["sentence"], row["reason"]) for row in lines(as_person(county.doris))] == [
        ("Exempelinläsningen avslutade rollen processledare för Rut Läsare.", "Nytt jobb"),
        ("Exempelinläsningen gav Rut Läsare rollen processledare.", ""),
    ]
