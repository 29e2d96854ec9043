"""Words as the search index knows them: lower case, stemmed as Swedish."""

import re
from functools import lru_cache

import Stemmer

_WORD = re.compile(r"\w+")
# The Swedish Snowball stemmer takes the s of "insats" for an ending but keeps that of "insatser",
# "kurser" and "platser". A last s is therefore dropped wherever the stemmer could have dropped it.
_LAST_S = re.compile(r"(?<=[bcdfghjklmnoprtvy])s$")


@lru_cache(maxsize=1)
def _stemmer() -> "Stemmer.Stemmer":
    return Stemmer.Stemmer("swedish")


def stems(text: str) -> list[str]:
    """The stems of every word of `text`, in order; "Insatserna" and "insats" give the same."""
    return [_LAST_S.sub("", stem) for stem in _stemmer().stemWords(_WORD.findall(text.lower()))]
