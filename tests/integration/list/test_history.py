"""The log of changes: who, when, what and why, narrowed, and without other people's drafts."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from samhandling.apps.accounts.models import User
from samhandling.apps.initiatives.services import (
    add_part,
    add_quantity,
    update_initiative,
    withdraw_initiative,
)
from samhandling.apps.people.services import merge_people
from tests.factories import (
    County,
    make_agreement,
    make_funding,
    make_initiative,
    make_need,
    make_user,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def changes(client: Client, path: str = "/andringar/", **query: str) -> list[str]:
    """The sentences of a page of the log, without markup."""
    answer = client.get(path, query)
    assert answer.status_code == 200
    log = re.search(r'<ol class="history">(.*?)</ol>', answer.content.decode(), re.S)
    if log is None:
        return []
    items = re.findall(r"<li>(.*?)</li>", log[1], re.S)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", item)).split()) for item in items]


def total(client: Client, path: str = "/andringar/", **query: str) -> int:
    page = client.get(path, query).content.decode()
    return int(re.findall(r'data-count="(\d+)"', page)[0])


def test_a_change_is_told_with_who_what_and_why(as_person: SignIn, county: County) -> None:
    initiative = make_initiative(county.agreement, "Språkcafé", owner=county.organisation)
    update_initiative(
        initiative=initiative, title="Språkcafé i norr", reason="Ett till har öppnat.",
        by=county.alice,
    )  # fmt: skip
    latest = changes(as_person(county.reader))[0]
    assert "Alice Ek" in latest
    assert "Språkcafé i norr" in latest
    assert "Ett till har öppnat." in latest


def test_who_was_merged_is_one_in_the_log(as_person: SignIn, county: County) -> None:
    old = make_user(organisation=county.organisation, name="Ada Gammal")
    initiative = make_initiative(county.agreement, "Språkcafé", owner=county.organisation)
    update_initiative(initiative=initiative, title="Under gamla kontot", by=old)
    merge_people(
        keep=county.alice.person, other=old.person, name="Alice Ek", email=county.alice.email,
        reason="Samma person", by=county.doris,
    )  # fmt: skip
    reader = as_person(county.reader)
    page = reader.get("/andringar/").content.decode()
    (choice,) = re.findall(r'<option value="([^"]*)"[^>]*>Alice Ek<', page)
    assert choice == county.alice.person.key
    assert "Under gamla kontot" in changes(reader, person=choice)[0]


def test_the_log_can_be_narrowed(as_person: SignIn, county: County) -> None:
    client = as_person(county.reader)
    elsewhere = make_agreement("En annan")
    initiative = make_initiative(county.agreement, "Språkcafé", owner=county.organisation)
    make_initiative(elsewhere, "Annorstädes")
    make_need(county.agreement, "Mötesplatser")
    update_initiative(initiative=initiative, title="Nytt namn", by=county.alice)
    today = timezone.localdate()
    assert total(client, person=county.alice.person_key) == 1
    assert total(client, slag="NEED") == 1
    assert total(client, avtal=elsewhere.uid, slag="INITIATIVE") == 1
    everything = total(client)
    assert total(client, fran=str(today), till=str(today)) == everything
    assert total(client, fran=str(today + timedelta(days=1))) == 0
    assert total(client, till=str(today - timedelta(days=1))) == 0
    assert total(client, slag="NEED", person=county.alice.person_key) == 0


def test_what_cannot_be_read_is_told_and_nothing_is_shown_for_it(
    as_person: SignIn, county: County
) -> None:
    client = as_person(county.reader)
    page = client.get(
        "/andringar/", {"fran": "<script>", "slag": "XX", "sida": "-1"}
    ).content.decode()
    assert "<script>" not in re.sub(r"<script src=[^>]+>", "", page)
    assert 'aria-invalid="true"' in page
    for asked in (
        {"slag": "XX"},
        {"avtal": "finnsinte"},
        {"fran": "2020-99-99"},
        {"fran": "0001-01-01"},
        {"till": "9999-12-31"},
    ):
        assert total(client, **asked) == 0
    assert (
        "Välj en dag mellan år 1900 och 2199."
        in client.get("/andringar/", {"till": "9999-12-31"}).content.decode()
    )


def test_twenty_five_stand_on_a_page(as_person: SignIn, county: County) -> None:
    for _n in range(30):
        make_initiative(county.agreement)
    client = as_person(county.reader)
    first, second = changes(client), changes(client, sida="2")
    assert len(first) == 25
    assert not set(first) & set(second)


def test_drafts_of_others_are_not_told_of(as_person: SignIn, county: County) -> None:
    draft = make_initiative(
        county.agreement, "Hemligt utkast", owner=county.organisation, sharing="DRAFT"
    )
    update_initiative(initiative=draft, title="Hemligare utkast", by=county.alice)
    own, other = as_person(county.alice), as_person(county.charlie)
    assert any("Hemligare" in line for line in changes(own))
    assert not any("Hemlig" in line for line in changes(other))
    assert total(own) == total(other) + 2
    assert own.get(f"/andringar/{draft.uid}/").status_code == 200
    assert other.get(f"/andringar/{draft.uid}/").status_code == 404


def test_one_record_has_its_own_log(as_person: SignIn, county: County) -> None:
    initiative = make_initiative(county.agreement, "Språkcafé", owner=county.organisation)
    make_initiative(county.agreement, "Något annat")
    update_initiative(initiative=initiative, title="Nytt namn", by=county.alice)
    lines = changes(as_person(county.reader), f"/andringar/{initiative.uid}/")
    assert len(lines) == 2
    assert not any("Något annat" in line for line in lines)


def test_the_whole_history_of_an_initiative_has_what_its_page_tells(
    as_person: SignIn, county: County
) -> None:
    one = make_initiative(county.agreement, "Språkcafé", owner=county.organisation)
    add_part(initiative=one, title="Steg ett", by=county.alice)
    make_funding(one, title="Bidraget", by=county.alice)
    add_quantity(initiative=one, measure="Deltagare", value=8, by=county.alice)
    other = make_initiative(county.agreement, "En annan", owner=county.organisation)
    make_funding(other, title="Annat bidrag", by=county.alice)
    client = as_person(county.reader)
    page = client.get(f"/insatser/{one.uid}/").content.decode()
    short = re.search(r'<ol class="history">(.*?)</ol>', page, re.S)
    assert short is not None and "Bidraget" in short[1]
    whole = " ".join(changes(client, f"/andringar/{one.uid}/"))
    for told in ("Steg ett", "Bidraget", "Deltagare"):
        assert told in whole and told in short[1]
    assert "Annat bidrag" not in whole and "En annan" not in whole


def test_a_withdrawn_record_keeps_its_log(as_person: SignIn, county: County) -> None:
    initiative = make_initiative(county.agreement, "Språkcafé", owner=county.organisation)
    withdraw_initiative(initiative=initiative, reason="Skrevs in två gånger.", by=county.alice)
    page = as_person(county.reader).get(f"/andringar/{initiative.uid}/").content.decode()
    assert "Skrevs in två gånger." in page


def test_unknown_records_and_signed_out(as_person: SignIn, county: County) -> None:
    assert as_person(county.reader).get("/andringar/finnsinte/").status_code == 404
    assert Client().get("/andringar/").status_code == 302
    assert Client().get("/andringar/finnsinte/").status_code == 302
