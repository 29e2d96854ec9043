"""`make soak`: what is acknowledged stays, whatever happens to the server, disk or database.

    python -m tests.soak [--writes 1000] [--kills 50] [--database SQLite|PostgreSQL]
        [--only crash|full|read-only|restart|slow|back-in-time]

Assurance rows 12 to 15. Prints a line of figures for each drill; exit code 1 when one fails.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests import postgres
from tests.soak.crash import crash
from tests.soak.database import back_in_time, restart, slow
from tests.soak.disk import full, read_only, small_disk
from tests.soak.installation import Installation, installed

ON_A_SMALL_DISK = (full, read_only)
Drill = Callable[[Installation], str]


@contextmanager
def a_place(database: str, drill: Drill) -> Iterator[Installation]:
    """An installation of its own on that database, for one drill."""
    with tempfile.TemporaryDirectory(prefix="samhandling-soak-") as folder:
        place = Path(folder) / "data"
        if drill in ON_A_SMALL_DISK:
            with small_disk(place), installed(place, "") as made:
                yield made
        elif database == "SQLite":
            with installed(place, "") as made:
                yield made
        else:
            with postgres.server(durable=True) as url:
                server = url.replace("/samhandling?", "/postgres?")
                with psycopg.connect(server, autocommit=True) as admin:
                    admin.execute("CREATE DATABASE samhandling")
                with installed(place, url) as made:
                    yield made


def outcome(database: str, drill: Drill) -> str:
    """What came of a drill, or why it could not be run."""
    if drill in ON_A_SMALL_DISK and os.geteuid() != 0:
        return "NOT RUN: only root can make a small disk"
    if database == "PostgreSQL" and postgres.programs() is None:
        return "FAILED: PostgreSQL is not installed"
    with a_place(database, drill) as made:
        return drill(made)


def main() -> int:
    """Run the drills and print what came of them."""
    names = ["crash", "full", "read-only", "restart", "slow", "back-in-time"]
    parser = argparse.ArgumentParser(prog="tests.soak")
    parser.add_argument("--writes", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--only", choices=names)
    parser.add_argument("--database", choices=["SQLite", "PostgreSQL"])
    chosen = parser.parse_args()

    def killed(made: Installation) -> str:
        return crash(made, chosen.writes, chosen.kills)

    drills: list[tuple[str, str, Drill]] = [
        ("crash", "SQLite", killed),
        ("crash", "PostgreSQL", killed),
        ("full", "SQLite", full),
        ("read-only", "SQLite", read_only),
        ("restart", "PostgreSQL", restart),
        ("slow", "PostgreSQL", slow),
        ("back-in-time", "PostgreSQL", back_in_time),
    ]
    lines = []
    for name, database, drill in drills:
        if chosen.only not in {None, name} or chosen.database not in {None, database}:
            continue
        lines.append(f"{name} on {database}: {outcome(database, drill)}")
        print(lines[-1], flush=True)
    return int(any("FAILED" in line for line in lines))


if __name__ == "__main__":
    sys.exit(main())
