"""Who one turns to about a record."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from samhandling.apps.accounts.models import Person
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.people.models import Contact
from samhandling.apps.people.selectors.lacking import contact_lacks_since
from samhandling.apps.people.selectors.naming import described
from samhandling.apps.people.selectors.register import PersonState, people_in_service, state_of
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
    now = _now(_CONTACTS.of(record_id), day_of_security())
    if now.is_lacking:
        return replace(now, lacks_since=contact_lacks_since(record_id))
    return now


def contacts_of(record_ids: Sequence[int]) -> dict[int, ContactNow]:
    """The contacts of today of those records that have or had one, without since when one lacks.

    Queries: 1, however many the records are.
    """
    rows: dict[int, list[Contact]] = defaultdict(list)
    for one in Contact.objects.filter(record__in=record_ids).select_related("person__user"):
        rows[one.record_id].append(one)
    today = day_of_security()
    return {record: _now(contacts, today) for record, contacts in rows.items()}


def names_of_contacts(contacts: Iterable[ContactNow]) -> dict[int, str]:
    """What the people among them are called, by id; whoever has the name of somebody else who is
    with us is told apart by what they do and where, but not by address, which is not for every
    reader. Queries: 1, and 2 where somebody has."""
    people = {one.person.pk: one.person.name for one in contacts if one.person is not None}
    called: dict[str, set[int]] = defaultdict(set)
    for pk, name in people.items():
        called[name].add(pk)
    known = people_in_service().filter(name__in=called)
    for pk, name in known.order_by().values_list("pk", "name"):
        called[name].add(pk)
    alike = [pk for same in called.values() if len(same) > 1 for pk in same]
    if not alike:
        return people
    apart = described(alike, with_address=False)
    return {pk: apart.get(pk, name) for pk, name in people.items()}


def _now(contacts: Iterable[Contact], today: date) -> ContactNow:
    found = [one for one in contacts if one.valid_from <= today]
    if not found:
        return ContactNow()
    latest = max(found, key=lambda one: (one.valid_from, one.pk))
    is_over = latest.valid_until is not None and latest.valid_until < today
    if is_over or state_of(latest.person) is PersonState.ENDED:
        return ContactNow(is_lacking=True)
    return ContactNow(person=latest.person)
