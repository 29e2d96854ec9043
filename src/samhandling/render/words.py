"""The few words that renderers add themselves, and numbers, times and text made ready for a file.

Everything else a report says stands in its model, in its own language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from samhandling.core.partial_date import MONTHS_EN, MONTHS_SV
from samhandling.core.report_model import (
    Footnote,
    Report,
)
from samhandling.core.report_reading import (
    footnotes,
)


@dataclass(frozen=True, slots=True)
class Words:
    """Fixed words of one language."""

    table: str
    figure: str
    footnotes: str
    contents: str
    unknown: str
    inferred: str
    basis_of_figure: str  # with {n}
    back_to_text: str
    page_of: str  # with {page} and {pages}
    footnote: str
    rule_of_marks: str
    published_by: str
    cover_end: str
    skip_to_text: str
    as_of: str  # with {day}
    made: str  # with {day}


WORDS: Final = {
    "sv": Words(
        table="Tabell",
        figure="Figur",
        footnotes="Fotnoter",
        contents="Innehåll",
        unknown="Okänt",
        inferred="härlett",
        basis_of_figure="Underlag till figur {n}",
        back_to_text="Tillbaka till texten",
        page_of="{page} ({pages})",
        footnote="Fotnot",
        rule_of_marks="Fylld form: källan säger det. Ihålig form: härlett.",
        published_by="Utgiven av",
        cover_end="Om rapporten",
        skip_to_text="Till texten",
        as_of="Uppgifterna som de stod den {day}",
        made="Skapad den {day}",
    ),
    "en": Words(
        table="Table",
        figure="Figure",
        footnotes="Footnotes",
        contents="Contents",
        unknown="Unknown",
        inferred="inferred",
        basis_of_figure="Numbers behind figure {n}",
        back_to_text="Back to the text",
        page_of="{page} ({pages})",
        footnote="Footnote",
        rule_of_marks="Filled shape: the source says so. Hollow shape: inferred.",
        published_by="Published by",
        cover_end="About the report",
        skip_to_text="To the text",
        as_of="The records as they stood on {day}",
        made="Made on {day}",
    ),
}

LOCALE: Final = {"sv": "sv-SE", "en": "en-GB"}

_NOT_IN_A_FILE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
    "|[\U0001fffe\U0001ffff\ue000-\uf8ff]"
)


def clean(text: str) -> str:
    """The text without signs that XML or PDF/A cannot hold (controls, private use, surrogates)."""
    return _NOT_IN_A_FILE.sub("", text)


def number_text(value: float, language: str) -> str:
    """A number as one writes it: 1 234,5 in Swedish, 1,234.5 in English; one decimal at most."""
    whole = f"{value:,.1f}".removesuffix(".0")
    if language == "en":
        return whole
    return whole.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")


def day_text(made_at: str, language: str) -> str:
    """The day of an ISO 8601 day or time in words; empty for an empty one."""
    if not made_at:
        return ""
    day = datetime.fromisoformat(made_at)
    months = MONTHS_SV if language == "sv" else MONTHS_EN
    return f"{day.day} {months[day.month - 1]} {day.year}"


def dates_told(report: Report) -> str:
    """The day as of which the records are told, and the day when the report was made."""
    words, meta = WORDS[report.language], report.meta
    days = ((words.as_of, meta.as_of), (words.made, meta.made_at))
    return " · ".join(said.format(day=day_text(day, report.language)) for said, day in days if day)


@dataclass(slots=True)
class Numbers:
    """Numbers of tables, figures and notes, given out in reading order by one rendering."""

    notes: dict[str, int]
    tables: int = 0
    figures: int = 0
    called: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, report: Report) -> Numbers:
        """Fresh numbers; the notes are known beforehand."""
        return cls({note.key: n for n, note in enumerate(footnotes(report), start=1)})

    def next_table(self) -> int:
        """The number of the next table."""
        self.tables += 1
        return self.tables

    def next_figure(self) -> int:
        """The number of the next figure."""
        self.figures += 1
        return self.figures

    def call(self, note: Footnote) -> tuple[int, bool]:
        """The note's number, and whether this is the first time it is called."""
        is_first = note.key not in self.called
        self.called.add(note.key)
        return self.notes.setdefault(note.key, len(self.notes) + 1), is_first
