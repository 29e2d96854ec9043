"""All that is known of an organisation, a category or a described set: what its page shows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from samhandling.apps.agreements.models import (
    Agreement,
    CollaborationPlan,
    Party,
    StructureProposal,
)
from samhandling.apps.agreements.selectors import plans_shown
from samhandling.apps.audit.services import Author
from samhandling.apps.followup.models import Recommendation
from samhandling.apps.initiatives.models import Funding, Initiative, InitiativeActor
from samhandling.apps.initiatives.permissions import visible_to
from samhandling.apps.organisations.models import (
    Actor,
    ActorRole,
    ActorSet,
    Affiliation,
    CollaborationBody,
    Membership,
    Organisation,
)
from samhandling.apps.organisations.selectors import seats_of_actor
from samhandling.apps.situation.models import Need, NeedsWorkshopSeries
from samhandling.apps.situation.permissions import visible_to as needs_visible_to

ROWS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Involvement:
    """An actor's initiatives in one agreement: owned, and owned or in any role."""

    agreement: Agreement
    owned: int
    total: int
    rows: list[Initiative]


@dataclass(frozen=True, slots=True)
class ActorFacts:
    """Everything on the page of an actor that is not a body."""

    actor: Actor
    organisation: Organisation | None
    described: ActorSet | None
    roles: list[ActorRole]
    people: list[Affiliation]
    seats: list[Membership]
    coordinates: list[CollaborationBody]
    leads: list[CollaborationBody]
    operates: list[Organisation]
    in_sets: list[ActorSet]
    parties: list[Party]
    involvements: list[Involvement]
    funds: list[Funding]
    receives: list[Funding]
    needs: list[Need]
    workshops: list[NeedsWorkshopSeries]
    plans: list[CollaborationPlan]
    proposals: list[StructureProposal]
    recommendations: list[Recommendation]
    followed_up: list[Agreement]


def read_actor(actor: Actor, by: Author | None) -> ActorFacts:
    """All that is known of `actor`, as `by` may see it. Queries: about 30."""
    organisation = (
        Organisation.objects.filter(pk=actor.pk)
        .select_related("record", "operated_by__record")
        .first()
    )
    described = (
        ActorSet.objects.filter(pk=actor.pk)
        .select_related("record")
        .prefetch_related("members__record")
        .first()
    )
    live_bodies = CollaborationBody.objects.live().with_record().order_by("record__title")
    return ActorFacts(
        actor=actor,
        organisation=organisation,
        described=described,
        roles=list(ActorRole.objects.filter(actor=actor)),
        people=list(
            Affiliation.objects.filter(organisation_id=actor.pk)
            .select_related("person")
            .order_by("person__name")
        ),
        seats=seats_of_actor(actor.pk),
        coordinates=list(live_bodies.filter(coordinating_authority_id=actor.pk)),
        leads=list(live_bodies.filter(led_by=actor.pk)),
        operates=list(Organisation.objects.live().with_record().filter(operated_by_id=actor.pk)),
        in_sets=list(
            ActorSet.objects.live().with_record().filter(members=actor).order_by("record__title")
        ),
        parties=list(Party.objects.filter(actor=actor).select_related("agreement__record")),
        involvements=involvements_of(actor, by),
        funds=_money(by, funder=actor),
        receives=_money(by, recipient=actor),
        needs=list(
            needs_visible_to(Need.objects.live(), by)
            .filter(Q(subject_id=actor.pk) | Q(owner=actor))
            .select_related("record")
            .order_by("pk")
        ),
        workshops=list(NeedsWorkshopSeries.objects.live().with_record().filter(participants=actor)),
        plans=list(plans_shown().filter(owner=actor)),
        proposals=list(StructureProposal.objects.live().with_record().filter(proposed_by=actor)),
        recommendations=list(Recommendation.objects.live().with_record().filter(addressee=actor)),
        followed_up=list(Agreement.objects.live().with_record().filter(followed_up_by_id=actor.pk)),
    )


def _part_of(actor_ids: Any) -> Exists:
    """Has one of these actors in any role beside the owner's."""
    return Exists(InitiativeActor.objects.filter(initiative=OuterRef("pk"), actor__in=actor_ids))


def involvements_of(actor: Actor, by: Author | None) -> list[Involvement]:
    """The actor's initiatives, agreement by agreement. Queries: 2, and 4 for each agreement."""
    shown = visible_to(Initiative.objects.live(), by).filter(
        Q(owner=actor) | Q(_part_of([actor.pk]))
    )
    counts = {
        pk: (total, owned)
        for pk, total, owned in shown.order_by()
        .values_list("agreement")
        .annotate(total=Count("pk"), owned=Count("pk", filter=Q(owner=actor)))
        .values_list("agreement", "total", "owned")
    }
    agreements = Agreement.objects.live().with_record().filter(pk__in=counts).order_by("pk")
    return [
        Involvement(
            agreement=agreement,
            total=counts[agreement.pk][0],
            owned=counts[agreement.pk][1],
            rows=_rows(shown.filter(agreement=agreement), actor),
        )
        for agreement in agreements
    ]


def _rows(found: QuerySet[Initiative], actor: Actor) -> list[Initiative]:
    own = InitiativeActor.objects.filter(actor=actor)
    return list(
        found.select_related("record", "network__record")
        .prefetch_related(Prefetch("actors", queryset=own, to_attr="own_roles"))
        .order_by("order", "pk")[:ROWS_SHOWN]
    )


def _money(by: Author | None, **who: Actor) -> list[Funding]:
    """Money with what it is for; money for hidden drafts alone is as hidden as they are."""
    initiatives = visible_to(Initiative.objects.live(), by).select_related("record")
    needs = needs_visible_to(Need.objects.live(), by).select_related("record")
    found = (
        Funding.objects.live()
        .filter(**who)
        .filter(
            Q(initiatives__in=initiatives)
            | Q(needs__in=needs)
            | Q(initiatives__isnull=True, needs__isnull=True)
        )
        .distinct()
        .select_related("record", "funder__record", "recipient__record")
        .prefetch_related(
            Prefetch("initiatives", queryset=initiatives, to_attr="shown_initiatives"),
            Prefetch("needs", queryset=needs, to_attr="shown_needs"),
        )
    )
    return list(found.order_by("pk"))


def involvement_counts(
    agreement: Agreement, actor_ids: list[int], by: Author | None
) -> dict[int, int]:
    """In how many initiatives of `agreement` each actor is owner or has a role. Queries: 2."""
    shown = visible_to(Initiative.objects.live().filter(agreement=agreement), by)
    pairs = set(shown.filter(owner__in=actor_ids).order_by().values_list("owner_id", "pk")) | set(
        InitiativeActor.objects.filter(
            actor__in=actor_ids, initiative__in=shown.order_by().values("pk")
        ).values_list("actor_id", "initiative_id")
    )
    counts: dict[int, int] = {}
    for actor_id, _initiative in pairs:
        if actor_id is not None:
            counts[actor_id] = counts.get(actor_id, 0) + 1
    return counts
