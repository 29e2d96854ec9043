"""Putting mail in the outbox, and the steps of a worker that takes it out.

Two workers never take the same message: taking is one conditional UPDATE, which SQLite and
PostgreSQL both let only one of them win. A worker that dies in the middle of sending lets go after
`CLAIM`, and the message is then sent by another; the Message-ID stays the same.
"""

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from samhandling.apps.outbox.models import Message, RoutineRun, State

CLAIM = timedelta(minutes=5)

# How long to wait after each failed attempt; after the last one the message is given up. In all
# two days, which a weekend without a mail server may take.
PAUSES = (
    timedelta(seconds=10),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
MOST_ATTEMPTS = len(PAUSES) + 1


class UnknownKind(LookupError):
    """No builder is named for this kind of mail in settings.MAIL_BUILDERS."""


def put_message(
    *,
    kind: str,
    to: str,
    ids: dict[str, str | int],
    language: str = "sv",
    due_at: datetime | None = None,
) -> Message:
    """Put a mail in the outbox, in the caller's transaction: it is sent if that is kept.

    Args: kind: a key of settings.MAIL_BUILDERS; ids: what its builder needs, opaque ids only.
    Raises UnknownKind. Queries: 1.
    """
    if kind not in settings.MAIL_BUILDERS:
        raise UnknownKind(kind)
    return Message.objects.create(
        kind=kind, to=to, ids=ids, language=language, due_at=due_at or timezone.now()
    )


def put_ready_message(
    *,
    kind: str,
    to: str,
    subject: str,
    text: str,
    language: str,
    useless_after: datetime | None = None,
) -> Message:
    """Put a mail with its text in the outbox; for sign-in mail, whose code is known only now.

    Queries: 1.
    """
    return Message.objects.create(
        kind=kind,
        to=to,
        subject=subject,
        text=text,
        language=language,
        due_at=timezone.now(),
        useless_after=useless_after,
    )


def take_next(due_by: datetime) -> Message | None:
    """Take the message that is most urgent of those due by then, or None when there is none.

    What soon is useless goes first. Queries: 2, and 2 more for each message another worker won.
    """
    now = timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    while True:
        due = Message.objects.filter(free, state=State.WAITING, due_at__lte=due_by)
        chosen = due.order_by(F("useless_after").asc(nulls_last=True), "due_at", "pk").first()
        if chosen is None:
            return None
        claim = uuid4().hex
        changes = {"claim": claim, "claimed_until": now + CLAIM, "attempts": F("attempts") + 1}
        if due.filter(pk=chosen.pk).update(**changes):
            chosen.claim, chosen.attempts = claim, chosen.attempts + 1
            return chosen


def _settle(message: Message, **changes: object) -> None:
    """Write how it went, unless another worker has taken over meanwhile."""
    Message.objects.filter(pk=message.pk, claim=message.claim).update(
        claim="", claimed_until=None, **changes
    )


def mark_sent(message: Message, now: datetime) -> None:
    """The mail server has taken it. The ready text, perhaps with a code, is emptied at once."""
    _settle(message, state=State.SENT, sent_at=now, last_fault="", text="", subject="")


def mark_dropped(message: Message, fault: str) -> None:
    """It is not to be sent any more: out of date, or what it tells of is gone."""
    _settle(message, state=State.DROPPED, last_fault=fault, text="", subject="")


def mark_failed(message: Message, fault: str, now: datetime, *, for_good: bool = False) -> None:
    """Note the fault and try again after a pause, or give up after the last or `for_good`."""
    if for_good or message.attempts >= MOST_ATTEMPTS:
        _settle(message, state=State.GIVEN_UP, last_fault=fault, text="", subject="")
    else:
        pause = PAUSES[message.attempts - 1]
        _settle(message, last_fault=fault, due_at=now + pause)


def retry_given_up() -> int:
    """Put what was given up back, from the first attempt; how many. Queries: 1.

    Mail that came with its text is not put back: its text is gone and its code has expired.
    """
    return (
        Message.objects.filter(state=State.GIVEN_UP, kind__in=list(settings.MAIL_BUILDERS))
        .exclude(to="")
        .update(state=State.WAITING, attempts=0, due_at=timezone.now())
    )


@transaction.atomic
def take_routine(name: str, every: timedelta, now: datetime) -> bool:
    """Whether this worker is to run the recurring job now; says yes to one of several.

    Queries: 2.
    """
    RoutineRun.objects.get_or_create(name=name, defaults={"next_at": now})
    return bool(
        RoutineRun.objects.filter(name=name, next_at__lte=now).update(
            next_at=now + every, last_ran_at=now
        )
    )


def note_routine(name: str, fault: str) -> None:
    """Note how a recurring job went: the kind of fault, or nothing. Queries: 1."""
    RoutineRun.objects.filter(name=name).update(last_fault=fault)


def note_run(name: str, every: timedelta, now: datetime) -> None:
    """Note that a recurring job was just run by hand, so that no worker soon does it again.

    Queries: 2.
    """
    RoutineRun.objects.update_or_create(
        name=name, defaults={"next_at": now + every, "last_ran_at": now, "last_fault": ""}
    )
