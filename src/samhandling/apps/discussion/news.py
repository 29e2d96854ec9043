"""Notices made ready to be told, for somebody who may still see what they are about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.dateparse import parse_date

from samhandling.apps.accounts.models import Person, RoleGrant, User
from samhandling.apps.audit.models import Event, KnownPerson, Revision, Verb
from samhandling.apps.discussion.permissions import readable_records
from samhandling.apps.notices.models import Notice
from samhandling.apps.organisations.models import Membership
from samhandling.apps.records.models import Record


@dataclass(frozen=True, slots=True)
class OfMe:
    """What a notice without a record is about: the person herself, as the log has it.

    Empty where its event says nothing of the kind. `scope`: what a role is limited to, when the
    person may see it; `first_day`, `last_day`: of the role, where they are still to come; the last
    day of whoever leaves, none where that was undone; `is_me`: whether `person` is the one told.
    """

    role: str
    scope: Record | None
    person: str
    substitute: str
    first_day: date | None
    last_day: date | None
    is_me: bool


@dataclass(frozen=True, slots=True)
class OfSeat:
    """What a notice about a body says of the seat of the one who is told: that it was given, or has
    ended, and its first and last days where they are still to come."""

    role: str
    has_ended: bool
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """One notice. Without `record` it is about something that the person may no longer see: then
    nothing is told but what is about herself, `of_me` or her `seat` there."""

    pk: int
    kind: str
    who: str
    why: str
    record: Record | None
    of_me: OfMe | None
    seat: OfSeat | None
    comment: int | None
    made_at: datetime
    is_read: bool

    @property
    def is_told(self) -> bool:
        return self.record is not None or self.is_of_me

    @property
    def is_of_me(self) -> bool:
        """Does it lead to her own account, for it is about nothing else that she may see?"""
        return self.of_me is not None or (self.record is None and self.seat is not None)


def lines(
    notices: Iterable[Notice], by: User, history: QuerySet[Event] | None = None
) -> list[Line]:
    """The notices as lines, in the same order; fetch them with their records.

    Args: history: the events that the history tells `by` of. Why something was done to a record is
    told of these alone: she may see the record today, but not what was done in it as a draft.
    Queries: ≤ 4, 1 more where some have a reason, 1 where some are about responsibility, and ≤ 6
    more where some are about the person herself.
    """
    rows = list(notices)
    records = {row.record_id: row.record for row in rows if row.record is not None}
    seen = {record.pk: record for record in readable_records(records.values(), by)}
    events = Event.objects.select_related("why").in_bulk({row.event_id for row in rows})
    names = dict(
        KnownPerson.objects.filter(
            key__in={event.actor_key for event in events.values()}
        ).values_list("key", "name")
    )
    with_why = [pk for pk, event in events.items() if event.reason] if history is not None else []
    in_history = (
        set(history.filter(pk__in=with_why).values_list("pk", flat=True))
        if history is not None and with_why
        else set()
    )
    own = {row.event_id for row in rows if row.record_id is None}
    of_me = _of_me([events[pk] for pk in own if pk in events], by)
    seats = _of_seats(
        [
            events[row.event_id]
            for row in rows
            if row.kind == Notice.Kind.RESPONSIBILITY and row.event_id in events
        ]
    )
    told = []
    for row in rows:
        event = events.get(row.event_id)
        record = seen.get(row.record_id) if row.record_id is not None else None
        about_me = of_me.get(row.event_id) if row.record_id is None else None
        # Whoever a change is about reads why it was made; of others only what the log tells her.
        is_in_log = record is not None and row.event_id in in_history
        is_of_her = row.event_id in seats or (about_me is not None and about_me.is_me)
        told.append(
            Line(
                pk=row.pk,
                kind=row.kind,
                who=names.get(event.actor_key, "") if event else "",
                why=event.reason if event and (is_in_log or is_of_her) else "",
                record=record,
                of_me=about_me,
                seat=seats.get(row.event_id),
                comment=_comment(row.place),
                made_at=row.made_at,
                is_read=row.read_at is not None,
            )
        )
    return told


def _of_me(events: list[Event], by: User) -> dict[int, OfMe]:
    """By the event's number."""
    if not events:
        return {}
    changed: dict[int, dict[str, str]] = {event.pk: {} for event in events}
    days: dict[int, dict[str, date | None]] = {event.pk: {} for event in events}
    for revision in Revision.objects.filter(event__in=events):
        changed[revision.event_id][revision.field] = revision.after or revision.before
        if revision.field in ("valid_from", "valid_until", "left_on"):
            days[revision.event_id][revision.field] = parse_date(revision.after)
    keys = {one.get(field, "") for one in changed.values() for field in ("person", "substitute")}
    people = dict(Person.objects.filter(key__in=keys).values_list("key", "name"))
    scopes = Record.objects.filter(uid__in={event.record_uid for event in events} - {""})
    seen = {record.uid: record for record in readable_records(scopes, by)}
    return {
        event.pk: OfMe(
            role=_role(changed[event.pk].get("roles", "")),
            scope=seen.get(event.record_uid),
            person=people.get(changed[event.pk].get("person", ""), ""),
            substitute=people.get(changed[event.pk].get("substitute", ""), ""),
            first_day=days[event.pk].get("valid_from"),
            last_day=days[event.pk].get("valid_until") or days[event.pk].get("left_on"),
            is_me=changed[event.pk].get("person", "") in by.person_keys,
        )
        for event in events
    }


def _of_seats(events: list[Event]) -> dict[int, OfSeat]:
    """By the event's number; whoever is told of such an event is the one who has the seat."""
    events = [event for event in events if "seats" in event.field_names]
    if not events:
        return {}
    changed: dict[int, dict[str, str]] = {event.pk: {} for event in events}
    for revision in Revision.objects.filter(event__in=events):
        changed[revision.event_id][revision.field] = revision.after or revision.before
    return {
        event.pk: OfSeat(
            role=_seat(changed[event.pk].get("seats", "")),
            has_ended=event.verb == Verb.REMOVED,
            first_day=parse_date(changed[event.pk].get("valid_from", "")),
            last_day=parse_date(changed[event.pk].get("valid_until", "")),
        )
        for event in events
    }


def _seat(code: str) -> str:
    return str(Membership.Role(code).label) if code in Membership.Role.values else code


def _role(code: str) -> str:
    return str(RoleGrant.Role(code).label) if code in RoleGrant.Role.values else code


def _comment(place: str) -> int | None:
    number = place.removeprefix("kommentar-")
    return int(number) if number != place and number.isdigit() else None
