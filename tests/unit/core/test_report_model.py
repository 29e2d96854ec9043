"""A report as data: it refuses what cannot be shown, is stored without loss, and can be read."""

import json
from dataclasses import replace

import pytest

from samhandling.core.report_model import (
    Cell,
    Chart,
    ChartKind,
    Column,
    Drawn,
    Figure,
    FootnoteRef,
    Heading,
    Link,
    MatrixRow,
    Meta,
    Paragraph,
    Report,
    ReportModelError,
    Row,
    Series,
    Table,
    Text,
)
from samhandling.core.report_reading import (
    blocks_under,
    footnotes,
    plain_text,
    record_uids,
    unique_anchors,
    walk,
)
from samhandling.core.report_storage import (
    digest,
    from_json,
    to_json,
)
from tests.unit.render.example_report import NOTE_A, NOTE_B, long_report, small_report


@pytest.mark.parametrize("made", [small_report(), long_report(3)])
def test_a_report_is_stored_and_read_back_without_loss(made: Report) -> None:
    text = to_json(made)
    assert from_json(text) == made
    assert to_json(from_json(text)) == text


def test_the_digest_follows_the_content_and_nothing_else() -> None:
    assert digest(small_report()) == digest(small_report())
    assert digest(replace(small_report(), subtitle="Annat")) != digest(small_report())


def test_a_report_stored_before_a_field_came_is_read_and_keeps_its_digest() -> None:
    older = to_json(Report("T", "", "sv", Meta(), ()))
    assert "as_of" not in older
    assert to_json(from_json(older)) == older
    newer = Report("T", "", "sv", Meta(as_of="2020-11-30"), ())
    assert from_json(to_json(newer)) == newer


def test_the_stored_form_is_known_to_the_byte() -> None:
    made = Report("T", "", "sv", Meta(), (Paragraph((Text("å"),), Drawn(("r",))),))
    assert to_json(made) == (
        '{"format":"samhandling-report","report":{"blocks":[{"inlines":[{"is":"Text","text":"å"}],'
        '"is":"Paragraph","is_lead":false,"origin":{"is":"Drawn","record_uids":["r"],"what":""}}],'
        '"is":"Report","language":"sv","meta":{"cover":[],"data_version":"","is":"Meta",'
        '"keywords":[],"made_at":"","publisher":"","running_title":"","status":""},'
        '"subtitle":"","title":"T"},"version":1}'
    )


def changed(**parts: object) -> str:
    whole = json.loads(to_json(small_report()))
    whole.update(parts)
    return json.dumps(whole)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        changed(version=2),
        changed(report={"is": "Text", "text": "x"}),
        changed(report={"is": "Missing"}),
        changed(report={"is": "Report"}),
        changed(report={"is": ["x"]}),
        changed(report=None),
    ],
)
def test_what_is_no_stored_report_is_refused(text: str) -> None:
    with pytest.raises(ReportModelError):
        from_json(text)


CHART = Chart(ChartKind.BARS, ("a",), (Series("n", (1,)),))
SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'


@pytest.mark.parametrize(
    "make",
    [
        lambda: Heading(0, "A", "a"),
        lambda: Heading(7, "A", "a"),
        lambda: Heading(1, " ", "a"),
        lambda: Heading(1, "A", "Å b"),
        lambda: Link((Text("x"),), "javascript:x"),
        lambda: Link((Text("x"),), "https://x y"),
        lambda: Table("t", (), ()),
        lambda: Table("t", (Column("a"),), (Row((Cell(()), Cell(()))),)),
        lambda: Figure("f", " ", chart=CHART),
        lambda: Figure("f", "alt"),
        lambda: Figure("f", "alt", chart=CHART, svg=SVG.format("")),
        lambda: Chart(ChartKind.BARS, ("a",), ()),
        lambda: Chart(ChartKind.BARS, ("a",), (Series("n", (1, 2)),)),
        lambda: Chart(ChartKind.BARS, ("a",), (Series("n", (-1,)),)),
        lambda: Chart(ChartKind.MATRIX, ("a",), columns=("x",), matrix=(MatrixRow(()),)),
        lambda: Report("", "", "sv", Meta(), ()),
        lambda: Report("T", "", "de", Meta(), ()),
        lambda: Figure("f", "alt", svg="<svg>"),
        lambda: Figure("f", "alt", svg=SVG.format("<script/>")),
        lambda: Figure("f", "alt", svg=SVG.format('<g onclick="x"/>')),
        lambda: Figure("f", "alt", svg=SVG.format('<g style="x"/>')),
        lambda: Figure("f", "alt", svg=SVG.format('<g href="#x"/>')),
        lambda: Figure("f", "alt", svg=SVG.format('<g fill="url(https://x)"/>')),
        lambda: Figure("f", "alt", svg='<!DOCTYPE x [<!ENTITY a "b">]>' + SVG.format("")),
    ],
)
def test_what_cannot_be_shown_is_refused(make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ReportModelError):
        make()


def test_a_drawing_that_only_draws_is_let_through() -> None:
    assert Figure("f", "alt", svg=SVG.format('<rect fill="url(#a)"/>')).svg


def test_walking_goes_into_callouts_and_figures() -> None:
    kinds = [type(block).__name__ for block in walk(small_report())]
    assert kinds.count("Table") == 2  # one of its own, one behind the figure
    assert kinds.count("Callout") == 2
    assert kinds.index("Figure") < kinds.index("Callout")


def test_footnotes_come_once_in_the_order_of_their_first_call() -> None:
    assert footnotes(small_report()) == (NOTE_A, NOTE_B)
    blocks = (Paragraph((FootnoteRef(NOTE_B), FootnoteRef(NOTE_A), FootnoteRef(NOTE_B))),)
    assert footnotes(blocks) == (NOTE_B, NOTE_A)


def test_records_are_gathered_from_origins_rows_and_words() -> None:
    assert record_uids(small_report()) == {"net1", "rec0", "rec1", "rec2", "rec3"}


def test_blocks_under_a_heading_reach_to_the_next_of_its_rank() -> None:
    report = small_report()
    inside = blocks_under(report, ["Genomförda insatser", "Bosättning och mottagande"])
    text = plain_text(inside)
    assert "Flyktinghandläggarnätverket" in text
    assert "Vad som blev annorlunda" in text
    assert "tydligt mandat" not in text
    deeper = blocks_under(
        report,
        ["Genomförda insatser", "Bosättning och mottagande", "Vad som blev annorlunda"],
    )
    assert "Ansvarigt nätverk" not in plain_text(deeper)
    assert blocks_under(report, []) == report.blocks


@pytest.mark.parametrize("path", [["Saknas"], ["Bakgrund", "Bosättning och mottagande"]])
def test_a_path_that_leads_nowhere_is_told(path: list[str]) -> None:
    with pytest.raises(KeyError):
        blocks_under(small_report(), path)


def test_plain_text_says_everything_in_its_language() -> None:
    swedish = plain_text(small_report())
    assert "Indikator: Okänt" in swedish
    assert "Genomförd (härlett)" in swedish
    assert "1. Underlaget är deltagarnas egna svar." in swedish
    assert "Till: Rådet för social hållbarhet" in swedish
    assert "Indikator: Unknown" in plain_text(small_report("en"))


def test_anchors_are_plain_and_each_different() -> None:
    assert unique_anchors(["Bosättning & mål", "Bosättning och", "Bosättning & mål", "–"]) == [
        "bosattning-mal",
        "bosattning-och",
        "bosattning-mal-2",
        "avsnitt",
    ]
