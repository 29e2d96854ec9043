"""The house style of the Word and ODT files: one table of styles and one page.

A file handed to an official is gone on writing in, so everything is a named style: change the style
and the whole report follows. Calibri (or its free twin Carlito) is on every office machine; the
report's own face may not be. Sizes and distances are in points. `word_styles`
and `odt_styles` write the table in the dialect of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from samhandling.core.report_model import Report
from samhandling.render.words import clean, dates_told

FACE: Final = "Calibri"
INK: Final = "1C1F1E"
SOFT: Final = "575A54"
HAIR: Final = "D9D3C4"
ACCENT: Final = "0B5460"
AMBER: Final = "B57A00"
SHADE: Final = "F5F2EA"

# A4 with margins as in the PDF, in points (twentieths of which are Word's unit).
PAGE: Final = (595.3, 841.9)
LEFT, RIGHT, TOP, BOTTOM = 85.0, 74.0, 88.0, 80.0
TEXT_WIDTH: Final = PAGE[0] - LEFT - RIGHT
TERM_WIDTH: Final = 168.0


@dataclass(frozen=True, slots=True)
class Edge:
    """A line along one side of a paragraph: colour, width and distance to the text."""

    colour: str
    width: float
    space: float


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style; ``based_on`` names another, what is ``None`` is taken from it."""

    name: str
    based_on: str = "Body Text"
    size: float | None = None
    is_bold: bool | None = None
    is_italic: bool | None = None
    colour: str | None = None
    before: float | None = None
    after: float | None = None
    line: float | None = None
    left: float = 0
    hanging: float = 0
    top: Edge | None = None
    left_edge: Edge | None = None
    fill: str | None = None
    keeps_next: bool = False
    outline: int = 0
    right_tab: bool = False
    starts_page: bool = False
    following: str = ""
    odt_name: str = ""  # when ODT's own name differs


_RULE = Edge(INK, 0.75, 7)
_HAIRLINE = Edge(HAIR, 0.5, 3.5)

PARAGRAPHS: Final = (
    Style("Normal", "", 11, False, False, INK, 0, 0, 1.0, odt_name="Standard"),
    Style("Body Text", "Normal", before=0, after=8, line=1.22, odt_name="Text body"),
    Style("First Paragraph", odt_name="First paragraph"),
    Style("Compact", size=9.5, before=2, after=2, line=1.08),
    Style("List Item", after=5),
    Style("Lead", size=13, after=10, line=1.2),
    Style("Leads On", keeps_next=True),
    Style("Cover Publisher", size=11.5, is_bold=True, after=190),
    Style("Cover State", size=10.5, is_bold=True, colour=AMBER, after=6),
    Style("Title", "Normal", 34, True, None, None, 0, 8, 0.95, top=Edge(INK, 1, 10)),
    Style("Subtitle", "Normal", 16, False, None, SOFT, 0, 150, 1.1),
    Style(
        "heading 1",
        "Normal",
        19,
        True,
        None,
        INK,
        24,
        12,
        1.05,
        top=_RULE,
        keeps_next=True,
        outline=1,
        following="Body Text",
        odt_name="Heading 1",
    ),
    Style(
        "heading 2",
        "Normal",
        14,
        True,
        None,
        INK,
        22,
        7,
        1.1,
        keeps_next=True,
        outline=2,
        following="Body Text",
        odt_name="Heading 2",
    ),
    Style(
        "heading 3",
        "Normal",
        12,
        True,
        None,
        INK,
        16,
        5,
        1.1,
        keeps_next=True,
        outline=3,
        following="Body Text",
        odt_name="Heading 3",
    ),
    Style(
        "heading 4",
        "Normal",
        11,
        True,
        None,
        INK,
        12,
        4,
        1.1,
        keeps_next=True,
        outline=4,
        following="Body Text",
        odt_name="Heading 4",
    ),
    Style(
        "heading 5",
        "Normal",
        11,
        True,
        None,
        SOFT,
        12,
        4,
        1.1,
        keeps_next=True,
        outline=5,
        following="Body Text",
        odt_name="Heading 5",
    ),
    Style(
        "heading 6",
        "Normal",
        11,
        False,
        True,
        SOFT,
        12,
        4,
        1.1,
        keeps_next=True,
        outline=6,
        following="Body Text",
        odt_name="Heading 6",
    ),
    Style(
        "TOC Heading",
        "Normal",
        19,
        True,
        None,
        INK,
        0,
        12,
        1.05,
        top=_RULE,
        keeps_next=True,
        starts_page=True,
        odt_name="Contents Heading",
    ),
    Style(
        "toc 1", "Normal", is_bold=True, before=9, after=2, right_tab=True, odt_name="Contents 1"
    ),
    Style("toc 2", "Normal", before=2, after=2, left=16, right_tab=True, odt_name="Contents 2"),
    Style(
        "Facts", before=0, after=3.5, line=1.1, left=TERM_WIDTH, hanging=TERM_WIDTH, top=_HAIRLINE
    ),
    Style(
        "Caption", "Normal", 10, True, None, INK, 16, 5, 1.1, keeps_next=True, odt_name="Caption"
    ),
    Style("Table Caption", "Caption"),
    Style("Image Caption", "Caption"),
    Style("Basis Caption", "Caption", 9, False, colour=SOFT, before=6),
    Style("Figure", "Normal", before=0, after=8, line=1.0, odt_name="Figure"),
    Style("Table Note", size=9, colour=SOFT, before=5, after=14, line=1.1),
    Style("Callout", before=0, after=0, left=10, left_edge=Edge(ACCENT, 2.25, 8), fill=SHADE),
    Style("Callout Title", "Callout", is_bold=True, keeps_next=True, before=10),
    Style("Callout Gap", before=0, after=0, left=10, left_edge=Edge(AMBER, 2.25, 8), fill=SHADE),
    Style("Callout Gap Title", "Callout Gap", is_bold=True, keeps_next=True, before=10),
    Style("After Block", "Normal", 6, before=0, after=4),
    Style("footnote text", "Normal", 9, after=3, line=1.1, odt_name="Footnote"),
    Style("header", "Normal", 8.5, colour=SOFT, right_tab=True, odt_name="Header"),
    Style("footer", "Normal", 8.5, colour=SOFT, right_tab=True, odt_name="Footer"),
)


def running_lines(report: Report) -> tuple[str, str, str, str]:
    """What stands at the head and foot of each page: title, state, publisher and dates."""
    meta = report.meta
    return (
        clean(meta.running_title or report.title),
        clean(meta.status),
        clean(meta.publisher),
        dates_told(report),
    )
