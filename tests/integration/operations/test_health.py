"""Monitoring is told whether the installation is alive and ready, without a word about people."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from samhandling.apps.accounts.models import User
from samhandling.apps.outbox.models import Message, RoutineRun
from samhandling.apps.outbox.services import put_ready_message
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return make_user(name="Siv Ek")


def test_a_living_process_says_so_without_asking_the_database(client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/halsa/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert len(asked) == 0
    assert "no-store" in answer["Cache-Control"]


def test_an_installation_in_order_is_ready(client: Client) -> None:
    answer = client.get("/halsa/redo")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def lacking(client: Client) -> list[str]:
    answer = client.get("/halsa/redo")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    told = answer.json()
    assert told.keys() == {"status", "lacking"}
    codes: list[str] = told["lacking"]
    return codes


def test_a_database_that_is_gone_is_told(client: Client) -> None:
    place = "samhandling.web.operations.health.MigrationExecutor"
    with (
        patch(place, side_effect=OperationalError("connection to 10.0.0.5 refused")),
        patch.object(connection, "close"),
    ):
        assert lacking(client) == ["DATABASE"]


def test_migrations_that_wait_are_told(client: Client) -> None:
    place = "samhandling.web.operations.health.MigrationExecutor.migration_plan"
    with patch(place, return_value=[("0999", False)]):
        assert lacking(client) == ["MIGRATIONS"]


def test_mail_that_nobody_fetches_is_told(client: Client) -> None:
    put_ready_message(kind="x", to="siv@example.org", subject="s", text="t", language="sv")
    assert client.get("/halsa/redo").status_code == 200
    Message.objects.update(due_at=timezone.now() - timedelta(minutes=16))
    assert lacking(client) == ["OUTBOX"]


def test_recurring_jobs_that_fail_or_are_late_are_told_and_close_nothing(client: Client) -> None:
    now = timezone.now()
    for name, fault, ago in (
        ("digests", "", timedelta(minutes=5)),
        ("retention", "OperationalError", timedelta(minutes=5)),
        ("close-accounts", "", timedelta(days=3)),
    ):
        RoutineRun.objects.create(name=name, last_fault=fault, last_ran_at=now - ago, next_at=now)
    answer = client.get("/halsa/redo")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "failing": ["close-accounts", "retention"]}


def test_a_disk_that_is_nearly_full_is_told(client: Client, settings: Settings) -> None:
    settings.LEAST_FREE_MB = 10**12
    assert lacking(client) == ["DISK"]


def test_a_disk_that_cannot_be_written_to_is_told(client: Client) -> None:
    with patch("samhandling.web.operations.health.os.access", return_value=False):
        assert lacking(client) == ["DISK"]


def test_monitoring_on_the_machine_itself_is_not_sent_to_https(
    client: Client, settings: Settings
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/konto/logga-in/").status_code == 301
    assert client.get("/halsa/redo").status_code == 200


@pytest.mark.one_database
def test_a_database_that_is_gone_before_the_page_is_no_fault_of_ours(person: User) -> None:
    signed_in = Client(raise_request_exception=False)
    signed_in.force_login(person)
    with patch.object(SessionStore, "load", side_effect=OperationalError("gone")):
        answer = signed_in.get("/andringar/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert "Databasen svarar inte eller är upptagen" in answer.content.decode()
    with patch.object(SessionStore, "load", side_effect=OperationalError("gone")):
        assert signed_in.get("/halsa/").status_code == 200
        assert signed_in.get("/halsa/redo").status_code == 200
    with patch.object(SessionStore, "load", side_effect=ZeroDivisionError):
        assert signed_in.get("/andringar/").status_code == 500
