"""Who may see and change initiatives.

Every rule stands twice: as a predicate for one and as a filter for many. A part or step is reached
by whoever reaches the initiative it belongs to, too.
"""

from typing import Any

from django.db.models import Q, QuerySet

from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.organisations.permissions import NotAllowed, may, standing_of, within_reach
from samhandling.apps.situation.models import Sharing
from samhandling.core.access import Operation, Reach, reach


def _reaches(initiative: Initiative, by: Author | None, operation: Operation) -> bool:
    if may(by, operation, owner_id=initiative.owner_id, body_id=initiative.network_id):
        return True
    whole = initiative.parent
    return whole is not None and may(
        by, operation, owner_id=whole.owner_id, body_id=whole.network_id
    )


def _within(by: Author | None, operation: Operation, rows: QuerySet[Any]) -> Q:
    """Condition on the primary key: the rows that `_reaches` would allow."""
    own = within_reach(rows, by, operation, owner="owner", body="network")
    through = within_reach(rows, by, operation, owner="parent__owner", body="parent__network")
    return Q(pk__in=own.values("pk")) | Q(pk__in=through.values("pk"))


def can_read(initiative: Initiative, by: Author | None) -> bool:
    """May `by` see it? Shared ones: whoever reads; drafts: the owner's and network's people."""
    if initiative.sharing == Sharing.SHARED:
        return may(by, Operation.READ_SHARED)
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


def can_share(initiative: Initiative, by: Author | None) -> bool:
    """May `by` show the draft to all parties? Only those it belongs to (product.md, 13)."""
    return can_edit(initiative, by) and _reaches(initiative, by, Operation.SHARE_INITIATIVE)


def can_name(
    by: Author | None,
    *,
    sharing: str,
    owner_id: int | None = None,
    network_id: int | None = None,
) -> bool:
    """May `by` write these as owner and network? Each is asked alone.

    Both give their people sight of a draft, so that reaching one of them must not open the draft
    to the other's: a draft goes only to whom `by` belongs to, whatever else their role lets them
    change.
    """
    draft = sharing == Sharing.DRAFT
    operation = Operation.READ_DRAFT if draft else Operation.EDIT_INITIATIVE
    return (owner_id is None or may(by, operation, owner_id=owner_id)) and (
        network_id is None or may(by, operation, body_id=network_id)
    )


def check_can_edit(initiative: Initiative, by: Author | None) -> None:
    """Raises NotAllowed where `can_edit` answers no."""
    if not can_edit(initiative, by):
        raise NotAllowed(Operation.EDIT_INITIATIVE)


def check_can_share(initiative: Initiative, by: Author | None) -> None:
    """Raises NotAllowed where `can_share` answers no."""
    if not can_share(initiative, by):
        raise NotAllowed(Operation.SHARE_INITIATIVE)


def visible_to(queryset: QuerySet[Any], by: Author | None) -> QuerySet[Any]:
    """The initiatives of `queryset` that `can_read` would allow, as one query."""
    if not may(by, Operation.READ_SHARED):
        return queryset.none()
    drafts = Initiative.objects.filter(sharing=Sharing.DRAFT)
    return queryset.filter(Q(sharing=Sharing.SHARED) | _within(by, Operation.READ_DRAFT, drafts))


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
    standing = standing_of(by)
    widest = reach(Operation.CREATE_INITIATIVE, standing.roles)
    return standing.is_system or widest is not Reach.NEVER
