"""What pandoc leaves out of a finished Word or ODT file is put in."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from samhandling.core.report_model import Report
from samhandling.render.office.archive import rezip
from samhandling.render.office.house_style import HAIR, INK
from samhandling.render.office.odt_styles import odt_id
from samhandling.render.words import LOCALE, clean


def finish_docx(made: bytes) -> bytes:
    """Rows that stay whole over a page break, and a first column that heads its row."""

    def change(name: str, body: str) -> str:
        if name != "word/document.xml":
            return body
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

    return rezip(made, change)


def finish_odt(made: bytes, alts: list[str], report: Report) -> bytes:
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
            lambda found: (
                f"{found[1]}<svg:desc>{escape(clean(next(left, '')))}</svg:desc>{found[2]}"
            ),
            body,
            flags=re.DOTALL,
        )

    def meta(body: str) -> str:
        language = f"<dc:language>{LOCALE[report.language]}</dc:language>"
        return re.sub(r"<dc:language>.*?</dc:language>", "", body).replace(
            "</office:meta>", f"{language}</office:meta>"
        )

    changes = {"content.xml": content, "meta.xml": meta}
    return rezip(made, lambda name, body: changes[name](body) if name in changes else body)
