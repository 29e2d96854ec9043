"""The databases that tests start from: one with the tables alone, one with the demo county.

Running the migrations takes ten seconds and loading the county four, copying either next to
nothing. So each is made once and copied. A SQLite file is kept between runs, in a PostgreSQL
cluster they live as long as it does. They have other names as soon as what they are made of
changes.

    python -m tests.databases tables|county

makes those that are not there. It is a process of its own, for the connection of a test run is
guarded and the run's processes would each make them.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache" / "databases"
PREFIX = "samhandling_test_from_"  # of databases in a PostgreSQL cluster

Which = Literal["tables", "county"]
_MADE_OF = {
    "tables": ["apps/*/migrations/*.py"],
    "county": ["apps/**/*.py", "core/**/*.py", "demo/**/*", "data/**/*", "../../tests/settings.py"],
}


def name(which: Which) -> str:
    """Its name, the same as long as what it is made of is the same."""
    import django

    digest = hashlib.sha256(django.__version__.encode())
    for pattern in _MADE_OF[which]:
        for path in sorted((ROOT / "src" / "samhandling").glob(pattern)):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(str(path).encode() + path.read_bytes())
    return f"{which}_{digest.hexdigest()[:20]}"


def file(which: Which) -> Path:
    """Where the SQLite file is kept; see `ensure`."""
    return KEPT / f"{name(which)}.sqlite3"


def in_cluster(which: Which) -> str:
    """What the PostgreSQL database is called; see `ensure`."""
    return PREFIX + name(which)


def ensure(which: Which) -> None:
    """Make the database in the store that Django is connected to, unless it is there.

    Raises CalledProcessError when that fails; its output tells why.
    """
    from django.db import connection

    there = file(which).exists() if connection.vendor == "sqlite" else which in _in_cluster()
    if not there:
        subprocess.run(
            [sys.executable, "-m", "tests.databases", which],
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )


def _in_cluster() -> list[Which]:
    """Those that the PostgreSQL cluster has as they are to be now."""
    from django.db import connection

    wanted: dict[str, Which] = {in_cluster("tables"): "tables", in_cluster("county"): "county"}
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return [wanted[row[0]] for row in cursor.fetchall() if row[0] in wanted]


def _make_files(which: Which) -> None:
    from django.core.management import call_command
    from django.db import connection

    target = file(which)
    if target.exists():
        return
    own = Path(connection.settings_dict["NAME"])
    if which == "tables":
        call_command("migrate", interactive=False, verbosity=0)
    else:
        _make_files("tables")
        connection.close()
        shutil.copyfile(file("tables"), own)
        _load_county()
    KEPT.mkdir(parents=True, exist_ok=True)
    for older in KEPT.glob(f"{which}_*"):
        older.unlink()
    unfinished = target.with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(unfinished)])
    unfinished.rename(target)


def _make_in_cluster(which: Which) -> None:
    from django.core.management import call_command
    from django.db import connection

    target = in_cluster(which)
    unfinished = f"{PREFIX}unfinished"
    if which in _in_cluster():
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        for (older,) in cursor.fetchall():
            if older.startswith((f"{PREFIX}{which}_", unfinished)):
                cursor.execute(f'DROP DATABASE "{older}"')
    if which == "county":
        _make_in_cluster("tables")
    origin = "template0" if which == "tables" else in_cluster("tables")
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{unfinished}" TEMPLATE "{origin}"')
    connect_to(unfinished)
    if which == "tables":
        call_command("migrate", interactive=False, verbosity=0)
    else:
        _load_county()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # what the server does of itself, some time later
    connect_to("postgres")
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{target}"')


def connect_to(database: str) -> None:
    """Let Django's connection lead to another database of the same store from now on."""
    from django.db import connection

    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]
    connection.settings_dict["NAME"] = database


def _load_county() -> None:
    from samhandling.demo.county_loader import load_county

    load_county()


def main() -> None:
    """Make what the argument names. Of several processes the first makes it, the others wait."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.db import connection

    which: Which = "county" if sys.argv[1:] == ["county"] else "tables"
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"{connection.vendor}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if connection.vendor == "postgresql":
            _make_in_cluster(which)
        else:
            _make_files(which)


if __name__ == "__main__":
    main()
