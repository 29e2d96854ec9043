"""Who somebody is in the county's cooperation, and so how far their reach goes.

`core.access` holds the table; this module knows the person. An app's own permissions compare the
reach with its objects, as a predicate for one and as a filter for many.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from samhandling.apps.accounts.models import RoleGrant, User
from samhandling.apps.audit.services import Author, SystemAuthor
from samhandling.apps.organisations.models import Affiliation, Membership
from samhandling.core.access import Operation, Reach, Role, allows, reach


class NotAllowed(PermissionError):
    """Somebody asked for something that the table of `core.access` refuses them."""

    def __init__(self, operation: Operation) -> None:
        self.operation = operation
        super().__init__(operation)


@dataclass(frozen=True)
class Standing:
    """A person's roles, organisations and bodies. Ids are actor ids."""

    roles: frozenset[Role]
    organisation_ids: frozenset[int] = frozenset()
    body_ids: frozenset[int] = frozenset()
    is_system: bool = False


NOBODY = Standing(frozenset({Role.ANONYMOUS}))
SYSTEM = Standing(frozenset({Role.PROCESS_LEADER}), is_system=True)


def standing_of(by: Author | None) -> Standing:
    """What `by` is. Cached on the user for the length of a request. Queries: 3, once.

    A person belongs to the organisations of their affiliations and the bodies of their own seats.
    """
    if isinstance(by, SystemAuthor):
        return SYSTEM
    if not isinstance(by, User) or not by.is_active:
        return NOBODY
    known = by.__dict__.get("_standing")
    if known is not None:
        return known
    organisations = frozenset(
        Affiliation.objects.filter(person_id=by.person_id).values_list("organisation_id", flat=True)
    )
    bodies = frozenset(
        Membership.objects.filter(person_id=by.person_id).values_list("body_id", flat=True)
    )
    roles = {Role.MEMBER if organisations else Role.READER}
    if RoleGrant.objects.filter(
        person_id=by.person_id, role=RoleGrant.Role.PROCESS_LEADER
    ).exists():
        roles.add(Role.PROCESS_LEADER)
    standing = Standing(frozenset(roles), organisations, bodies)
    by.__dict__["_standing"] = standing
    return standing


def may(
    by: Author | None,
    operation: Operation,
    *,
    owner_id: int | None = None,
    body_id: int | None = None,
) -> bool:
    """May `by` do this to something owned by actor `owner_id` within body `body_id`?

    An owner that is a body counts as an own body. Queries: those of `standing_of`.
    """
    standing = standing_of(by)
    if standing.is_system:
        return True
    mine = standing.organisation_ids
    bodies = standing.body_ids
    return allows(
        operation,
        standing.roles,
        own_organisation=owner_id is not None and owner_id in mine,
        own_body=(owner_id is not None and owner_id in bodies)
        or (body_id is not None and body_id in bodies),
    )


def check(
    by: Author | None,
    operation: Operation,
    *,
    owner_id: int | None = None,
    body_id: int | None = None,
) -> None:
    """Raises NotAllowed where `may` answers no."""
    if not may(by, operation, owner_id=owner_id, body_id=body_id):
        raise NotAllowed(operation)


def within_reach(
    queryset: QuerySet[Any],
    by: Author | None,
    operation: Operation,
    *,
    owner: str,
    body: str | None,
) -> QuerySet[Any]:
    """The rows of `queryset` that `may` would allow; `owner` and `body` name its actor columns."""
    standing = standing_of(by)
    widest = Reach.ALWAYS if standing.is_system else reach(operation, standing.roles)
    if widest is Reach.ALWAYS:
        return queryset
    if widest is Reach.NEVER:
        return queryset.none()
    mine = Q(**{f"{owner}__in": standing.body_ids})
    if body is not None:
        mine |= Q(**{f"{body}__in": standing.body_ids})
    if widest is Reach.OWN_ORGANISATION:
        mine |= Q(**{f"{owner}__in": standing.organisation_ids})
    return queryset.filter(mine)
