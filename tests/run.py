"""`make test`: all tests on SQLite, in Chromium and LibreOffice, integration on PostgreSQL too.

Two stages run side by side, the longest first, for a stage by itself leaves the machine idle where
its workers wait for one another. What a stage printed is shown when it has ended.

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


def prepare(*urls: str) -> None:
    """Make what the tests start from in each of the stores, and compile them, side by side.

    A run is many processes: each would compile the house and its tests anew, asserts and all, if
    the environment forbids to keep what is compiled. That is a fifth of all the time.
    """
    print("\n=== databases to start from, and the tests compiled", flush=True)
    began = time.monotonic()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    collecting = [sys.executable, "-m", "pytest", "-q", "--collect-only", str(TESTS)]
    compiling = subprocess.Popen(collecting, cwd=TESTS.parent, stdout=subprocess.DEVNULL)
    making = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.databases", "county"],
            cwd=TESTS.parent,
            env={**os.environ, "DATABASE_URL": url},
        )
        for url in urls
    ]
    failed = sum(process.wait() != 0 for process in making)
    compiling.wait()  # what does not compile fails in its stage
    # The tests try once more, and fail with what is wrong.
    print(f"{len(urls) - failed} of {len(urls)} in {time.monotonic() - began:.0f} s", flush=True)


# loadfile: the tests of one file share its demo county. Three, for each waits now and then.
BY_FILE = ["-n", "3", "--dist", "loadfile"]
# One by one as they come free: two of them take half of the time.
ONE_BY_ONE = ["-n", "2", "--dist", "worksteal"]
SQLITE = {"DATABASE_URL": ""}


def in_chromium() -> Stage:
    """What a real browser shows."""
    name = "pages in Chromium"
    if shutil.which("chromium") is None:
        return Stage(name, missing="chromium is not installed")
    return run_stage(name, ["functional"], *ONE_BY_ONE, **SQLITE)


def on_sqlite() -> Stage:
    """What needs no program of its own."""
    folders = ["spec", "integration", "unit", "architecture"]
    return run_stage("all else on SQLite", folders, *BY_FILE, "-m", "not postgres", **SQLITE)


def on_postgres(url: str | None) -> Stage:
    """The database that serves many."""
    name = "integration on PostgreSQL"
    if url is None:
        return Stage(name, missing="initdb is not installed")
    return run_stage(name, ["integration"], *BY_FILE, "-m", "not one_database", DATABASE_URL=url)


def in_libreoffice() -> Stage:
    """The files, opened by the program that their readers have."""
    name = "files in LibreOffice"
    if shutil.which("soffice") is None:
        return Stage(name, missing="soffice is not installed")
    return run_stage(name, ["office"], **SQLITE)


def main() -> int:
    """Run all stages and print the summary; 0 when nothing failed."""
    with ExitStack() as open_until_done:
        url = None
        if postgres.programs() is not None:
            url = open_until_done.enter_context(postgres.server())
        prepare("", *([url] if url else []))
        print("\n=== all stages, two at a time", flush=True)
        two = open_until_done.enter_context(ThreadPoolExecutor(2))
        running = [
            two.submit(on_sqlite),
            two.submit(in_chromium),
            two.submit(on_postgres, url),
            two.submit(in_libreoffice),
        ]
        stages = [one.result() for one in running]

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
