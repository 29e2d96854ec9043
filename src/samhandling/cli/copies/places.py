"""The two databases that a copy is taken from and put back in."""

import os
import shutil
import sqlite3
import subprocess  # nosec B404 - starts PostgreSQL's own programs
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import psycopg
from django.utils.translation import gettext as _
from psycopg import sql as pg
from psycopg.conninfo import make_conninfo

from samhandling.cli.copies.contents import Contents, contents_of, migrations_of, used_tables
from samhandling.cli.copies.refused import (
    DamagedCopy,
    NotEmpty,
    NothingToCopy,
    ProgramMissing,
)


class Place(Protocol):
    """Where an installation's rows live."""

    kind: str  # as the manifest says it
    dump_name: str  # what the rows are called inside a copy

    def take(self, to: Path) -> Contents:
        """Write all rows to a new file, as they were at one moment, and say what they are."""

    def check_empty(self) -> None:
        """Raises NotEmpty when somebody has put something here."""

    def put_back(self, dump: Path, expected: Contents) -> None:
        """Make this place what the dump says, or leave it empty. Raises DamagedCopy."""

    def prove(self, dump: Path, folder: Path) -> Contents:
        """What the dump holds, seen by putting it back somewhere that is thrown away."""


def place_of(database: dict[str, Any]) -> Place:
    """The place of one of Django's DATABASES."""
    if database["ENGINE"].endswith("sqlite3"):
        return SqlitePlace(Path(database["NAME"]))
    return PostgresPlace(database)


# --- SQLite --------------------------------------------------------------------------------------


class _SqliteReading:
    """A SQLite file, read."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        made = connection.execute(
            "SELECT name, sql FROM sqlite_master"
            " WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        ).fetchall()
        # A virtual table has no rows of its own; those of the search stand in its shadow tables.
        virtual = [name for name, sql in made if sql.upper().startswith("CREATE VIRTUAL")]
        self.names = [name for name, _sql in made if name not in virtual]
        self.shadows = tuple(f"{name}_" for name in virtual)

    def tables(self) -> list[str]:
        return [name for name in self.names if not self.shadows or not self._is_shadow(name)]

    def _is_shadow(self, name: str) -> bool:
        return name.startswith(self.shadows)

    def rows(self, table: str) -> Iterator[Sequence[Any]]:
        columns = self.connection.execute(f'PRAGMA table_info("{table}")').fetchall()
        keys = [row[1] for row in sorted(columns, key=lambda row: row[5]) if row[5]]
        order = ", ".join(f'"{name}"' for name in keys or [row[1] for row in columns])
        yield from self.connection.execute(f'SELECT * FROM "{table}" ORDER BY {order}')  # nosec B608 - names come from the database itself

    def ask(self, sql: str) -> list[Sequence[Any]]:
        return self.connection.execute(sql).fetchall()


def _read_sqlite(path: Path) -> Contents:
    """What a closed SQLite file holds. Raises DamagedCopy when SQLite finds it broken."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            said = connection.execute("PRAGMA integrity_check").fetchone()[0]
            if said != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
                raise DamagedCopy(_("Databasen i kopian är skadad."))
            return contents_of(_SqliteReading(connection))
    except sqlite3.DatabaseError as fault:
        raise DamagedCopy(_("Databasen i kopian är skadad.")) from fault


class SqlitePlace:
    """A database in a file."""

    kind = "sqlite"
    dump_name = "database.sqlite3"

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()

    def take(self, to: Path) -> Contents:
        if not self.path.exists():
            raise NothingToCopy(_("Det finns ingen databas att kopiera i %s.") % self.path)
        # One read transaction: what is written meanwhile is in the next copy.
        with closing(sqlite3.connect(f"{self.path.as_uri()}?mode=rw", uri=True)) as connection:
            connection.execute("PRAGMA busy_timeout = 10000")
            connection.execute("VACUUM INTO ?", [str(to)])
        return _read_sqlite(to)

    def check_empty(self) -> None:
        if not self.path.exists():
            return
        with closing(sqlite3.connect(self.path)) as connection:
            used = used_tables(_SqliteReading(connection))
        if used:
            raise NotEmpty(not_empty(used))

    def put_back(self, dump: Path, expected: Contents) -> None:
        new = self.path.with_name(f".{self.path.name}.{uuid4().hex[:8]}")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(dump, new)
            with closing(sqlite3.connect(new)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
            with new.open("rb") as file:
                os.fsync(file.fileno())
            for ending in ("-wal", "-shm"):  # of the empty database, never of the one that comes
                self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
            new.replace(self.path)
        finally:
            for leftover in self.path.parent.glob(f"{new.name}*"):
                leftover.unlink()

    def prove(self, dump: Path, folder: Path) -> Contents:
        return _read_sqlite(dump)


# --- PostgreSQL ----------------------------------------------------------------------------------


class _PostgresReading:
    """A PostgreSQL database, read in one transaction."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection

    def tables(self) -> list[str]:
        found = self.ask("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        return [name for (name,) in found]

    def rows(self, table: str) -> Iterator[Sequence[Any]]:
        keys = self.connection.execute(
            "SELECT a.attname FROM pg_index i JOIN pg_attribute a"
            " ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)"
            " WHERE i.indisprimary AND i.indrelid = to_regclass(quote_ident(%s))"
            " ORDER BY array_position(i.indkey::int2[], a.attnum)",
            [table],
        ).fetchall()
        order = pg.SQL(", ").join(pg.Identifier(name) for (name,) in keys)
        query = pg.SQL("SELECT * FROM {}").format(pg.Identifier(table))
        if keys:
            query += pg.SQL(" ORDER BY ") + order
        with self.connection.cursor(name="copy") as cursor:
            cursor.execute(query)
            yield from cursor

    def ask(self, sql: str) -> list[Sequence[Any]]:
        return self.connection.execute(sql.encode()).fetchall()


class PostgresPlace:
    """A database in a PostgreSQL server."""

    kind = "postgresql"
    dump_name = "database.dump"

    def __init__(self, database: dict[str, Any]) -> None:
        self.database = database

    def _address(self, name: str | None = None) -> str:
        """The connection string, without the password, which others could see on a command line."""
        own = {"pool", "isolation_level", "server_side_binding", "assume_role"}
        options = {k: v for k, v in self.database["OPTIONS"].items() if k not in own}
        fields = {"dbname": name or self.database["NAME"], **options}
        for ours, theirs in (("USER", "user"), ("HOST", "host"), ("PORT", "port")):
            if self.database[ours]:
                fields[theirs] = self.database[ours]
        return make_conninfo(**fields)

    @contextmanager
    def _connected(
        self, name: str | None = None, *, autocommit: bool = False
    ) -> Iterator[psycopg.Connection[Any]]:
        password = self.database["PASSWORD"] or None
        with psycopg.connect(
            self._address(name), password=password, autocommit=autocommit
        ) as connection:
            connection.execute("SET TIME ZONE 'UTC'")
            yield connection

    def _run(self, program: str, *arguments: str) -> None:
        """Run pg_dump or pg_restore. Raises ProgramMissing with what it says."""
        found = shutil.which(program)
        if found is None:
            text = _(
                "Programmet %s saknas. Installera PostgreSQL:s klientprogram (postgresql-client)."
            )
            raise ProgramMissing(text % program)
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        if self.database["PASSWORD"]:
            environment["PGPASSWORD"] = self.database["PASSWORD"]
        done = subprocess.run(  # nosec B603 - a fixed program, arguments of our own
            [found, *arguments], env=environment, capture_output=True, text=True
        )
        if done.returncode:
            said = (done.stderr.strip().splitlines() or ["?"])[0]
            told = {"program": program, "said": said}
            raise ProgramMissing(_("%(program)s gick inte att köra: %(said)s") % told)

    def take(self, to: Path) -> Contents:
        with self._connected() as connection:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            row = connection.execute("SELECT pg_export_snapshot()").fetchone()
            # The dump and the sums are of the same moment, whatever is written meanwhile.
            self._run(
                "pg_dump",
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                f"--snapshot={row[0] if row else ''}",
                f"--file={to}",
                f"--dbname={self._address()}",
            )
            return contents_of(_PostgresReading(connection))

    def check_empty(self) -> None:
        with self._connected() as connection:
            used = used_tables(_PostgresReading(connection))
        if used:
            raise NotEmpty(not_empty(used))

    def put_back(self, dump: Path, expected: Contents) -> None:
        self._make_bare()
        try:
            self._restore(dump, None)
            with self._connected() as connection:
                found = contents_of(_PostgresReading(connection))
            if found != expected:
                raise DamagedCopy(_("Databasen blev inte som i kopian. Den är nu tom igen."))
        except BaseException:
            self._make_bare()
            raise

    def prove(self, dump: Path, folder: Path) -> Contents:
        name = f"samhandling_prov_{uuid4().hex[:8]}"
        try:
            with self._connected(autocommit=True) as connection:
                connection.execute(
                    pg.SQL("CREATE DATABASE {} TEMPLATE template0").format(pg.Identifier(name))
                )
        except psycopg.errors.InsufficientPrivilege as fault:
            text = _(
                "Databasanvändaren får inte skapa den databas som kopian ska prövas i. Ge den "
                "rätten (ALTER ROLE … CREATEDB), eller pröva kopian på en annan maskin."
            )
            raise ProgramMissing(text) from fault
        try:
            self._restore(dump, name)
            with self._connected(name) as connection:
                return contents_of(_PostgresReading(connection))
        finally:
            with self._connected(autocommit=True) as connection:
                connection.execute(
                    pg.SQL("DROP DATABASE {} WITH (FORCE)").format(pg.Identifier(name))
                )

    def _restore(self, dump: Path, name: str | None) -> None:
        self._run(
            "pg_restore",
            "--single-transaction",
            "--no-owner",
            "--no-privileges",
            f"--dbname={self._address(name)}",
            str(dump),
        )

    def _make_bare(self) -> None:
        """Take away tables and functions of a database that has been found to be empty."""
        with self._connected() as connection:
            for name in _PostgresReading(connection).tables():
                connection.execute(pg.SQL("DROP TABLE {} CASCADE").format(pg.Identifier(name)))
            functions = connection.execute(
                "SELECT p.oid::regprocedure::text FROM pg_proc p"
                " WHERE p.pronamespace = current_schema()::regnamespace AND NOT EXISTS"
                " (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
            ).fetchall()
            for (name,) in functions:
                connection.execute(f"DROP FUNCTION {name}".encode())


def not_empty(used: list[str]) -> str:
    """What is said when there is something already."""
    text = _(
        "Databasen är inte tom, så inget har ändrats. Det finns redan uppgifter i: %(tables)s. "
        "Återställ i en ny, tom installation."
    )
    return text % {"tables": ", ".join(used[:5])}


__all__ = ["Place", "PostgresPlace", "SqlitePlace", "migrations_of", "place_of"]
