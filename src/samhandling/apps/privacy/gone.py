"""From which day it is counted that somebody is gone."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Max
from django.utils import timezone

from samhandling.apps.accounts.models import Person
from samhandling.apps.audit.models import Revision


def gone_since() -> dict[int, date]:
    """The day from which it is counted, for each person who is gone, by primary key.

    It is the last day, or the day on which that was written down if it is later: a mistyped year
    must not cost somebody their name the same night. The log knows that day; where it does not, as
    for rows that came with an import, the last day counts. Queries: 2.
    """
    left = Person.objects.filter(left_on__isnull=False, merged_into=None)
    rows = list(left.values_list("pk", "key", "left_on"))
    told = _days_told("left_on", [key for _pk, key, _day in rows])
    return {pk: max(day, told.get(key, day)) for pk, key, day in rows if day is not None}


def gone_by(day: date) -> list[int]:
    """Primary keys of those who are gone since the day or earlier. Queries: those of gone_since."""
    return [pk for pk, since in gone_since().items() if since <= day]


def _days_told(field: str, keys: Iterable[str], **more: str) -> Mapping[str, date]:
    """The last day on which the log tells of the field of a person, by the person's key."""
    told = (
        Revision.objects.filter(
            field="person",
            after__in=list(keys),
            event__record_uid="",
            event__record_kind="USER",
            event__revisions__field=field,
            **{f"event__revisions__{name}": word for name, word in more.items()},
        )
        .order_by()
        .values_list("after")
        .annotate(at=Max("event__at"))
    )
    return {key: timezone.localdate(at) for key, at in told}
