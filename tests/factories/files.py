"""The smallest real files of each kind that may be attached, as bytes."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def pdf() -> bytes:
    """A PDF with an empty list of pages."""
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png() -> bytes:
    """A picture of one white point."""
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(b"\0\xff"))
        + _chunk(b"IEND", b"")
    )


def jpeg() -> bytes:
    """The beginning and the end of a JPEG."""
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9"


def zipped(members: Mapping[str, str]) -> bytes:
    """An archive of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return file.getvalue()


def docx(more: Mapping[str, str] | None = None, types: str = _WORD) -> bytes:
    """A Word document with further members."""
    return _office("word/document.xml", types, more)


def xlsx(more: Mapping[str, str] | None = None) -> bytes:
    """A workbook with further members."""
    return _office("xl/workbook.xml", "", more)


def pptx(more: Mapping[str, str] | None = None) -> bytes:
    """A presentation with further members."""
    return _office("ppt/presentation.xml", "", more)


def _office(part: str, types: str, more: Mapping[str, str] | None) -> bytes:
    return zipped({"[Content_Types].xml": f"<Types>{types}</Types>", part: "<x/>", **(more or {})})


def odt(more: Mapping[str, str] | None = None) -> bytes:
    """A text document with further members."""
    kind = "application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": kind, "content.xml": "<x/>", **(more or {})})
