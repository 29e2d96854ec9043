"""A passkey in a real browser, with the device that Chromium can pretend to have."""

from collections.abc import Callable

from playwright.sync_api import Page

from samhandling.demo.people import DEMO_PASSWORD
from tests.functional.axe import violations

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def leave(page: Page) -> None:
    page.locator("form[action='/konto/logga-ut/'] button:visible").first.click()
    page.wait_for_url("**/konto/logga-in/**")


def test_a_passkey_is_added_signs_in_alone_and_is_the_second_step(
    open_page: Callable[..., Page], server: str
) -> None:
    page = open_page()
    # Passkeys belong to a name; an address of numbers has none.
    home = server.replace("127.0.0.1", "localhost")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    page.goto(f"{home}/konto/logga-in/?next=/konto/nycklar/ny/")
    page.fill("input[name=username]", "lena@example.org")
    page.fill("input[name=password]", DEMO_PASSWORD)
    page.click("main form [type=submit]")
    page.wait_for_url("**/konto/nycklar/ny/")
    assert violations(page) == []
    page.fill("input[name=name]", "Mobilen")
    page.click("main form.form [type=submit]")
    page.wait_for_url("**/konto/reservkoder/")
    assert page.locator(".codes li").count() == 10
    page.goto(f"{home}/konto/")
    assert "Mobilen" in page.inner_text("main")
    assert violations(page) == []

    leave(page)
    page.goto(f"{home}/konto/logga-in/?next=/fragor/")
    page.click("form[data-passkey] button")
    page.wait_for_url("**/fragor/")

    leave(page)
    page.fill("input[name=username]", "lena@example.org")
    page.fill("input[name=password]", DEMO_PASSWORD)
    page.click("main form [type=submit]")
    page.wait_for_url("**/konto/tva-steg/")
    assert violations(page) == []
    page.click("form[data-passkey] button")
    page.wait_for_url(lambda url: "tva-steg" not in url)

    page.goto(f"{home}/konto/nycklar/")  # leads to the account
    page.get_by_role("link", name="Ta bort").click()
    page.click("main form [type=submit]")
    page.wait_for_url("**/konto/")
    assert "Mobilen" not in page.inner_text("main dl")
