"""The door through which people get and lose their roles: grants, seats and affiliations.

Who gives a role must reach its scope (`core.access`, MANAGE_PEOPLE), and nobody gives anything to
themselves: otherwise whoever runs the people would reach every draft by sitting down in a network.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samhandling.apps.accounts.models import Person, RoleGrant, User
from samhandling.apps.audit.models import Event, Verb
from samhandling.apps.audit.services import Author, write_event
from samhandling.apps.notices.models import Notice
from samhandling.apps.notices.services import tell
from samhandling.apps.organisations.models import (
    Actor,
    Affiliation,
    CollaborationBody,
    Membership,
    Organisation,
    Sector,
)
from samhandling.apps.organisations.periods import days_told, end_of
from samhandling.apps.organisations.permissions import (
    NotAllowed,
    check,
    day_of_security,
    standing_of,
)
from samhandling.apps.records.fields import columns_of
from samhandling.apps.records.models import Record, RecordKind
from samhandling.core.access import Held, Operation, Role
from samhandling.core.partial_date import PartialDate, on_day

# Whose people are officers of a party where nothing else is said (product.md, "Who uses it").
_PUBLIC = frozenset({Sector.STATE, Sector.REGION, Sector.MUNICIPALITY, Sector.UNIVERSITY})

_SCOPES: dict[str, str] = {
    RecordKind.AGREEMENT: "agreement_id",
    RecordKind.BODY: "body_id",
    RecordKind.ORGANISATION: "owner_id",
}


class OwnRole(PermissionError):
    """Somebody wanted to give a role to themselves."""

    def __init__(self) -> None:
        super().__init__(_("Du kan inte ge dig själv en roll. Be någon annan att göra det."))


class ScopeNotPossible(ValueError):
    """The role cannot be held there."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Rollen kan gälla allt eller en överenskommelse. "
                "En administratör gäller alltid för allt."
            )
        )


class PeriodBackwards(ValueError):
    """A role was to end before it began."""

    def __init__(self) -> None:
        super().__init__(_("Sista dagen ligger före första dagen. Ändra någon av dem."))


class RoleAlreadyHeld(ValueError):
    """The person has the role during some of the time already."""

    def __init__(self) -> None:
        super().__init__(
            _("Personen har redan rollen under den tiden. Avsluta den först, eller välj en annan.")
        )


class Leaves(ValueError):
    """Something was to last longer than the person is here."""

    def __init__(self, last_day: date) -> None:
        super().__init__(
            _(
                "Personens sista dag är %s. Välj den eller en tidigare dag som sista dag, eller "
                "ångra avslutet först."
            )
            % date_format(last_day, "j F Y")
        )


class NobodyHere(ValueError):
    """The person is one with another now, or has been forgotten: nothing happens to such a row."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Personen är hopslagen med en annan, eller pseudonymiserad. Välj den som finns "
                "kvar, eller bjud in på nytt."
            )
        )


class LastAdministrator(ValueError):
    """Without this role nobody could run the installation."""

    def __init__(self) -> None:
        super().__init__(_("Någon måste vara administratör. Gör först någon annan till det."))


@transaction.atomic
def grant_role(
    *,
    person: Person,
    role: str,
    by: Author,
    scope: Record | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    reason: str = "",
    quietly: bool = False,
) -> RoleGrant:
    """Give a person a role, for the whole or within an agreement (ADR 0009), and tell her.

    Args: valid_from, valid_until: first and last day, None for no limit; quietly: she knows of it,
    and gets no notice. Safe to repeat.
    Raises NotAllowed, OwnRole, ScopeNotPossible, PeriodBackwards, RoleAlreadyHeld, Leaves,
    NobodyHere. Queries: 5.
    """
    check_may_give(role, scope, by)
    check_can_be_held(role, scope)
    refuse_self(person, by)
    if valid_from and valid_until and valid_until < valid_from:
        raise PeriodBackwards
    refuse_after_leaving(person, valid_until)
    overlapping = RoleGrant.objects.filter(person=person, role=role, scope=scope)
    if valid_until:
        overlapping = overlapping.filter(Q(valid_from=None) | Q(valid_from__lte=valid_until))
    if valid_from:
        overlapping = overlapping.filter(Q(valid_until=None) | Q(valid_until__gte=valid_from))
    held = overlapping.first()
    if held is not None:
        if (held.valid_from, held.valid_until) == (valid_from, valid_until):
            return held
        raise RoleAlreadyHeld
    granted = RoleGrant.objects.create(
        person=person, role=role, scope=scope, valid_from=valid_from, valid_until=valid_until
    )
    event = log_role(granted, Verb.ADDED, by, reason)
    if not quietly:
        tell(person_ids=[person.pk], kind=Notice.Kind.ROLE_GIVEN, record=None, event=event)
    return granted


@transaction.atomic
def end_role(*, grant: RoleGrant, on: date, by: Author, reason: str, quietly: bool = False) -> None:
    """Let a role count no longer from the day `on`: today ends it at the next request.

    Who had it is told, unless it is done `quietly`. One that had not begun by then is taken away
    (`periods.end_of`). Raises NotAllowed, LastAdministrator, audit.services.ReasonMissing.
    Queries: 8.
    """
    check_may_give(grant.role, grant.scope, by)
    if grant.role == RoleGrant.Role.ADMINISTRATOR:
        check_another_administrator(grant.person)
    end = end_of(grant.valid_from, on - timedelta(days=1), day_of_security())
    if end is not None and (grant.valid_until is None or grant.valid_until > end):
        grant.valid_until = end
    event = log_role(grant, Verb.ENDED, by, reason, never_was=end is None)
    if not quietly:
        kind = Notice.Kind.ROLE_ENDED
        tell(person_ids=[grant.person_id], kind=kind, record=None, event=event)
    if end is None:
        grant.delete()
        return
    grant.save(update_fields=["valid_until"])


@transaction.atomic
def seat_person(
    *,
    body: CollaborationBody,
    person: Person,
    role: str,
    by: Author,
    actor: Actor | None = None,
    function: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
    quietly: bool = False,
) -> Membership:
    """Give a person a seat in a body, as sammankallande or another role.

    Args: actor, function: whom the person sits for, and as what; valid_from, valid_until: first and
    last day, None for no limit; quietly: she knows of it, and gets no notice. A convener may let
    members in. Safe to repeat.
    Raises NotAllowed, OwnRole, PeriodBackwards, RoleAlreadyHeld, Leaves, NobodyHere.
    """
    is_member = role == Membership.Role.MEMBER
    operation = Operation.INVITE_TO_BODY if is_member else Operation.MANAGE_PEOPLE
    check(by, operation, body_id=body.pk)
    refuse_self(person, by)
    if valid_from and valid_until and valid_until < valid_from:
        raise PeriodBackwards
    refuse_after_leaving(person, valid_until)
    overlapping = Membership.objects.filter(body=body, person=person, role=role)
    if valid_until:
        overlapping = overlapping.exclude(valid_from_earliest__gt=valid_until)
    if valid_from:
        overlapping = overlapping.exclude(valid_until_latest__lt=valid_from)
    held = overlapping.first()
    if held is not None:
        if (held.valid_from, held.valid_until) == (_day(valid_from), _day(valid_until)):
            return held
        raise RoleAlreadyHeld
    last = body.seats.order_by("-order").first()
    seat = Membership.objects.create(
        body=body,
        person=person,
        actor=actor,
        role=role,
        function=function,
        order=last.order + 1 if last else 1,
        **columns_of("valid_from", _day(valid_from)),
        **columns_of("valid_until", _day(valid_until)),
    )
    event = write_event(
        by=by,
        verb=Verb.ADDED,
        record_uid=body.uid,
        record_kind=body.record.kind,
        changes={
            "person": (person.key, person.key),
            "seats": ("", seat.role),
            **days_told(valid_from, valid_until, day_of_security()),
        },
    )
    if not quietly:
        kind = Notice.Kind.RESPONSIBILITY
        tell(person_ids=[person.pk], kind=kind, record=body.record, event=event)
    return seat


@transaction.atomic
def affiliate_person(
    *,
    person: Person,
    organisation: Organisation,
    function: str,
    by: Author,
    role: str | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Affiliation:
    """Say where a person works and as what.

    Args: role: an Affiliation.Role; when it is not said, people of the public sector are officers
    of a party and others contributors. Raises NotAllowed, OwnRole, Leaves, NobodyHere.
    """
    check(by, Operation.MANAGE_PEOPLE, owner_id=organisation.pk)
    refuse_self(person, by)
    refuse_after_leaving(person, valid_until)
    if role is None:
        is_public = organisation.sector in _PUBLIC
        role = Affiliation.Role.PARTY_OFFICER if is_public else Affiliation.Role.CONTRIBUTOR
    affiliation = Affiliation.objects.create(
        person=person,
        organisation=organisation,
        function=function,
        role=role,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    write_event(
        by=by,
        verb=Verb.ADDED,
        record_uid=organisation.uid,
        record_kind=organisation.record.kind,
        changes={"affiliations": ("", function)},
    )
    return affiliation


def check_may_give(role: str, scope: Record | None, by: Author) -> None:
    """Raises NotAllowed unless `by` runs the people of that scope; administrators make their like.

    Raises ScopeNotPossible for a scope that no role can have.
    """
    if scope is None:
        check(by, Operation.MANAGE_PEOPLE)
    elif scope.kind in _SCOPES:
        check(by, Operation.MANAGE_PEOPLE, **{_SCOPES[scope.kind]: scope.pk})
    else:
        raise ScopeNotPossible
    if role == RoleGrant.Role.ADMINISTRATOR and scope is None:
        standing = standing_of(by)
        if not standing.is_system and Held(Role.ADMINISTRATOR) not in standing.held:
            raise NotAllowed(Operation.MANAGE_PEOPLE)


def check_can_be_held(role: str, scope: Record | None) -> None:
    """Raises ScopeNotPossible unless the role lies on the whole, or on one agreement.

    What lies on a body or an organisation comes from sitting or working there. An administrator
    is always one for the whole.
    """
    if scope is not None and (
        scope.kind != RecordKind.AGREEMENT or role == RoleGrant.Role.ADMINISTRATOR
    ):
        raise ScopeNotPossible


def refuse_self(person: Person, by: Author) -> None:
    """Raises OwnRole where somebody would give something to themselves."""
    if isinstance(by, User) and by.person_id == person.pk:
        raise OwnRole


def refuse_after_leaving(person: Person, valid_until: date | None) -> None:
    """Raises Leaves where something would last longer than the person is here, and NobodyHere.

    One at a time for each person: of two who give the same, the second sees what the first gave.
    Queries: 1.
    """
    last_day = refuse_nobody(person).left_on
    if last_day is not None and (valid_until is None or valid_until > last_day):
        raise Leaves(last_day)


def refuse_nobody(person: Person) -> Person:
    """The person as she is now, locked. Raises NobodyHere for one who is merged into another or
    forgotten. Queries: 1."""
    now = Person.objects.select_for_update().get(pk=person.pk)
    if now.merged_into_id is not None or now.pseudonymised_at is not None:
        raise NobodyHere
    return now


def _day(day: date | None) -> PartialDate | None:
    return on_day(day) if day else None


def check_another_administrator(person: Person) -> None:
    """Of an administrator: raises LastAdministrator unless somebody else, who can sign in, is one
    without an end."""
    administrators = RoleGrant.objects.select_for_update().filter(
        role=RoleGrant.Role.ADMINISTRATOR, valid_until__isnull=True
    )
    today = day_of_security()
    active = set(User.objects.filter(is_active=True).values_list("person_id", flat=True))
    if not any(
        other.person_id in active and (other.valid_from is None or other.valid_from <= today)
        for other in administrators
        if other.person_id != person.pk
    ):
        raise LastAdministrator


def log_role(
    grant: RoleGrant, verb: str, by: Author, reason: str, *, never_was: bool = False
) -> Event:
    """The person stands in the log by key alone, so that a name can be taken away.

    Args: never_was: it is taken away before it began, so no last day is told.
    """
    added = verb == Verb.ADDED
    begins = grant.valid_from if added else None
    days = {} if never_was else days_told(begins, grant.valid_until, day_of_security())
    return write_event(
        by=by,
        verb=verb,
        record_uid=grant.scope.uid if grant.scope else "",
        record_kind=grant.scope.kind if grant.scope else "USER",
        scope_uid=(
            grant.scope.uid if grant.scope and grant.scope.kind == RecordKind.AGREEMENT else ""
        ),
        changes={
            "person": (grant.person.key, grant.person.key),
            "roles": ("", grant.role) if added else (grant.role, ""),
            **days,
        },
        reason=reason,
    )
