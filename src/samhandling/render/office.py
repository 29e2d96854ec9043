"""A report as Word or ODT file, by way of pandoc's document tree.

Notes, headings, captions, contents and repeated header rows are the program's own, so an official
can go on writing in the file. Pandoc gets the model as data; drawings go in as PNG, because not
every office program shows SVG.
"""

from __future__ import annotations

import base64
import errno
import io
import json
import os
import re
import subprocess  # nosec B404 - pandoc, by its full path, without a shell
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

import pypandoc

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
from samhandling.core.report_reading import (
    all_inlines,
    inline_text,
    walk,
)
from samhandling.render.charts import mark_svg
from samhandling.render.failure import Cause, RenderFailed
from samhandling.render.house_style import (
    HAIR,
    INK,
    TEXT_WIDTH,
    odt_id,
    reference_docx,
    reference_odt,
)
from samhandling.render.pdf import figure_svg, made_timestamp, rasterise
from samhandling.render.words import LOCALE, WORDS, Numbers, clean

API_VERSION: Final = [1, 23, 1]
TIMEOUT: Final = 30.0
"""Seconds after which pandoc is taken to hang; the longest report takes about one."""
_NO_ATTR: Final[list[Any]] = ["", [], []]
Node = dict[str, Any]


def render_office(
    report: Report,
    file_format: str,
    fonts_dir: Path,
    *,
    timeout: float = TIMEOUT,
    drawings: dict[str, bytes] | None = None,
) -> bytes:
    """The report as "docx" or "odt". Raises ``RenderFailed``.

    ``drawings`` are those of ``drawings_of``, when they are made already.
    """
    if drawings is None:
        drawings = drawings_of(report, fonts_dir)
    writer = _Writer(report, file_format, drawings)
    document = json.dumps(writer.document(), ensure_ascii=False).encode()
    default = default_reference(file_format)
    is_docx = file_format == "docx"
    reference = (reference_docx if is_docx else reference_odt)(default, report)
    made = _run_pandoc(document, file_format, reference, report, timeout)
    return _finish_docx(made) if is_docx else _finish_odt(made, writer.alts, report)


@cache
def default_reference(file_format: str) -> bytes:
    """Pandoc's own reference document, on which the house style is put."""
    return _pandoc(["--print-default-data-file", f"reference.{file_format}"], b"", TIMEOUT)


def drawings_of(report: Report, fonts_dir: Path) -> dict[str, bytes]:
    """Every drawing of the report as PNG, by its SVG; set in one run. Raises ``RenderFailed``."""
    svgs: dict[str, None] = {}
    figures = [block for block in walk(report) if isinstance(block, Figure)]
    for number, figure in enumerate(figures, start=1):
        svgs[figure_svg(figure, number, report.language)] = None
    for inline in all_inlines(report):
        if isinstance(inline, LevelMark):
            svgs[_mark_drawing(inline)] = None
    names = list(svgs)
    return dict(zip(names, rasterise(names, fonts_dir), strict=True))


def _run_pandoc(
    document: bytes, file_format: str, reference: bytes, report: Report, timeout: float
) -> bytes:
    try:
        with tempfile.TemporaryDirectory(prefix="samhandling-") as folder:
            style, made = Path(folder, f"reference.{file_format}"), Path(folder, "made")
            template = Path(folder, "only-body")
            style.write_bytes(reference)
            # Title and author stand on our own cover; as metadata they are properties only.
            is_docx = file_format == "docx"
            body = _docx_template() if is_docx else _odt_template()
            template.write_text(body, encoding="utf-8")
            arguments = [
                "--from=json",
                "--to=docx+empty_paragraphs" if is_docx else "--to=odt",
                f"--reference-doc={style}",
                f"--template={template}",
                f"--output={made}",
            ]
            _pandoc(arguments, document, timeout, made_at=made_timestamp(report))
            return made.read_bytes()
    except OSError as fault:
        cause = Cause.DISK_FULL if fault.errno == errno.ENOSPC else Cause.PROGRAM_FAILED
        raise RenderFailed(cause, fault.strerror or "") from fault


def _pandoc(
    arguments: list[str], given: bytes, timeout: float, *, made_at: int | None = None
) -> bytes:
    """Run pandoc and return what it prints. Raises ``RenderFailed``.

    ``made_at`` (seconds since 1970) is the time it writes into a file, in place of the clock's.
    """
    clock = {} if made_at is None else {"SOURCE_DATE_EPOCH": str(made_at)}
    try:
        program = pypandoc.get_pandoc_path()
        done = subprocess.run(  # nosec B603 - fixed program, no shell
            [program, *arguments],
            input=given,
            capture_output=True,
            timeout=timeout,
            check=False,
            env={**os.environ, **clock},
        )
    except subprocess.TimeoutExpired as fault:
        raise RenderFailed(Cause.TOO_SLOW, f"{timeout:g}") from fault
    except OSError as fault:
        if fault.errno == errno.ENOSPC:
            raise RenderFailed(Cause.DISK_FULL) from fault
        raise RenderFailed(Cause.PROGRAM_MISSING, "pandoc") from fault
    if done.returncode:
        said = " ".join(done.stderr.decode(errors="replace").split())[:300]
        full = "No space left" in said or "resource exhausted" in said
        raise RenderFailed(Cause.DISK_FULL if full else Cause.PROGRAM_FAILED, said)
    return done.stdout


@cache
def _docx_template() -> str:
    whole = _pandoc(["--print-default-template=openxml"], b"", TIMEOUT).decode()
    head = whole[: whole.index("<w:body>") + len("<w:body>")]
    return head + "\n$body$\n$sectpr$\n</w:body>\n</w:document>\n"


@cache
def _odt_template() -> str:
    whole = _pandoc(["--print-default-template=opendocument"], b"", TIMEOUT).decode()
    head = whole[: whole.index("<office:text>") + len("<office:text>")]
    return (
        head
        + '<text:sequence-decls><text:sequence-decl text:display-outline-level="0" '
        + 'text:name="Table"/><text:sequence-decl text:display-outline-level="0" '
        + 'text:name="Figure"/></text:sequence-decls>'
        + "\n$body$\n</office:text>\n</office:body>\n</office:document-content>\n"
    )


# --- the document tree ---------------------------------------------------------------------------


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


class _Writer:
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
        make = self.docx_contents if self.is_docx else self.odt_contents
        return [self.raw_block(make(headings)), self.page_break()]

    def docx_contents(self, headings: list[Heading]) -> str:
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText '
            'xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        rows = "".join(
            f'<w:p><w:pPr><w:pStyle w:val="TOC{one.level}"/></w:pPr>{begin if not place else ""}'
            f'<w:hyperlink w:anchor={quoteattr(one.anchor)} w:history="1"><w:r>'
            f'<w:t xml:space="preserve">{_xml(_headline(one))}</w:t></w:r><w:r><w:tab/></w:r>'
            f"<w:fldSimple w:instr={quoteattr(f' PAGEREF {one.anchor} ')}><w:r><w:t></w:t></w:r>"
            "</w:fldSimple></w:hyperlink></w:p>"
            for place, one in enumerate(headings)
        )
        title = _xml(self.words.contents)
        return (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
            "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
            f'<w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr><w:r><w:t>{title}</w:t></w:r></w:p>'
            f'{rows}<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:sdtContent></w:sdt>'
        )

    def odt_contents(self, headings: list[Heading]) -> str:
        title = _xml(self.words.contents)
        levels = "".join(
            f'<text:table-of-content-entry-template text:outline-level="{level}" '
            f'text:style-name="Contents_20_{level}"><text:index-entry-link-start/>'
            "<text:index-entry-chapter/><text:index-entry-text/>"
            '<text:index-entry-tab-stop style:type="right"/><text:index-entry-page-number/>'
            "<text:index-entry-link-end/></text:table-of-content-entry-template>"
            for level in (1, 2)
        )
        rows = "".join(
            f'<text:p text:style-name="Contents_20_{one.level}"><text:a xlink:type="simple" '
            f'xlink:href={quoteattr("#" + one.anchor)} text:style-name="Index_20_Link" '
            f'text:visited-style-name="Index_20_Link">{_xml(_headline(one))}<text:tab/>'
            '<text:bookmark-ref text:reference-format="page" '
            f"text:ref-name={quoteattr(one.anchor)}/></text:a></text:p>"
            for one in headings
        )
        return (
            f"<text:table-of-content text:name={quoteattr(self.words.contents)} "
            'text:protected="false"><text:table-of-content-source text:outline-level="2">'
            '<text:index-title-template text:style-name="Contents_20_Heading">'
            f"{title}</text:index-title-template>{levels}</text:table-of-content-source>"
            f"<text:index-body><text:index-title text:name={quoteattr(self.words.contents + ' 1')}>"
            f'<text:p text:style-name="Contents_20_Heading">{title}</text:p></text:index-title>'
            f"{rows}</text:index-body></text:table-of-content>"
        )

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
        picture = self.picture(self.drawings[_mark_drawing(mark)], alt, width=8)
        if mark.shows_label:
            return [picture, *_words(f"\N{NO-BREAK SPACE}{mark.label}")]
        return [picture, *_words(" ")]


def _mark_drawing(mark: LevelMark) -> str:
    """The shape as SVG, without its label: equal shapes are one picture."""
    return mark_svg(LevelMark("", mark.shape, mark.is_stated))


def _xml(text: str) -> str:
    return escape(clean(text))


def _headline(heading: Heading) -> str:
    return f"{heading.number} {heading.text}".strip()


# --- the finished file ---------------------------------------------------------------------------


def _rewrite(whole: bytes, changes: dict[str, Callable[[str], str]]) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(whole)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            body = source.read(info)
            if change := changes.get(info.filename):
                body = change(body.decode()).encode()
            # A fixed time, so that the same report gives the same bytes.
            plain = zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0))
            plain.compress_type = info.compress_type
            target.writestr(plain, body)
    return out.getvalue()


def _finish_docx(made: bytes) -> bytes:
    """Rows that stay whole over a page break, and a first column that heads its row."""

    def change(body: str) -> str:
        body = body.replace("<w:trPr><w:tblHeader", "<w:trPr><w:cantSplit/><w:tblHeader")
        body = re.sub(r"<w:tr>(?!\s*<w:trPr>)", "<w:tr><w:trPr><w:cantSplit/></w:trPr>", body)
        # A break and then a heading are one: else Word leaves an empty line above the heading.
        body = re.sub(
            r'<w:p>\s*<w:r>\s*<w:br w:type="page"\s*/>\s*</w:r>\s*</w:p>'
            r"((?:\s*<w:bookmarkStart [^>]*/>)*\s*<w:p>\s*<w:pPr>\s*"
            r'<w:pStyle w:val="Heading\d"\s*/>)',
            r"\1<w:pageBreakBefore/>",
            body,
        )
        # Pandoc gives a picture its own address, here the whole picture, as a second description.
        body = re.sub(r'(<pic:cNvPr\b[^>]*?) descr="data:[^"]*"', r"\1", body)
        # Without distances some programs put air around each picture.
        body = body.replace("<wp:inline>", '<wp:inline distT="0" distB="0" distL="0" distR="0">')
        return body.replace('w:firstColumn="0"', 'w:firstColumn="1"')

    return _rewrite(made, {"word/document.xml": change})


def _finish_odt(made: bytes, alts: list[str], report: Report) -> bytes:
    """What pandoc leaves out: hairlines of tables, alternative texts of pictures, the language."""
    left = iter(alts)

    def content(body: str) -> str:
        for name, edge in (
            ("TableHeaderRowCell", f"0.75pt solid #{INK}"),
            ("TableRowCell", f"0.5pt solid #{HAIR}"),
        ):
            body = re.sub(
                rf'(style:name="{name}" style:family="table-cell">\s*<style:table-cell-properties )'
                r'fo:border="none"',
                rf'\1fo:border="none" fo:border-bottom="{edge}" fo:padding-top="1.5pt" '
                'fo:padding-bottom="1.5pt" fo:padding-left="0pt" fo:padding-right="6pt"',
                body,
            )
        # Pandoc leaves blanks in the names of our styles, where XML wants them written out.
        body = re.sub(r'(?<=:style-name=")[^"]* [^"]*(?=")', lambda found: odt_id(found[0]), body)
        body = body.replace(
            "</office:automatic-styles>",
            '<style:style style:name="Page_20_Break" style:family="paragraph" '
            'style:parent-style-name="Standard"><style:paragraph-properties '
            'fo:break-before="page"/><style:text-properties fo:font-size="2pt"/></style:style>'
            "</office:automatic-styles>",
            1,
        )
        return re.sub(
            r"(<draw:frame\b(?:(?!</draw:frame>).)*?)(</draw:frame>)",
            lambda found: f"{found[1]}<svg:desc>{_xml(next(left, ''))}</svg:desc>{found[2]}",
            body,
            flags=re.DOTALL,
        )

    def meta(body: str) -> str:
        language = f"<dc:language>{LOCALE[report.language]}</dc:language>"
        return re.sub(r"<dc:language>.*?</dc:language>", "", body).replace(
            "</office:meta>", f"{language}</office:meta>"
        )

    return _rewrite(made, {"content.xml": content, "meta.xml": meta})
