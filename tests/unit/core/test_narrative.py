"""Written text: what is understood, what stays visible, and that nothing makes it fail."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling.core.narrative import MAX_LENGTH, Narrative, ProblemKind, parse
from samhandling.core.report_model import (
    BulletList,
    Emph,
    Footnote,
    FootnoteRef,
    Inline,
    LineBreak,
    Link,
    NumberedList,
    Paragraph,
    RecordRef,
    Strong,
    Text,
    Written,
)
from samhandling.core.report_reading import (
    all_inlines,
    inline_text,
    plain_text,
)

ME = Written("p-1", "Karin Exempel")
NOTE = Footnote("F-4", (Text("En not."),), "F-4")


def read(text: str) -> Narrative:
    return parse(
        text,
        resolve_footnote=lambda key: NOTE if key == "F-4" else None,
        resolve_record=lambda key: RecordRef("abc", "Barnrättstrappan") if key == "I-09" else None,
        origin=ME,
    )


def inlines(text: str) -> tuple[Inline, ...]:
    (block,) = read(text).blocks
    assert isinstance(block, Paragraph)
    return block.inlines


def test_an_empty_line_starts_a_new_paragraph_and_blocks_carry_their_author() -> None:
    narrative = read("Ett\nstycke.\n\n\nEtt till.")
    assert narrative.blocks == (
        Paragraph((Text("Ett stycke."),), ME),
        Paragraph((Text("Ett till."),), ME),
    )


def test_two_blanks_at_the_end_of_a_line_break_it() -> None:
    assert inlines("Ett  \ntvå") == (Text("Ett"), LineBreak(), Text("två"))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("en *viktig* sak", (Text("en "), Emph((Text("viktig"),)), Text(" sak"))),
        ("**så**", (Strong((Text("så"),)),)),
        (
            "*a **b** c*",
            (Emph((Text("a "), Strong((Text("b"),)), Text(" c"))),),
        ),
        ("3*4 och 5 * 6", (Text("3*4 och 5 * 6"),)),
        ("ett *ensamt märke", (Text("ett *ensamt märke"),)),
        (r"\*inte kursiv\*", (Text("*inte kursiv*"),)),
        (
            "[länet](https://x.se/a_(b)?c=1&d)",
            (Link((Text("länet"),), "https://x.se/a_(b)?c=1&d"),),
        ),
        ("[skriv](mailto:a@b.se)", (Link((Text("skriv"),), "mailto:a@b.se"),)),
        ("Så.[^F-4]", (Text("Så."), FootnoteRef(NOTE))),
        ("[[I-09]]", (RecordRef("abc", "Barnrättstrappan"),)),
        ("[[I-09|trappan]]", (RecordRef("abc", "trappan"),)),
    ],
)
def test_marks_become_inlines(text: str, made: tuple[Inline, ...]) -> None:
    assert inlines(text) == made
    assert read(text).problems == ()


def test_lists_are_read_with_lines_that_go_on() -> None:
    bullets, numbers = read("- ett\n  två\n- tre\n\n3. a\n\n4. b").blocks
    assert isinstance(bullets, BulletList)
    assert [inline_text(item.inlines) for item in bullets.items] == ["ett två", "tre"]
    assert isinstance(numbers, NumberedList)
    assert numbers.start == 3
    assert [inline_text(item.inlines) for item in numbers.items] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[^Z]", ProblemKind.UNKNOWN_FOOTNOTE),
        ("[[Z]]", ProblemKind.UNKNOWN_RECORD),
        ("[x](javascript:alert(1))", ProblemKind.UNSAFE_LINK),
        ("[x](data:text/html,y)", ProblemKind.UNSAFE_LINK),
        ("[x](//evil.example)", ProblemKind.UNSAFE_LINK),
        ('[x](https://a.se/"onclick=)', ProblemKind.UNSAFE_LINK),
    ],
)
def test_what_cannot_be_resolved_stays_visible_and_is_told(text: str, kind: ProblemKind) -> None:
    narrative = read(f"före {text} efter")
    assert plain_text(narrative.blocks) == f"före {text} efter"
    assert [problem.kind for problem in narrative.problems] == [kind]
    assert narrative.problems[0].written == text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<b>x</b>",
        "&lt;i&gt;",
        "#let x = 1",
        "$a$",
        r"\input{x}",
        "{{ x }}",
    ],
)
def test_other_markup_is_text(text: str) -> None:
    assert inlines(text) == (Text(text),)


def test_signs_no_file_can_hold_are_dropped() -> None:
    assert inlines("a\x00b\x1bc\ud800d") == (Text("abcd"),)


def test_five_thousand_signs_of_prose_are_kept_whole() -> None:
    text = ("Samverkan är *viktig* för länet och dess invånare. " * 120)[:5000]
    assert len(text) == 5000
    assert plain_text(read(text).blocks).replace("*", "") == text.replace("*", "").strip()


def test_text_beyond_the_limit_is_cut_and_told() -> None:
    narrative = read("a" * (MAX_LENGTH + 10))
    assert len(plain_text(narrative.blocks)) == MAX_LENGTH
    assert [one.kind for one in narrative.problems] == [ProblemKind.TOO_LONG]


@pytest.mark.parametrize(
    "piece", ["*", "**a ", "[[", "[", "[a](", "\\", "*a", "[^", "*a **b ", "- ", "1. ", "[a](("]
)
def test_hostile_text_is_read_in_reasonable_depth(piece: str) -> None:
    started = time.process_time()
    narrative = read(piece * (100_000 // len(piece)))
    assert depth(narrative) <= 4
    # Far above what is needed (0.4 s on a slow machine); quadratic time would be minutes.
    assert time.process_time() - started < 20


def depth(narrative: Narrative) -> int:
    def of(inlines: tuple[Inline, ...]) -> int:
        inner = [of(one.inlines) for one in inlines if isinstance(one, Emph | Strong)]
        return 1 + max(inner, default=0)

    return max(
        (of(one.inlines) for one in narrative.blocks if isinstance(one, Paragraph)), default=0
    )


@given(st.text(alphabet="ab *[](^)|-1.\\\n<F4I09h:/", max_size=200))
def test_no_text_fails_and_no_word_is_lost(text: str) -> None:
    narrative = read(text)
    shown = plain_text(narrative.blocks).count("b")
    hidden = sum(
        one.url.count("b") for one in all_inlines(narrative.blocks) if isinstance(one, Link)
    )
    assert text.count("b") == shown + hidden
