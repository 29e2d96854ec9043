"""Reads of actors and bodies: the register, who sits where, who is in which described set."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from samhandling.apps.accounts.models import RoleGrant, Substitution
from samhandling.apps.organisations.models import (
    Actor,
    ActorSet,
    BodyLifecycleEvent,
    CollaborationBody,
    Mandate,
    Membership,
)
from samhandling.apps.organisations.periods import seat_not_over
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.core.access import TABLE, Operation, Reach, Role
from samhandling.core.knowledge import Completeness

_OPENING = {
    CollaborationBody.State.PROPOSED: BodyLifecycleEvent.Kind.PROPOSED,
    CollaborationBody.State.ACTIVE: BodyLifecycleEvent.Kind.STARTED,
    CollaborationBody.State.UNDER_REVIEW: BodyLifecycleEvent.Kind.UNDER_REVIEW,
    CollaborationBody.State.DORMANT: BodyLifecycleEvent.Kind.BECAME_DORMANT,
    CollaborationBody.State.CLOSED: BodyLifecycleEvent.Kind.CLOSED,
}


def bodies_shown() -> QuerySet[CollaborationBody]:
    """Live bodies with names, seats that are not over, mandates and life. Queries: 4."""
    return (
        CollaborationBody.objects.live()
        .select_related("record", "coordinating_authority__record", "reports_to__record")
        .prefetch_related(
            Prefetch("seats", queryset=seats_shown().filter(seat_not_over(day_of_security()))),
            Prefetch("mandates", queryset=Mandate.objects.all()),
            Prefetch("lifecycle", queryset=life_shown()),
        )
    )


def seats_shown() -> QuerySet[Membership]:
    """Seats with who holds them, those that are over too."""
    return Membership.objects.select_related("actor__record", "person")


def life_shown() -> QuerySet[BodyLifecycleEvent]:
    """Live events of bodies, in the order they were told."""
    return (
        BodyLifecycleEvent.objects.live()
        .select_related("record", "carried_out_by__record")
        .prefetch_related("decided_with__record")
        .order_by("pk")
    )


def state_since(body: CollaborationBody) -> BodyLifecycleEvent | None:
    """The event that opened the body's present state; None when nobody has told of one.

    Queries: 0 for a body from `bodies_shown`.
    """
    kind = _OPENING.get(CollaborationBody.State(body.state)) if body.state else None
    events = [event for event in body.lifecycle.all() if event.kind == kind]
    return events[-1] if events else None


def seats_in_role(body: CollaborationBody, role: str) -> list[Membership]:
    """The seats of a role, such as CONVENER. Queries: 0 for a body from `bodies_shown`."""
    return [seat for seat in body.seats.all() if seat.role == role]


def actors_shown() -> QuerySet[Actor]:
    """Live organisations, categories and described sets; bodies have their own register."""
    return Actor.objects.live().with_record().exclude(actor_kind=Actor.Kind.BODY)


@dataclass(frozen=True, slots=True)
class SetMembers:
    """Who is in a described set, members of sets in it too.

    `all_known` is False while the set itself, or one in it, has members nobody has named.
    """

    ids: frozenset[int]
    all_known: bool


def members_of_sets() -> dict[int, SetMembers]:
    """The members of every described set, through sets within sets. Queries: 2."""
    states = dict(ActorSet.objects.values_list("pk", "members_state"))
    direct: dict[int, set[int]] = {pk: set() for pk in states}
    for set_id, actor_id in ActorSet.members.through.objects.values_list("actorset_id", "actor_id"):
        direct[set_id].add(actor_id)

    def resolve(pk: int, above: frozenset[int]) -> SetMembers:
        ids: set[int] = set()
        known = states[pk] in ("COMPLETE", "NONE")
        for member in direct[pk]:
            if member not in states:
                ids.add(member)
            elif member not in above:
                inner = resolve(member, above | {member})
                ids |= inner.ids
                known = known and inner.all_known
        return SetMembers(frozenset(ids), known)

    return {pk: resolve(pk, frozenset({pk})) for pk in states}


def members_known(
    body: CollaborationBody, seats: Iterable[Membership], sets: dict[int, SetMembers]
) -> tuple[int, Completeness]:
    """How many members of a body are known, and whether that is all of them.

    A described set counts as the members known to be in it, and makes the count partial while some
    are not named. A seat held by a function alone counts as one. Made-up people do not count.
    """
    actors: set[int] = set()
    others = 0
    state = Completeness(body.members_state)
    for seat in seats:
        if seat.actor_id is None:
            others += seat.person is None or not seat.person.made_up
        elif seat.actor_id in sets:
            actors |= sets[seat.actor_id].ids
            if not sets[seat.actor_id].all_known and state is Completeness.COMPLETE:
                state = Completeness.PARTIAL
        else:
            actors.add(seat.actor_id)
    number = len(actors) + others
    if number and state in (Completeness.NONE, Completeness.NOT_APPLICABLE):
        state = Completeness.PARTIAL
    return number, state


def _live_seats() -> QuerySet[Membership]:
    return Membership.objects.filter(
        body__record__merged_into__isnull=True, body__record__withdrawn_at__isnull=True
    )


def seats_counted(actor_ids: Iterable[int]) -> dict[int, int]:
    """In how many live bodies each actor sits, by itself or in a described set. Queries: 3."""
    wanted = set(actor_ids)
    sets = members_of_sets()
    bodies: dict[int, set[int]] = defaultdict(set)
    for actor_id, body_id in _live_seats().values_list("actor_id", "body_id"):
        if actor_id is None:
            continue
        inside = sets[actor_id].ids if actor_id in sets else frozenset()
        for pk in wanted & (inside | {actor_id}):
            bodies[pk].add(body_id)
    return {actor_id: len(found) for actor_id, found in bodies.items()}


def seats_of_actor(actor_id: int) -> list[Membership]:
    """The seats in live bodies that an actor has by itself or in a described set. Queries: 3."""
    through = [pk for pk, found in members_of_sets().items() if actor_id in found.ids]
    return list(
        _live_seats()
        .filter(actor_id__in=[actor_id, *through])
        .select_related("body__record", "actor__record", "person")
        .order_by("body__record__title", "order", "pk")
    )


def people_reaching(
    operation: Operation,
    today: date,
    *,
    agreement_id: int | None = None,
    body_ids: Iterable[int] = (),
    owner_id: int | None = None,
) -> set[int]:
    """Ids of the people whose granted role or seat lets them do this to something of these,
    or to the whole where none is given.

    The question of `permissions.may`, asked the other way round, for telling those it concerns.
    Whoever substitutes for one of them that day is one of them. Roles from where somebody works are
    left out: they say whose a thing is. Queries: 3, and 2 for bodies.
    """
    cells = TABLE[operation]
    granted = [role.value for role in Role if cells[role] is Reach.ALWAYS]
    bodies = set(body_ids)
    scopes = {pk for pk in (agreement_id, *bodies, owner_id) if pk is not None}
    grants = RoleGrant.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=today),
        Q(valid_until=None) | Q(valid_until__gte=today),
        Q(scope=None) | Q(scope__in=scopes),
        role__in=granted,
    )
    found = _with_substitutes(set(grants.values_list("person_id", flat=True)), today)
    if cells[Role.CONVENER] is not Reach.NEVER and bodies:
        found |= convener_ids(bodies, today)
    return found


def convener_ids(body_ids: Iterable[int], today: date) -> set[int]:
    """Ids of the people who convene or chair these bodies today, stand in for who does, or
    substitute for one of them. Queries: 2."""
    seats = Membership.objects.filter(
        body_id__in=set(body_ids),
        role__in=(Membership.Role.CHAIR, Membership.Role.CONVENER, Membership.Role.DEPUTY),
        person__isnull=False,
    ).exclude(Q(valid_from_earliest__gt=today) | Q(valid_until_latest__lt=today))
    found = {seat.person_id for seat in seats if seat.person_id is not None}
    return _with_substitutes(found, today)


def _with_substitutes(person_ids: set[int], today: date) -> set[int]:
    """These people, and those who substitute for one of them (`permissions._theirs`)."""
    away = Substitution.objects.filter(
        person__in=person_ids, valid_from__lte=today, valid_until__gte=today
    )
    return person_ids | set(away.values_list("substitute_id", flat=True))
