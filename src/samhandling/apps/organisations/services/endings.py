"""The door through which seats and affiliations end, and through which somebody substitutes.

All last days count. What had not begun by then is taken away, since it never was; what has been in
force stays (`periods.end_of`).
"""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import Q

from samhandling.apps.accounts.models import Person, RoleGrant, Substitution
from samhandling.apps.audit.models import Event, Verb
from samhandling.apps.audit.services import Author, write_event
from samhandling.apps.notices.models import Notice
from samhandling.apps.notices.services import tell
from samhandling.apps.organisations.models import Actor, Affiliation, Membership
from samhandling.apps.organisations.periods import days_told, end_of
from samhandling.apps.organisations.permissions import (
    NotAllowed,
    check,
    day_of_security,
    standing_of,
)
from samhandling.apps.organisations.services.roles import (
    PeriodBackwards,
    refuse_after_leaving,
    refuse_nobody,
    refuse_self,
)
from samhandling.core.access import Held, Operation, Role
from samhandling.core.partial_date import on_day


@transaction.atomic
def end_seat(
    *, seat: Membership, last_day: date, by: Author, reason: str = "", quietly: bool = False
) -> None:
    """Let a seat end, and tell whoever sat there unless it is done `quietly`.

    Raises NotAllowed. Queries: 8.
    """
    check(by, Operation.MANAGE_PEOPLE, body_id=seat.body_id)
    conclude_seat(seat, last_day, by, reason, quietly=quietly)


def conclude_seat(
    seat: Membership, last_day: date, by: Author, reason: str = "", *, quietly: bool = False
) -> None:
    """What `end_seat` does, for a service that has asked whether one may."""
    begins = seat.valid_from.earliest if seat.valid_from else None
    today = day_of_security()
    end = end_of(begins, last_day, today)
    days = days_told(None, end, today)
    event = log_actor(
        seat.body, Verb.REMOVED, "seats", seat.role, by, reason, days, person=seat.person
    )
    if seat.person_id is not None and not quietly:
        kind = Notice.Kind.RESPONSIBILITY
        tell(person_ids=[seat.person_id], kind=kind, record=seat.body.record, event=event)
    if end is None:
        seat.delete()
        return
    seat.valid_until = on_day(end)
    seat.save()


@transaction.atomic
def end_affiliation(
    *, affiliation: Affiliation, last_day: date, by: Author, reason: str = ""
) -> None:
    """Say that somebody works there no longer. Raises NotAllowed. Queries: 5."""
    check(by, Operation.MANAGE_PEOPLE, owner_id=affiliation.organisation_id)
    log_actor(
        affiliation.organisation, Verb.REMOVED, "affiliations", affiliation.function, by, reason
    )
    end = end_of(affiliation.valid_from, last_day, day_of_security())
    if end is None:
        affiliation.delete()
        return
    affiliation.valid_until = end
    affiliation.save(update_fields=["valid_until"])


@transaction.atomic
def substitute_for(
    *, person: Person, substitute: Person, valid_from: date, valid_until: date, by: Author
) -> Substitution:
    """Let `substitute` have the person's seats and grants for a time.

    Both are told. Nobody gets more than `by` could give: an administrator is substituted by an
    administrator's decision alone, and nobody makes herself anybody's substitute.
    Raises NotAllowed, OwnRole, PeriodBackwards, Leaves, NobodyHere. Queries: 9.
    """
    check(by, Operation.MANAGE_PEOPLE)
    refuse_self(substitute, by)
    if valid_until < valid_from:
        raise PeriodBackwards
    refuse_nobody(person)
    refuse_after_leaving(substitute, valid_until)
    standing = standing_of(by)
    administers = RoleGrant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=valid_from),
        person=person,
        role=RoleGrant.Role.ADMINISTRATOR,
    ).exists()
    if administers and not (standing.is_system or Held(Role.ADMINISTRATOR) in standing.held):
        raise NotAllowed(Operation.MANAGE_PEOPLE)
    made = Substitution.objects.create(
        person=person, substitute=substitute, valid_from=valid_from, valid_until=valid_until
    )
    event = log_substitution(made, Verb.ADDED, by, valid_from, valid_until)
    _tell_both(made, Notice.Kind.SUBSTITUTION, event)
    return made


@transaction.atomic
def end_substitution(
    *, substitution: Substitution, last_day: date, by: Author, quietly: bool = False
) -> None:
    """Let it end earlier than was said, and tell both unless it is done `quietly`.

    Raises NotAllowed. Queries: 6.
    """
    check(by, Operation.MANAGE_PEOPLE)
    end = end_of(substitution.valid_from, last_day, day_of_security())
    if end is not None:
        end = min(end, substitution.valid_until)
    event = log_substitution(substitution, Verb.REMOVED, by, last_day=end)
    if not quietly:
        _tell_both(substitution, Notice.Kind.SUBSTITUTION_ENDED, event)
    if end is None:
        substitution.delete()
    elif substitution.valid_until > end:
        substitution.valid_until = end
        substitution.save(update_fields=["valid_until"])


def _tell_both(substitution: Substitution, kind: str, event: Event) -> None:
    both = [substitution.person_id, substitution.substitute_id]
    tell(person_ids=both, kind=kind, record=None, event=event)


def log_actor(
    actor: Actor,
    verb: str,
    field: str,
    word: str,
    by: Author,
    reason: str = "",
    days: Mapping[str, tuple[str, str]] | None = None,
    *,
    person: Person | None = None,
) -> Event:
    """What somebody is of an organisation or a body has ended, or is given back.

    Args: word: a code where the field has codes; days: those of `periods.days_told`; person: whose
    seat it is, who stands in the log by key alone.
    """
    whose = {"person": (person.key, person.key)} if person is not None else {}
    return write_event(
        by=by,
        verb=verb,
        record_uid=actor.uid,
        record_kind=actor.record.kind,
        changes={
            **whose,
            field: (word, "") if verb == Verb.REMOVED else ("", word),
            **(days or {}),
        },
        reason=reason,
    )


def log_substitution(
    substitution: Substitution,
    verb: str,
    by: Author,
    first_day: date | None = None,
    last_day: date | None = None,
) -> Event:
    """Both stand in the log by key alone; with the days when it holds, as `periods.days_told`."""
    return write_event(
        by=by,
        verb=verb,
        record_uid="",
        record_kind="USER",
        changes={
            "person": (substitution.person.key, substitution.person.key),
            "substitute": (substitution.substitute.key, substitution.substitute.key),
            **days_told(first_day, last_day, day_of_security()),
        },
    )
