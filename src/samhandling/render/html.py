"""A report as HTML: a fragment for the workspace's own pages, or a page of its own as a file.

The fragment holds no style, no script and no attribute that a strict content security policy
refuses; the page carries its style sheet in the file, because it may lie alone on a disk.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final

from samhandling.core.report_model import (
    Block,
    BulletList,
    Callout,
    Emph,
    Facts,
    Figure,
    FigureRef,
    Footnote,
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
    Strong,
    Table,
    Text,
    Unknown,
)
from samhandling.core.report_reading import (
    footnotes,
)
from samhandling.render.charts import chart_svg, mark_svg
from samhandling.render.words import LOCALE, WORDS, Numbers, clean, dates_told

LinkFor = Callable[[RecordRef | FigureRef], str | None]
"""Address of a record or of the rows behind a number, or ``None`` for who may not see them."""


def fragment(report: Report, *, link_for: LinkFor | None = None, first_level: int = 2) -> str:
    """The report's blocks and notes; a heading of level 1 becomes ``<h{first_level}>``."""
    return _Writer(report, link_for, first_level).body()


def page(report: Report, *, link_for: LinkFor | None = None) -> str:
    """A whole HTML document that needs no other file."""
    writer = _Writer(report, link_for, 2)
    words, meta = writer.words, report.meta
    front = [f'<p class="publisher">{_t(meta.publisher)}</p>'] if meta.publisher else []
    if meta.status:
        front.append(f'<p class="state">{_t(meta.status)}</p>')
    front.append(f"<h1>{_t(report.title)}</h1>")
    if report.subtitle:
        front.append(f'<p class="subtitle">{_t(report.subtitle)}</p>')
    if meta.cover:
        front.append('<dl class="cover">')
        front += [f"<div><dt>{_t(a)}</dt><dd>{_t(b)}</dd></div>" for a, b in meta.cover]
        front.append("</dl>")
    foot = " · ".join(
        part for part in (meta.publisher, dates_told(report), meta.data_version) if part
    )
    return "".join(
        (
            f'<!DOCTYPE html>\n<html lang="{LOCALE[report.language]}">\n<head>\n'
            '<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{_t(report.title)}</title>\n<style>\n{_style_sheet()}</style>\n</head>\n"
            f'<body>\n<a class="skip" href="#text">{_t(words.skip_to_text)}</a>\n'
            '<header class="front">\n' + "\n".join(front) + "\n</header>\n",
            writer.contents(),
            f'<main id="text" tabindex="-1">\n{writer.body()}</main>\n',
            f'<footer class="foot"><p>{_t(foot)}</p></footer>\n' if foot else "",
            "</body>\n</html>\n",
        )
    )


@cache
def _style_sheet() -> str:
    return files("samhandling.render").joinpath("page.css").read_text(encoding="utf-8")


def _t(text: str) -> str:
    return escape(clean(text))


class _Writer:
    def __init__(self, report: Report, link_for: LinkFor | None, first_level: int) -> None:
        self.report = report
        self.link_for = link_for
        self.first_level = first_level
        self.words: Final = WORDS[report.language]
        self.numbers = Numbers.of(report)
        self.calls: dict[str, int] = {}

    def contents(self) -> str:
        """The list of chapters and sections, as links."""
        headings = [
            block for block in self.report.blocks if isinstance(block, Heading) and block.level <= 2
        ]
        if len(headings) < 3:
            return ""
        rows = [
            f'<li class="depth-{one.level}"><a href="#{_t(one.anchor)}">{_number(one)}'
            f"{_t(one.text)}</a></li>"
            for one in headings
        ]
        if self.numbers.notes:
            rows.append(
                f'<li class="depth-1"><a href="#fotnoter">{_t(self.words.footnotes)}</a></li>'
            )
        title = _t(self.words.contents)
        return (
            f'<nav class="contents" aria-labelledby="innehall"><h2 id="innehall">{title}</h2>\n'
            "<ol>\n" + "\n".join(rows) + "\n</ol></nav>\n"
        )

    def body(self) -> str:
        """All blocks, then the notes under their own heading."""
        return self.blocks(self.report.blocks) + self.notes()

    def blocks(self, blocks: tuple[Block, ...]) -> str:
        return "".join(self.block(block) + "\n" for block in blocks)

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                level = min(6, block.level + self.first_level - 1)
                return (
                    f'<h{level} id="{_t(block.anchor)}" class="level-{block.level}">'
                    f"{_number(block)}{_t(block.text)}</h{level}>"
                )
            case Paragraph():
                kind = ' class="lead"' if block.is_lead else ""
                return f"<p{kind}>{self.run(block.inlines)}</p>"
            case BulletList():
                return f"<ul>{self.items(block.items)}</ul>"
            case NumberedList():
                start = f' start="{block.start}"' if block.start != 1 else ""
                return f"<ol{start}>{self.items(block.items)}</ol>"
            case Table():
                number = self.numbers.next_table()
                return self.table(block, f"{self.words.table} {number}. {block.caption}")
            case Figure():
                return self.figure(block)
            case Callout():
                return (
                    f'<div class="callout callout-{block.kind.lower()}" role="note" '
                    f'aria-label="{_t(block.title)}">'
                    f'<p class="callout-title">{_t(block.title)}</p>\n'
                    f"{self.blocks(block.blocks)}</div>"
                )
            case Facts():
                return (
                    '<dl class="facts">'
                    + "".join(
                        f"<div><dt>{_t(fact.term)}</dt><dd>{self.run(fact.inlines)}</dd></div>"
                        for fact in block.facts
                    )
                    + "</dl>"
                )
            case PageBreak():
                return '<hr class="page-break">'

    def items(self, items: tuple[ListItem, ...]) -> str:
        return "".join(
            f"<li>{self.run(item.inlines)}"
            + (f"<ul>{self.items(item.children)}</ul>" if item.children else "")
            + "</li>"
            for item in items
        )

    def table(self, table: Table, caption: str, *, kind: str = "") -> str:
        heads = "".join(
            f'<th scope="col"{_numeric(column.is_numeric)}>{_t(column.title)}</th>'
            for column in table.columns
        )
        rows = [row for row in table.rows if not row.is_total]
        totals = [row for row in table.rows if row.is_total]
        foot = "".join(self.row(row, table) for row in totals)
        note = f'<p class="table-note">{_t(table.note)}</p>' if table.note else ""
        return (
            f'<div class="scroll{kind}" role="region" tabindex="0" aria-label="{_t(caption)}">'
            f'<table class="report-table"><caption><span>{_t(caption)}</span></caption>'
            f"<thead><tr>{heads}</tr></thead>\n<tbody>"
            + "\n".join(self.row(row, table) for row in rows)
            + "</tbody>"
            + (f"<tfoot>{foot}</tfoot>" if foot else "")
            + f"</table></div>{note}"
        )

    def row(self, row: Row, table: Table) -> str:
        cells: list[str] = []
        for place, cell in enumerate(row.cells):
            said = self.run(cell.inlines)
            if place == 0:
                indent = f' class="indent-{min(row.indent, 3)}"' if row.indent else ""
                cells.append(f'<th scope="row"{indent}>{said}</th>')
            else:
                cells.append(f"<td{_numeric(table.columns[place].is_numeric)}>{said}</td>")
        return f"<tr>{''.join(cells)}</tr>"

    def figure(self, figure: Figure) -> str:
        number = self.numbers.next_figure()
        caption = f"{self.words.figure} {number}. {figure.caption}"
        if figure.chart is not None:
            drawing = chart_svg(
                figure.chart,
                title=figure.caption,
                description=figure.alt,
                language=self.report.language,
                key=f"figur-{number}",
            )
        else:
            drawing = f'<div role="img" aria-label="{_t(figure.alt)}">{figure.svg}</div>'
        table = ""
        if figure.table is not None:
            behind = figure.table.caption or self.words.basis_of_figure.format(n=number)
            table = self.table(figure.table, behind, kind=" behind")
        return (
            f'<figure id="figur-{number}"><figcaption>{_t(caption)}</figcaption>'
            f"{drawing}{table}</figure>"
        )

    def run(self, inlines: tuple[Inline, ...]) -> str:
        return "".join(self.inline(inline) for inline in inlines)

    def inline(self, inline: Inline) -> str:
        match inline:
            case Text():
                return _t(inline.text)
            case Emph():
                return f"<em>{self.run(inline.inlines)}</em>"
            case Strong():
                return f"<strong>{self.run(inline.inlines)}</strong>"
            case Link():
                return f'<a href="{_t(inline.url)}">{self.run(inline.inlines)}</a>'
            case RecordRef():
                return self.linked(inline, inline.label, "record-link")
            case FigureRef():
                return self.linked(inline, inline.text, "figure-link")
            case FootnoteRef():
                return self.call(inline.footnote)
            case Unknown():
                return f'<span class="unknown">{_t(self.words.unknown)}</span>'
            case InferredMark():
                ground = _t(inline.ground)
                return (
                    f' <span class="inferred-mark" title="{ground}">{_t(self.words.inferred)}'
                    f'<span class="hidden-text">: {ground}</span></span>'
                )
            case LevelMark():
                label = f" {_t(inline.label)}" if inline.shows_label else ""
                return f'<span class="level">{mark_svg(inline)}{label}</span>'
            case LineBreak():
                return "<br>"

    def linked(self, target: RecordRef | FigureRef, text: str, kind: str) -> str:
        address = self.link_for(target) if self.link_for is not None else None
        if address is None:
            return _t(text)
        return f'<a class="{kind}" href="{_t(address)}">{_t(text)}</a>'

    def call(self, note: Footnote) -> str:
        number, _ = self.numbers.call(note)
        self.calls[note.key] = time = self.calls.get(note.key, 0) + 1
        place = f"fotnot-{number}-{time}"
        return (
            f'<sup class="note-ref"><a id="{place}" href="#fotnot-{number}" '
            f'aria-label="{_t(self.words.footnote)} {number}">{number}</a></sup>'
        )

    def notes(self) -> str:
        """The notes in the order they are called, each with a way back to its first place."""
        notes = footnotes(self.report)
        if not notes:
            return ""
        level = self.first_level
        rows = "\n".join(
            f'<li id="fotnot-{number}">{self.run(note.inlines)} '
            f'<a class="note-back" href="#fotnot-{number}-1" '
            f'aria-label="{_t(self.words.back_to_text)}">↩</a></li>'
            for number, note in enumerate(notes, start=1)
        )
        return (
            f'<section class="report-notes" aria-labelledby="fotnoter"><h{level} id="fotnoter" '
            f'class="level-1">{_t(self.words.footnotes)}</h{level}>\n<ol>\n{rows}\n</ol></section>\n'
        )


def _number(heading: Heading) -> str:
    return f'<span class="number">{_t(heading.number)}</span> ' if heading.number else ""


def _numeric(is_numeric: bool) -> str:
    return ' class="number"' if is_numeric else ""
