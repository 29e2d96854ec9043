"""Words as the search index knows them: lower case, stemmed as Swedish."""

import re
from functools import lru_cache

import Stemmer

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=1)
def _stemmer() -> "Stemmer.Stemmer":
    return Stemmer.Stemmer("swedish")


def stems(text: str) -> list[str]:
    """The stems of every word of `text`, in order; "Insatserna" and "insats" give the same."""
    return _stemmer().stemWords(_WORD.findall(text.lower()))
