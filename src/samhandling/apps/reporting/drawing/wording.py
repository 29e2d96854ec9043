"""Small pieces of sentences: names as links, lists, dates, numbers, quantities and notes."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from samhandling.apps.organisations.models import Actor
from samhandling.apps.records.models import Footnote as FootnoteRow
from samhandling.apps.records.models import Quantity, Record, Recorded
from samhandling.apps.reporting.material import Material
from samhandling.core.partial_date import PartialDate, describe
from samhandling.core.report_model import (
    Drawn,
    FigureRef,
    Footnote,
    FootnoteRef,
    InferredMark,
    Inline,
    LevelMark,
    Link,
    RecordRef,
    Shape,
    Text,
    Unknown,
    is_safe_url,
)

SMALL_NUMBERS = (
    "noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv",
)  # fmt: skip
SHAPES = {
    "experience_exchange": Shape.CIRCLE,
    "competence_development": Shape.DIAMOND,
    "joint_action": Shape.SQUARE,
}
_SPACE = re.compile(r"[ \t\r\n\f\v]+")  # a space that does not break stays
_LONGEST_NAME = 12  # words
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")


def name(record: Record, label: str = "") -> RecordRef:
    """A record named in running text; in the web page it is a link."""
    return RecordRef(record.uid, one_line(label or record.title), record.kind)


def actor(one: Actor) -> RecordRef:
    """An actor by its whole name; a described set goes on inside the sentence."""
    if one.actor_kind == Actor.Kind.SET:
        return name(one.record, lower_first(one.record.title))
    return name(one.record)


def listed(items: Sequence[Sequence[Inline]], last: str = "och") -> list[Inline]:
    """Items as a Swedish enumeration: "a, b och c"."""
    out: list[Inline] = []
    for index, item in enumerate(items):
        if index:
            out.append(Text(f" {last} " if index == len(items) - 1 else ", "))
        out.extend(item)
    return out


def actors(ones: Iterable[Actor]) -> list[Inline]:
    """Actors as an enumeration of names."""
    return listed([[actor(one)] for one in ones])


def day(when: PartialDate | None) -> list[Inline]:
    """A date in words, or Okänt."""
    return [Text(describe(when))] if when is not None else [Unknown()]


def number_word(value: int) -> str:
    """Small numbers in letters, as Swedish text has them; larger in figures."""
    return SMALL_NUMBERS[value] if 0 <= value < len(SMALL_NUMBERS) else str(value)


def number(value: Decimal) -> str:
    """A number in figures, without decimals it does not need, with the Swedish comma."""
    text = f"{value.normalize():f}"
    return text.replace(".", ",")


def quantity(one: Quantity) -> list[Inline]:
    """A quantity in words: "från 80 till 100 timmar", "5 av 8 kommuner"."""
    value = number(one.value)
    reference = number(one.reference) if one.reference is not None else ""
    text = {
        Quantity.Shape.COUNT: value,
        Quantity.Shape.CHANGE: f"från {reference} till {value}",
        Quantity.Shape.SHARE: f"{value} av {reference}",
        Quantity.Shape.RANGE: f"{reference}–{value}",
    }[Quantity.Shape(one.shape)]
    return [
        FigureRef(text, "QUANTITY", (one.record.uid,)),
        Text(f" {one.record.title}"),
    ]


def quantities(material: Material, record_id: int) -> list[Inline]:
    """All quantities of a record, as an enumeration."""
    return listed([quantity(one) for one in material.quantities.get(record_id, [])])


def note(row: FootnoteRow, extra: Sequence[Inline] = ()) -> FootnoteRef:
    """A native footnote of a record, with its address where there is one."""
    inlines: list[Inline] = [Text(row.record.title)]
    inlines.extend(extra)
    if row.url:
        inlines += [Text(" "), link(row.url, row.url)]
    key = row.record.source_key or row.record.uid
    return FootnoteRef(Footnote(key, tuple(inlines), row.record.source_key or ""))


def link(text: str, url: str) -> Inline:
    """A link out of the report, or the text alone where what was typed is no address."""
    return Link((Text(text),), url) if is_safe_url(url) else Text(text)


def notes(material: Material, record_id: int, extra: Sequence[Inline] = ()) -> list[Inline]:
    """The footnotes of a record, in order."""
    return [note(row, extra) for row in material.footnotes.get(record_id, [])]


def level_mark(key: str, label: str, *, is_stated: bool, shows_label: bool = False) -> LevelMark:
    """A cooperation level's shape; a level outside the known three is a circle with its label."""
    shape = SHAPES.get(key, Shape.CIRCLE)
    return LevelMark(label, shape, is_stated, shows_label or key not in SHAPES)


def inferred(material: Material, record_id: int, field: str) -> list[Inline]:
    """The mark of an inference, with its ground; nothing where the field is stated."""
    basis = material.basis(record_id, field)
    if basis is None or basis.basis not in {"INFERRED", "UNKNOWN"} or not basis.ground:
        return []
    return [Text(" "), InferredMark(basis.ground)]


def drawn(what: str, *things: Recorded | Record | None) -> Drawn:
    """The origin of a block drawn from these records, each named once, in order."""
    uids = dict.fromkeys(thing.uid for thing in things if thing is not None)
    return Drawn(tuple(uids), what)


def with_attached(material: Material, *things: Recorded | None) -> list[Record]:
    """Records together with their quantities and footnotes, for a block that prints those too."""
    found: list[Record] = []
    for thing in things:
        if thing is None:
            continue
        found.append(thing.record)
        found += [row.record for row in material.quantities.get(thing.pk, [])]
        found += [row.record for row in material.footnotes.get(thing.pk, [])]
    return found


def paragraphs(text: str) -> list[str]:
    """What was typed, in its paragraphs; other line breaks in it are spaces."""
    found = (_SPACE.sub(" ", part).strip() for part in _BLANK_LINE.split(text))
    return [part for part in found if part]


def one_line(text: str) -> str:
    """What was typed, where it stands inside a line: every paragraph but the last as a sentence."""
    *before, last = paragraphs(text) or [""]
    return " ".join([*map(sentence, before), last])


def sentence(text: str) -> str:
    """Text that ends as a sentence does, in one line."""
    text = one_line(text)
    return text if not text or text[-1] in ".!?…" else f"{text}."


def lower_first(text: str) -> str:
    """Our own words that go on inside a sentence; ReSam and EU, and paragraph signs, stay."""
    head = text.split(" ", 1)[0]
    is_name = any(letter.isupper() for letter in head[1:]) or head.isupper()
    return text if is_name or not text[:1].isalpha() else text[:1].lower() + text[1:]


def goes_on(material: Material, text: str) -> str:
    """What somebody typed, inside a sentence; an actor's name that begins it stays as it is."""
    text = one_line(text)
    words = text.split(" ")
    for end in range(1, 1 + min(len(words), _LONGEST_NAME)):
        head = " ".join(words[:end]).rstrip(".,;:!?")
        if head in material.names or head.removesuffix("s") in material.names:
            return text
    return lower_first(text)
