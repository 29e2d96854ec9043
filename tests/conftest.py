"""What every test can ask for."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from samhandling.cli.messages import compile_catalogues

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / ".pytest_cache" / "databases"


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues once, before any worker process reads them."""
    if not hasattr(config, "workerinput"):
        compile_catalogues()


@pytest.fixture(scope="session", autouse=True)
def log_may_be_emptied_after_a_test() -> Iterator[None]:
    """A test with real transactions ends with all tables emptied; the log's triggers refuse it."""
    from tests.audit_log import unguarded

    emptied = TransactionTestCase._fixture_teardown

    def empty(case: TransactionTestCase) -> None:
        with unguarded():
            emptied(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


@pytest.fixture
def today() -> date:
    """The demo's day, which all tests share."""
    return date(2020, 11, 30)


def template_database() -> Path:
    """Where the migrated, empty SQLite file for the present migrations is kept between runs.

    Running the migrations takes ten seconds, copying the file none; it has other names as soon as
    a migration or Django changes.
    """
    digest = hashlib.sha256(django.__version__.encode())
    for path in sorted((ROOT / "src" / "samhandling" / "apps").glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    return TEMPLATES / f"{digest.hexdigest()[:20]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    if connection.vendor == "sqlite" and template_database().exists():
        shutil.copyfile(template_database(), settings.DATABASES["default"]["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """SQLite's test file lies in a directory that is thrown away; PostgreSQL's is dropped."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    template = template_database()
    if connection.vendor == "sqlite" and not template.exists():
        shutil.rmtree(TEMPLATES, ignore_errors=True)
        TEMPLATES.mkdir(parents=True)
        unfinished = template.with_suffix(f".{os.getpid()}")
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(unfinished)])
        unfinished.rename(template)
    yield


@pytest.fixture(scope="module")
def demo_county_for_reading(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The demo county, loaded once for a whole test file.

    A test may change it: its own transaction lies inside the file's, and both are rolled back.
    """
    from samhandling.demo.county_loader import load_county

    with django_db_blocker.unblock(), transaction.atomic():
        load_county()
        yield
        transaction.set_rollback(True)
