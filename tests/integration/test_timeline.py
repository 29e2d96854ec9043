"""Where things stand on a timeline."""

import itertools
from datetime import date

from samhandling.core.partial_date import PartialDate, Precision, in_year, on_day
from samhandling.web.timeline import EDGE, GAP, SIGN, WIDTH, Event, lay_out

TODAY = date(2020, 11, 30)
START, END = date(2019, 1, 1), date(2021, 12, 31)


def event(year: int, month: int, day: int, text: str) -> Event:
    return Event(on_day(date(year, month, day)), text)


def test_the_first_and_the_last_day_stand_at_the_edges_and_today_between() -> None:
    timeline = lay_out([], runs_from=START, runs_until=END, today=TODAY)
    assert timeline is not None
    assert timeline.run_from == EDGE
    # 699 of 1 095 days, over 988 units
    assert timeline.run_until == timeline.now_x == EDGE + round(988 * 699 / 1095)


def test_a_period_to_come_has_no_thick_line_and_one_that_is_over_ends_at_its_end() -> None:
    later = lay_out([], runs_from=date(2022, 1, 1), runs_until=date(2024, 1, 1), today=TODAY)
    assert later is not None
    assert later.run_from is None
    over = lay_out([], runs_from=date(2010, 1, 1), runs_until=date(2012, 1, 1), today=TODAY)
    assert over is not None
    assert over.run_until is not None
    assert over.run_until < over.now_x == WIDTH - EDGE


def test_nothing_but_today_is_no_timeline() -> None:
    assert lay_out([], runs_from=None, runs_until=None, today=TODAY) is None


def test_an_event_of_words_only_is_left_out_and_an_unsure_one_stands_at_its_first_day() -> None:
    words = Event(PartialDate(None, None, Precision.WORDING, "någon gång"), "Oklart")
    timeline = lay_out(
        [words, Event(in_year(2021), "Planerat")], runs_from=START, runs_until=END, today=TODAY
    )
    assert timeline is not None
    assert [mark.event.text for mark in timeline.marks] == ["I dag", "Planerat"]
    assert timeline.marks[1].x == EDGE + round(988 * 731 / 1095)


def test_texts_never_touch_and_no_tick_crosses_a_text() -> None:
    crowd = [event(2020, month, 1, f"En ganska lång text nummer {month}") for month in range(1, 13)]
    timeline = lay_out(crowd, runs_from=START, runs_until=END, today=TODAY)
    assert timeline is not None
    rows: dict[int, list[tuple[float, float]]] = {}
    spans_of = []
    for mark in timeline.marks:
        width = (len(mark.event.text) + len(str(mark.event.when)) + 2) * SIGN
        begins = mark.x if mark.anchor == "start" else mark.x - width
        rows.setdefault(mark.y, []).append((begins, begins + width))
        spans_of.append((mark, begins, begins + width))
        assert begins >= 0
        assert begins + width <= WIDTH
        assert 0 < mark.y < timeline.height
    assert len(rows) > 2
    for spans in rows.values():
        spans.sort()
        for (_begin, end), (begin, _end) in itertools.pairwise(spans):
            assert begin >= end + GAP
    for mark, begins, ends in spans_of:
        for other in timeline.marks:
            low, high = sorted((other.tick_from, timeline.line_y))
            if other is not mark and low < mark.y - 5 < high:
                assert not begins < other.x < ends
