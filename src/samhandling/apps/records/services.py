"""The door through which every recorded thing is made, named, cited, questioned and withdrawn."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author, Changes, ReasonMissing, write_event
from samhandling.apps.records.impossible import check_numbers
from samhandling.apps.records.models import (
    Citation,
    FieldBasis,
    Footnote,
    Milestone,
    NameVariant,
    OpenQuestion,
    Quantity,
    Record,
    Recorded,
    RecordKind,
    SearchEntry,
    Source,
)
from samhandling.apps.records.stemming import stems
from samhandling.core.knowledge import Basis
from samhandling.core.partial_date import PartialDate
from samhandling.core.registration import SecrecyMark

T = TypeVar("T", bound=Recorded)

# A name heads a page, a row and a line of the log. The longest in the demo county has 171 signs.
MAX_TITLE = 200
# What people name in forms. The titles of other kinds may be whole passages of a source.
NAMED_BY_PEOPLE = frozenset(
    {
        RecordKind.INITIATIVE,
        RecordKind.NEED,
        RecordKind.FUNDING,
        RecordKind.QUANTITY,
        RecordKind.LESSON,
        RecordKind.RECOMMENDATION,
    }
)


class TitleTooLong(ValueError):
    """A name was longer than MAX_TITLE."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("Skriv högst %(most)d tecken. Nu är det %(length)d.")
            % {"most": MAX_TITLE, "length": len(title)}
        )


def _check_length(kind: str, *titles: str) -> None:
    if kind in NAMED_BY_PEOPLE and len(longest := max(titles, key=len)) > MAX_TITLE:
        raise TitleTooLong(longest)


@transaction.atomic
def register(
    model: type[T],
    *,
    title: str,
    by: Author,
    title_en: str = "",
    source_key: str | None = None,
    made_up: bool = False,
    scope_uid: str = "",
    search_text: str = "",
    **fields: Any,
) -> T:
    """Make a recorded thing: its record, its own row, its place in the search and its first event.

    Args: scope_uid: uid of the agreement whose log it belongs to;
    search_text: words to be found by, beside the title.
    Raises TitleTooLong; IntegrityError when the source key is taken. Queries: 5.
    """
    _check_length(model.record_kind, title, title_en)
    record = Record.objects.create(
        kind=model.record_kind,
        title=title,
        title_en=title_en,
        source_key=source_key,
        made_up=made_up,
    )
    thing = model(record=record, **fields)
    thing.save(force_insert=True)
    SearchEntry.objects.create(
        record=record, stems=" ".join(stems(" ".join([title, title_en, search_text])))
    )
    write_event(
        by=by,
        verb=Verb.CREATED,
        record_uid=record.uid,
        record_kind=record.kind,
        scope_uid=scope_uid,
    )
    return thing


def index_record(record: Record, text: str = "") -> None:
    """Make a record findable by its title, its other names, those of what was merged into it, and
    `text`. Queries: 3."""
    names = [record.title, record.title_en, *record.name_variants.values_list("name", flat=True)]
    for merged in Record.objects.openly_merged_into([record.pk]):
        names += [merged.title, merged.title_en]
    # The case number stands last, where `write_registration` finds it.
    words = stems(" ".join([*names, text, record.case_number]))
    SearchEntry.objects.update_or_create(record=record, defaults={"stems": " ".join(words)})


def write_registration(
    record: Record, case_number: str, mark: SecrecyMark | None
) -> tuple[Changes, Changes]:
    """Change a record's case number and secrecy mark, and make it findable by its new number.

    Returns the changes of the number and of the mark, for the caller's events. Queries: ≤ 3.
    """
    before = record.case_number, record.secrecy_mark
    record.case_number = case_number
    record.secrecy_provision = mark.provision if mark else ""
    record.secrecy_marked_on = mark.marked_on if mark else None
    record.secrecy_authority = mark.authority if mark else ""
    if (case_number, mark) == before:
        return {}, {}
    fields = ("case_number", "secrecy_provision", "secrecy_marked_on", "secrecy_authority")
    record.save(update_fields=[*fields, "changed_at"])
    number: Changes = {}
    if case_number != before[0]:
        number["case_number"] = before[0], case_number
        entry = SearchEntry.objects.get(record=record)
        words, old = entry.stems.split(), stems(before[0])
        kept = words[: len(words) - len(old)]
        entry.stems = " ".join([*kept, *stems(case_number)])
        entry.save(update_fields=["stems"])
    return number, {} if mark == before[1] else {"secrecy_mark": (before[1], mark)}


def diff(thing: Any, values: dict[str, Any]) -> Changes:
    """The fields of `thing` that differ from `values`, as (before, after)."""
    return {
        name: (getattr(thing, name), value)
        for name, value in values.items()
        if getattr(thing, name) != value
    }


def lock_record(record: Record) -> None:
    """Let nobody else change this record until the transaction is over.

    Whoever compares before they write takes it first, and so does every service that changes what
    people edit; what is read afterwards is what is stored. SQLite needs none: its transactions
    lock the whole database when they begin. Queries: 1.
    """
    Record.objects.select_for_update().only("pk").get(pk=record.pk)


@transaction.atomic
def rename_record(*, record: Record, title: str, title_en: str | None = None) -> Changes:
    """Change what a record is called; returns the change for the caller's event.

    A long name from before there was a bound may stay as it is. Raises TitleTooLong.
    """
    values = {"title": title}
    if title_en is not None:
        values["title_en"] = title_en
    changes = diff(record, values)
    if changes:
        _check_length(record.kind, *(str(after) for _before, after in changes.values()))
        for name, value in values.items():
            setattr(record, name, value)
        record.save(update_fields=[*values, "changed_at"])
    return changes


def cite(record: Record, source: Source, passage: str = "") -> Citation:
    """State that a record's facts come from `source`."""
    return Citation.objects.get_or_create(record=record, source=source, passage=passage)[0]


def state_basis(record: Record, field: str, basis: Basis, ground: str = "") -> FieldBasis:
    """State how one field is known. An inference must give its ground."""
    return FieldBasis.objects.update_or_create(
        record=record, field=field, defaults={"basis": basis, "ground": ground}
    )[0]


def add_name_variant(record: Record, name: str, where_used: str = "") -> NameVariant:
    """Remember another spelling, so that the search finds it too."""
    variant = NameVariant.objects.get_or_create(
        record=record, name=name, defaults={"where_used": where_used}
    )[0]
    return variant


@transaction.atomic
def add_open_question(
    *,
    question: str,
    kind: str,
    subjects: Iterable[Record],
    by: Author,
    source_key: str | None = None,
    order: int = 0,
) -> OpenQuestion:
    """Write down what the sources leave open, on the records it concerns."""
    opened = register(
        OpenQuestion, title=question, source_key=source_key, by=by, kind=kind, order=order
    )
    opened.subjects.set(subjects)
    return opened


@transaction.atomic
def add_footnote(
    *,
    about: Record,
    number: int,
    text: str,
    by: Author,
    url: str = "",
    source_key: str | None = None,
) -> Footnote:
    """Put a numbered note on a record."""
    return register(
        Footnote, title=text, source_key=source_key, by=by, number=number, about=about, url=url
    )


@transaction.atomic
def add_quantity(
    *,
    about: Record,
    measure: str,
    value: Decimal | int,
    by: Author,
    shape: str = Quantity.Shape.COUNT,
    reference: Decimal | int | None = None,
    told_for_year: int | None = None,
    key: str = "",
    source_key: str | None = None,
    scope_uid: str = "",
) -> Quantity:
    """Count something of a record. A shape other than COUNT needs its `reference`.

    Raises Impossible.
    """
    check_numbers(shape, value, reference)
    return register(
        Quantity,
        title=measure,
        source_key=source_key,
        by=by,
        scope_uid=scope_uid,
        about=about,
        shape=shape,
        value=value,
        reference=reference,
        told_for_year=told_for_year,
        key=key,
    )


@transaction.atomic
def add_milestone(
    *,
    event: str,
    when: PartialDate | None,
    by: Author,
    about: Record | None = None,
    source_key: str | None = None,
) -> Milestone:
    """Put a dated event on the county's line of time."""
    return register(Milestone, title=event, source_key=source_key, by=by, when=when, about=about)


@transaction.atomic
def merge_record(*, record: Record, into: Record, basis: Basis, ground: str, by: Author) -> None:
    """Say that two records are the same thing; nothing is moved, so it can be undone.

    The other is found by this one's name from now on.
    """
    record.merged_into = into
    record.merged_basis = basis
    record.save(update_fields=["merged_into", "merged_basis", "changed_at"])
    state_basis(record, "merged_into", basis, ground)
    if Record.objects.openly_merged_into([into.pk]).filter(pk=record.pk).exists():
        entry = SearchEntry.objects.get(record=into)
        entry.stems = " ".join([*stems(f"{record.title} {record.title_en}"), entry.stems])
        entry.save(update_fields=["stems"])
    write_event(
        by=by,
        verb=Verb.CHANGED,
        record_uid=record.uid,
        record_kind=record.kind,
        changes={"merged_into": (None, into.title)},
        reason=ground,
    )


class AlreadyWithdrawn(ValueError):
    """Somebody has withdrawn it already; their reason stays."""

    def __init__(self) -> None:
        super().__init__(_("Den är redan tillbakadragen."))


@transaction.atomic
def withdraw_record(
    *, record: Record, reason: str, by: Author, scope_uid: str = "", at: datetime | None = None
) -> None:
    """Take a record out of lists and counts without destroying it.

    Args: at: the moment, the same for all that is withdrawn together; now by default.
    Raises ReasonMissing, AlreadyWithdrawn.
    """
    if not reason.strip():
        raise ReasonMissing(_("Skriv varför posten dras tillbaka."))
    lock_record(record)
    record.refresh_from_db(fields=["withdrawn_at", "withdrawn_reason"])
    if record.withdrawn_at is not None:
        raise AlreadyWithdrawn
    record.withdrawn_at = at or timezone.now()
    record.withdrawn_reason = reason
    record.save(update_fields=["withdrawn_at", "withdrawn_reason", "changed_at"])
    write_event(
        by=by,
        verb=Verb.WITHDRAWN,
        record_uid=record.uid,
        record_kind=record.kind,
        scope_uid=scope_uid,
        reason=reason,
    )


class Destroyed(ValueError):
    """Its words were destroyed by a disposal decision."""

    def __init__(self) -> None:
        super().__init__(_("Den är gallrad och kan inte återställas."))


@transaction.atomic
def restore_record(*, record: Record, by: Author, scope_uid: str = "") -> None:
    """Take back a withdrawal: the record stands where it stood. Safe to repeat.

    Why it was withdrawn stays in the log. Raises Destroyed.
    """
    lock_record(record)
    record.refresh_from_db(fields=["title", "withdrawn_at", "withdrawn_reason"])
    if record.withdrawn_at is None:
        return
    if record.is_destroyed:
        raise Destroyed
    record.withdrawn_at, record.withdrawn_reason = None, ""
    record.save(update_fields=["withdrawn_at", "withdrawn_reason", "changed_at"])
    write_event(
        by=by,
        verb=Verb.RESTORED,
        record_uid=record.uid,
        record_kind=record.kind,
        scope_uid=scope_uid,
    )
