"""Following the numbers of a page: each link is opened and what it counts is counted there."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

from django.test import Client


@dataclass
class PageNumbers(HTMLParser):
    """The number links of a page, and what it says of its own counts."""

    markup: str
    links: list[tuple[str, int]] = field(default_factory=list)
    by_id: dict[str, int] = field(default_factory=dict)
    counts: list[int] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes what an element says."""
        said = dict(attrs)
        if said.get("id"):
            self.ids.add(said["id"] or "")
        if "data-number" in said:
            self.links.append((said["href"] or "", int(said["data-number"] or 0)))
        if "data-count" in said:
            count = int(said["data-count"] or 0)
            self.counts.append(count)
            if said.get("id"):
                self.by_id[said["id"] or ""] = count

    def count_at(self, anchor: str) -> int | None:
        """What the element with this anchor counts; without an anchor the page's first count."""
        if anchor:
            return self.by_id.get(anchor)
        return self.counts[0] if self.counts else None


def follow_numbers(client: Client, address: str) -> tuple[int, list[str]]:
    """Opens every number link of a page: how many there were, and what did not agree."""
    page = PageNumbers(client.get(address).content.decode())
    opened: dict[str, PageNumbers] = {urldefrag(address)[0]: page}
    wrong = []
    for href, number in page.links:
        target, anchor = urldefrag(urljoin(address, href))
        if target not in opened:
            answer = client.get(target)
            assert answer.status_code == 200, (target, answer.status_code)
            opened[target] = PageNumbers(answer.content.decode())
        found = opened[target].count_at(anchor)
        if found != number:
            wrong.append(f"{href}: says {number}, there {found}")
    return len(page.links), wrong
