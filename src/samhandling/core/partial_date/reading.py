"""A time as a Swedish official writes it becomes a partial date.

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
from datetime import date, timedelta
from enum import StrEnum

from samhandling.core.partial_date.telling import MONTHS_EN, MONTHS_SV, SWEDISH, days_in_words
from samhandling.core.partial_date.value import PartialDate, Precision

MIN_YEAR, MAX_YEAR = 1900, 2199


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
    said = days_in_words(PartialDate(first, last, precision), SWEDISH)
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
