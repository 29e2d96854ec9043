"""Who may see and change needs. A draft is seen by its owner's people alone until it is shared."""

from typing import Any

from django.db.models import Q, QuerySet

from samhandling.apps.audit.services import Author
from samhandling.apps.organisations.permissions import NotAllowed, may, standing_of, within_reach
from samhandling.apps.situation.models import Need, Sharing
from samhandling.core.access import Operation, Reach, reach


def can_read(need: Need, by: Author | None) -> bool:
    """May `by` see this need? Shared ones: whoever reads; drafts: the owner's people."""
    if need.sharing == Sharing.SHARED:
        return may(by, Operation.READ_SHARED)
    return may(by, Operation.READ_DRAFT, owner_id=need.owner_id)


def can_edit(need: Need, by: Author | None) -> bool:
    """May `by` change it? Nobody changes what they may not see, or what is withdrawn."""
    return (
        need.record.withdrawn_at is None
        and can_read(need, by)
        and may(by, Operation.EDIT_NEED, owner_id=need.owner_id)
    )


def can_name(by: Author | None, *, sharing: str, owner_id: int | None) -> bool:
    """May `by` write this owner? The owner's people see a draft: it goes to the own ones alone."""
    operation = Operation.READ_DRAFT if sharing == Sharing.DRAFT else Operation.EDIT_NEED
    return owner_id is None or may(by, operation, owner_id=owner_id)


def check_can_edit(need: Need, by: Author | None) -> None:
    """Raises NotAllowed where `can_edit` answers no."""
    if not can_edit(need, by):
        raise NotAllowed(Operation.EDIT_NEED)


def reached_as_draft_by(queryset: QuerySet[Any], by: Author | None) -> QuerySet[Any]:
    """Those of `queryset` that `by` would have seen as drafts too, before they were shared."""
    return within_reach(queryset, by, Operation.READ_DRAFT, owner="owner", body=None)


def visible_to(queryset: QuerySet[Any], by: Author | None) -> QuerySet[Any]:
    """The needs of `queryset` that `can_read` would allow, as one query."""
    if not may(by, Operation.READ_SHARED):
        return queryset.none()
    drafts = reached_as_draft_by(Need.objects.filter(sharing=Sharing.DRAFT), by)
    return queryset.filter(Q(sharing=Sharing.SHARED) | Q(pk__in=drafts.values("pk")))


def editable_by(queryset: QuerySet[Any], by: Author | None) -> QuerySet[Any]:
    """The needs of `queryset` that `can_edit` would allow."""
    reachable = within_reach(queryset, by, Operation.EDIT_NEED, owner="owner", body=None)
    return visible_to(reachable, by).filter(record__withdrawn_at__isnull=True)


def could_create(by: Author | None) -> bool:
    """Is there any need that `by` may write? Decides whether the page offers it."""
    standing = standing_of(by)
    return standing.is_system or reach(Operation.EDIT_NEED, standing.roles) is not Reach.NEVER
