"""look.md, "done means": every page, in light and dark, narrow and wide, Swedish and English."""

import fcntl
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, StorageState

from tests.functional.axe import violations
from tests.functional.crawl import Walk, walk

PageAs = Callable[..., Page]


@pytest.fixture(scope="session")
def walked(
    browser: Browser, server: str, signed_in: Callable[[str], StorageState], prepared: Path
) -> Walk:
    """What there is to look at; all servers stand on the same county, so one process finds it."""
    found = prepared.with_name("walk.json")
    with prepared.with_name("walk.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not found.exists():
            context = browser.new_context(base_url=server, storage_state=signed_in(""))
            found.write_text(json.dumps(asdict(walk(context.request))))
            context.close()
    return Walk(**json.loads(found.read_text()))


def test_no_link_leads_astray(walked: Walk) -> None:
    assert walked.broken == []
    assert len(walked.pages) > 20


# Each width, scheme and language is met once; all eight views would take four times as long.
VIEWS = [(1280, "light", "sv"), (320, "dark", "en")]


@pytest.mark.parametrize(("width", "scheme", "language"), VIEWS)
def test_no_page_shuts_anybody_out_or_scrolls_sideways(
    page_as: PageAs, walked: Walk, server: str, width: int, scheme: str, language: str
) -> None:
    page = page_as(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": server}])
    found = []
    for path in walked.pages:
        page.goto(path)
        assert page.get_attribute("html", "lang") == language
        found += [f"{path} {line}" for line in violations(page)]
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            found.append(f"{path} scrolls {wide} px sideways")
    assert "\n".join(found) == ""


def test_the_sign_in_page_shuts_nobody_out(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 320, "height": 700})
    page.goto("/konto/logga-in/")
    assert violations(page) == []
