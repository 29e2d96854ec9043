"""Emptying the log between tests. The database refuses to (ADR 0010), and the product never does.

A test that wants a log that starts now calls `start_log_now`. Tests with real transactions are
cleaned by emptying every table; tests/conftest.py wraps that in `unguarded`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from samhandling.apps.audit.models import (
    Disposal,
    DisposalDecision,
    Event,
    KnownPerson,
    Reason,
    Revision,
    WordsClosed,
    WordsOpened,
)

MODELS = (
    WordsOpened,
    WordsClosed,
    Reason,
    Revision,
    Event,
    KnownPerson,
    Disposal,
    DisposalDecision,
)
TABLES = [model._meta.db_table for model in MODELS]


@contextmanager
def unguarded() -> Iterator[None]:
    """Within, the triggers of the log are off; afterwards they are on again."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger'")
            triggers = [row for row in cursor.fetchall() if row[2] in TABLES]
            for name, _sql, _table in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        with connection.cursor() as cursor:
            for _name, sql, _table in triggers:
                cursor.execute(sql)
        return
    _alter("DISABLE")
    yield
    _alter("ENABLE")


def _alter(how: str) -> None:
    with connection.cursor() as cursor:
        # Foreign keys waiting to be checked at commit would refuse the ALTER.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} {how} TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def start_log_now() -> None:
    """Empty the log, so that what a test does stands alone in it."""
    with unguarded():
        for model in MODELS:
            model._base_manager.all()._raw_delete(connection.alias)
