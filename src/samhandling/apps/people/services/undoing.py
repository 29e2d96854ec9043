"""Undoing that somebody leaves: what ended with it is given back as it was.

What has changed since, such as a contact that somebody took over, stays as it is.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import models, transaction

from samhandling.apps.accounts.models import Person, Substitution, User
from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author, write_event
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.notices.models import Notice
from samhandling.apps.notices.services import tell
from samhandling.apps.organisations import services as organisations
from samhandling.apps.organisations.models import Membership
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.people.models import Contact, Departure
from samhandling.apps.people.permissions import check_can_run
from samhandling.apps.people.selectors.register import people_in_service
from samhandling.apps.people.services.both_leaving import hold_to_the_others_day
from samhandling.apps.people.services.changing import log_person
from samhandling.apps.people.services.errors import NothingToUndo


@dataclass(frozen=True, slots=True)
class Undone:
    """How many of the roles, seats and the like came back, and how many something hindered.

    `held`: the substitutions that still end, or do not come back, because the other one leaves.
    """

    given_back: int
    hindered: int
    held: int = 0


@dataclass(slots=True)
class GivenBack:
    """The rows that came back, as they are now; the others as in `Undone`."""

    rows: list[models.Model] = field(default_factory=list)
    hindered: int = 0
    held: int = 0


@transaction.atomic
def undo_leaving(*, person: Person, by: Author) -> Undone:
    """Let a person stay who was to leave, or come back who has left, with what ended then.

    Nobody does it for herself, and nobody gives back more than they may give. She is told, and
    whoever substitutes for her again or whom she substitutes for again.
    Raises NotAllowed, OwnRole, NobodyHere, NothingToUndo. Queries: about 13, and 12 for each thing.
    """
    check_can_run(person, by)
    organisations.refuse_self(person, by)
    organisations.refuse_nobody(person)
    last_day = person.left_on
    came_back = give_back_what_ended(person, by)
    if came_back is None:
        raise NothingToUndo
    event = log_person(person, Verb.RESTORED, by, {"left_on": (last_day, "")})
    told = {person.pk, *substituting_again(person, came_back)}
    tell(person_ids=told, kind=Notice.Kind.STAYING, record=None, event=event)
    return Undone(len(came_back.rows), came_back.hindered, came_back.held)


def substituting_again(person: Person, came_back: GivenBack) -> set[int]:
    """Whom of the others a substitution that came back concerns, and holds for: it is not over, and
    whoever substitutes can sign in. Queries: 1, and none where no substitution came back."""
    rows = [
        row
        for row in came_back.rows
        if isinstance(row, Substitution) and row.valid_until >= day_of_security()
    ]
    if not rows:
        return set()
    able = set(
        people_in_service()
        .filter(pk__in={row.substitute_id for row in rows})
        .values_list("pk", flat=True)
    )
    both = {
        pk for row in rows if row.substitute_id in able for pk in (row.person_id, row.substitute_id)
    }
    return both - {person.pk}


def give_back_what_ended(person: Person, by: Author) -> GivenBack | None:
    """What `undo_leaving` does, without asking whether one may and without its line in the log;
    None when there is nothing to undo."""
    departure = Departure.objects.select_for_update().filter(person=person).first()
    if departure is None or person.left_on is None:
        return None
    came_back = GivenBack()
    for kept in departure.ended:
        _give_back(kept, person, person.left_on, by, came_back)
    if departure.closed_sign_in:
        User.objects.filter(person=person).update(is_active=True)
    person.left_on = None
    person.save(update_fields=["left_on"])
    departure.delete()
    return came_back


def _give_back(
    kept: dict[str, Any], person: Person, last_day: date, by: Author, came_back: GivenBack
) -> None:
    row: Any = next(iter(serializers.deserialize("python", [kept]))).object
    now: Any = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
    if isinstance(row, Substitution):
        meant = row.valid_until
        holds_now = hold_to_the_others_day(row, now, person, last_day)
        came_back.held += not holds_now or row.valid_until < meant
        if not holds_now:
            return
    begins, _end = _period(row)
    if now is None:
        is_hindered = begins is None or begins <= last_day  # taken away since she left
        if not isinstance(row, Substitution):
            row.pk = None
    else:
        is_hindered = _period(now)[1] not in (last_day, begins)  # it has got another end since
        now.valid_until = row.valid_until
        row = now
    if is_hindered or not _is_back(row, by):
        came_back.hindered += 1
    else:
        came_back.rows.append(row)


def _is_back(row: Any, by: Author) -> bool:
    if isinstance(row, Contact):
        return _store_contact(row, by)
    return organisations.give_back(row=row, by=by)


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
