"""Which words of two texts differ, so that a reader finds them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
# Beyond this many pairs of words a paragraph is marked whole: comparing them would take seconds.
MOST_PAIRS = 1_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of one text. `differs` when the other text does not have them there."""

    text: str
    differs: bool


def compare(first: str, second: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, told apart word by word. Joined, the pieces are the texts again.

    Paragraphs that are alike are matched first, then the words of those that are not.
    """
    lines = first.splitlines(keepends=True), second.splitlines(keepends=True)
    found: tuple[list[Piece], list[Piece]] = ([], [])
    for tag, i, j, k, m in SequenceMatcher(None, *lines, autojunk=False).get_opcodes():
        before, after = "".join(lines[0][i:j]), "".join(lines[1][k:m])
        if tag == "equal":
            _add(found, before, after, differs=False)
        else:
            _compare_words(found, before, after)
    return found


def _compare_words(found: tuple[list[Piece], list[Piece]], first: str, second: str) -> None:
    words = _WORD.findall(first), _WORD.findall(second)
    if len(words[0]) * len(words[1]) > MOST_PAIRS:
        _add(found, first, second, differs=True)
        return
    for tag, i, j, k, m in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        _add(found, "".join(words[0][i:j]), "".join(words[1][k:m]), differs=tag != "equal")


def _add(pieces: Sequence[list[Piece]], *texts: str, differs: bool) -> None:
    for row, text in zip(pieces, texts, strict=True):
        if text:
            row.append(Piece(text, differs))
