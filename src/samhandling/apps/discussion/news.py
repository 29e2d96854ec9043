"""Notices made ready to be told, for somebody who may still see what they are about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.models import Event, KnownPerson
from samhandling.apps.discussion.permissions import readable_records
from samhandling.apps.notices.models import Notice
from samhandling.apps.records.models import Record


@dataclass(frozen=True, slots=True)
class Line:
    """One notice. `record` is None when the person may no longer see it: then nothing is told."""

    pk: int
    kind: str
    who: str
    why: str
    record: Record | None
    comment: int | None
    made_at: datetime
    is_read: bool


def lines(notices: Iterable[Notice], by: User) -> list[Line]:
    """The notices as lines, in the same order; fetch them with their records. Queries: ≤ 4."""
    rows = list(notices)
    records = {row.record_id: row.record for row in rows}
    seen = {record.pk: record for record in readable_records(records.values(), by)}
    events = Event.objects.select_related("why").in_bulk({row.event_id for row in rows})
    names = dict(
        KnownPerson.objects.filter(
            key__in={event.actor_key for event in events.values()}
        ).values_list("key", "name")
    )
    told = []
    for row in rows:
        event = events.get(row.event_id)
        record = seen.get(row.record_id)
        told.append(
            Line(
                pk=row.pk,
                kind=row.kind,
                who=names.get(event.actor_key, "") if event else "",
                why=event.reason if event and record else "",
                record=record,
                comment=_comment(row.place),
                made_at=row.made_at,
                is_read=row.read_at is not None,
            )
        )
    return told


def _comment(place: str) -> int | None:
    number = place.removeprefix("kommentar-")
    return int(number) if number != place and number.isdigit() else None
