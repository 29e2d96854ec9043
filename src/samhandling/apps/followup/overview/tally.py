"""Sums over facts, to which a fact can be added and from which it can be taken away again.

What the overview says of ten thousand initiatives is the same sum before and after a change but for
the few that changed. So the sum is kept and moved, and the rows are not read a second time.
"""

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Generic, TypeVar

from samhandling.apps.followup.overview.facts import FINISHED, Fact, Place, Wait
from samhandling.apps.initiatives import listing

T = TypeVar("T")
# What is known to the month can be told of as a thing that happened.
_EXACT = ("DAY", "MONTH")


class InOrder(Generic[T]):
    """Tuples in order, each of which can be added and taken away."""

    def __init__(self, rows: Iterable[T] = ()) -> None:
        self._rows: list[Any] = sorted(rows)

    def __copy__(self) -> "InOrder[T]":
        other = InOrder[T]()
        other._rows = self._rows.copy()
        return other

    def __eq__(self, other: object) -> bool:
        return isinstance(other, InOrder) and self._rows == other._rows

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, row: T) -> None:
        """Put it in its place."""
        insort(self._rows, row)

    def remove(self, row: T) -> None:
        """Take one such away. Raises KeyError when there is none."""
        place = bisect_left(self._rows, row)
        if self._rows[place : place + 1] != [row]:
            raise KeyError(row)
        del self._rows[place]

    def since(self, *least: Any) -> Iterator[T]:
        """Those that do not come before a tuple that begins like this."""
        for place in range(bisect_left(self._rows, least), len(self._rows)):
            yield self._rows[place]


@dataclass(slots=True)
class Tally:
    """The sums of some initiatives. Counters hold no noughts, so that equal sums are equal.

    Over all: `total`; `without_level`; `funded`; `statuses`; `deviating` by place; `causes` of
    deviation by id, `inferred` of them, `uncaused` where none is told; `unfinished` by network, and
    `unowned` of those. Over wholes: `wholes` by place; `levels` by place and level id, None where
    none is known; `lacking` by what and network; `told` by what is lacking and first year told of;
    `untold`, (what is lacking, key) of those told of in no year.
    In order: `moved` as the list's tree has them; `coming` by (earliest, latest, key); `over`,
    latest day first, by (minus its ordinal, key); `waits` by the time they were moved to.
    """

    total: int = 0
    without_level: int = 0
    funded: int = 0
    uncaused: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    wholes: Counter[Place] = field(default_factory=Counter)
    deviating: Counter[Place] = field(default_factory=Counter)
    levels: Counter[tuple[Place, int | None]] = field(default_factory=Counter)
    lacking: Counter[tuple[str, int | None]] = field(default_factory=Counter)
    told: Counter[tuple[str, int]] = field(default_factory=Counter)
    causes: Counter[int] = field(default_factory=Counter)
    inferred: Counter[int] = field(default_factory=Counter)
    unfinished: Counter[int | None] = field(default_factory=Counter)
    unowned: Counter[int | None] = field(default_factory=Counter)
    untold: InOrder[tuple[str, int]] = field(default_factory=InOrder)
    moved: InOrder[tuple[int, bool, int, int]] = field(default_factory=InOrder)
    coming: InOrder[tuple[date, date, int]] = field(default_factory=InOrder)
    over: InOrder[tuple[int, int]] = field(default_factory=InOrder)
    waits: InOrder[Wait] = field(default_factory=InOrder)

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> "Tally":
        """The sums of `facts`, put in order once."""
        tally = cls()
        rows: dict[str, list[Any]] = defaultdict(list)
        for fact in facts:
            tally._count(fact, 1)
            for name, row in _rows(fact):
                rows[name].append(row)
        for name, found in rows.items():
            setattr(tally, name, InOrder(found))
        return tally

    def with_more(self, facts: Iterable[Fact]) -> "Tally":
        """The sums of these and `facts`; this tally stays as it is."""
        other = Tally(*(copy(getattr(self, one.name)) for one in fields(self)))
        for fact in facts:
            other.add(fact)
        return other

    def add(self, fact: Fact) -> None:
        """Count one that is not counted here."""
        self._count(fact, 1)
        for name, row in _rows(fact):
            getattr(self, name).add(row)

    def remove(self, fact: Fact) -> None:
        """Take away one that is counted here. Raises KeyError when it is seen not to be."""
        self._count(fact, -1)
        for name, row in _rows(fact):
            getattr(self, name).remove(row)

    def first_told(self, what: str) -> int | None:
        """The first follow-up year that any whole which lacks `what` was told of."""
        return min((year for lack, year in self.told if lack == what), default=None)

    def first_untold(self, what: str) -> int | None:
        """Key of the oldest whole that lacks `what` and was told of in no year."""
        lack, pk = next(self.untold.since(what), ("", 0))
        return pk if lack == what else None

    def _count(self, fact: Fact, by: int) -> None:
        self.total += by
        self.without_level += by * (listing.LEVEL in fact.lacks)
        self.funded += by * fact.has_funding
        _move(self.statuses, fact.status, by)
        if fact.has_deviated:
            _move(self.deviating, fact.place, by)
            self.uncaused += by * (not fact.causes)
            for cause_id, is_inferred in fact.causes.items():
                _move(self.causes, cause_id, by)
                if is_inferred:
                    _move(self.inferred, cause_id, by)
        if fact.status not in FINISHED:
            _move(self.unfinished, fact.place.network_id, by)
            if not fact.has_owner:
                _move(self.unowned, fact.place.network_id, by)
        if fact.is_whole:
            self._count_whole(fact, by)

    def _count_whole(self, fact: Fact, by: int) -> None:
        _move(self.wholes, fact.place, by)
        for level_id in fact.levels or (None,):
            _move(self.levels, (fact.place, level_id), by)
        for what in fact.lacks:
            _move(self.lacking, (what, fact.place.network_id), by)
            if fact.told is not None:
                _move(self.told, (what, fact.told), by)


def _move(counter: Counter[Any], key: Any, by: int) -> None:
    counter[key] += by
    if not counter[key]:
        del counter[key]


def _rows(fact: Fact) -> Iterator[tuple[str, Any]]:
    """What `fact` is in the sums that are in order: (its name, the row)."""
    if fact.is_whole and fact.told is None:
        for what in fact.lacks:
            yield "untold", (what, fact.pk)
    if fact.has_deviated:
        # As listing.TREE_ORDER: a whole, then its parts.
        yield "moved", (fact.parent_id or fact.pk, not fact.is_whole, fact.order, fact.pk)
    if fact.earliest is not None:
        yield "coming", (fact.earliest, fact.latest or date.min, fact.pk)
    if fact.latest is not None and fact.precision in _EXACT:
        yield "over", (-fact.latest.toordinal(), fact.pk)
    for wait in fact.waits:
        yield "waits", wait
