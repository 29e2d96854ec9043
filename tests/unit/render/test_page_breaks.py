"""Where the PDF's pages break: no heading without what it leads to, no short box in two pieces."""

import subprocess
from pathlib import Path

import pytest

from samhandling.core.report_model import (
    Block,
    Callout,
    CalloutKind,
    Column,
    Fact,
    Facts,
    FootnoteRef,
    Heading,
    Row,
    Table,
    Text,
)
from samhandling.render.entry import render
from tests.unit.render.example_report import NOTE_A, cell, paragraph, report

LINES_BEFORE = range(26, 36)
"""Paragraphs of one line: from room enough to none for what follows them on the first page."""


def pages(*blocks: Block, lines: int, fonts_dir: Path) -> list[str]:
    """What each page says, with `lines` lines before the blocks."""
    before: list[Block] = [Heading(1, "Först", "forst")]
    before += [paragraph(f"Rad {n}.") for n in range(lines)]
    whole = render(report(*before, *blocks), "pdf", fonts_dir=fonts_dir)
    text = subprocess.run(["pdftotext", "-", "-"], input=whole, capture_output=True, check=True)
    return text.stdout.decode().split("\f")


def page_of(words: str, told: list[str]) -> int:
    """The last page that says the words: the contents say the headings too."""
    return max(number for number, page in enumerate(told) if words in page)


@pytest.mark.parametrize("lines", LINES_BEFORE)
def test_headings_stand_on_the_page_of_the_facts_they_lead_to(lines: int, fonts_dir: Path) -> None:
    facts = Facts(
        tuple(
            Fact(term, (Text(f"Uppgift {n}"), FootnoteRef(NOTE_A)))
            for n, term in enumerate(("Ansvarigt nätverk", "Myndighet", "Delområde"))
        )
    )
    told = pages(
        Heading(2, "Området", "omradet"),
        Heading(3, "Nätet", "natet"),
        facts,
        lines=lines,
        fonts_dir=fonts_dir,
    )
    assert (
        page_of("Området", told) == page_of("Nätet", told) == page_of("Ansvarigt nätverk", told)
    ), told


@pytest.mark.parametrize("lines", LINES_BEFORE)
def test_a_short_callout_stays_on_one_page(lines: int, fonts_dir: Path) -> None:
    box = Callout(
        CalloutKind.GAP, "En lucka", tuple(paragraph(f"Skäl {n} av sex.") for n in range(6))
    )
    told = pages(box, lines=lines, fonts_dir=fonts_dir)
    assert page_of("En lucka", told) == page_of("Skäl 5 av sex.", told)


def test_a_table_of_long_rows_begins_where_there_is_room(fonts_dir: Path) -> None:
    rows = tuple(Row((cell(f"Fråga {n}. " + "Ord på rad. " * 30),)) for n in range(13))
    table = Table("Öppna frågor", (Column("Fråga"),), rows)
    told = pages(table, lines=12, fonts_dir=fonts_dir)
    assert page_of("Rad 11.", told) == page_of("Fråga 0.", told) < page_of("Fråga 12.", told)


def test_the_note_of_a_long_table_stands_at_its_beginning(fonts_dir: Path) -> None:
    rows = tuple(Row((cell(f"Fråga nummer {n}."),)) for n in range(56))
    table = Table("Öppna frågor", (Column("Fråga"),), rows, note="Så läses tabellen.")
    told = pages(table, lines=4, fonts_dir=fonts_dir)
    assert page_of("Så läses tabellen.", told) == page_of("Fråga nummer 0.", told)
    assert page_of("Fråga nummer 55.", told) > page_of("Så läses tabellen.", told)
