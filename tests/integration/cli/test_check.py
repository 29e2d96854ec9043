"""`samhandling check` names what is wrong, and is silent about what is not."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.files.base import ContentFile
from pytest_django import Settings

from samhandling.apps.discussion.services import add_attachment
from samhandling.cli import check as checks
from samhandling.cli.check import check
from tests.factories import make_county

pytestmark = pytest.mark.django_db


def test_a_prepared_database_is_in_order() -> None:
    assert checks.database_problem() == ""


def test_a_missing_font_is_named(settings: Settings, tmp_path: Path) -> None:
    settings.FONT_DIR = tmp_path
    assert "Source Sans" in checks.font_problem()


def test_an_unprepared_installation_exits_with_one(settings: Settings) -> None:
    done = CliRunner().invoke(check)
    assert done.exit_code == 1
    assert "Databasen: i ordning" in done.output
    assert "Statiska filer: de är inte förberedda" in done.output


def test_too_little_room_is_said(tmp_path: Path, settings: Settings) -> None:
    settings.LEAST_FREE_MB = 10**12
    assert "MB kvar" in checks.data_directory_problem(tmp_path)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert str(tmp_path / "x") in checks.data_directory_problem(tmp_path / "x")


def test_an_attached_file_that_is_gone_or_shorter_is_named(
    settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    county = make_county()
    kept = add_attachment(
        record=county.network.record,
        name="protokoll.txt",
        content=ContentFile(b"Beslutat."),
        by=county.doris,
    )
    assert checks.attached_files_problem() == ""
    path = tmp_path / kept.file.name
    path.write_bytes(b"Besl")
    assert kept.file.name in checks.attached_files_problem()
    path.unlink()
    assert checks.attached_files_problem().startswith("1 bifogad fil saknas")
