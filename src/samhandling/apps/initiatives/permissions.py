"""Who may see and change initiatives.

Every rule stands twice: as a predicate for one and as a filter for many. A part or step is reached
by whoever reaches the initiative it belongs to, too.
"""

from typing import Any

from django.db.models import Q, QuerySet

from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.organisations.permissions import (
    NotAllowed,
    day_of_security,
    may,
    may_somewhere,
    within_reach,
)
from samhandling.apps.organisations.selectors import people_reaching
from samhandling.apps.situation.models import UNSHARED, Sharing
from samhandling.core.access import Operation


def _may(initiative: Initiative, by: Author | None, operation: Operation) -> bool:
    return may(
        by,
        operation,
        owner_id=initiative.owner_id,
        body_id=initiative.network_id,
        agreement_id=initiative.agreement_id,
    )


def _reaches(initiative: Initiative, by: Author | None, operation: Operation) -> bool:
    if _may(initiative, by, operation):
        return True
    whole = initiative.parent
    return whole is not None and _may(whole, by, operation)


def _within(by: Author | None, operation: Operation, rows: QuerySet[Any]) -> Q:
    """Condition on the primary key: the rows that `_reaches` would allow."""
    own = within_reach(rows, by, operation, owner="owner", body="network", agreement="agreement")
    through = within_reach(
        rows, by, operation, owner="parent__owner", body="parent__network", agreement=None
    )
    return Q(pk__in=own.values("pk")) | Q(pk__in=through.values("pk"))


def can_read(initiative: Initiative, by: Author | None) -> bool:
    """May `by` see it? Shared: whoever reads; else its own people, and who approves it."""
    return _sees_as_owner(initiative, by) or can_approve(initiative, by)


def _sees_as_owner(initiative: Initiative, by: Author | None) -> bool:
    """Does `by` see it without being one who approves?"""
    shared = initiative.sharing == Sharing.SHARED
    return _reaches(initiative, by, Operation.READ_SHARED if shared else Operation.READ_DRAFT)


def can_approve(initiative: Initiative, by: Author | None) -> bool:
    """May `by` return or approve what is submitted? Those who answer for the whole or network."""
    return (
        initiative.sharing == Sharing.SUBMITTED
        and initiative.record.withdrawn_at is None
        and initiative.record.merged_into_id is None
        and _reaches(initiative, by, Operation.APPROVE_SHARING)
    )


def approvers_of(initiative: Initiative) -> set[int]:
    """Ids of the people who approve it. Queries: ≤ 4."""
    return people_reaching(
        Operation.APPROVE_SHARING,
        day_of_security(),
        agreement_id=initiative.agreement_id,
        body_ids=[initiative.network_id] if initiative.network_id else [],
        owner_id=initiative.owner_id,
    )


def within_approval(queryset: QuerySet[Any], by: Author | None) -> QuerySet[Any]:
    """Those of `queryset` that `by` answers for, whether or not they are submitted."""
    return queryset.filter(_within(by, Operation.APPROVE_SHARING, Initiative.objects.all()))


def awaiting(by: Author | None) -> QuerySet[Initiative]:
    """What waits for the approval of `by`, parts too, as `can_approve` would answer."""
    if not may_somewhere(by, Operation.APPROVE_SHARING):
        return Initiative.objects.none()
    rows = Initiative.objects.filter(sharing=Sharing.SUBMITTED)
    live = Initiative.objects.live().filter(sharing=Sharing.SUBMITTED)
    return live.filter(_within(by, Operation.APPROVE_SHARING, rows))


def can_edit(initiative: Initiative, by: Author | None) -> bool:
    """May `by` change it? Nobody changes what they may not see, or what is withdrawn or merged."""
    record = initiative.record
    return (
        record.withdrawn_at is None
        and record.merged_into_id is None
        and _sees_as_owner(initiative, by)
        and _reaches(initiative, by, Operation.EDIT_INITIATIVE)
    )


def can_register(initiative: Initiative, by: Author | None) -> bool:
    """May `by` write its case number and secrecy mark? As `can_edit`, by a row of its own."""
    record = initiative.record
    return (
        record.withdrawn_at is None
        and record.merged_into_id is None
        and _sees_as_owner(initiative, by)
        and _reaches(initiative, by, Operation.REGISTER_RECORD)
    )


def can_restore(initiative: Initiative, by: Author | None) -> bool:
    """May `by` take back its withdrawal? Whoever could change it; a part comes with its whole."""
    record, whole = initiative.record, initiative.parent
    return (
        record.withdrawn_at is not None
        and record.merged_into_id is None
        and not record.is_destroyed
        and (whole is None or whole.record.withdrawn_at is None)
        and can_read(initiative, by)
        and _reaches(initiative, by, Operation.EDIT_INITIATIVE)
    )


def can_share(initiative: Initiative, by: Author | None) -> bool:
    """May `by` show the draft to all parties? Only those it belongs to (product.md, 13)."""
    return can_edit(initiative, by) and _reaches(initiative, by, Operation.SHARE_INITIATIVE)


def can_name(
    by: Author | None,
    *,
    sharing: str,
    agreement_id: int,
    owner_id: int | None = None,
    network_id: int | None = None,
) -> bool:
    """May `by` write these as owner and network? Each is asked alone.

    Both give their people sight of a draft, so that reaching one of them must not open the draft
    to the other's: a draft goes only to whom `by` belongs to, whatever else their role lets them
    change. What is shared may be laid in a network that one sits in, though its convener keeps it.
    """
    named = [{"owner_id": owner_id}] if owner_id is not None else []
    if network_id is not None:
        named.append({"body_id": network_id})
    shared = sharing == Sharing.SHARED
    return all(
        may(by, Operation.READ_DRAFT, **one)
        or (shared and may(by, Operation.EDIT_INITIATIVE, agreement_id=agreement_id, **one))
        for one in named
    )


def check_can_read(initiative: Initiative, by: Author | None) -> None:
    """Raises NotAllowed where `can_read` answers no."""
    if not can_read(initiative, by):
        raise NotAllowed(Operation.READ_SHARED)


def check_can_edit(initiative: Initiative, by: Author | None) -> None:
    """Raises NotAllowed where `can_edit` answers no."""
    if not can_edit(initiative, by):
        raise NotAllowed(Operation.EDIT_INITIATIVE)


def check_can_restore(initiative: Initiative, by: Author | None) -> None:
    """Raises NotAllowed where `can_restore` answers no."""
    if not can_restore(initiative, by):
        raise NotAllowed(Operation.EDIT_INITIATIVE)


def check_can_share(initiative: Initiative, by: Author | None) -> None:
    """Raises NotAllowed where `can_share` answers no."""
    if not can_share(initiative, by):
        raise NotAllowed(Operation.SHARE_INITIATIVE)


def visible_to(queryset: QuerySet[Any], by: Author | None) -> QuerySet[Any]:
    """The initiatives of `queryset` that `can_read` would allow, as one query."""
    if not may_somewhere(by, Operation.READ_SHARED):
        return queryset.none()
    seen = _seen_as_owner(by)
    if may_somewhere(by, Operation.APPROVE_SHARING):
        seen |= Q(pk__in=awaiting(by).values("pk"))
    return queryset.filter(seen)


def _seen_as_owner(by: Author | None) -> Q:
    """Condition: what `by` sees without being one who approves."""
    drafts = Initiative.objects.filter(sharing__in=UNSHARED)
    shared = Q(sharing=Sharing.SHARED)
    if not may(by, Operation.READ_SHARED):
        shared &= _within(by, Operation.READ_SHARED, Initiative.objects.all())
    return shared | _within(by, Operation.READ_DRAFT, drafts)


def reached_as_draft_by(queryset: QuerySet[Any], by: Author | None) -> QuerySet[Any]:
    """Those of `queryset` that `by` would have seen as drafts too, before they were shared."""
    return queryset.filter(_within(by, Operation.READ_DRAFT, Initiative.objects.all()))


def editable_by(queryset: QuerySet[Any], by: Author | None) -> QuerySet[Any]:
    """The initiatives of `queryset` that `can_edit` would allow, as one query."""
    rows = Initiative.objects.live()
    return queryset.filter(
        _seen_as_owner(by),
        _within(by, Operation.EDIT_INITIATIVE, rows),
        record__withdrawn_at__isnull=True,
        record__merged_into__isnull=True,
    )


def could_create(by: Author | None) -> bool:
    """Is there any initiative that `by` may make? Decides whether the page offers it."""
    return may_somewhere(by, Operation.CREATE_INITIATIVE)
