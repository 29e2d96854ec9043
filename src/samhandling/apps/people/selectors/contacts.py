"""Who one turns to about a record."""

from dataclasses import dataclass
from datetime import date, timedelta

from samhandling.apps.accounts.models import Person
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.people.models import Contact


@dataclass(frozen=True, slots=True)
class ContactNow:
    """The contact of a record, or since when it lacks one; neither when it never had any."""

    person: Person | None = None
    lacks_since: date | None = None


def contact_of(record_id: int) -> ContactNow:
    """The contact of today. Queries: 1."""
    today = day_of_security()
    latest = (
        Contact.objects.filter(record_id=record_id, valid_from__lte=today)
        .select_related("person")
        .order_by("-valid_from", "-pk")
        .first()
    )
    if latest is None:
        return ContactNow()
    if latest.valid_until is not None and latest.valid_until < today:
        return ContactNow(lacks_since=latest.valid_until + timedelta(days=1))
    return ContactNow(person=latest.person)
