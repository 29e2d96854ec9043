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
    may,
    may_somewhere,
    within_reach,
)
from samhandling.apps.situation.models import Sharing
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
    """May `by` see it? Shared ones: whoever reads; drafts: the owner's and network's people."""
    if initiative.sharing == Sharing.SHARED:
        return _reaches(initiative, by, Operation.READ_SHARED)
    return _reaches(initiative, by, Operation.READ_DRAFT)


def can_edit(initiative: Initiative, by: Author | None) -> bool:
    """May `by` change it? Nobody changes what they may not see, or what is withdrawn or merged."""
    record = initiative.record
    return (
        record.withdrawn_at is None
        and record.merged_into_id is None
        and can_read(initiative, by)
        and _reaches(initiative, by, Operation.EDIT_INITIATIVE)
    )


def can_restore(initiative: Initiative, by: Author | None) -> bool:
    """May `by` take back its withdrawal? Whoever could change it; a part comes with its whole."""
    record, whole = initiative.record, initiative.parent
    return (
        record.withdrawn_at is not None
        and record.merged_into_id is None
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
    drafts = Initiative.objects.filter(sharing=Sharing.DRAFT)
    shared = Q(sharing=Sharing.SHARED)
    if not may(by, Operation.READ_SHARED):
        if not may_somewhere(by, Operation.READ_SHARED):
            return queryset.none()
        shared &= _within(by, Operation.READ_SHARED, Initiative.objects.all())
    return queryset.filter(shared | _within(by, Operation.READ_DRAFT, drafts))


def reached_as_draft_by(queryset: QuerySet[Any], by: Author | None) -> QuerySet[Any]:
    """Those of `queryset` that `by` would have seen as drafts too, before they were shared."""
    return queryset.filter(_within(by, Operation.READ_DRAFT, Initiative.objects.all()))


def editable_by(queryset: QuerySet[Any], by: Author | None) -> QuerySet[Any]:
    """The initiatives of `queryset` that `can_edit` would allow, as one query."""
    rows = Initiative.objects.live()
    return visible_to(queryset, by).filter(
        _within(by, Operation.EDIT_INITIATIVE, rows),
        record__withdrawn_at__isnull=True,
        record__merged_into__isnull=True,
    )


def could_create(by: Author | None) -> bool:
    """Is there any initiative that `by` may make? Decides whether the page offers it."""
    return may_somewhere(by, Operation.CREATE_INITIATIVE)
