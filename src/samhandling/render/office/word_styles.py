"""The house style in Word's dialect."""

from __future__ import annotations

from xml.sax.saxutils import escape

from samhandling.core.report_model import Report
from samhandling.render.office.archive import rezip
from samhandling.render.office.house_style import (
    ACCENT,
    BOTTOM,
    FACE,
    HAIR,
    INK,
    LEFT,
    PAGE,
    PARAGRAPHS,
    RIGHT,
    SOFT,
    TEXT_WIDTH,
    TOP,
    Edge,
    Style,
    running_lines,
)
from samhandling.render.words import LOCALE

_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def reference_docx(default: bytes, report: Report) -> bytes:
    """A reference document for Word, from pandoc's own: our styles, page, header and footer."""
    running, state, publisher, dates = running_lines(report)
    lang = LOCALE[report.language]
    decimal = "," if report.language == "sv" else "."
    header = _docx_part("hdr", "header", _docx_line("header", running, _docx_text(state)))
    footer_lines = _docx_line("footer", publisher, _docx_page_of())
    footer = _docx_part("ftr", "footer", footer_lines + _docx_line("footer", dates, ""))
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

    return rezip(default, change, parts)


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
