"""The smallest real files of each kind that may be attached, as bytes."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

_MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
WORD = _MAIN.format("wordprocessingml.document")


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


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """An archive of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return file.getvalue()


def types_of(part: str, kind: str, more: str = "") -> str:
    """The list of types of an Office document whose main part is ``part``."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{part}" ContentType="{kind}"/>{more}</Types>'
    )


def docx(more: Mapping[str, str | bytes] | None = None, types: str | bytes = "") -> bytes:
    """A Word document with further members, or another list of types."""
    part = "word/document.xml"
    return _office(part, types or types_of(part, WORD), more)


def xlsx(more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A workbook with further members."""
    part = "xl/workbook.xml"
    return _office(part, types_of(part, _MAIN.format("spreadsheetml.sheet")), more)


def pptx(more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A presentation with further members."""
    part = "ppt/presentation.xml"
    return _office(part, types_of(part, _MAIN.format("presentationml.presentation")), more)


def _office(part: str, types: str | bytes, more: Mapping[str, str | bytes] | None) -> bytes:
    return zipped({"[Content_Types].xml": types, part: "<x/>", **(more or {})})


def odt(more: Mapping[str, str] | None = None) -> bytes:
    """A text document with further members."""
    kind = "application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": kind, "content.xml": "<x/>", **(more or {})})
