"""From which day it is counted that somebody is gone."""

from datetime import date

from samhandling.apps.accounts.models import Person
from samhandling.apps.audit.selectors import last_day_told


def gone_since() -> dict[int, date]:
    """The day from which it is counted, for each person who is gone, by primary key.

    It is the last day, or the day on which that was written down if it is later: a mistyped year
    must not cost somebody their name the same night. Without a last day it is the day on which the
    sign-in was shut. The log knows those days; where it does not know when a last day was written
    down, as for rows that came with an import, the last day itself counts. Queries: 4.
    """
    left = Person.objects.filter(left_on__isnull=False, merged_into=None)
    rows = list(left.values_list("pk", "key", "left_on"))
    written = last_day_told("left_on", [key for _pk, key, _day in rows])
    shut = dict(
        Person.objects.filter(left_on=None, merged_into=None, user__is_active=False).values_list(
            "key", "pk"
        )
    )
    closed = last_day_told("sign_in", shut, after="closed")
    return {
        **{shut[key]: day for key, day in closed.items()},
        **{pk: max(day, written.get(key, day)) for pk, key, day in rows if day is not None},
    }


def gone_by(day: date) -> list[int]:
    """Primary keys of those who are gone since the day or earlier. Queries: those of gone_since."""
    return [pk for pk, since in gone_since().items() if since <= day]
