"""Which withdrawal of a comment or a file is the latest, by whom, and whether it stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from samhandling.apps.audit.models import Event, Verb
from samhandling.apps.discussion.errors import NotWithdrawn, RecordWithdrawn, WithdrawnAnew
from samhandling.apps.discussion.models import Attachment, Comment, ItemEvent
from samhandling.apps.records.prepared import Prepared
from samhandling.apps.records.services import AlreadyWithdrawn, Destroyed, lock_record
from samhandling.core.retention import DESTROYED

WITHDRAWALS = frozenset({Verb.COMMENT_WITHDRAWN, Verb.ATTACHMENT_WITHDRAWN})


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A withdrawal that was taken back: when that was, and why it had been withdrawn."""

    at: datetime
    reason: str


def enter(item: Comment | Attachment, event: Event, reason: str = "") -> None:
    """Write down that an event of the log is of this comment or file.

    Args: reason: why the comment that is restored had been withdrawn, where not all who read it
    find that in the log.
    """
    item.item_events.create(event_id=event.pk, reason=reason)


def events_of(item: Comment | Attachment) -> list[int]:
    """Numbers of the events of its withdrawals and restorations, and of its edits. Queries: 1."""
    return list(item.item_events.values_list("event_id", flat=True))


def edits_standing(events: Collection[int]) -> frozenset[int]:
    """Those of these edits whose comment is neither withdrawn nor destroyed: only their words may
    be told. What was edited before edits were entered is not among them.

    Queries: 1, none without events.
    """
    return frozenset(row.event_id for row in _STANDING.of(*events))


_STANDING = Prepared(
    lambda events: ItemEvent.objects.filter(
        event_id__in=events, comment__withdrawn_at__isnull=True
    ).exclude(comment__text=DESTROYED)
)


def last_withdrawal(item: Comment | Attachment) -> Event | None:
    """The event of the latest withdrawal, also when it has been taken back; None when the log does
    not tell. Queries: 2."""
    told = Event.objects.filter(pk__in=events_of(item), verb__in=WITHDRAWALS)
    return told.order_by("-pk").first()


def withdrawn_by(items: Sequence[Comment] | Sequence[Attachment]) -> dict[int, str]:
    """The person key of who withdrew each of these the last time, by primary key.

    Args: items: comments or files, not both. Queries: 2, none without items.
    """
    if not items:
        return {}
    field = "comment" if isinstance(items[0], Comment) else "attachment"
    rows = ItemEvent.objects.filter(**{f"{field}__in": [one.pk for one in items]})
    events = list(rows.order_by("event_id").values_list("event_id", f"{field}_id"))
    told = Event.objects.filter(pk__in=[event for event, _item in events], verb__in=WITHDRAWALS)
    actors = dict(told.values_list("pk", "actor_key"))
    return {item: actors[event] for event, item in events if event in actors}


def taken_back(comments: Collection[int], *, reads_whole_log: bool) -> dict[int, list[TakenBack]]:
    """The withdrawals of these comments that were taken back and whose reasons the reader does not
    find in the log, by primary key, the latest first. For those who may read the comments.

    Args: reads_whole_log: for others it may begin after the withdrawal, if the record went back.
    Queries: 1, and 2 when there are any; none without keys.
    """
    rows = ItemEvent.objects.filter(comment__in=comments).order_by("event_id")
    kept = list(rows.values_list("comment_id", "event_id", "reason"))
    if all(reason in ("", DESTROYED) for _comment, _number, reason in kept):
        return {}
    told = Event.objects.select_related("why").in_bulk([number for _comment, number, _why in kept])
    found: dict[int, list[TakenBack]] = {}
    in_log: dict[int, bool] = {}
    for comment, number, reason in kept:
        event = told[number]
        if event.verb in WITHDRAWALS:
            in_log[comment] = event.reason != ""
        elif reason not in ("", DESTROYED) and not (reads_whole_log and in_log.get(comment)):
            found.setdefault(comment, []).insert(0, TakenBack(event.at, reason))
    return found


def lock_unwithdrawn(item: Comment | Attachment) -> None:
    """Lock its record, and make sure that nobody has withdrawn it. Raises AlreadyWithdrawn."""
    lock_record(item.record)
    item.refresh_from_db(fields=["withdrawn_at", "withdrawn_reason"])
    if item.withdrawn_at is not None:
        raise AlreadyWithdrawn


def lock_withdrawn(item: Comment | Attachment, seen: int) -> Event | None:
    """Lock its record, and make sure that the withdrawal that was shown stands and can be undone;
    the event of that withdrawal, None where the log does not tell.

    Args: seen: the number of that withdrawal's event, 0 where the log does not tell.
    Raises RecordWithdrawn, NotWithdrawn, Destroyed, WithdrawnAnew.
    """
    lock_record(item.record)
    item.refresh_from_db()
    if item.record.withdrawn_at is not None:
        raise RecordWithdrawn
    if item.withdrawn_at is None:
        raise NotWithdrawn
    if item.is_destroyed:
        raise Destroyed
    last = last_withdrawal(item)
    if number_of(last) != seen:
        raise WithdrawnAnew
    return last


def number_of(event: Event | None) -> int:
    """What names a withdrawal where it is shown."""
    return event.pk if event else 0
