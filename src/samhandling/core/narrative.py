"""Written text: the small Markdown subset of a report's narrative.

=====================  ==========================================================
an empty line          a new paragraph
``*so*``, ``**so**``   emphasis, strong emphasis
``- `` or ``* ``       a point, at the start of a line
``1. ``                a numbered point, at the start of a line
``[text](https://…)``  a link; http, https and mailto only
``[^F-4]``             a footnote, named by its key
``[[I-09]]``           a record, named by its key; ``[[I-09|these words]]`` names it so
``\\*``                 the sign itself; also for ``[ ] _ \\ -`` and ``.``
=====================  ==========================================================

There is no HTML: what looks like it is text. Nothing a person writes is an error: what cannot be
resolved stays visible as it was written and is told in ``Narrative.problems``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from samhandling.core.report_model import (
    Block,
    BulletList,
    Drawn,
    Emph,
    Footnote,
    FootnoteRef,
    Inline,
    LineBreak,
    Link,
    ListItem,
    NumberedList,
    Origin,
    Paragraph,
    RecordRef,
    Strong,
    Text,
    is_safe_url,
)

MAX_LENGTH: Final = 200_000
"""Longest text that is read, in characters; about seventy pages."""


class ProblemKind(StrEnum):
    """What could not be resolved."""

    UNKNOWN_FOOTNOTE = "UNKNOWN_FOOTNOTE"
    UNKNOWN_RECORD = "UNKNOWN_RECORD"
    UNSAFE_LINK = "UNSAFE_LINK"
    TOO_LONG = "TOO_LONG"


@dataclass(frozen=True, slots=True)
class Problem:
    """A place that stays as written. ``message`` is a Swedish sentence for the writer."""

    kind: ProblemKind
    written: str
    message: str


@dataclass(frozen=True, slots=True)
class Narrative:
    """The blocks of a text, and what in it could not be resolved."""

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]


ResolveFootnote = Callable[[str], Footnote | None]
ResolveRecord = Callable[[str], RecordRef | None]

_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BULLET = re.compile(r"[-*•]\s+(.*)")
_NUMBER = re.compile(r"(\d{1,4})[.)]\s+(.*)")
_TOKEN = re.compile(
    r"\\(?P<escaped>[\\*_\[\].-])"
    r"|\[\^(?P<note>[^\[\]\s^]{1,40})\]"
    r"|\[\[(?P<record>[^\[\]|\n]{1,40})(?:\|(?P<label>[^\[\]\n]{1,200}))?\]\]"
    r"|\[(?P<words>[^\[\]\n]{1,300})\]\((?P<url>[^()\s]{1,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,2000})?)\)"
    r"|(?P<mark>\*\*|\*)"
)


def parse(
    text: str,
    *,
    resolve_footnote: ResolveFootnote,
    resolve_record: ResolveRecord,
    origin: Origin = Drawn(),  # noqa: B008 - frozen
) -> Narrative:
    """Read a text into blocks that all carry ``origin``; see the module for what is understood.

    The resolvers answer with ``None`` for what they do not know. Takes time in proportion to the
    text; text beyond ``MAX_LENGTH`` is cut, and that is told.
    """
    reader = _Reader(resolve_footnote, resolve_record)
    clean = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(clean) > MAX_LENGTH:
        reader.problems.append(
            Problem(
                ProblemKind.TOO_LONG,
                clean[MAX_LENGTH : MAX_LENGTH + 40],
                f"Texten är längre än {MAX_LENGTH} tecken. Resten visas inte.",
            )
        )
        clean = clean[:MAX_LENGTH]
    return Narrative(tuple(reader.blocks(clean, origin)), tuple(reader.problems))


class _Reader:
    def __init__(self, resolve_footnote: ResolveFootnote, resolve_record: ResolveRecord) -> None:
        self.resolve_footnote = resolve_footnote
        self.resolve_record = resolve_record
        self.problems: list[Problem] = []

    def blocks(self, text: str, origin: Origin) -> list[Block]:
        found: list[Block] = []
        for kind, start, pieces in _group(text):
            if kind == "paragraph":
                found.append(Paragraph(self.lines(pieces), origin))
            else:
                items = tuple(ListItem(self.lines(piece.split("\n"))) for piece in pieces)
                if kind == "bullets":
                    found.append(BulletList(items, origin))
                else:
                    found.append(NumberedList(items, start, origin))
        return found

    def lines(self, lines: list[str]) -> tuple[Inline, ...]:
        """One run of text: a line break in the source is a space, two blanks before it a break."""
        joined = ""
        for place, line in enumerate(lines):
            if place:
                joined += "\n" if lines[place - 1].endswith("  ") else " "
            joined += line.strip()
        return tuple(self.inlines(joined))

    def inlines(self, text: str) -> list[Inline]:
        """Inlines with emphasis closed; a mark without its partner stays a plain asterisk.

        A mark that is open is not opened again, so nesting goes two deep whatever is written.
        """
        out: list[Inline] = []
        open_marks: list[tuple[str, int]] = []  # mark, place in out
        place = 0
        for token in _TOKEN.finditer(text):
            _say(out, text[place : token.start()])
            place = token.end()
            if (mark := token["mark"]) is None:
                out.append(self.token(token))
                continue
            opened = next((one for one in open_marks if one[0] == mark), None)
            if opened is not None:
                if text[token.start() - 1].isspace():
                    out.append(Text(mark))
                    continue
                inside = tuple(out[opened[1] + 1 :])
                del out[opened[1] :]
                del open_marks[open_marks.index(opened) :]
                out.append(Strong(inside) if mark == "**" else Emph(inside))
            else:
                if place < len(text) and not text[place].isspace():
                    open_marks.append((mark, len(out)))
                out.append(Text(mark))
        _say(out, text[place:])
        return _joined(out)

    def token(self, token: re.Match[str]) -> Inline:
        if token["escaped"]:
            return Text(token["escaped"])
        if key := token["note"]:
            note = self.resolve_footnote(key)
            if note is not None:
                return FootnoteRef(note)
            self.tell(ProblemKind.UNKNOWN_FOOTNOTE, token[0], f"Det finns ingen fotnot {key}.")
        elif key := token["record"]:
            record = self.resolve_record(key.strip())
            if record is not None:
                label = (token["label"] or "").strip()
                return RecordRef(record.uid, label or record.label, record.kind)
            self.tell(ProblemKind.UNKNOWN_RECORD, token[0], f"Det finns ingen post {key}.")
        else:
            if is_safe_url(token["url"]):
                return Link((Text(token["words"]),), token["url"])
            self.tell(
                ProblemKind.UNSAFE_LINK,
                token[0],
                "En länk måste börja med https://, http:// eller mailto:.",
            )
        return Text(token[0])

    def tell(self, kind: ProblemKind, written: str, message: str) -> None:
        self.problems.append(Problem(kind, written, message))


def _group(text: str) -> list[tuple[str, int, list[str]]]:
    """Lines gathered to paragraphs (their lines) and lists (one text a point)."""
    groups: list[tuple[str, int, list[str]]] = []
    is_open = False  # does the next plain line belong to the last group?
    for line in text.split("\n"):
        stripped = line.strip()
        if not stripped:
            is_open = False
            continue
        if bullet := _BULLET.fullmatch(stripped):
            kind, start, words = "bullets", 1, bullet[1]
        elif number := _NUMBER.fullmatch(stripped):
            kind, start, words = "numbers", int(number[1]), number[2]
        else:
            if not is_open:
                groups.append(("paragraph", 0, [line]))
            elif groups[-1][0] == "paragraph":
                groups[-1][2].append(line)
            else:
                groups[-1][2][-1] += "\n" + line
            is_open = True
            continue
        continues_list = groups and groups[-1][0] == kind and (is_open or kind == "numbers")
        if continues_list:
            groups[-1][2].append(words)
        else:
            groups.append((kind, start, [words]))
        is_open = True
    return groups


def _say(out: list[Inline], text: str) -> None:
    for place, line in enumerate(text.split("\n")):
        if place:
            out.append(LineBreak())
        if line:
            out.append(Text(line))


def _joined(inlines: list[Inline]) -> list[Inline]:
    """Neighbouring texts as one, so that equal texts give equal blocks."""
    out: list[Inline] = []
    run: list[str] = []
    for inline in inlines:
        if isinstance(inline, Text):
            run.append(inline.text)
            continue
        if run:
            out.append(Text("".join(run)))
            run = []
        match inline:
            case Emph():
                out.append(Emph(tuple(_joined(list(inline.inlines)))))
            case Strong():
                out.append(Strong(tuple(_joined(list(inline.inlines)))))
            case _:
                out.append(inline)
    if run:
        out.append(Text("".join(run)))
    return out
