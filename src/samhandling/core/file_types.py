"""What a file is, judged by its contents alone; its name only has to agree.

The list is short and every entry is verified, not guessed: a picture must be one from its first
byte to its last, an office document must hold the parts of its kind and no macro
(``office_packages``), and text must be text.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO, Final

from samhandling.core.office_packages import (
    AnotherPackage,
    HoldsMacros,
    PackageDamaged,
    check_office,
    check_open_document,
)

NAME_LENGTH: Final = 120
"""Longest name of a file, in characters, its ending included."""
_CHUNK: Final = 65_536


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file that may be attached, the type it is served as, and its endings."""

    key: str
    media_type: str
    endings: tuple[str, ...]


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_ODF: Final = "application/vnd.oasis.opendocument"
PDF: Final = FileType("PDF", "application/pdf", ("pdf",))
PNG: Final = FileType("PNG", "image/png", ("png",))
JPEG: Final = FileType("JPEG", "image/jpeg", ("jpg", "jpeg"))
DOCX: Final = FileType("DOCX", f"{_OFFICE}.wordprocessingml.document", ("docx",))
XLSX: Final = FileType("XLSX", f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",))
PPTX: Final = FileType("PPTX", f"{_OFFICE}.presentationml.presentation", ("pptx",))
ODT: Final = FileType("ODT", f"{_ODF}.text", ("odt",))
ODS: Final = FileType("ODS", f"{_ODF}.spreadsheet", ("ods",))
ODP: Final = FileType("ODP", f"{_ODF}.presentation", ("odp",))
TEXT: Final = FileType("TEXT", "text/plain; charset=utf-8", ("txt",))
CSV: Final = FileType("CSV", "text/csv; charset=utf-8", ("csv",))
ALLOWED: Final = (PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, PNG, JPEG, TEXT, CSV)
BY_KEY: Final = {kind.key: kind for kind in ALLOWED}
_BY_ENDING: Final = {ending: kind for kind in ALLOWED for ending in kind.endings}


class Fault(StrEnum):
    """Why a file is not taken."""

    EMPTY = "EMPTY"
    UNKNOWN_ENDING = "UNKNOWN_ENDING"
    CONTENT_DIFFERS = "CONTENT_DIFFERS"  # it is not what its name says
    HAS_MACROS = "HAS_MACROS"
    DAMAGED = "DAMAGED"
    HIDES_ANOTHER = "HIDES_ANOTHER"  # another file stands after or inside it
    NOT_UTF8 = "NOT_UTF8"


class FileRefused(ValueError):
    """The file is not taken; ``fault`` says why and ``ending`` what its name promised."""

    def __init__(self, fault: Fault, ending: str = "") -> None:
        self.fault, self.ending = fault, ending
        super().__init__(f"{fault} {ending}".strip())


_SEPARATORS = re.compile(r"[/\\]")
# Control signs, those that turn the direction of writing, and what no file system wants in a name.
_UNWANTED = re.compile(
    r'[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff<>:"|?*]'
)


def clean_name(name: str) -> str:
    """A name without folders, control signs or leading dots, at most NAME_LENGTH characters."""
    last = _SEPARATORS.split(name)[-1]
    plain = re.sub(r"\s+", " ", _UNWANTED.sub("", last)).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        stem, ending = plain, ""
    ending = ending[:10]
    room = NAME_LENGTH - len(ending) - 1
    stem = stem[:room].rstrip(" .") or "fil"
    return f"{stem}.{ending}" if ending else stem


def type_of(name: str, content: BinaryIO) -> FileType:
    """What the file is. ``content`` can be sought in and is left at its start.

    Raises FileRefused. Takes time in proportion to the size for pictures and text, and next to
    none for the others.
    """
    ending = clean_name(name).rpartition(".")[2].lower()
    promised = _BY_ENDING.get(ending)
    if promised is None:
        raise FileRefused(Fault.UNKNOWN_ENDING, ending)
    try:
        content.seek(0)
        head = content.read(8)
        if not head:
            raise FileRefused(Fault.EMPTY, ending)
        _CHECKS[promised.key](content, promised)
    finally:
        content.seek(0)
    return promised


def _pdf(content: BinaryIO, kind: FileType) -> None:
    content.seek(0)
    if not content.read(8).startswith(b"%PDF-1.") and not _starts(content, b"%PDF-2."):
        raise FileRefused(Fault.CONTENT_DIFFERS, kind.endings[0])
    if b"%%EOF" not in _tail(content):
        raise FileRefused(Fault.DAMAGED, kind.endings[0])
    _no_archive(content, kind)


def _png(content: BinaryIO, kind: FileType) -> None:
    """Walks the chunks: each has its length, and nothing may follow the last."""
    if not _starts(content, b"\x89PNG\r\n\x1a\n"):
        raise FileRefused(Fault.CONTENT_DIFFERS, kind.endings[0])
    content.seek(8)
    first = True
    while True:
        head = content.read(8)
        if len(head) < 8:
            raise FileRefused(Fault.DAMAGED, kind.endings[0])
        length, name = struct.unpack(">I4s", head)
        if first and (name != b"IHDR" or length != 13):
            raise FileRefused(Fault.DAMAGED, kind.endings[0])
        first = False
        left, crc = length, zlib.crc32(name)
        while left:
            piece = content.read(min(left, _CHUNK))
            if not piece:
                raise FileRefused(Fault.DAMAGED, kind.endings[0])
            left -= len(piece)
            crc = zlib.crc32(piece, crc)
        if content.read(4) != struct.pack(">I", crc):
            raise FileRefused(Fault.DAMAGED, kind.endings[0])
        if name == b"IEND":
            break
    if content.read(1):
        raise FileRefused(Fault.HIDES_ANOTHER, kind.endings[0])


def _jpeg(content: BinaryIO, kind: FileType) -> None:
    if not _starts(content, b"\xff\xd8\xff"):
        raise FileRefused(Fault.CONTENT_DIFFERS, kind.endings[0])
    tail = _tail(content)
    end = tail.rfind(b"\xff\xd9")
    if end < 0:
        raise FileRefused(Fault.DAMAGED, kind.endings[0])
    # Cameras fill up with zeros; anything else after the picture is something else.
    if tail[end + 2 :].strip(b"\x00"):
        raise FileRefused(Fault.HIDES_ANOTHER, kind.endings[0])
    _no_archive(content, kind)


def _office(content: BinaryIO, kind: FileType) -> None:
    _package(lambda: check_office(content, f"{kind.media_type}.main+xml"), kind)


def _open_document(content: BinaryIO, kind: FileType) -> None:
    _package(lambda: check_open_document(content, kind.media_type), kind)


def _package(check: Callable[[], None], kind: FileType) -> None:
    try:
        check()
    except HoldsMacros as error:
        raise FileRefused(Fault.HAS_MACROS, kind.endings[0]) from error
    except AnotherPackage as error:
        raise FileRefused(Fault.CONTENT_DIFFERS, kind.endings[0]) from error
    except PackageDamaged as error:
        raise FileRefused(Fault.DAMAGED, kind.endings[0]) from error


# What a browser would take for a page or a picture with script, wherever it stands in a text.
_PAGE = re.compile(
    r"<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|\?php)", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def _text(content: BinaryIO, kind: FileType) -> None:
    """UTF-8 without control signs, and no markup that a browser would run."""
    content.seek(0)
    # Text mode reads in pieces and never cuts a letter in two.
    reader = io.TextIOWrapper(
        io.BufferedReader(_Unclosed(content)), encoding="utf-8-sig", newline=""
    )
    before = ""
    try:
        while piece := reader.read(_CHUNK):
            if _CONTROL.search(piece):
                raise FileRefused(Fault.CONTENT_DIFFERS, kind.endings[0])
            if _PAGE.search(before + piece):
                raise FileRefused(Fault.CONTENT_DIFFERS, kind.endings[0])
            before = piece[-64:]
    except UnicodeDecodeError as error:
        raise FileRefused(Fault.NOT_UTF8, kind.endings[0]) from error


class _Unclosed(io.RawIOBase):
    """Lends a file to a reader that would otherwise close it."""

    def __init__(self, content: BinaryIO) -> None:
        self.content = content

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fills the buffer as far as the file reaches."""
        piece = self.content.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


_CHECKS: Final = {
    "PDF": _pdf, "PNG": _png, "JPEG": _jpeg, "TEXT": _text, "CSV": _text,
    "DOCX": _office, "XLSX": _office, "PPTX": _office,
    "ODT": _open_document, "ODS": _open_document, "ODP": _open_document,
}  # fmt: skip


def _starts(content: BinaryIO, signature: bytes) -> bool:
    content.seek(0)
    return content.read(len(signature)) == signature


def _tail(content: BinaryIO) -> bytes:
    """The last bytes of a file, as far as the directory of a zip archive can stand."""
    size = content.seek(0, io.SEEK_END)
    content.seek(max(0, size - 66_000))
    return content.read()


def _no_archive(content: BinaryIO, kind: FileType) -> None:
    """A zip archive is read from its end, so it can hide behind something else."""
    if b"PK\x05\x06" in _tail(content):
        raise FileRefused(Fault.HIDES_ANOTHER, kind.endings[0])
