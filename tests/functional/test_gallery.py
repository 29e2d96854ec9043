"""The gallery in a real Chromium: every component, accessible in every state.

It runs in debug on its own server; it shows no record, so it needs neither a database nor a person.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.functional.axe import violations

# WCAG 1.4.12: nothing is lost when a reader spaces the text out like this.
TEXT_SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"""


@pytest.fixture(scope="module")
def gallery_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a debug server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    data = tmp_path_factory.mktemp("gallery")
    environment = {
        **os.environ,
        "SAMHANDLING_DATA_DIR": str(data),
        "SAMHANDLING_DEBUG": "1",
        "SAMHANDLING_DEMO_DAY": "2020-11-30",
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "samhandling.config.settings",
    }
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "manage.py", "runserver", "--noreload", "--skip-checks", address]
    with (data / "server.log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=root, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait_until_open(f"http://{address}/galleri/", process)
            yield f"http://{address}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_until_open(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=10):
                return
        except OSError:
            assert process.poll() is None, "the server stopped at once"
            time.sleep(0.1)
    raise AssertionError("the server did not open")


@pytest.fixture
def open_gallery(browser: Browser, gallery_server: str) -> Iterator[Callable[..., Page]]:
    """The gallery in a new browser context; fails on a script error or a blocked resource."""
    contexts = []
    complaints: list[str] = []

    def make(language: str = "sv", **options: object) -> Page:
        context = browser.new_context(base_url=gallery_server, locale="sv-SE", **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.add_cookies([{"name": "django_language", "value": language, "url": gallery_server}])
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/galleri/")
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def _overflow(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


# Every two of width, scheme and language meet; all eight views would take twice as long.
VIEWS = [(320, "light", "sv"), (320, "dark", "en"), (1280, "dark", "sv"), (1280, "light", "en")]


@pytest.mark.parametrize(("width", "scheme", "language"), VIEWS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    open_gallery: Callable[..., Page], width: int, scheme: str, language: str
) -> None:
    page = open_gallery(language, viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert page.locator("html").get_attribute("lang") == language
    assert violations(page) == []
    assert _overflow(page) <= 0


def test_every_symbol_that_the_components_point_at_is_in_the_sprite(
    open_gallery: Callable[..., Page], gallery_server: str
) -> None:
    page = open_gallery()
    used = page.eval_on_selector_all(
        "svg use", "uses => [...new Set(uses.map(use => use.getAttribute('href').split('#')[1]))]"
    )
    sprite = page.request.get(f"{gallery_server}/static/img/icons.svg").text()
    assert len(used) > 25
    assert [name for name in used if f'id="{name}"' not in sprite] == []


@pytest.mark.parametrize("width", [320, 1280])
def test_spaced_out_text_is_neither_clipped_nor_wider_than_the_page(
    open_gallery: Callable[..., Page], width: int
) -> None:
    page = open_gallery(viewport={"width": width, "height": 900}, bypass_csp=True)
    page.add_style_tag(content=TEXT_SPACING)
    assert _overflow(page) <= 0
    # What is hidden on purpose is wider than its box; what is shown must fit.
    page.evaluate("document.querySelectorAll('.hidden-text').forEach(e => e.remove())")
    clipped = page.eval_on_selector_all(
        ".button, .chip, .area b, .status, .badge, th, td",
        """elements => elements.filter(e => e.scrollWidth > e.clientWidth + 1
             && getComputedStyle(e).display !== 'inline' && e.offsetParent
             && !(e.closest('thead') && e.closest('thead').offsetWidth <= 1))
             .map(e => e.className + ': ' + e.textContent.trim().slice(0, 40))""",
    )
    assert clipped == []


def test_text_at_twice_the_size_stays_on_the_page(open_gallery: Callable[..., Page]) -> None:
    # 1 280 px at 200 % is 640 px of room.
    page = open_gallery(viewport={"width": 640, "height": 450}, device_scale_factor=2)
    assert _overflow(page) <= 0


@pytest.mark.parametrize("options", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}])
def test_the_readers_own_settings_leave_the_marks_visible(
    open_gallery: Callable[..., Page], options: dict[str, str]
) -> None:
    page = open_gallery(**options)
    assert _overflow(page) <= 0
    if "reduced_motion" in options:
        turning = page.locator("[aria-busy=true] .icon").first
        assert turning.evaluate("e => getComputedStyle(e).animationName") == "none"
    else:
        shape = page.locator(".levels .lvl:not(.inferred)").first
        fill, paper = shape.evaluate(
            "e => [getComputedStyle(e).fill, getComputedStyle(document.body).backgroundColor]"
        )
        assert fill != paper


def test_grounds_terms_and_questions_open_without_script(
    open_gallery: Callable[..., Page],
) -> None:
    page = open_gallery(java_script_enabled=False)
    ground = page.get_by_text("Källan nämner pengarna men inte vem som beviljade dem.")
    expect(ground).to_be_hidden()
    page.locator("#vad-vi-vet .inferred-mark").first.click()
    expect(ground).to_be_visible()
    page.get_by_role("button", name="samverkansnivå").click()
    expect(page.get_by_text("Ingen nivå är bättre än en annan").last).to_be_visible()
    page.get_by_role("button", name="Dra tillbaka").first.click()
    expect(page.get_by_role("dialog", name="Dra tillbaka insatsen?")).to_be_visible()
    page.get_by_role("button", name="Avbryt").last.click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_escape_closes_a_menu_and_gives_the_focus_back(open_gallery: Callable[..., Page]) -> None:
    page = open_gallery()
    summary = page.locator("#knappar details.drop > summary")
    summary.click()
    expect(page.get_by_role("link", name="CSV").first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="CSV").first).to_be_hidden()
    expect(summary).to_be_focused()


def test_a_half_written_text_comes_back_after_the_page_was_left(
    open_gallery: Callable[..., Page],
) -> None:
    page = open_gallery()
    written = "Nätverket träffades tre gånger och <b>inventerade</b> behoven."
    field = page.locator("#falt textarea")
    field.fill(written)
    expect(page.get_by_text("Texten finns i den här webbläsaren")).to_be_visible()
    page.goto("/om-uppgifterna/")
    page.goto("/galleri/")
    expect(field).not_to_have_value(written)
    page.get_by_role("button", name="Hämta tillbaka").click()
    expect(field).to_have_value(written)
    expect(field).to_be_focused()


def test_a_discarded_draft_is_gone(open_gallery: Callable[..., Page]) -> None:
    page = open_gallery()
    page.locator("#falt textarea").fill("En text som inte behövs.")
    expect(page.get_by_text("Texten finns i den här webbläsaren")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Kasta", exact=True).click()
    page.reload()
    expect(page.get_by_role("button", name="Kasta", exact=True)).to_have_count(0)


def test_the_skip_link_is_first_and_leads_to_the_content(open_gallery: Callable[..., Page]) -> None:
    page = open_gallery()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Till innehållet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_print_leaves_the_chrome_out_but_not_the_day_it_shows(
    open_gallery: Callable[..., Page],
) -> None:
    page = open_gallery(color_scheme="dark")
    page.emulate_media(media="print")
    for selector in [".topbar", ".chips", ".fill-in", ".button"]:
        expect(page.locator(selector).first).to_be_hidden()
    expect(page.get_by_text("Läget den 30 november 2020.")).to_be_visible()
    background, ink = page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    assert (background, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")
