"""Reading a report: blocks and inlines in order, notes, words and what is under a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from samhandling.core.report_model import (
    Block,
    BulletList,
    Callout,
    Emph,
    Facts,
    Figure,
    FigureRef,
    Footnote,
    FootnoteRef,
    Heading,
    InferredMark,
    Inline,
    LevelMark,
    LineBreak,
    Link,
    ListItem,
    NumberedList,
    Paragraph,
    RecordRef,
    Report,
    Strong,
    Table,
    Text,
    Unknown,
)


def walk(blocks: Report | Sequence[Block]) -> Iterator[Block]:
    """Every block in reading order, those inside callouts and figures too."""
    for block in blocks.blocks if isinstance(blocks, Report) else blocks:
        yield block
        if isinstance(block, Callout):
            yield from walk(block.blocks)
        elif isinstance(block, Figure) and block.table is not None:
            yield block.table


def own_inlines(block: Block) -> Iterator[tuple[Inline, ...]]:
    """The runs of inlines that stand in the block itself (not in blocks inside it)."""
    match block:
        case Paragraph():
            yield block.inlines
        case BulletList() | NumberedList():
            yield from _item_inlines(block.items)
        case Table():
            for row in block.rows:
                for cell in row.cells:
                    yield cell.inlines
        case Facts():
            for fact in block.facts:
                yield fact.inlines


def _item_inlines(items: tuple[ListItem, ...]) -> Iterator[tuple[Inline, ...]]:
    for item in items:
        yield item.inlines
        yield from _item_inlines(item.children)


def walk_inlines(inlines: Sequence[Inline]) -> Iterator[Inline]:
    """Every inline in reading order, those inside emphasis and links too; not in footnotes."""
    for inline in inlines:
        yield inline
        if isinstance(inline, Emph | Strong | Link):
            yield from walk_inlines(inline.inlines)


def all_inlines(blocks: Report | Sequence[Block]) -> Iterator[Inline]:
    """Every inline of every block, in reading order."""
    for block in walk(blocks):
        for run in own_inlines(block):
            yield from walk_inlines(run)


def footnotes(blocks: Report | Sequence[Block]) -> tuple[Footnote, ...]:
    """Each footnote once, in the order of first mention: its place here is its number."""
    seen: dict[str, Footnote] = {}
    for inline in all_inlines(blocks):
        if isinstance(inline, FootnoteRef):
            seen.setdefault(inline.footnote.key, inline.footnote)
    return tuple(seen.values())


def record_uids(blocks: Report | Sequence[Block]) -> frozenset[str]:
    """Every record the report draws on or names."""
    found: set[str] = set()
    for block in walk(blocks):
        found.update(block.origin.record_uids)
        if isinstance(block, Table):
            for row in block.rows:
                found.update(row.record_uids)
    for inline in all_inlines(blocks):
        if isinstance(inline, RecordRef):
            found.add(inline.uid)
        elif isinstance(inline, FigureRef):
            found.update(inline.record_uids)
    return frozenset(found)


UNKNOWN_WORD: Final = {"sv": "Okänt", "en": "Unknown"}
INFERRED_WORD: Final = {"sv": "härlett", "en": "inferred"}


def inline_text(inlines: Sequence[Inline], language: str = "sv") -> str:
    """The inlines as plain text, without the marks of footnotes."""
    parts: list[str] = []
    before: Inline | None = None
    for inline in inlines:
        match inline:
            case Text():
                parts.append(inline.text)
            case Emph() | Strong() | Link():
                parts.append(inline_text(inline.inlines, language))
            case LevelMark():
                if parts and isinstance(before, LevelMark):
                    parts.append(", ")
                parts.append(inline.label)
            case RecordRef():
                parts.append(inline.label)
            case FigureRef():
                parts.append(inline.text)
            case Unknown():
                parts.append(UNKNOWN_WORD[language])
            case InferredMark():
                parts.append(f" ({INFERRED_WORD[language]})")
            case LineBreak():
                parts.append("\n")
            case FootnoteRef():
                pass
        before = inline
    return "".join(parts)


def plain_text(blocks: Report | Sequence[Block], language: str = "sv") -> str:
    """What the blocks say, one line each heading, paragraph, point, row and note."""
    if isinstance(blocks, Report):
        language = blocks.language
    lines: list[str] = []
    if isinstance(blocks, Report):
        lines += [blocks.title, blocks.subtitle]
        lines += [f"{term}: {said}" for term, said in blocks.meta.cover]
    for block in walk(blocks):
        lines += _block_lines(block, language)
    for number, note in enumerate(footnotes(blocks), start=1):
        lines.append(f"{number}. {inline_text(note.inlines, language)}")
    return "\n".join(line for line in lines if line)


def _block_lines(block: Block, language: str) -> list[str]:
    match block:
        case Heading():
            return [f"{block.number} {block.text}".strip()]
        case Table():
            lines = [block.caption, "\t".join(column.title for column in block.columns)]
            for row in block.rows:
                lines.append("\t".join(inline_text(cell.inlines, language) for cell in row.cells))
            return [*lines, block.note]
        case Figure():
            return [block.caption, block.alt]
        case Callout():
            return [block.title]
        case Facts():
            return [f"{fact.term}: {inline_text(fact.inlines, language)}" for fact in block.facts]
        case _:
            return [inline_text(run, language) for run in own_inlines(block)]


def blocks_under(report: Report, path: Sequence[str]) -> tuple[Block, ...]:
    """The blocks under a heading, named by its path of heading texts from the outside in.

    Goes on to the next heading of the same or a higher level, so that subheadings are within. An
    empty path is the whole report. Raises ``KeyError`` when there is no such heading.
    """
    blocks: tuple[Block, ...] = report.blocks
    for text in path:
        start = next(
            (
                place
                for place, block in enumerate(blocks)
                if isinstance(block, Heading) and block.text == text
            ),
            None,
        )
        if start is None:
            raise KeyError(" / ".join(path))
        heading = blocks[start]
        assert isinstance(heading, Heading)
        end = next(
            (
                place
                for place in range(start + 1, len(blocks))
                if isinstance(after := blocks[place], Heading) and after.level <= heading.level
            ),
            len(blocks),
        )
        blocks = blocks[start + 1 : end]
    return blocks


def unique_anchors(texts: Sequence[str]) -> list[str]:
    """Anchors for headings: letters a-z, figures and hyphens, each different."""
    used: set[str] = set()
    anchors: list[str] = []
    for text in texts:
        stem = re.sub(r"[^a-z0-9]+", "-", _plain_letters(text.lower())).strip("-") or "avsnitt"
        anchor, number = stem, 1
        while anchor in used:
            number += 1
            anchor = f"{stem}-{number}"
        used.add(anchor)
        anchors.append(anchor)
    return anchors


def _plain_letters(text: str) -> str:
    return text.translate(str.maketrans("åäöéèüáàóøæ", "aaoeeuaaooa"))
