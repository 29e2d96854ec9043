"""Who may see, write and withdraw comments and attachments.

Whoever may see a record sees what is attached to it, and what has been said of it since they could
see it: a comment goes on being seen by the circle that saw the record when it was written, so that
what was said of a draft is not told to all parties when it is shared.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import QuerySet

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.services import Author
from samhandling.apps.discussion.models import Attachment, Circle, Comment
from samhandling.apps.discussion.scopes import agreements_of
from samhandling.apps.discussion.withdrawals import withdrawn_by
from samhandling.apps.initiatives import permissions as initiatives
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.visibility import INSIDE, can_see, visible_records
from samhandling.apps.organisations.permissions import may, may_somewhere, standing_of
from samhandling.apps.records.models import Record, RecordKind
from samhandling.apps.records.prepared import Prepared
from samhandling.apps.situation import permissions as situation
from samhandling.apps.situation.models import Need, Sharing
from samhandling.core.access import Operation

Item = TypeVar("Item", Comment, Attachment)

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
    """Those of `records` that `can_read_discussion` would allow, in order.

    Queries: ≤ 3, and ≤ 1 a kind for those whose role does not reach everything.
    """
    seen = [one for one in visible_records(records, by) if one.kind not in _PARTS_OF_ANOTHER]
    allowed = _allowed(seen, by, Operation.READ_SHARED)
    return [record for record in seen if record.pk in allowed]


def readable_of_kind(kind: RecordKind, by: Author | None) -> frozenset[int]:
    """Keys of the records of a kind of INSIDE that `can_read_discussion` would allow, for a page
    that shows many of them. Queries: 1."""
    mine = standing_of(by).reached(Operation.READ_SHARED)
    found = Record.objects.live().filter(kind=kind)
    if not mine.everything:
        found = found.filter(**{f"{INSIDE[kind]}__in": mine.agreements})
    return frozenset(found.values_list("pk", flat=True))


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
    return _circles([record], by)[record.pk]


def _circles(records: Sequence[Record], by: Author | None) -> dict[int, frozenset[Circle]]:
    """The same for many, by primary key. Queries: ≤ 4."""
    own = _among(records, by, _OWN)
    rest = [record for record in records if record.pk not in own]
    approved = _approved(rest, by)
    circles = dict.fromkeys((one.pk for one in rest), frozenset({Circle.ALL}))
    circles |= dict.fromkeys(approved, frozenset({Circle.ALL, Circle.APPROVERS}))
    return circles | dict.fromkeys(own, frozenset(Circle))


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
    """May `by` take back its withdrawal? See `restorable`."""
    return bool(restorable([comment], by))


def can_restore_attachment(attachment: Attachment, by: Author | None) -> bool:
    """May `by` take back its withdrawal? See `restorable`."""
    return bool(restorable([attachment], by))


def restorable(items: Sequence[Item], by: Author | None) -> list[Item]:
    """Those whose withdrawal `by` may take back, in order: those who keep order may, and its author
    who withdrew it herself. Does not ask whether they are withdrawn.

    Args: items: comments or files, not both.
    Queries: ≤ 10, and ≤ 3 a kind of record for those whose role does not reach everything.
    """
    if by is None:
        return []
    readable = readable_records({one.record_id: one.record for one in items}.values(), by)
    moderated = _allowed(readable, by, Operation.MODERATE)
    commented = _allowed(readable, by, Operation.COMMENT) - moderated
    mine = [one for one in items if one.record_id in commented and is_own(one.author_key, by)]
    by_whom = withdrawn_by(mine)
    own = {one.pk for one in mine if is_own(by_whom.get(one.pk, ""), by)}
    found = [one for one in items if one.record_id in moderated or one.pk in own]
    of_comments = {one.record_id for one in found if isinstance(one, Comment)}
    circles = _circles([record for record in readable if record.pk in of_comments], by)
    return [
        one for one in found if not isinstance(one, Comment) or one.circle in circles[one.record_id]
    ]


def _is_mine_or_moderated(author_key: str, record: Record, by: Author | None) -> bool:
    if by is None or not can_read_discussion(record, by):
        return False
    is_mine = is_own(author_key, by) and _may(record, by, Operation.COMMENT)
    return is_mine or may_moderate(record, by)


def _may(record: Record, by: Author | None, operation: Operation) -> bool:
    """Does a role of `by` reach the record? One on an agreement reaches what belongs to that.

    Queries: ≤ 1, for those whose role does not reach everything.
    """
    return record.pk in _allowed([record], by, operation)


def _allowed(records: Sequence[Record], by: Author | None, operation: Operation) -> set[int]:
    """Keys of those that a role of `by` reaches. Queries: as `_may`, for each kind."""
    if may(by, operation):
        return {record.pk for record in records}
    if not may_somewhere(by, operation):
        return set()
    belongs_to = agreements_of(records)
    return {
        record.pk
        for record in records
        if may(
            by,
            operation,
            owner_id=record.pk if record.kind == RecordKind.ORGANISATION else None,
            body_id=record.pk if record.kind == RecordKind.BODY else None,
            agreement_id=belongs_to.get(record.pk, (None, ""))[0],
        )
    }


def _sharing(record: Record) -> str | None:
    """How far a record that can be a draft is shared; None for one that cannot be."""
    if record.kind == RecordKind.INITIATIVE:
        return Initiative.objects.values_list("sharing", flat=True).get(pk=record.pk)
    if record.kind == RecordKind.NEED:
        return Need.objects.values_list("sharing", flat=True).get(pk=record.pk)
    return None


def _approved(records: Sequence[Record], by: Author | None) -> set[int]:
    """Keys of those that `by` answers for when they are submitted."""
    if not may_somewhere(by, Operation.APPROVE_SHARING):
        return set()
    return _among(records, by, _APPROVED)


def _among(
    records: Sequence[Record], by: Author | None, asked: dict[str, Prepared[Any]]
) -> set[int]:
    """Keys of those that their kind's question finds for `by`. Queries: ≤ 1 a kind asked of."""
    found: set[int] = set()
    for kind, question in asked.items():
        keys = [record.pk for record in records if record.kind == kind]
        if keys:
            rows = question.of(*keys, shape=standing_of(by), words=(by,))
            found.update(one.pk for one in rows)
    return found


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
