"""A substitution when both who are in it leave: it holds to the earlier of their last days.

Each departure keeps what the row was before it. When one of them is undone, what the other still
holds back is handed to the other's departure, which gives it back in its turn.
"""

from datetime import date
from typing import Any

from samhandling.apps.accounts.models import Person, Substitution
from samhandling.apps.people.models import Departure, as_they_are


def hold_to_the_others_day(
    row: Substitution, now: Substitution | None, person: Person, last_day: date
) -> bool:
    """Before a substitution is given back as `person` stays: cut it to the other's last day.

    False when nothing of it is to be given back until the other one's leaving is undone too.
    Args: row: as it was before `person` was to leave on `last_day`; now: as it stands, None when it
    is not there. Queries: 1, and 3 where the other leaves before it ends.
    """
    other_id = row.substitute_id if row.person_id == person.pk else row.person_id
    until = Person.objects.values_list("left_on", flat=True).get(pk=other_id)
    if until is None or row.valid_until <= until:
        return True
    departure = Departure.objects.select_for_update().filter(person=other_id).first()
    kept = _kept(departure, row) if departure else None
    if kept is None:
        if not _left_as(now, row.valid_from, last_day):
            return True  # it has got another end since, which stands
        if departure is not None:
            departure.ended += as_they_are([row])
            departure.save(update_fields=["ended"])
        if row.valid_from > until or (now is not None and now.valid_until >= until):
            return False
        row.valid_until = until
        return True
    ended = date.fromisoformat(kept["fields"]["valid_until"])
    if ended not in (last_day, row.valid_from) or not _left_as(now, row.valid_from, until):
        return True
    # The other's leaving found it as this one had left it.
    kept["fields"]["valid_until"] = row.valid_until.isoformat()
    assert departure is not None
    departure.save(update_fields=["ended"])
    return False


def _kept(departure: Departure, row: Substitution) -> dict[str, Any] | None:
    label = Substitution._meta.label_lower
    same = (one for one in departure.ended if (one["model"], one["pk"]) == (label, row.pk))
    return next(same, None)


def _left_as(now: Substitution | None, begins: date, last_day: date) -> bool:
    """Is it as a leaving on that day left it?"""
    if now is None:
        return begins > last_day
    return now.valid_until in (last_day, begins)
