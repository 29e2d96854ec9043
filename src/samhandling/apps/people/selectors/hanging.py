"""What hangs on a person: what nobody would do if she left today."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from samhandling.apps.accounts.models import Person, RoleGrant, Substitution, User
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.organisations.models import Affiliation, Membership, Organisation
from samhandling.apps.organisations.periods import not_over, seat_not_over
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.people.models import Contact, Invitation
from samhandling.apps.people.selectors.invitations import open_invitations
from samhandling.apps.reporting.models import Report, ReportSection
from samhandling.apps.situation.models import UNSHARED, Need, Sharing

ANSWERING = (
    RoleGrant.Role.PROCESS_LEADER,
    RoleGrant.Role.COORDINATION_GROUP,
    RoleGrant.Role.ADMINISTRATOR,
)
"""Roles for the whole that somebody must have: without one, things wait for nobody."""
CONVENING = (Membership.Role.CHAIR, Membership.Role.CONVENER)


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """An organisation where nobody else is, with what it owns. Drafts are counted, never named:
    they belong to the organisation."""

    organisation: Organisation
    initiatives: int
    drafts: int


@dataclass(frozen=True, slots=True)
class Hanging:
    """All of it, what lasts or begins later too."""

    convenes: list[Membership]
    sits: list[Membership]
    contact_for: list[Contact]
    alone_as: list[RoleGrant]
    sections: list[ReportSection]
    alone_in: list[LeftAlone]
    invitations: list[Invitation]
    works: list[Affiliation]
    holds: list[RoleGrant]
    substitutes_for: list[Substitution]
    substituted_by: list[Substitution]

    @property
    def is_nothing(self) -> bool:
        """True when nobody has to take anything over."""
        return not (
            self.convenes
            or self.contact_for
            or self.alone_as
            or self.sections
            or self.alone_in
            or self.invitations
        )


def hanging_on(person: Person) -> Hanging:
    """What hangs on the person. Queries: 10, and 3 for each organisation she is alone in."""
    today = day_of_security()
    seats = list(
        Membership.objects.filter(seat_not_over(today), person=person)
        .select_related("body__record", "actor__record")
        .order_by("body__record__title", "pk")
    )
    works = list(
        Affiliation.objects.filter(not_over(today), person=person)
        .select_related("organisation__record")
        .order_by("valid_from", "pk")
    )
    holds = list(
        RoleGrant.objects.filter(not_over(today), person=person)
        .select_related("scope")
        .order_by("pk")
    )
    return Hanging(
        convenes=[seat for seat in seats if seat.role in CONVENING],
        sits=[seat for seat in seats if seat.role not in CONVENING],
        contact_for=list(
            Contact.objects.filter(
                not_over(today), person=person, record__withdrawn_at__isnull=True
            )
            .select_related("record")
            .order_by("record__title")
        ),
        alone_in=_alone_in(person, works),
        invitations=list(open_invitations().filter(invited_by=person).order_by("-invited_at")),
        works=works,
        holds=holds,
        alone_as=_alone_as(person, holds),
        sections=list(
            ReportSection.objects.filter(
                owner=person,
                report__state__in=(Report.State.DRAFT, Report.State.IN_REVIEW),
                report__record__withdrawn_at__isnull=True,
            )
            .exclude(state=ReportSection.State.WRITTEN)
            .select_related("report__record")
            .order_by("pk")
        ),
        substitutes_for=list(
            Substitution.objects.filter(substitute=person, valid_until__gte=today).select_related(
                "person"
            )
        ),
        substituted_by=list(
            Substitution.objects.filter(person=person, valid_until__gte=today).select_related(
                "substitute"
            )
        ),
    )


def came_on(person: Person) -> date | None:
    """The first day on which the person is known to have been here; None when no day is known.

    That of the account, or an earlier one on which a role, a seat or an employment began.
    Queries: 5.
    """
    begins = [
        *RoleGrant.objects.filter(person=person).values_list("valid_from", flat=True),
        *Affiliation.objects.filter(person=person).values_list("valid_from", flat=True),
        *Membership.objects.filter(person=person).values_list("valid_from_earliest", flat=True),
        *Contact.objects.filter(person=person).values_list("valid_from", flat=True),
        *(
            timezone.localdate(made)
            for made in User.objects.filter(person=person).values_list("created_at", flat=True)
        ),
    ]
    return min((day for day in begins if day is not None), default=None)


def _alone_as(person: Person, holds: list[RoleGrant]) -> list[RoleGrant]:
    """Of these, the roles for the whole that nobody else has who can sign in. Queries: 1."""
    whole = [row for row in holds if row.scope_id is None and row.role in ANSWERING]
    if not whole:
        return []
    today = day_of_security()
    others = set(
        RoleGrant.objects.filter(
            not_over(today), scope=None, role__in=ANSWERING, person__user__is_active=True
        )
        .exclude(person=person)
        .values_list("role", flat=True)
    )
    return [row for row in whole if row.role not in others]


def _alone_in(person: Person, works: list[Affiliation]) -> list[LeftAlone]:
    today = day_of_security()
    others = Affiliation.objects.filter(
        not_over(today), organisation=OuterRef("pk"), person__user__is_active=True
    ).exclude(person=person)
    ids = {row.organisation_id for row in works}
    alone = Organisation.objects.filter(pk__in=ids).exclude(Exists(others))
    return [
        LeftAlone(
            organisation=row,
            initiatives=Initiative.objects.live().filter(owner=row, sharing=Sharing.SHARED).count(),
            drafts=Initiative.objects.live().filter(owner=row, sharing__in=UNSHARED).count()
            + Need.objects.live().filter(owner=row, sharing__in=UNSHARED).count(),
        )
        for row in alone.select_related("record").order_by("record__title")
    ]
