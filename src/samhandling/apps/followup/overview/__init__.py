"""The whole picture of an agreement (helhetsbild): what the county's overview page shows.

Source of what it holds: seed004, Uppdragsbeskrivning (a picture of the whole against the goals);
capabilities 22, 40, 52 and 79.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from samhandling.apps.agreements.models import Agreement, CollaborationLevel
from samhandling.apps.audit.services import Author
from samhandling.apps.followup.models import FollowUpRound
from samhandling.apps.followup.overview.dates import Dates, read_dates
from samhandling.apps.followup.overview.gaps import Gaps, read_gaps
from samhandling.apps.followup.overview.lacking import (
    Lack,
    MandateKnowledge,
    read_lacks,
    read_mandates,
)
from samhandling.apps.followup.overview.matrix import Block, Frame, read_frame, read_matrix
from samhandling.apps.followup.overview.register import Register, read_register
from samhandling.apps.followup.overview.waiting import Waiting, read_waiting
from samhandling.apps.initiatives.listing import InitiativeFilter, has_level, listed
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

    `networks`: all that the matrix shows, by id. `statuses`: (code, how many), most first.
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


def read_overview(agreement: Agreement, by: Author | None, today: date) -> Overview:
    """The overview of `agreement` as `by` may see it. Queries: about 35, whatever it holds."""
    initiatives = listed(agreement, InitiativeFilter(), by)
    latest = FollowUpRound.objects.live().with_record().filter(agreement=agreement).first()
    frame = read_frame(agreement)
    matrix = read_matrix(frame, initiatives)
    gaps = read_gaps(frame, initiatives, today)
    counts = initiatives.aggregate(
        total=Count("pk"),
        wholes=Count("pk", filter=Q(parent__isnull=True)),
        without_level=Count("pk", filter=~Q(has_level())),
    )
    order = {status: place for place, status in enumerate(Status.values)}
    statuses = sorted(
        initiatives.order_by().values_list("status").annotate(n=Count("pk")),
        key=lambda line: (line[0] == Status.UNKNOWN, -line[1], order[line[0]]),
    )
    return Overview(
        totals=Totals(**counts),
        frame=frame,
        levels=list(CollaborationLevel.objects.live().with_record().filter(agreement=agreement)),
        latest_round=latest,
        matrix=matrix.blocks,
        networks=matrix.networks,
        statuses=statuses,
        register=read_register(initiatives, matrix),
        gaps=gaps,
        lacks=read_lacks(initiatives),
        mandates=read_mandates(frame.counted_networks),
        waiting=read_waiting(agreement, gaps.bodies, by),
        dates=read_dates(agreement, frame, initiatives, gaps.money, today),
    )
