"""What stands in the way is said in Swedish; a real bug is not hidden."""

import errno

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError

from samhandling.cli.main import PACKAGE, explain


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OperationalError("database is locked"), "upptagen"),
        (OperationalError("database or disk is full"), "Disken är full"),
        (
            OperationalError("no such table: records_record"),
            "samhandling start --no-demo --no-serve",
        ),
        (ProgrammingError('relation "x" does not exist'), "samhandling start --no-demo --no-serve"),
        (OperationalError("connection failed: refused"), "DATABASE_URL"),
        (psycopg.OperationalError("connection failed: refused"), "DATABASE_URL"),
        (psycopg.OperationalError("failed to resolve host 'x'"), "DATABASE_URL"),
        (psycopg.ProgrammingError('invalid connection option "x"'), "DATABASE_URL"),
        (OSError(errno.ENOSPC, "No space left on device"), "Disken är full"),
        (PermissionError(errno.EACCES, "Permission denied", "/x/y"), "/x/y"),
        (NotADirectoryError(errno.ENOTDIR, "x", "/etc/hosts/x"), "/etc/hosts/x, för där finns"),
        (FileNotFoundError(errno.ENOENT, "x", "/proc/x"), "Ange en annan mapp."),
        (FileExistsError(errno.EEXIST, "x", "/etc/hosts"), "Ange en annan mapp."),
        (ImproperlyConfigured("SAMHANDLING_DEMO_DAY"), "SAMHANDLING_DEMO_DAY"),
    ],
)
def test_an_outside_obstacle_is_explained(error: Exception, words: str) -> None:
    assert words in (explain(error) or "")


@pytest.mark.parametrize(
    "error",
    [
        ValueError("x"),
        OSError(errno.ENOENT, "x"),
        KeyError("x"),
        FileNotFoundError(errno.ENOENT, "x", str(PACKAGE / "data" / "x.json")),
    ],
)
def test_a_bug_is_not_explained_away(error: Exception) -> None:
    assert explain(error) is None
