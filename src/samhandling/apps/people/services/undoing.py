"""Undoing that somebody leaves: what ended with it is given back as it was.

What has changed since, such as a contact that somebody took over, stays as it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import models, transaction

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author, write_event
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.notices.models import Notice
from samhandling.apps.notices.services import tell
from samhandling.apps.organisations import services as organisations
from samhandling.apps.organisations.models import Membership
from samhandling.apps.people.models import Contact, Departure
from samhandling.apps.people.permissions import check_can_run
from samhandling.apps.people.services.changing import log_person
from samhandling.apps.people.services.errors import NothingToUndo


@dataclass(frozen=True, slots=True)
class Undone:
    """How many of the roles, seats and the like came back, and how many something hindered."""

    given_back: int
    hindered: int


def as_they_are(rows: Iterable[models.Model]) -> list[dict[str, Any]]:
    """Rows as `Departure.ended` keeps them."""
    return serializers.serialize("python", rows)


@transaction.atomic
def undo_leaving(*, person: Person, by: Author) -> Undone:
    """Let a person stay who was to leave, or come back who has left, with what ended then.

    Nobody does it for herself, and nobody gives back more than they may give. Raises NotAllowed,
    OwnRole, NothingToUndo. Queries: about 10, and 12 for each thing.
    """
    check_can_run(person, by)
    organisations.refuse_self(person, by)
    last_day = person.left_on
    undone = give_back_what_ended(person, by)
    if undone is None:
        raise NothingToUndo
    event = log_person(person, Verb.RESTORED, by, {"left_on": (last_day, "")})
    tell(person_ids=[person.pk], kind=Notice.Kind.STAYING, record=None, event=event)
    return undone


def give_back_what_ended(person: Person, by: Author) -> Undone | None:
    """What `undo_leaving` does, without asking whether one may and without its line in the log;
    None when there is nothing to undo."""
    departure = Departure.objects.select_for_update().filter(person=person).first()
    if departure is None or person.left_on is None:
        return None
    came_back = [_give_back(kept, person.left_on, by) for kept in departure.ended]
    if departure.closed_sign_in:
        User.objects.filter(person=person).update(is_active=True)
    person.left_on = None
    person.save(update_fields=["left_on"])
    departure.delete()
    return Undone(sum(came_back), len(came_back) - sum(came_back))


def _give_back(kept: dict[str, Any], last_day: date, by: Author) -> bool:
    row: Any = next(iter(serializers.deserialize("python", [kept]))).object
    now: Any = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
    begins, _end = _period(row)
    if now is None:
        if begins is None or begins <= last_day:
            return False  # it was there when she left, and somebody has taken it away since
        row.pk = None
    elif _period(now)[1] not in (last_day, begins):
        return False  # it has got another end since
    else:
        now.valid_until = row.valid_until
        row = now
    return (
        _store_contact(row, by)
        if isinstance(row, Contact)
        else organisations.give_back(row=row, by=by)
    )


def _period(row: Any) -> tuple[date | None, date | None]:
    if isinstance(row, Membership):
        begins, ends = row.valid_from, row.valid_until  # partial dates
        return begins.earliest if begins else None, ends.latest if ends else None
    return row.valid_from, row.valid_until


def _store_contact(row: Contact, by: Author) -> bool:
    try:
        row.full_clean()
    except ValidationError:
        return False
    row.save()
    initiative = Initiative.objects.select_related("record", "agreement__record").get(
        pk=row.record_id
    )
    write_event(
        by=by,
        verb=Verb.CHANGED,
        record_uid=initiative.uid,
        record_kind=initiative.record.kind,
        scope_uid=initiative.agreement.uid,
        changes={"contact": ("", row.person.key)},
    )
    return True
