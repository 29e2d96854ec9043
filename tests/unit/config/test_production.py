"""The settings of a real installation: nothing for Django to warn of, and every one explained."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "how-to" / "run-it.md"
# Read by us but decided by Django or the operating system.
NOT_OURS = {"DJANGO_SETTINGS_MODULE", "LC_ALL"}
_READ = re.compile(r"""(?:environ(?:\.get|\.setdefault)?[\[(]|envvar=)\s*["']([A-Z_]+)["']""")
_NAMED = re.compile(r"""["'](SAMHANDLING_[A-Z_]+)["']""")
_OF_A_PROVIDER = re.compile(r"for part in \(([^)]+)\)")


def test_django_finds_nothing_wrong_with_a_real_installation(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "samhandling.config.settings",
        "SAMHANDLING_DATA_DIR": str(tmp_path),
        "SAMHANDLING_HTTPS": "1",
        "SAMHANDLING_SECRET_KEY": "x9!" * 20 + "a longer one than Django asks for",
        "SAMHANDLING_ALLOWED_HOSTS": "samhandling.lan.example",
        "SAMHANDLING_DEMO_DAY": "",
        "DATABASE_URL": "",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "INFO"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout or "inga problem" in done.stdout.lower()


def read_by_the_code() -> set[str]:
    """The environment variables that settings and commands ask for."""
    package = ROOT / "src" / "samhandling"
    code = "\n".join(path.read_text("utf-8") for path in package.rglob("*.py"))
    config = "\n".join(path.read_text("utf-8") for path in (package / "config").glob("*.py"))
    (parts,) = _OF_A_PROVIDER.findall(config)
    of_a_provider = {
        f"SAMHANDLING_OIDC_<WORD>_{part}" for part in re.findall(r'"([A-Z_]+)"', parts)
    }
    return (set(_READ.findall(code)) | set(_NAMED.findall(config)) | of_a_provider) - NOT_OURS


def test_every_setting_is_on_the_page_and_nothing_else() -> None:
    told = re.findall(r"^\| `([A-Z_<>]+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)
    assert sorted(told) == sorted(read_by_the_code())
