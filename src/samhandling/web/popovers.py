"""Addresses inside a page for what opens in place."""

import itertools
import secrets

_count = itertools.count(1)
_process = secrets.token_hex(2)


def new_id(kind: str) -> str:
    """An element id that nothing else on the page has.

    It differs between processes too, so a fragment fetched later never collides with its page.
    """
    return f"{kind}-{_process}{next(_count)}"
