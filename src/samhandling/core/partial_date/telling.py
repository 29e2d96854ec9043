"""A partial date is told in words, in Swedish and in English."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from samhandling.core.partial_date.value import PartialDate, Precision

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


@dataclass(frozen=True, slots=True)
class Words:
    """What one language calls the months, the seasons and the ends of a time."""

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


SWEDISH = Words(
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
ENGLISH = Words(
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
    return when.wording or days_in_words(when, SWEDISH)


def describe_en(when: PartialDate) -> str:
    """English text for a partial date, from the days; the Swedish words only if nothing else."""
    said = days_in_words(when, ENGLISH) or when.wording
    if when.precision is Precision.OPEN and when.wording.lower().startswith("efter "):
        ended = when.earliest and _span_in_words(
            _half_before(when.earliest), when.earliest - timedelta(days=1), ENGLISH, when.wording
        )
        return f"after {ended}" if ended else said
    return said


def _half_before(day: date) -> date:
    """First day of the half year, month or year that ends just before ``day``."""
    eve = day - timedelta(days=1)
    return date(eve.year, 1 if eve.month <= 6 else 7, 1)


def _span_in_words(first: date, last: date, words: Words, wording: str) -> str:
    lowered = wording.lower()
    if "termin" in lowered:
        return days_in_words(PartialDate(first, last, Precision.TERM), words)
    if re.search(r"våren|hösten", lowered):
        return days_in_words(PartialDate(first, last, Precision.SEASON), words)
    if re.search(r"efter \d{4}$", lowered):
        return str(last.year)
    if re.search(r"efter \d{4}-\d\d-\d\d$|efter \d{1,2} ", lowered):
        return _day_in(last, words)
    return f"{words.months[last.month - 1]} {last.year}"


def _day_in(day: date, words: Words) -> str:
    return f"{day.day} {words.months[day.month - 1]} {day.year}"


def _edge(day: date, *, is_start: bool, words: Words) -> str:
    """An open end, told as a year or a month when the day is the first or last of one."""
    if (day.month, day.day) == ((1, 1) if is_start else (12, 31)):
        return str(day.year)
    return _month_or_day(day, is_start=is_start, words=words)


def _month_or_day(day: date, *, is_start: bool, words: Words) -> str:
    if day.day == (1 if is_start else calendar.monthrange(day.year, day.month)[1]):
        return f"{words.months[day.month - 1]} {day.year}"
    return _day_in(day, words)


def days_in_words(when: PartialDate, words: Words) -> str:
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
