"""Rules of the house that a reader of the source would otherwise have to remember."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.source import (
    PACKAGE,
    imported,
    python_files,
    short,
    templates,
    tracked_files,
    tree,
)

# Written in two halves, so that this file does not find itself.
UNFINISHED = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]))
HOSTS = ["pypi" + ".org", "python" + "hosted", "npm" + "js", "debian" + ".org", "fonts.goog" + "le"]
MACHINE = re.compile(r"(?<![\w.:/])/" + r"(?:work|root|farm|home/\w+|tmp)/\w")
WRITES = re.compile(
    r"\.save\(|\.objects\.\w*create\(|\.bulk_\w+\(|\.objects\.update\(|\.get_or_create\("
)


def is_text(path: Path) -> bool:
    return b"\0" not in path.read_bytes()[:2000]


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{short(path)}:{number}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_views_write_through_services_only() -> None:
    assert lines_with(WRITES, python_files("web")) == []


def test_the_domain_builds_no_addresses_and_asks_no_clock() -> None:
    found = [short(path) for path in python_files("apps") if "django.urls" in imported(path)]
    clocks = re.compile(r"\bDEMO_DAY\b|date\.today\(|localdate\(\)")
    asked = lines_with(clocks, python_files("apps", "core", "render"))
    # Roles begin and end by the real clock (architecture.md): that is asked in one place.
    by_the_clock = "apps/organisations/permissions.py"
    assert found + [line for line in asked if by_the_clock not in line] == []
    assert len([line for line in asked if by_the_clock in line]) == 1


def test_html_is_marked_safe_by_template_tags_and_renderers_only() -> None:
    allowed = (
        PACKAGE / "web" / "templatetags",
        PACKAGE / "render",
        PACKAGE / "web" / "workspace" / "reports" / "body.py",
    )
    found = [
        short(path)
        for path in python_files(".")
        if any(name.endswith("mark_safe") for name in imported(path))
        and not any(path.is_relative_to(place) for place in allowed)
    ]
    assert found == []


def test_texts_are_marked_under_names_that_are_collected_for_translation() -> None:
    renamed = re.compile(r"import \w*gettext\w* as (?!_$)\w+")
    assert lines_with(renamed, python_files(".")) == []


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    names = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}
    found = [short(path) for path in python_files(".") if {path.stem, path.parent.name} & names]
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "limit"),
    [
        ("web/**/views.py", 300),
        ("web/**/views/*.py", 300),
        ("web/templates/**/*.html", 150),
        ("apps/*/models.py", 400),
        ("apps/*/models/*.py", 400),
    ],
)
def test_files_stay_short_enough_to_read(pattern: str, limit: int) -> None:
    long = {
        short(path): lines
        for path in PACKAGE.glob(pattern)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > limit
    }
    assert long == {}


def documented_files() -> list[Path]:
    doors = {"services", "selectors", "permissions"}
    apps = [path for path in python_files("apps") if doors & {path.stem, path.parent.name}]
    return [*python_files("core", "render"), *apps]


def test_public_functions_say_what_they_do() -> None:
    silent = [
        f"{short(path)}: {node.name}"
        for path in documented_files()
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]
    assert silent == []


@pytest.mark.parametrize("path", templates(), ids=short)
def test_templates_fit_the_strict_policy(path: Path) -> None:
    """Content-Security-Policy forbids inline style and script; the browser would drop them."""
    inline = re.compile(
        r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=[\"']|javascript:|https?://[^\"' ]+\.js"
    )
    assert lines_with(inline, [path]) == []


def test_nothing_names_a_registry_or_a_place_on_one_machine() -> None:
    files = [path for path in tracked_files() if is_text(path)]
    hosts = re.compile("|".join(re.escape(host) for host in HOSTS))
    assert lines_with(hosts, files) + lines_with(MACHINE, files) == []


def test_nothing_is_left_for_later() -> None:
    kinds = {".py", ".html", ".css", ".js", ".toml", ".md", ".yaml"}
    assert lines_with(UNFINISHED, [path for path in tracked_files() if path.suffix in kinds]) == []


def test_no_test_is_switched_off() -> None:
    off = re.compile(r"pytest\.mark\.(skip|xfail)" + r"\b|pytest\.skip" + r"\(")
    tests = [path for path in tracked_files() if path.suffix == ".py" and "tests" in path.parts]
    assert lines_with(off, [path for path in tests if path != Path(__file__)]) == []


def test_days_are_asked_for_by_the_field_that_knows_its_limits() -> None:
    users = lines_with(re.compile(r"forms\.Date(Time)?Field"), python_files("web"))
    assert {line.partition(":")[0].rpartition("/")[2] for line in users} == {
        "date_field.py",
        "form_words.py",
    }
