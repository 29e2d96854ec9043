"""What a database holds, in figures that two databases can be compared by."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from ipaddress import IPv4Address, IPv6Address
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext as _

# A database where only these have rows is one that has been prepared and never used.
OF_THE_FRAMEWORK = frozenset(
    {
        "django_migrations",
        "django_content_type",
        "auth_permission",
        "django_session",
        "outbox_routinerun",
    }
)


@dataclass(frozen=True)
class Table:
    """How many rows a table has, and the SHA-256 of all that stands in them."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Contents:
    """All of a database. `editions` are the frozen reports: uid, number and SHA-256; `files` the
    files that rows tell of: name and SHA-256, read from the rows each time."""

    tables: dict[str, Table]
    migrations: list[tuple[str, str]]
    editions: list[tuple[str, int, str]]
    files: list[tuple[str, str]] = field(default_factory=list, compare=False)

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


class Database(Protocol):
    """A database to read, whichever it is."""

    def tables(self) -> list[str]:
        """The names of the tables that hold rows of ours."""

    def rows(self, table: str) -> Iterator[Sequence[Any]]:
        """Every row of a table, all columns, in an order that a copy has too."""

    def ask(self, sql: str) -> list[Sequence[Any]]:
        """The answer to a question that both databases understand."""


def contents_of(database: Database) -> Contents:
    """Count and sum up every table. Reads everything once."""
    tables = {name: _table(database.rows(name)) for name in sorted(database.tables())}
    return Contents(tables, migrations_of(database), list(_editions(database)), files_of(database))


def migrations_of(database: Database) -> list[tuple[str, str]]:
    """The migrations that the database has been through; none when it was never prepared."""
    if "django_migrations" not in database.tables():
        return []
    rows = database.ask("SELECT app, name FROM django_migrations ORDER BY app, name")
    return [(str(app), str(name)) for app, name in rows]


def files_of(database: Database) -> list[tuple[str, str]]:
    """The files that rows tell of, by name: name below the folder of files, and SHA-256.

    Those whose destruction is decided are not among them: their sum is gone.
    """
    if "discussion_attachment" not in database.tables():
        return []
    rows = database.ask(
        "SELECT file, sha256 FROM discussion_attachment"
        " WHERE file <> '' AND sha256 <> '' ORDER BY file"
    )
    return [(str(name), str(sum)) for name, sum in rows]


def used_tables(database: Database) -> list[str]:
    """The tables that somebody has put something in."""
    return [
        name
        for name in sorted(database.tables())
        if name not in OF_THE_FRAMEWORK and database.ask(f'SELECT 1 FROM "{name}" LIMIT 1')  # nosec B608 - names come from the database itself
    ]


def differences(was: Contents, now: Contents) -> list[str]:
    """What is not as it was, one Swedish line each."""
    lines = []
    for name in sorted(was.tables.keys() | now.tables.keys()):
        before, after = was.tables.get(name), now.tables.get(name)
        if before is None or after is None:
            lines.append(_("tabellen %(name)s finns bara på ett håll") % {"name": name})
        elif before.rows != after.rows:
            told = {"name": name, "before": before.rows, "after": after.rows}
            lines.append(_("tabellen %(name)s: %(before)d rader blev %(after)d") % told)
        elif before != after:
            lines.append(_("tabellen %(name)s: innehållet är ett annat") % {"name": name})
    if was.editions != now.editions:
        lines.append(_("de frysta rapporterna är inte desamma"))
    return lines


def _editions(database: Database) -> Iterator[tuple[str, int, str]]:
    """The frozen reports, each with its hash worked out anew from what is stored."""
    if "reporting_frozenedition" not in database.tables():
        return
    sql = (
        "SELECT r.uid, e.number, e.model FROM reporting_frozenedition e"
        " JOIN records_record r ON r.id = e.report_id ORDER BY r.uid, e.number"
    )
    for uid, number, stored in database.ask(sql):
        model = json.loads(stored) if isinstance(stored, str) else stored
        text = json.dumps(model, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        yield str(uid), int(number), hashlib.sha256(text.encode()).hexdigest()


def _table(rows: Iterable[Sequence[Any]]) -> Table:
    digest, count = hashlib.sha256(), 0
    for row in rows:
        count += 1
        for value in row:
            sign = _sign(value)
            digest.update(len(sign).to_bytes(8, "big"))
            digest.update(sign)
    return Table(count, digest.hexdigest())


def _sign(value: Any) -> bytes:
    """A value as bytes: different values, and values of different kinds, never give the same."""
    match value:
        case None:
            return b"-"
        case bytes() | bytearray() | memoryview():
            return b"x" + bytes(value)
        case str():
            return b"s" + value.encode("utf-8", "surrogatepass")
        case bool() | int() | float() | Decimal():
            return f"n{value!r}".encode()
        case datetime() | date() | time():
            return b"d" + value.isoformat().encode()
        case timedelta() | UUID() | IPv4Address() | IPv6Address():  # interfaces are addresses too
            return f"t{value}".encode()
        case dict() | list():
            return b"j" + json.dumps(value, sort_keys=True, ensure_ascii=False).encode()
    raise TypeError(f"no way to sum up {type(value).__name__}")
