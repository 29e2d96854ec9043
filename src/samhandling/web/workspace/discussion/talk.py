"""What the discussion component shows on a record's own page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.keeping import Happened, kept_until_change
from samhandling.apps.discussion.permissions import (
    can_attach,
    can_comment,
    can_read_discussion,
    circle_now,
    may_moderate,
)
from samhandling.apps.discussion.selectors import (
    Attached,
    Said,
    attachments_on,
    comments_on,
    withdrawn_attachments_on,
)
from samhandling.apps.notices.selectors import follows
from samhandling.apps.organisations.permissions import standing_of
from samhandling.apps.records.models import Record, RecordKind
from samhandling.apps.records.prepared import Prepared
from samhandling.web.workspace.discussion.forms import CommentForm

SHOWN = 5
# Kinds whose own page shows the component. What hangs on another page is discussed on a page apart.
WITH_COMPONENT = frozenset(
    {
        RecordKind.INITIATIVE,
        RecordKind.NEED,
        RecordKind.BODY,
        RecordKind.ORGANISATION,
        RecordKind.ACTOR_CATEGORY,
        RecordKind.ACTOR_SET,
        RecordKind.AGREEMENT,
        RecordKind.ROUND,
        RecordKind.REPORT,
    }
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What everybody of the same standing sees alike, kept until something changes.

    `near`: uids of the record and, for a part, of its whole, which decide who may read it.
    """

    near: frozenset[str]
    is_readable: bool
    may_comment: bool
    may_attach: bool
    may_moderate: bool
    circle: str
    comments: Sequence[Said]
    has_more: bool
    files: Sequence[Attached]
    withdrawn_files: Sequence[Attached]


@dataclass(frozen=True, slots=True)
class Talk:
    """The component, for one person."""

    record: Record
    kept: Kept
    follows: bool
    form: CommentForm | None
    url: str


def talk_of(record: Record, by: Any) -> Talk | None:
    """The component for a record; None for who may not read it. Queries: 2, and about 10 more
    the first time after a change."""
    if not isinstance(by, User):
        return None
    standing = standing_of(by).key
    kept = kept_until_change(
        "discussion", (record.pk, standing), lambda: _kept(record, by), stands=_stands
    )
    if not kept.is_readable:
        return None
    return Talk(
        record=record,
        kept=kept,
        follows=follows(by, record),
        form=CommentForm() if kept.may_comment else None,
        url=reverse("discussion:comments", args=[record.uid]),
    )


def _stands(kept: Kept, events: Sequence[Happened]) -> bool:
    """Do these events concern other initiatives alone?"""
    return all(
        event.record_kind == RecordKind.INITIATIVE and event.record_uid not in kept.near
        for event in events
    )


_WHOLES = Prepared(lambda parts: Record.objects.filter(initiative__parts__in=parts).only("uid"))


def _kept(record: Record, by: User) -> Kept:
    near = frozenset({record.uid, *(whole.uid for whole in _WHOLES.of(record.pk))})
    if not can_read_discussion(record, by):
        return Kept(near, False, False, False, False, "", (), False, (), ())
    said = comments_on(record, by, end=SHOWN + 1)
    return Kept(
        near=near,
        is_readable=True,
        may_comment=can_comment(record, by),
        may_attach=can_attach(record, by),
        may_moderate=may_moderate(record, by),
        circle=circle_now(record),
        comments=tuple(said[:SHOWN]),
        has_more=len(said) > SHOWN,
        files=tuple(attachments_on(record)),
        withdrawn_files=tuple(withdrawn_attachments_on(record)),
    )
