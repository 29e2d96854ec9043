"""`make test`: fast tests on SQLite and LibreOffice beside Chromium and integration on PostgreSQL.

Two rows of stages run side by side, for a stage by itself leaves the machine idle where its workers
wait for one another. What a stage printed is shown when it has ended.

A stage that cannot run here (no PostgreSQL programs, no Chromium, no LibreOffice) is named in the
summary; with SAMHANDLING_REQUIRE_ALL=1, as in CI, it counts as a failure.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

TESTS = Path(__file__).resolve().parent
sys.path.insert(0, str(TESTS.parent))

from tests import postgres  # noqa: E402

FAST = ["unit", "spec", "architecture", "integration"]


@dataclass
class Stage:
    """How one stage went. ``missing`` says why it did not run."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    missing: str = ""

    def line(self) -> str:
        if self.missing:
            return f"  {self.name:<28} NOT RUN: {self.missing}"
        return (
            f"  {self.name:<28} {self.passed:>5} passed  {self.failed:>3} failed"
            f"  {self.skipped:>3} skipped  {self.seconds:>6.0f} s"
        )


def run_stage(name: str, paths: list[str], *options: str, **environment: str) -> Stage:
    """Run pytest on folders of tests and count what it reports."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *options]
            + [str(TESTS / path) for path in paths],
            cwd=TESTS.parent,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        stage = Stage(name, seconds=time.monotonic() - began)
        if report.exists():
            for suite in ElementTree.parse(report).iter("testsuite"):
                count = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors")}
                stage.skipped += int(suite.get("skipped", 0))
                stage.failed += count["failures"] + count["errors"]
                stage.passed += count["tests"]
            stage.passed -= stage.failed + stage.skipped
    if done.returncode and not stage.failed:
        stage.failed = 1  # pytest itself stopped, or found no test
    print(f"\n=== {name}\n{done.stdout.decode(errors='replace')}", flush=True)
    return stage


def make_databases(*urls: str) -> None:
    """Make what the tests start from in each of the stores, side by side."""
    print("\n=== databases to start from", flush=True)
    began = time.monotonic()
    making = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.databases", "county"],
            cwd=TESTS.parent,
            env={**os.environ, "DATABASE_URL": url},
        )
        for url in urls
    ]
    failed = sum(process.wait() != 0 for process in making)
    # The tests try once more, and fail with what is wrong.
    print(f"{len(urls) - failed} of {len(urls)} in {time.monotonic() - began:.0f} s", flush=True)


# loadfile: the tests of one file share its demo county.
BY_FILE = ["-n", "2", "--dist", "loadfile"]
# One by one as they come free: two of them take half of the time.
ONE_BY_ONE = ["-n", "2", "--dist", "worksteal"]
SQLITE = {"DATABASE_URL": ""}


def quick_ones_and_files() -> list[Stage]:
    """What needs no program of its own, and what LibreOffice reads."""
    stages = [run_stage("fast and SQLite", FAST, *BY_FILE, "-m", "not postgres", **SQLITE)]
    name = "files in LibreOffice"
    if shutil.which("soffice") is None:
        return [*stages, Stage(name, missing="soffice is not installed")]
    return [*stages, run_stage(name, ["office"], **SQLITE)]


def browser_and_server(postgres_url: str | None) -> list[Stage]:
    """What a real browser shows, and the database that serves many."""
    name = "pages in Chromium"
    if shutil.which("chromium") is None:
        stages = [Stage(name, missing="chromium is not installed")]
    else:
        stages = [run_stage(name, ["functional"], *ONE_BY_ONE, **SQLITE)]
    name = "integration on PostgreSQL"
    if postgres_url is None:
        return [*stages, Stage(name, missing="initdb is not installed")]
    twice = ["-m", "not one_database"]
    return [
        *stages,
        run_stage(name, ["integration"], *BY_FILE, *twice, DATABASE_URL=postgres_url),
    ]


def main() -> int:
    """Run all stages and print the summary; 0 when nothing failed."""
    with ExitStack() as open_until_done:
        url = None
        if postgres.programs() is not None:
            url = open_until_done.enter_context(postgres.server())
        make_databases("", *([url] if url else []))
        print("\n=== all stages, two at a time", flush=True)
        rows = open_until_done.enter_context(ThreadPoolExecutor(2))
        running = [rows.submit(quick_ones_and_files), rows.submit(browser_and_server, url)]
        stages = [stage for row in running for stage in row.result()]

    print("\n=== Summary")
    for stage in stages:
        print(stage.line())
    missing = [stage for stage in stages if stage.missing]
    failed = sum(stage.failed for stage in stages)
    if missing:
        print(f"  {len(missing)} of {len(stages)} stages could NOT run here.")
        if os.environ.get("SAMHANDLING_REQUIRE_ALL") == "1":
            failed += len(missing)
    passed = sum(stage.passed for stage in stages)
    skipped = sum(stage.skipped for stage in stages)
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
