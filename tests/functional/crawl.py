"""Every kind of page that can be reached by links, found by walking them."""

import re
from collections import defaultdict
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import APIRequestContext

LINK = re.compile(r"<a\s[^>]*?href=\"([^\"]+)\"", re.IGNORECASE)
EXAMPLES = 2
"""Pages looked at for each address pattern; the rest look alike."""


def pages(request: APIRequestContext, start: str = "/") -> list[str]:
    """Paths of pages, at most EXAMPLES a pattern, in the order in which they are met.

    Addresses with a query are not followed (they are the same pages with other rows), nor are
    files. Raises AssertionError for a link that leads to an error.
    """
    found: dict[str, list[str]] = defaultdict(list)
    queue, seen = [start], {start}
    while queue:
        path = queue.pop(0)
        try:
            name = resolve(path).view_name
        except Resolver404:
            raise AssertionError(f"a link leads to {path}, which is no address") from None
        if len(found[name]) >= EXAMPLES:
            continue
        answer = request.get(path)
        assert answer.ok, f"{path} answers {answer.status}"
        if "text/html" not in answer.headers["content-type"]:
            continue
        landed = urlsplit(answer.url).path
        if landed != path:
            if landed not in seen:
                seen.add(landed)
                queue.append(landed)
            continue
        found[name].append(path)
        for href in LINK.findall(answer.text()):
            target = urlsplit(urljoin(path, urldefrag(href).url))
            if target.scheme or target.netloc or target.query or target.path in seen:
                continue
            if not target.path.startswith("/") or "." in target.path.rsplit("/", 1)[-1]:
                continue
            seen.add(target.path)
            queue.append(target.path)
    return [path for paths in found.values() for path in paths]
