"""Drawn blocks as the Markdown a person can go on writing in; the other way from `narrative`.

Only running text can be taken over: paragraphs, lists and callouts. Headings, tables and figures
stay drawn, for a table typed by hand would soon say something else than the records.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from samhandling.core.report_model import (
    Block,
    BulletList,
    Callout,
    Emph,
    FigureRef,
    FootnoteRef,
    InferredMark,
    Inline,
    LevelMark,
    LineBreak,
    Link,
    ListItem,
    NumberedList,
    Paragraph,
    RecordRef,
    Strong,
    Text,
    Unknown,
)
from samhandling.core.report_reading import (
    inline_text,
    plain_text,
)

_SPECIAL = re.compile(r"([\\*\[\]_])")
_POINT_LIKE = re.compile(r"^(-|\d{1,4}\.)(?=\s)")


class CannotTakeOver(ValueError):
    """There is something under the heading that a person cannot write as text."""


def can_take_over(blocks: Sequence[Block]) -> bool:
    """True when there is something, and all of it is running text."""
    return bool(blocks) and all(
        isinstance(block, Paragraph | BulletList | NumberedList | Callout) for block in blocks
    )


def to_markdown(blocks: Sequence[Block]) -> str:
    """The blocks as written text. Raises CannotTakeOver.

    Record and footnote references stay references; levels, numbers and marks become words. A point
    under a point becomes a sentence of the point above it.
    """
    if not can_take_over(blocks):
        raise CannotTakeOver
    return "\n\n".join(_block(block) for block in blocks)


def digest_of(blocks: Sequence[Block]) -> str:
    """SHA-256 of what the blocks say, to tell whether the records have changed since."""
    return hashlib.sha256(plain_text(tuple(blocks)).encode()).hexdigest()


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return _POINT_LIKE.sub(
                lambda found: f"{found[0][:-1]}\\{found[0][-1]}", _words(block.inlines)
            )
        case BulletList():
            return "\n".join(f"- {_item(item)}" for item in block.items)
        case NumberedList():
            return "\n".join(
                f"{number}. {_item(item)}" for number, item in enumerate(block.items, block.start)
            )
        case Callout():
            return f"**{_escape(block.title)}**\n\n{to_markdown(block.blocks)}"
    raise CannotTakeOver


def _item(item: ListItem) -> str:
    return " ".join([_words(item.inlines), *(_item(child) for child in item.children)])


def _words(inlines: Sequence[Inline]) -> str:
    return "".join(_inline(inline) for inline in inlines).strip()


def _inline(inline: Inline) -> str:
    match inline:
        case Text():
            return _escape(inline.text)
        case Emph():
            return f"*{_words(inline.inlines)}*"
        case Strong():
            return f"**{_words(inline.inlines)}**"
        case Link():
            return f"[{_escape(inline_text(inline.inlines))}]({inline.url})"
        case RecordRef():
            label = re.sub(r"[\[\]|\n]", " ", inline.label)[:200]
            return f"[[{inline.uid}|{label}]]"
        case FootnoteRef():
            return f"[^{inline.footnote.key}]"
        case LevelMark():
            return _escape(inline.label)
        case FigureRef():
            return _escape(inline.text)
        case Unknown() | InferredMark():
            return _escape(inline_text([inline]))
        case LineBreak():
            return "  \n"


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
