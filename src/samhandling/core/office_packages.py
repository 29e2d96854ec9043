"""Word, Excel, PowerPoint and OpenDocument files: of their kind, without macros, and no bomb.

Both families are zip archives. What a member holds is judged by the list of types and the relations
that the archive keeps in XML (ECMA-376, part 2: names of parts know no capitals), which are read as
XML: whatever the letters are coded as, and never with a document type, so no entity can grow.
Nothing else is unpacked; how large the rest would grow is read from the archive's own list.
"""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

# The document type is refused at its first sign, before any entity of it exists.
from xml.parsers import expat  # nosec B407

MEMBER_LIMIT: Final = 1_000_000
"""Bytes that one member may hold, unpacked, where it is read."""
READ_LIMIT: Final = 10_000_000
"""Bytes that all members together may hold, unpacked, where they are read."""
MAX_MEMBERS: Final = 5_000
UNPACKED_LIMIT: Final = 50_000_000
"""Bytes a file may grow to unpacked, however small it is."""
MAX_GROWTH: Final = 100
"""How many times larger than itself a file may become beyond that. Ordinary ones: 2–20."""

_TYPES: Final = "[content_types].xml"
_KNOWN_PACKING: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MACRO_MEMBER = re.compile(r"(^|/)(vba\w*\.(bin|xml)|activex/.*|macrosheets/.*)$")
_MACRO_TYPE = re.compile(r"macroenabled|vbaproject|vbadata|macrosheet|activex")
_MACRO_RELATION = re.compile(r"/(vbaproject|wordvbadata|\w*macrosheet|activex\w*|control)$")
_MACRO_FOLDER = re.compile(r"(^|/)(basic|scripts)/")


class PackageDamaged(ValueError):
    """The archive cannot be read, or would grow far larger than an honest one."""


class AnotherPackage(ValueError):
    """It is not of the kind that its name promised."""


class HoldsMacros(ValueError):
    """Something in it is run when it is opened."""


def check_office(content: BinaryIO, main_type: str) -> None:
    """An Office document whose main part is of ``main_type``; relations and types name no macro.

    Raises PackageDamaged, AnotherPackage, HoldsMacros.
    """
    with _archive(content) as archive:
        members = _members(archive)
        if any(_MACRO_MEMBER.search(name) for name in members):
            raise HoldsMacros
        if _TYPES not in members:
            raise AnotherPackage
        read = [_TYPES, *(name for name in members if name.endswith(".rels"))]
        if sum(members[name].file_size for name in read) > READ_LIMIT:
            raise PackageDamaged
        main = False
        for attributes in _elements(archive, members[_TYPES]):
            kind = attributes.get("ContentType", "").strip().lower()
            if _MACRO_TYPE.search(kind):
                raise HoldsMacros
            part = attributes.get("PartName", "").strip().lower().lstrip("/")
            main = main or (kind == main_type and part in members)
        for name in read[1:]:
            for attributes in _elements(archive, members[name]):
                if _MACRO_RELATION.search(attributes.get("Type", "").strip().lower()):
                    raise HoldsMacros
        if not main:
            raise AnotherPackage


def check_open_document(content: BinaryIO, media_type: str) -> None:
    """The first member says the type in plain sight (OpenDocument 1.3, part 2, 3.3).

    Raises PackageDamaged, AnotherPackage, HoldsMacros.
    """
    with _archive(content) as archive:
        members = _members(archive)
        if next(iter(members), "") != "mimetype" or "content.xml" not in members:
            raise AnotherPackage
        if _content(archive, members["mimetype"]).strip() != media_type.encode():
            raise AnotherPackage
        if any(_MACRO_FOLDER.search(name) for name in members):
            raise HoldsMacros


def _archive(content: BinaryIO) -> zipfile.ZipFile:
    content.seek(0)
    if content.read(4) != b"PK\x03\x04":
        raise AnotherPackage
    try:
        return zipfile.ZipFile(content)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise PackageDamaged from error


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The members by name in small letters, in the order they stand.

    Two of one name are refused, since one reader takes the first and another the last.
    """
    listed = archive.infolist()
    members = {one.filename.replace("\\", "/").lower(): one for one in listed}
    if len(listed) > MAX_MEMBERS or len(members) != len(listed):
        raise PackageDamaged
    unpacked = sum(one.file_size for one in listed)
    packed = sum(one.compress_size for one in listed)
    if unpacked > max(UNPACKED_LIMIT, MAX_GROWTH * packed):
        raise PackageDamaged
    return members


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """All of a member that is not larger than MEMBER_LIMIT, its checksum tried."""
    if member.file_size > MEMBER_LIMIT or member.compress_type not in _KNOWN_PACKING:
        raise PackageDamaged
    try:
        return archive.read(member)
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        RuntimeError,
        OSError,
        NotImplementedError,
    ) as error:
        raise PackageDamaged from error


def _elements(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[dict[str, str]]:
    """The attributes of each element of an XML member."""
    found: list[dict[str, str]] = []

    def refuse(*_of: object) -> None:
        raise PackageDamaged

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda _name, attributes: found.append(attributes)
    try:
        parser.Parse(_content(archive, member), True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise PackageDamaged from error
    yield from found
