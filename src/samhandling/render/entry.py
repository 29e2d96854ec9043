"""The one way in to the renderers."""

from __future__ import annotations

import errno
import threading
from pathlib import Path
from typing import Final

from samhandling.core.report_model import (
    Report,
)
from samhandling.render.failure import Cause, RenderFailed
from samhandling.render.html import LinkFor, page
from samhandling.render.office import render_office
from samhandling.render.pdf import render_pdf

FORMATS: Final = ("html", "docx", "odt", "pdf")
MEDIA_TYPES: Final = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
}
WAIT: Final = 60.0
"""Seconds one rendering waits for another in the same process."""

_one_at_a_time = threading.Lock()


def render(
    report: Report, file_format: str, *, fonts_dir: Path, link_for: LinkFor | None = None
) -> bytes:
    """The report as a file of that format, one of ``FORMATS``.

    ``fonts_dir`` holds the report's font files. ``link_for`` gives the address of a record or of
    the rows behind a number, or ``None``; only the web page has such links. The same report gives
    the same bytes. Files are made one at a time a process, to keep its memory in bounds. Raises
    ``RenderFailed``, whose text is a Swedish sentence; nothing is left behind on disk.
    """
    if file_format not in FORMATS:
        raise RenderFailed(Cause.UNKNOWN_FORMAT, file_format)
    try:
        if file_format == "html":
            return page(report, link_for=link_for).encode()
        if not _one_at_a_time.acquire(timeout=WAIT):
            raise RenderFailed(Cause.TOO_SLOW, f"{WAIT:g}")
        try:
            if file_format == "pdf":
                return render_pdf(report, fonts_dir)
            return render_office(report, file_format, fonts_dir)
        finally:
            _one_at_a_time.release()
    except OSError as fault:
        cause = Cause.DISK_FULL if fault.errno == errno.ENOSPC else Cause.PROGRAM_FAILED
        raise RenderFailed(cause, fault.strerror or "") from fault
