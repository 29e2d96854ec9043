"""The value: a time that may be only partly known, and what can be asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "DAY"
    MONTH = "MONTH"
    YEAR = "YEAR"
    SEASON = "SEASON"  # vår, sommar, höst, vinter
    TERM = "TERM"  # vårterminen, höstterminen
    RANGE = "RANGE"  # from one time to another
    OPEN = "OPEN"  # one end open; both open = known to be without limit
    WORDING = "WORDING"  # only the words are known


class Truth(StrEnum):
    """Answer to a question that partly known dates may leave open."""

    YES = "YES"
    NO = "NO"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A time that may be only partly known.

    ``earliest`` and ``latest`` are the first and last day it may mean, both inclusive; ``None`` is
    an open end. ``wording`` holds the words of the source where those say more than the days.
    Raises ``ValueError`` when the parts contradict each other.
    """

    earliest: date | None
    latest: date | None
    precision: Precision
    wording: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "precision", Precision(self.precision))
        first, last = self.earliest, self.latest
        if first is not None and last is not None and first > last:
            raise ValueError("earliest is later than latest")
        match self.precision:
            case Precision.WORDING:
                if first is not None or last is not None:
                    raise ValueError("a date of words only has no days")
                if not self.wording.strip():
                    raise ValueError("a date of words only needs its words")
            case Precision.OPEN:
                if first is not None and last is not None:
                    raise ValueError("an open date has at least one open end")
            case Precision.DAY:
                if first is None or first != last:
                    raise ValueError("a day starts and ends on the same day")
            case _:
                if first is None or last is None:
                    raise ValueError(f"{self.precision} needs both earliest and latest")

    @property
    def sort_key(self) -> tuple[date, date, str]:
        """Orders by the earliest day, then the latest; what has no day comes last."""
        first = self.earliest or self.latest or date.max
        return (first, self.latest or date.max, self.wording)

    @property
    def has_no_limit(self) -> bool:
        """True when both ends are known to be open ("tills vidare"), not merely unknown."""
        return self.precision is Precision.OPEN and self.earliest is None and self.latest is None

    def in_force(self, on: date) -> Truth:
        """Was this, told as one period, going on that day?

        NO outside its days. Inside them YES for a day, a range or an open period (the words say
        that it runs throughout), UNKNOWN for a year, month, season or term (the words only say that
        it took place at some time within) and for a date of words only.
        """
        if self.precision is Precision.WORDING:
            return Truth.UNKNOWN
        if self.earliest is not None and on < self.earliest:
            return Truth.NO
        if self.latest is not None and on > self.latest:
            return Truth.NO
        if self.precision in (Precision.DAY, Precision.RANGE, Precision.OPEN):
            return Truth.YES
        return Truth.UNKNOWN

    def is_over(self, on: date) -> Truth:
        """Had this time passed before that day? UNKNOWN when the day lies within its span."""
        if self.has_no_limit:
            return Truth.NO
        if self.latest is not None and self.latest < on:
            return Truth.YES
        if self.earliest is not None and self.earliest >= on:
            return Truth.NO
        return Truth.UNKNOWN

    def is_surely_before(self, other: PartialDate) -> bool:
        """Does every day it may mean lie before every day that ``other`` may mean?"""
        if self.latest is None or other.earliest is None:
            return False
        return self.latest < other.earliest

    def touches(self, first: date, last: date) -> bool:
        """May this time lie, wholly or partly, between the two days (inclusive)?"""
        if self.earliest is not None and self.earliest > last:
            return False
        return not (self.latest is not None and self.latest < first)

    def __str__(self) -> str:
        from samhandling.core.partial_date.telling import describe  # telling needs this class

        return describe(self)


NO_LIMIT = PartialDate(None, None, Precision.OPEN)
"""Known to have no end (or no start): not the same as an end nobody knows."""


def on_day(day: date) -> PartialDate:
    """The partial date of a day that is known exactly."""
    return PartialDate(day, day, Precision.DAY)


def in_year(year: int) -> PartialDate:
    """The partial date of a whole calendar year."""
    return PartialDate(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)


def in_force(start: PartialDate | None, end: PartialDate | None, on: date) -> Truth:
    """Is what began at ``start`` and ends with ``end`` (its last day) in force on ``on``?

    ``start`` and ``end`` are *moments*, each possibly known only within a span. ``None`` and a date
    of words only mean that the moment is not known; ``NO_LIMIT`` means that there is none.

    ====================================  ======================================  =======
    start                                 end                                     answer
    ====================================  ======================================  =======
    surely later than the day             anything                                NO
    anything                              surely before the day                   NO
    surely on or before the day, or none  surely on or after the day, or none     YES
    any other                             any other                               UNKNOWN
    ====================================  ======================================  =======
    """
    start_first, start_last = _span(start, none=date.min)
    end_first, end_last = _span(end, none=date.max)
    if on < start_first or on > end_last:
        return Truth.NO
    if start_last <= on <= end_first:
        return Truth.YES
    return Truth.UNKNOWN


def _span(moment: PartialDate | None, *, none: date) -> tuple[date, date]:
    """First and last day the moment may be; ``none`` is the day that stands for no limit."""
    if moment is None or moment.precision is Precision.WORDING:
        return date.min, date.max
    if moment.has_no_limit:
        return none, none
    return moment.earliest or date.min, moment.latest or date.max
