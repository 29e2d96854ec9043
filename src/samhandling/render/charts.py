"""Charts as SVG: no script, no style attribute, readable in grey and by a screen reader.

Colours are presentation attributes, so a page may set its own by class (``chart-part-1`` …). Parts
of a stack differ in lightness and pattern, never in hue alone. A value nobody knows says "Okänt";
it is not drawn as zero. Measures are in CSS pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from samhandling.core.report_model import (
    Chart,
    ChartKind,
    LevelMark,
    Shape,
    Text,
    Unknown,
)
from samhandling.render.words import WORDS, clean, number_text

INK: Final = "#1c1f1e"
SOFT: Final = "#575a54"
HAIR: Final = "#d9d3c4"
PARTS: Final = ("#08424c", "#668f95", "#c9d6d4", "#ffffff", "hatch", "dots")
FONT: Final = "Source Sans Pro, Source Sans 3, sans-serif"

WIDTH: Final = 640.0
SIZE: Final = 13.0
LINE: Final = 16.0
BAR: Final = 15.0
LABEL_MAX: Final = 240.0
_CHAR: Final = 0.6
"""Width set aside for a sign, in em: enough also where a wider face stands in for ours."""
_SOFT_HYPHEN: Final = "\N{SOFT HYPHEN}"


def chart_svg(
    chart: Chart, *, title: str, description: str, language: str = "sv", key: str = "chart"
) -> str:
    """The chart as one ``<svg>`` element. ``key`` makes its ids unique on the page."""
    draw = {
        ChartKind.BARS: _bars,
        ChartKind.STACKED: _bars,
        ChartKind.MATRIX: _matrix,
    }[chart.kind]
    body, height = draw(chart, language, key)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(WIDTH)} {_n(height)}" '
        f'width="{_n(WIDTH)}" height="{_n(height)}" role="img" class="chart" '
        f'aria-labelledby="{_t(key)}-t {_t(key)}-d" font-family="{FONT}" font-size="{_n(SIZE)}" '
        f'fill="{INK}">'
        f'<title id="{_t(key)}-t">{_t(title)}</title>'
        f'<desc id="{_t(key)}-d">{_t(description)}</desc>'
        f"{body}</svg>"
    )


def mark_svg(mark: LevelMark, *, colour: str = INK) -> str:
    """A level mark as a small SVG of its own, 12 by 12, named by its label."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 12" width="12" height="12" '
        f'role="img" class="level-mark" aria-label="{_t(mark.label)}">'
        f"{shape_svg(mark.shape, 6, 6, is_filled=mark.is_stated, colour=colour)}</svg>"
    )


def _t(text: str) -> str:
    return escape(clean(text))


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _text_width(text: str, size: float = SIZE) -> float:
    return len(text) * size * _CHAR


def _wrap(text: str, width: float, size: float = SIZE) -> list[str]:
    """The text in lines of at most ``width``, three at most; the rest becomes an ellipsis."""
    room = max(4, int(width / (size * _CHAR)))
    lines: list[str] = []
    for word in text.split():
        for place, piece in enumerate(_pieces(word, room)):
            is_new_word = place == 0
            joint = " " if is_new_word else ""
            if lines and len((lines[-1] + joint + piece).removesuffix("-")) <= room:
                lines[-1] = lines[-1].removesuffix("-" if not is_new_word else "") + joint + piece
            else:
                lines.append(piece)
    if len(lines) > 3:
        lines = [*lines[:2], lines[2][: room - 1].rstrip() + "…"]
    return lines or [""]


def _pieces(word: str, room: int) -> list[str]:
    """The word in pieces that fit, each but the last with its hyphen.

    A soft hyphen in the word says where it may be broken; a word without one is broken where the
    room ends.
    """
    if len(word.replace(_SOFT_HYPHEN, "")) <= room:
        return [word.replace(_SOFT_HYPHEN, "")]
    pieces: list[str] = []
    for part in word.split(_SOFT_HYPHEN):
        rest = part
        while len(rest) > room:
            pieces.append(rest[: room - 1])
            rest = rest[room - 1 :]
        pieces.append(rest)
    return [*(f"{piece}-" for piece in pieces[:-1]), pieces[-1]]


def _lines(
    x: float, middle: float, lines: Sequence[str], *, anchor: str = "start", extra: str = ""
) -> str:
    """Lines of text whose block is centred on ``middle``."""
    top = middle - (len(lines) - 1) * LINE / 2 + SIZE * 0.34
    return "".join(
        f'<text x="{_n(x)}" y="{_n(top + place * LINE)}" text-anchor="{anchor}"{extra}>'
        f"{_t(line)}</text>"
        for place, line in enumerate(lines)
    )


def shape_svg(
    shape: Shape, x: float, y: float, *, is_filled: bool, colour: str = INK, scale: float = 1.0
) -> str:
    """One of the three marks around (x, y); their areas are alike, so none weighs more."""
    fill = colour if is_filled else "none"
    pen = (
        f'fill="{fill}" stroke="{colour}" stroke-width="{_n(1.5 * scale)}" stroke-linejoin="round"'
    )
    match shape:
        case Shape.CIRCLE:
            return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(4.2 * scale)}" {pen}/>'
        case Shape.DIAMOND:
            reach = 5.25 * scale
            return (
                f'<path d="M{_n(x)} {_n(y - reach)}L{_n(x + reach)} {_n(y)}'
                f'L{_n(x)} {_n(y + reach)}L{_n(x - reach)} {_n(y)}Z" {pen}/>'
            )
        case Shape.SQUARE:
            half = 3.72 * scale
            return (
                f'<rect x="{_n(x - half)}" y="{_n(y - half)}" width="{_n(2 * half)}" '
                f'height="{_n(2 * half)}" {pen}/>'
            )


def _patterns(key: str) -> str:
    return (
        f'<defs><pattern id="{_t(key)}-hatch" width="5" height="5" patternUnits="userSpaceOnUse">'
        f'<path d="M-1 6L6 -1M-1 1L1 -1M4 6L6 4" stroke="{PARTS[0]}" stroke-width="1" fill="none"/>'
        f'</pattern><pattern id="{_t(key)}-dots" width="5" height="5" '
        f'patternUnits="userSpaceOnUse"><circle cx="2.5" cy="2.5" r="1" fill="{PARTS[0]}"/>'
        "</pattern></defs>"
    )


def _part(key: str, place: int, x: float, y: float, width: float, height: float) -> str:
    paint = PARTS[place % len(PARTS)]
    fill = f"url(#{_t(key)}-{paint})" if paint in ("hatch", "dots") else paint
    return (
        f'<rect class="chart-part-{place % len(PARTS) + 1}" x="{_n(x)}" y="{_n(y)}" '
        f'width="{_n(width)}" height="{_n(height)}" fill="{fill}" stroke="{PARTS[0]}" '
        'stroke-width="0.75"/>'
    )


def _bars(chart: Chart, language: str, key: str) -> tuple[str, float]:
    """Horizontal bars; with several series they are stacked, with the sum at the end."""
    series = chart.series
    labels = [
        _wrap(one, min(LABEL_MAX, max(_text_width(one) for one in chart.categories) + 8))
        for one in chart.categories
    ]
    left = (
        min(LABEL_MAX, max((_text_width(line) for lines in labels for line in lines), default=0))
        + 14
    )
    right = 84.0
    sums = [
        sum(value for one in series if (value := one.values[place]) is not None)
        for place in range(len(chart.categories))
    ]
    scale = (WIDTH - left - right) / (max(sums, default=0) or 1)
    y = 4.0
    top = y
    out: list[str] = [_patterns(key)]
    for place, lines in enumerate(labels):
        height = max(24.0, len(lines) * LINE + 8)
        middle = y + height / 2
        out.append(_lines(left - 9, middle, lines, anchor="end"))
        x = left
        for part, one in enumerate(series):
            value = one.values[place]
            if value:
                out.append(_part(key, part, x, middle - BAR / 2, value * scale, BAR))
                x += value * scale
        unknown = sum(one.values[place] is None for one in series)
        out.append(_total(x + 7, middle, sums[place], unknown, len(series), language))
        y += height
    out.append(
        f'<path class="chart-axis" d="M{_n(left)} {_n(top)}V{_n(y)}" stroke="{INK}" '
        'stroke-width="1" fill="none"/>'
    )
    if len(series) > 1:
        legend, y = _legend([one.name for one in series], left, y + 20, key)
        out.append(legend)
    return "".join(out), y + 6


def _total(x: float, middle: float, total: float, unknown: int, series: int, language: str) -> str:
    words = WORDS[language]
    if unknown == series:
        return _lines(
            x,
            middle,
            [words.unknown],
            extra=f' font-style="italic" fill="{SOFT}" class="chart-unknown"',
        )
    said = number_text(total, language)
    if unknown:
        said = f"minst {said}" if language == "sv" else f"at least {said}"
    return _lines(x, middle, [said], extra=' class="chart-value"')


def _legend(names: Sequence[str], left: float, y: float, key: str) -> tuple[str, float]:
    out: list[str] = []
    x = left
    for place, name in enumerate(names):
        width = 18 + _text_width(name) + 18
        if x > left and x + width > WIDTH:
            x, y = left, y + 20
        out.append(_part(key, place, x, y - 6, 12, 12))
        out.append(_lines(x + 18, y, [name]))
        x += width
    return "".join(out), y + 10


def _matrix(chart: Chart, language: str, key: str) -> tuple[str, float]:
    """Categories by columns; marks of a cell stand side by side in the order given."""
    labels = [_wrap(one, LABEL_MAX) for one in chart.categories]
    left = max((_text_width(line) for lines in labels for line in lines), default=0) + 14
    step = (WIDTH - left) / max(1, len(chart.columns))
    heads = [_wrap(one, step - 10) for one in chart.columns]
    tall = max((len(lines) for lines in heads), default=1)
    y = tall * LINE + 10
    out: list[str] = []
    for place, lines in enumerate(heads):
        out.append(
            _lines(
                left + place * step + step / 2,
                (y - 8) / 2 + 2,
                lines,
                anchor="middle",
                extra=' font-weight="600"',
            )
        )
    out.append(_rule(0, y, INK))
    marks: dict[tuple[Shape, str], LevelMark] = {}
    has_inferred = False
    for place, lines in enumerate(labels):
        height = max(25.0, len(lines) * LINE + 9)
        middle = y + height / 2
        out.append(_lines(0, middle, lines))
        for number, cell in enumerate(chart.matrix[place].cells):
            centre = left + number * step + step / 2
            out.append(_cell(cell, centre, middle, language))
            for one in cell:
                if isinstance(one, LevelMark):
                    marks.setdefault((one.shape, one.label), one)
                    has_inferred = has_inferred or not one.is_stated
        y += height
        out.append(_rule(0, y, HAIR))
    if marks:
        x = 0.0
        y += 20
        for mark in marks.values():
            width = 16 + _text_width(mark.label) + 20
            if x and x + width > WIDTH:
                x, y = 0.0, y + 20
            out.append(shape_svg(mark.shape, x + 6, y, is_filled=True))
            out.append(_lines(x + 17, y, [mark.label]))
            x += width
        if has_inferred:
            words = WORDS[language].rule_of_marks
            if x + _text_width(words) > WIDTH:
                x, y = 0.0, y + 20
            out.append(_lines(x, y, [words], extra=f' fill="{SOFT}" class="chart-soft"'))
        y += 10
    return "".join(out), y + 4


def _rule(x: float, y: float, colour: str) -> str:
    kind = "chart-axis" if colour == INK else "chart-hair"
    return (
        f'<path class="{kind}" d="M{_n(x)} {_n(y)}H{_n(WIDTH)}" stroke="{colour}" '
        'stroke-width="0.75" fill="none"/>'
    )


def _cell(cell: Sequence[LevelMark | Text | Unknown], x: float, y: float, language: str) -> str:
    out: list[str] = []
    start = x - (len(cell) - 1) * 17 / 2
    for place, one in enumerate(cell):
        at = start + place * 17
        match one:
            case LevelMark():
                out.append(
                    f"<g><title>{_t(one.label)}</title>"
                    f"{shape_svg(one.shape, at, y, is_filled=one.is_stated)}</g>"
                )
            case Text():
                out.append(_lines(at, y, [one.text], anchor="middle"))
            case Unknown():
                out.append(
                    _lines(
                        at,
                        y,
                        [WORDS[language].unknown],
                        anchor="middle",
                        extra=f' font-style="italic" fill="{SOFT}" class="chart-soft"',
                    )
                )
    return "".join(out)
