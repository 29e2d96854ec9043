"""Several formats of one report at once are the files made one by one; one that fails is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from samhandling.core.report_model import Figure
from samhandling.render import FORMATS, Cause, RenderFailed, entry, pdf
from samhandling.render.entry import render, render_all
from tests.unit.render.example_report import LEVEL_CHART, report, small_report


def test_the_files_are_the_same_to_the_byte_in_the_order_asked(fonts_dir: Path) -> None:
    together, failed = render_all(small_report(), FORMATS, fonts_dir=fonts_dir)
    assert failed == {}
    assert tuple(together) == FORMATS
    for file_format, content in together.items():
        assert content == render(small_report(), file_format, fonts_dir=fonts_dir), file_format


def test_the_drawings_of_the_office_files_are_made_once(
    fonts_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, runs = pdf.compile_typst, []

    def counted(sources: dict[str, bytes], fonts_dir: Path, **options: object) -> list[bytes]:
        runs.append(sorted(sources))
        return real(sources, fonts_dir, **options)

    monkeypatch.setattr(pdf, "compile_typst", counted)
    drawn = report(Figure("f", "alt", chart=LEVEL_CHART))
    render_all(drawn, ("docx", "odt"), fonts_dir=fonts_dir)
    assert runs == [["0.svg", "main.typ"]]


def test_formats_that_fail_are_told_and_take_no_other_with_them(
    fonts_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(cause: Cause) -> Callable[..., bytes]:
        def render_(*_: object, **__: object) -> bytes:
            raise RenderFailed(cause)

        return render_

    with monkeypatch.context() as broken:
        broken.setattr(entry, "render_pdf", fail(Cause.DISK_FULL))
        broken.setattr(entry, "render_office", fail(Cause.TOO_SLOW))
        files, failed = render_all(small_report(), ("pdf", "html", "docx"), fonts_dir=fonts_dir)
        assert files == {"html": render(small_report(), "html", fonts_dir=fonts_dir)}
        assert {kind: failure.cause for kind, failure in failed.items()} == {
            "pdf": Cause.DISK_FULL,
            "docx": Cause.TOO_SLOW,
        }
    _, failed = render_all(small_report(), ("odt",), fonts_dir=tmp_path)
    assert failed["odt"].cause is Cause.FONT_MISSING
    with pytest.raises(RenderFailed) as caught:
        render_all(small_report(), ("pdf", "doc"), fonts_dir=fonts_dir)
    assert caught.value.cause is Cause.UNKNOWN_FORMAT
    assert tuple(render_all(small_report(), ("html",), fonts_dir=fonts_dir)[0]) == ("html",)
