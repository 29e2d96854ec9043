"""Dates that are only partly known.

The county's sources say "hösten 2020", "från oktober 2018" or "efter vårterminen 2020". Such a date
keeps four things: the earliest and the latest day it may mean (either may be open), how precise it
is, and the words of the source when those say more than the days do. Nothing is rounded to a day
nobody named.

How words become days (the wide reading, so that no possible day is lost):

==========================  =========================================================
våren, vårterminen          1 January - 30 June
sommaren                    1 June - 31 August (overlaps with both halves on purpose)
hösten, höstterminen        1 July - 31 December
vintern 2020/2021           1 November 2020 - 31 March 2021
vintern 2020                all of 2020: the words do not say which of its two winters
början av 2020              1 January - 30 April
mitten av 2020              1 May - 31 August
slutet av 2020              1 September - 31 December
==========================  =========================================================

The Swedish school year runs from August to June in two terms (skolförordningen 2011:185,
3 kap.) and the universities' spring term ends in June; neither fixes a day for the whole country,
so a term is read as its half of the calendar year.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MIN_YEAR, MAX_YEAR = 1900, 2199

MONTHS_SV = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


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


class Reading(StrEnum):
    """What the field asks for, which decides how "från mars 2020" is read.

    PERIOD: when something took place; "från mars 2020" is a time that runs on (OPEN).
    START:  when something began; "från mars 2020" is the month of March 2020.
    END:    when something ended; "till mars 2020" is the month of March 2020.
    """

    PERIOD = "PERIOD"
    START = "START"
    END = "END"


class UnreadableDate(ValueError):
    """The text is no date we can read. ``str(error)`` is a Swedish sentence for the person."""

    def __init__(self, text: str, reason: str = "") -> None:
        self.text = text
        self.reason = reason
        shown = text if len(text) <= 60 else text[:57] + "…"
        first = reason or f"Tiden ”{shown}” går inte att läsa."
        super().__init__(f"{first} {WHAT_MAY_BE_WRITTEN}")


WHAT_MAY_BE_WRITTEN = (
    "Skriv till exempel 2020, mars 2020, 20 januari 2020, 2020-01-20, våren 2021, "
    "vårterminen 2020, från mars 2020, 2020–2021 eller början av 2020."
)


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

    def touches(self, first: date, last: date) -> bool:
        """May this time lie, wholly or partly, between the two days (inclusive)?"""
        if self.earliest is not None and self.earliest > last:
            return False
        return not (self.latest is not None and self.latest < first)

    def __str__(self) -> str:
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


# --- reading -------------------------------------------------------------------------------------

_MONTH_NUMBER: dict[str, int] = {name: number for number, name in enumerate(MONTHS_SV, start=1)} | {
    name.lower(): number for number, name in enumerate(MONTHS_EN, start=1)
}
_MONTH = "|".join(sorted((*_MONTH_NUMBER, *(n[:3] for n in _MONTH_NUMBER)), key=len, reverse=True))
_MONTH_NUMBER |= {name[:3]: number for name, number in list(_MONTH_NUMBER.items())}

_DASH = r"\s*(?:–|—|-|till och med|t\.?\s?o\.?\s?m\.?|till)\s*"


def parse_swedish(text: str, *, reading: Reading = Reading.PERIOD) -> PartialDate:
    """Read a time the way a Swedish official writes it; see the module for what is understood.

    The words are kept as ``wording`` when they say more than the days do. ``reading`` tells what
    the field asks for. Raises ``UnreadableDate`` with a Swedish sentence.
    """
    words = " ".join(text.split())
    if not words:
        raise UnreadableDate(text, "Ingen tid är skriven.")
    if len(words) > 200:
        raise UnreadableDate(text, "Tiden är för lång.")
    plain = words.lower().rstrip(".")
    try:
        found = _read(plain, reading)
        if found is None:
            found = _read_tail(plain, reading)
    except _NoSuchDay as fault:
        raise UnreadableDate(words, str(fault)) from None
    if found is None:
        raise UnreadableDate(words)
    first, last, precision = found
    said = _canonical(PartialDate(first, last, precision), _SV)
    only_figures = re.fullmatch(r"[\d\s–—-]+", plain) is not None
    keep = "" if said and (only_figures or said.lower() == plain) else words
    return PartialDate(first, last, precision, keep)


_Found = tuple[date | None, date | None, Precision]


class _NoSuchDay(ValueError):
    """The text has the form of a date, but there is no such day."""


def _day(year: int, month: int, day: int) -> date:
    _check_year(year)
    if not 1 <= month <= 12:
        raise _NoSuchDay(f"Det finns ingen månad {month}.")
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise _NoSuchDay(f"{MONTHS_SV[month - 1].capitalize()} {year} har ingen dag {day}.")
    return date(year, month, day)


def _check_year(year: int) -> int:
    if not MIN_YEAR <= year <= MAX_YEAR:
        raise _NoSuchDay(f"Året {year} ligger inte mellan {MIN_YEAR} och {MAX_YEAR}.")
    return year


def _month(year: int, month: int) -> _Found:
    first = _day(year, month, 1)
    return first, first.replace(day=calendar.monthrange(year, month)[1]), Precision.MONTH


def _months(year: int, first: int, last: int, precision: Precision) -> _Found:
    start, end = _day(year, first, 1), calendar.monthrange(_check_year(year), last)[1]
    return start, date(year, last, end), precision


def _winter(year: int, next_year: str) -> _Found:
    following = int(next_year) if len(next_year) == 4 else year // 100 * 100 + int(next_year)
    if following != year + 1 and not (year % 100 == 99 and following == year - 99):
        raise _NoSuchDay("En vinter går över två år som följer på varandra.")
    return _day(year, 11, 1), _day(year + 1, 3, 31), Precision.SEASON


_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], _Found]]


def _rule(pattern: str, make: Callable[[re.Match[str]], _Found]) -> _Rule:
    return re.compile(pattern), make


_SIMPLE: tuple[_Rule, ...] = (
    _rule(
        r"(\d{4})-(\d{1,2})-(\d{1,2})",
        lambda m: (d := _day(int(m[1]), int(m[2]), int(m[3])), d, Precision.DAY),
    ),
    _rule(
        rf"(?:den )?(\d{{1,2}}):?e? ({_MONTH})\.? (\d{{4}})",
        lambda m: (d := _day(int(m[3]), _MONTH_NUMBER[m[2]], int(m[1])), d, Precision.DAY),
    ),
    _rule(
        r"(\d{1,2})/(\d{1,2})[ -](\d{4})",
        lambda m: (d := _day(int(m[3]), int(m[2]), int(m[1])), d, Precision.DAY),
    ),
    _rule(r"(\d{4})-(\d{1,2})", lambda m: _month(int(m[1]), int(m[2]))),
    _rule(
        rf"(?:under |i )?({_MONTH})\.? (\d{{4}})", lambda m: _month(int(m[2]), _MONTH_NUMBER[m[1]])
    ),
    _rule(r"(?:år |under |under år )?(\d{4})", lambda m: _months(int(m[1]), 1, 12, Precision.YEAR)),
    _rule(
        r"(?:under )?(?:våren|vår) (\d{4})", lambda m: _months(int(m[1]), 1, 6, Precision.SEASON)
    ),
    _rule(
        r"(?:under )?(?:sommaren|sommar) (\d{4})",
        lambda m: _months(int(m[1]), 6, 8, Precision.SEASON),
    ),
    _rule(
        r"(?:under )?(?:hösten|höst) (\d{4})", lambda m: _months(int(m[1]), 7, 12, Precision.SEASON)
    ),
    _rule(
        r"(?:under )?(?:vintern|vinter) (\d{4})[/–-](\d{4}|\d{2})",
        lambda m: _winter(int(m[1]), m[2]),
    ),
    _rule(
        r"(?:under )?(?:vintern|vinter) (\d{4})",
        lambda m: _months(int(m[1]), 1, 12, Precision.SEASON),
    ),
    _rule(
        r"(?:under )?(?:vårterminen|vt) ?(\d{4})",
        lambda m: _months(int(m[1]), 1, 6, Precision.TERM),
    ),
    _rule(
        r"(?:under )?(?:höstterminen|ht) ?(\d{4})",
        lambda m: _months(int(m[1]), 7, 12, Precision.TERM),
    ),
    _rule(
        r"(?:i )?början (?:av|på) (?:år )?(\d{4})",
        lambda m: _months(int(m[1]), 1, 4, Precision.RANGE),
    ),
    _rule(
        r"(?:i )?mitten (?:av|på) (?:år )?(\d{4})",
        lambda m: _months(int(m[1]), 5, 8, Precision.RANGE),
    ),
    _rule(
        r"(?:i )?slutet (?:av|på) (?:år )?(\d{4})",
        lambda m: _months(int(m[1]), 9, 12, Precision.RANGE),
    ),
    _rule(
        r"första halvåret (\d{4})",
        lambda m: _months(int(m[1]), 1, 6, Precision.RANGE),
    ),
    _rule(
        r"andra halvåret (\d{4})",
        lambda m: _months(int(m[1]), 7, 12, Precision.RANGE),
    ),
)


def _read_simple(plain: str) -> _Found | None:
    for pattern, make in _SIMPLE:
        if found := pattern.fullmatch(plain):
            return make(found)
    return None


def _read(plain: str, reading: Reading) -> _Found | None:
    """A whole text: a simple time, an open one, or a range of two."""
    if simple := _read_simple(plain):
        return simple
    if plain in ("tills vidare", "tillsvidare"):
        return None, None, Precision.OPEN
    if opened := re.fullmatch(r"(?:från och med|fr\.?\s?o\.?\s?m\.?|från|sedan) (.+)", plain):
        return _from(opened[1], reading)
    if opened := re.fullmatch(r"(.+?)\s*[–—-]\s*", plain):
        return _from(opened[1], reading)
    if opened := re.fullmatch(
        r"(?:till och med|t\.?\s?o\.?\s?m\.?|till|senast) (.+)|[–—-]\s*(.+)", plain
    ):
        return _until(opened[1] or opened[2], reading)
    if opened := re.fullmatch(r"efter (.+)", plain):
        inner = _read_simple(opened[1])
        return inner and (_bound(inner[1]) + timedelta(days=1), None, Precision.OPEN)
    if opened := re.fullmatch(r"(?:före|innan) (.+)", plain):
        inner = _read_simple(opened[1])
        return inner and (None, _bound(inner[0]) - timedelta(days=1), Precision.OPEN)
    return _read_range(plain)


def _from(inner_text: str, reading: Reading) -> _Found | None:
    inner = _read_simple(inner_text)
    if inner is None:
        return _read_range(inner_text)
    if reading is Reading.START:
        return inner
    return inner[0], None, Precision.OPEN


def _until(inner_text: str, reading: Reading) -> _Found | None:
    inner = _read_simple(inner_text)
    if inner is None or reading is Reading.END:
        return inner
    return None, inner[1], Precision.OPEN


def _read_range(plain: str) -> _Found | None:
    """Two times with a dash or "till" between; the first may leave its year to the second."""
    for dash in re.finditer(_DASH, plain):
        left, right = plain[: dash.start()].strip(), plain[dash.end() :].strip()
        end = _read_simple(right)
        if end is None or not left:
            continue
        start = _read_simple(left) or _read_simple(f"{left} {right[-4:]}")
        if start is None and re.fullmatch(r"\d{1,2}", left) and end[2] is Precision.DAY:
            day = _bound(end[0])
            start = (d := _day(day.year, day.month, int(left)), d, Precision.DAY)
        if start is None:
            continue
        if _bound(start[0]) > _bound(end[1]):
            raise _NoSuchDay("Slutet ligger före början.")
        return start[0], end[1], Precision.RANGE
    return None


def _read_tail(plain: str, reading: Reading) -> _Found | None:
    """Words before the time are allowed ("uppdrag från oktober 2020"); the wording keeps them."""
    pieces = plain.split(" ")
    for position in range(1, len(pieces)):
        if found := _read(" ".join(pieces[position:]), reading):
            # A lone number at the end of other words is more likely a typing error than a year.
            return found if not _simple_after_unread_day(pieces, position) else None
    return None


def _simple_after_unread_day(pieces: list[str], position: int) -> bool:
    """Would reading from here throw away a piece with digits, such as the 31 of "31 foo 2020"?"""
    return any(any(sign.isdigit() for sign in piece) for piece in pieces[:position])


def _bound(day: date | None) -> date:
    assert day is not None  # simple times always have both ends
    return day


# --- telling -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    months: tuple[str, ...]
    spring: str
    summer: str
    autumn: str
    winter: str
    spring_term: str
    autumn_term: str
    since: str
    until: str
    no_limit: str
    start_of: str
    middle_of: str
    end_of: str


_SV = _Words(
    MONTHS_SV,
    "våren",
    "sommaren",
    "hösten",
    "vintern",
    "vårterminen",
    "höstterminen",
    "från",
    "till och med",
    "tills vidare",
    "början av",
    "mitten av",
    "slutet av",
)
_EN = _Words(
    MONTHS_EN,
    "spring",
    "summer",
    "autumn",
    "winter",
    "spring term",
    "autumn term",
    "from",
    "until",
    "until further notice",
    "early",
    "mid",
    "late",
)


def describe(when: PartialDate) -> str:
    """Swedish text for a partial date: the words of the source if kept, else the days in words."""
    return when.wording or _canonical(when, _SV)


def describe_en(when: PartialDate) -> str:
    """English text for a partial date, from the days; the Swedish words only if nothing else."""
    said = _canonical(when, _EN) or when.wording
    if when.precision is Precision.OPEN and when.wording.lower().startswith("efter "):
        ended = when.earliest and _canonical_span(
            _half_before(when.earliest), when.earliest - timedelta(days=1), _EN, when.wording
        )
        return f"after {ended}" if ended else said
    return said


def _half_before(day: date) -> date:
    """First day of the half year, month or year that ends just before ``day``."""
    eve = day - timedelta(days=1)
    return date(eve.year, 1 if eve.month <= 6 else 7, 1)


def _canonical_span(first: date, last: date, words: _Words, wording: str) -> str:
    lowered = wording.lower()
    if "termin" in lowered:
        return _canonical(PartialDate(first, last, Precision.TERM), words)
    if re.search(r"våren|hösten", lowered):
        return _canonical(PartialDate(first, last, Precision.SEASON), words)
    if re.search(r"efter \d{4}$", lowered):
        return str(last.year)
    if re.search(r"efter \d{4}-\d\d-\d\d$|efter \d{1,2} ", lowered):
        return _day_in(last, words)
    return f"{words.months[last.month - 1]} {last.year}"


def _day_in(day: date, words: _Words) -> str:
    return f"{day.day} {words.months[day.month - 1]} {day.year}"


def _edge(day: date, *, is_start: bool, words: _Words) -> str:
    """An open end, told as a year or a month when the day is the first or last of one."""
    if (day.month, day.day) == ((1, 1) if is_start else (12, 31)):
        return str(day.year)
    return _month_or_day(day, is_start=is_start, words=words)


def _month_or_day(day: date, *, is_start: bool, words: _Words) -> str:
    if day.day == (1 if is_start else calendar.monthrange(day.year, day.month)[1]):
        return f"{words.months[day.month - 1]} {day.year}"
    return _day_in(day, words)


def _canonical(when: PartialDate, words: _Words) -> str:
    """The days in words; empty when the days alone cannot tell."""
    first, last = when.earliest, when.latest
    match when.precision:
        case Precision.WORDING:
            return ""
        case Precision.OPEN:
            if first is not None:
                if first.day == 1:
                    return f"{words.since} {_edge(first, is_start=True, words=words)}"
                return f"{words.since} {_day_in(first, words)}"
            if last is not None:
                return f"{words.until} {_edge(last, is_start=False, words=words)}"
            return words.no_limit
    if first is None or last is None:  # cannot be: the constructor refuses it
        return ""
    span = (first.month, first.day, last.month, last.day)
    match when.precision:
        case Precision.DAY:
            return _day_in(first, words)
        case Precision.MONTH:
            return f"{words.months[first.month - 1]} {first.year}"
        case Precision.YEAR:
            return str(first.year)
        case Precision.SEASON if span == (11, 1, 3, 31):
            return f"{words.winter} {first.year}/{last.year}"
        case Precision.SEASON:
            season = {
                (1, 1, 6, 30): words.spring,
                (6, 1, 8, 31): words.summer,
                (7, 1, 12, 31): words.autumn,
                (1, 1, 12, 31): words.winter,
            }.get(span)
            return f"{season} {first.year}" if season else ""
        case Precision.TERM:
            term = {(1, 1, 6, 30): words.spring_term, (7, 1, 12, 31): words.autumn_term}.get(span)
            return f"{term} {first.year}" if term else ""
    if first.year == last.year:
        part = {
            (1, 1, 4, 30): words.start_of,
            (5, 1, 8, 31): words.middle_of,
            (9, 1, 12, 31): words.end_of,
        }.get(span)
        if part and when.wording:
            return f"{part} {first.year}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        start, end = str(first.year), str(last.year)
    else:
        start = _month_or_day(first, is_start=True, words=words)
        end = _month_or_day(last, is_start=False, words=words)
    if start == end:
        return start
    # Two plain years are tied by the dash alone; spelled-out times need air around it.
    return f"{start}–{end}" if start.isdigit() and end.isdigit() else f"{start} – {end}"
