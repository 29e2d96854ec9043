"""Who one turns to about a record."""

from dataclasses import dataclass
from datetime import date, timedelta

from samhandling.apps.accounts.models import Person
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.people.models import Contact
from samhandling.apps.records.prepared import Prepared

# A record has few; which of them is today's is seen without asking anew each day.
_CONTACTS = Prepared(
    lambda records: Contact.objects.filter(record__in=records).select_related("person")
)


@dataclass(frozen=True, slots=True)
class ContactNow:
    """The contact of a record, or since when it lacks one; neither when it never had any."""

    person: Person | None = None
    lacks_since: date | None = None


def contact_of(record_id: int) -> ContactNow:
    """The contact of today. Queries: 1."""
    today = day_of_security()
    found = [one for one in _CONTACTS.of(record_id) if one.valid_from <= today]
    if not found:
        return ContactNow()
    latest = max(found, key=lambda one: (one.valid_from, one.pk))
    if latest.valid_until is not None and latest.valid_until < today:
        return ContactNow(lacks_since=latest.valid_until + timedelta(days=1))
    return ContactNow(person=latest.person)
