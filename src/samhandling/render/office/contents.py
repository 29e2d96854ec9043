"""A contents list that the program can renew, filled so that it shows at once."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from samhandling.core.report_model import Heading
from samhandling.render.words import clean


def docx_contents(headings: list[Heading], title: str) -> str:
    """The contents list as a field of Word's, without page numbers until it is renewed.

    Only the program that lays out the pages knows them, and those of the PDF would be wrong here.
    The field is marked as out of date, so Word offers to renew it. ``updateFields`` in the settings
    would ask about every field of the file in words about other files, and fills in no more; it is
    left out. LibreOffice counts pages where there is no such field, but then Word's reader has no
    list to renew; the ODT file has its numbers from the start.
    """
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
    heading = _xml(title)
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
        f'<w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr><w:r><w:t>{heading}</w:t></w:r></w:p>'
        f'{rows}<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:sdtContent></w:sdt>'
    )


def odt_contents(headings: list[Heading], title: str) -> str:
    """The contents list as an index of ODT's."""
    heading = _xml(title)
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
        f"<text:table-of-content text:name={quoteattr(title)} "
        'text:protected="false"><text:table-of-content-source text:outline-level="2">'
        '<text:index-title-template text:style-name="Contents_20_Heading">'
        f"{heading}</text:index-title-template>{levels}</text:table-of-content-source>"
        f"<text:index-body><text:index-title text:name={quoteattr(title + ' 1')}>"
        f'<text:p text:style-name="Contents_20_Heading">{heading}</text:p></text:index-title>'
        f"{rows}</text:index-body></text:table-of-content>"
    )


def _xml(text: str) -> str:
    return escape(clean(text))


def _headline(heading: Heading) -> str:
    return f"{heading.number} {heading.text}".strip()
