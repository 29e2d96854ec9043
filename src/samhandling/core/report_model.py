"""A report as data: a tree of frozen blocks that renderers turn into files.

Renderers see nothing else, so whatever a report says must stand here. Every block knows where it
comes from: ``Written`` by a person or ``Drawn`` from records, with the uids of the rows behind it.
How a report is stored is told in ``report_storage``, how it is searched and read in
``report_reading``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from xml.etree import ElementTree  # nosec B405 - check_svg refuses declarations first

LINK_SCHEMES: Final = ("http://", "https://", "mailto:")


class ReportModelError(ValueError):
    """A report, or its stored form, is not well formed."""


# --- where a block comes from --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Written:
    """A person's text. ``record_uids`` is kept when a drawn block was taken over as text."""

    author_key: str
    author_name: str
    record_uids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """Drawn from records. ``what`` says in a few words what was drawn, for the writer's view."""

    record_uids: tuple[str, ...] = ()
    what: str = ""


Origin = Written | Drawn


# --- inlines -------------------------------------------------------------------------------------


class Shape(StrEnum):
    """The mark of a cooperation level: three shapes of equal weight, none worth more."""

    CIRCLE = "CIRCLE"
    DIAMOND = "DIAMOND"
    SQUARE = "SQUARE"


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Emph:
    """Emphasis (italic)."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    """Strong emphasis (bold)."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link out of the report; only http, https and mailto."""

    inlines: tuple[Inline, ...]
    url: str

    def __post_init__(self) -> None:
        if not is_safe_url(self.url):
            raise ReportModelError("a link must start with http://, https:// or mailto:")


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A record named in running text; a link for those who may see it."""

    uid: str
    label: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class FigureRef:
    """A drawn number (or other figure) with the rows behind it.

    ``kind`` names the kind of rows ("INITIATIVE"), which ``record_uids`` or ``filters`` (pairs of
    query parameter and value) pick out. The callback of the HTML renderer makes an address of it.
    """

    text: str
    kind: str
    record_uids: tuple[str, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note; ``key`` is its own name in the report, ``source_key`` that of the source ("F-4")."""

    key: str
    inlines: tuple[Inline, ...]
    source_key: str = ""


@dataclass(frozen=True, slots=True)
class FootnoteRef:
    """The place where a footnote is called."""

    footnote: Footnote


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody has said: shown as a muted "Okänt"."""


@dataclass(frozen=True, slots=True)
class InferredMark:
    """Marks what stands before it as inferred; ``ground`` says from what."""

    ground: str


@dataclass(frozen=True, slots=True)
class LevelMark:
    """A cooperation level as a shape: filled when stated, hollow when inferred."""

    label: str
    shape: Shape
    is_stated: bool = True
    shows_label: bool = False


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A new line in the same paragraph or cell."""


Inline = (
    Text
    | Emph
    | Strong
    | Link
    | RecordRef
    | FigureRef
    | FootnoteRef
    | Unknown
    | InferredMark
    | LevelMark
    | LineBreak
)


# --- blocks --------------------------------------------------------------------------------------

_NOT_SAID: Final = Drawn()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, level 1 (chapter) to 6; ``number`` is shown before the text, as in "2.1"."""

    level: int
    text: str
    anchor: str
    number: str = ""
    origin: Origin = _NOT_SAID

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 6:
            raise ReportModelError("a heading has level 1 to 6")
        if not self.text.strip():
            raise ReportModelError("a heading needs a text")
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", self.anchor):
            raise ReportModelError(f"not an anchor: {self.anchor!r}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``is_lead`` sets it larger, for the first lines of a chapter."""

    inlines: tuple[Inline, ...]
    origin: Origin = _NOT_SAID
    is_lead: bool = False


@dataclass(frozen=True, slots=True)
class ListItem:
    """A point of a list, with points under it."""

    inlines: tuple[Inline, ...]
    children: tuple[ListItem, ...] = ()


@dataclass(frozen=True, slots=True)
class BulletList:
    """Points without order."""

    items: tuple[ListItem, ...]
    origin: Origin = _NOT_SAID


@dataclass(frozen=True, slots=True)
class NumberedList:
    """Points with numbers, from ``start``."""

    items: tuple[ListItem, ...]
    start: int = 1
    origin: Origin = _NOT_SAID


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading. ``width`` is its share of the table's width against the others'."""

    title: str
    is_numeric: bool = False
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row; ``indent`` sets a step under its initiative, ``is_total`` a sum at the foot."""

    cells: tuple[Cell, ...]
    record_uids: tuple[str, ...] = ()
    indent: int = 0
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header that is repeated on each page; the first column heads its row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    origin: Origin = _NOT_SAID

    def __post_init__(self) -> None:
        if not self.columns:
            raise ReportModelError("a table needs columns")
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ReportModelError(f"a row of {self.caption!r} has the wrong number of cells")


class ChartKind(StrEnum):
    """What the chart renderer can draw."""

    BARS = "BARS"  # one series
    STACKED = "STACKED"  # parts of a whole, one bar a category
    MATRIX = "MATRIX"  # categories x columns, a cell holds level marks or a short text


@dataclass(frozen=True, slots=True)
class Series:
    """Values for each category, in order; ``None`` is not known (not zero)."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """Cells of a matrix for one category, one a column; an empty cell is known to hold nothing."""

    cells: tuple[tuple[LevelMark | Text | Unknown, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as data: the renderer draws it. ``unit`` is what is counted ("insatser")."""

    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...] = ()
    columns: tuple[str, ...] = ()
    matrix: tuple[MatrixRow, ...] = ()
    unit: str = ""

    def __post_init__(self) -> None:
        if self.kind is ChartKind.MATRIX:
            if len(self.matrix) != len(self.categories) or any(
                len(row.cells) != len(self.columns) for row in self.matrix
            ):
                raise ReportModelError("a matrix needs a cell for each category and column")
        elif not self.series or any(len(one.values) != len(self.categories) for one in self.series):
            raise ReportModelError("a chart needs a value for each category in each series")
        elif any(value is not None and value < 0 for one in self.series for value in one.values):
            raise ReportModelError("a bar chart draws no negative values")


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, or a drawing as SVG, with the words for those who do not see it.

    ``caption`` tells the finding; ``alt`` describes the picture; ``table`` holds the numbers.
    Exactly one of ``chart`` and ``svg`` is given.
    """

    caption: str
    alt: str
    chart: Chart | None = None
    svg: str = ""
    table: Table | None = None
    origin: Origin = _NOT_SAID

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ReportModelError(f"figure {self.caption!r} has no alternative text")
        if (self.chart is None) == (not self.svg):
            raise ReportModelError("a figure is either a chart or a drawing")
        if self.svg:
            check_svg(self.svg)


class CalloutKind(StrEnum):
    """Why a callout stands out."""

    NOTE = "NOTE"
    GAP = "GAP"  # something is missing or unknown
    RECOMMENDATION = "RECOMMENDATION"


@dataclass(frozen=True, slots=True)
class Callout:
    """Blocks set apart from the running text."""

    kind: CalloutKind
    title: str
    blocks: tuple[Block, ...]
    origin: Origin = _NOT_SAID


@dataclass(frozen=True, slots=True)
class Fact:
    """A term with what is known of it."""

    term: str
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms with their facts, such as *Ansvarigt nätverk*."""

    facts: tuple[Fact, ...]
    origin: Origin = _NOT_SAID


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page, where there are pages."""

    origin: Origin = _NOT_SAID


Block = (
    Heading | Paragraph | BulletList | NumberedList | Table | Figure | Callout | Facts | PageBreak
)


@dataclass(frozen=True, slots=True)
class Meta:
    """What stands on the cover and in the file's properties.

    ``cover`` holds pairs of term and text for the cover, in order. ``made_at`` is a time in ISO
    8601 with zone; it is the only clock a rendered file shows, so the same report gives the same
    bytes. ``as_of`` is the day, in ISO 8601, as of which the records are told. ``status`` is a word
    such as "Utkast"; empty on a received report.
    """

    publisher: str = ""
    running_title: str = ""
    status: str = ""
    made_at: str = ""
    data_version: str = ""
    cover: tuple[tuple[str, str], ...] = ()
    keywords: tuple[str, ...] = ()
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``language`` is "sv" or "en"."""

    title: str
    subtitle: str
    language: str
    meta: Meta
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ReportModelError("a report needs a title")
        if self.language not in ("sv", "en"):
            raise ReportModelError(f"no words for the language {self.language!r}")


def is_safe_url(url: str) -> bool:
    """Does the address use one of the schemes a report may link to?"""
    lowered = url.lower()
    return lowered.startswith(LINK_SCHEMES) and not re.search(r"[\s\x00-\x1f<>\"]", url)


_SVG: Final = "{http://www.w3.org/2000/svg}"
_SVG_SHAPES: Final = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
_SVG_WORDS: Final = ("text", "tspan", "title", "desc")
_SVG_ELEMENTS: Final = frozenset(
    ("svg", "g", "defs", "pattern", "clipPath", *_SVG_SHAPES, *_SVG_WORDS)
)


def check_svg(svg: str) -> None:
    """Let a drawing through that only draws: no script, style, link or outside resource.

    Raises ``ReportModelError``.
    """
    if "<!" in svg or "<?" in svg:
        raise ReportModelError("a drawing has no declarations, comments or instructions")
    try:
        root = ElementTree.fromstring(svg)  # nosec B314 - no declarations, see above
    except ElementTree.ParseError as fault:
        raise ReportModelError(f"not a drawing: {fault}") from fault
    for element in root.iter():
        name = str(element.tag)
        if not name.startswith(_SVG) or name.removeprefix(_SVG) not in _SVG_ELEMENTS:
            raise ReportModelError(f"a drawing cannot hold <{name}>")
        for attribute, value in element.attrib.items():
            plain = attribute.lower()
            if plain.startswith("on") or plain == "style" or plain.endswith("href"):
                raise ReportModelError(f"a drawing cannot have {attribute}")
            if "url(" in value.lower() and not re.fullmatch(r"url\(#[\w-]+\)", value):
                raise ReportModelError("a drawing cannot point outside itself")
