"""axe-core on a page, with findings a person can act on."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def violations(page: Page) -> list[str]:
    """One line a violation: the rule, what it asks for, the first elements that break it."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{rule['id']}: {rule['help']}: "
        + "; ".join(str(node["target"][0]) for node in rule["nodes"][:4])
        for rule in found
    ]
