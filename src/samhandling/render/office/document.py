"""A report as pandoc's document tree, with what only Word or ODT has written in its own XML."""

from __future__ import annotations

import base64
from typing import Any, Final

from samhandling.core.report_model import (
    Block,
    BulletList,
    Callout,
    CalloutKind,
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
    Strong,
    Table,
    Text,
    Unknown,
)
from samhandling.core.report_reading import inline_text
from samhandling.render.office.contents import docx_contents, odt_contents
from samhandling.render.office.drawings import mark_drawing
from samhandling.render.office.house_style import TEXT_WIDTH
from samhandling.render.pdf import figure_svg
from samhandling.render.words import LOCALE, WORDS, Numbers, clean

API_VERSION: Final = [1, 23, 1]
_NO_ATTR: Final[list[Any]] = ["", [], []]
Node = dict[str, Any]


def _str(text: str) -> Node:
    return {"t": "Str", "c": clean(text)}


def _words(text: str) -> list[Node]:
    """Text as one run, so that the file holds whole sentences and not a run for each word."""
    said = clean(text).replace("\n", " ")
    return [{"t": "Str", "c": said}] if said else []


def _para(inlines: list[Node]) -> Node:
    return {"t": "Para", "c": inlines}


def _styled(name: str, blocks: list[Node]) -> Node:
    return {"t": "Div", "c": [["", [], [["custom-style", name]]], blocks]}


def _span(name: str, inlines: list[Node]) -> Node:
    return {"t": "Span", "c": [["", [], [["custom-style", name]]], inlines]}


def _meta(text: str) -> Node:
    return {"t": "MetaInlines", "c": _words(text)}


class Writer:
    """Walks one report; ``alts`` are the texts of the pictures that it has put in."""

    def __init__(self, report: Report, file_format: str, drawings: dict[str, bytes]) -> None:
        self.report = report
        self.is_docx = file_format == "docx"
        self.raw_format = "openxml" if self.is_docx else "opendocument"
        self.drawings = drawings
        self.words = WORDS[report.language]
        self.numbers = Numbers.of(report)
        self.is_in_callout = False
        self.alts: list[str] = []  # of the pictures, in reading order

    def document(self) -> Node:
        report, meta = self.report, self.report.meta
        facts: Node = {"lang": _meta(LOCALE[report.language]), "title": _meta(report.title)}
        if meta.publisher:
            facts["author"] = {"t": "MetaList", "c": [_meta(meta.publisher)]}
        if report.subtitle:
            facts["subject"] = _meta(report.subtitle)
        if meta.keywords:
            facts["keywords"] = {"t": "MetaList", "c": [_meta(word) for word in meta.keywords]}
        if meta.made_at:
            facts["date"] = _meta(meta.made_at)
        blocks = [*self.cover(), *self.contents(), *self.blocks(report.blocks)]
        return {"pandoc-api-version": API_VERSION, "meta": facts, "blocks": blocks}

    # cover and contents

    def cover(self) -> list[Node]:
        report, meta = self.report, self.report.meta
        out = [_styled("Cover Publisher", [_para(_words(meta.publisher))])]
        if meta.status:
            out.append(_styled("Cover State", [_para(_words(meta.status))]))
        out.append(_styled("Title", [_para(_words(report.title))]))
        out.append(_styled("Subtitle", [_para(_words(report.subtitle))]))
        out += [self.fact(term, _words(said)) for term, said in meta.cover]
        return out

    def contents(self) -> list[Node]:
        """A contents list that the program can renew, filled so that it shows at once."""
        headings = [
            block for block in self.report.blocks if isinstance(block, Heading) and block.level <= 2
        ]
        if len(headings) < 3:
            return [self.page_break()]
        make = docx_contents if self.is_docx else odt_contents
        return [self.raw_block(make(headings, self.words.contents)), self.page_break()]

    # blocks

    def raw_block(self, xml: str) -> Node:
        return {"t": "RawBlock", "c": [self.raw_format, xml]}

    def raw(self, xml: str) -> Node:
        return {"t": "RawInline", "c": [self.raw_format, xml]}

    def page_break(self) -> Node:
        if self.is_docx:
            return self.raw_block('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
        return self.raw_block('<text:p text:style-name="Page_20_Break"/>')

    def blocks(self, blocks: tuple[Block, ...]) -> list[Node]:
        return [node for block in blocks for node in self.block(block)]

    def block(self, block: Block) -> list[Node]:
        match block:
            case Heading():
                return [self.heading(block)]
            case Paragraph():
                para = _para(self.run(block.inlines))
                if block.is_lead:
                    return [_styled("Lead", [para])]
                # Words that end in a colon lead on to what follows and never end a page.
                if inline_text(block.inlines).rstrip().endswith(":"):
                    return [_styled("Leads On", [para])]
                return [para]
            case BulletList():
                return [{"t": "BulletList", "c": self.items(block.items)}]
            case NumberedList():
                order = [block.start, {"t": "Decimal"}, {"t": "Period"}]
                return [{"t": "OrderedList", "c": [order, self.items(block.items)]}]
            case Table():
                number = self.numbers.next_table()
                caption = self.caption("Table", self.words.table, number, block.caption)
                return [
                    _styled("Table Caption", [_para(caption)]),
                    self.table(block),
                    *self.after_table(block),
                ]
            case Figure():
                return self.figure(block)
            case Callout():
                return self.callout(block)
            case Facts():
                facts = [self.fact(fact.term, self.run(fact.inlines)) for fact in block.facts]
                return [*facts, self.after_block()]
            case PageBreak():
                return [self.page_break()]

    def heading(self, heading: Heading) -> Node:
        said = _words(heading.text)
        if heading.number:
            said = [_span("Heading Number", _words(heading.number)), {"t": "Space"}, *said]
        return {"t": "Header", "c": [heading.level, [heading.anchor, [], []], said]}

    def items(self, items: tuple[ListItem, ...]) -> list[list[Node]]:
        def point(item: ListItem) -> Node:
            # In a callout the points keep the callout's edge and shade.
            para = _para(self.run(item.inlines))
            return para if self.is_in_callout else _styled("List Item", [para])

        return [
            [
                point(item),
                *([{"t": "BulletList", "c": self.items(item.children)}] if item.children else []),
            ]
            for item in items
        ]

    def fact(self, term: str, said: list[Node]) -> Node:
        tab = self.raw("<w:r><w:tab/></w:r>" if self.is_docx else "<text:tab/>")
        return _styled("Facts", [_para([_span("Term", _words(term)), tab, *said])])

    def after_block(self) -> Node:
        """An empty line that keeps what follows off a block with an edge."""
        return _styled("After Block", [_para([])])

    def callout(self, callout: Callout) -> list[Node]:
        name = "Callout Gap" if callout.kind is CalloutKind.GAP else "Callout"
        self.is_in_callout = True
        inside = self.blocks(callout.blocks)
        self.is_in_callout = False
        return [
            _styled(f"{name} Title", [_para(_words(callout.title))]),
            _styled(name, inside),
            self.after_block(),
        ]

    def caption(self, sequence: str, word: str, number: int, text: str) -> list[Node]:
        """A caption whose number the program counts itself."""
        if self.is_docx:
            field = (
                f'<w:fldSimple w:instr=" SEQ {word} \\* ARABIC "><w:r><w:t>{number}</w:t></w:r>'
                "</w:fldSimple>"
            )
        else:
            field = (
                f'<text:sequence text:name="{sequence}" text:formula="ooow:{sequence}+1" '
                f'style:num-format="1">{number}</text:sequence>'
            )
        return [_str(f"{word}\N{NO-BREAK SPACE}"), self.raw(field), _str(". "), *_words(text)]

    def table(self, table: Table) -> Node:
        whole = sum(column.width for column in table.columns)
        columns = [
            [
                {"t": "AlignRight" if column.is_numeric else "AlignLeft"},
                {"t": "ColWidth", "c": column.width / whole},
            ]
            for column in table.columns
        ]
        heads = [
            [{"t": "Plain", "c": [{"t": "Strong", "c": _words(column.title)}]}]
            for column in table.columns
        ]
        body = [self.row(row) for row in table.rows if not row.is_total]
        foot = [self.row(row) for row in table.rows if row.is_total]
        content = [
            _NO_ATTR,
            [None, []],
            columns,
            [_NO_ATTR, [self.pandoc_row(heads)]],
            [[_NO_ATTR, int(self.is_docx), [], body]],  # ODT knows no row heads
            [_NO_ATTR, foot],
        ]
        return {"t": "Table", "c": content}

    def row(self, row: Row) -> list[Any]:
        cells = []
        for place, cell in enumerate(row.cells):
            said = self.run(cell.inlines)
            if row.is_total and said:
                said = [{"t": "Strong", "c": said}]
            if place == 0 and row.indent:
                said = [_str("\N{EN SPACE}" * 2 * row.indent), *said]
            cells.append([{"t": "Plain", "c": said}])
        return self.pandoc_row(cells)

    def pandoc_row(self, cells: list[list[Node]]) -> list[Any]:
        return [_NO_ATTR, [[_NO_ATTR, {"t": "AlignDefault"}, 1, 1, cell] for cell in cells]]

    def after_table(self, table: Table) -> list[Node]:
        if table.note:
            return [_styled("Table Note", [_para(_words(table.note))])]
        return [self.after_block()]

    def figure(self, figure: Figure) -> list[Node]:
        number = self.numbers.next_figure()
        svg = figure_svg(figure, number, self.report.language)
        caption = self.caption("Figure", self.words.figure, number, figure.caption)
        out = [
            _styled("Image Caption", [_para(caption)]),
            _styled("Figure", [_para([self.picture(self.drawings[svg], figure.alt)])]),
        ]
        if figure.table is not None:
            behind = figure.table.caption or self.words.basis_of_figure.format(n=number)
            out += [
                _styled("Basis Caption", [_para(_words(behind))]),
                self.table(figure.table),
                *self.after_table(figure.table),
            ]
        return out

    def picture(self, png: bytes, alt: str, width: float = TEXT_WIDTH) -> Node:
        self.alts.append(clean(alt))
        address = "data:image/png;base64," + base64.b64encode(png).decode()
        size = [["width", f"{width / 72:.3f}in"]]
        return {"t": "Image", "c": [["", [], size], _words(alt), [address, ""]]}

    # inlines

    def run(self, inlines: tuple[Inline, ...]) -> list[Node]:
        return [node for inline in inlines for node in self.inline(inline)]

    def inline(self, inline: Inline) -> list[Node]:
        match inline:
            case Text():
                return _words(inline.text)
            case Emph():
                return [{"t": "Emph", "c": self.run(inline.inlines)}]
            case Strong():
                return [{"t": "Strong", "c": self.run(inline.inlines)}]
            case Link():
                target = [clean(inline.url), ""]
                return [{"t": "Link", "c": [_NO_ATTR, self.run(inline.inlines), target]}]
            case RecordRef():
                return _words(inline.label)
            case FigureRef():
                return _words(inline.text)
            case FootnoteRef():
                number, is_first = self.numbers.call(inline.footnote)
                if not is_first:
                    return [{"t": "Superscript", "c": [_str(str(number))]}]
                return [{"t": "Note", "c": [_para(self.run(inline.footnote.inlines))]}]
            case Unknown():
                return [_span("Unknown", [_str(self.words.unknown)])]
            case InferredMark():
                said = f"\N{NO-BREAK SPACE}({self.words.inferred})"
                return [_span("Inferred", [_str(said)])]
            case LevelMark():
                return self.level(inline)
            case LineBreak():
                return [{"t": "LineBreak"}]

    def level(self, mark: LevelMark) -> list[Node]:
        """The shape as a small picture; its name stands beside it or is its alternative text."""
        alt = mark.label if mark.is_stated else f"{mark.label} ({self.words.inferred})"
        picture = self.picture(self.drawings[mark_drawing(mark)], alt, width=8)
        if mark.shows_label:
            return [picture, *_words(f"\N{NO-BREAK SPACE}{mark.label}")]
        return [picture, *_words(" ")]
