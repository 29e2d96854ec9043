"""Answers that are kept until something changes.

Every service writes an event in the transaction of its change, so the last events name the state
of the data: an answer kept under them is exact, and nothing has to be told to forget.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from time import time
from typing import TypeVar

from django.core.cache import caches
from django.db import connection

T = TypeVar("T")
KEPT_SECONDS = 3600
# Transactions that overlap may commit in another order than their events are numbered, so the last
# few are looked at: one that comes late is noticed.
LOOKED_AT = 50
# Reading rows anew for more events than these costs more than reading everything.
MOST_FOLLOWED = 500
_EVENTS_SINCE = (
    "SELECT id, at, record_uid, record_kind FROM audit_event "
    "WHERE id >= %s ORDER BY id DESC LIMIT %s"
)
_LAST_EVENTS = "SELECT id, at, record_uid, record_kind FROM audit_event ORDER BY id DESC LIMIT %s"


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of the log. `at` stands beside the number, so that a restored database is not taken
    for the one that was; it is as the database writes it."""

    number: int
    at: object
    record_uid: str
    record_kind: str


def kept_until_change(
    name: str,
    parts: object,
    work_out: Callable[[], T],
    *,
    stands: Callable[[T, Sequence[Happened]], bool] | None = None,
) -> T:
    """The answer of `work_out`, from the cache when nothing has changed since it was worked out.

    Args: name: what is asked; parts: all that the answer depends on beside the data, with a `repr`
    that says so; stands: says that an answer holds in spite of these events. Without it, any event
    ends the answer. Queries: 1, and those of `work_out` the first time after a change.
    """
    now = _last_events()
    key = f"kept.{name}.{sha256(repr(parts).encode()).hexdigest()}"
    known: tuple[tuple[Happened, ...], T, float] | None = caches["kept"].get(key)
    if known is not None:
        before, answer, made_at = known
        news = since(before, now)
        if news == []:
            return answer
        if news is not None and stands is not None and stands(answer, news):
            # No longer than it would have been kept without these events.
            caches["kept"].set(key, (now, answer, made_at), made_at + KEPT_SECONDS - time())
            return answer
    answer = work_out()
    # Under the same key as what it replaces, so that outdated answers take no room.
    caches["kept"].set(key, (now, answer, time()), KEPT_SECONDS)
    return answer


def news_since(
    before: Sequence[Happened] | None,
) -> tuple[tuple[Happened, ...], list[Happened] | None]:
    """The last events now, and those of the log that were not there `before`, latest first.

    For what is kept longer than answers: it looks through as much as MOST_FOLLOWED events. The news
    are None where `since` would answer None, and without `before`. Queries: 1, 2 for None.
    """
    if before is None:
        return _last_events(), None
    oldest = before[-1].number if len(before) == LOOKED_AT else 0
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS_SINCE, [oldest, MOST_FOLLOWED])
        now = tuple(Happened(*row) for row in cursor.fetchall())
    known = set(before)
    if len(now) == MOST_FOLLOWED or not known <= set(now):
        return _last_events(), None
    return now[:LOOKED_AT], [row for row in now if row not in known]


def since(before: Sequence[Happened], now: Sequence[Happened]) -> list[Happened] | None:
    """The events of `now` that were not there `before`, both the last ones of a log, latest first.

    None when that cannot be told: so much has happened that some of it is out of sight, or what was
    there is gone, as in a restored database.
    """
    if before == now:
        return []
    known = set(before)
    new = [row for row in now if row not in known]
    in_sight = now[-1].number if len(now) == LOOKED_AT else 0
    is_gone = any(row.number >= in_sight for row in known.difference(now))
    is_out_of_sight = len(new) == LOOKED_AT
    return None if is_gone or is_out_of_sight else new


def _last_events() -> tuple[Happened, ...]:
    """What names the state of the data. Queries: 1."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_EVENTS, [LOOKED_AT])
        return tuple(Happened(*row) for row in cursor.fetchall())
