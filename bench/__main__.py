"""`make bench`: measure, print beside the references, and write bench/results.json.

Environment: BENCH_QUICK=1 takes a few pairs instead of 40. BENCH_LARGE=1 also measures the growth
to 100 000 initiatives (some minutes more). BENCH_ONLY=list,csv takes those parts alone: list,
people, csv, growth, memory, report. Everything is made in a temporary directory and removed.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from bench.measures import (
    OF_ANOTHER,
    OF_THE_AGREEMENT,
    Row,
    beside_floor,
    change,
    change_status,
    csv_rows,
    growth,
    memory_row,
    report_rows,
)
from bench.servers import Server, serving

RESULTS = Path(__file__).with_name("results.json")
ROOT = Path(__file__).parents[1]
SMALL, MANY, LARGE = 1_000, 10_000, 100_000
PARTS = ("list", "people", "csv", "growth", "memory", "report")
DATABASE = "samhandling.sqlite3"
NOT_YET = (
    "Not measured, since it comes with its own issue: classifying statistics, JSON-stat2, synergy."
)


@dataclass(frozen=True)
class Place:
    """A data directory with so many initiatives, and what to measure in it."""

    folder: Path
    slug: str
    initiative: str
    events: int
    rare: str
    common: str
    email: str
    convener: str
    administrator: str
    users: int
    password: str

    @property
    def environment(self) -> dict[str, str]:
        return environment_of(self.folder)

    @property
    def pages(self) -> dict[str, str]:
        return {
            "list": f"/{self.slug}/insatser/",
            "one": f"/insatser/{self.initiative}/",
            "rare": f"/sok/?q={quote(self.rare)}",
            "common": f"/sok/?q={quote(self.common)}",
            "overview": f"/{self.slug}/oversikt/",
            "csv": f"/{self.slug}/insatser/insatser.csv",
        }


def environment_of(folder: Path) -> dict[str, str]:
    """The product as it runs for real, on a directory of its own."""
    return {
        "SAMHANDLING_DATA_DIR": str(folder),
        "SAMHANDLING_OUT_DIR": str(folder / "out"),
        "SAMHANDLING_DEMO_DAY": "2020-11-30",
        "SAMHANDLING_DEBUG": "",
        # One person asks for the same page many times here.
        "SAMHANDLING_SEARCHES_A_MINUTE": "1000000",
        "SAMHANDLING_EXPORTS_A_MINUTE": "1000000",
        "SAMHANDLING_REPORTS_A_MINUTE": "1000000",
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "samhandling.config.settings",
        "BENCH_FLOOR_DIR": str(folder),
    }


def main() -> None:
    argparse.ArgumentParser(
        "python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    quick = bool(os.environ.get("BENCH_QUICK"))
    parts = os.environ.get("BENCH_ONLY", "").split(",") if os.environ.get("BENCH_ONLY") else PARTS
    pairs = 10 if quick else 40
    began = time.monotonic()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        home = Path(temporary)
        for row in measured(home, pairs, parts):
            rows.append(row)
            print_row(row)
    print(f"\n{NOT_YET}\n{time.monotonic() - began:.0f} s, {pairs} pairs, load {load()}")
    RESULTS.write_text(
        json.dumps(
            {
                "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "pairs": pairs,
                "load": load(),
                "rows": [asdict(row) for row in rows],
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


def load() -> str:
    """How busy the machine is: above the number of cores, trust the ratios alone."""
    return f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def measured(home: Path, pairs: int, parts: Sequence[str]) -> Iterator[Row]:
    """All rows, as they are measured."""
    demo = home / "demo"
    yield demo_row(demo)
    if "report" in parts:
        for which in ("county", "long"):
            yield from report_rows(which, environment_of(demo))
    many = place(demo, home / "many", MANY)
    small = place(demo, home / "small", SMALL)
    run("bench.floor.prepare", str(MANY), folder=home)
    with ExitStack() as stack:
        floor = stack.enter_context(serving("floor", environment_of(home), home / "floor.log"))
        floor.sign_in("/accounts/login/", "floor", "only-for-measuring")
        server = opened(stack, many, "many")
        if "list" in parts:
            yield from page_rows(server, many, floor, pairs)
        if "people" in parts:
            yield from people_rows(server, many, floor, pairs)
        if "csv" in parts:
            yield from csv_rows(server, many.pages["csv"], floor, max(3, pairs // 8))
        if "growth" in parts:
            other = opened(stack, small, "small")
            yield from growth_rows(server, many, other, small, pairs, "1 000 → 10 000")
            if os.environ.get("BENCH_LARGE"):
                large = place(demo, home / "large", LARGE)
                biggest = opened(stack, large, "large")
                yield from growth_rows(biggest, large, other, small, pairs, "1 000 → 100 000")
        if "memory" in parts:
            yield memory_row(server)


def page_rows(server: Server, many: Place, floor: Server, pairs: int) -> Iterator[Row]:
    """The pages; those that keep an answer until something changes, both ways."""
    pages = many.pages

    def changed() -> None:
        change(many.folder / DATABASE, many.initiative)

    def changed_elsewhere() -> None:
        change(many.folder / DATABASE, many.initiative, OF_ANOTHER)

    def changed_agreement() -> None:
        change(many.folder / DATABASE, many.initiative, OF_THE_AGREEMENT)

    def moved() -> None:
        change_status(many.folder / DATABASE, many.slug)

    def row(
        what: str,
        page: str,
        most: float,
        others: str = "",
        before: Callable[[], None] | None = None,
    ) -> Row:
        return beside_floor(what, (server, pages[page]), floor, pairs, most, others, before)

    first = "   first time after a change"
    yield row("list, 25 of 10 000", "list", 2.5, "Redmine 69–90 ms, Akvo 320 ms")
    yield row(first, "list", 2.5, before=moved)
    yield row(f"initiative, {many.events} changes", "one", 2.5, "Redmine 75–103, Akvo 46 ms")
    yield row(f"{first} of it", "one", 2.5, before=changed)
    yield row(f"{first} of another", "one", 2.5, before=changed_elsewhere)
    yield row("search, rare word", "rare", 3, "Redmine 33–46 ms")
    yield row(first, "rare", 3, before=changed)
    yield row("search, common word", "common", 3, "Redmine 297–372 ms")
    yield row(first, "common", 3, before=changed)
    yield row("overview, 10 000", "overview", 4, "Akvo 126–217 ms, one project")
    yield row(f"{first} of a status", "overview", 4, before=moved)
    yield row(f"{first} of the agreement", "overview", 4, before=changed_agreement)


def people_rows(server: Server, many: Place, floor: Server, pairs: int) -> Iterator[Row]:
    """The same pages as somebody sees them whose rights differ from row to row, and the people."""
    convener = server.of_another("/konto/logga-in/", many.convener, many.password)
    for what, page, most in (
        ("list, as a convener", "list", 2.5),
        ("initiative, as a convener", "one", 2.5),
        ("search, common word, as a convener", "common", 3),
        ("overview, as a convener", "overview", 4),
    ):
        yield beside_floor(what, (convener, many.pages[page]), floor, pairs, most, "")
    administrator = server.of_another("/konto/logga-in/", many.administrator, many.password)
    people = f"people, 25 of {many.users}, to whom runs them"
    yield beside_floor(people, (administrator, "/personer/"), floor, pairs, None, "no goal is set")


def growth_rows(
    large: Server, many: Place, small_server: Server, small: Place, pairs: int, sizes: str
) -> Iterator[Row]:
    for what, page in (("list", "list"), ("search, common word", "common")):
        paths = (many.pages[page], small.pages[page])
        yield growth(what, large, small_server, paths, pairs, sizes)
    paths = (many.pages["overview"], small.pages["overview"])
    yield growth("overview", large, small_server, paths, pairs, sizes)


def demo_row(folder: Path) -> Row:
    """`make demo` on an empty data directory, the installed packages aside."""
    began = time.monotonic()
    command = [str(Path(sys.executable).parent / "samhandling"), "start", "--no-serve"]
    subprocess.run(
        command, env={**os.environ, **environment_of(folder)}, check=True, capture_output=True
    )
    seconds = time.monotonic() - began
    return Row(
        "make demo from nothing", f"{seconds:.0f} s", "", "≤ 90 s", seconds <= 90, {"s": seconds}
    )


def place(demo: Path, folder: Path, number: int) -> Place:
    """A copy of the demo county with `number` made-up initiatives in an agreement of their own."""
    shutil.copytree(demo, folder)
    told = json.loads(run("bench.prepare", str(number), folder=folder).splitlines()[-1])
    return Place(folder=folder, **told)


def run(module: str, *words: str, folder: Path) -> str:
    """What a module of this package prints, run on a data directory."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        env={**os.environ, **environment_of(folder)},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"{module} failed:\n{done.stderr[-3000:]}")
    return done.stdout


def opened(stack: ExitStack, where: Place, name: str) -> Server:
    """The product on a data directory, with the process leader signed in."""
    server = stack.enter_context(serving(name, where.environment, where.folder / "server.log"))
    server.sign_in("/konto/logga-in/", where.email, where.password)
    return server


def print_row(row: Row) -> None:
    mark = {True: "reached", False: "MISSED", None: ""}[row.reached]
    print(f"{row.what:<44} {row.measured:<30} {row.goal:<14} {mark:<8} {row.reference}", flush=True)


if __name__ == "__main__":
    main()
