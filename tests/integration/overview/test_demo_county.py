"""The whole picture of the demo county, value by value, against what the sources tell."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from samhandling.apps.accounts.models import User
from samhandling.apps.agreements.models import Agreement
from samhandling.apps.followup.overview import Overview, read_overview
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.organisations.models import CollaborationBody
from tests.browsing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_county_for_reading")]


@pytest.fixture
def overview_of(today: date) -> Callable[[str], Overview]:
    """The overview of an agreement as the process leader sees it."""
    karin = User.objects.get(email="karin@example.org")
    return lambda slug: read_overview(Agreement.objects.get(slug=slug), karin, today)


def key_of(thing) -> str:
    """The source key of a record or of a thing that has one."""
    return getattr(thing, "record", thing).source_key


def rows_of(overview: Overview, code: str) -> dict[str, tuple]:
    """network key → (levels in order, unknown, all, deviating) of one area."""
    block = next(b for b in overview.matrix if b.area and b.area.code == code)
    return {
        key_of(row.network) if row.network else "none" if row.is_none else "unknown": (
            [row.by_level.get(level.pk, 0) for level in overview.levels],
            row.unknown_level,
            row.total,
            row.deviating,
        )
        for row in block.rows
    }


def test_every_network_stands_in_its_area_with_its_initiatives(overview_of):
    rok = overview_of("rok")

    assert [key_of(body) for body in rok.frame.counted_networks] == [
        "B-SAM", "N-FLYKT", "N-FIA", "N-RESAM", "N-FOSAM", "N-LANSGR", "N-FORALDR",
    ]  # fmt: skip
    # I-01 and I-02 exchange and competence, I-03 competence; three parts moved by covid-19.
    assert rows_of(rok, "BM") == {"N-FLYKT": ([2, 3, 0], 0, 3, 3)}
    assert rows_of(rok, "AU") == {
        "N-FIA": ([0, 1, 2], 8, 11, 0),
        "N-RESAM": ([0, 0, 1], 8, 9, 2),
        "N-FOSAM": ([1, 1, 0], 1, 2, 0),
    }
    assert rows_of(rok, "HF") == {
        "N-LANSGR": ([3, 1, 0], 2, 5, 1),
        "N-FORALDR": ([1, 0, 0], 5, 6, 0),
        "none": ([0, 1, 0], 1, 2, 0),
    }


def test_levels_told_of_a_network_are_not_added_to_those_of_its_initiatives(overview_of):
    rok = overview_of("rok")
    told = {
        key_of(row.network): [(level.level.order, level.basis) for level in row.told]
        for block in rok.matrix
        for row in block.rows
        if row.network
    }

    assert told["N-FIA"] == [(1, "STATED"), (2, "STATED"), (3, "STATED")]
    assert told["N-RESAM"] == [(1, "INFERRED"), (3, "INFERRED")]
    assert rows_of(rok, "AU")["N-FIA"][0] == [0, 1, 2]


def test_the_matrix_agrees_with_a_slow_count_of_every_row(overview_of):
    """A reference that fetches each initiative and counts by hand."""
    rok = overview_of("rok")
    wholes = list(
        Initiative.objects.live()
        .filter(agreement__slug="rok", parent=None)
        .select_related("focus_area__parent")
        .prefetch_related("levels")
    )
    for block in rok.matrix:
        for row in block.rows:
            held = [
                i
                for i in wholes
                if i.network_id == (row.network.pk if row.network else None)
                and i.focus_area is not None
                and (i.focus_area.parent or i.focus_area) == block.area
            ]
            assert row.total == len(held)
            assert row.unknown_level == sum(not i.levels.all() for i in held)
    assert rok.totals.wholes == len(wholes) == sum(block.total for block in rok.matrix)


def test_the_register_tells_what_covid_moved_and_what_it_did_not(overview_of):
    register = overview_of("rok").register

    assert {key_of(row.initiative) for row in register.rows} == {
        "I-02b", "I-02c", "I-03b", "I-25", "I-28", "I-37",
    }  # fmt: skip
    covid = register.by_cause[0]
    assert covid.cause is not None
    assert (covid.cause.name.lower(), covid.count, covid.inferred) == ("covid-19", 4, 1)
    assert {key_of(line.network): line.count for line in register.by_network} == {
        "N-FLYKT": 3, "N-RESAM": 2, "N-LANSGR": 1,
    }  # fmt: skip
    moved = next(row for row in register.rows if key_of(row.initiative) == "I-03b")
    assert str(moved.event.postponed_to) == "2021"


def test_health_has_no_network_since_2019_and_two_handle_it_partly(overview_of):
    (line,) = overview_of("rok").gaps.gaps

    assert (line.gap.focus_area.title, str(line.gap.since)) == ("Hälsa", "2019")
    assert key_of(line.gap.caused_by) == "B-CHI"
    assert {(key_of(h.body), h.extent) for h in line.gap.handlings.all()} == {
        ("N-FLYKT", "PARTLY"), ("N-LANSGR", "PARTLY"),
    }  # fmt: skip
    assert line.without_network == 2  # I-33 and I-34


def test_what_waits_is_what_the_records_leave_open(overview_of):
    waiting = overview_of("rok").waiting

    assert [key_of(proposal) for proposal in waiting.proposals] == ["I-35"]
    assert [(key_of(i), key_of(i.record.merged_into)) for i in waiting.merged] == [("I-26", "I-09")]
    assert [(key_of(line.body), line.left, line.unowned) for line in waiting.uncarried] == [
        ("N-FOSAM", 1, 1)  # I-31; I-29 is done
    ]
    assert waiting.unanswered == {2020: 8}
    assert overview_of("htl").waiting.count == 0


def test_what_is_missing_is_told_since_the_round_of_2020(overview_of):
    rok = overview_of("rok")
    missing = {lack.what: lack for lack in rok.lacks}

    assert missing["INDICATOR"].missing == missing["INDICATOR"].total == 38
    assert missing["NETWORK"].missing == 2
    assert missing["STATUS"].missing == 3
    assert missing["OWNER"].told_year == 2020
    assert missing["OWNER"].since is None
    (gap,) = rok.gaps.gaps
    assert str(missing["NETWORK"].since) == str(gap.gap.since) == "2019"
    assert {key_of(body) for body in rok.mandates.not_enough} == {"N-FLYKT", "N-FIA", "N-FORALDR"}
    assert len(rok.mandates.unknown) == 4
    assert rok.mandates.since is None


def test_every_page_says_the_same_of_since_when_a_network_is_missing(client: Client):
    client.force_login(User.objects.get(email="karin@example.org"))
    overview, agreement = (
        text(client.get(page)) for page in ("/rok/oversikt/", "/overenskommelser/rok/")
    )

    row = overview.partition("Ansvarigt nätverk</th>")[2].partition("</tr>")[0]
    assert ">2019</td>" in row
    assert "Hälsa</a> saknar ansvarigt nätverk sedan 2019." in overview
    gap = agreement.partition('id="luckor"')[2].partition("</section>")[0]
    assert re.search(r"Sedan (<[^>]*>)?2019", gap)


def test_what_lies_ahead_comes_by_date_and_only_once(overview_of, today: date):
    dates = overview_of("rok").dates
    ahead = [key_of(line.record) for line in dates.ahead]

    assert ahead[:2] == ["I-34", "N-CIV"]
    assert {"I-02b", "I-02c", "I-03b", "A-ROK"} <= set(ahead)
    assert len(ahead) == len(set(ahead))
    assert all(line.when.earliest > today for line in dates.ahead)
    assert key_of(dates.recent[0].record) == "I-10"  # first steering meeting, three days ago
    assert CollaborationBody.objects.by_key("N-CIV").state == "PROPOSED"
