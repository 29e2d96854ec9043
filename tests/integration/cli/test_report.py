"""`samhandling report`: which reports, which files, and what a failure leaves."""

import errno
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.reporting.services import write_section
from samhandling.cli import report as command
from samhandling.cli.main import explain
from samhandling.render.office import pandoc

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


def test_without_pandoc_the_other_files_are_written_and_those_it_makes_are_told(
    demo_county_for_reading: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "uppfoljningsrapport-2020.docx"
    old.write_text("the old one")

    def missing() -> str:
        raise OSError("No pandoc was found")

    monkeypatch.setattr(pandoc.pypandoc, "get_pandoc_path", missing)
    pandoc.default_reference.cache_clear()
    done = run("--out", str(tmp_path))
    stem = tmp_path / "uppfoljningsrapport-2020"
    why = (
        "är inte skriven. Programmet som gör filen (pandoc) saknas i installationen. "
        "Installera det igen, eller be den som sköter installationen."
    )
    assert (done.exit_code, done.stdout) == (3, f"{stem}.html\n{stem}.pdf\n")
    assert done.stderr == (
        f"{stem}.docx {why}\nFilen som ligger där är en äldre.\n{stem}.odt {why}\n"
    )
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".docx", ".html", ".pdf"]
    assert old.read_text() == "the old one"


def test_a_reference_that_leads_nowhere_is_told_and_the_file_is_written(
    demo_county_for_reading: None, tmp_path: Path
) -> None:
    [report] = command.chosen_reports("rok", 2020)
    write_section(report=report, key="assignment", text="Se [^X-99].", is_done=True, by=DEMO_LOADER)
    done = run("--format", "html", "--out", str(tmp_path))
    assert done.exit_code == 1
    assert (tmp_path / "uppfoljningsrapport-2020.html").exists()
    assert "X-99" in done.stderr
    assert "1 hänvisning i texterna leder ingenstans." in done.stderr


def test_a_file_that_the_disk_has_no_room_for_is_told_and_the_others_are_written(
    demo_county_for_reading: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def fill(path: Path, content: bytes) -> int:
        if ".pdf" not in path.name:
            return write(path, content)
        write(path, content[:9])
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", fill)
    done = run("--format", "pdf", "--format", "html", "--out", str(tmp_path))
    stem = tmp_path / "uppfoljningsrapport-2020"
    assert (done.exit_code, done.stdout) == (3, f"{stem}.html\n")
    assert done.stderr.startswith(f"{stem}.pdf är inte skriven. Disken är full,")
    assert [path.name for path in tmp_path.iterdir()] == ["uppfoljningsrapport-2020.html"]
