"""Files are what their contents are; a name that says otherwise is refused."""

import io
import struct
import zipfile
import zlib

import pytest

from samhandling.core.file_types import (
    ALLOWED,
    MEMBER_LIMIT,
    NAME_LENGTH,
    Fault,
    FileRefused,
    clean_name,
    type_of,
)
from tests.factories.files import docx, jpeg, odt, pdf, png, pptx, xlsx, zipped

TYPES = "[Content_Types].xml"
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("Beslut.PDF", pdf(), "PDF"),
        ("bild.png", png(), "PNG"),
        ("bild.jpeg", jpeg(), "JPEG"),
        ("bild.jpg", jpeg() + b"\0" * 40, "JPEG"),
        ("brev.docx", docx(), "DOCX"),
        ("tabell.xlsx", xlsx(), "XLSX"),
        ("visning.pptx", pptx(), "PPTX"),
        ("brev.odt", odt(), "ODT"),
        ("anteckning.txt", "Åtta är < nio".encode(), "TEXT"),
        ("tal.csv", "\ufeffår;antal\r\n2020;3\r\n".encode(), "CSV"),
    ],
)
def test_what_is_what_it_says_is_taken(name: str, content: bytes, key: str) -> None:
    file = io.BytesIO(content)
    assert type_of(name, file).key == key
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("tom.pdf", b"", Fault.EMPTY),
        ("program.exe", b"MZ\x90\x00", Fault.UNKNOWN_ENDING),
        ("sida.html", HTML, Fault.UNKNOWN_ENDING),
        ("bild.svg", SVG, Fault.UNKNOWN_ENDING),
        ("utan-slut", pdf(), Fault.UNKNOWN_ENDING),
        ("brev.docm", docx(), Fault.UNKNOWN_ENDING),
        ("bild.png", HTML, Fault.CONTENT_DIFFERS),
        ("bild.png", SVG, Fault.CONTENT_DIFFERS),
        ("bild.png", jpeg(), Fault.CONTENT_DIFFERS),
        ("bild.jpg", png(), Fault.CONTENT_DIFFERS),
        ("text.txt", HTML, Fault.CONTENT_DIFFERS),
        ("text.txt", b"x" * 70_000 + b"\n<ScRiPt>", Fault.CONTENT_DIFFERS),
        ("text.csv", SVG, Fault.CONTENT_DIFFERS),
        ("text.txt", b"MZ\x00\x03", Fault.CONTENT_DIFFERS),
        ("text.txt", "år".encode("latin-1"), Fault.NOT_UTF8),
        ("beslut.pdf", docx(), Fault.CONTENT_DIFFERS),
        ("beslut.pdf", b"\n" + pdf(), Fault.CONTENT_DIFFERS),
        ("beslut.pdf", pdf()[:-8], Fault.DAMAGED),
        ("brev.docx", xlsx(), Fault.CONTENT_DIFFERS),
        ("brev.docx", odt(), Fault.CONTENT_DIFFERS),
        ("brev.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, Fault.CONTENT_DIFFERS),
        ("brev.docx", docx()[:200], Fault.DAMAGED),
        ("brev.odt", docx(), Fault.CONTENT_DIFFERS),
        ("arkiv.xlsx", zipped({"a.txt": "hej"}), Fault.CONTENT_DIFFERS),
    ],
)
def test_what_is_not_what_it_says_is_refused(name: str, content: bytes, fault: Fault) -> None:
    with pytest.raises(FileRefused) as refused:
        type_of(name, io.BytesIO(content))
    assert refused.value.fault is fault


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bild.png", png() + HTML),
        ("bild.png", png() + zipped({"a.txt": "hej"})),
        ("bild.jpg", jpeg() + HTML),
        ("beslut.pdf", pdf() + zipped({"a.txt": "hej"})),
    ],
)
def test_a_file_behind_another_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        type_of(name, io.BytesIO(content))
    assert refused.value.fault is Fault.HIDES_ANOTHER


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("brev.docx", docx({"word/vbaProject.bin": "makro"})),
        ("brev.docx", docx(types="application/vnd.ms-word.document.macroEnabled.main+xml")),
        ("brev.docx", docx({"word/activeX/activeX1.bin": "x"})),
        ("tabell.xlsx", xlsx({"xl/macrosheets/sheet1.xml": "x"})),
        ("brev.odt", odt({"Basic/Standard/Module1.xml": "x"})),
        ("brev.odt", odt({"Scripts/python/x.py": "x"})),
    ],
)
def test_an_office_file_with_a_macro_is_refused_whatever_its_name(
    name: str, content: bytes
) -> None:
    with pytest.raises(FileRefused) as refused:
        type_of(name, io.BytesIO(content))
    assert refused.value.fault is Fault.HAS_MACROS


def test_a_zip_bomb_is_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    whole = zipfile.ZipExtFile.read

    def counted(self: zipfile.ZipExtFile, n: int | None = -1) -> bytes:
        answer = whole(self, n)
        read.append(len(answer))
        return answer

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    bomb = docx({"word/media/big.bin": "0" * 30_000_000}, types="x" * 5_000_000)
    assert type_of("brev.docx", io.BytesIO(bomb)).key == "DOCX"
    assert sum(read) == MEMBER_LIMIT


def test_an_archive_of_very_many_members_is_refused() -> None:
    many = docx({f"word/{n}.xml": "" for n in range(5_001)})
    with pytest.raises(FileRefused) as refused:
        type_of("brev.docx", io.BytesIO(many))
    assert refused.value.fault is Fault.DAMAGED


def test_a_picture_with_a_chunk_that_claims_too_much_is_refused() -> None:
    head = png()[:8] + struct.pack(">I4s", 13, b"IHDR") + b"\0" * 13
    crc = struct.pack(">I", zlib.crc32(b"IHDR" + b"\0" * 13))
    claims = head + crc + struct.pack(">I4s", 2**31, b"IDAT") + b"short"
    with pytest.raises(FileRefused) as refused:
        type_of("bild.png", io.BytesIO(claims))
    assert refused.value.fault is Fault.DAMAGED


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Beslut 2020.pdf", "Beslut 2020.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("/abs/olut/ny.txt", "ny.txt"),
        (".htaccess", "htaccess"),
        ("...", "fil"),
        ("", "fil"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie x=1.pdf"),
        ("ja\x00.pdf", "ja.pdf"),
        ("rapport\u202efdp.exe", "rapportfdp.exe"),
        ('<img src=x onerror="alert(1)">.png', "img src=x onerror=alert(1).png"),
        ("  många   blanksteg .pdf ", "många blanksteg.pdf"),
        ("nytt\u2028rad.txt", "nyttrad.txt"),
    ],
)
def test_a_name_is_kept_without_what_could_do_harm(written: str, kept: str) -> None:
    assert clean_name(written) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name("ä" * 4000 + ".docx")
    assert len(name) == NAME_LENGTH
    assert name.endswith("ä.docx")


def test_no_kind_is_anything_a_browser_runs() -> None:
    types = {kind.media_type for kind in ALLOWED}
    assert not [one for one in types if "html" in one or "svg" in one or "script" in one]
