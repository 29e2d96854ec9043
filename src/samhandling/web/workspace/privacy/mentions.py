"""Where texts of others name a person, for whoever tries their secrecy before they are given out.

Only what the reader may see is named; the rest is a number.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _

from samhandling.apps.accounts.models import Person
from samhandling.apps.audit.models import Event, Reason, Revision, Verb
from samhandling.apps.audit.services import Author
from samhandling.apps.discussion.models import Attachment, Comment, ItemEvent
from samhandling.apps.discussion.permissions import can_read_discussion, visible_comments
from samhandling.apps.initiatives.visibility import visible_records
from samhandling.apps.privacy.selectors import texts_of_others
from samhandling.apps.records.models import Record, Recorded
from samhandling.web.history_visibility import visible_events
from samhandling.web.links import name_of


@dataclass(frozen=True, slots=True)
class Mentions:
    """The records with texts that name the person, each with where and how many; and how many texts
    there are beside them: of records that the reader may not see, withdrawn, or of no record.
    `has_withdrawn`: some of them are in comments that are withdrawn, whose words no page shows."""

    seen: list[tuple[Record, list[tuple[str, int]]]]
    unseen: int
    has_withdrawn: bool


def mentions_of(person: Person, by: Author | None) -> Mentions:
    """Raises nothing: who may ask is the view's to say. Queries: 2 a table with texts, 1 a table
    with people, and about 5 for each record with comments."""
    found = texts_of_others(person)
    # A reason kept beside a comment is read where the comment is.
    found = [row.comment if isinstance(row, ItemEvent) and row.comment else row for row in found]
    placed = [(_record_id(row), row) for row in found]
    events = {row.event_id: row for row in found if isinstance(row, Revision | Reason)}
    uids = dict(Event.objects.filter(pk__in=events).values_list("pk", "record_uid"))
    told = set(visible_events(Event.objects.filter(pk__in=events), by).values_list("pk", flat=True))
    silent = _edits_of_withdrawn(events)
    by_uid = dict(Record.objects.filter(uid__in=uids.values()).values_list("uid", "pk"))
    records = {
        record.pk: record
        for record in visible_records(
            Record.objects.filter(
                pk__in={*(pk for pk, _row in placed if pk), *by_uid.values()}
            ).order_by("pk"),
            by,
        )
    }
    where: dict[int, Counter[str]] = defaultdict(Counter)
    has_withdrawn = False
    for pk, row in placed:
        if isinstance(row, Revision | Reason):
            pk = by_uid.get(uids.get(row.event_id, "")) if row.event_id in told else None
            row = silent.get(row.event_id, row)
        if pk in records and _may_read(row, records[pk], by):
            where[pk][_kind(row)] += 1
            has_withdrawn |= _is_withdrawn(row)
    seen = sorted(
        ((records[pk], sorted(kinds.items())) for pk, kinds in where.items()),
        key=lambda one: (name_of(one[0]), one[0].pk),
    )
    unseen = len(found) - sum(sum(kinds.values()) for kinds in where.values())
    return Mentions(seen, unseen, has_withdrawn)


def _edits_of_withdrawn(events: Iterable[int]) -> dict[int, Comment]:
    """By the event's number, the withdrawn comment whose earlier words the log keeps and does not
    tell. Queries: 1."""
    rows = ItemEvent.objects.filter(event_id__in=events, comment__withdrawn_at__isnull=False)
    edits = Event.objects.filter(verb=Verb.COMMENT_EDITED).values("pk")
    rows = rows.filter(event_id__in=edits).select_related("comment")
    return {row.event_id: row.comment for row in rows if row.comment is not None}


def _is_withdrawn(row: models.Model) -> bool:
    return isinstance(row, Comment) and row.withdrawn_at is not None


def _may_read(row: models.Model, record: Record, by: Author | None) -> bool:
    if isinstance(row, Comment):
        return visible_comments(record, by).filter(pk=row.pk).exists()
    return not isinstance(row, Attachment) or can_read_discussion(record, by)


def _kind(row: models.Model) -> str:
    match row:
        case Revision() | Reason():
            return _("Historiken")
        case Comment():
            return _("Tillbakadragna kommentarer") if _is_withdrawn(row) else _("Kommentarer")
        case Attachment():
            return _("Bilagor")
    return _("Texten")


def _record_id(row: models.Model) -> int | None:
    """The record that a row is, or is of; None for neither."""
    if isinstance(row, Record):
        return row.pk
    fields: Iterable[models.Field] = row._meta.concrete_fields
    for field in fields:
        model = field.related_model
        if isinstance(model, type) and issubclass(model, Record | Recorded):
            found: int | None = getattr(row, field.attname)
            if found is not None:
                return found
    return None
