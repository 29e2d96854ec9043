"""A case number and a secrecy mark: written, told, found, and who may."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.models import Event
from samhandling.apps.audit.services import ReasonMissing
from samhandling.apps.initiatives.services import update_initiative
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.records.models import Record
from samhandling.apps.records.selectors import search_records
from samhandling.apps.registry.services import CannotRegister
from samhandling.apps.reporting.services import create_report
from samhandling.apps.situation.services import withdraw_need
from tests.browsing import version_at
from tests.factories import County, make_initiative, make_need, make_round
from tests.integration.registry.conftest import MARK

pytestmark = pytest.mark.django_db

Register = Callable[..., Record]
SignIn = Callable[[User], Client]


def sentences_of(client: Client, record: Record) -> str:
    return client.get(reverse("history:record", args=[record.uid])).content.decode()


def test_a_case_number_is_kept_tidy_told_in_the_log_and_found_by(
    county: County, register: Register, as_person: SignIn
) -> None:
    initiative = make_initiative(county.agreement, "Boskola", owner=county.organisation)
    record = register(initiative, "  RS  2020-00123 ", by=county.alice)
    record.refresh_from_db()
    assert record.case_number == "RS 2020-00123"
    event = Event.objects.filter(record_uid=record.uid).latest("pk")
    assert (event.verb, event.field_names, event.scope_uid) == (
        "CHANGED",
        ["case_number"],
        county.agreement.uid,
    )
    said = sentences_of(as_person(county.reader), record)
    assert "Alice Ek fyllde i diarienummer för" in said
    assert "RS 2020-00123" in said
    for words in ("RS 2020-00123", "2020-00123", "rs 2020-001", "Boskola 00123"):
        assert [found.pk for found in search_records(words)] == [record.pk], words


def test_an_old_number_is_no_longer_found_and_the_other_words_are(
    county: County, register: Register
) -> None:
    initiative = make_initiative(county.agreement, "Boskola 2020", content="Hyra lokaler")
    register(initiative, "RS 2020-1")
    record = register(initiative, "KS 77")
    assert list(search_records("RS")) == []
    for words in ("KS 77", "Boskola 2020", "lokal"):
        assert list(search_records(words)) == [record], words
    # Rewritten for another reason, it is still found by its number.
    initiative.refresh_from_db()
    update_initiative(initiative=initiative, purpose="Fler klarar sig", by=county.doris)
    assert list(search_records("KS 77")) == [record]
    register(initiative, "")
    assert list(search_records("77")) == []
    assert list(search_records("lokal")) == [record]


def test_a_mark_has_an_event_of_its_own_with_its_three_parts(
    county: County, register: Register, as_person: SignIn
) -> None:
    need = make_need(county.agreement, "Skydd", owner=county.organisation)
    record = register(need, "KS 5", marked=True, by=county.alice, reason="Enskilda kan pekas ut")
    assert record.secrecy_mark is not None
    told = Event.objects.filter(record_uid=record.uid).order_by("pk")
    assert [event.field_names for event in told][-2:] == [["case_number"], ["secrecy_mark"]]
    said = sentences_of(as_person(county.reader), record)
    assert "Alice Ek sekretessmarkerade" in said
    assert "OSL 18 kap. 1 §, 2020-11-03, Länsstyrelsen i Exempellän" in said
    assert "Enskilda kan pekas ut" in said


@pytest.mark.parametrize("missing", ["provision", "marked_on", "authority"])
def test_a_mark_with_a_part_missing_is_refused_by_service_and_database(
    county: County, register: Register, missing: str
) -> None:
    need = make_need(county.agreement)
    without = {missing: None if missing == "marked_on" else ""}
    with pytest.raises(CannotRegister, match="Fyll i alla tre"):
        register(need, marked=True, **without)
    columns: dict[str, Any] = {f"secrecy_{name}": value for name, value in MARK.items()}
    columns |= {f"secrecy_{name}": value for name, value in without.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.filter(pk=need.pk).update(**columns)


def test_a_mark_cannot_be_made_tomorrow(county: County, register: Register) -> None:
    with pytest.raises(CannotRegister, match="senare än i dag"):
        register(make_need(county.agreement), marked=True, marked_on=date(2020, 12, 1))


def test_a_mark_that_stands_is_changed_or_taken_away_with_a_reason(
    county: County, register: Register
) -> None:
    need = make_need(county.agreement)
    register(need, marked=True)
    with pytest.raises(ReasonMissing, match="ändras eller tas bort"):
        register(need)
    with pytest.raises(ReasonMissing):
        register(need, marked=True, provision="OSL 24 kap. 8 §")
    record = register(need, reason="Prövad, inget är hemligt")
    assert record.secrecy_mark is None
    assert Event.objects.latest("pk").why.text == "Prövad, inget är hemligt"


def test_nothing_is_logged_when_nothing_changes(county: County, register: Register) -> None:
    need = make_need(county.agreement)
    register(need, "KS 1", marked=True)
    before = Event.objects.count()
    register(need, "KS  1", marked=True)
    assert Event.objects.count() == before


def test_five_thousand_signs_are_refused_in_swedish_and_come_back(
    county: County, as_person: SignIn, register: Register
) -> None:
    need = make_need(county.agreement, owner=county.organisation)
    with pytest.raises(CannotRegister, match="högst 60 tecken får plats, du skrev 5000"):
        register(need, "7" * 5000)
    client, address = as_person(county.alice), reverse("records:registration", args=[need.uid])
    told = client.post(address, {"case_number": "7" * 5000} | version_at(client, address))
    assert told.status_code == 200
    page = told.content.decode()
    assert "Skriv högst 60 tecken. Nu är det 5000." in page
    assert "7" * 5000 in page
    need.record.refresh_from_db()
    assert need.record.case_number == ""


def test_who_keeps_a_record_registers_it_and_nobody_else(
    county: County, register: Register
) -> None:
    initiative = make_initiative(county.agreement, owner=county.organisation)
    need = make_need(county.agreement, owner=county.organisation)
    round_ = make_round(county.agreement)
    report = create_report(round=round_, outline="follow_up", title="Rapport", by=county.doris)
    for thing in (initiative, need):
        assert register(thing, "KS 1", by=county.alice).case_number == "KS 1"
        assert register(thing, "KS 2", by=county.doris).case_number == "KS 2"
        for user in (county.charlie, county.reader):
            with pytest.raises(NotAllowed):
                register(thing, "X", by=user)
    for thing in (county.agreement, round_, report):
        assert register(thing, "KS 3", by=county.doris).case_number == "KS 3"
        for user in (county.alice, county.charlie, county.reader):
            with pytest.raises(NotAllowed):
                register(thing, "X", by=user)


def test_absent_and_forbidden_answer_alike(county: County, as_person: SignIn) -> None:
    draft = make_initiative(county.agreement, owner=county.organisation, sharing="DRAFT")
    shared = make_initiative(county.agreement, owner=county.organisation)
    client = as_person(county.charlie)
    for uid in (draft.uid, shared.uid, county.organisation.uid, "bbbbbbbbbbbb"):
        assert client.get(reverse("records:registration", args=[uid])).status_code == 404


@pytest.mark.one_database
def test_each_page_of_a_registered_record_tells_number_and_mark(
    county: County, as_person: SignIn, register: Register
) -> None:
    initiative = make_initiative(county.agreement, owner=county.organisation)
    need = make_need(county.agreement, owner=county.organisation)
    round_ = make_round(county.agreement)
    report = create_report(round=round_, outline="follow_up", title="Rapport", by=county.doris)
    pages = {
        reverse("initiatives:detail", args=[initiative.uid]): initiative,
        reverse("needs:detail", args=[need.uid]): need,
        reverse("agreements:detail", args=[county.agreement.slug]): county.agreement,
        reverse("followup:round", args=[county.agreement.slug, round_.year]): round_,
        reverse("reports:read", args=[report.uid]): report,
    }
    reader, leader = as_person(county.reader), as_person(county.doris)
    for page, thing in pages.items():
        form = reverse("records:registration", args=[thing.uid])
        assert "Sekretessmarkerad" not in reader.get(page).content.decode(), page
        assert "Ange diarienummer eller sekretess" in leader.get(page).content.decode(), page
        register(thing, f"RS 2020-{thing.pk}", marked=True)
        said = reader.get(page).content.decode()
        assert f">RS 2020-{thing.pk}</a>" in said, page
        assert "Länsstyrelsen i Exempellän markerade den 3 november 2020: OSL 18 kap. 1 §." in said
        assert "Markeringen är en varning, inte ett beslut." in said
        assert form not in said
        assert form in leader.get(page).content.decode(), page


def test_lists_and_hits_show_the_mark_beside_the_name(
    county: County, as_person: SignIn, register: Register
) -> None:
    plain = make_initiative(county.agreement, "Öppen insats")
    need = make_need(county.agreement, "Märkt behov")
    marked = make_initiative(county.agreement, "Märkt insats")
    client, badge = as_person(county.reader), '<span class="badge secrecy">sekretessmarkerad</span>'
    for thing in (need, marked):
        register(thing, "RS 9", marked=True)
    for page, name in (
        (reverse("initiatives:list", args=["rok"]), "Märkt insats"),
        (reverse("needs:list", args=["rok"]), "Märkt behov"),
        (f"{reverse('search:results')}?q=märkt+insats", "Märkt insats"),
    ):
        said = client.get(page).content.decode()
        assert said.count(badge) == 1, page
        assert said.index(f"{name}</a>") < said.index(badge), page
    assert plain.record.secrecy_mark is None


def test_a_marked_step_is_marked_on_the_page_of_its_whole_and_in_the_register(
    county: County, as_person: SignIn, register: Register
) -> None:
    whole = make_initiative(county.agreement, "Hela", focus_area=county.area)
    step = make_initiative(county.agreement, "Märkt steg", parent=whole, status="POSTPONED")
    client = as_person(county.reader)
    pages = (
        reverse("initiatives:detail", args=[whole.uid]),
        reverse("overview:index", args=["rok"]),
    )
    for page in pages:  # also where a page is kept
        assert "badge secrecy" not in client.get(page).content.decode(), page
    register(step, marked=True)
    for page in pages:
        said = client.get(page).content.decode()
        badge = said.index('<span class="badge secrecy">')
        assert said.index("Märkt steg</a>") < badge, page


def test_one_more_marked_row_costs_the_list_no_query(
    county: County, as_person: SignIn, register: Register, django_assert_num_queries: Any
) -> None:
    client, page = as_person(county.reader), reverse("initiatives:list", args=["rok"])
    rows = [make_initiative(county.agreement) for _n in range(6)]
    register(rows[0], "RS 1", marked=True)
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    with_one = len(asked.captured_queries)
    for row in rows[1:]:
        register(row, "RS 1", marked=True)
    client.get(page)  # counts anew after the changes
    with django_assert_num_queries(with_one):
        client.get(page)


def test_an_export_has_the_number_and_the_mark(
    county: County, as_person: SignIn, register: Register
) -> None:
    register(make_initiative(county.agreement, "Märkt"), "RS 9", marked=True)
    answer = as_person(county.reader).get(reverse("initiatives:list_csv", args=["rok"]))
    head, row = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    told = dict(zip(head.split(";"), row.split(";"), strict=True))
    assert told["Diarienummer"] == "RS 9"
    assert told["Sekretessmarkering"] == "OSL 18 kap. 1 §, 2020-11-03, Länsstyrelsen i Exempellän"


def test_what_is_withdrawn_is_not_registered(county: County, register: Register) -> None:
    need = make_need(county.agreement)
    withdraw_need(need=need, reason="Fel", by=county.doris)
    with pytest.raises(NotAllowed):
        register(need, "KS 1", by=county.doris)
