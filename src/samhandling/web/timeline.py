"""Where things stand on a timeline: positions only, the template draws them.

The drawing is 1 000 units wide. A text is placed above or below the line, on the first row where it
does not touch another; beside the drawing the template lists the same events for phones, screen
readers and print.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from samhandling.core.partial_date import PartialDate, Precision, on_day

WIDTH = 1000
EDGE = 6
SIGN = 7.0  # the width of an average letter at the drawing's type size
ROW_HEIGHT = 22
GAP = 14
TICK_ROOM = 4
MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened or will; ``when`` may be known only within a span. ``shown`` is what
    the list says instead of ``text``, such as the text marked as Swedish."""

    when: PartialDate
    text: str
    is_today: bool = False
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A tick with its text. Places are drawing units; ``anchor`` is SVG's text-anchor."""

    event: Event
    x: int
    y: int
    anchor: str
    tick_from: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """A laid out timeline. ``run_from`` is None when the period's start is unknown or to come."""

    marks: list[Mark]
    events: list[Event]
    height: int
    line_y: int
    run_from: int | None
    run_until: int | None
    now_x: int


def lay_out(
    events: Sequence[Event],
    *,
    runs_from: date | None,
    runs_until: date | None,
    today: date,
) -> Timeline | None:
    """Places the events that have a day, and today; None when no day but today is known.

    The period from ``runs_from`` to ``runs_until`` (its first and last day, where known) is drawn
    as a thick line as far as today.
    """
    now = Event(on_day(today), gettext("I dag"), is_today=True)
    dated = sorted(
        [event for event in events if _day(event.when)] + [now], key=lambda e: e.when.sort_key
    )
    days = [day for event in dated if (day := _day(event.when))]
    days += [day for day in (runs_from, runs_until) if day]
    first, last = min(days), max(days)
    if first == last:
        return None

    def x_of(day: date) -> int:
        share = (day - first).days / (last - first).days
        return round(EDGE + share * (WIDTH - 2 * EDGE))

    placed = _place(dated, x_of)
    line_y = (1 + max(0, *(one.row for one in placed))) * ROW_HEIGHT + 10
    below = max(0, *(-one.row for one in placed))
    marks = []
    for one in placed:
        is_above = one.row >= 0
        y = line_y - one.row * ROW_HEIGHT + (-18 if is_above else 8)
        marks.append(Mark(one.event, one.x, y, one.anchor, tick_from=y + (5 if is_above else -13)))
    has_begun = runs_from is not None and runs_from <= today
    return Timeline(
        marks=marks,
        events=dated,
        height=line_y + 16 + below * ROW_HEIGHT,
        line_y=line_y,
        run_from=x_of(runs_from) if runs_from and has_begun else None,
        run_until=x_of(min(runs_until or today, today)) if has_begun else None,
        now_x=x_of(today),
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    """An event on a row (0 and up above the line, -1 and down below it) and the room it takes."""

    event: Event
    x: int
    row: int
    anchor: str
    begins: float
    ends: float

    def meets(self, other: "_Placed") -> bool:
        """Would the two texts touch, or the tick of one cross the text of the other?"""
        if (self.row >= 0) != (other.row >= 0):
            return False
        if self.row == other.row:
            return self.begins < other.ends + GAP and other.begins < self.ends + GAP
        inner, outer = sorted((self, other), key=lambda one: abs(one.row))
        return inner.begins - TICK_ROOM < outer.x < inner.ends + TICK_ROOM


def _place(dated: Sequence[Event], x_of: Callable[[date], int]) -> list[_Placed]:
    """A row for every event, in the order of their days.

    A text runs to the right of its tick, so the last event is placed first, nearest the line: the
    ticks of earlier ones then pass to the left of it. Those at the right edge, whose texts run to
    the left, come after, outside the rest. With more events than there is room for, a text takes
    the place where it is least in the way.
    """
    roomy: list[tuple[Event, int, float]] = []
    cramped: list[tuple[Event, int, float]] = []
    for event in dated:
        day = _day(event.when)
        if day is not None:
            x = x_of(day)
            width = (len(event.text) + len(str(event.when)) + 2) * SIGN
            (roomy if x + width <= WIDTH else cramped).append((event, x, width))
    placed: list[_Placed] = []
    for event, x, width in reversed(roomy):
        places = [_Placed(event, x, row, "start", x, x + width) for row in _ROWS]
        placed.append(_least_in_the_way(places, placed))
    for event, x, width in cramped:
        places = [_Placed(event, x, row, "end", x - width, x) for row in _ROWS]
        placed.append(_least_in_the_way(places, placed))
    return sorted(placed, key=lambda one: (one.x, one.event.when.sort_key))


def _least_in_the_way(places: Sequence[_Placed], placed: Sequence[_Placed]) -> _Placed:
    """The first of the places that meets the fewest of what stands there already."""
    return min(places, key=lambda place: sum(map(place.meets, placed)))


# The row above the line, the one below it, the next above, and so on.
_ROWS = (0, *(side * step for step in range(1, MOST_ROWS) for side in (-1, 1)))


def _day(when: PartialDate) -> date | None:
    """The day an event is drawn at: its first possible one."""
    return None if when.precision is Precision.WORDING else when.earliest or when.latest
