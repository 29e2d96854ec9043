"""The four files made of one model: what an official, a reader and a screen reader find in them."""

import io
import re
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from samhandling.core.report_model import (
    Cell,
    Column,
    Figure,
    FootnoteRef,
    Heading,
    Paragraph,
    Report,
    Row,
    Table,
    Text,
)
from samhandling.core.report_reading import (
    footnotes,
    inline_text,
    plain_text,
)
from samhandling.render import FORMATS, MEDIA_TYPES, Cause, RenderFailed
from samhandling.render.entry import render
from samhandling.render.office import pandoc, render_office
from tests.unit.render.example_report import (
    NOTE_A,
    paragraph,
    report,
    small_report,
    status_figure,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"


@pytest.fixture(scope="module")
def made(fonts_dir: Path) -> dict[str, bytes]:
    return {name: render(small_report(), name, fonts_dir=fonts_dir) for name in FORMATS}


def part(whole: bytes, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        return ElementTree.fromstring(package.read(name))


def said(element: ElementTree.Element, tag: str = f"{W}t") -> str:
    return "".join(one.text or "" for one in element.iter(tag))


def pdf_text(whole: bytes) -> str:
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=whole, capture_output=True, check=True
    )
    return done.stdout.decode()


def pdf_info(whole: bytes, tmp_path: Path) -> str:
    path = tmp_path / "r.pdf"
    path.write_bytes(whole)
    return subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True).stdout.decode()


# Word


def styles_used(document: ElementTree.Element) -> dict[str, list[str]]:
    used: dict[str, list[str]] = {}
    for paragraph_ in document.iter(f"{W}p"):
        style = paragraph_.find(f"{W}pPr/{W}pStyle")
        name = style.get(f"{W}val", "") if style is not None else ""
        used.setdefault(name, []).append(said(paragraph_))
    return used


def test_word_headings_are_heading_styles(made: dict[str, bytes]) -> None:
    used = styles_used(part(made["docx"], "word/document.xml"))
    assert used["Heading1"] == [
        "1 Bakgrund",
        "2 Genomförda insatser",
        "3 Lärdomar och rekommendationer",
    ]
    assert used["Heading2"] == ["2.1 Bosättning och mottagande"]
    assert used["Heading3"] == ["Vad som blev annorlunda"]
    assert used["Title"] == ["Uppföljning 2020"]


def test_every_style_used_in_word_is_defined(made: dict[str, bytes]) -> None:
    defined = {
        style.get(f"{W}styleId")
        for style in part(made["docx"], "word/styles.xml").iter(f"{W}style")
    }
    assert set(styles_used(part(made["docx"], "word/document.xml"))) - {""} <= defined


def test_word_notes_are_its_own_and_in_order(made: dict[str, bytes]) -> None:
    notes = [
        said(note).strip()
        for note in part(made["docx"], "word/footnotes.xml").iter(f"{W}footnote")
        if said(note).strip()
    ]
    assert notes == [inline_text(note.inlines) for note in footnotes(small_report())]
    document = part(made["docx"], "word/document.xml")
    assert len(list(document.iter(f"{W}footnoteReference"))) == 2
    assert "Fotnoter" not in said(document)


def test_word_tables_repeat_their_header_and_keep_rows_whole(made: dict[str, bytes]) -> None:
    tables = list(part(made["docx"], "word/document.xml").iter(f"{W}tbl"))
    assert len(tables) == 2
    for table in tables:
        rows = list(table.iter(f"{W}tr"))
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rows[1:])
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert said(list(tables[0].iter(f"{W}tr"))[-1]) == "Summaminst 12"


def test_word_pictures_have_alternative_texts(made: dict[str, bytes]) -> None:
    alts = [one.get("descr") for one in part(made["docx"], "word/document.xml").iter(f"{WP}docPr")]
    assert all(alts)
    assert status_figure().alt in alts
    assert "Kompetensutveckling (härlett)" in alts


def test_word_pictures_are_not_repeated_in_their_descriptions(made: dict[str, bytes]) -> None:
    document = part(made["docx"], "word/document.xml")
    told = [one.get("descr") or "" for one in document.iter() if one.tag.endswith("}cNvPr")]
    assert told
    assert [one[:30] for one in told if one.startswith("data:")] == []


def test_word_captions_count_themselves(made: dict[str, bytes]) -> None:
    document = part(made["docx"], "word/document.xml")
    fields = [one.get(f"{W}instr", "").split()[:2] for one in document.iter(f"{W}fldSimple")]
    assert ["SEQ", "Tabell"] in fields
    assert ["SEQ", "Figur"] in fields
    used = styles_used(document)
    assert used["TableCaption"] == ["Tabell\N{NO-BREAK SPACE}1. Ett av tre steg är genomfört"]


def test_word_has_contents_that_show_before_they_are_renewed(made: dict[str, bytes]) -> None:
    document = part(made["docx"], "word/document.xml")
    assert said(document, f"{W}instrText").split() == ["TOC", "\\o", '"1-2"', "\\h", "\\z", "\\u"]
    used = styles_used(document)
    assert used["TOC2"] == ["2.1 Bosättning och mottagande"]
    marks = {one.get(f"{W}name") for one in document.iter(f"{W}bookmarkStart")}
    links = {one.get(f"{W}anchor") for one in document.iter(f"{W}hyperlink")} - {None}
    assert links <= marks


def test_word_knows_language_header_page_and_properties(made: dict[str, bytes]) -> None:
    styles = part(made["docx"], "word/styles.xml")
    languages = {one.get(f"{W}val") for one in styles.iter(f"{W}lang")}
    assert languages == {"sv-SE"}
    with zipfile.ZipFile(io.BytesIO(made["docx"])) as package:
        heads = [package.read(n).decode() for n in package.namelist() if "header" in n]
        feet = [package.read(n).decode() for n in package.namelist() if "footer" in n]
        core = package.read("docProps/core.xml").decode()
    assert any("Uppföljning 2020 · Överenskommelsen" in one and "Utkast" in one for one in heads)
    assert any("PAGE" in one and "NUMPAGES" in one for one in feet)
    assert "<dc:title>Uppföljning 2020</dc:title>" in core
    section = part(made["docx"], "word/document.xml").find(f".//{W}sectPr")
    assert section is not None
    assert section.find(f"{W}titlePg") is not None
    assert section.find(f"{W}pgSz").get(f"{W}w") == "11906"  # type: ignore[union-attr]


# ODT


def test_odt_has_notes_headings_header_rows_and_alternative_texts(made: dict[str, bytes]) -> None:
    content = part(made["odt"], "content.xml")
    notes = ["".join(one.itertext()) for one in content.iter(f"{TEXT}note-body")]
    assert [" ".join(one.split()) for one in notes] == [
        "Underlaget är deltagarnas egna svar.",
        "Läs mer hos länet.",
    ]
    heads = ["".join(one.itertext()).strip() for one in content.iter(f"{TEXT}h")]
    assert "2.1 Bosättning och mottagande" in heads
    assert len(list(content.iter(f"{TABLE}table-header-rows"))) == 2
    frames = list(content.iter(f"{DRAW}frame"))
    alts = [frame.findtext(f"{SVG}desc") for frame in frames]
    assert frames
    assert all(alts)
    assert status_figure().alt in alts


def test_odt_styles_are_defined_and_swedish(made: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(made["odt"])) as package:
        styles = package.read("styles.xml").decode()
        content = package.read("content.xml").decode()
        assert package.infolist()[0].filename == "mimetype"
        assert package.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert "<dc:language>sv-SE</dc:language>" in package.read("meta.xml").decode()
    ElementTree.fromstring(styles)
    used = set(re.findall(r'(?:text|table):style-name="([^"]+)"', content))
    defined = set(re.findall(r'style:name="([^"]+)"', styles + content))
    assert used <= defined
    assert 'fo:country="US"' not in styles
    assert 'fo:language="sv"' in styles


# PDF


def test_pdf_is_tagged_titled_and_in_swedish(made: dict[str, bytes], tmp_path: Path) -> None:
    info = pdf_info(made["pdf"], tmp_path)
    assert re.search(r"Title:\s+Uppföljning 2020", info)
    assert re.search(r"Tagged:\s+yes", info)
    assert "595.276 x 841.89 pts (A4)" in info
    assert b"/Lang (sv-SE)" in made["pdf"] or b"sv-SE" in made["pdf"]
    assert b"pdfuaid" in made["pdf"]
    assert b"pdfaid" in made["pdf"]


def test_pdf_says_what_the_model_says(made: dict[str, bytes]) -> None:
    text = " ".join(pdf_text(made["pdf"]).split())
    for words in (
        "Länsstyrelsen i Exempellän",
        "Rådet för social hållbarhet",
        "Ansvarig samordnande myndighet",
        "Indikator Okänt",
        "Tabell 1. Ett av tre steg är genomfört",
        "Figur 1. Alla flyttade delinsatser",
        "Genomförd (härlett)",
        "Underlaget är deltagarnas egna svar.",
        "Det här saknas",
        "5 (5)",
    ):
        assert words in text
    assert "Fotnoter" not in text


def test_signs_without_a_letterform_are_squares_and_the_file_is_still_made(
    fonts_dir: Path,
) -> None:
    whole = render(
        report(paragraph("Hej 😀🎉 中文字 \ue000 Ж α åäö ≥ → slut")), "pdf", fonts_dir=fonts_dir
    )
    text = pdf_text(whole)
    assert "Hej □□ □□□" in text
    assert "åäö" in text
    assert "slut" in text


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_same_report_gives_the_same_bytes(
    file_format: str, made: dict[str, bytes], fonts_dir: Path
) -> None:
    again = render(small_report(), file_format, fonts_dir=fonts_dir)
    assert again == made[file_format]
    assert MEDIA_TYPES[file_format]


@pytest.mark.parametrize("file_format", FORMATS)
def test_every_file_says_which_day_the_records_are_told_as_of_and_when_it_was_made(
    file_format: str, made: dict[str, bytes]
) -> None:
    whole = made[file_format]
    match file_format:
        case "docx":
            text = said(part(whole, "word/footer1.xml"))
        case "odt":
            text = "".join(part(whole, "styles.xml").itertext())
        case "pdf":
            text = pdf_text(whole)
        case _:
            text = whole.decode()
    told = "Uppgifterna som de stod den 30 november 2020 · Skapad den 1 december 2020"
    assert told in text


@pytest.mark.parametrize("file_format", FORMATS)
def test_markup_in_the_text_is_text_in_every_file(file_format: str, fonts_dir: Path) -> None:
    evil = "#panic() <w:p/> *x* $y$ ${z} \\ ]] & \" ' </text:p> [a](b) `c`"
    whole = render(
        report(
            Heading(1, evil, "a"),
            Paragraph((Text(evil),)),
            Table(evil, (Column(evil),), (Row((Cell((Text(evil),)),)),), evil),
            title=evil,
        ),
        file_format,
        fonts_dir=fonts_dir,
    )
    match file_format:
        case "docx":
            assert evil in said(part(whole, "word/document.xml"))
        case "odt":
            assert evil in "".join(part(whole, "content.xml").itertext())
        case "pdf":
            assert "#panic() <w:p/> *x* $y$ ${z}" in " ".join(pdf_text(whole).split())
        case "html":
            assert b"&lt;w:p/&gt;" in whole


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_bare_report_can_be_made(file_format: str, language: str, fonts_dir: Path) -> None:
    bare = Report("T", "", language, small_report().meta.__class__(), ())
    assert render(bare, file_format, fonts_dir=fonts_dir)


def test_a_drawing_of_its_own_gets_into_every_file(fonts_dir: Path) -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="9" height="9"/>'
        "</svg>"
    )
    drawn = report(Figure("Karta", "Länets karta.", svg=svg))
    assert b'aria-label="L\xc3\xa4nets karta."' in render(drawn, "html", fonts_dir=fonts_dir)
    document = part(render(drawn, "docx", fonts_dir=fonts_dir), "word/document.xml")
    assert [one.get("descr") for one in document.iter(f"{WP}docPr")] == ["Länets karta."]
    assert render(drawn, "pdf", fonts_dir=fonts_dir)


def test_a_note_called_twice_is_one_note(fonts_dir: Path) -> None:
    twice = report(paragraph("a", FootnoteRef(NOTE_A)), paragraph("b", FootnoteRef(NOTE_A)))
    docx = render(twice, "docx", fonts_dir=fonts_dir)
    assert said(part(docx, "word/footnotes.xml")).count("egna svar") == 1
    assert pdf_text(render(twice, "pdf", fonts_dir=fonts_dir)).count("egna svar") == 1


def test_every_word_of_the_model_is_in_the_word_file(made: dict[str, bytes]) -> None:
    names = ("word/document.xml", "word/footnotes.xml")
    paragraphs = [p for name in names for p in part(made["docx"], name).iter(f"{W}p")]
    runs = [
        " " if run.tag in (f"{W}tab", f"{W}p") else run.text or ""
        for p in paragraphs
        for run in p.iter()
    ]
    found = set(re.findall(r"\w+", "".join(runs)))
    pictures = {"Liggande", "staplar", "per", "nätverk", "tre", "flyttade"}
    marks = {"Kompetensutveckling", "Erfarenhetsutbyte"}
    wanted = set(re.findall(r"\w+", plain_text(small_report())))
    assert wanted - found - pictures - marks <= {"har"}


# when it goes wrong


def test_an_unknown_format_is_refused(fonts_dir: Path) -> None:
    with pytest.raises(RenderFailed) as caught:
        render(small_report(), "doc", fonts_dir=fonts_dir)
    assert caught.value.cause is Cause.UNKNOWN_FORMAT


@pytest.mark.parametrize("file_format", ["pdf", "docx", "odt"])
def test_a_missing_font_is_told(file_format: str, tmp_path: Path) -> None:
    with pytest.raises(RenderFailed) as caught:
        render(small_report(), file_format, fonts_dir=tmp_path)
    assert caught.value.cause is Cause.FONT_MISSING
    assert "Typsnittet Source Sans Pro saknas" in str(caught.value)


def program(tmp_path: Path, body: str) -> str:
    path = tmp_path / "pandoc"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("body", "cause", "words"),
    [
        ("exec sleep 30", Cause.TOO_SLOW, "inte klar på 0.2 sekunder"),
        ("echo Aj >&2; exit 64", Cause.PROGRAM_FAILED, "svarade: Aj"),
        ("echo 'No space left on device' >&2; exit 1", Cause.DISK_FULL, "Disken är full"),
        ("exit 0", Cause.PROGRAM_FAILED, "kunde inte göras"),
    ],
)
def test_a_failing_program_is_told_in_plain_words(
    body: str,
    cause: Cause,
    words: str,
    tmp_path: Path,
    fonts_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    made: dict[str, bytes],
) -> None:
    path = program(tmp_path, body)
    monkeypatch.setattr(pandoc.pypandoc, "get_pandoc_path", lambda: path)
    with pytest.raises(RenderFailed) as caught:
        render_office(small_report(), "docx", fonts_dir, timeout=0.2)
    assert caught.value.cause is cause
    assert words in str(caught.value)


def test_a_missing_program_is_told(
    fonts_dir: Path, monkeypatch: pytest.MonkeyPatch, made: dict[str, bytes]
) -> None:
    monkeypatch.setattr(pandoc.pypandoc, "get_pandoc_path", lambda: "/nowhere/pandoc")
    with pytest.raises(RenderFailed) as caught:
        render(small_report(), "odt", fonts_dir=fonts_dir)
    assert caught.value.cause is Cause.PROGRAM_MISSING


def test_a_full_disk_is_told(
    fonts_dir: Path, monkeypatch: pytest.MonkeyPatch, made: dict[str, bytes]
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(RenderFailed) as caught:
        render(small_report(), "docx", fonts_dir=fonts_dir)
    assert caught.value.cause is Cause.DISK_FULL
    assert "Inget du har skrivit är borta" in str(caught.value)
