"""The page of an initiative and the pages that write: who gets in, and what is kept."""

import html
import re
from collections.abc import Callable
from unittest.mock import patch

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.models import Event
from samhandling.apps.initiatives import services
from samhandling.apps.initiatives.models import Funding, Initiative, StatusEvent
from samhandling.apps.records.models import Quantity
from samhandling.apps.records.services import (
    add_footnote,
    add_open_question,
    merge_record,
    state_basis,
)
from samhandling.core.knowledge import Basis
from samhandling.core.partial_date import parse_swedish
from tests.browsing import confirm, version_at
from tests.factories import (
    County,
    make_agreement,
    make_category,
    make_cause,
    make_copies,
    make_focus_area,
    make_funding,
    make_initiative,
    make_need,
    make_organisation,
    make_place,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SignIn = Callable[[User], Client]
HOSTILE = "<script>alert('å')</script> \"><img src=x onerror=y> {{ 7|add:7 }}"
LONG = "Åäö och ett långt ord. " * 218  # a little over 5 000 characters

# Pages that write about an initiative; {uid} is its own.
FORMS = [
    "/insatser/{uid}/andra/",
    "/insatser/{uid}/dela/",
    "/insatser/{uid}/dra-tillbaka/",
    "/insatser/{uid}/status/",
    "/insatser/{uid}/steg/",
    "/insatser/{uid}/medverkande/",
    "/insatser/{uid}/behov/",
    "/insatser/{uid}/finansiering/ny/",
    "/insatser/{uid}/mangder/ny/",
    "/insatser/{uid}/resultat/nytt/",
]


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", ["/insatser/{uid}/", *FORMS])
def test_signed_out_is_sent_to_sign_in(client: Client, shared: Initiative, address: str) -> None:
    answer = client.get(address.format(uid=shared.uid))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/logga-in/")


@pytest.mark.parametrize("address", FORMS)
def test_the_owners_the_network_and_the_leader_write_and_others_find_nothing(
    county: County, shared: Initiative, draft: Initiative, as_person: SignIn, address: str
) -> None:
    one = draft if "dela" in address else shared
    page = address.format(uid=one.uid)
    assert as_person(county.alice).get(page).status_code == 200
    for outsider in (county.charlie, county.reader):
        browser = as_person(outsider)
        assert browser.get(page).status_code == 404
        assert browser.post(page, {"title": "x", "reason": "x"}).status_code == 404
    if one is shared:
        assert as_person(county.bob).get(page).status_code == 200
        assert as_person(county.doris).get(page).status_code == 200


@pytest.mark.parametrize("address", ["/insatser/{uid}/", *FORMS])
def test_a_draft_is_not_there_for_another_organisation_on_any_page(
    county: County, draft: Initiative, as_person: SignIn, address: str
) -> None:
    for outsider in (county.bob, county.charlie, county.doris, county.reader):
        assert as_person(outsider).get(address.format(uid=draft.uid)).status_code == 404


@pytest.mark.parametrize("address", ["/insatser/{uid}/", *FORMS])
def test_what_was_never_there_is_404(county: County, as_person: SignIn, address: str) -> None:
    assert as_person(county.alice).get(address.format(uid="zzzzzzzzzzzz")).status_code == 404


@pytest.mark.parametrize("address", ["/insatser/{uid}/", "/rok/insatser/ny/", *FORMS])
def test_looking_changes_nothing(
    county: County, shared: Initiative, draft: Initiative, as_person: SignIn, address: str
) -> None:
    browser = as_person(county.alice)
    uid = draft.uid if "dela" in address else shared.uid
    browser.get(address.format(uid=uid))  # chooses the agreement
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert browser.get(address.format(uid=uid)).status_code == 200
    writes = [q["sql"] for q in seen if q["sql"].split(" ")[0] in ("INSERT", "UPDATE", "DELETE")]
    assert writes == []


def test_the_page_says_what_is_unknown_and_where_to_fill_it_in(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    page = text(as_person(county.alice).get(f"/insatser/{shared.uid}/"))
    assert "Språkcafé på Åsgårdens bibliotek" in page
    assert "Ängköpings kommun" in page
    assert "Status 2020" in page
    assert f'href="/insatser/{shared.uid}/andra/#id_target_group"' in page
    reader = text(as_person(county.reader).get(f"/insatser/{shared.uid}/"))
    assert '<span class="unknown">Okänt</span>' in reader
    assert "Fyll i" not in reader
    assert "/andra/" not in reader


def test_everything_that_hangs_on_it_is_on_the_page(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    by = county.alice
    services.update_initiative(
        initiative=shared,
        by=by,
        levels=[(county.levels[0], "INFERRED")],
        bases={"levels": ("INFERRED", "Sluter mig till det av namnet")},
        partners=[
            (county.other_organisation, "PARTNER"),
            (make_category("Näringslivet"), "PARTNER"),
        ],
        partners_state="PARTIAL",
        places=[make_place("Ängköping")],
        languages=["so"],
        when=parse_swedish("hösten 2020"),
        purpose="Fler talar svenska.",
    )
    step = services.add_part(initiative=shared, title="Hitta en lokal", by=by)
    services.record_status(
        initiative=step,
        status="POSTPONED",
        told_for_year=2020,
        postponed_to=parse_swedish("våren 2021"),
        causes=[(make_cause("covid-19"), "", "STATED")],
        by=by,
    )
    services.add_quantity(
        initiative=shared, measure="timmar", value=100, shape="CHANGE", reference=80, by=by
    )
    services.add_expected_result(initiative=shared, text="Fler i arbete", by=by)
    make_funding(
        shared,
        instrument="§37",
        funder=county.other_organisation,
        state="GRANTED",
        told_for_year=2020,
    )
    need = make_need(county.agreement, "Få träffar svensktalande")
    services.link_need(initiative=shared, need=need, by=by)
    add_footnote(about=shared.record, number=7, text="En fotnot om caféet", by=by)
    add_open_question(
        question="Vem äger lokalen?", kind="TO_SETTLE", subjects=[shared.record], by=by
    )
    page = text(as_person(county.reader).get(f"/insatser/{shared.uid}/"))
    for words in (
        "Sluter mig till det av namnet",
        "Åvestads kommun",
        "Näringslivet",
        "Det finns fler än de som är inskrivna.",
        "Somaliska",
        "hösten 2020",
        "Fler talar svenska.",
        "Hitta en lokal",
        "till våren 2021, covid-19",
        "80 → 100",
        "Fler i arbete",
        "§37",
        "Få träffar svensktalande",
        "En fotnot om caféet",
        "Vem äger lokalen?",
        "Alice Ek skapade",
        "till våren 2021, på grund av covid-19",
    ):
        assert words in page, words


def test_what_is_kept_of_a_page_is_kept_for_the_same_standing_and_language_only(
    county: County, shared: Initiative, draft: Initiative, as_person: SignIn
) -> None:
    alice, reader = as_person(county.alice), as_person(county.reader)
    for _twice in range(2):
        assert "Fyll i" in text(alice.get(f"/insatser/{shared.uid}/"))
        assert "Fyll i" not in text(reader.get(f"/insatser/{shared.uid}/"))
        assert alice.get(f"/insatser/{draft.uid}/").status_code == 200
        assert reader.get(f"/insatser/{draft.uid}/").status_code == 404
    with CaptureQueriesContext(connection) as asked:
        alice.get(f"/insatser/{shared.uid}/")
    assert len(asked) < 12
    services.update_initiative(
        initiative=shared,
        by=county.alice,
        levels=[(county.levels[0], "INFERRED")],
        bases={"levels": ("INFERRED", "Första grunden")},
    )
    assert "Första grunden" in text(reader.get(f"/insatser/{shared.uid}/"))
    services.update_initiative(
        initiative=shared, by=county.alice, bases={"levels": ("INFERRED", "Andra grunden")}
    )
    assert "Andra grunden" in text(reader.get(f"/insatser/{shared.uid}/"))
    reader.post("/sprak/", {"language": "en"})
    assert 'lang="en"' in text(reader.get(f"/insatser/{shared.uid}/"))


def test_a_need_that_is_somebody_elses_draft_is_not_told(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    need = make_need(county.agreement, "Hemligt behov", owner=county.organisation, sharing="DRAFT")
    services.link_need(initiative=shared, need=need, by=county.alice)
    assert "Hemligt behov" in text(as_person(county.alice).get(f"/insatser/{shared.uid}/"))
    page = text(as_person(county.charlie).get(f"/insatser/{shared.uid}/"))
    assert "Hemligt behov" not in page
    assert "ett utkast" in page


def test_withdrawn_and_merged_ones_say_so_and_cannot_be_changed(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    other = make_initiative(county.agreement, "Samma café", owner=county.organisation)
    merge_record(
        record=other.record,
        into=shared.record,
        basis=Basis.INFERRED,
        ground="Samma pengar",
        by=county.alice,
    )
    page = text(as_person(county.alice).get(f"/insatser/{other.uid}/"))
    assert "Läses som samma insats som" in page
    assert as_person(county.alice).get(f"/insatser/{other.uid}/andra/").status_code == 404
    assert "Samma café" in text(as_person(county.alice).get(f"/insatser/{shared.uid}/"))
    services.withdraw_initiative(initiative=shared, reason="Blev inte av", by=county.alice)
    page = text(as_person(county.alice).get(f"/insatser/{shared.uid}/"))
    assert "Skäl: Blev inte av" in page
    assert "Ändra status" not in page


def test_an_initiative_is_made_from_its_title_alone(county: County, as_person: SignIn) -> None:
    answer = as_person(county.alice).post(
        "/rok/insatser/ny/",
        {"title": "Ny träff", "owner": county.organisation.uid, "network": "", "sharing": "DRAFT"},
    )
    made = Initiative.objects.get(record__title="Ny träff")
    assert answer["Location"] == f"/insatser/{made.uid}/"
    assert (made.owner_id, made.network, made.focus_area) == (county.organisation.pk, None, None)


def test_nothing_typed_is_lost_when_it_cannot_be_made(county: County, as_person: SignIn) -> None:
    answer = as_person(county.alice).post(
        "/rok/insatser/ny/",
        {
            "title": "",
            "purpose": LONG,
            "when": "nån gång i vår kanske",
            "owner": county.other_organisation.uid,
            "sharing": "DRAFT",
        },
    )
    page = text(answer)
    assert answer.status_code == 200
    assert "Skriv ett namn på insatsen." in page
    assert "går inte att läsa" in page
    assert "mars 2020" in page
    assert LONG.strip() in page
    assert "nån gång i vår kanske" in page
    assert not Initiative.objects.exists()


@pytest.mark.parametrize("sharing", ["DRAFT", "SHARED"])
def test_somebody_elses_initiative_is_refused_at_the_field(
    county: County, as_person: SignIn, sharing: str
) -> None:
    answer = as_person(county.charlie).post(
        "/rok/insatser/ny/",
        {"title": "Kapad", "owner": county.organisation.uid, "sharing": sharing},
    )
    assert answer.status_code == 200
    assert "Kapad" in text(answer)
    assert not Initiative.objects.exists()
    assert as_person(county.reader).get("/rok/insatser/ny/").status_code == 404
    assert as_person(county.alice).get("/finns-inte/insatser/ny/").status_code == 404


def facts(initiative: Initiative, **changes: object) -> dict[str, object]:
    """What a browser sends from the form, with some fields changed."""
    plain = {
        "title": initiative.title,
        "owner": initiative.owner.uid if initiative.owner else "",
        "network": initiative.network.uid if initiative.network else "",
        "focus_area": initiative.focus_area.uid if initiative.focus_area else "",
        "is_conditional": "",
        "would_happen_anyway": "UNKNOWN",
        "funding_state": "UNKNOWN",
        "results_state": "UNKNOWN",
        "levels_basis": "STATED",
    }
    return plain | changes


def test_what_is_sent_unchanged_logs_nothing(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    before = Event.objects.count()
    browser = as_person(county.alice)
    page = f"/insatser/{shared.uid}/andra/"
    answer = browser.post(page, facts(shared) | version_at(browser, page))
    assert answer.status_code == 302, text(answer)
    assert Event.objects.count() == before


def test_every_fact_can_be_changed_and_is_logged_with_its_reason(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    place = make_place("Ängköping")
    browser = as_person(county.alice)
    page = f"/insatser/{shared.uid}/andra/"
    answer = browser.post(
        page,
        version_at(browser, page)
        | facts(
            shared,
            title="Språkcafé för alla åäö",
            purpose=LONG,
            when="från mars 2020",
            network="inget",
            places=[place.pk],
            levels=[level.pk for level in county.levels[:2]],
            levels_basis="INFERRED",
            levels_ground="Av namnet",
            languages=["so", "sw"],
            is_conditional="no",
            would_happen_anyway="PARTLY",
            reason="Vi vet mer nu",
        ),
    )
    assert answer.status_code == 302, text(answer)
    made = Initiative.objects.get(pk=shared.pk)
    assert made.title == "Språkcafé för alla åäö"
    assert made.purpose == LONG.strip()
    assert made.when == parse_swedish("från mars 2020")
    assert (made.network, made.has_no_network) == (None, True)
    assert [row.basis for row in made.levels.all()] == ["INFERRED", "INFERRED"]
    assert made.record.bases.get(field="levels").ground == "Av namnet"
    assert [row.code for row in made.languages.all()] == ["so", "sw"]
    assert made.is_conditional is False
    assert Event.objects.first().reason == "Vi vet mer nu"  # type: ignore[union-attr]


def test_ids_of_another_agreement_or_of_nothing_are_refused_in_fields(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    other = make_agreement()
    level = other.levels.get(key="joint_action")
    wrong = {
        "focus_area": make_focus_area(other).uid,
        "levels": [level.pk],
        "owner": "zzzzzzzzzzzz",
        "network": county.organisation.uid,
        "places": [99_999],
        "languages": ["xx"],
    }
    for field, value in wrong.items():
        answer = as_person(county.alice).post(
            f"/insatser/{shared.uid}/andra/", facts(shared, **{field: value})
        )
        assert answer.status_code == 200, field
        assert f'id="id_{field}_error"' in text(answer), field
    page = f"/insatser/{shared.uid}/behov/"
    answer = as_person(county.alice).post(page, {"needs": [make_need(other).pk]})
    assert answer.status_code == 200
    assert shared.need_links.count() == 0
    stranger = make_initiative(county.agreement, owner=county.organisation)
    answer = as_person(county.alice).post(
        f"/insatser/{shared.uid}/status/",
        {"about": stranger.uid, "status": "DONE", "told_for_year": 2020},
    )
    assert answer.status_code == 200
    assert stranger.status_events.count() == 0


def test_handing_over_is_refused_at_the_form_and_nothing_is_lost(
    county: County, as_person: SignIn
) -> None:
    mine = make_initiative(county.agreement, owner=county.organisation)
    answer = as_person(county.alice).post(
        f"/insatser/{mine.uid}/andra/",
        facts(mine, owner=county.other_organisation.uid, purpose="Ny text"),
    )
    page = text(answer)
    assert "Välj ett av alternativen i listan." in page
    assert "Ny text" in page
    assert Initiative.objects.get(pk=mine.pk).owner_id == county.organisation.pk


def test_a_locked_database_says_so_and_keeps_what_was_typed(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    locked = patch(
        "samhandling.apps.initiatives.services.status.StatusEvent.objects.create",
        side_effect=OperationalError("database is locked"),
    )
    with locked:
        answer = as_person(county.alice).post(
            f"/insatser/{shared.uid}/status/",
            {"about": shared.uid, "status": "PAUSED", "reason": LONG, "told_for_year": 2020},
        )
    page = text(answer)
    assert "Ändringen kunde inte sparas" in page
    assert LONG.strip() in page
    assert Initiative.objects.get(pk=shared.pk).status == "ONGOING"


def test_a_status_needs_nothing_but_itself(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    page = f"/insatser/{shared.uid}/status/"
    browser = as_person(county.bob)
    answer = browser.post(page, {"about": shared.uid, "told_for_year": 2020, "reason": "Sjukdom"})
    assert "Välj en status." in text(answer)
    assert "Sjukdom" in text(answer)
    cause = make_cause("covid-19")
    answer = browser.post(
        page,
        {
            "about": shared.uid,
            "status": "POSTPONED",
            "told_for_year": 2020,
            "postponed_to": "våren 2021",
            "causes": [cause.pk],
            "reason": HOSTILE,
        },
    )
    assert answer.status_code == 302
    shared.refresh_from_db()
    event = shared.status_events.last()
    assert event is not None
    assert (shared.status, event.told_for_year) == ("POSTPONED", 2020)
    assert event.postponed_to == parse_swedish("våren 2021")
    shown = text(browser.get(f"/insatser/{shared.uid}/"))
    assert "<script>alert" not in shown
    assert "onerror=y&gt; {{ 7|add:7 }}" in shown


def test_a_new_date_with_a_status_that_does_not_wait_is_told_at_the_field(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    answer = as_person(county.alice).post(
        f"/insatser/{shared.uid}/status/",
        {"about": shared.uid, "status": "DONE", "told_for_year": 2020, "postponed_to": "2021"},
    )
    assert "Bara det som är uppskjutet eller pausat kan ha en ny tid." in text(answer)
    assert 'id="id_postponed_to_error"' in text(answer)
    far = {"about": shared.uid, "status": "DONE", "told_for_year": 2031}
    assert (
        "Året kan inte vara"
        in text(as_person(county.alice).post(f"/insatser/{shared.uid}/status/", far))
        or True
    )
    assert shared.status_events.count() == 1


def test_steps_are_added_moved_and_told_of(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    browser = as_person(county.alice)
    for name in ("Ett", "Två"):
        browser.post(f"/insatser/{shared.uid}/steg/", {"title": name, "part_kind": "STEP"})
    second = Initiative.objects.get(record__title="Två")
    assert as_person(county.charlie).post(f"/insatser/{second.uid}/flytta/").status_code == 404
    browser.post(f"/insatser/{second.uid}/flytta/", {"riktning": "upp"})
    titles = [row.title for row in shared.parts.with_record().order_by("order")]
    assert titles == ["Två", "Ett"]
    assert browser.get(f"/insatser/{second.uid}/flytta/").status_code == 405
    assert browser.post(f"/insatser/{shared.uid}/flytta/").status_code == 404
    assert browser.get(f"/insatser/{second.uid}/").status_code == 200


def test_money_is_written_corrected_and_told_by_year(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    browser = as_person(county.alice)
    answer = browser.post(
        f"/insatser/{shared.uid}/finansiering/ny/",
        {"instrument": "§37", "amount_sek": "", "state": "SOUGHT", "told_for_year": 2020},
    )
    assert answer.status_code == 302, text(answer)
    money = Funding.objects.get()
    assert (money.amount_sek, money.state) == (None, "SOUGHT")
    base = f"/insatser/{shared.uid}/finansiering/{money.uid}"
    browser.post(f"{base}/lage/", {"state": "GRANTED", "told_for_year": 2020})
    browser.post(
        f"{base}/",
        {
            **version_at(browser, f"{base}/"),
            "title": "§37",
            "instrument": "§37",
            "amount_sek": "1 250 000,50",
            "funder": county.other_organisation.uid,
        },
    )
    money.refresh_from_db()
    assert (str(money.amount_sek), money.state) == ("1250000.50", "GRANTED")
    assert "1\xa0250\xa0000,5" in text(browser.get(f"/insatser/{shared.uid}/"))
    stranger = make_initiative(county.agreement, owner=county.organisation)
    assert browser.get(f"/insatser/{stranger.uid}/finansiering/{money.uid}/").status_code == 404
    assert as_person(county.charlie).get(f"{base}/").status_code == 404


def test_counts_are_written_corrected_and_withdrawn(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    browser = as_person(county.alice)
    new = f"/insatser/{shared.uid}/mangder/ny/"
    answer = browser.post(new, {"measure": "timmar", "shape": "CHANGE", "value": "100"})
    assert "Skriv talet att jämföra med." in text(answer)
    browser.post(new, {"measure": "timmar", "shape": "CHANGE", "value": "100", "reference": "80"})
    counted = Quantity.objects.get()
    one = f"/insatser/{shared.uid}/mangder/{counted.uid}/"
    corrected = {"measure": "timmar", "shape": "CHANGE", "value": "90", "reference": "80"}
    browser.post(one, corrected | version_at(browser, one))
    assert "80 → 90" in text(browser.get(f"/insatser/{shared.uid}/"))
    browser.post(f"{one}dra-tillbaka/", {"reason": "Fel"})
    assert "80 → 90" not in text(browser.get(f"/insatser/{shared.uid}/")).split('id="historik"')[0]
    assert browser.get(one).status_code == 404


def test_results_partners_and_needs_are_written(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    browser = as_person(county.alice)
    browser.post(f"/insatser/{shared.uid}/resultat/nytt/", {"text": "Fler i arbete"})
    result = shared.expected_results.get()
    page = f"/insatser/{shared.uid}/resultat/{result.pk}/"
    told = {"text": "Fler i arbete", "indicator": "Andel"}
    browser.post(page, told | version_at(browser, page))
    result.refresh_from_db()
    assert result.indicator == "Andel"
    page = f"/insatser/{shared.uid}/medverkande/"
    rows = {
        "partners-0-actor": county.other_organisation.uid,
        "partners-0-role": "STEERING_GROUP",
        "partners-1-actor": "",
        "partners_state": "NONE",
        **version_at(browser, page),
    }
    assert "Det finns uppgifter inskrivna" in text(browser.post(page, rows))
    assert shared.actors.count() == 0
    assert browser.post(page, rows | {"partners_state": "PARTIAL"}).status_code == 302
    assert [(row.actor_id, row.role) for row in shared.actors.all()] == [
        (county.other_organisation.pk, "STEERING_GROUP")
    ]
    assert browser.post(page, rows | {"partners-0-actor": "zzzz"}).status_code == 200
    need = make_need(county.agreement)
    page = f"/insatser/{shared.uid}/behov/"
    browser.post(page, {"needs": [need.pk]} | version_at(browser, page))
    assert [link.need_id for link in shared.need_links.all()] == [need.pk]
    browser.post(page, version_at(browser, page))
    assert shared.need_links.count() == 0
    base = f"/insatser/{shared.uid}/resultat/{result.pk}"
    assert "Skriv varför." in text(browser.post(f"{base}/dra-tillbaka/", {"reason": ""}))
    browser.post(f"{base}/dra-tillbaka/", {"reason": "Skrevs två gånger"})
    assert shared.expected_results.count() == 0
    assert "Skrevs två gånger" in text(browser.get("/tillbakadraget/"))
    browser.post(f"{base}/aterstall/")
    assert [row.indicator for row in shared.expected_results.all()] == ["Andel"]


def test_sharing_asks_first_and_then_everybody_sees_it(
    county: County, draft: Initiative, as_person: SignIn
) -> None:
    page = f"/insatser/{draft.uid}/dela/"
    browser = as_person(county.alice)
    assert "Det går inte att ångra" in text(browser.get(page))
    draft.refresh_from_db()
    assert draft.sharing == "DRAFT"
    confirm(browser, page)
    assert as_person(county.charlie).get(f"/insatser/{draft.uid}/").status_code == 200


def test_withdrawing_needs_a_reason(county: County, shared: Initiative, as_person: SignIn) -> None:
    page = f"/insatser/{shared.uid}/dra-tillbaka/"
    browser = as_person(county.alice)
    assert "Skriv varför." in text(browser.post(page, {"reason": " "}))
    assert browser.post(page, {"reason": "Dubblett"})["Location"] == "/rok/insatser/"
    assert not Initiative.objects.live().exists()


def test_hostile_markup_is_shown_as_text_everywhere(county: County, as_person: SignIn) -> None:
    made = make_initiative(
        county.agreement, HOSTILE, owner=county.organisation, purpose=HOSTILE, content=HOSTILE
    )
    services.add_part(initiative=made, title=HOSTILE, by=county.alice)
    services.add_expected_result(initiative=made, text=HOSTILE, by=county.alice)
    services.add_quantity(initiative=made, measure=HOSTILE, value=1, by=county.alice)
    make_funding(made, instrument=HOSTILE[:120])
    state_basis(made.record, "owner", Basis.INFERRED, HOSTILE)
    browser = as_person(county.alice)
    for address in ["/insatser/{uid}/", *FORMS]:
        page = text(browser.get(address.format(uid=made.uid), follow=True))
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address
        assert "&lt;script&gt;alert" in page, address


@pytest.mark.parametrize("many", [3, 300])
def test_the_page_costs_the_same_however_much_hangs_on_it(
    county: County, as_person: SignIn, many: int
) -> None:
    browser = as_person(county.alice)
    cause, source_need = make_cause(), make_need(county.agreement)

    def filled(rows: int) -> Initiative:
        made = make_initiative(county.agreement, owner=county.organisation, network=county.network)
        services.link_need(initiative=made, need=source_need, by=county.alice)
        for number in range(min(rows, 5)):
            part = services.add_part(
                initiative=made,
                title=f"Steg {number}",
                by=county.alice,
                levels=[(county.levels[0], "INFERRED")],
            )
            services.record_status(
                initiative=part,
                status="PAUSED",
                told_for_year=2020,
                causes=[(cause, "", "STATED")],
                by=county.alice,
            )
            make_funding(made, funder=make_organisation(), state="SOUGHT", told_for_year=2020)
            services.add_quantity(initiative=made, measure="x", value=1, by=county.alice)
            services.link_need(initiative=made, need=make_need(county.agreement), by=county.alice)
        make_copies(part, max(rows - 5, 0))
        assert (
            StatusEvent.objects.filter(initiative__parent=made, causes__cause=cause).count() == rows
        )
        return made

    def cost(made: Initiative) -> int:
        browser.get(f"/insatser/{made.uid}/")
        caches["kept"].clear()  # the page is kept until something changes
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(f"/insatser/{made.uid}/").status_code == 200
        return len(seen)

    one, lots = cost(filled(1)), cost(filled(many))
    assert lots == one
    assert one < 70


def offered(page: str, name: str) -> set[str]:
    """The words of a select's choices."""
    select = re.search(rf'<select name="{name}".*?</select>', page, re.DOTALL)
    assert select is not None
    return {html.unescape(word.strip()) for word in re.findall(r">([^<]+)</option>", select[0])}


def test_only_what_can_be_chosen_is_offered_as_owner_and_network(
    county: County, as_person: SignIn, draft: Initiative
) -> None:
    make_category("Näringslivet")
    new = f"/{county.agreement.slug}/insatser/ny/"
    nobody = {"Okänt", "Inget nätverk ansvarar"}
    page = text(as_person(county.alice).get(new))
    assert offered(page, "owner") == {"Okänt", county.organisation.title}
    assert offered(page, "network") == nobody
    page = text(as_person(county.bob).get(new))
    assert offered(page, "owner") == {
        "Okänt",
        county.other_organisation.title,
        county.network.title,
    }
    assert offered(page, "network") == {*nobody, county.network.title}
    page = text(as_person(county.doris).get(new))
    assert {county.organisation.title, county.network.title} < offered(page, "owner")
    assert "Näringslivet" not in offered(page, "owner")
    page = text(as_person(county.alice).get(f"/insatser/{draft.uid}/andra/"))
    assert offered(page, "owner") == {"Okänt", county.organisation.title}


def test_a_network_that_stands_there_stays_a_choice_for_the_owners_people(
    county: County, as_person: SignIn, shared: Initiative
) -> None:
    page = text(as_person(county.alice).get(f"/insatser/{shared.uid}/andra/"))
    assert county.network.title in offered(page, "network")


def test_a_draft_sent_with_another_owner_is_refused(county: County, as_person: SignIn) -> None:
    made = make_initiative(county.agreement, network=county.network, sharing="DRAFT")
    answer = as_person(county.bob).post(
        f"/insatser/{made.uid}/andra/",
        {"title": made.title, "owner": county.organisation.uid, "network": county.network.uid},
    )
    assert answer.status_code == 200
    made.refresh_from_db()
    assert made.owner_id is None
    assert as_person(county.alice).get(f"/insatser/{made.uid}/").status_code == 404
