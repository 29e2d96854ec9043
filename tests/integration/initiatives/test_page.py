"""The page of one initiative: what it tells, to whom, and what it costs."""

from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samhandling.apps.accounts.models import User
from samhandling.apps.initiatives import services
from samhandling.apps.initiatives.models import Initiative, StatusEvent
from samhandling.apps.records.services import add_footnote, add_open_question, merge_record
from samhandling.core.knowledge import Basis
from samhandling.core.partial_date import parse_swedish
from tests.browsing import text
from tests.factories import (
    County,
    make_category,
    make_cause,
    make_copies,
    make_funding,
    make_initiative,
    make_need,
    make_organisation,
    make_place,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SignIn = Callable[[User], Client]


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
