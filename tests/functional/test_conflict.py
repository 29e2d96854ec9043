"""Half-written texts and two savers in a real Chromium: what was typed comes back, beside the
other's, on a phone too."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.functional.axe import violations

HALF = "Vi behöver en lokal till i höst, helst nära stationen och skolan."
THEIRS = "Vi behöver en lokal till i vår, helst nära stationen."


def test_a_text_fetched_back_is_shown_beside_what_another_saved(
    page_as: Callable[..., Page],
) -> None:
    mine = page_as(viewport={"width": 360, "height": 740}, color_scheme="dark")
    mine.goto("/rok/behov/nytt/")
    mine.get_by_label("Behov eller utmaning").fill("Provbehov om två som skriver")
    mine.get_by_label("Dela direkt").check()
    mine.get_by_role("button", name="Spara behovet").click()
    mine.get_by_role("link", name="Ändra behovet").click()
    address = mine.url
    mine.get_by_label("Beskrivning").fill(HALF)
    expect(mine.get_by_text("Texten finns i den här webbläsaren")).to_be_visible()
    mine.goto("about:blank")

    other = page_as(viewport={"width": 1280, "height": 800})
    other.goto(address)
    other.get_by_label("Beskrivning").fill(THEIRS)
    other.get_by_role("button", name="Spara behovet").click()
    expect(other.get_by_text("Behovet är sparat.")).to_be_visible()

    mine.goto(address)
    expect(mine.get_by_label("Beskrivning")).to_have_value(THEIRS)
    mine.get_by_role("button", name="Hämta tillbaka").click()
    mine.get_by_role("button", name="Spara behovet").click()
    expect(mine.get_by_role("heading", name="Det som är sparat nu")).to_be_visible()
    assert mine.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(mine) == []
    box = mine.get_by_label("Ändra själv")
    expect(box).to_have_value(HALF)
    box.fill("Två lokaler: en i vår och en i höst.")
    mine.get_by_label("Använd det som står i rutan här nedanför").check()
    mine.get_by_role("button", name="Spara det jag har valt").click()
    expect(mine.get_by_text("Två lokaler: en i vår och en i höst.").first).to_be_visible()

    mine.goto(address)
    expect(mine.get_by_label("Beskrivning")).to_have_value("Två lokaler: en i vår och en i höst.")
    expect(mine.get_by_role("button", name="Hämta tillbaka")).to_have_count(0)
