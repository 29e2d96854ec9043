"""What lacks somebody since a day: it was somebody's, she left, and nobody has taken over.

Nothing is written down when somebody leaves: it is read from the periods, so that it is true again
the moment somebody takes over. By the real clock, like everything about who may do what.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q

from samhandling.apps.accounts.models import RoleGrant
from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.permissions import visible_to
from samhandling.apps.organisations.models import (
    Affiliation,
    CollaborationBody,
    Membership,
    Organisation,
)
from samhandling.apps.organisations.periods import not_over, seat_not_over
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.people.models import Contact, Invitation
from samhandling.apps.people.permissions import can_run_people
from samhandling.apps.people.selectors.hanging import ANSWERING, CONVENING
from samhandling.apps.people.selectors.invitations import inviter_of, open_invitations
from samhandling.apps.records.models import Record
from samhandling.apps.situation.models import Sharing

_OVER = (CollaborationBody.State.CLOSED, CollaborationBody.State.DORMANT)


@dataclass(frozen=True, slots=True)
class LackingBody:
    """A network or group whose last convener or chair has gone; the first day without."""

    body: CollaborationBody
    since: date


@dataclass(frozen=True, slots=True)
class LackingRole:
    """A role for the whole that nobody has who can sign in; the first day without, when known."""

    name: str
    since: date | None


@dataclass(frozen=True, slots=True)
class LackingContact:
    """A record whose contact has gone; the first day without."""

    record: Record
    since: date


@dataclass(frozen=True, slots=True)
class LackingOrganisation:
    """An organisation that nobody works for here any more, and how much it owns."""

    organisation: Organisation
    since: date
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
    """All of it. Queries: 5, and 5 for each inviter for those who run the people."""
    return Lacking(
        roles=_roles(),
        bodies=[LackingBody(*row) for row in _bodies()],
        contacts=contacts_lacking(by),
        organisations=_organisations(by),
        invitations=_invitations() if can_run_people(by) else [],
    )


def _roles() -> list[LackingRole]:
    """Of the roles that somebody must have, those that somebody had and nobody has."""
    today = day_of_security()
    ends: dict[str, list[date | None]] = {}
    held = set()
    rows = RoleGrant.objects.filter(scope=None, role__in=ANSWERING).select_related("person__user")
    for row in rows:
        begun = row.valid_from is None or row.valid_from <= today
        lasts = row.valid_until is None or row.valid_until >= today
        user = getattr(row.person, "user", None)
        if begun:
            ends.setdefault(row.role, []).append(row.valid_until)
        if begun and lasts and user is not None and user.is_active:
            held.add(row.role)
    found = []
    for role in ANSWERING:
        if role in ends and role not in held:
            days = [day for day in ends[role] if day is not None and day < today]
            known = len(days) == len(ends[role])
            found.append(
                LackingRole(str(role.label), max(days) + timedelta(days=1) if known else None)
            )
    return found


def bodies_lacking(ids: list[int]) -> dict[int, date]:
    """Of these bodies those without convener: the first day without. Queries: 1."""
    return {body.pk: since for body, since in _bodies(ids)}


def _bodies(ids: list[int] | None = None) -> list[tuple[CollaborationBody, date]]:
    today = day_of_security()
    convening = Membership.objects.filter(body=OuterRef("pk"), role__in=CONVENING)
    rows = (
        CollaborationBody.objects.live()
        .exclude(state__in=_OVER)
        .exclude(Exists(convening.filter(seat_not_over(today))))
        .annotate(last=Max("seats__valid_until_latest", filter=Q(seats__role__in=CONVENING)))
        .filter(last__isnull=False)
        .select_related("record")
        .order_by("last", "record__title")
    )
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    return [(row, row.last + timedelta(days=1)) for row in rows]


def contacts_lacking(by: Author | None) -> list[LackingContact]:
    """Initiatives that `by` may see whose contact has gone. Queries: 1."""
    today = day_of_security()
    seen = visible_to(Initiative.objects.live(), by)
    held = Contact.objects.filter(not_over(today), record=OuterRef("pk"))
    rows = (
        Record.objects.live()
        .filter(pk__in=seen.values("pk"))
        .annotate(last=Max("contacts__valid_until"))
        .filter(last__isnull=False)
        .exclude(Exists(held))
        .order_by("last", "title")
    )
    return [LackingContact(row, row.last + timedelta(days=1)) for row in rows]


def _organisations(by: Author | None) -> list[LackingOrganisation]:
    today = day_of_security()
    works = Affiliation.objects.filter(not_over(today), organisation=OuterRef("pk"))
    rows = (
        Organisation.objects.live()
        .exclude(Exists(works))
        .annotate(last=Max("affiliations__valid_until"))
        .filter(last__isnull=False)
        .select_related("record")
        .order_by("last", "record__title")
    )
    found = list(rows)
    owned = dict(
        Initiative.objects.live()
        .filter(owner__in=[row.pk for row in found], sharing=Sharing.SHARED)
        .order_by()
        .values_list("owner")
        .annotate(n=Count("pk"))
    )
    return [
        LackingOrganisation(row, row.last + timedelta(days=1), owned.get(row.pk, 0))
        for row in found
    ]


def _invitations() -> list[Invitation]:
    may: dict[int, bool] = {}
    found = []
    for row in open_invitations().order_by("invited_at"):
        key = hash((row.invited_by_id, row.role, row.body_id, row.seat))
        if key not in may:
            may[key] = inviter_of(row) is not None
        if not may[key]:
            found.append(row)
    return found
