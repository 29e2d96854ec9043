"""Pandoc is run as a program of its own: what it is given, what it makes, and why it fails."""

from __future__ import annotations

import errno
import os
import subprocess  # nosec B404 - pandoc, by its full path, without a shell
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

import pypandoc

from samhandling.core.report_model import Report
from samhandling.render.failure import Cause, RenderFailed
from samhandling.render.pdf import made_timestamp

TIMEOUT: Final = 30.0
"""Seconds after which pandoc is taken to hang; the longest report takes about one."""


@cache
def default_reference(file_format: str) -> bytes:
    """Pandoc's own reference document, on which the house style is put."""
    return _pandoc(["--print-default-data-file", f"reference.{file_format}"], b"", TIMEOUT)


def run_pandoc(
    document: bytes, file_format: str, reference: bytes, report: Report, timeout: float
) -> bytes:
    """The document tree, as JSON, made into a file of the house style. Raises ``RenderFailed``."""
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
