"""Rendering in a process of its own, for programs that stay up.

What a renderer has once taken (typst keeps all it has set, fonts and pictures, some 80 MB) stays
with its process. A web process that answers for weeks lets another take it, and lets go of it when
the file is made; a renderer that crashes takes nobody else down either.
"""

from __future__ import annotations

import json
import subprocess  # nosec B404 - this Python and this package, without a shell
import sys
import threading
from pathlib import Path
from typing import Final

from samhandling.core.report_model import Report
from samhandling.core.report_storage import to_json
from samhandling.render.failure import Cause, RenderFailed, faults_told
from samhandling.render.formats import WAIT
from samhandling.render.html import page

REFUSED: Final = 3
"""Exit code when the error stream tells why, as JSON."""

_one_at_a_time = threading.Lock()


def render_apart(report: Report, file_format: str, *, fonts_dir: Path) -> bytes:
    """As ``render``, in a process that ends with it; a web page is made here, without links.

    Raises ``RenderFailed``, for whatever ends the other process.
    """
    if file_format == "html":
        with faults_told():
            return page(report).encode()
    if not _one_at_a_time.acquire(timeout=WAIT):
        raise RenderFailed(Cause.TOO_SLOW, f"{WAIT:g}")
    try:
        done = subprocess.run(  # nosec B603 - fixed program, no shell
            [sys.executable, "-m", "samhandling.render", file_format, str(fonts_dir)],
            input=to_json(report).encode(),
            capture_output=True,
            timeout=WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise RenderFailed(Cause.TOO_SLOW, f"{WAIT:g}") from fault
    except OSError as fault:
        raise RenderFailed(Cause.PROGRAM_FAILED, fault.strerror or "") from fault
    finally:
        _one_at_a_time.release()
    if done.returncode == REFUSED:
        told = json.loads(done.stderr)
        raise RenderFailed(Cause(told["cause"]), told["detail"])
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise RenderFailed(Cause.PROGRAM_FAILED, last[:300] or str(done.returncode))
    content: bytes = done.stdout
    return content
