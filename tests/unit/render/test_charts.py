"""Charts: drawn to scale, named for those who do not see them, honest about what is not known."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from samhandling.core.report_model import (
    Chart,
    ChartKind,
    LevelMark,
    MatrixRow,
    Series,
    Shape,
    Text,
    Unknown,
    check_svg,
)
from samhandling.render.charts import WIDTH, chart_svg, mark_svg
from tests.unit.render.example_report import HOURS_CHART, LEVEL_CHART, STATUS_CHART

SVG = "{http://www.w3.org/2000/svg}"


def draw(chart: Chart, **options: str) -> ElementTree.Element:
    svg = chart_svg(chart, title="Fler timmar <i år>", description="Två staplar.", **options)
    check_svg(svg)
    return ElementTree.fromstring(svg)


def words(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("chart", [STATUS_CHART, HOURS_CHART, LEVEL_CHART])
def test_a_chart_has_title_description_and_role(chart: Chart) -> None:
    root = draw(chart, key="figur-3")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "figur-3-t figur-3-d"
    assert root.findtext(f"{SVG}title") == "Fler timmar <i år>"
    assert root.findtext(f"{SVG}desc") == "Två staplar."


def test_bars_are_as_long_as_their_values() -> None:
    root = draw(HOURS_CHART)
    bars = [float(one.get("width", "0")) for one in root.findall(f"{SVG}rect")]
    assert len(bars) == 2  # the unknown one is not drawn
    assert bars[0] / bars[1] == pytest.approx(80 / 100, abs=0.001)


def test_an_unknown_value_is_said_and_not_drawn_as_zero() -> None:
    assert words(draw(HOURS_CHART)) == ["Före", "80", "Efter", "100", "Nästa år", "Okänt"]
    assert words(draw(HOURS_CHART, language="en"))[-1] == "Unknown"


def test_a_sum_with_an_unknown_part_says_at_least() -> None:
    assert "minst 5" in words(draw(STATUS_CHART))
    assert "at least 5" in words(draw(STATUS_CHART, language="en"))


def test_a_known_zero_is_zero() -> None:
    chart = Chart(ChartKind.BARS, ("a", "b"), (Series("n", (0, 0)),))
    assert words(draw(chart)) == ["a", "0", "b", "0"]


def test_parts_differ_in_more_than_hue() -> None:
    chart = replace(STATUS_CHART, series=tuple(Series(f"s{n}", (1, 1, 1, 1)) for n in range(6)))
    fills = [one.get("fill", "") for one in draw(chart).findall(f"{SVG}rect")][:6]
    assert len(set(fills)) == 6
    greys = [_lightness(one) for one in fills if one.startswith("#")]
    assert all(abs(a - b) > 0.12 for n, a in enumerate(greys) for b in greys[:n])
    assert sum(one.startswith("url(#") for one in fills) == 2


def _lightness(colour: str) -> float:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_marks_of_three_levels_weigh_the_same() -> None:
    areas = {}
    for shape in Shape:
        mark = mark_svg(LevelMark("x", shape))
        numbers = [float(one) for one in re.findall(r'(?: r| width)="([\d.]+)"', mark)]
        match shape:
            case Shape.CIRCLE:
                areas[shape] = 3.14159 * numbers[-1] ** 2 if numbers[-1] < 12 else 0
                areas[shape] = 3.14159 * float(re.findall(r' r="([\d.]+)"', mark)[0]) ** 2
            case Shape.SQUARE:
                areas[shape] = float(re.findall(r'<rect[^>]* width="([\d.]+)"', mark)[0]) ** 2
            case Shape.DIAMOND:
                top, right = re.findall(r"M6 ([\d.]+)L([\d.]+) 6", mark)[0]
                areas[shape] = 2 * (6 - float(top)) * (float(right) - 6)
    assert max(areas.values()) / min(areas.values()) < 1.05


def test_a_stated_level_is_filled_and_an_inferred_one_hollow() -> None:
    assert 'fill="#1c1f1e"' in mark_svg(LevelMark("x", Shape.SQUARE, True))
    assert 'fill="none"' in mark_svg(LevelMark("x", Shape.SQUARE, False))
    assert 'aria-label="a &amp; b"' in mark_svg(LevelMark("a & b", Shape.SQUARE))


def test_a_matrix_shows_marks_words_and_the_unknown_and_explains_hollow_ones() -> None:
    said = words(draw(LEVEL_CHART))
    assert "Okänt" in said
    assert "2" in said
    assert "Fylld form: källan säger det. Ihålig form: härlett." in said
    stated = Chart(
        ChartKind.MATRIX,
        ("a",),
        columns=("b", "c"),
        matrix=(MatrixRow(((LevelMark("x", Shape.CIRCLE),), (Text("1"), Unknown()))),),
    )
    assert not any("Ihålig" in one for one in words(draw(stated)))


def test_long_words_stay_within_the_drawing() -> None:
    long = "Samverkansöverenskommelseuppföljningsgruppssammankallande " * 3
    root = draw(
        Chart(
            ChartKind.BARS,
            (long, "Flykting\u00adhandläggar\u00adnätverket"),
            (Series("n", (3, 2)),),
        )
    )
    assert all(0 <= float(one.get("x", "0")) <= WIDTH for one in root.iter(f"{SVG}text"))
    assert any(one.endswith("…") for one in words(root))
    assert "Flyktinghandläggarnätverket" in words(root)


def test_a_soft_hyphen_says_where_a_name_may_be_broken() -> None:
    chart = Chart(
        ChartKind.MATRIX,
        ("a",),
        columns=("Flykting\u00adhandläggar\u00adnätverket", *"bcdefg"),
        matrix=(MatrixRow(((),) * 7),),
    )
    assert words(draw(chart))[:3] == ["Flykting-", "handläggar-", "nätverket"]
