"""The house style of the Word and ODT files: one table of styles, written in both dialects.

A file handed to an official is gone on writing in, so everything is a named style: change the style
and the whole report follows. Calibri (or its free twin Carlito) is on every office machine; the
report's own face may not be. Sizes and distances are in points.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from samhandling.core.report_model import (
    Report,
)
from samhandling.render.words import LOCALE, clean

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


def reference_docx(default: bytes, report: Report) -> bytes:
    """A reference document for Word, from pandoc's own: our styles, page, header and footer."""
    running, state, publisher = _running(report)
    lang = LOCALE[report.language]
    decimal = "," if report.language == "sv" else "."
    header = _docx_part("hdr", "header", _docx_line("header", running, _docx_text(state)))
    footer = _docx_part("ftr", "footer", _docx_line("footer", publisher, _docx_page_of()))
    empty = _docx_part("hdr", "header", '<w:p><w:pPr><w:pStyle w:val="header"/></w:pPr></w:p>')
    nothing = _docx_part("ftr", "footer", '<w:p><w:pPr><w:pStyle w:val="footer"/></w:pPr></w:p>')
    parts = {
        "word/header1.xml": header,
        "word/header2.xml": empty,
        "word/footer1.xml": footer,
        "word/footer2.xml": nothing,
        "word/styles.xml": _docx_styles(lang),
    }
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = "".join(
        f'<Override PartName="/word/{which}{n}.xml" ContentType="{kind}.{which}+xml"/>'
        for which in ("header", "footer")
        for n in (1, 2)
    )
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "".join(
        f'<Relationship Type="{base}/{which}" Id="rId{which}{n}" Target="{which}{n}.xml"/>'
        for which in ("header", "footer")
        for n in (1, 2)
    )
    section = (
        "<w:sectPr>"
        '<w:headerReference w:type="default" r:id="rIdheader1"/>'
        '<w:headerReference w:type="first" r:id="rIdheader2"/>'
        '<w:footerReference w:type="default" r:id="rIdfooter1"/>'
        '<w:footerReference w:type="first" r:id="rIdfooter2"/>'
        '<w:footnotePr><w:numRestart w:val="continuous"/></w:footnotePr>'
        f'<w:pgSz w:w="{_tw(PAGE[0])}" w:h="{_tw(PAGE[1])}"/>'
        f'<w:pgMar w:top="{_tw(TOP)}" w:right="{_tw(RIGHT)}" w:bottom="{_tw(BOTTOM)}" '
        f'w:left="{_tw(LEFT)}" w:header="{_tw(50)}" w:footer="{_tw(42)}" w:gutter="0"/>'
        "<w:titlePg/></w:sectPr>"
    )

    def change(name: str, body: str) -> str:
        if name == "[Content_Types].xml":
            return body.replace("</Types>", overrides + "</Types>")
        if name == "word/_rels/document.xml.rels":
            return body.replace("</Relationships>", relations + "</Relationships>")
        if name == "word/document.xml":
            start, end = body.index("<w:sectPr"), body.index("</w:sectPr>") + len("</w:sectPr>")
            return body[:start] + section + body[end:]
        if name == "word/settings.xml":
            body = body.replace("<w:defaultTabStop", "<w:autoHyphenation/><w:defaultTabStop")
            return (
                body.replace('w:themeFontLang w:val="en-US"', f'w:themeFontLang w:val="{lang}"')
                .replace('w:decimalSymbol w:val="."', f'w:decimalSymbol w:val="{decimal}"')
                .replace('w:listSeparator w:val=","', 'w:listSeparator w:val=";"')
            )
        return parts.pop(name, body)

    return _rezip(default, change, parts)


def reference_odt(default: bytes, report: Report) -> bytes:
    """A reference document for ODT, from pandoc's own: our styles, page, header and footer."""

    def change(name: str, body: str) -> str:
        return _odt_styles(body, report) if name == "styles.xml" else body

    return _rezip(default, change, {})


def _running(report: Report) -> tuple[str, str, str]:
    meta = report.meta
    return (
        clean(meta.running_title or report.title),
        clean(meta.status),
        clean(meta.publisher),
    )


def _rezip(whole: bytes, change: Callable[[str, str], str], added: dict[str, str]) -> bytes:
    """The package with each XML part passed through ``change``, and what is left of ``added``."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(whole)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            body = source.read(info)
            if info.filename.endswith((".xml", ".rels")):
                body = change(info.filename, body.decode()).encode()
            target.writestr(
                info.filename,
                body,
                zipfile.ZIP_STORED if info.filename == "mimetype" else zipfile.ZIP_DEFLATED,
            )
        for name, text in added.items():
            target.writestr(name, text)
    return out.getvalue()


# --- Word ----------------------------------------------------------------------------------------

_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def docx_id(name: str) -> str:
    """The identifier of a style, made of its name as Word and pandoc do."""
    fixed = {
        "heading": "Heading",
        "footnote text": "FootnoteText",
        "toc": "TOC",
        "header": "Header",
        "footer": "Footer",
    }
    if name in fixed:
        return fixed[name]
    first, _, rest = name.partition(" ")
    if first in ("heading", "toc"):
        return fixed[first] + rest
    return name.replace(" ", "")


def _tw(points: float) -> int:
    return round(points * 20)


def _docx_text(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _docx_field(code: str) -> str:
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'  # set by Word


def _docx_page_of() -> str:
    return f"{_docx_field('PAGE')}{_docx_text(' (')}{_docx_field('NUMPAGES')}{_docx_text(')')}"


def _docx_line(style: str, left: str, right: str) -> str:
    edge = "bottom" if style == "header" else ""
    border = (
        f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{HAIR}"/></w:pBdr>'
        if edge
        else ""
    )
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{docx_id(style)}"/>{border}</w:pPr>'
        f"{_docx_text(left)}<w:r><w:tab/></w:r>{right}</w:p>"
    )


def _docx_part(element: str, _kind: str, body: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{element} {_W}>{body}</w:{element}>'


def _docx_edge(side: str, edge: Edge | None) -> str:
    if edge is None:
        return ""
    return (
        f'<w:{side} w:val="single" w:sz="{round(edge.width * 8)}" w:space="{round(edge.space)}" '
        f'w:color="{edge.colour}"/>'
    )


def _docx_style(style: Style) -> str:
    paragraph, run = [], []
    if style.keeps_next:
        paragraph.append("<w:keepNext/><w:keepLines/>")
    if style.starts_page:
        paragraph.append("<w:pageBreakBefore/>")
    if style.name in ("Normal", "Compact"):
        on = int(style.name == "Normal")
        late = f'<w:suppressAutoHyphens w:val="{on}"/>'
    else:
        late = ""
    if style.top or style.left_edge:
        edges = _docx_edge("top", style.top) + _docx_edge("left", style.left_edge)
        if style.hanging:  # neighbours with the same edges share them: a line between each two
            edges += _docx_edge("between", style.top)
        paragraph.append(f"<w:pBdr>{edges}</w:pBdr>")
    if style.fill:
        paragraph.append(f'<w:shd w:val="clear" w:color="auto" w:fill="{style.fill}"/>')
    if style.right_tab:
        paragraph.append(f'<w:tabs><w:tab w:val="right" w:pos="{_tw(TEXT_WIDTH)}"/></w:tabs>')
    if style.hanging:
        paragraph.append(f'<w:tabs><w:tab w:val="left" w:pos="{_tw(style.left)}"/></w:tabs>')
    paragraph.append(late)
    spacing = "".join(
        f' w:{key}="{_tw(value)}"'
        for key, value in (("before", style.before), ("after", style.after))
        if value is not None
    )
    if style.line is not None:
        spacing += f' w:line="{round(style.line * 240)}" w:lineRule="auto"'
    if spacing:
        paragraph.append(f"<w:spacing{spacing}/>")
    if style.left or style.hanging:
        paragraph.append(f'<w:ind w:left="{_tw(style.left)}" w:hanging="{_tw(style.hanging)}"/>')
    if style.outline:
        paragraph.append(f'<w:outlineLvl w:val="{style.outline - 1}"/>')
    for tag, value in (("b", style.is_bold), ("i", style.is_italic)):
        if value is not None:
            run.append(f'<w:{tag} w:val="{int(value)}"/>')
    if style.colour:
        run.append(f'<w:color w:val="{style.colour}"/>')
    if style.size:
        run.append(
            f'<w:sz w:val="{round(style.size * 2)}"/><w:szCs w:val="{round(style.size * 2)}"/>'
        )
    based = f'<w:basedOn w:val="{docx_id(style.based_on)}"/>' if style.based_on else ""
    following = f'<w:next w:val="{docx_id(style.following)}"/>' if style.following else ""
    default = ' w:default="1"' if style.name == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{docx_id(style.name)}">'
        f'<w:name w:val="{style.name}"/>{based}{following}<w:qFormat/>'
        f"<w:pPr>{''.join(paragraph)}</w:pPr><w:rPr>{''.join(run)}</w:rPr></w:style>"
    )


def _docx_styles(lang: str) -> str:
    def character(name: str, run: str, style_id: str = "") -> str:
        return (
            f'<w:style w:type="character" w:styleId="{style_id or docx_id(name)}">'
            f'<w:name w:val="{name}"/><w:basedOn w:val="DefaultParagraphFont"/>'
            f"<w:rPr>{run}</w:rPr></w:style>"
        )

    def line(side: str, colour: str, eighths: int) -> str:
        return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="{colour}"/>'

    table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        "</w:style>"
        '<w:style w:type="table" w:customStyle="1" w:styleId="Table"><w:name w:val="Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"<w:tblBorders>{line('bottom', HAIR, 4)}{line('insideH', HAIR, 4)}</w:tblBorders>"
        '<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="30" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>'
        f"<w:tcPr><w:tcBorders>{line('bottom', INK, 6)}</w:tcBorders>"
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
        '<w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr>'
        f"<w:tcPr><w:tcBorders>{line('top', INK, 6)}</w:tcBorders></w:tcPr></w:tblStylePr>"
        "</w:style>"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:rFonts w:ascii="{FACE}" w:hAnsi="{FACE}" w:eastAsia="{FACE}" w:cs="{FACE}"/>'
        f'<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="{lang}" w:eastAsia="{lang}" '
        'w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        + "".join(_docx_style(style) for style in PARAGRAPHS)
        + '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        + character("Unknown", f'<w:i/><w:color w:val="{SOFT}"/>')
        + character("Inferred", f'<w:i/><w:color w:val="{SOFT}"/><w:sz w:val="18"/>')
        + character("Term", f'<w:color w:val="{SOFT}"/>')
        + character("Heading Number", f'<w:b w:val="0"/><w:color w:val="{SOFT}"/>')
        + character("Hyperlink", f'<w:color w:val="{ACCENT}"/><w:u w:val="single"/>')
        + character("footnote reference", '<w:vertAlign w:val="superscript"/>', "FootnoteReference")
        + table
        + "</w:styles>"
    )


# --- ODT -----------------------------------------------------------------------------------------


def odt_id(name: str) -> str:
    """A style's name as it stands in ODT's XML."""
    return name.replace(" ", "_20_")


def _odt_name(name: str) -> str:
    return next((one.odt_name or one.name for one in PARAGRAPHS if one.name == name), name)


def _odt_style(style: Style) -> str:
    name = style.odt_name or style.name
    paragraph: list[str] = []
    for key, value in (("margin-top", style.before), ("margin-bottom", style.after)):
        if value is not None:
            paragraph.append(f'fo:{key}="{value}pt"')
    if style.line is not None:
        paragraph.append(f'fo:line-height="{round(style.line * 100)}%"')
    if style.left_edge:
        paragraph.append('fo:margin-left="0pt"')  # Word hangs the edge outside the text, ODT not
    elif style.left or style.hanging:
        paragraph.append(f'fo:margin-left="{style.left}pt" fo:text-indent="{-style.hanging}pt"')
    if style.keeps_next:
        paragraph.append('fo:keep-with-next="always"')
    if style.name == "footnote text":
        paragraph.append('fo:margin-left="10pt" fo:text-indent="-10pt"')
    if style.starts_page:
        paragraph.append('fo:break-before="page"')
    for side, edge in (("top", style.top), ("left", style.left_edge)):
        if edge is not None:
            joins = "true" if side == "left" else "false"
            paragraph.append(
                f'fo:border-{side}="{edge.width}pt solid #{edge.colour}" '
                f'fo:padding-{side}="{edge.space}pt" style:join-border="{joins}"'
            )
    if style.fill:
        paragraph.append(f'fo:background-color="#{style.fill}"')
    tabs = ""
    if style.right_tab:
        tabs = (
            "<style:tab-stops><style:tab-stop "
            f'style:position="{TEXT_WIDTH - style.left}pt" style:type="right"/></style:tab-stops>'
        )
    elif style.hanging:
        # Counted from the indent, which is where the text of the fact begins.
        tabs = '<style:tab-stops><style:tab-stop style:position="0pt"/></style:tab-stops>'
    run: list[str] = []
    if style.name == "Compact":
        run.append(
            'fo:hyphenate="true" fo:hyphenation-remain-char-count="3" '
            'fo:hyphenation-push-char-count="3"'
        )
    if style.size:
        run.append(f'fo:font-size="{style.size}pt"')
    if style.is_bold is not None:
        run.append(f'fo:font-weight="{"bold" if style.is_bold else "normal"}"')
    if style.is_italic is not None:
        run.append(f'fo:font-style="{"italic" if style.is_italic else "normal"}"')
    if style.colour:
        run.append(f'fo:color="#{style.colour}"')
    parent = (
        f' style:parent-style-name="{odt_id(_odt_name(style.based_on))}"' if style.based_on else ""
    )
    following = (
        f' style:next-style-name="{odt_id(_odt_name(style.following))}"' if style.following else ""
    )
    outline = f' style:default-outline-level="{style.outline}"' if style.outline else ""
    master = ' style:master-page-name="Cover"' if style.name == "Cover Publisher" else ""
    return (
        f'<style:style style:name="{odt_id(name)}" style:display-name="{name}" '
        f'style:family="paragraph"{parent}{following}{outline}{master}>'
        f"<style:paragraph-properties {' '.join(paragraph)}>{tabs}</style:paragraph-properties>"
        f"<style:text-properties {' '.join(run)}/></style:style>"
    )


def _odt_styles(body: str, report: Report) -> str:
    """Pandoc's styles with ours in place of those of the same name, and our pages."""
    language, country = LOCALE[report.language].split("-")
    ours = {odt_id(style.odt_name or style.name) for style in PARAGRAPHS}
    ours |= {"Table_20_Contents", "Table_20_Heading", "Unknown", "Inferred", "Term"}
    ours |= {"Heading_20_Number", "Internet_20_link", "Index_20_Link", "Footnote_20_Symbol"}
    ours |= {"Footnote_20_anchor"}
    kept = _without_styles(body, ours)
    text_styles = "".join(
        f'<style:style style:name="{odt_id(name)}" style:display-name="{name}" '
        f'style:family="text"><style:text-properties {run}/></style:style>'
        for name, run in (
            ("Unknown", f'fo:font-style="italic" fo:color="#{SOFT}"'),
            ("Inferred", f'fo:font-style="italic" fo:color="#{SOFT}" fo:font-size="9pt"'),
            ("Term", f'fo:color="#{SOFT}"'),
            ("Heading Number", f'fo:font-weight="normal" fo:color="#{SOFT}"'),
            ("Index Link", f'fo:color="#{INK}"'),
            ("Footnote Symbol", 'style:text-position="super 65%"'),
            ("Footnote anchor", 'style:text-position="super 65%"'),
            ("Internet link", f'fo:color="#{ACCENT}" style:text-underline-style="solid"'),
        )
    )
    cells = (
        '<style:style style:name="Table_20_Contents" style:display-name="Table Contents" '
        'style:family="paragraph" style:parent-style-name="Compact"/>'
        '<style:style style:name="Table_20_Heading" style:display-name="Table Heading" '
        'style:family="paragraph" style:parent-style-name="Compact">'
        '<style:text-properties fo:font-weight="bold"/></style:style>'
    )
    styles = "".join(_odt_style(style) for style in PARAGRAPHS) + cells + text_styles
    kept = kept.replace("</office:styles>", styles + "</office:styles>", 1)
    kept = kept.replace(
        'fo:language="en" fo:country="US"', f'fo:language="{language}" fo:country="{country}"'
    )
    kept = kept.replace('fo:country="US"', f'fo:country="{country}"').replace(
        'fo:language="en"', f'fo:language="{language}"'
    )
    kept = kept.replace('style:font-name="Times New Roman"', f'style:font-name="{FACE}"')
    kept = kept.replace('style:font-name="Arial"', f'style:font-name="{FACE}"')
    kept = kept.replace('fo:keep-together="auto"', 'fo:keep-together="always"')
    kept = re.sub(
        r'<text:notes-configuration text:note-class="footnote"[^>]*?'
        r"(/>|>.*?</text:notes-configuration>)",
        '<text:notes-configuration text:note-class="footnote" style:num-format="1" '
        'style:num-suffix=" " text:citation-style-name="Footnote_20_Symbol" '
        'text:citation-body-style-name="Footnote_20_anchor" text:default-style-name="Footnote" '
        'text:start-value="0" text:footnotes-position="page" text:start-numbering-at="document"/>',
        kept,
        flags=re.DOTALL,
    )
    face = (
        f'<style:font-face style:name="{FACE}" svg:font-family="{FACE}, Carlito" '
        'style:font-family-generic="swiss" style:font-pitch="variable"/>'
    )
    kept = kept.replace("<office:font-face-decls>", f"<office:font-face-decls>{face}", 1)
    start, end = kept.index("<office:automatic-styles>"), kept.index("</office:master-styles>")
    return kept[:start] + _odt_pages(report) + kept[end + len("</office:master-styles>") :]


def _odt_pages(report: Report) -> str:
    running, state, publisher = _running(report)
    layout = (
        f'fo:page-width="{PAGE[0]}pt" fo:page-height="{PAGE[1]}pt" '
        'style:print-orientation="portrait" '
        f'fo:margin-left="{LEFT}pt" fo:margin-right="{RIGHT}pt" fo:margin-top="{{top}}pt" '
        'fo:margin-bottom="{bottom}pt" style:writing-mode="lr-tb"'
    )
    note = (
        '<style:footnote-sep style:width="0.5pt" style:distance-before-sep="4pt" '
        f'style:distance-after-sep="4pt" style:adjustment="left" style:rel-width="28%" '
        f'style:color="#{INK}"/>'
    )
    strip = (
        '<style:header-style><style:header-footer-properties fo:min-height="14pt" '
        f'fo:margin-bottom="18pt" fo:border-bottom="0.5pt solid #{HAIR}" fo:padding-bottom="3pt"/>'
        "</style:header-style><style:footer-style>"
        '<style:header-footer-properties fo:min-height="14pt" fo:margin-top="16pt"/>'
        "</style:footer-style>"
    )
    return (
        "<office:automatic-styles>"
        '<style:page-layout style:name="pmCover"><style:page-layout-properties '
        f"{layout.format(top=TOP, bottom=BOTTOM)}>{note}</style:page-layout-properties>"
        "</style:page-layout>"
        '<style:page-layout style:name="pmText"><style:page-layout-properties '
        f"{layout.format(top=50, bottom=42)}>{note}</style:page-layout-properties>{strip}"
        "</style:page-layout></office:automatic-styles><office:master-styles>"
        '<style:master-page style:name="Standard" style:page-layout-name="pmText">'
        f'<style:header><text:p text:style-name="Header">{escape(running)}<text:tab/>'
        f"{escape(state)}</text:p></style:header>"
        f'<style:footer><text:p text:style-name="Footer">{escape(publisher)}<text:tab/>'
        '<text:page-number text:select-page="current">2</text:page-number> '
        "(<text:page-count>2</text:page-count>)</text:p></style:footer></style:master-page>"
        '<style:master-page style:name="Cover" style:page-layout-name="pmCover" '
        'style:next-style-name="Standard"/></office:master-styles>'
    )


def _without_styles(body: str, names: set[str]) -> str:
    """The XML with the named ``style:style`` elements taken out."""
    out: list[str] = []
    place = 0
    while (start := body.find("<style:style ", place)) >= 0:
        head_end = body.index(">", start)
        end = (
            head_end + 1
            if body[head_end - 1] == "/"
            else body.index("</style:style>", start) + len("</style:style>")
        )
        head = body[start:head_end]
        name = head.split('style:name="', 1)[1].split('"', 1)[0]
        out.append(body[place:start])
        if name not in names:
            out.append(body[start:end])
        place = end
    out.append(body[place:])
    return "".join(out)
