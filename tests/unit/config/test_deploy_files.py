"""The units, the nginx file and the guide speak of the same things, and of things that exist."""

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from samhandling.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"
GUIDE = (ROOT / "docs" / "how-to" / "install-on-debian.md").read_text("utf-8")
SETTINGS = (ROOT / "docs" / "how-to" / "run-it.md").read_text("utf-8")
BLOCKS = "\n".join(re.findall(r"^```sh\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE))


@pytest.mark.parametrize("path", sorted(DEPLOY.iterdir()), ids=lambda path: path.name)
def test_every_file_is_put_in_its_place_by_the_guide(path: Path) -> None:
    assert f"/opt/samhandling/source/deploy/{path.name}" in BLOCKS


@pytest.mark.parametrize("path", sorted(DEPLOY.glob("*.service")), ids=lambda path: path.name)
def test_a_unit_runs_a_command_that_exists_as_an_ordinary_user(path: Path) -> None:
    unit = path.read_text("utf-8")
    (command,) = re.findall(r"^ExecStart=/opt/samhandling/venv/bin/samhandling (\w+)", unit, re.M)
    assert command in COMMANDS
    assert "User=samhandling\n" in unit
    assert "EnvironmentFile=/etc/samhandling/environment\n" in unit


def test_every_setting_of_the_example_is_explained_and_makes_a_real_installation() -> None:
    names = re.findall(r"^([A-Z_]+)=", (DEPLOY / "environment").read_text("utf-8"), re.M)
    assert all(f"| `{name}` |" in SETTINGS for name in names)
    assert {"SAMHANDLING_HTTPS", "SAMHANDLING_SECRET_KEY", "DATABASE_URL"} <= set(names)
    assert "SAMHANDLING_DEMO_DAY" not in names


def test_the_guide_names_commands_that_exist() -> None:
    named = set(re.findall(r"^(?:[A-Z_]+=\S+ .*)?samhandling (\w+)", BLOCKS, re.MULTILINE))
    assert named == {"messages", "start", "user", "check", "backup", "restore"}
    assert named <= set(COMMANDS)


def test_the_proxy_says_what_the_settings_trust() -> None:
    nginx = (DEPLOY / "nginx.conf").read_text("utf-8")
    for header in ("X-Forwarded-Proto $scheme", "X-Forwarded-For", "X-Request-ID $request_id"):
        assert f"proxy_set_header {header}" in nginx
    assert "return 301 https://" in nginx


def test_every_copy_that_the_guide_takes_is_thrown_away_in_time() -> None:
    service = (ROOT / "deploy" / "samhandling-backup.service").read_text("utf-8")
    pruned = re.search(r"-name (\S+) -mtime \+30 -delete", service)
    assert pruned
    taken = set(re.findall(r"/var/backups/samhandling/(\S+\.zip)", GUIDE))
    assert taken == {"samhandling-before-upgrade.zip"}
    assert [name for name in taken if not fnmatch(name, pruned[1])] == []
