"""What a person is told when a file cannot be made, and that nothing else breaks."""

import errno
import subprocess
from pathlib import Path

import pytest
import typst

from samhandling.core.report_model import (
    BulletList,
    Chart,
    ChartKind,
    Figure,
    LineBreak,
    ListItem,
    NumberedList,
    PageBreak,
    Paragraph,
    Series,
    Text,
)
from samhandling.render import Cause, RenderFailed, entry, pdf
from samhandling.render.entry import render
from tests.unit.render.example_report import LEVEL_CHART, paragraph, report, small_report


class Panic(BaseException):
    """What a crash in the compiler looks like from Python."""


def failing_with(fault: BaseException):  # type: ignore[no-untyped-def]
    def compile_(*_: object, **__: object) -> bytes:
        raise fault

    return compile_


@pytest.mark.parametrize(
    ("fault", "cause", "words"),
    [
        (OSError(errno.ENOSPC, "full"), Cause.DISK_FULL, "Disken är full"),
        (OSError(errno.EIO, "trasig"), Cause.PROGRAM_FAILED, "trasig"),
        (Panic("index out of bounds"), Cause.PROGRAM_FAILED, "Panic"),
        (typst.TypstError("something odd"), Cause.PROGRAM_FAILED, "something odd"),
        (typst.TypstError("unknown font family"), Cause.FONT_MISSING, "Source Sans Pro"),
        (
            typst.TypstError('the text `"a"` could not be displayed'),
            Cause.NOT_READABLE,
            "går inte att visa: a",
        ),
    ],
)
def test_a_failing_compiler_is_told_in_plain_words(
    fault: BaseException,
    cause: Cause,
    words: str,
    fonts_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf.typst, "compile", failing_with(fault))
    with pytest.raises(RenderFailed) as caught:
        render(small_report(), "pdf", fonts_dir=fonts_dir)
    assert caught.value.cause is cause
    assert words in str(caught.value)


def test_an_interrupt_is_let_through(fonts_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf.typst, "compile", failing_with(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        render(small_report(), "pdf", fonts_dir=fonts_dir)


def test_signs_of_many_scripts_at_once_are_shown_as_squares(fonts_dir: Path) -> None:
    signs = "ऄকਅઅଅஅఅಅഅංกກཀကა漢あ한"
    whole = render(
        report(paragraph(f"Hej {signs} åäö – ”så” Ж α slut")), "pdf", fonts_dir=fonts_dir
    )
    done = subprocess.run(["pdftotext", "-", "-"], input=whole, capture_output=True, check=True)
    text = done.stdout.decode()
    assert "□□□" in text
    assert "åäö – ”så” Ж α slut" in text


def test_signs_that_never_end_are_given_up_in_plain_words(
    fonts_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signs = iter("ऄকਅઅଅஅఅಅഅ")

    def compile_(*_: object, **__: object) -> bytes:
        raise typst.TypstError(f'the text `"{next(signs)}"` could not be displayed')

    monkeypatch.setattr(pdf.typst, "compile", compile_)
    with pytest.raises(RenderFailed) as caught:
        render(report(paragraph("ऄকਅઅଅஅఅಅഅ")), "pdf", fonts_dir=fonts_dir)
    assert caught.value.cause is Cause.NOT_READABLE


def test_a_sign_that_no_font_holds_does_not_stop_a_chart(fonts_dir: Path) -> None:
    chart = Chart(ChartKind.BARS, ("Bra 😀", "漢字"), (Series("n", (1, 2)),))
    whole = report(Figure("Bra 😀", "alt 😀", chart=chart))
    for file_format in ("pdf", "docx"):
        assert render(whole, file_format, fonts_dir=fonts_dir)


def test_a_drawing_that_cannot_be_set_is_told(
    fonts_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf.typst, "compile", failing_with(typst.TypstError("bad drawing")))
    with pytest.raises(RenderFailed) as caught:
        render(report(Figure("f", "alt", chart=LEVEL_CHART)), "docx", fonts_dir=fonts_dir)
    assert caught.value.cause is Cause.NOT_READABLE


def test_one_file_is_made_at_a_time_and_waiting_has_an_end(
    fonts_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry, "WAIT", 0.01)
    with entry._one_at_a_time, pytest.raises(RenderFailed) as caught:
        render(small_report(), "pdf", fonts_dir=fonts_dir)
    assert caught.value.cause is Cause.TOO_SLOW
    assert render(small_report(), "html", fonts_dir=fonts_dir)


def test_the_lock_is_free_again_after_a_failure(tmp_path: Path, fonts_dir: Path) -> None:
    with pytest.raises(RenderFailed):
        render(small_report(), "pdf", fonts_dir=tmp_path)
    assert render(small_report(), "pdf", fonts_dir=fonts_dir)


@pytest.mark.parametrize("file_format", ["html", "docx", "odt", "pdf"])
def test_rare_parts_can_be_set(file_format: str, fonts_dir: Path) -> None:
    rare = report(
        PageBreak(),
        Paragraph((Text("Ett"), LineBreak(), Text("två"))),
        NumberedList((ListItem((Text("a"),), (ListItem((Text("b"),)),)),), start=7),
        BulletList(()),
        Figure("f", "alt", chart=LEVEL_CHART),
    )
    assert render(rare, file_format, fonts_dir=fonts_dir)
