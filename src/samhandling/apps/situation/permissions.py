"""Who may see and change needs. A draft is seen by its owner's people alone until it is shared."""

from typing import Any

from django.db.models import Q, QuerySet

from samhandling.apps.audit.services import Author
from samhandling.apps.organisations.permissions import (
    NotAllowed,
    may,
    may_somewhere,
    within_reach,
)
from samhandling.apps.situation.models import Need, Sharing
from samhandling.core.access import Operation


def _reaches(need: Need, by: Author | None, operation: Operation) -> bool:
    return may(by, operation, owner_id=need.owner_id, agreement_id=need.agreement_id)


def _within(queryset: QuerySet[Any], by: Author | None, operation: Operation) -> QuerySet[Any]:
    return within_reach(queryset, by, operation, owner="owner", body=None, agreement="agreement")


def can_read(need: Need, by: Author | None) -> bool:
    """May `by` see this need? Shared ones: whoever reads; drafts: the owner's people."""
    if need.sharing == Sharing.SHARED:
        return _reaches(need, by, Operation.READ_SHARED)
    return _reaches(need, by, Operation.READ_DRAFT)


def can_edit(need: Need, by: Author | None) -> bool:
    """May `by` change it? Nobody changes what they may not see, or what is withdrawn or merged."""
    record = need.record
    return (
        record.withdrawn_at is None
        and record.merged_into_id is None
        and can_read(need, by)
        and _reaches(need, by, Operation.EDIT_NEED)
    )


def can_restore(need: Need, by: Author | None) -> bool:
    """May `by` take back its withdrawal? Whoever could change it."""
    record = need.record
    return (
        record.withdrawn_at is not None
        and record.merged_into_id is None
        and can_read(need, by)
        and _reaches(need, by, Operation.EDIT_NEED)
    )


def can_share(need: Need, by: Author | None) -> bool:
    """May `by` show the draft to all parties? Only those it belongs to (product.md, 13)."""
    return can_edit(need, by) and _reaches(need, by, Operation.READ_DRAFT)


def can_name(by: Author | None, *, sharing: str, agreement_id: int, owner_id: int | None) -> bool:
    """May `by` write this owner? The owner's people see a draft: it goes to the own ones alone."""
    operation = Operation.READ_DRAFT if sharing == Sharing.DRAFT else Operation.EDIT_NEED
    return owner_id is None or may(by, operation, owner_id=owner_id, agreement_id=agreement_id)


def check_can_edit(need: Need, by: Author | None) -> None:
    """Raises NotAllowed where `can_edit` answers no."""
    if not can_edit(need, by):
        raise NotAllowed(Operation.EDIT_NEED)


def check_can_restore(need: Need, by: Author | None) -> None:
    """Raises NotAllowed where `can_restore` answers no."""
    if not can_restore(need, by):
        raise NotAllowed(Operation.EDIT_NEED)


def reached_as_draft_by(queryset: QuerySet[Any], by: Author | None) -> QuerySet[Any]:
    """Those of `queryset` that `by` would have seen as drafts too, before they were shared."""
    return _within(queryset, by, Operation.READ_DRAFT)


def visible_to(queryset: QuerySet[Any], by: Author | None) -> QuerySet[Any]:
    """The needs of `queryset` that `can_read` would allow, as one query."""
    if not may_somewhere(by, Operation.READ_SHARED):
        return queryset.none()
    drafts = reached_as_draft_by(Need.objects.filter(sharing=Sharing.DRAFT), by)
    shared = Q(sharing=Sharing.SHARED)
    if not may(by, Operation.READ_SHARED):
        shared &= Q(pk__in=_within(Need.objects.all(), by, Operation.READ_SHARED).values("pk"))
    return queryset.filter(shared | Q(pk__in=drafts.values("pk")))


def editable_by(queryset: QuerySet[Any], by: Author | None) -> QuerySet[Any]:
    """The needs of `queryset` that `can_edit` would allow."""
    reachable = _within(queryset, by, Operation.EDIT_NEED)
    return visible_to(reachable, by).filter(
        record__withdrawn_at__isnull=True,
        record__merged_into__isnull=True,
    )


def could_create(by: Author | None) -> bool:
    """Is there any need that `by` may write? Decides whether the page offers it."""
    return may_somewhere(by, Operation.EDIT_NEED)
