"""Which withdrawal of a comment or a file is the latest, who made it, and whether it stands."""

from collections.abc import Collection

from samhandling.apps.audit.models import Event, Verb
from samhandling.apps.discussion.errors import NotWithdrawn, RecordWithdrawn, WithdrawnAnew
from samhandling.apps.discussion.models import Attachment, Comment, ItemEvent
from samhandling.apps.records.services import AlreadyWithdrawn, Destroyed, lock_record

WITHDRAWALS = frozenset({Verb.COMMENT_WITHDRAWN, Verb.ATTACHMENT_WITHDRAWN})


def enter(item: Comment | Attachment, event: Event) -> None:
    """Write down that an event of the log is of this comment or file."""
    item.item_events.create(event_id=event.pk)


def events_of(item: Comment | Attachment) -> list[int]:
    """Numbers of the events of its withdrawals and restorations. Queries: 1."""
    return list(item.item_events.values_list("event_id", flat=True))


def last_withdrawal(item: Comment | Attachment) -> Event | None:
    """The event of the latest withdrawal, also when it has been taken back; None when the log does
    not tell. Queries: 2."""
    told = Event.objects.filter(pk__in=events_of(item), verb__in=WITHDRAWALS)
    return told.order_by("-pk").first()


def withdrawn_by(
    *, comments: Collection[int] = (), attachments: Collection[int] = ()
) -> dict[int, str]:
    """The person key of who withdrew each of these comments, or of these files, by primary key.

    Queries: 2, none without keys.
    """
    if not comments and not attachments:
        return {}
    field = "comment" if comments else "attachment"
    keys = comments or attachments
    rows = ItemEvent.objects.filter(**{f"{field}__in": keys}).order_by("event_id")
    items = list(rows.values_list("event_id", f"{field}_id"))
    told = Event.objects.filter(pk__in=[event for event, _item in items], verb__in=WITHDRAWALS)
    actors = dict(told.values_list("pk", "actor_key"))
    return {item: actors[event] for event, item in items if event in actors}


def lock_unwithdrawn(item: Comment | Attachment) -> None:
    """Lock its record, and make sure that nobody has withdrawn it. Raises AlreadyWithdrawn."""
    lock_record(item.record)
    item.refresh_from_db(fields=["withdrawn_at", "withdrawn_reason"])
    if item.withdrawn_at is not None:
        raise AlreadyWithdrawn


def lock_withdrawn(item: Comment | Attachment, seen: int) -> None:
    """Lock its record, and make sure that the withdrawal that was shown stands and can be undone.

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
    if number_of(last_withdrawal(item)) != seen:
        raise WithdrawnAnew


def number_of(event: Event | None) -> int:
    """What names a withdrawal where it is shown."""
    return event.pk if event else 0
