"""What is said about records: their grounds, notes, other names, questions, sources and counts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from samhandling.apps.records.models import (
    Citation,
    FieldBasis,
    Footnote,
    NameVariant,
    OpenQuestion,
    Quantity,
    Record,
)
from samhandling.apps.records.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Details:
    """What is said about one record. `bases` is by field name."""

    bases: dict[str, FieldBasis] = field(default_factory=dict)
    footnotes: list[Footnote] = field(default_factory=list)
    names: list[NameVariant] = field(default_factory=list)
    questions: list[OpenQuestion] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)


class RecordDetails:
    """The details of many records, fetched together."""

    def __init__(self) -> None:
        self._by_id: dict[int, Details] = defaultdict(Details)

    def of(self, thing: Any) -> Details:
        """The details of a record, or of a thing that has one; empty when nothing is said."""
        return self._by_id[thing.pk]

    def of_all(self, kind: str) -> list[Any]:
        """Everything of one kind ("footnotes", "names" …), each once, in the order of number
        or registration."""
        found = {row.pk: row for details in self._by_id.values() for row in getattr(details, kind)}
        return sorted(found.values(), key=lambda row: (_order(row), row.pk))


def _order(row: Any) -> int:
    return int(getattr(row, "number", 0) or getattr(row, "order", 0) or 0)


_BASES = Prepared(lambda pks: FieldBasis.objects.filter(record__in=pks))
_FOOTNOTES = Prepared(lambda pks: Footnote.objects.live().with_record().filter(about__in=pks))
_NAMES = Prepared(lambda pks: NameVariant.objects.filter(record__in=pks))
_CITATIONS = Prepared(
    lambda pks: Citation.objects.filter(record__in=pks).select_related("source").order_by("pk")
)
_QUANTITIES = Prepared(lambda pks: Quantity.objects.live().with_record().filter(about__in=pks))
_QUESTIONS = Prepared(
    lambda pks: (
        OpenQuestion.subjects.through.objects.filter(
            record__in=pks, openquestion__record__withdrawn_at__isnull=True
        )
        .select_related("openquestion__record")
        .order_by("openquestion__order", "openquestion__pk")
    )
)
_MERGED = Prepared(lambda pks: Record.objects.filter(merged_into__in=pks).order_by("pk"))

_OPENLY_MERGED = Prepared(lambda pks: Record.objects.openly_merged_into(pks).order_by("pk"))


def details_of(record_ids: Iterable[int]) -> RecordDetails:
    """What is said about these records. Queries: 6, however many there are."""
    ids = set(record_ids)
    found = RecordDetails()
    for basis in _BASES.of(*ids):
        found._by_id[basis.record_id].bases[basis.field] = basis
    for note in _FOOTNOTES.of(*ids):
        found._by_id[note.about_id].footnotes.append(note)
    for name in _NAMES.of(*ids):
        found._by_id[name.record_id].names.append(name)
    for cited in _CITATIONS.of(*ids):
        found._by_id[cited.record_id].citations.append(cited)
    for counted in _QUANTITIES.of(*ids):
        found._by_id[counted.about_id].quantities.append(counted)
    for row in _QUESTIONS.of(*ids):
        found._by_id[row.record_id].questions.append(row.openquestion)
    return found


def merged_into(records: Iterable[Record]) -> list[Record]:
    """The records that were merged into these, in the order of registration. Queries: 1."""
    return _MERGED.of(*(record.pk for record in records))


def openly_merged(records: Iterable[Record]) -> Mapping[int | None, list[Record]]:
    """For these records (by key) those that were merged into each and that everybody may see, in
    the order of registration. Queries: 1."""
    found: dict[int | None, list[Record]] = defaultdict(list)
    for merged in _OPENLY_MERGED.of(*(record.pk for record in records)):
        found[merged.merged_into_id].append(merged)
    return found
