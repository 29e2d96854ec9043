"""An installation of its own to be hard on: started, killed and looked into, gone afterwards."""

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlencode

import psycopg

HOST = "127.0.0.1"
PERSON = "karin@example.org"
OPENS_WITHIN = 120  # seconds
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_SELECT = re.compile(r'<select name="([^"]+)".*?</select>', re.DOTALL)
_SELECTED = re.compile(r'<option value="([^"]*)" selected')
_NEED = re.compile(r"/behov/([^/]+)/$")


@dataclass
class Installation:
    """A folder with data, a database, and perhaps a server."""

    folder: Path
    database_url: str
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    cookies: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    password: str = ""

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": self.database_url,
            "SAMHANDLING_DATA_DIR": str(self.folder),
            "SAMHANDLING_DEMO_DAY": "2020-11-30",
            "SAMHANDLING_LOG_LEVEL": "CRITICAL",
            "SAMHANDLING_LEAST_FREE_MB": "1",  # the small disk of a drill is no news
        }

    @property
    def log(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.log")

    def command(self, *arguments: str) -> str:
        """Run `samhandling …` and give what it says. Raises CalledProcessError."""
        return subprocess.run(
            [sys.executable, "-m", "samhandling.cli.main", *arguments],
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    # --- the server ------------------------------------------------------------------------------

    def start(self, path: str = "/halsa/redo") -> float:
        """Start the server; seconds until it answers 200 at `path`: that it is ready."""
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self.port = int(probe.getsockname()[1])
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "samhandling.cli.main", "serve", "--no-worker",
                 "--port", str(self.port)],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )  # fmt: skip
        while time.monotonic() - began < OPENS_WITHIN:
            try:
                if self.ask("GET", path)[0] == 200:
                    return time.monotonic() - began
            except OSError:
                pass
            time.sleep(0.05)
        raise RuntimeError(f"the server did not open:\n{self.log.read_text()[-2000:]}")

    def kill(self) -> None:
        """End all processes of the server at once, as a power cut would."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def ask(
        self, method: str, path: str, sent: dict[str, str] | None = None
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """(status, headers, body). Raises OSError when nobody answers."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if sent is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, urlencode(sent or {}), headers)
            response = connection.getresponse()
            body = response.read()
        except http.client.HTTPException as fault:  # cut off in the middle of an answer
            raise ConnectionResetError from fault
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _equals, value = line.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value.strip()
        return response.status, response.headers, body

    def sign_in(self) -> None:
        """Sign in as the demo's process leader and learn the form for a need."""
        page = self.ask("GET", "/konto/logga-in/")[2].decode()
        token = _TOKEN.search(page)
        sent = {
            "csrfmiddlewaretoken": token[1] if token else "",
            "username": PERSON,
            "login": PERSON,
            "password": self.password,
            "next": "/",
        }
        status = self.ask("POST", "/konto/logga-in/", sent)[0]
        if status != 302:
            raise RuntimeError(f"signing in answers {status}")
        page = self.ask("GET", "/rok/behov/nytt/")[2].decode()
        token = _TOKEN.search(page)
        self.form = {"csrfmiddlewaretoken": token[1] if token else ""}
        for found in _SELECT.finditer(page):
            chosen = _SELECTED.search(found[0])
            self.form[found[1]] = chosen[1] if chosen else ""
        self.form |= {"kind": "NEED", "sharing": "SHARED"}

    def write(self, title: str) -> tuple[int, str, str]:
        """Ask for a new need: (status, its uid when it is acknowledged, the page)."""
        status, headers, body = self.ask("POST", "/rok/behov/nytt/", {**self.form, "title": title})
        made = _NEED.search(headers.get("Location") or "") if status == 302 else None
        return status, made[1] if made else "", body.decode(errors="replace")

    # --- the database, asked from outside --------------------------------------------------------

    def titles(self) -> dict[str, str]:
        """uid → title of every record that has its first event in the log too."""
        sql = (
            "SELECT r.uid, r.title FROM records_record r WHERE EXISTS"
            " (SELECT 1 FROM audit_event e WHERE e.record_uid = r.uid AND e.verb = 'CREATED')"
        )
        return {str(uid): str(title) for uid, title in self.rows(sql)}

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """The answer of the database."""
        if self.database_url:
            with psycopg.connect(self.database_url) as connection:
                return connection.execute(sql.encode()).fetchall()
        with closing(sqlite3.connect(self.folder / "samhandling.sqlite3")) as connection:
            return connection.execute(sql).fetchall()

    def faults(self) -> list[str]:
        """What the database finds wrong with itself, and a copy of it that is put back."""
        found = []
        if not self.database_url:
            said = self.rows("PRAGMA integrity_check")
            found += [str(row) for row in said if row != ("ok",)]
            found += [str(row) for row in self.rows("PRAGMA foreign_key_check")]
        copy = self.folder.with_name("copy.zip")
        copy.unlink(missing_ok=True)
        try:
            self.command("backup", "--to", str(copy))
            self.command("backup", "verify", str(copy))
        except subprocess.CalledProcessError as fault:
            found.append(fault.stderr)
        return found


@contextmanager
def installed(folder: Path, database_url: str) -> Iterator[Installation]:
    """A prepared installation with the demo county; its server is killed at the end."""
    made = Installation(folder, database_url)
    folder.mkdir(parents=True, exist_ok=True)
    made.command("start", "--no-demo", "--no-serve")
    said = made.command("demo", "load")
    (made.password,) = re.findall(r"Lösenordet är (\S+) för alla", said)
    try:
        yield made
    finally:
        made.kill()


def socket_folder(database_url: str) -> Path:
    """Where a private PostgreSQL cluster of tests/postgres.py lies."""
    return Path(unquote(database_url.partition("host=")[2]))
