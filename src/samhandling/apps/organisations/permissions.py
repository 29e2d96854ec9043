"""Who somebody is in the county's cooperation, and so how far their reach goes.

`core.access` holds the table; this module knows the person. An app's own permissions compare the
reach with its objects, as a predicate for one and as a filter for many.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from samhandling.apps.accounts.models import RoleGrant, Substitution, User
from samhandling.apps.audit.services import Author, SystemAuthor
from samhandling.apps.organisations.models import Affiliation, Membership
from samhandling.apps.records.models import Record, RecordKind
from samhandling.apps.records.prepared import Prepared
from samhandling.core.access import (
    EVERYTHING,
    OF_A_BODY,
    OF_AN_ORGANISATION,
    Held,
    Operation,
    Reached,
    Role,
    reached,
)

# What a seat's role in its body gives; a deputy does what the convener does.
_SEATS = {
    Membership.Role.CHAIR: Role.CONVENER,
    Membership.Role.CONVENER: Role.CONVENER,
    Membership.Role.DEPUTY: Role.CONVENER,
    Membership.Role.MEMBER: Role.MEMBER,
}


# What belongs to no agreement, and is read by whoever may read anything.
_COUNTY_WIDE = frozenset(
    {
        RecordKind.ORGANISATION,
        RecordKind.BODY,
        RecordKind.ACTOR_CATEGORY,
        RecordKind.ACTOR_SET,
        RecordKind.LIFECYCLE_EVENT,
        RecordKind.LIAISON_SEAT,
    }
)


class NotAllowed(PermissionError):
    """Somebody asked for something that the table of `core.access` refuses them."""

    def __init__(self, operation: Operation) -> None:
        self.operation = operation
        super().__init__(operation)


@dataclass(frozen=True)
class Standing:
    """The roles that a person holds today, each with its scope."""

    held: frozenset[Held]
    is_system: bool = False

    @cached_property
    def organisation_ids(self) -> frozenset[int]:
        """Where the person works."""
        return frozenset(
            one.organisation
            for one in self.held
            if one.role in OF_AN_ORGANISATION and one.organisation is not None
        )

    @cached_property
    def body_ids(self) -> frozenset[int]:
        """Where the person sits."""
        return frozenset(
            one.body for one in self.held if one.role in OF_A_BODY and one.body is not None
        )

    @property
    def key(self) -> tuple[object, ...]:
        """All of it in an order that does not vary, for answers that are kept (audit.keeping)."""
        held = sorted(
            (one.role.value, one.agreement or 0, one.body or 0, one.organisation or 0)
            for one in self.held
        )
        return (*held, self.is_system)

    def reached(self, operation: Operation) -> Reached:
        """What the person may do `operation` to."""
        return EVERYTHING if self.is_system else reached(operation, self.held)


NOBODY = Standing(frozenset({Held(Role.ANONYMOUS)}))
SYSTEM = Standing(frozenset(), is_system=True)


def day_of_security() -> date:
    """Today by the real clock, whatever day the demo shows: roles begin and end by it."""
    return timezone.localdate()


def standing_of(by: Author | None) -> Standing:
    """What `by` is today. Cached on the user for the length of a request. Queries: 3, once.

    Convener, deputy and member come from own seats, officer and contributor from affiliations, the
    rest from grants. What has not begun or is known to have ended gives nothing; an unknown end
    does not. Who substitutes for somebody has her seats and grants too, as they are that day, but
    not her affiliations. Whoever holds no role in force is as a stranger.
    """
    if isinstance(by, SystemAuthor):
        return SYSTEM
    if not isinstance(by, User) or not by.is_active:
        return NOBODY
    known = by.__dict__.get("_standing")
    if known is not None:
        return known
    held = _held(by.person_id, day_of_security())
    standing = Standing(held) if held else NOBODY
    by.__dict__["_standing"] = standing
    return standing


def _held(person_id: int, today: date) -> frozenset[Held]:
    held = set()
    for work in _AFFILIATIONS.of(person_id, shape=today, words=(today,)):
        held.add(Held(Role(work.role), organisation=work.organisation_id))
    for seat in _SEATS_HELD.of(person_id, shape=today, words=(today,)):
        held.add(Held(_SEATS[Membership.Role(seat.role)], body=seat.body_id))
    for grant in _GRANTS.of(person_id, shape=today, words=(today,)):
        role, scope = Role(grant.role), grant.scope
        match scope.kind if scope else None:
            case None:
                held.add(Held(role))
            case RecordKind.AGREEMENT:
                held.add(Held(role, agreement=grant.scope_id))
            case RecordKind.BODY:
                held.add(Held(role, body=grant.scope_id))
            case RecordKind.ORGANISATION:
                held.add(Held(role, organisation=grant.scope_id))
    return frozenset(held)


# Every page asks these once, so their SQL is written once a day.


def _in_force(today: date) -> Q:
    begun = Q(valid_from=None) | Q(valid_from__lte=today)
    return begun & (Q(valid_until=None) | Q(valid_until__gte=today))


def _theirs(people: Sequence[int], today: date) -> Q:
    """Condition: of these people, or of somebody they substitute for that day."""
    substituted = Substitution.objects.filter(
        substitute__in=people, valid_from__lte=today, valid_until__gte=today
    )
    return Q(person__in=people) | Q(person__in=substituted.values("person"))


_AFFILIATIONS = Prepared(
    lambda people, today: Affiliation.objects.filter(_in_force(today), person__in=people), kept=8
)
_SEATS_HELD = Prepared(
    lambda people, today: Membership.objects.filter(_theirs(people, today)).exclude(
        Q(valid_from_earliest__gt=today) | Q(valid_until_latest__lt=today)
    ),
    kept=8,
)
_GRANTS = Prepared(
    lambda people, today: RoleGrant.objects.filter(
        _theirs(people, today), _in_force(today)
    ).select_related("scope"),
    kept=8,
)


def may(
    by: Author | None,
    operation: Operation,
    *,
    owner_id: int | None = None,
    body_id: int | None = None,
    agreement_id: int | None = None,
) -> bool:
    """May `by` do this to something owned by actor `owner_id`, of body `body_id`, in an agreement?

    An owner that is a body counts as the body. Without any of them the question is about the whole,
    and a role with a limit does not answer it. Queries: those of `standing_of`.
    """
    return (
        standing_of(by)
        .reached(operation)
        .covers(owner=owner_id, body=body_id, agreement=agreement_id)
    )


def may_somewhere(by: Author | None, operation: Operation) -> bool:
    """Could there be anything that `by` may do this to? Decides whether a page offers it."""
    return not standing_of(by).reached(operation).is_nothing


def check(
    by: Author | None,
    operation: Operation,
    *,
    owner_id: int | None = None,
    body_id: int | None = None,
    agreement_id: int | None = None,
) -> None:
    """Raises NotAllowed where `may` answers no."""
    if not may(by, operation, owner_id=owner_id, body_id=body_id, agreement_id=agreement_id):
        raise NotAllowed(operation)


def within_reach(
    queryset: QuerySet[Any],
    by: Author | None,
    operation: Operation,
    *,
    owner: str,
    body: str | None,
    agreement: str | None,
) -> QuerySet[Any]:
    """The rows of `queryset` that `may` would allow.

    Args: owner, body, agreement: the columns that hold them; None where there is none.
    """
    mine = standing_of(by).reached(operation)
    if mine.everything:
        return queryset
    if mine.is_nothing:
        return queryset.none()
    columns = {owner: mine.bodies | mine.organisations}
    if body is not None:
        columns[body] = mine.bodies
    if agreement is not None:
        columns[agreement] = mine.agreements
    allowed = Q(pk__in=())
    for column, keys in columns.items():
        if keys:
            allowed |= Q(**{f"{column}__in": keys})
    return queryset.filter(allowed)


def records_within_limits(by: Author | None) -> Q | None:
    """Condition on `Record`: what somebody reads whose roles are all limited; None without limit.

    It says nothing of initiatives and needs, which have filters of their own, and leaves out what
    lies inside an agreement: that is found on the agreement's pages (`initiatives.visibility`).
    """
    mine = standing_of(by).reached(Operation.READ_SHARED)
    if mine.everything:
        return None
    if mine.is_nothing:
        return Q(pk__in=())
    return Q(kind__in=_COUNTY_WIDE) | Q(kind=RecordKind.AGREEMENT, pk__in=mine.agreements)


def events_within_limits(by: Author | None) -> Q | None:
    """Condition on `Event`: those of one's agreements and of what belongs to none; None: all."""
    mine = standing_of(by).reached(Operation.READ_HISTORY)
    if mine.everything:
        return None
    if mine.is_nothing:
        return Q(pk__in=())
    own = Record.objects.filter(pk__in=mine.agreements)
    return Q(scope_uid__in=own.values("uid")) | Q(scope_uid="", record_kind__in=_COUNTY_WIDE)
