"""Reading what is withdrawn, the latest first and so many at a time."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import count
from operator import attrgetter
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.db.models.constants import LOOKUP_SEP

M = TypeVar("M", bound=Model)
MOST_WITHDRAWN = 200  # of each kind, at a time
_PIECE = 200  # rows read at a time, of which some are not for the reader


def latest_withdrawn(
    rows: QuerySet[M],
    allowed: Callable[[Sequence[M]], Iterable[M]],
    until: datetime | None,
    *,
    column: str = "withdrawn_at",
) -> tuple[list[M], datetime | None]:
    """The latest MOST_WITHDRAWN of those that `allowed` leaves, and the moment of the next one:
    there are more from that moment back; None when these are all.

    Args: until: nothing that was withdrawn later; column: where the moment stands.
    Queries: 1, and those of `allowed`, for every 200 rows.
    """
    ordered = rows.filter(**{f"{column}__isnull": False}).order_by(f"-{column}", "-pk")
    if until is not None:
        ordered = ordered.filter(**{f"{column}__lte": until})
    found: list[M] = []
    for start in count(0, _PIECE):
        piece = list(ordered[start : start + _PIECE])
        found += allowed(piece)
        if len(found) > MOST_WITHDRAWN:
            moment = attrgetter(column.replace(LOOKUP_SEP, "."))
            return found[:MOST_WITHDRAWN], moment(found[MOST_WITHDRAWN])
        if len(piece) < _PIECE:
            break
    return found, None
