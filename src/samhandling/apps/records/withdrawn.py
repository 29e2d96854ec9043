"""Reading what is withdrawn, the latest first and so many at a time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from operator import attrgetter
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP

M = TypeVar("M", bound=Model)
MOST_WITHDRAWN = 200  # of each kind, at a time
_PIECE = 200  # rows read at a time, of which some are not for the reader


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the list: by its moment, the latest first; of one moment by kind,
    and of one kind by key, the highest first. No two things have one place.

    `kind` is the kind's number in the list; -1 stands before every kind of that moment.
    """

    moment: datetime
    kind: int = -1
    key: int = 0

    @property
    def order(self) -> tuple[datetime, int, int]:
        """What stands first is highest."""
        return (self.moment, -self.kind, self.key)


def latest_withdrawn(
    rows: QuerySet[M],
    allowed: Callable[[Sequence[M]], Iterable[M]],
    kind: int,
    start: Place | None,
    *,
    column: str = "withdrawn_at",
) -> tuple[list[M], Place | None]:
    """The latest MOST_WITHDRAWN of those that `allowed` leaves, and the place of the next one:
    there are more from there on; None when these are all.

    Args: kind: the number of the rows' kind; start: nothing that stands before this place;
    column: where the moment stands. Queries: 1, and those of `allowed`, for every 200 rows.
    """
    ordered = rows.filter(**{f"{column}__isnull": False}).order_by(f"-{column}", "-pk")
    if start is not None:
        of_then = Q(**{column: start.moment})
        if kind == start.kind:
            of_then &= Q(pk__lte=start.key)
        earlier = Q(**{f"{column}__lt": start.moment})
        ordered = ordered.filter(earlier if kind < start.kind else earlier | of_then)
    found: list[M] = []
    for begins in count(0, _PIECE):
        piece = list(ordered[begins : begins + _PIECE])
        found += allowed(piece)
        if len(found) > MOST_WITHDRAWN:
            following = found[MOST_WITHDRAWN]
            moment = attrgetter(column.replace(LOOKUP_SEP, "."))(following)
            return found[:MOST_WITHDRAWN], Place(moment, kind, following.pk)
        if len(piece) < _PIECE:
            break
    return found, None
