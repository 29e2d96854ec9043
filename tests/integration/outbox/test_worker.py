"""`samhandling worker` as a process: named a mail server in its environment, ended by a signal."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import databases
from tests.integration.outbox.conftest import Server

INSERT = """
INSERT INTO outbox_message ("kind", "to", language, ids, subject, text, state, created_at, due_at,
    claim, attempts, last_fault)
VALUES ('sign-in-code', 'anna@lan.example', 'sv', '{}', 'Kod', '1234-5678', 'WAITING',
    '2026-01-01 00:00:00', '2026-01-01 00:00:00', '', 0, '')
"""


@pytest.fixture
def worker(tmp_path: Path, mail_server: Server) -> Callable[..., subprocess.Popen[str]]:
    """Starts `samhandling worker` on a database of its own with one mail in it."""
    shutil.copyfile(databases.file("tables"), tmp_path / "samhandling.sqlite3")
    with sqlite3.connect(tmp_path / "samhandling.sqlite3") as database:
        database.execute(INSERT)
    database.close()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "samhandling.config.settings",
        "SAMHANDLING_DATA_DIR": str(tmp_path),
        "SAMHANDLING_DEMO_DAY": "",
        "SAMHANDLING_SMTP_URL": f"smtp+plain://127.0.0.1:{mail_server.port}",
        "DATABASE_URL": "",
    }

    def start(*options: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "samhandling.cli.main", "worker", *options],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )

    return start


@pytest.mark.one_database
@pytest.mark.django_db
def test_once_sends_what_waits_and_ends(
    worker: Callable[..., subprocess.Popen[str]], mail_server: Server
) -> None:
    done = worker("--once")
    assert done.communicate(timeout=60) == ("1 meddelande skickat.\n", None)
    assert [mail["Subject"] for mail in mail_server.sink.got] == ["Kod"]


@pytest.mark.one_database
@pytest.mark.django_db
def test_the_loop_ends_cleanly_when_it_is_asked_to(
    worker: Callable[..., subprocess.Popen[str]], mail_server: Server
) -> None:
    running = worker()
    mail_server.sink.arrived.wait(60)
    running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=30) == 0
    assert len(mail_server.sink.got) == 1


@pytest.mark.one_database
@pytest.mark.django_db
def test_a_worker_whose_server_has_died_ends(
    worker: Callable[..., subprocess.Popen[str]],
) -> None:
    assert worker("--parent", "1").wait(timeout=60) == 0
