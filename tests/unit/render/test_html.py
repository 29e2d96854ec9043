"""The web page: headings, notes both ways, numbers that lead to rows, and nothing that runs."""

import re
from html.parser import HTMLParser

import pytest

from samhandling.core.report_model import (
    Cell,
    Column,
    Fact,
    Facts,
    Figure,
    FigureRef,
    Footnote,
    FootnoteRef,
    Heading,
    InferredMark,
    Paragraph,
    RecordRef,
    Row,
    Table,
    Text,
)
from samhandling.render import html
from tests.unit.render.example_report import paragraph, report, small_report

VOID = {"meta", "br", "hr", "img"}


class Outline(HTMLParser):
    """Collects what the tests ask for, and fails on tags that do not match."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.tags: set[str] = set()
        self.headings: list[int] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id" and value:
                self.ids.append(value)
            if name == "href" and value:
                self.links.append(value)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()


def link_for(target: RecordRef | FigureRef) -> str | None:
    if isinstance(target, RecordRef):
        return None if target.uid == "net1" else f"/insatser/{target.uid}/"
    query = "&".join(f"{name}={value}" for name, value in target.filters)
    return f"/insatser/?{query}&id={','.join(target.record_uids)}"


def test_the_page_is_whole_and_every_link_within_it_has_a_target() -> None:
    outline = Outline(html.page(small_report()))
    assert len(outline.ids) == len(set(outline.ids))
    inside = {link[1:] for link in outline.links if link.startswith("#")}
    assert inside <= set(outline.ids)
    assert outline.headings[0] == 1
    assert outline.headings.count(1) == 1
    steps = zip(outline.headings, outline.headings[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps)


def test_the_fragment_holds_nothing_a_strict_policy_refuses() -> None:
    outline = Outline(html.fragment(small_report(), link_for=link_for))
    assert outline.tags.isdisjoint({"script", "style", "link", "iframe", "object"})
    assert not {name for name in outline.attributes if name.startswith("on") or name == "style"}


def test_numbers_and_records_are_links_for_those_who_may_see_them() -> None:
    text = html.fragment(small_report(), link_for=link_for)
    assert '<a class="figure-link" href="/insatser/?natverk=flykting&amp;id=">åtta</a>' in text
    assert '<a class="record-link" href="/insatser/rec1/">Barnrättstrappan</a>' in text
    assert "<dt>Ansvarigt nätverk</dt><dd>Flyktinghandläggarnätverket</dd>" in text
    bare = html.fragment(small_report())
    assert 'class="figure-link"' not in bare
    assert "Av åtta insatser" in bare


def test_notes_are_numbered_once_and_lead_back_to_their_first_call() -> None:
    note = Footnote("n", (Text("En not."),))
    text = html.fragment(
        report(
            paragraph("a", FootnoteRef(note)),
            paragraph("b", FootnoteRef(Footnote("m", (Text("Annan."),))), FootnoteRef(note)),
        )
    )
    assert re.findall(r'id="(fotnot-[\d-]+)"', text) == [
        "fotnot-1-1",
        "fotnot-2-1",
        "fotnot-1-2",
        "fotnot-1",
        "fotnot-2",
    ]
    assert ">Fotnoter</h2>" in text
    assert text.count("En not.") == 1


def test_a_report_without_notes_has_no_heading_for_them() -> None:
    assert "Fotnoter" not in html.fragment(report(paragraph("a")))


def test_unknown_and_inferred_are_words_not_only_looks() -> None:
    text = html.fragment(small_report())
    assert '<dt>Indikator</dt><dd><span class="unknown">Okänt</span></dd>' in text
    assert 'title="mötena är hållna">härlett<span class="hidden-text">: mötena är hållna' in text
    assert '<span class="unknown">Unknown</span>' in html.fragment(small_report("en"))


EVIL = "\"><script>alert(1)</script>'&{{x}}"


@pytest.mark.parametrize(
    "block",
    [
        Heading(1, EVIL, "a", EVIL),
        Paragraph((Text(EVIL), InferredMark(EVIL), RecordRef(EVIL, EVIL), FigureRef(EVIL, EVIL))),
        Paragraph((FootnoteRef(Footnote(EVIL, (Text(EVIL),))),)),
        Facts((Fact(EVIL, (Text(EVIL),)),)),
        Table(EVIL, (Column(EVIL),), (Row((Cell((Text(EVIL),)),)),), EVIL),
        Figure(EVIL, EVIL, svg='<svg xmlns="http://www.w3.org/2000/svg"/>'),
    ],
)
def test_hostile_text_is_shown_and_never_run(block: Paragraph) -> None:
    text = html.page(report(block, title=EVIL), link_for=lambda target: EVIL)
    assert "script" not in Outline(text).tags
    assert "&lt;script&gt;" in text


def test_table_numbers_columns_and_totals_are_marked_up() -> None:
    text = html.fragment(small_report())
    assert "<caption><span>Tabell 1. Ett av tre steg är genomfört</span></caption>" in text
    assert '<th scope="col" class="number">Antal träffar</th>' in text
    assert '<tfoot><tr><th scope="row">Summa</th>' in text
    assert "<caption><span>Underlag till figur 1</span></caption>" in text
    assert "<figcaption>Figur 1. Alla flyttade delinsatser" in text


def test_the_page_says_its_language_and_its_day() -> None:
    text = html.page(small_report("en"))
    assert '<html lang="en-GB">' in text
    assert "30 November 2020" in text
    assert ">Footnotes</h2>" in text
