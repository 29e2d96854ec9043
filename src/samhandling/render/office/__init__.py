"""A report as Word or ODT file, by way of pandoc's document tree.

Notes, headings, captions, contents and repeated header rows are the program's own, so an official
can go on writing in the file. Pandoc gets the model as data; drawings go in as PNG, because not
every office program shows SVG.
"""

from __future__ import annotations

import json
from pathlib import Path

from samhandling.core.report_model import Report
from samhandling.render.office.document import Writer
from samhandling.render.office.drawings import drawings_of
from samhandling.render.office.finishing import finish_docx, finish_odt
from samhandling.render.office.odt_styles import reference_odt
from samhandling.render.office.pandoc import TIMEOUT, default_reference, run_pandoc
from samhandling.render.office.word_styles import reference_docx

__all__ = ["drawings_of", "render_office"]


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
    writer = Writer(report, file_format, drawings)
    document = json.dumps(writer.document(), ensure_ascii=False).encode()
    default = default_reference(file_format)
    is_docx = file_format == "docx"
    reference = (reference_docx if is_docx else reference_odt)(default, report)
    made = run_pandoc(document, file_format, reference, report, timeout)
    return finish_docx(made) if is_docx else finish_odt(made, writer.alts, report)
