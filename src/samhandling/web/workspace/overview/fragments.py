"""Pieces of the page that are not written again as long as they would say the same."""

from collections.abc import Callable, Hashable
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language

# Of small pieces; a large overview has a thousand rows, in two languages.
MOST_KEPT = 4000


def once(kept: dict[Hashable, Any], shows: Hashable, write: Callable[[], SafeString]) -> SafeString:
    """A small piece, kept for all that it has shown.

    Args: kept: of the overview, or of the one initiative that the piece tells of; shows: all that
    the piece depends on beside what `kept` stands for and the language.
    """
    key = (shows, get_language())
    found: SafeString | None = kept.get(key)
    if found is None:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        found = kept[key] = write()
    return found


def last(
    kept: dict[Hashable, Any], name: str, shows: Hashable, write: Callable[[], SafeString]
) -> SafeString:
    """A large piece, kept as it was last.

    Args: name: which piece it is; the others as in `once`.
    """
    key = (name, get_language())
    before = kept.get(key)
    if before is None or before[0] != shows:
        before = kept[key] = (shows, write())
    found: SafeString = before[1]
    return found
