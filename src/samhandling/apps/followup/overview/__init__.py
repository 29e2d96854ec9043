"""The whole picture of an agreement (helhetsbild): what the county's overview page shows.

Source of what it holds: seed004, Uppdragsbeskrivning (a picture of the whole against the goals);
capabilities 22, 40, 52 and 79.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

from samhandling.apps.agreements.models import Agreement, CollaborationLevel
from samhandling.apps.audit.services import Author
from samhandling.apps.followup.models import FollowUpRound
from samhandling.apps.followup.overview import matrix
from samhandling.apps.followup.overview.dates import Dates, read_dates, shown_in_dates
from samhandling.apps.followup.overview.gaps import Gaps, gaps_of
from samhandling.apps.followup.overview.known import Sight, sight_of
from samhandling.apps.followup.overview.lacking import (
    Lack,
    MandateKnowledge,
    know_mandates,
    read_lacks,
)
from samhandling.apps.followup.overview.matrix import Block, Frame
from samhandling.apps.followup.overview.register import Register, read_register, shown_in_register
from samhandling.apps.followup.overview.waiting import Waiting, read_waiting
from samhandling.apps.initiatives.models import Status
from samhandling.apps.organisations.models import CollaborationBody


@dataclass(frozen=True, slots=True)
class Totals:
    """Live initiatives that the reader may see."""

    total: int
    wholes: int
    without_level: int

    @property
    def parts(self) -> int:
        return self.total - self.wholes


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the overview page but its words.

    `networks`: all that the matrix shows, by id. `statuses`: (code, how many), most first. `kept`:
    what a page has worked out from the rest and numbers; it is gone as soon as anything but
    initiatives changes.
    """

    totals: Totals
    frame: Frame
    levels: list[CollaborationLevel]
    latest_round: FollowUpRound | None
    matrix: list[Block]
    networks: dict[int, CollaborationBody]
    statuses: list[tuple[str, int]]
    register: Register
    gaps: Gaps
    lacks: list[Lack]
    mandates: MandateKnowledge
    waiting: Waiting
    dates: Dates
    kept: dict[Hashable, Any]


def read_overview(agreement: Agreement, by: Author | None, today: date) -> Overview:
    """The overview of `agreement` as `by` may see it.

    Queries: 2, and about 10 after initiatives were changed, whatever the agreement holds; the first
    time, and where what has happened cannot be told, one pass over its initiatives.
    """
    sight = sight_of(agreement, by)
    # Asked for at once, so that it costs three queries and not nine.
    sight.told([*shown_in_register(sight), *shown_in_dates(sight, today)])
    tally, ground = sight.tally, sight.ground
    gaps = gaps_of(sight, today)
    return Overview(
        totals=Totals(
            total=tally.total, wholes=tally.wholes.total(), without_level=tally.without_level
        ),
        frame=ground.frame,
        levels=ground.levels,
        latest_round=ground.latest_round,
        matrix=matrix.lay_out(ground.frame, tally, sight.bodies),
        networks=sight.bodies,
        statuses=_statuses(sight),
        register=read_register(sight),
        gaps=gaps,
        lacks=read_lacks(tally, gaps.gaps),
        mandates=know_mandates(ground.frame.counted_networks, ground.mandates),
        waiting=read_waiting(agreement, ground, gaps.bodies, by),
        dates=read_dates(agreement, sight, gaps.money, today),
        kept=ground.kept,
    )


def _statuses(sight: Sight) -> list[tuple[str, int]]:
    order = {status: place for place, status in enumerate(Status.values)}
    return sorted(
        sight.tally.statuses.items(),
        key=lambda line: (line[0] == Status.UNKNOWN, -line[1], order[line[0]]),
    )
