"""`samhandling report`: which reports, which files, and what a failure leaves."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from samhandling.cli import report as command
from samhandling.cli.main import explain
from samhandling.render import Cause, RenderFailed, entry

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command.report, list(arguments))


def test_without_a_report_the_command_says_so() -> None:
    done = run()
    assert (done.exit_code, done.output) == (1, "Det finns ingen rapport än.\n")


def test_a_report_that_is_not_there_is_answered_with_those_that_are(
    demo_county_for_reading: None,
) -> None:
    done = run("--year", "1999")
    assert done.exit_code == 1
    assert "Det finns: rok 2020" in done.output


def test_the_chosen_format_is_written_and_named(
    demo_county_for_reading: None, tmp_path: Path
) -> None:
    done = run("--format", "html", "--out", str(tmp_path / "new"))
    path = tmp_path / "new" / "uppfoljningsrapport-2020.html"
    assert (done.exit_code, done.output) == (0, f"{path}\n")
    assert "Lärdomar och rekommendationer" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", ["/etc/hosts/x", "/proc/x"])
def test_a_folder_that_cannot_be_made_is_explained(folder: str) -> None:
    with pytest.raises(OSError, match=folder) as failure:
        command.write_reports([], ["html"], Path(folder))
    assert f"Det går inte att skriva till {folder}" in (explain(failure.value) or "")


def test_a_renderer_that_fails_leaves_the_old_files_as_they_were(
    demo_county_for_reading: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "uppfoljningsrapport-2020.html"
    old.write_text("the old one")

    def fail(*_: object) -> bytes:
        raise RenderFailed(Cause.DISK_FULL)

    monkeypatch.setattr(entry, "render_pdf", fail)
    done = run("--format", "html", "--format", "pdf", "--out", str(tmp_path))
    assert isinstance(done.exception, RenderFailed)
    assert [path.name for path in tmp_path.iterdir()] == [old.name]
    assert old.read_text() == "the old one"
