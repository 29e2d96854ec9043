"""Answers that are kept until something changes.

Every service writes an event in the transaction of its change, so the last event names the state
of the data: an answer kept under it is exact, and nothing has to be told to forget.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache

from samhandling.apps.audit.models import Event

T = TypeVar("T")
KEPT_SECONDS = 3600
_LATE_BY = 50


def kept_until_change(name: str, parts: object, work_out: Callable[[], T]) -> T:
    """The answer of `work_out`, from the cache when nothing has changed since it was worked out.

    Args: name: what is asked; parts: all that the answer depends on beside the data, with a `repr`
    that says so. Queries: 1, and those of `work_out` the first time after a change.
    """
    # The time stands beside the number, so that a restored database is not taken for this one.
    # Transactions that overlap may commit in another order than their events are numbered, so the
    # last few numbers are looked at: one that comes late is noticed.
    last = list(Event.objects.order_by("-pk").values_list("pk", "at")[:_LATE_BY])
    key = f"kept.{name}.{sha256(repr((last, parts)).encode()).hexdigest()}"
    missing = object()
    known = cache.get(key, missing)
    if known is not missing:
        return known
    answer = work_out()
    cache.set(key, answer, KEPT_SECONDS)
    return answer
