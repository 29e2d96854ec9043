"""A file made in another process is the same file, and so are the reasons why it cannot be made."""

import subprocess
import sys
from pathlib import Path

import pytest

from samhandling.render import FORMATS, Cause, RenderFailed, apart, render_apart
from samhandling.render.entry import render
from tests.unit.render.example_report import small_report


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_file_is_the_same_to_the_byte(file_format: str, fonts_dir: Path) -> None:
    here = render(small_report(), file_format, fonts_dir=fonts_dir)
    assert render_apart(small_report(), file_format, fonts_dir=fonts_dir) == here


def test_the_reason_comes_back(tmp_path: Path) -> None:
    with pytest.raises(RenderFailed) as raised:
        render_apart(small_report(), "pdf", fonts_dir=tmp_path)
    assert raised.value.cause is Cause.FONT_MISSING
    assert raised.value.detail


def test_a_process_that_breaks_down_is_said(
    fonts_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(RenderFailed) as raised:
        render_apart(small_report(), "pdf", fonts_dir=fonts_dir)
    assert raised.value.cause is Cause.PROGRAM_FAILED


def test_a_process_that_cannot_be_started_is_said(
    fonts_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(RenderFailed) as raised:
        render_apart(small_report(), "pdf", fonts_dir=fonts_dir)
    assert raised.value.cause is Cause.PROGRAM_FAILED


def test_one_that_never_ends_is_given_up(fonts_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "WAIT", 0.001)
    with pytest.raises(RenderFailed) as raised:
        render_apart(small_report(), "pdf", fonts_dir=fonts_dir)
    assert raised.value.cause is Cause.TOO_SLOW


def test_a_process_that_stays_up_loads_no_renderer_to_have_files_made() -> None:
    names = "samhandling.render.pdf", "samhandling.render.office", "typst", "pypandoc"
    asked = f"import sys, samhandling.render; print([n for n in {names!r} if n in sys.modules])"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
