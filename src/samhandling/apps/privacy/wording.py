"""How a name or an address may be written in a text."""

import re
import unicodedata

_HYPHENS = "-\u2010\u2011"
# What every database compares alike whatever the case, and what is alike however it is coded.
_PLAIN = re.compile(r"[!-,.-~]+")


def pattern_of(words: list[str]) -> re.Pattern[str]:
    """Finds the words as whole words, with the s of the Swedish genitive.

    In any case; with letters and their marks as one character or as two; and with any white space
    between the words, a line break or one that does not break too.
    """
    one = "|".join(_written(word) for word in words) or "(?!)"  # nothing is found without a word
    return re.compile(rf"(?<!\w)(?:{one})(?P<s>s?)(?![\w\u0300-\u036f])", re.IGNORECASE)


def plain_part(word: str) -> str:
    """The longest part of the word that is written alike in every text that has the word; "" when
    there is none. A database can look for it, so that not every text has to be read."""
    return max(_PLAIN.findall(unicodedata.normalize("NFC", word)), key=len, default="")


def folded(name: str) -> str:
    """The name as it is compared with another: neither case, spaces nor coding matter."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _written(word: str) -> str:
    parts = unicodedata.normalize("NFC", word).split()
    return r"\s+".join("".join(map(_letter, part)) for part in parts)


def _letter(letter: str) -> str:
    if letter in _HYPHENS:
        return f"[{_HYPHENS}]"
    apart = unicodedata.normalize("NFD", letter)
    if apart == letter:
        return re.escape(letter)
    return f"(?:{re.escape(letter)}|{re.escape(apart)})"
