"""What the overview is hung on, and what it tells beside its counts of initiatives.

None of it depends on an initiative or on who reads, so a change of an initiative leaves it alone.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from samhandling.apps.agreements.models import (
    Agreement,
    CollaborationLevel,
    CollaborationPlan,
    StructureProposal,
)
from samhandling.apps.followup.models import FollowUpRound, Recommendation
from samhandling.apps.followup.overview.matrix import Frame, read_frame
from samhandling.apps.initiatives.models import Funding
from samhandling.apps.organisations.models import (
    BodyLifecycleEvent,
    CollaborationBody,
    Mandate,
)
from samhandling.apps.records.models import Milestone
from samhandling.apps.situation.models import Cause

ENDED = (CollaborationBody.State.CLOSED, CollaborationBody.State.DORMANT)


@dataclass(eq=False, slots=True)
class Ground:
    """One agreement's surroundings; nobody changes what is read here.

    `ended`: how networks ended, by their id. `money`: that which ends or has ended, with the
    initiatives it goes to. `milestones`: latest first, those of all the agreement's initiatives
    among them. `bodies`: networks by id. `kept`: what others worked out from this ground.
    """

    frame: Frame
    levels: list[CollaborationLevel]
    latest_round: FollowUpRound | None
    mandates: list[Mandate]
    proposals: list[StructureProposal]
    unanswered: dict[int, int]
    ended: dict[int, BodyLifecycleEvent]
    money: list[tuple[Funding, frozenset[int]]]
    plans: list[CollaborationPlan]
    milestones: list[Milestone]
    causes: dict[int, Cause]
    bodies: dict[int, CollaborationBody]
    kept: dict[Hashable, Any] = field(default_factory=dict)

    def named(self, network_ids: Iterable[int]) -> dict[int, CollaborationBody]:
        """Networks by id, these among them. Queries: 1 for those not met before."""
        more = set(network_ids) - self.bodies.keys()
        if more:
            self.bodies |= _bodies(more)
        return self.bodies


def read_ground(agreement: Agreement) -> Ground:
    """Queries: about 15, whatever there is."""
    frame = read_frame(agreement)
    bodies = {body.pk: body for body in frame.networks}
    bodies |= {duty.body_id: duty.body for duty in frame.responsibilities}
    levels = CollaborationLevel.objects.live().with_record().filter(agreement=agreement)
    proposals = (
        StructureProposal.objects.live()
        .with_record()
        .filter(focus_area__agreement=agreement, state=StructureProposal.State.PROPOSED)
        .select_related("focus_area__record", "proposed_by__record")
    )
    plans = (
        CollaborationPlan.objects.live()
        .with_record()
        .filter(Q(agreement=agreement) | Q(network__in=frame.networks))
        .exclude(adopted_precision="")
    )
    return Ground(
        frame=frame,
        levels=list(levels),
        latest_round=FollowUpRound.objects.live().with_record().filter(agreement=agreement).first(),
        mandates=list(
            Mandate.objects.filter(body__in=frame.counted_networks).exclude(
                to_prioritise=Mandate.Sufficiency.UNKNOWN
            )
        ),
        proposals=list(proposals),
        unanswered=_unanswered(agreement),
        ended=_ended([body for body in bodies.values() if body.state in ENDED]),
        money=_money(agreement),
        plans=list(plans),
        milestones=_milestones(agreement, frame),
        causes={cause.pk: cause for cause in Cause.objects.all()},
        bodies=bodies,
    )


def _bodies(pks: Iterable[int]) -> dict[int, CollaborationBody]:
    found = CollaborationBody.objects.with_record().filter(pk__in=pks)
    return {body.pk: body for body in found.select_related("coordinating_authority__record")}


def _unanswered(agreement: Agreement) -> dict[int, int]:
    """Follow-up year → its recommendations without a response, latest year first."""
    years: dict[int, int] = {}
    for year in (
        Recommendation.objects.live()
        .filter(round__agreement=agreement, responses__isnull=True)
        .order_by("-round__year")
        .values_list("round__year", flat=True)
    ):
        years[year] = years.get(year, 0) + 1
    return years


def _ended(bodies: list[CollaborationBody]) -> dict[int, BodyLifecycleEvent]:
    if not bodies:
        return {}
    kinds = BodyLifecycleEvent.Kind
    events = (
        BodyLifecycleEvent.objects.live()
        .with_record()
        .filter(body__in=bodies, kind__in=[kinds.CLOSED, kinds.BECAME_DORMANT])
    )
    return {event.body_id: event for event in events.order_by("pk")}


def _money(agreement: Agreement) -> list[tuple[Funding, frozenset[int]]]:
    running_out = (
        Funding.objects.live()
        .with_record()
        .filter(initiatives__agreement=agreement)
        .filter(Q(state=Funding.State.ENDED) | ~Q(ends_precision=""))
        .select_related("funder__record")
        .distinct()
        .order_by("ends_earliest", "pk")
    )
    found = list(running_out)
    goes_to = defaultdict(set)
    ties = Funding.initiatives.through.objects.filter(funding__in=[money.pk for money in found])
    for funding_id, initiative_id in ties.values_list("funding_id", "initiative_id"):
        goes_to[funding_id].add(initiative_id)
    return [(money, frozenset(goes_to[money.pk])) for money in found]


def _milestones(agreement: Agreement, frame: Frame) -> list[Milestone]:
    """Milestones of the agreement, its networks, plans and initiatives. Those of the whole county
    count where the agreement has dates to lie between."""
    bodies = [body.pk for body in frame.networks]
    bodies += [gap.caused_by_id for gap in frame.gaps if gap.caused_by_id]
    ours = (
        Q(about=agreement.record)
        | Q(about__in=bodies)
        | Q(about__bodylifecycleevent__body__in=bodies)
        | Q(about__collaborationplan__agreement=agreement)
        | Q(about__collaborationplan__network__in=bodies)
        | Q(about__structureproposal__focus_area__agreement=agreement)
        | Q(about__needsworkshopseries__agreement=agreement)
        | Q(about__followupround__agreement=agreement)
        | Q(about__initiative__agreement=agreement)
    )
    if agreement.adopted or agreement.valid_from:
        ours |= Q(about__isnull=True)
    found = Milestone.objects.live().filter(ours).exclude(when_precision="")
    return list(found.select_related("record", "about").order_by("-when_earliest", "pk"))
