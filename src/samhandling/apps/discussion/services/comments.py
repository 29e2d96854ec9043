"""Writing, changing and withdrawing comments, and telling those they concern."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.audit.models import Event, Verb
from samhandling.apps.audit.services import Author, Changes, write_event
from samhandling.apps.discussion.errors import (
    CommentClosed,
    CommentEmpty,
    CommentTooLong,
    MayNotSee,
    SeveralCalledSo,
    TooManyMentioned,
)
from samhandling.apps.discussion.mentions import Named, people_named
from samhandling.apps.discussion.models import Circle, Comment
from samhandling.apps.discussion.permissions import (
    can_comment,
    can_edit_comment,
    can_read_discussion,
    can_restore_comment,
    can_withdraw_comment,
    circle_now,
    circles_of,
    is_own,
)
from samhandling.apps.discussion.scopes import scope_uid_of
from samhandling.apps.discussion.selectors import keeper_ids
from samhandling.apps.discussion.withdrawals import enter, lock_unwithdrawn, lock_withdrawn
from samhandling.apps.notices.models import Notice
from samhandling.apps.notices.selectors import follower_ids
from samhandling.apps.notices.services import follow, follow_for, tell
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.records.models import Record
from samhandling.apps.records.services import ReasonMissing
from samhandling.core.access import Operation

MAX_COMMENT = 10_000
MAX_MENTIONED = 25


@transaction.atomic
def add_comment(
    *, record: Record, text: str, by: Author, mentioned: Iterable[Person] = ()
) -> Comment:
    """Say something of a record; whoever says it follows the record from then on.

    Args: mentioned: people chosen beside those named with @ in the text.
    Side effects: those mentioned and those who follow or answer for the record get a notice.
    Raises CommentEmpty, CommentTooLong, MayNotSee, SeveralCalledSo, TooManyMentioned, NotAllowed.
    Queries: about 15, and 4 for each person mentioned.
    """
    if not can_comment(record, by):
        raise NotAllowed(Operation.COMMENT)
    words = _checked(text)
    circle = circle_now(record)
    people = _mentioned(words, mentioned, record, circle)
    comment = Comment.objects.create(
        record=record, circle=circle, text=words, author_key=by.person_key
    )
    comment.mentioned.set(people)
    event = _log(comment, Verb.COMMENTED, by)
    follow(record=record, by=by)
    follow_for(record=record, person_ids=people)
    _tell(comment, event, people)
    return comment


@transaction.atomic
def edit_comment(
    *, comment: Comment, text: str, by: Author, mentioned: Iterable[Person] = ()
) -> Comment:
    """Change the words of one's own comment; the earlier words stay in the log, which tells them
    and who was told now as long as the comment is not withdrawn.

    Args: mentioned: people chosen beside those named with @ and those told before.
    People named or chosen anew get a notice, and must see it; those told before may have left or
    lost sight of it since. Raises CommentEmpty, CommentTooLong, MayNotSee,
    SeveralCalledSo, TooManyMentioned, CommentClosed, NotAllowed.
    """
    if not is_own(comment.author_key, by) or not can_comment(comment.record, by):
        raise NotAllowed(Operation.COMMENT)
    if not can_edit_comment(comment, by):
        raise CommentClosed
    words = _checked(text)
    before = set(comment.mentioned.values_list("pk", flat=True))
    chosen = list(mentioned)
    if words == comment.text and before.issuperset(person.pk for person in chosen):
        return comment
    people = _mentioned(words, chosen, comment.record, Circle(comment.circle), before)
    changes: Changes = {}
    if words != comment.text:
        changes["comment"] = (comment.text, words)
        comment.text = words
        comment.edited_at = timezone.now()
        comment.save(update_fields=["text", "edited_at"])
    comment.mentioned.add(*people)
    if people - before:
        also = Person.objects.filter(pk__in=people - before).order_by("name", "pk")
        changes["told"] = ("", "; ".join(also.values_list("key", flat=True)))
    event = _log(comment, Verb.COMMENT_EDITED, by, changes)
    enter(comment, event)
    follow_for(record=comment.record, person_ids=people - before)
    _tell_mentioned(comment, event, people - before)
    return comment


@transaction.atomic
def withdraw_comment(*, comment: Comment, reason: str, by: Author) -> None:
    """Take back a comment: its words are shown no more, that it stood there is.

    Raises ReasonMissing, AlreadyWithdrawn, NotAllowed.
    """
    if not can_withdraw_comment(comment, by):
        raise NotAllowed(Operation.MODERATE)
    if not reason.strip():
        raise ReasonMissing(_("Skriv varför kommentaren dras tillbaka."))
    lock_unwithdrawn(comment)
    comment.withdrawn_at = timezone.now()
    comment.withdrawn_reason = reason.strip()
    comment.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    # The log is read by all who see the record, the comment perhaps by fewer.
    told = comment.circle == circle_now(comment.record)
    reason = comment.withdrawn_reason if told else ""
    enter(comment, _log(comment, Verb.COMMENT_WITHDRAWN, by, reason=reason))


@transaction.atomic
def restore_comment(*, comment: Comment, seen: int, by: Author) -> None:
    """Take back the withdrawal of a comment: it stands where it stood, and nobody is told anew.

    Why it was withdrawn stays in the log, and beside the comment if not all who read it read that
    there: it was not told, or their log begins later, since the record went back and came again.
    Args: seen: which withdrawal the person was shown (`withdrawals.number_of`).
    Raises RecordWithdrawn, NotWithdrawn, Destroyed, WithdrawnAnew, NotAllowed.
    """
    if not can_restore_comment(comment, by):
        raise NotAllowed(Operation.MODERATE)
    last = lock_withdrawn(comment, seen)
    told = last is not None and last.reason != "" and comment.circle == Circle.ALL
    reason = "" if told else comment.withdrawn_reason
    comment.withdrawn_at, comment.withdrawn_reason = None, ""
    comment.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    enter(comment, _log(comment, Verb.COMMENT_RESTORED, by), reason)


def anchor_of(comment: Comment) -> str:
    """The id of the element that shows a comment."""
    return f"kommentar-{comment.pk}"


def _checked(text: str) -> str:
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise CommentEmpty
    if len(words) > MAX_COMMENT:
        raise CommentTooLong(MAX_COMMENT)
    return words


def _mentioned(
    words: str,
    chosen: Iterable[Person],
    record: Record,
    circle: Circle,
    before: Collection[int] = (),
) -> set[int]:
    """Ids of those told before, those chosen and those named in the text; who is new must be able
    to see it."""
    ids = {person.pk for person in chosen}.union(before)
    for name, called_so in people_named(words).items():
        if len(called_so) > 1:
            if not ids & {one.person_id for one in called_so}:
                if not _any_sees(called_so, record, circle):
                    raise MayNotSee([name])
                raise SeveralCalledSo(name)
            continue
        ids.add(called_so[0].person_id)
    if len(ids) > MAX_MENTIONED:
        raise TooManyMentioned(MAX_MENTIONED)
    new = ids.difference(before)
    users = User.objects.filter(person_id__in=new, is_active=True).select_related("person")
    seeing = [user for user in users if _sees(user, record, circle)]
    unseeing = new - {user.person_id for user in seeing}
    if unseeing:
        names = Person.objects.filter(pk__in=unseeing).order_by("name")
        raise MayNotSee(list(names.values_list("name", flat=True)))
    return ids


def _any_sees(people: Iterable[Named], record: Record, circle: Circle) -> bool:
    users = User.objects.filter(person__in=[one.person_id for one in people], is_active=True)
    return any(_sees(user, record, circle) for user in users.select_related("person"))


def _sees(user: User, record: Record, circle: Circle) -> bool:
    return can_read_discussion(record, user) and circle in circles_of(record, user)


def _tell(comment: Comment, event: Event, mentioned: set[int]) -> None:
    _tell_mentioned(comment, event, mentioned)
    others = (follower_ids(comment.record) | keeper_ids(comment.record)) - mentioned
    if comment.circle != Circle.ALL:
        users = User.objects.filter(person_id__in=others, is_active=True)
        circle = Circle(comment.circle)
        others = {user.person_id for user in users if _sees(user, comment.record, circle)}
    tell(
        person_ids=others,
        kind=Notice.Kind.COMMENTED,
        record=comment.record,
        event=event,
        place=anchor_of(comment),
    )


def _tell_mentioned(comment: Comment, event: Event, mentioned: set[int]) -> None:
    tell(
        person_ids=mentioned,
        kind=Notice.Kind.MENTIONED,
        record=comment.record,
        event=event,
        place=anchor_of(comment),
    )


def _log(
    comment: Comment, verb: str, by: Author, changes: Changes | None = None, reason: str = ""
) -> Event:
    return write_event(
        by=by,
        verb=verb,
        record_uid=comment.record.uid,
        record_kind=comment.record.kind,
        scope_uid=scope_uid_of(comment.record),
        changes=changes,
        reason=reason,
    )
