"""What a report counts and how it words what is partly known, on a small made-up county."""

from collections.abc import Sequence

import pytest
from django.utils.translation import override

from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.followup.models import FollowUpRound, NetworkReport
from samhandling.apps.initiatives.models import Initiative, InitiativeActor
from samhandling.apps.initiatives.services import record_status
from samhandling.apps.reporting.drawing.annexes import initiative_annex
from samhandling.apps.reporting.drawing.overviews import level_matrix, summary
from samhandling.apps.reporting.drawing.registers import participation, postponements
from samhandling.apps.reporting.material import gather
from samhandling.core.report_model import Block, Paragraph, Table
from samhandling.core.report_reading import inline_text
from tests.factories import (
    make_agreement,
    make_body,
    make_cause,
    make_focus_area,
    make_funding,
    make_initiative,
    make_organisation,
    make_round,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def round() -> FollowUpRound:
    """A round of 2020 in an agreement without initiatives."""
    return make_round(make_agreement(), 2020)


def rows_of(blocks: Sequence[Block]) -> list[list[str]]:
    """The cells of the first table, in words."""
    table = next(block for block in blocks if isinstance(block, Table))
    return [[inline_text(cell.inlines) for cell in row.cells] for row in table.rows]


def words_of(blocks: Sequence[Block]) -> list[str]:
    """The paragraphs, in words."""
    return [inline_text(block.inlines) for block in blocks if isinstance(block, Paragraph)]


def deviates(one: Initiative, *causes: object, basis: str = "STATED", year: int = 2020) -> None:
    record_status(
        initiative=one,
        status="POSTPONED",
        told_for_year=year,
        causes=[(cause, "", basis) for cause in causes],
        by=DEMO_LOADER,
    )


def test_an_initiative_counts_once_for_a_cause_however_often_it_is_told(
    round: FollowUpRound,
) -> None:
    pandemic, money, late = make_cause("Covid-19"), make_cause("Pengar"), make_cause("Försening")
    often = make_initiative(round.agreement, "Kurs")
    deviates(often, pandemic, year=2019)
    deviates(often, pandemic, basis="INFERRED")
    deviates(often, pandemic, money)
    deviates(often, late, year=2021)
    deviates(make_initiative(round.agreement, "Resa"), pandemic)
    deviates(make_initiative(round.agreement, "Möte"))

    blocks = postponements(gather(round.pk))

    assert {row[0]: row[3] for row in rows_of(blocks)} == {
        "Kurs": "covid-19 (härlett), pengar",
        "Resa": "covid-19",
        "Möte": "Okänt",
    }
    assert words_of(blocks) == [
        "Orsaker, antal insatser: covid-19 (2), pengar (1) och okänd orsak (1)."
    ]


def test_money_is_called_by_what_is_known_of_it(round: FollowUpRound) -> None:
    one = make_initiative(round.agreement)
    fund = make_organisation("Kulturfonden")
    with override("en"):
        make_funding(one)  # a title is Swedish content whatever language the page was read in
    make_funding(one, amount_sek=1_250_000)
    make_funding(one, funder=fund, told_for_year=2020, state="GRANTED")
    make_funding(one, title="Läslyftet", instrument="projektmedel", recipient=fund)
    make_funding(one, title="Kulturfondens bidrag", instrument="bidrag", funder=fund)

    [row] = rows_of(initiative_annex(gather(round.pk)))

    assert row[-1].replace("\u202f", " ").split("; ") == [
        "medel, okänt läge, belopp okänt",
        "medel, okänt läge, belopp 1 250 000 kr",
        "medel från Kulturfonden, beviljad, belopp okänt",
        "Läslyftet (projektmedel) till Kulturfonden, okänt läge, belopp okänt",
        "Kulturfondens bidrag, okänt läge, belopp okänt",
    ]


def test_unknown_area_and_network_are_said_to_be_that(round: FollowUpRound) -> None:
    area = make_focus_area(round.agreement, "Skola", code="SK")
    body = make_body("Lärnätet")
    make_initiative(round.agreement, "a")
    make_initiative(round.agreement, "b", network=body)
    make_initiative(round.agreement, "c", has_no_network=True)
    make_initiative(round.agreement, "d", focus_area=area)
    make_initiative(round.agreement, "e", focus_area=area, network=body)
    make_initiative(round.agreement, "f", focus_area=area, has_no_network=True)

    rows = rows_of(initiative_annex(gather(round.pk)))

    assert [row[1] for row in rows] == [
        "Okänt område och nätverk",
        "Okänt område, Lärnätet",
        "Okänt område, inget nätverk",
        "SK, nätverk: Okänt",
        "SK, Lärnätet",
        "SK, inget nätverk",
    ]


def test_what_each_takes_part_in_reads_as_swedish(round: FollowUpRound) -> None:
    one = make_initiative(round.agreement, "Läslyftet")
    other = make_initiative(round.agreement, "Språkkaféet")
    party = make_organisation("Skolan")
    for role in InitiativeActor.Role:
        one.actors.create(actor=party, role=role)
    other.actors.create(actor=party, role=InitiativeActor.Role.PARTNER)
    make_funding(other, recipient=party)

    [row] = rows_of(participation(gather(round.pk)))

    assert row[1].split("; ") == [
        "Medverkar i Läslyftet och Språkkaféet",
        "deltar i Läslyftet",
        "är uppdragsgivare för Läslyftet",
        "är styrgrupp för Läslyftet",
        "är arbetsgrupp för Läslyftet",
        "samverkar i Läslyftet",
        "får medel till Språkkaféet",
    ]


def test_the_summary_and_the_first_table_place_every_initiative(round: FollowUpRound) -> None:
    told, silent = make_body("Lärnätet"), make_body("Tysta nätet")
    NetworkReport.objects.create(round=round, body=told, added_value="GAVE")
    NetworkReport.objects.create(round=round, body=silent, order=1)
    whole = make_initiative(round.agreement, network=told)
    make_initiative(parent=whole, network=told)
    make_initiative(round.agreement, network=silent)
    make_initiative(round.agreement)
    make_initiative(round.agreement, has_no_network=True)
    material = gather(round.pk)

    lead = words_of(summary(material))[0]

    assert lead == (
        "Uppföljningen omfattar 4 insatser och 1 delinsats eller steg. "
        "2 hör till det nätverk som har redovisat, 1 hör till andra nätverk "
        "och 2 har inget eller okänt nätverk."
    )
    assert [(row[0], row[-1]) for row in rows_of(level_matrix(material))] == [
        ("Lärnätet", "2"),
        ("Tysta nätet", "1"),
        ("Inget eller okänt nätverk", "2"),
    ]
