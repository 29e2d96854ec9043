"""The house style in ODT's dialect."""

from __future__ import annotations

import re
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
    Style,
    running_lines,
)
from samhandling.render.words import LOCALE


def reference_odt(default: bytes, report: Report) -> bytes:
    """A reference document for ODT, from pandoc's own: our styles, page, header and footer."""

    def change(name: str, body: str) -> str:
        return _odt_styles(body, report) if name == "styles.xml" else body

    return rezip(default, change)


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
    running, state, publisher, dates = running_lines(report)
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
        "(<text:page-count>2</text:page-count>)</text:p>"
        f'<text:p text:style-name="Footer">{escape(dates)}</text:p>'
        "</style:footer></style:master-page>"
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
