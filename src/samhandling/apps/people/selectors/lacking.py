"""What lacks somebody: it was somebody's, she left or was shut out, and nobody has taken over.

Nothing is written down when somebody leaves: it is read from the periods and from who can sign in
(`register.gone`), so that it is true again the moment somebody takes over. By the real clock, like
everything about who may do what.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from samhandling.apps.accounts.models import RoleGrant
from samhandling.apps.audit.selectors import last_day_told
from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.permissions import visible_to
from samhandling.apps.organisations.models import (
    Affiliation,
    CollaborationBody,
    Membership,
    Organisation,
)
from samhandling.apps.organisations.periods import begun_by, not_over, seat_not_over
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.people.models import Contact, Invitation
from samhandling.apps.people.permissions import can_run_people
from samhandling.apps.people.selectors.hanging import ANSWERING, CONVENING
from samhandling.apps.people.selectors.invitations import inviter_of, open_invitations
from samhandling.apps.people.selectors.register import gone
from samhandling.apps.records.models import Record
from samhandling.apps.situation.models import Sharing

_OVER = (CollaborationBody.State.CLOSED, CollaborationBody.State.DORMANT)


@dataclass(frozen=True, slots=True)
class LackingBody:
    """A body whose last convener or chair has gone; the first day without, when known."""

    body: CollaborationBody
    since: date | None


@dataclass(frozen=True, slots=True)
class LackingRole:
    """A role for the whole that nobody has who can sign in; the first day without, when known."""

    name: str
    since: date | None


@dataclass(frozen=True, slots=True)
class LackingContact:
    """A record whose contact has gone; the first day without, when known."""

    record: Record
    since: date | None


@dataclass(frozen=True, slots=True)
class LackingOrganisation:
    """An organisation that nobody works for here any more, and how much it owns."""

    organisation: Organisation
    since: date | None
    initiatives: int


@dataclass(frozen=True, slots=True)
class Lacking:
    """All that lacks somebody, as a reader may see it, the longest first."""

    roles: list[LackingRole]
    bodies: list[LackingBody]
    contacts: list[LackingContact]
    organisations: list[LackingOrganisation]
    invitations: list[Invitation]

    @property
    def number(self) -> int:
        return (
            len(self.roles)
            + len(self.bodies)
            + len(self.contacts)
            + len(self.organisations)
            + len(self.invitations)
        )


def what_lacks_somebody(by: Author | None) -> Lacking:
    """All of it. Queries: about 10, and 5 for each inviter for those who run the people."""
    return Lacking(
        roles=_roles(),
        bodies=_bodies(),
        contacts=contacts_lacking(by),
        organisations=_organisations(by),
        invitations=_invitations() if can_run_people(by) else [],
    )


def _roles() -> list[LackingRole]:
    """Of the roles that somebody must have, those that somebody had and nobody has."""
    whole = RoleGrant.objects.filter(scope=None, role__in=ANSWERING)
    begun = whole.filter(begun_by(day_of_security()))
    held = set(
        begun.filter(not_over(day_of_security()))
        .exclude(gone("person__"))
        .exclude(person__user=None)
        .values_list("role", flat=True)
    )
    had = set(begun.values_list("role", flat=True)) - held
    since = _since(begun.filter(role__in=had), "role", "valid_until")
    return [LackingRole(str(role.label), since[role]) for role in ANSWERING if role in had]


def bodies_lacking(ids: list[int]) -> dict[int, LackingBody]:
    """Of these bodies those without convener. Queries: 1, and 2 where some lack one."""
    return {row.body.pk: row for row in _bodies(ids)}


def _bodies(ids: list[int] | None = None) -> list[LackingBody]:
    today = day_of_security()
    convening = Membership.objects.filter(role__in=CONVENING)
    held = convening.filter(seat_not_over(today), body=OuterRef("pk")).exclude(gone("person__"))
    # A seat whose end is unknown, or that only a function holds, is held.
    rows = (
        CollaborationBody.objects.live()
        .exclude(state__in=_OVER)
        .filter(Exists(convening.filter(body=OuterRef("pk"))))
        .exclude(Exists(held))
        .select_related("record")
    )
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    found = {row.pk: row for row in rows}
    since = _since(convening.filter(body__in=found), "body", "valid_until_latest")
    lacking = [LackingBody(body, since[pk]) for pk, body in found.items()]
    return sorted(lacking, key=lambda row: (row.since or date.min, row.body.title))


def contacts_lacking(by: Author | None) -> list[LackingContact]:
    """Initiatives that `by` may see whose contact has gone. Queries: 1, and 2 where some have."""
    seen = visible_to(Initiative.objects.live(), by)
    contacts = Contact.objects.filter(record=OuterRef("pk"))
    held = contacts.filter(not_over(day_of_security())).exclude(gone("person__"))
    rows = (
        Record.objects.live()
        .filter(Exists(contacts), pk__in=seen.values("pk"))
        .exclude(Exists(held))
    )
    found = {row.pk: row for row in rows}
    since = _since(Contact.objects.filter(record__in=found), "record", "valid_until")
    lacking = [LackingContact(record, since[pk]) for pk, record in found.items()]
    return sorted(lacking, key=lambda row: (row.since or date.min, row.record.title))


def contact_lacks_since(record_id: int) -> date | None:
    """The first day of a record without contact, for one that lacks one. Queries: 2."""
    contacts = Contact.objects.filter(record=record_id)
    return _since(contacts, "record", "valid_until").get(record_id)


def _organisations(by: Author | None) -> list[LackingOrganisation]:
    works = Affiliation.objects.filter(organisation=OuterRef("pk"))
    held = works.filter(not_over(day_of_security())).exclude(gone("person__"))
    rows = (
        Organisation.objects.live()
        .filter(Exists(works))
        .exclude(Exists(held))
        .select_related("record")
    )
    found = {row.pk: row for row in rows}
    owned = dict(
        Initiative.objects.live()
        .filter(owner__in=found, sharing=Sharing.SHARED)
        .order_by()
        .values_list("owner")
        .annotate(n=Count("pk"))
    )
    since = _since(
        Affiliation.objects.filter(organisation__in=found), "organisation", "valid_until"
    )
    lacking = [LackingOrganisation(row, since[pk], owned.get(pk, 0)) for pk, row in found.items()]
    return sorted(lacking, key=lambda row: (row.since or date.min, row.organisation.title))


def _since(rows: QuerySet[Any], whose: str, ends: str) -> dict[Any, date | None]:
    """The first day on which nobody has what these rows of people say, by the column `whose`.

    Each row ended with its last day, or when its holder was shut out; None when the log does not
    tell when that was. Queries: 1, and 1 where somebody was shut out.
    """
    today = day_of_security()
    told = list(rows.order_by().values_list(whose, ends, "person__key", "person__left_on"))
    shut = {key for _pk, end, key, _left in told if key and not (end and end < today)}
    closed = last_day_told("sign_in", shut, after="closed") if shut else {}
    since: dict[Any, date | None] = {}
    unknown = set()
    for pk, end, key, left_on in told:
        days = [day + timedelta(days=1) for day in (end, left_on) if day and day < today]
        if key in closed and not days:
            days = [closed[key]]
        if not days:
            unknown.add(pk)
        since[pk] = max(filter(None, (since.get(pk), min(days, default=None))), default=None)
    return {pk: None if pk in unknown else day for pk, day in since.items()}


def _invitations() -> list[Invitation]:
    may: dict[tuple[int, str, int | None, str], bool] = {}
    found = []
    for row in open_invitations().order_by("invited_at"):
        key = (row.invited_by_id, row.role, row.body_id, row.seat)
        if key not in may:
            may[key] = inviter_of(row) is not None
        if not may[key]:
            found.append(row)
    return found
