"""Drawn blocks become text that reads the same when it is parsed again."""

import pytest

from samhandling.core.narrative import parse
from samhandling.core.report_model import (
    BulletList,
    Cell,
    Column,
    Footnote,
    FootnoteRef,
    ListItem,
    Paragraph,
    RecordRef,
    Row,
    Strong,
    Table,
    Text,
)
from samhandling.core.report_reading import (
    plain_text,
)
from samhandling.core.take_over import CannotTakeOver, digest_of, to_markdown

NOTE = Footnote("F-4", (Text("Ett uppdrag."),))


def read_again(text: str) -> str:
    parsed = parse(
        text,
        resolve_footnote=lambda key: NOTE if key == "F-4" else None,
        resolve_record=lambda uid: RecordRef(uid, "Annat namn", "INITIATIVE"),
    )
    assert parsed.problems == ()
    return plain_text(parsed.blocks)


def test_paragraphs_lists_references_and_notes_survive() -> None:
    blocks = (
        Paragraph(
            (
                Strong((RecordRef("abc", "Fler timmar", "INITIATIVE"),)),
                FootnoteRef(NOTE),
                Text(": från 80 till 100."),
            )
        ),
        BulletList((ListItem((Text("Åäö"),)), ListItem((Text("Två"),)))),
    )
    assert read_again(to_markdown(blocks)) == plain_text(blocks)


@pytest.mark.parametrize(
    "text", ["*inte kursiv*", "[inte](länk)", "- inte punkt", "1. inte nummer"]
)
def test_signs_that_mean_something_in_written_text_stay_signs(text: str) -> None:
    blocks = (Paragraph((Text(text),)),)
    assert read_again(to_markdown(blocks)) == text


def test_a_table_stays_drawn() -> None:
    table = Table("T", (Column("A"),), (Row((Cell((Text("1"),)),)),))
    with pytest.raises(CannotTakeOver):
        to_markdown((table,))


def test_the_digest_changes_with_the_words() -> None:
    assert digest_of((Paragraph((Text("80"),)),)) != digest_of((Paragraph((Text("90"),)),))
