"""The one way in to the renderers. Loads them: a process that stays up uses `render_apart`."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from samhandling.core.report_model import (
    Report,
)
from samhandling.render.failure import Cause, RenderFailed, faults_told
from samhandling.render.formats import FORMATS, WAIT
from samhandling.render.html import LinkFor, page
from samhandling.render.office import drawings_of, render_office
from samhandling.render.pdf import render_pdf

AT_ONCE: Final = 2
"""Files of one report that are made beside each other."""
_LONGEST_FIRST: Final = ("pdf", "odt", "docx", "html")

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
    with faults_told():
        if file_format == "html":
            return page(report, link_for=link_for).encode()
        with _alone():
            if file_format == "pdf":
                return render_pdf(report, fonts_dir)
            return render_office(report, file_format, fonts_dir)


def render_all(
    report: Report, formats: Iterable[str], *, fonts_dir: Path
) -> tuple[dict[str, bytes], dict[str, RenderFailed]]:
    """The report in several formats at once: (the files ``render`` gives one by one, what failed).

    Both by format, in the order asked; a format that cannot be made takes no other with it.

    typst and pandoc work beside each other, outside this interpreter, and the drawings of the
    office files are made once. A report alone at a time, as in ``render``. Raises ``RenderFailed``
    for a format that does not exist, or after too long a wait.
    """
    wanted = tuple(dict.fromkeys(formats))
    for file_format in wanted:
        if file_format not in FORMATS:
            raise RenderFailed(Cause.UNKNOWN_FORMAT, file_format)
    with _alone(), ThreadPoolExecutor(AT_ONCE) as pool:
        drawings: Future[dict[str, bytes]] | None = None
        if {"docx", "odt"} & set(wanted):
            # First in the queue, so that no file waits for drawings that nobody has begun.
            drawings = pool.submit(drawings_of, report, fonts_dir)
        begun: dict[str, Future[bytes]] = {}
        for file_format in sorted(wanted, key=_LONGEST_FIRST.index):
            if file_format == "html":
                begun[file_format] = pool.submit(lambda: page(report).encode())
            elif file_format == "pdf":
                begun[file_format] = pool.submit(render_pdf, report, fonts_dir)
            else:
                begun[file_format] = pool.submit(
                    _office_file, report, file_format, fonts_dir, drawings
                )
        files: dict[str, bytes] = {}
        failed: dict[str, RenderFailed] = {}
        for file_format in wanted:
            try:
                with faults_told():
                    files[file_format] = begun[file_format].result()
            except RenderFailed as failure:
                failed[file_format] = failure
        return files, failed


def _office_file(
    report: Report,
    file_format: str,
    fonts_dir: Path,
    drawings: Future[dict[str, bytes]] | None,
) -> bytes:
    made = drawings.result() if drawings is not None else None
    return render_office(report, file_format, fonts_dir, drawings=made)


@contextmanager
def _alone() -> Iterator[None]:
    if not _one_at_a_time.acquire(timeout=WAIT):
        raise RenderFailed(Cause.TOO_SLOW, f"{WAIT:g}")
    try:
        yield
    finally:
        _one_at_a_time.release()
