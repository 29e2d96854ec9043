"""A report as PDF: PDF/UA-1 and PDF/A-2a in one file, set by typst.

The model goes in as JSON and the drawings as files in memory, so no word of a report is ever read
as markup, and nothing is written to disk. The same report gives the same bytes.
"""

from __future__ import annotations

import errno
import json
import logging
import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from math import ceil
from pathlib import Path
from typing import Any, Final

import typst

from samhandling.core.report_model import (
    Block,
    BulletList,
    Callout,
    Emph,
    Facts,
    Figure,
    FigureRef,
    FootnoteRef,
    Heading,
    InferredMark,
    Inline,
    LevelMark,
    LineBreak,
    Link,
    ListItem,
    NumberedList,
    PageBreak,
    Paragraph,
    RecordRef,
    Report,
    Row,
    Shape,
    Strong,
    Table,
    Text,
    Unknown,
)
from samhandling.core.report_reading import (
    inline_text,
    plain_text,
    walk,
)
from samhandling.render.charts import chart_svg, mark_svg, shape_svg
from samhandling.render.failure import Cause, RenderFailed
from samhandling.render.words import WORDS, Numbers, clean, dates_told

log = logging.getLogger(__name__)

FONT: Final = "Source Sans Pro"
FONT_FILES: Final = "SourceSansPro-*.ttf"
STANDARDS: Final = ["a-2a", "ua-1"]
LONG_ROW: Final = 900
"""Signs from which a table row may be broken over two pages."""
WHOLE: Final = 300
"""Points of height, about, up to which a table, a callout or facts stay on one page."""
LINE, ROW, SIGNS = 14, 9, 85
"""Points that a line and a row take, about; signs on a line over the whole page."""
TRIES: Final = 8
"""How often signs that no font holds are taken out before the file is given up."""
_COMMON: Final = re.compile("[\u0000-\u024f\u0370-\u04ff\u2010-\u2026\u2030-\u203a\u20ac\u25a1]")
"""Latin, Greek, Cyrillic and ordinary punctuation, which the report's font holds."""
_STAND_IN: Final = "\N{WHITE SQUARE}"
_MARKS: Final = (Shape.CIRCLE, Shape.DIAMOND, Shape.SQUARE)


def render_pdf(report: Report, fonts_dir: Path) -> bytes:
    """The report as PDF bytes. Raises ``RenderFailed``.

    A sign that no font holds is shown as a square, because PDF/UA allows no missing signs.
    """
    check_fonts(fonts_dir)
    setter = _Setter(report)
    content = json.dumps(setter.content(), ensure_ascii=False)
    told = {"report.json": content, "mark-cover.svg": _cover_mark(), **setter.drawings}
    for attempt in range(TRIES):
        sources = {name: text.encode() for name, text in told.items()}
        sources["main.typ"] = _template()
        try:
            return compile_typst(
                sources, fonts_dir, pdf_standards=STANDARDS, timestamp=made_timestamp(report)
            )[0]
        except typst.TypstError as fault:
            told = _without(told, fault, only_common=attempt == TRIES - 2)
    raise RenderFailed(Cause.NOT_READABLE, "för många ovanliga tecken")


def check_fonts(fonts_dir: Path) -> None:
    """Raise ``RenderFailed`` unless the report's font lies in the directory."""
    if next(fonts_dir.glob(FONT_FILES), None) is None:
        raise RenderFailed(Cause.FONT_MISSING, FONT)


def rasterise(drawings: list[str], fonts_dir: Path, *, ppi: float = 220) -> list[bytes]:
    """Drawings (SVG) as PNG, for programs that do not show SVG. Raises ``RenderFailed``."""
    if not drawings:
        return []
    check_fonts(fonts_dir)
    sources = {f"{n}.svg": one.encode() for n, one in enumerate(drawings)}
    sources["main.typ"] = (
        "#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"
        f'#set text(font: "{FONT}")\n'
        + "#pagebreak()\n".join(f'#image("{n}.svg")\n' for n in range(len(drawings)))
    ).encode()
    try:
        return compile_typst(sources, fonts_dir, format="png", ppi=ppi)
    except typst.TypstError as fault:
        raise RenderFailed(Cause.NOT_READABLE, _short(fault)) from fault


def compile_typst(sources: dict[str, bytes], fonts_dir: Path, **options: Any) -> list[bytes]:
    """Run typst on files in memory ("main.typ" first). Lets ``TypstError`` through."""
    named = {"main" if name == "main.typ" else name: body for name, body in sources.items()}
    try:
        made = typst.compile(
            named, font_paths=[str(fonts_dir)], ignore_system_fonts=True, **options
        )
    except typst.TypstError:
        raise
    except OSError as fault:
        cause = Cause.DISK_FULL if fault.errno == errno.ENOSPC else Cause.PROGRAM_FAILED
        raise RenderFailed(cause, str(fault)) from fault
    except BaseException as fault:
        # A panic in the compiler is a BaseException of its own; the page asking must survive it.
        if isinstance(fault, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        raise RenderFailed(Cause.PROGRAM_FAILED, type(fault).__name__) from fault
    return made if isinstance(made, list) else [made]


@cache
def _template() -> bytes:
    return files("samhandling.render").joinpath("typst/report.typ").read_bytes()


def _cover_mark() -> str:
    """The three level shapes in a row, as on every page of the workspace."""
    body = "".join(
        shape_svg(shape, 6 + place * 14, 6, is_filled=True, colour="#0b5460")
        for place, shape in enumerate(_MARKS)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 12">{body}</svg>'


def made_timestamp(report: Report) -> int | None:
    """The report's own time in seconds since 1970; a file's date, so that its bytes are fixed."""
    made = report.meta.made_at
    if not made:
        return None
    when = datetime.fromisoformat(made)
    return int((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp())


def _short(fault: Exception) -> str:
    return " ".join(str(fault).split())[:300]


def _without(told: dict[str, str], fault: typst.TypstError, *, only_common: bool) -> dict[str, str]:
    """The texts with the signs typst complains of (and their kin) shown as squares.

    ``only_common`` takes out every sign but those the report's font is known to hold.
    """
    said = str(fault)
    found = re.search(r'(?:the text|the codepoint) `"((?:[^"\\]|\\.)+)"`', said)
    if found is None:
        if "font" in said.lower() and "unknown" in said.lower():
            raise RenderFailed(Cause.FONT_MISSING, FONT) from fault
        raise RenderFailed(Cause.PROGRAM_FAILED, _short(fault)) from fault
    sign = re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda m: chr(int(m[1], 16)), found[1])
    groups = {_group(one) for one in sign if ord(one) > 0x7F and one != _STAND_IN}

    def is_shown(one: str) -> bool:
        if ord(one) <= 0x7F:
            return True
        return _group(one) not in groups and (not only_common or bool(_COMMON.match(one)))

    changed = {
        name: "".join(one if is_shown(one) else _STAND_IN for one in text)
        for name, text in told.items()
    }
    if changed == told:
        raise RenderFailed(Cause.NOT_READABLE, sign) from fault
    log.warning("signs shown as squares in a PDF: %s", sorted(groups))
    return changed


def _group(sign: str) -> str:
    """Signs that are likely missing together: all pictures, or all letters of one script."""
    if ord(sign) >= 0x1F000:
        return "beyond"
    if unicodedata.category(sign) in ("So", "Sk", "Sm", "Mn", "Cf", "Po"):
        return sign
    return unicodedata.name(sign, sign).split()[0]


class _Setter:
    """Turns the model into the data the template reads, and collects the drawings."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.words = WORDS[report.language]
        self.numbers = Numbers.of(report)
        self.drawings: dict[str, str] = {}
        self.marks: dict[tuple[Shape, bool, str], str] = {}

    def content(self) -> dict[str, Any]:
        report, meta, words = self.report, self.report.meta, self.words
        made = datetime.fromisoformat(meta.made_at) if meta.made_at else None
        headings = sum(isinstance(one, Heading) and one.level <= 2 for one in report.blocks)
        return {
            "title": clean(report.title),
            "subtitle": clean(report.subtitle),
            "lang": report.language,
            "region": "SE" if report.language == "sv" else "GB",
            "font": FONT,
            "author": clean(meta.publisher),
            "publisher": clean(meta.publisher),
            "dates": dates_told(report),
            "running": clean(meta.running_title or report.title),
            "status": clean(meta.status),
            "keywords": [clean(word) for word in meta.keywords],
            "date": [made.year, made.month, made.day] if made else None,
            "cover": [[clean(term), clean(said)] for term, said in meta.cover],
            "contents": headings >= 3,
            "words": {
                "table": words.table,
                "figure": words.figure,
                "contents": words.contents,
                "unknown": words.unknown,
                "inferred": words.inferred,
            },
            "blocks": self.blocks(report.blocks),
        }

    def blocks(self, blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
        return [made for block in blocks for made in self.block(block)]

    def block(self, block: Block) -> list[dict[str, Any]]:
        match block:
            case Heading():
                return [
                    {
                        "k": "heading",
                        "level": block.level,
                        "text": clean(block.text),
                        "number": clean(block.number),
                        "anchor": block.anchor,
                    }
                ]
            case Paragraph():
                # Words that end in a colon lead on to what follows and never end a page.
                leads_on = inline_text(block.inlines).rstrip().endswith(":")
                run = self.run(block.inlines)
                return [{"k": "para", "lead": block.is_lead, "on": leads_on, "c": run}]
            case BulletList():
                return [{"k": "bullets", "items": self.items(block.items)}]
            case NumberedList():
                return [{"k": "numbers", "start": block.start, "items": self.items(block.items)}]
            case Table():
                self.numbers.next_table()
                return [{"k": "table", **self.table(block)}]
            case Figure():
                return [self.figure(block)]
            case Callout():
                return [
                    {
                        "k": "callout",
                        "kind": block.kind.value,
                        "title": clean(block.title),
                        "whole": _is_whole(block.blocks),
                        "blocks": self.blocks(block.blocks),
                    }
                ]
            case Facts():
                facts = [
                    {"term": clean(fact.term), "c": self.run(fact.inlines)} for fact in block.facts
                ]
                return [{"k": "facts", "facts": facts, "whole": _is_whole((block,))}]
            case PageBreak():
                return [{"k": "break"}]

    def items(self, items: tuple[ListItem, ...]) -> list[dict[str, Any]]:
        return [
            {"c": self.run(item.inlines), "children": self.items(item.children)} for item in items
        ]

    def table(self, table: Table) -> dict[str, Any]:
        return {
            "caption": clean(table.caption),
            "note": clean(table.note),
            "columns": [
                {"title": clean(one.title), "numeric": one.is_numeric, "width": one.width}
                for one in table.columns
            ],
            "rows": [self.row(row) for row in table.rows],
            "whole": _table_height(table) <= WHOLE,
            "totals": [place for place, row in enumerate(table.rows, start=1) if row.is_total],
        }

    def row(self, row: Row) -> dict[str, Any]:
        return {
            "indent": row.indent,
            "total": row.is_total,
            "long": any(len(inline_text(cell.inlines)) > LONG_ROW for cell in row.cells),
            "cells": [self.run(cell.inlines) for cell in row.cells],
        }

    def figure(self, figure: Figure) -> dict[str, Any]:
        number = self.numbers.next_figure()
        name = f"figure-{number}.svg"
        self.drawings[name] = figure_svg(figure, number, self.report.language)
        table = None
        if figure.table is not None:
            table = self.table(figure.table)
            table["caption"] = table["caption"] or self.words.basis_of_figure.format(n=number)
        return {
            "k": "figure",
            "caption": clean(figure.caption),
            "alt": clean(figure.alt),
            "file": name,
            "width": 1,
            "table": table,
        }

    def run(self, inlines: tuple[Inline, ...]) -> list[Any]:
        return [self.inline(inline) for inline in inlines]

    def inline(self, inline: Inline) -> Any:
        match inline:
            case Text():
                return clean(inline.text)
            case Emph():
                return {"k": "emph", "c": self.run(inline.inlines)}
            case Strong():
                return {"k": "strong", "c": self.run(inline.inlines)}
            case Link():
                return {"k": "link", "url": clean(inline.url), "c": self.run(inline.inlines)}
            case RecordRef():
                return clean(inline.label)
            case FigureRef():
                return clean(inline.text)
            case FootnoteRef():
                number, is_first = self.numbers.call(inline.footnote)
                if not is_first:
                    return {"k": "again", "key": f"note-{number}"}
                note = self.run(inline.footnote.inlines)
                return {"k": "note", "key": f"note-{number}", "c": note}
            case Unknown():
                return {"k": "unknown"}
            case InferredMark():
                return {"k": "inferred"}
            case LevelMark():
                return self.mark(inline)
            case LineBreak():
                return {"k": "br"}

    def mark(self, mark: LevelMark) -> dict[str, Any]:
        key = (mark.shape, mark.is_stated, mark.label)
        name = self.marks.setdefault(key, f"mark-{len(self.marks)}.svg")
        self.drawings.setdefault(name, mark_svg(mark))
        label = clean(mark.label)
        return {
            "k": "level",
            "file": name,
            "alt": label if mark.is_stated else f"{label} ({self.words.inferred})",
            "label": label if mark.shows_label else None,
        }


def _is_whole(blocks: Sequence[Block]) -> bool:
    """Words alone, and so few that they stay on one page."""
    if any(isinstance(one, Figure | Table) for one in walk(blocks)):
        return False
    lines = plain_text(blocks).splitlines()
    return sum(ROW + LINE * ceil(len(line) / SIGNS) for line in lines) <= WHOLE


def _table_height(table: Table) -> float:
    whole = sum(column.width for column in table.columns)
    return sum(
        ROW
        + LINE
        * max(
            ceil(len(inline_text(cell.inlines)) * whole / (SIGNS * column.width))
            for cell, column in zip(row.cells, table.columns, strict=False)
        )
        for row in table.rows
    )


def figure_svg(figure: Figure, number: int, language: str) -> str:
    """A figure's drawing as SVG: its chart drawn, or the drawing it holds."""
    if figure.chart is None:
        return figure.svg
    return chart_svg(
        figure.chart,
        title=figure.caption,
        description=figure.alt,
        language=language,
        key=f"figur-{number}",
    )
