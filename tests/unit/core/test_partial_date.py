"""Partly known dates: read as officials write them, told back, and asked what was in force when."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling.core.partial_date import (
    NO_LIMIT,
    PartialDate,
    Precision,
    Reading,
    Truth,
    UnreadableDate,
    describe,
    describe_en,
    in_force,
    in_year,
    on_day,
    parse_swedish,
)

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


def day(text: str) -> date:
    return date.fromisoformat(text)


READINGS = [
    ("2020", "2020-01-01", "2020-12-31", "YEAR", "2020"),
    ("2020-11", "2020-11-01", "2020-11-30", "MONTH", "november 2020"),
    ("2020-01-20", "2020-01-20", "2020-01-20", "DAY", "20 januari 2020"),
    ("mars 2020", "2020-03-01", "2020-03-31", "MONTH", "mars 2020"),
    ("Februari 2020", "2020-02-01", "2020-02-29", "MONTH", "februari 2020"),
    ("20 januari 2020", "2020-01-20", "2020-01-20", "DAY", "20 januari 2020"),
    ("13-14 maj 2020", "2020-05-13", "2020-05-14", "RANGE", "13-14 maj 2020"),
    ("våren 2021", "2021-01-01", "2021-06-30", "SEASON", "våren 2021"),
    ("sommaren 2020", "2020-06-01", "2020-08-31", "SEASON", "sommaren 2020"),
    ("hösten 2020", "2020-07-01", "2020-12-31", "SEASON", "hösten 2020"),
    ("vintern 2020/2021", "2020-11-01", "2021-03-31", "SEASON", "vintern 2020/2021"),
    ("vintern 2020/21", "2020-11-01", "2021-03-31", "SEASON", "vintern 2020/21"),
    ("vintern 2020", "2020-01-01", "2020-12-31", "SEASON", "vintern 2020"),
    ("vårterminen 2020", "2020-01-01", "2020-06-30", "TERM", "vårterminen 2020"),
    ("höstterminen 2020", "2020-07-01", "2020-12-31", "TERM", "höstterminen 2020"),
    ("från mars 2020", "2020-03-01", None, "OPEN", "från mars 2020"),
    ("från oktober 2018", "2018-10-01", None, "OPEN", "från oktober 2018"),
    ("uppdrag från oktober 2020", "2020-10-01", None, "OPEN", "uppdrag från oktober 2020"),
    ("efter vårterminen 2020", "2020-07-01", None, "OPEN", "efter vårterminen 2020"),
    ("efter 2021", "2022-01-01", None, "OPEN", "efter 2021"),
    ("före 2020", None, "2019-12-31", "OPEN", "före 2020"),
    ("senast mars 2020", None, "2020-03-31", "OPEN", "senast mars 2020"),
    ("2019-", "2019-01-01", None, "OPEN", "från 2019"),
    ("2020–2021", "2020-01-01", "2021-12-31", "RANGE", "2020–2021"),
    ("2020-2021", "2020-01-01", "2021-12-31", "RANGE", "2020–2021"),
    ("januari–november 2020", "2020-01-01", "2020-11-30", "RANGE", "januari–november 2020"),
    ("början av 2020", "2020-01-01", "2020-04-30", "RANGE", "början av 2020"),
    ("mitten av 2020", "2020-05-01", "2020-08-31", "RANGE", "mitten av 2020"),
    ("slutet av 2020", "2020-09-01", "2020-12-31", "RANGE", "slutet av 2020"),
    ("under 2021", "2021-01-01", "2021-12-31", "YEAR", "under 2021"),
    ("tills vidare", None, None, "OPEN", "tills vidare"),
]


@pytest.mark.parametrize(("text", "first", "last", "precision", "told"), READINGS)
def test_text_is_read_into_days_and_told_back(
    text: str, first: str | None, last: str | None, precision: str, told: str
) -> None:
    when = parse_swedish(text)
    assert when.earliest == (day(first) if first else None)
    assert when.latest == (day(last) if last else None)
    assert when.precision == precision
    assert describe(when) == told


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("20 januari 2020", "20 January 2020"),
        ("våren 2021", "spring 2021"),
        ("höstterminen 2020", "autumn term 2020"),
        ("från mars 2020", "from March 2020"),
        ("efter vårterminen 2020", "after spring term 2020"),
        ("efter våren 2020", "after spring 2020"),
        ("efter 2021", "after 2021"),
        ("efter mars 2020", "after March 2020"),
        ("efter 3 mars 2020", "after 3 March 2020"),
        ("början av 2020", "early 2020"),
        ("uppdrag från oktober 2020", "from October 2020"),
        ("13-14 maj 2020", "13 May 2020 – 14 May 2020"),
        ("tills vidare", "until further notice"),
    ],
)
def test_english_is_told_from_the_days(text: str, english: str) -> None:
    assert describe_en(parse_swedish(text)) == english


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "Ingen tid"),
        ("snart", "snart"),
        ("31 februari 2020", "Februari 2020 har ingen dag 31"),
        ("2020-13", "ingen månad 13"),
        ("31 foo 2020", "31 foo 2020"),
        ("2021–2020", "Slutet ligger före början"),
        ("9999", "9999"),
        ("x" * 300, "för lång"),
    ],
)
def test_unreadable_text_is_answered_with_what_may_be_written(text: str, part: str) -> None:
    with pytest.raises(UnreadableDate) as caught:
        parse_swedish(text)
    assert part in str(caught.value)
    assert "Skriv till exempel 2020, mars 2020" in str(caught.value)


def test_the_field_decides_what_from_means() -> None:
    start = parse_swedish("från mars 2020", reading=Reading.START)
    assert (start.earliest, start.latest) == (day("2020-03-01"), day("2020-03-31"))
    end = parse_swedish("till mars 2020", reading=Reading.END)
    assert (end.earliest, end.latest) == (day("2020-03-01"), day("2020-03-31"))


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_but_never_breaks(text: str) -> None:
    try:
        when = parse_swedish(text)
    except UnreadableDate:
        return
    assert describe(when)


@given(st.dates(day("1900-01-01"), day("2199-12-31")))
def test_a_day_told_is_read_back_as_the_same_day(when: date) -> None:
    assert parse_swedish(describe(on_day(when))) == on_day(when)
    assert parse_swedish(when.isoformat()) == on_day(when)


@pytest.mark.parametrize(
    ("first", "last", "precision", "wording"),
    [
        ("2020-02-01", "2020-01-01", "RANGE", ""),
        ("2020-01-01", "2020-01-02", "DAY", ""),
        ("2020-01-01", "2020-01-02", "OPEN", ""),
        ("2020-01-01", None, "MONTH", ""),
        (None, None, "WORDING", " "),
        ("2020-01-01", None, "WORDING", "någon gång"),
    ],
)
def test_parts_that_contradict_each_other_are_refused(
    first: str | None, last: str | None, precision: str, wording: str
) -> None:
    with pytest.raises(ValueError):
        PartialDate(
            day(first) if first else None,
            day(last) if last else None,
            Precision(precision),
            wording,
        )


WORDS = PartialDate(None, None, Precision.WORDING, "när vägen är klar")
MARCH = parse_swedish("mars 2020")
TABLE = [
    # start, end, day, answer
    (MARCH, None, "2020-02-29", NO),
    (MARCH, None, "2020-03-15", UNKNOWN),
    (MARCH, None, "2020-04-01", UNKNOWN),
    (MARCH, NO_LIMIT, "2020-03-15", UNKNOWN),
    (MARCH, NO_LIMIT, "2020-03-31", YES),
    (MARCH, in_year(2021), "2020-04-01", YES),
    (MARCH, in_year(2021), "2021-01-01", YES),
    (MARCH, in_year(2021), "2021-01-02", UNKNOWN),
    (MARCH, in_year(2021), "2021-12-31", UNKNOWN),
    (MARCH, in_year(2021), "2022-01-01", NO),
    (None, on_day(day("2020-06-30")), "2020-06-30", UNKNOWN),
    (None, on_day(day("2020-06-30")), "2020-07-01", NO),
    (NO_LIMIT, on_day(day("2020-06-30")), "2020-06-30", YES),
    (None, None, "2020-06-30", UNKNOWN),
    (WORDS, NO_LIMIT, "2020-06-30", UNKNOWN),
    (NO_LIMIT, NO_LIMIT, "2020-06-30", YES),
    (MARCH, parse_swedish("efter vårterminen 2020"), "2020-06-30", YES),
    (MARCH, parse_swedish("efter vårterminen 2020"), "2020-11-30", UNKNOWN),
    (parse_swedish("före 2020"), NO_LIMIT, "2020-01-01", YES),
]


@pytest.mark.parametrize(("start", "end", "on", "answer"), TABLE)
def test_in_force_answers_yes_no_or_unknown(
    start: PartialDate | None, end: PartialDate | None, on: str, answer: Truth
) -> None:
    assert in_force(start, end, day(on)) is answer


DAYS = st.dates(day("2015-01-01"), day("2025-12-31"))


@st.composite
def moments(draw: st.DrawFn) -> PartialDate:
    first = draw(DAYS)
    last = first + timedelta(draw(st.integers(0, 400)))
    return PartialDate(first, last, Precision.DAY if first == last else Precision.RANGE)


@given(moments(), moments(), DAYS, st.integers(0, 400), st.integers(0, 400))
def test_in_force_never_contradicts_a_possible_truth(
    start: PartialDate, end: PartialDate, on: date, later: int, sooner: int
) -> None:
    assert start.earliest and start.latest and end.earliest and end.latest
    began = min(start.earliest + timedelta(later), start.latest)
    ended = max(end.latest - timedelta(sooner), end.earliest)
    truth = YES if began <= on <= ended else NO
    assert in_force(start, end, on) in (truth, UNKNOWN)


@given(DAYS, DAYS, DAYS)
def test_in_force_is_never_unknown_when_both_days_are_known(a: date, b: date, on: date) -> None:
    first, last = sorted((a, b))
    assert in_force(on_day(first), on_day(last), on) is (YES if first <= on <= last else NO)


def test_sorting_goes_by_the_earliest_day_and_puts_words_last() -> None:
    whens = [WORDS, in_year(2021), parse_swedish("från mars 2020"), MARCH, in_year(2020)]
    told = [describe(one) for one in sorted(whens, key=lambda one: one.sort_key)]
    assert told == ["2020", "mars 2020", "från mars 2020", "2021", "när vägen är klar"]


def test_a_time_is_over_only_when_its_last_day_has_passed() -> None:
    assert MARCH.is_over(day("2020-04-01")) is YES
    assert MARCH.is_over(day("2020-03-31")) is UNKNOWN
    assert MARCH.is_over(day("2020-03-01")) is NO
    assert WORDS.is_over(day("2020-03-01")) is UNKNOWN
    assert NO_LIMIT.is_over(day("2020-03-01")) is NO


def test_a_period_covers_its_days_but_a_month_only_may() -> None:
    assert parse_swedish("2020–2021").in_force(day("2021-05-05")) is YES
    assert MARCH.in_force(day("2020-03-05")) is UNKNOWN
    assert MARCH.in_force(day("2020-04-05")) is NO
    assert WORDS.in_force(day("2020-04-05")) is UNKNOWN
    assert parse_swedish("från mars 2020").in_force(day("2020-04-05")) is YES


def test_a_time_is_surely_before_another_when_no_day_of_it_may_be_later() -> None:
    march = parse_swedish("mars 2020")
    assert parse_swedish("februari 2020").is_surely_before(march)
    assert not parse_swedish("2020").is_surely_before(march)
    assert not march.is_surely_before(march)
    assert not parse_swedish("från mars 2019").is_surely_before(march)
    assert not march.is_surely_before(parse_swedish("till och med 2021"))


def test_a_time_touches_the_year_it_may_reach_into() -> None:
    year = (day("2020-01-01"), day("2020-12-31"))
    assert parse_swedish("vintern 2020/2021").touches(*year)
    assert parse_swedish("från mars 2019").touches(*year)
    assert not parse_swedish("före 2020").touches(*year)
    assert not parse_swedish("2021").touches(*year)
