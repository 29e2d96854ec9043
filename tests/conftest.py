"""What every test can ask for."""

import gc
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from django.conf import settings
from django.db import connection, transaction
from django.template.backends.django import Template
from django.template.base import Template as BaseTemplate
from django.test import TransactionTestCase
from django.utils import translation
from pytest_django import DjangoDbBlocker

from samhandling.cli.messages import compile_catalogues
from tests import databases


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues once, before any worker process reads them."""
    if not hasattr(config, "workerinput"):
        compile_catalogues()
    # What was imported is there to stay: the collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _in_a_roomy_frame(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    runtestprotocol(item, nextitem=nextitem)


# Python keeps the frames of calls in pieces of 16 kB and returns a piece to the system as soon as
# the calls in it have ended: a loop that happens to lie at the edge of one asks for memory at each
# turn, up to a fifth of a test's time. This frame needs a large piece, which has room for all.
_in_a_roomy_frame.__code__ = _in_a_roomy_frame.__code__.replace(co_stacksize=70_000)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """As pytest's own, but for the frame."""
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    _in_a_roomy_frame(item, nextitem)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.fixture(scope="session", autouse=True)
def pages_are_rendered_as_for_people(django_test_environment: None) -> Iterator[None]:
    """Django's test environment copies every variable of every template that a page is made of.

    That takes a tenth of the time, and a test reads pages as people do.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseTemplate, "_render", lambda page, context: page.nodelist.render(context))
        yield


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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What asks no database has nothing to learn from a second one."""
    for item in items:
        asks = {"db", "transactional_db", "django_db_setup"} & set(
            getattr(item, "fixturenames", [])
        )
        if not (asks or item.get_closest_marker("django_db")):
            item.add_marker(pytest.mark.one_database)


@pytest.fixture(autouse=True)
def swedish_again() -> Iterator[None]:
    """What a test asked for in English leaves its thread speaking Swedish, as a new one does."""
    yield
    translation.deactivate()


@pytest.fixture
def pages_without_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who gets in does not hang on the words of the page, and they take most of the time."""
    monkeypatch.setattr(Template, "render", lambda *_args, **_kwargs: "")


@pytest.fixture
def today() -> date:
    """The demo's day, which all tests share."""
    return date(2020, 11, 30)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    with django_db_blocker.unblock():
        databases.ensure("tables")
    test = settings.DATABASES["default"]["TEST"]
    if connection.vendor == "sqlite":
        shutil.copyfile(databases.file("tables"), test["NAME"])
    else:
        test["TEMPLATE"] = databases.in_cluster("tables")


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """SQLite's test file lies in a directory that is thrown away; PostgreSQL's is dropped."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def database_with_county(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """Another database, with the demo county; nothing may stay written in it."""
    with django_db_blocker.unblock():
        databases.ensure("county")
    own = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        copy = str(Path(own).with_name("county.sqlite3"))
        shutil.copyfile(databases.file("county"), copy)
        yield copy
        return
    copy = f"{own}_county"
    with django_db_blocker.unblock():
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{copy}"')
            cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{databases.in_cluster("county")}"')
        yield copy
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{copy}"')


@pytest.fixture(scope="module")
def demo_county_for_reading(
    database_with_county: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The demo county, there for a whole test file.

    A test may change it: its own transaction lies inside the file's, and both are rolled back.
    """
    own = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        databases.connect_to(database_with_county)
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        databases.connect_to(own)
