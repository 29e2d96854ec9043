"""Who one turns to about a record."""

from dataclasses import dataclass
from datetime import date

from samhandling.apps.accounts.models import Person
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.people.models import Contact
from samhandling.apps.people.selectors.lacking import contact_lacks_since
from samhandling.apps.people.selectors.register import PersonState, state_of
from samhandling.apps.records.prepared import Prepared

# A record has few; which of them is today's is seen without asking anew each day.
_CONTACTS = Prepared(
    lambda records: Contact.objects.filter(record__in=records).select_related("person__user")
)


@dataclass(frozen=True, slots=True)
class ContactNow:
    """The contact of a record, or that it lacks one, and since when where that is known; neither
    when it never had any."""

    person: Person | None = None
    is_lacking: bool = False
    lacks_since: date | None = None


def contact_of(record_id: int) -> ContactNow:
    """The contact of today, one who is with us. Queries: 1, and 2 where there is none any more."""
    today = day_of_security()
    found = [one for one in _CONTACTS.of(record_id) if one.valid_from <= today]
    if not found:
        return ContactNow()
    latest = max(found, key=lambda one: (one.valid_from, one.pk))
    is_over = latest.valid_until is not None and latest.valid_until < today
    if is_over or state_of(latest.person) is PersonState.ENDED:
        return ContactNow(is_lacking=True, lacks_since=contact_lacks_since(record_id))
    return ContactNow(person=latest.person)
