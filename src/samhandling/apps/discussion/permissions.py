"""Who may see, write and withdraw comments and attachments.

Whoever may see a record sees what is attached to it, and what has been said of it since they could
see it: a comment goes on being seen by the circle that saw the record when it was written, so that
what was said of a draft is not told to all parties when it is shared.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.services import Author
from samhandling.apps.discussion.models import Attachment, Circle, Comment
from samhandling.apps.discussion.scopes import agreement_of
from samhandling.apps.discussion.withdrawals import last_withdrawal
from samhandling.apps.initiatives import permissions as initiatives
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.visibility import can_see, visible_records
from samhandling.apps.organisations.permissions import may, may_somewhere, standing_of
from samhandling.apps.records.models import Record, RecordKind
from samhandling.apps.records.prepared import Prepared
from samhandling.apps.situation import permissions as situation
from samhandling.apps.situation.models import Need, Sharing
from samhandling.core.access import Operation

# These belong to another record, whose secrecy they share: they are discussed there.
_PARTS_OF_ANOTHER = frozenset(
    {RecordKind.FUNDING, RecordKind.QUANTITY, RecordKind.FOOTNOTE, RecordKind.MILESTONE}
)


def can_read_discussion(record: Record, by: Author | None) -> bool:
    """May `by` read what is said of this record? Those who may see it. Queries: ≤ 1."""
    return (
        record.kind not in _PARTS_OF_ANOTHER
        and _may(record, by, Operation.READ_SHARED)
        and can_see(record, by)
    )


def readable_records(records: Iterable[Record], by: Author | None) -> list[Record]:
    """Those of `records` that `can_read_discussion` would allow, in order. Queries: ≤ 2."""
    return [
        record
        for record in visible_records(records, by)
        if record.kind not in _PARTS_OF_ANOTHER and _may(record, by, Operation.READ_SHARED)
    ]


def can_comment(record: Record, by: Author | None) -> bool:
    """May `by` say something of this record? Queries: ≤ 1."""
    return _may(record, by, Operation.COMMENT) and can_read_discussion(record, by)


def can_attach(record: Record, by: Author | None) -> bool:
    """May `by` attach a file to this record? Queries: ≤ 1."""
    return _may(record, by, Operation.ATTACH) and can_read_discussion(record, by)


def may_moderate(record: Record, by: Author | None) -> bool:
    """May `by` withdraw what others have written or attached? Queries: none of its own."""
    return _may(record, by, Operation.MODERATE)


def circle_now(record: Record) -> Circle:
    """Who sees the record today, and so who will see what is said now. Queries: ≤ 1."""
    match _sharing(record):
        case None | Sharing.SHARED:
            return Circle.ALL
        case Sharing.SUBMITTED:
            return Circle.APPROVERS
    return Circle.OWN


def circles_of(record: Record, by: Author | None) -> frozenset[Circle]:
    """The circles that `by` belongs to, for a record they may see. Queries: ≤ 2."""
    if _is_own(record, by):
        return frozenset(Circle)
    if _approves(record, by):
        return frozenset({Circle.ALL, Circle.APPROVERS})
    return frozenset({Circle.ALL})


def visible_comments(record: Record, by: Author | None) -> QuerySet[Comment]:
    """The comments that `by` may read, for a record they may see. Queries to build: ≤ 1."""
    return comments_within([record.pk], circles_of(record, by))


def comments_within(record_ids: Sequence[int], circles: frozenset[Circle]) -> QuerySet[Comment]:
    """The comments on these records that were written for one of these circles, newest first."""
    found = Comment.objects.filter(record__in=record_ids)
    return found if len(circles) == len(Circle) else found.filter(circle__in=sorted(circles))


def is_own(author_key: str, by: Author) -> bool:
    """Was it `by`, or somebody who was merged into her, who wrote it?"""
    return author_key in keys_of(by)


def keys_of(by: Author) -> frozenset[str]:
    """The person keys of `by` and of those who were merged into her."""
    return frozenset(by.person_keys if isinstance(by, User) else {by.person_key})


def can_edit_comment(comment: Comment, by: Author | None) -> bool:
    """May `by` change the words? Only their author, and only while the same people see it.

    What was said of a draft cannot be changed after sharing: the log would show both texts to all.
    """
    return (
        comment.withdrawn_at is None
        and by is not None
        and is_own(comment.author_key, by)
        and can_comment(comment.record, by)
        and comment.circle == circle_now(comment.record)
    )


def can_withdraw_comment(comment: Comment, by: Author | None) -> bool:
    """May `by` withdraw it? Its author, and those who keep order."""
    return (
        comment.withdrawn_at is None
        and _is_mine_or_moderated(comment.author_key, comment.record, by)
        and comment.circle in circles_of(comment.record, by)
    )


def can_withdraw_attachment(attachment: Attachment, by: Author | None) -> bool:
    """May `by` withdraw it? Whoever attached it, and those who keep order."""
    return attachment.withdrawn_at is None and _is_mine_or_moderated(
        attachment.author_key, attachment.record, by
    )


def can_restore_comment(comment: Comment, by: Author | None) -> bool:
    """May `by` take back its withdrawal? Those who keep order, and its author who withdrew it
    herself. Does not ask whether it is withdrawn. Queries: 2 and those of reading."""
    return _may_undo(comment, by) and comment.circle in circles_of(comment.record, by)


def can_restore_attachment(attachment: Attachment, by: Author | None) -> bool:
    """May `by` take back its withdrawal? Those who keep order, and whoever attached it and withdrew
    it herself. Does not ask whether it is withdrawn. Queries: 2 and those of reading."""
    return _may_undo(attachment, by)


def _may_undo(item: Comment | Attachment, by: Author | None) -> bool:
    if by is None or not _is_mine_or_moderated(item.author_key, item.record, by):
        return False
    if may_moderate(item.record, by):
        return True
    last = last_withdrawal(item)
    return last is not None and is_own(last.actor_key, by)


def _is_mine_or_moderated(author_key: str, record: Record, by: Author | None) -> bool:
    if by is None or not can_read_discussion(record, by):
        return False
    is_mine = is_own(author_key, by) and _may(record, by, Operation.COMMENT)
    return is_mine or may_moderate(record, by)


def _may(record: Record, by: Author | None, operation: Operation) -> bool:
    """Does a role of `by` reach the record? One on an agreement reaches what belongs to that.

    Queries: ≤ 1, for those whose role does not reach everything.
    """
    if may(by, operation):
        return True
    if not may_somewhere(by, operation):
        return False
    belongs_to = agreement_of(record)
    return may(
        by,
        operation,
        owner_id=record.pk if record.kind == RecordKind.ORGANISATION else None,
        body_id=record.pk if record.kind == RecordKind.BODY else None,
        agreement_id=belongs_to[0] if belongs_to else None,
    )


def _sharing(record: Record) -> str | None:
    """How far a record that can be a draft is shared; None for one that cannot be."""
    if record.kind == RecordKind.INITIATIVE:
        return Initiative.objects.values_list("sharing", flat=True).get(pk=record.pk)
    if record.kind == RecordKind.NEED:
        return Need.objects.values_list("sharing", flat=True).get(pk=record.pk)
    return None


def _is_own(record: Record, by: Author | None) -> bool:
    """Would `by` see the record while it is a draft?"""
    asked = _OWN.get(record.kind)
    return asked is not None and bool(asked.of(record.pk, shape=standing_of(by), words=(by,)))


def _approves(record: Record, by: Author | None) -> bool:
    """Does `by` answer for what is submitted, when this is?"""
    if not may_somewhere(by, Operation.APPROVE_SHARING):
        return False
    asked = _APPROVED.get(record.kind)
    return asked is not None and bool(asked.of(record.pk, shape=standing_of(by), words=(by,)))


# Kinds that can be drafts, and which of them somebody reaches or answers for.
_OWN: dict[str, Prepared[Any]] = {
    RecordKind.INITIATIVE: Prepared(
        lambda pks, by: initiatives.reached_as_draft_by(
            Initiative.objects.filter(pk__in=pks), by
        ).only("pk")
    ),
    RecordKind.NEED: Prepared(
        lambda pks, by: situation.reached_as_draft_by(Need.objects.filter(pk__in=pks), by).only(
            "pk"
        )
    ),
}
_APPROVED: dict[str, Prepared[Any]] = {
    RecordKind.INITIATIVE: Prepared(
        lambda pks, by: initiatives.within_approval(Initiative.objects.filter(pk__in=pks), by).only(
            "pk"
        )
    ),
    RecordKind.NEED: Prepared(
        lambda pks, by: situation.within_approval(Need.objects.filter(pk__in=pks), by).only("pk")
    ),
}
