"""What nobody carries: questions without a body, ended bodies, money that runs out."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from samhandling.apps.agreements.models import CoverageGap
from samhandling.apps.followup.overview.matrix import Frame
from samhandling.apps.initiatives.models import Funding, Initiative, Status
from samhandling.apps.organisations.models import BodyLifecycleEvent, CollaborationBody
from samhandling.core.partial_date import Truth

# An initiative with one of these has nothing left that somebody must carry on.
FINISHED = frozenset(
    {Status.DONE, Status.NOT_CARRIED_OUT, Status.CLOSED, Status.ORDINARY_OPERATIONS}
)
OPEN = [status for status in Status.values if status not in FINISHED]
_ENDED = (CollaborationBody.State.CLOSED, CollaborationBody.State.DORMANT)


@dataclass(frozen=True, slots=True)
class OpenGap:
    """A coverage gap that is not closed, and how many whole initiatives there lack a network."""

    gap: CoverageGap
    without_network: int


@dataclass(frozen=True, slots=True)
class EndedBody:
    """A closed or dormant network of the agreement; `event` None: nothing is told of its end.

    `left`: its initiatives that are not finished; `unowned`: of them, those without an owner.
    """

    body: CollaborationBody
    event: BodyLifecycleEvent | None
    left: int
    unowned: int


@dataclass(frozen=True, slots=True)
class Gaps:
    gaps: list[OpenGap]
    bodies: list[EndedBody]
    money: list[Funding]

    @property
    def is_empty(self) -> bool:
        return not (self.gaps or self.bodies or self.money)


def read_gaps(frame: Frame, initiatives: QuerySet[Initiative], today: date) -> Gaps:
    """Queries: 2, and 1 a gap, 1 for ended bodies' events and 2 for each ended body."""
    gaps = [gap for gap in frame.gaps if not _is_closed(gap, today)]
    causing = {gap.caused_by_id for gap in gaps}
    ended = [
        body
        for body in {
            b.pk: b for b in [*frame.networks, *(d.body for d in frame.responsibilities)]
        }.values()
        if body.state in _ENDED and body.pk not in causing
    ]
    wholes = initiatives.filter(parent__isnull=True, network__isnull=True)
    return Gaps(
        gaps=[
            OpenGap(gap, wholes.filter(focus_area_id__in=frame.area_ids(gap.focus_area)).count())
            for gap in gaps
        ],
        bodies=_ended(ended, initiatives),
        money=list(
            Funding.objects.live()
            .with_record()
            .filter(initiatives__in=initiatives.values("pk"))
            .filter(Q(state=Funding.State.ENDED) | ~Q(ends_precision=""))
            .select_related("funder__record")
            .distinct()
            .order_by("ends_earliest", "pk")
        ),
    )


def _is_closed(gap: CoverageGap, today: date) -> bool:
    return gap.until is not None and gap.until.is_over(today) is Truth.YES


def _ended(bodies: list[CollaborationBody], initiatives: QuerySet[Initiative]) -> list[EndedBody]:
    if not bodies:
        return []
    kinds = BodyLifecycleEvent.Kind
    events = {
        event.body_id: event
        for event in BodyLifecycleEvent.objects.live()
        .with_record()
        .filter(body__in=bodies, kind__in=[kinds.CLOSED, kinds.BECAME_DORMANT])
        .order_by("pk")
    }
    found = []
    for body in bodies:
        left = initiatives.filter(network=body, status__in=OPEN)
        found.append(
            EndedBody(
                body, events.get(body.pk), left.count(), left.filter(owner__isnull=True).count()
            )
        )
    return found
