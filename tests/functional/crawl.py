"""Every kind of page that can be reached by links, found by walking them."""

import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import APIRequestContext

LINK = re.compile(r"<a\s[^>]*?href=\"([^\"]+)\"", re.IGNORECASE)
EXAMPLES = 1
"""Pages looked at for each address pattern; the others are made by the same view."""


@dataclass
class Walk:
    """What a walk met: pages in order, and links that lead nowhere good."""

    pages: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def walk(request: APIRequestContext, start: str = "/") -> Walk:
    """Follow every link from a page on, looking at no more than EXAMPLES of an address pattern.

    Addresses with a query are not followed (they are the same pages with other rows), nor are
    files.
    """
    met = Walk()
    looked_at: Counter[str] = Counter()
    queue, seen = [start], {start}
    while queue:
        path = queue.pop(0)
        try:
            name = resolve(path).view_name
        except Resolver404:
            met.broken.append(f"{path} is no address")
            continue
        if looked_at[name] >= EXAMPLES:
            continue
        answer = request.get(path, max_redirects=0)
        if 300 <= answer.status < 400:
            landed = urlsplit(answer.headers["location"]).path
            queue += [landed] if landed not in seen else []
            seen.add(landed)
        elif not answer.ok:
            met.broken.append(f"{path} answers {answer.status}")
        elif is_page(answer.headers):
            looked_at[name] += 1
            met.pages.append(path)
            new = [link for link in links(path, answer.text()) if link not in seen]
            seen.update(new)
            queue += dict.fromkeys(new)
    return met


def is_page(headers: dict[str, str]) -> bool:
    """Is it shown, and not saved as a file?"""
    saved = headers.get("content-disposition", "").startswith("attachment")
    return "text/html" in headers["content-type"] and not saved


def links(path: str, html: str) -> list[str]:
    """The paths of pages that a page links to."""
    targets = [urlsplit(urljoin(path, urldefrag(href).url)) for href in LINK.findall(html)]
    return [
        target.path
        for target in targets
        if not (target.scheme or target.netloc or target.query)
        and target.path.startswith("/")
        and "." not in target.path.rsplit("/", 1)[-1]
    ]
