"""Words as the search index knows them: lower case, stemmed as Swedish."""

import re
from functools import lru_cache

import Stemmer

_WORD = re.compile(r"\w+")
# The Swedish Snowball stemmer takes the s of "insats" for an ending but keeps that of "insatser",
# "kurser" and "platser". A last s is therefore dropped wherever the stemmer could have dropped it.
_LAST_S = re.compile(r"(?<=[bcdfghjklmnoprtvy])s$")


# Definite endings that the stemmer leaves ("nätverket", "ohälsan"), and how much of each to drop.
_DEFINITE = (("et", 2), ("ets", 3), ("an", 1), ("ans", 2))
_SHORTEST = 3  # of a word without its ending


@lru_cache(maxsize=1)
def _stemmer() -> "Stemmer.Stemmer":
    return Stemmer.Stemmer("swedish")


def stems(text: str) -> list[str]:
    """The stems of every word of `text`, in order; "Insatserna" and "insats" give the same."""
    return [_LAST_S.sub("", stem) for stem in _stemmer().stemWords(_WORD.findall(text.lower()))]


def stems_to_find(text: str) -> list[list[str]]:
    """For every word of `text` the stems of which one must be found: its own first, then that of
    the word without a definite ending that the stemmer leaves."""
    found = []
    for word in _WORD.findall(text.lower()):
        (own,) = stems(word)
        shorter = [
            stem
            for ending, cut in _DEFINITE
            if word.endswith(ending) and len(word) - cut >= _SHORTEST
            for stem in stems(word[:-cut])
        ]
        found.append(list(dict.fromkeys([own, *shorter])))
    return found


def holds_any(text: str, query: str) -> bool:
    """Does `text` hold any word of `query`, or a word that begins with one?"""
    wanted = tuple(stem for found in stems_to_find(query) for stem in found)
    return any(stem.startswith(wanted) for stem in stems(text))
