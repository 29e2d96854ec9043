"""Recognising people's names after an @ in a text."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from samhandling.apps.accounts.models import User


class Named(NamedTuple):
    """A person who can sign in, by id and name."""

    person_id: int
    name: str


def pattern_for(names: Iterable[str]) -> re.Pattern[str]:
    """Finds "@" followed by one of the names, the longest first; never inside a mail address."""
    longest_first = sorted({name for name in names if name}, key=len, reverse=True)
    either = "|".join(re.escape(name) for name in longest_first) or r"(?!)"
    return re.compile(rf"(?<![\w.@-])@({either})(?!\w)", re.IGNORECASE)


def people_named(text: str) -> dict[str, list[Named]]:
    """Those whose names stand after an @ in `text`: name as written → the people called so.

    Queries: 1 when there is an @ at all.
    """
    if "@" not in text:
        return {}
    people = [
        Named(pk, name)
        for pk, name in User.objects.filter(is_active=True).values_list("person_id", "person__name")
    ]
    known: dict[str, list[Named]] = {}
    for one in people:
        known.setdefault(one.name.casefold(), []).append(one)
    found = {}
    for written in pattern_for(known).finditer(text):
        if same := known.get(written.group(1).casefold()):
            found[same[0].name] = same
    return found
