"""The pages as people meet them: the real server, the demo county, a real Chromium."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    StorageState,
    sync_playwright,
)

from samhandling.demo.people import DEMO_PASSWORD, SIGN_INS
from tests import databases

SAMHANDLING = str(Path(sys.executable).parent / "samhandling")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def _environment(data: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "samhandling.config.settings",
        "SAMHANDLING_DATA_DIR": str(data),
        "SAMHANDLING_DEMO_DAY": "2020-11-30",
        "SAMHANDLING_OUT_DIR": str(data / "out"),
        "DATABASE_URL": "",
    }


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory as `samhandling start` makes it; the first of a run's processes does."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent  # all workers share it
    data = root / "prepared"
    with (root / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not data.exists():
            databases.ensure("tables")
            half_done = root / "prepared.unfinished"
            half_done.mkdir()
            shutil.copyfile(databases.file("tables"), half_done / "samhandling.sqlite3")
            subprocess.run(
                [SAMHANDLING, "start", "--no-serve"], env=_environment(half_done), check=True
            )
            half_done.rename(data)
    return data


@pytest.fixture(scope="session")
def server(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `samhandling serve` on a freshly loaded demo county.

    All tests of a process share it: a test that writes makes what it changes.
    """
    data = tmp_path_factory.mktemp("server") / "data"
    shutil.copytree(prepared, data)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (data / "server.log").open("w") as log:
        process = subprocess.Popen(
            [SAMHANDLING, "serve"],
            env={**_environment(data), "PORT": str(port)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_open(address, process, data / "server.log")
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_until_open(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/konto/logga-in/", timeout=5):
                return
        except urllib.error.HTTPError:
            break
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the server did not open: {log.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's own Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), headless=True, args=FLAGS
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def signed_in(browser: Browser, server: str) -> Callable[[str], StorageState]:
    """``signed_in(email)``: the cookies of that demo person, who signs in once a run.

    No address means the first of the demo's persons, who may do most.
    """

    @cache
    def sign_in(email: str) -> StorageState:
        email = email or SIGN_INS[0].email
        page = browser.new_context(base_url=server, locale="sv-SE").new_page()
        page.goto("/konto/logga-in/")
        page.fill("input[name=username]", email)
        page.fill("input[name=password]", DEMO_PASSWORD)
        page.click("main form [type=submit]")
        page.wait_for_url(lambda url: "/konto/logga-in/" not in url)
        state = page.context.storage_state()
        page.context.close()
        return state

    return sign_in


@pytest.fixture
def open_page(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """A new page, not signed in. Keywords go to the browser context (viewport, color_scheme …).

    The test fails when the page logs an error: a script that broke, a blocked resource.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # 409 is an answer with a page of its own: two have changed the same thing.
        if message.type == "error" and "status of 409" not in message.text:
            complaints.append(f"{message.location.get('url')}: {message.text}")

    def make(**options: object) -> Page:
        context = browser.new_context(base_url=server, locale="sv-SE", **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page_as(
    open_page: Callable[..., Page], signed_in: Callable[[str], StorageState]
) -> Callable[..., Page]:
    """``page_as(email)``: a page where that demo person is signed in; see ``signed_in``."""

    def make(email: str = "", **options: object) -> Page:
        return open_page(storage_state=signed_in(email), **options)

    return make
