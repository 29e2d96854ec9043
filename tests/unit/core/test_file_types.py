"""Files are what their contents are; a name that says otherwise is refused."""

import io
import struct
import zipfile
import zlib

import pytest

from samhandling.core.file_types import (
    ALLOWED,
    NAME_LENGTH,
    Fault,
    FileRefused,
    clean_name,
    type_of,
)
from tests.factories.files import (
    WORD,
    docx,
    jpeg,
    odt,
    pdf,
    png,
    pptx,
    types_of,
    xlsx,
    zipped,
)

DOCUMENT = "word/document.xml"
VBA = "application/vnd.ms-office.vbaProject"
MACRO_DOCUMENT = "application/vnd.ms-word.document.macroEnabled.main+xml"
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
        ("brev.docx", docx(types=types_of(DOCUMENT, MACRO_DOCUMENT))),
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


def _utf16(xml: str) -> bytes:
    return xml.replace("UTF-8", "UTF-16").encode("utf-16")


def _further(kind: str) -> str:
    return types_of(DOCUMENT, WORD, f'<Default Extension="dat" ContentType="{kind}"/>')


def _relation(kind: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="http://schemas.microsoft.com/office/2006/relationships/{kind}"'
        ' Target="x.dat"/></Relationships>'
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("brev.docx", docx(types=_utf16(types_of(DOCUMENT, MACRO_DOCUMENT)))),
        ("brev.docx", docx({"word/x.dat": "x"}, types=_utf16(_further(VBA)))),
        ("brev.docx", docx({"word/x.dat": "x"}, types=_further(VBA.replace("v", "&#118;")))),
        ("brev.docx", docx(types=_further(f'x"/><!--{" " * 900_000}--><x ContentType="{VBA}'))),
        ("brev.docx", docx({"Word/VBAproject.BIN": "x"})),
        ("brev.docx", docx({"word/_rels/document.xml.rels": _relation("vbaProject")})),
        ("tabell.xlsx", xlsx({"xl/_RELS/workbook.xml.RELS": _utf16(_relation("xlMacrosheet"))})),
        ("brev.odt", odt({"basic/Standard/Module1.xml": "x"})),
        ("brev.odt", odt({"Object 1/Basic/Standard/Module1.xml": "x"})),
    ],
)
def test_a_macro_is_found_however_it_is_written_or_named(name: str, content: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        type_of(name, io.BytesIO(content))
    assert refused.value.fault is Fault.HAS_MACROS


ENTITY = '<!DOCTYPE Types [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Types>&b;</Types>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("brev.docx", docx(types=ENTITY)),
        ("brev.docx", docx(types=types_of(DOCUMENT, WORD, " " * 1_000_001))),
        ("brev.docx", docx(types="<Types>")),
        ("brev.docx", docx({"[CONTENT_TYPES].xml": types_of(DOCUMENT, WORD)})),
        ("brev.docx", docx({"word/big.xml": "0" * 60_000_000})),
        (
            "brev.docx",
            docx({f"word/_rels/{n}.rels": _relation("x") + " " * 900_000 for n in range(12)}),
        ),
        ("brev.odt", odt({"Pictures/big.bin": "0" * 60_000_000})),
    ],
)
def test_an_archive_that_grows_or_says_two_things_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        type_of(name, io.BytesIO(content))
    assert refused.value.fault is Fault.DAMAGED


def test_a_zip_bomb_is_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    def unpacked(*_of: object) -> bytes:
        raise AssertionError("unpacked")

    monkeypatch.setattr(zipfile.ZipExtFile, "read", unpacked)
    for bomb in (docx({"word/big.bin": "0" * 60_000_000}), docx(types="0" * 5_000_000)):
        with pytest.raises(FileRefused):
            type_of("brev.docx", io.BytesIO(bomb))


def test_an_archive_that_lies_about_a_size_is_refused() -> None:
    """A member that holds more than it says: its checksum is of all of it."""
    honest = docx()
    length = len(types_of(DOCUMENT, WORD)).to_bytes(4, "little")
    lying = honest.replace(length, (40).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises(FileRefused) as refused:
        type_of("brev.docx", io.BytesIO(lying))
    assert refused.value.fault is Fault.DAMAGED


def test_the_main_part_may_stand_under_another_name() -> None:
    part = "word/document2.xml"
    content = docx({part: "<x/>"}, types=types_of(part, WORD))
    assert type_of("brev.docx", io.BytesIO(content)).key == "DOCX"


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
