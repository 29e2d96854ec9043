"""How a rendering fails: one exception, with a sentence for the person who asked."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum


class Cause(StrEnum):
    """Why a file could not be made."""

    FONT_MISSING = "FONT_MISSING"
    PROGRAM_MISSING = "PROGRAM_MISSING"
    PROGRAM_FAILED = "PROGRAM_FAILED"
    TOO_SLOW = "TOO_SLOW"
    DISK_FULL = "DISK_FULL"
    NOT_READABLE = "NOT_READABLE"
    UNKNOWN_FORMAT = "UNKNOWN_FORMAT"


_SENTENCES = {
    Cause.FONT_MISSING: "Typsnittet {detail} saknas i installationen, så filen kan inte göras. "
    "Installera det igen, eller be den som sköter installationen.",
    Cause.PROGRAM_MISSING: "Programmet som gör filen ({detail}) saknas i installationen. "
    "Installera det igen, eller be den som sköter installationen.",
    Cause.PROGRAM_FAILED: "Filen kunde inte göras. Försök igen, och säg till den som sköter "
    "installationen om det händer igen. Programmet som gör filen svarade: {detail}",
    Cause.TOO_SLOW: "Filen blev inte klar på {detail} sekunder. Försök igen om en stund.",
    Cause.DISK_FULL: "Disken är full, så filen kunde inte göras. Inget du har skrivit är borta. "
    "Försök igen när det finns plats.",
    Cause.NOT_READABLE: "Skriv om det här och försök igen. Ett tecken eller en bild i rapporten "
    "går inte att visa: {detail}",
    Cause.UNKNOWN_FORMAT: "Formatet ”{detail}” finns inte. Välj html, docx, odt eller pdf.",
}


class RenderFailed(Exception):
    """A file could not be made. ``str(error)`` is a Swedish sentence; the report is untouched."""

    def __init__(self, cause: Cause, detail: str = "") -> None:
        self.cause = cause
        self.detail = detail
        super().__init__(_SENTENCES[cause].format(detail=detail))


@contextmanager
def faults_told() -> Iterator[None]:
    """Within, what the system answers (a full disk, no such program) is `RenderFailed`."""
    try:
        yield
    except OSError as fault:
        cause = Cause.DISK_FULL if fault.errno == errno.ENOSPC else Cause.PROGRAM_FAILED
        raise RenderFailed(cause, fault.strerror or "") from fault
