"""Who may see and change needs. A draft is seen by its owner's people alone until it is shared."""

from typing import Any

from django.db.models import Q, QuerySet

from samhandling.apps.agreements.models import AreaResponsibility
from samhandling.apps.audit.services import Author
from samhandling.apps.organisations.permissions import (
    NotAllowed,
    day_of_security,
    may,
    may_somewhere,
    within_reach,
)
from samhandling.apps.organisations.selectors import people_reaching
from samhandling.apps.situation.models import UNSHARED, Need, Sharing
from samhandling.core.access import Operation


def _reaches(need: Need, by: Author | None, operation: Operation) -> bool:
    return may(by, operation, owner_id=need.owner_id, agreement_id=need.agreement_id)


def _within(queryset: QuerySet[Any], by: Author | None, operation: Operation) -> QuerySet[Any]:
    return within_reach(queryset, by, operation, owner="owner", body=None, agreement="agreement")


def can_read(need: Need, by: Author | None) -> bool:
    """May `by` see this need? Shared: whoever reads; else its own people, and who approves it."""
    return _sees_as_owner(need, by) or can_approve(need, by)


def _sees_as_owner(need: Need, by: Author | None) -> bool:
    """Does `by` see it without being one who approves?"""
    shared = need.sharing == Sharing.SHARED
    return _reaches(need, by, Operation.READ_SHARED if shared else Operation.READ_DRAFT)


def can_approve(need: Need, by: Author | None) -> bool:
    """May `by` return or approve what is submitted? Those who answer for the whole or its area."""
    if need.sharing != Sharing.SUBMITTED:
        return False
    if need.record.withdrawn_at is not None or need.record.merged_into_id is not None:
        return False
    return _reaches(need, by, Operation.APPROVE_SHARING) or any(
        may(by, Operation.APPROVE_SHARING, body_id=body) for body in responsible_bodies(need)
    )


def responsible_bodies(need: Need) -> set[int]:
    """Keys of the bodies that answer for the need's focus area. Queries: 1."""
    rows = AreaResponsibility.objects.filter(focus_area_id=need.focus_area_id)
    return set(rows.values_list("body_id", flat=True)) if need.focus_area_id else set()


def approvers_of(need: Need) -> set[int]:
    """Ids of the people who approve it. Queries: ≤ 5."""
    return people_reaching(
        Operation.APPROVE_SHARING,
        day_of_security(),
        agreement_id=need.agreement_id,
        body_ids=responsible_bodies(need),
        owner_id=need.owner_id,
    )


def within_approval(queryset: QuerySet[Any], by: Author | None) -> QuerySet[Any]:
    """Those of `queryset` that `by` answers for, whether or not they are submitted."""
    return within_reach(
        queryset,
        by,
        Operation.APPROVE_SHARING,
        owner="owner",
        body="focus_area__responsibilities__body",
        agreement="agreement",
    )


def awaiting(by: Author | None) -> QuerySet[Need]:
    """The needs that wait for the approval of `by`, as `can_approve` would answer."""
    if not may_somewhere(by, Operation.APPROVE_SHARING):
        return Need.objects.none()
    rows = within_approval(Need.objects.filter(sharing=Sharing.SUBMITTED), by)
    return Need.objects.live().filter(pk__in=rows.values("pk"))


def can_edit(need: Need, by: Author | None) -> bool:
    """May `by` change it? Nobody changes what they may not see, or what is withdrawn or merged."""
    record = need.record
    return (
        record.withdrawn_at is None
        and record.merged_into_id is None
        and _sees_as_owner(need, by)
        and _reaches(need, by, Operation.EDIT_NEED)
    )


def can_register(need: Need, by: Author | None) -> bool:
    """May `by` write its case number and secrecy mark? As `can_edit`, by a row of its own."""
    record = need.record
    return (
        record.withdrawn_at is None
        and record.merged_into_id is None
        and _sees_as_owner(need, by)
        and _reaches(need, by, Operation.REGISTER_RECORD)
    )


def can_restore(need: Need, by: Author | None) -> bool:
    """May `by` take back its withdrawal? Whoever could change it."""
    record = need.record
    return (
        record.withdrawn_at is not None
        and record.merged_into_id is None
        and not record.is_destroyed
        and can_read(need, by)
        and _reaches(need, by, Operation.EDIT_NEED)
    )


def can_share(need: Need, by: Author | None) -> bool:
    """May `by` show the draft to all parties? Only those it belongs to (product.md, 13)."""
    return can_edit(need, by) and _reaches(need, by, Operation.READ_DRAFT)


def can_name(by: Author | None, *, sharing: str, agreement_id: int, owner_id: int | None) -> bool:
    """May `by` write this owner? The owner's people see a draft: it goes to the own ones alone."""
    operation = Operation.EDIT_NEED if sharing == Sharing.SHARED else Operation.READ_DRAFT
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
    seen = _seen_as_owner(by)
    if may_somewhere(by, Operation.APPROVE_SHARING):
        seen |= Q(pk__in=awaiting(by).values("pk"))
    return queryset.filter(seen)


def _seen_as_owner(by: Author | None) -> Q:
    """Condition: what `by` sees without being one who approves."""
    drafts = reached_as_draft_by(Need.objects.filter(sharing__in=UNSHARED), by)
    shared = Q(sharing=Sharing.SHARED)
    if not may(by, Operation.READ_SHARED):
        shared &= Q(pk__in=_within(Need.objects.all(), by, Operation.READ_SHARED).values("pk"))
    return shared | Q(pk__in=drafts.values("pk"))


def editable_by(queryset: QuerySet[Any], by: Author | None) -> QuerySet[Any]:
    """The needs of `queryset` that `can_edit` would allow."""
    reachable = _within(queryset, by, Operation.EDIT_NEED)
    return reachable.filter(
        _seen_as_owner(by),
        record__withdrawn_at__isnull=True,
        record__merged_into__isnull=True,
    )


def could_create(by: Author | None) -> bool:
    """Is there any need that `by` may write? Decides whether the page offers it."""
    return may_somewhere(by, Operation.EDIT_NEED)
