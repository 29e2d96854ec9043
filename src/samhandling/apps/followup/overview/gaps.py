"""What nobody carries: questions without a body, ended bodies, money that runs out."""

from dataclasses import dataclass
from datetime import date

from samhandling.apps.agreements.models import CoverageGap
from samhandling.apps.followup.overview.facts import FINISHED
from samhandling.apps.followup.overview.ground import ENDED
from samhandling.apps.followup.overview.known import Sight
from samhandling.apps.initiatives.models import Funding, Status
from samhandling.apps.organisations.models import BodyLifecycleEvent, CollaborationBody
from samhandling.core.partial_date import Truth

OPEN = [status for status in Status.values if status not in FINISHED]


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


def gaps_of(sight: Sight, today: date) -> Gaps:
    """What is seen to be carried by nobody."""
    frame, tally = sight.ground.frame, sight.tally
    gaps = [gap for gap in frame.gaps if not _is_closed(gap, today)]
    causing = {gap.caused_by_id for gap in gaps}
    bodies = {b.pk: b for b in [*frame.networks, *(d.body for d in frame.responsibilities)]}
    return Gaps(
        gaps=[
            OpenGap(
                gap,
                sum(
                    n
                    for place, n in tally.wholes.items()
                    if place.network_id is None
                    if place.area_id in frame.area_ids(gap.focus_area)
                ),
            )
            for gap in gaps
        ],
        bodies=[
            EndedBody(body, sight.ground.ended.get(pk), tally.unfinished[pk], tally.unowned[pk])
            for pk, body in bodies.items()
            if body.state in ENDED and pk not in causing
        ],
        money=[money for money, goes_to in sight.ground.money if any(map(sight.sees, goes_to))],
    )


def _is_closed(gap: CoverageGap, today: date) -> bool:
    return gap.until is not None and gap.until.is_over(today) is Truth.YES
