"""A word as long as an address, in any text: it breaks, and the page is as wide as the screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

ENDLESS = "https://exempel.org/" + "å" * 380


@pytest.mark.parametrize("width", [360, 1280])
def test_an_endless_word_does_not_widen_the_page(page_as: Callable[..., Page], width: int) -> None:
    page = page_as(viewport={"width": width, "height": 800})
    page.goto("/rok/insatser/ny/")
    page.fill("[name=title]", ENDLESS[:200])  # as long as a name may be
    page.fill("[name=purpose]", ENDLESS)
    page.fill("[name=target_group]", ENDLESS)
    page.click("main form button.primary, main form button.stop")
    page.wait_for_url(lambda url: "/insatser/" in url and not url.endswith("/ny/"))
    own = page.url.partition("#")[0]
    uid = own.rstrip("/").rpartition("/")[2]
    page.goto(f"{own}status/")
    page.check("[name=status][value=POSTPONED]")
    page.fill("[name=reason]", ENDLESS)
    page.click("main form button.primary, main form button.stop")
    page.wait_for_url(lambda url: not url.endswith("/status/"))
    shown = [own, f"{own}andra/", f"{own}steg/", "/rok/insatser/?q=exempel.org", "/andringar/"]
    for address in [*shown, f"/andringar/{uid}/", "/sok/?q=exempel.org"]:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    page.goto(f"{own}dra-tillbaka/")
    page.fill("[name=reason]", "Prov")
    page.click("main form button.primary, main form button.stop")
    page.wait_for_url("**/rok/insatser/")
