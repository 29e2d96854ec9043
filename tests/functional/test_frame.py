"""The frame in a real Chromium: the menu on a phone, drafts that follow the saving."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from samhandling.demo import DEMO_PASSWORD, SIGN_INS

TEXT = "Nätverket vill pröva en gemensam kurs under våren, om pengarna räcker."


def _open_new_initiative(page: Page) -> None:
    page.goto("/rok/insatser/")
    page.get_by_role("link", name="Ny insats").first.click()
    page.wait_for_url("**/insatser/ny/")


def test_the_menu_opens_and_closes_on_a_phone_by_keyboard(page_as: Callable[..., Page]) -> None:
    page = page_as(viewport={"width": 360, "height": 740})
    page.goto("/rok/oversikt/")
    link = page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Insatser")
    expect(link).to_be_hidden()
    opener = page.get_by_role("button", name="Meny")
    opener.focus()
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_menu_works_without_script(page_as: Callable[..., Page]) -> None:
    page = page_as(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page.goto("/rok/oversikt/")
    page.get_by_role("button", name="Meny").click()
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Insatser").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Insatser")


def test_the_page_one_is_on_and_the_chosen_agreement_are_told(
    page_as: Callable[..., Page],
) -> None:
    page = page_as(viewport={"width": 1280, "height": 800})
    page.goto("/rok/insatser/")
    current = page.locator("nav.sidenav [aria-current=page]")
    expect(current).to_have_text("Insatser")
    page.locator(".topbar details summary").click()
    page.locator(".topbar details a:not([aria-current])").first.click()
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Insatser").click()
    expect(page).to_have_url(re.compile("/htl/insatser/"))


def test_a_draft_is_offered_until_it_is_saved(page_as: Callable[..., Page]) -> None:
    page = page_as()
    _open_new_initiative(page)
    name = page.locator("form[data-draft] input[type=text]").first
    long_text = page.locator("form[data-draft] textarea").first
    name.fill("Provinsats om utkast")
    long_text.fill(TEXT)
    expect(page.get_by_text("Texten finns i den här webbläsaren")).to_be_visible()

    _open_new_initiative(page)
    page.get_by_role("button", name="Hämta tillbaka").click()
    expect(long_text).to_have_value(TEXT)

    name.fill("Provinsats om utkast")
    page.get_by_role("button", name="Spara insatsen").click()
    page.wait_for_url(lambda url: "/ny/" not in url)
    _open_new_initiative(page)
    expect(long_text).to_be_visible()
    expect(page.get_by_role("button", name="Hämta tillbaka")).to_have_count(0)


def test_a_half_written_comment_is_found_at_both_addresses_until_it_is_saved(
    page_as: Callable[..., Page],
) -> None:
    page = page_as()
    _open_new_initiative(page)
    page.locator("form[data-draft] input[type=text]").first.fill("Provinsats att kommentera")
    page.get_by_role("button", name="Spara insatsen").click()
    page.wait_for_url(lambda url: "/ny/" not in url)
    record = page.url
    box = page.get_by_label("Ny kommentar")
    fetch = page.get_by_role("button", name="Hämta tillbaka")
    box.fill(TEXT)
    expect(page.get_by_text("Texten finns i den här webbläsaren")).to_be_visible()
    page.get_by_role("link", name="Välj vilka som ska få veta").click()
    fetch.click()
    expect(box).to_have_value(TEXT)

    page.goto(record)
    fetch.click()
    page.get_by_role("button", name="Kommentera").click()
    expect(page.get_by_text("Kommentaren är sparad.")).to_be_visible()
    expect(box).to_have_value("")
    expect(fetch).to_have_count(0)


def test_a_form_that_comes_back_with_faults_keeps_the_draft(page_as: Callable[..., Page]) -> None:
    page = page_as()
    _open_new_initiative(page)
    page.locator("form[data-draft] textarea").first.fill(TEXT)
    expect(page.get_by_text("Texten finns i den här webbläsaren")).to_be_visible()
    page.locator("form[data-draft]").evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Spara insatsen").click()
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(page.locator("form[data-draft] textarea").first).to_have_value(TEXT)
    summary.get_by_role("link").first.click()
    expect(page.locator("form[data-draft] [aria-invalid=true]").first).to_be_focused()


def test_signing_out_forgets_the_drafts(open_page: Callable[..., Page]) -> None:
    # Signed in for itself: the others share sessions that must last.
    page = open_page(viewport={"width": 1280, "height": 800})
    page.goto("/konto/logga-in/")
    page.fill("input[name=username]", SIGN_INS[-1].email)
    page.fill("input[name=password]", DEMO_PASSWORD)
    page.click("main form [type=submit]")
    page.wait_for_url(lambda url: "/konto/logga-in/" not in url)
    page.evaluate(
        "localStorage.setItem('utkast:x:/y/:text', JSON.stringify({at: Date.now(), text: 'z'}))"
    )
    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_url("**/konto/logga-in/**")
    assert page.evaluate("Object.keys(localStorage)") == []
