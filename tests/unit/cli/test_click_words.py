"""Click's own words are Swedish, and English when the command line is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line as its users start it, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "samhandling.cli.main", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "samhandling.config.settings", **environment},
    )


@pytest.mark.parametrize(
    ("language", "words", "absent"),
    [
        ("sv", ["Så här skriver du:", "Tillval:", "Kommandon:", "Visa den här hjälpen."], "Usage"),
        ("en", ["Usage:", "Options:", "Commands:", "Show this help."], "Tillval"),
    ],
)
def test_the_help_is_in_one_language(
    tmp_path: Path, language: str, words: list[str], absent: str
) -> None:
    shown = run("--help", SAMHANDLING_LANGUAGE=language, SAMHANDLING_DATA_DIR=str(tmp_path))
    assert shown.returncode == 0
    assert [word for word in words if word not in shown.stdout] == []
    assert absent not in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("serve --help", ["serve [TILLVAL]\n", "--port HELTAL "]),
        ("report --help", ["--agreement TEXT ", "--year HELTAL ", "--out MAPP "]),
        ("user --help", ["user [TILLVAL] KOMMANDO [UPPGIFTER]...\n"]),
        ("restore --help", ["restore [TILLVAL] FIL\n"]),
    ],
)
def test_what_stands_for_a_value_is_swedish(
    tmp_path: Path, arguments: str, words: list[str]
) -> None:
    shown = run(*arguments.split(), SAMHANDLING_DATA_DIR=str(tmp_path)).stdout
    assert [word for word in words if word not in shown] == []


def test_a_command_that_is_not_there_is_refused_in_swedish(tmp_path: Path) -> None:
    refused = run("strt", SAMHANDLING_DATA_DIR=str(tmp_path))
    assert refused.returncode == 2
    assert "Fel: Kommandot 'strt' finns inte." in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("report --format xls", "'xls' är inget av 'html', 'docx', 'odt', 'pdf'."),
        ("report --year abc", "'abc' är inget giltigt tal."),
        ("report --yeer 2020", "Menade du '--year'?"),
        ("serve --port 99999", "99999 ligger inte i 1<=x<=65535."),
    ],
)
def test_wrong_use_is_refused_in_swedish_alone(tmp_path: Path, arguments: str, words: str) -> None:
    refused = run(*arguments.split(), SAMHANDLING_DATA_DIR=str(tmp_path))
    assert refused.returncode == 2
    assert refused.stderr.rstrip().endswith(words)
    assert [one for one in ("integer", " is ", " one ") if one in refused.stderr] == []


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        (
            "check",
            {"SAMHANDLING_DATA_DIR": "/proc/foo", "SAMHANDLING_SECRET_KEY": ""},
            "Det går inte att skriva till /proc/foo,",
        ),
        ("start", {"PORT": "abc"}, "Inställningarna går inte att använda: PORT är 'abc'; skriv"),
    ],
)
def test_a_place_or_port_that_cannot_be_used_is_said_without_a_traceback(
    tmp_path: Path, arguments: str, environment: dict[str, str], words: str
) -> None:
    refused = run(arguments, **{"SAMHANDLING_DATA_DIR": str(tmp_path), **environment})
    assert (refused.returncode, refused.stdout) == (3, "")
    assert refused.stderr.startswith(words)
    assert "Traceback" not in refused.stderr


def test_a_setting_that_cannot_be_used_is_said_without_a_traceback(tmp_path: Path) -> None:
    refused = run(
        "check",
        SAMHANDLING_DATA_DIR=str(tmp_path),
        SAMHANDLING_HTTPS="1",
        SAMHANDLING_SECRET_KEY="",
    )
    assert refused.returncode == 3
    assert refused.stderr.startswith(
        "Inställningarna går inte att använda: Ange SAMHANDLING_SECRET"
    )
    assert "Traceback" not in refused.stderr


WITHOUT_THE_TYPEFACE = """
import sys, sysconfig
sys.modules["font_source_sans_pro"] = None
sysconfig.get_path = lambda name: "/nowhere"
from samhandling.cli.main import main
main()
"""


@pytest.mark.parametrize(
    ("arguments", "code"), [(["check"], 1), (["start", "--no-demo", "--no-serve"], 3)]
)
def test_a_typeface_that_is_not_installed_is_named_by_what_needs_it(
    tmp_path: Path, arguments: list[str], code: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_THE_TYPEFACE, *arguments],
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "samhandling.config.settings",
            "SAMHANDLING_DATA_DIR": str(tmp_path),
        },
    )
    assert done.returncode == code
    assert "Typsnittet Source Sans Pro saknas i installationen" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("url", "arguments", "words"),
    [
        (
            "",
            ["restore", "/finns-inte"],
            "Fel: Ogiltigt värde för 'FIL': '/finns-inte' finns inte.",
        ),
        ("", ["backup", "verify", "/"], "Fel: Ogiltigt värde för 'FIL': '/' är en mapp."),
        ("", ["backup", "--to", "/proc/x"], "Det går inte att skriva till /proc/x/samhandling-"),
        ("postgresql://x@127.0.0.1:1/db", ["backup"], "Databasen går inte att nå."),
        ("postgresql://x@127.0.0.1:1/db?x=1", ["restore", "{file}"], "Databasen går inte att nå."),
        ("postgresql://x@127.0.0.1:x/db", ["restore", "{file}"], "DATABASE_URL går inte att läsa"),
        ("postgresql://x@127.0.0.1", ["backup"], "DATABASE_URL saknar databasens namn"),
    ],
)
def test_what_stands_in_the_way_of_a_copy_is_said_without_a_traceback(
    tmp_path: Path, url: str, arguments: list[str], words: str
) -> None:
    copy = tmp_path / "copy.zip"
    copy.write_bytes(b"")
    refused = run(
        *[one.format(file=copy) for one in arguments],
        DATABASE_URL=url,
        SAMHANDLING_DATA_DIR=str(tmp_path),
    )
    assert refused.returncode in {1, 2, 3}
    assert words in refused.stderr
    assert "Traceback" not in refused.stderr
