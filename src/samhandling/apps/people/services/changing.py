"""What changes about a person while she is with us: name, organisation, sign-in, contact."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from samhandling.apps.accounts.models import Person, Substitution, User
from samhandling.apps.accounts.services import end_sessions, remember_earlier, remember_name
from samhandling.apps.audit.models import Event, Verb
from samhandling.apps.audit.services import Author, write_event
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.permissions import check_can_edit
from samhandling.apps.notices.models import Notice
from samhandling.apps.notices.services import tell
from samhandling.apps.organisations import services as organisations
from samhandling.apps.organisations.models import Affiliation, Membership, Organisation
from samhandling.apps.organisations.periods import (
    begun_by,
    end_of,
    not_over,
    seat_begun_by,
    seat_not_over,
)
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.organisations.services.roles import (
    check_another_administrator,
    refuse_self,
)
from samhandling.apps.people.models import Contact, Departure
from samhandling.apps.people.permissions import administers, check_can_run
from samhandling.apps.people.services.errors import (
    AlreadySubstitutes,
    AlreadyThere,
    ChangedMeanwhile,
    DayTaken,
    HasLeft,
    NothingToStandInFor,
    OwnAccount,
    SamePerson,
)
from samhandling.apps.people.services.invitations import withdraw_invitations_to


@transaction.atomic
def rename_person(*, person: Person, name: str, by: Author, was: str = "") -> None:
    """Correct what a person is called; the log calls her so from then on.

    Args: was: the name that `by` saw.
    Raises NotAllowed, NobodyHere, ChangedMeanwhile when it is another now.
    """
    check_can_run(person, by)
    now = organisations.refuse_nobody(person).name
    if was and " ".join(was.split()) != " ".join(now.split()):
        raise ChangedMeanwhile(now)
    person.name = " ".join(name.split())
    person.save(update_fields=["name"])
    remember_earlier(person, now)
    remember_name(person, log_person(person, Verb.CHANGED, by, {"name": ("", "")}))


@transaction.atomic
def change_organisation(
    *,
    person: Person,
    organisation: Organisation,
    function: str,
    from_day: date,
    by: Author,
    role: str | None = None,
    keeps_other: bool = False,
) -> Affiliation:
    """Let a person work somewhere, or as something else, from a day; what she had there ends.

    The seats, the roles and the contacts that she had for the old organisation end with it: they
    are the organisation's. Args: keeps_other: she works in both.
    Raises NotAllowed, OwnRole, NobodyHere, AlreadyThere, DayTaken. Queries: about 16.
    """
    check_can_run(person, by)
    refuse_self(person, by)
    organisations.refuse_nobody(person)
    last_day = from_day - timedelta(days=1)
    function = " ".join(function.split())
    rows = list(
        Affiliation.objects.select_for_update()
        .filter(not_over(last_day), person=person)
        .order_by("pk")
    )
    for row in rows:
        is_same = row.organisation_id == organisation.pk
        if is_same and row.function == function and role in (None, row.role):
            raise AlreadyThere
        if (is_same or not keeps_other) and row.valid_from and row.valid_from > last_day:
            raise DayTaken(row.valid_from)
        if is_same or not keeps_other:
            organisations.end_affiliation(affiliation=row, last_day=last_day, by=by)
        if not is_same and not keeps_other:
            _end_what_was_the_organisations(person, row.organisation, last_day, by)
    return organisations.affiliate_person(
        person=person,
        organisation=organisation,
        function=function,
        role=role,
        valid_from=from_day,
        by=by,
    )


def _end_what_was_the_organisations(
    person: Person, organisation: Organisation, last_day: date, by: Author
) -> None:
    for seat in Membership.objects.filter(
        seat_not_over(last_day), person=person, actor_id=organisation.pk
    ).select_related("body__record"):
        organisations.end_seat(seat=seat, last_day=last_day, by=by)
    for grant in person.roles.filter(not_over(last_day), scope_id=organisation.pk):
        organisations.end_role(
            grant=grant,
            on=last_day + timedelta(days=1),
            by=by,
            reason=_("Personen byter organisation."),
        )
    owned = Initiative.objects.filter(owner_id=organisation.pk)
    for contact in Contact.objects.filter(
        not_over(last_day), person=person, record_id__in=owned.values("pk")
    ):
        end_contact(contact, last_day)


def end_contact(contact: Contact, last_day: date) -> None:
    """Let a contact end; one that had not begun by then never was (`periods.end_of`)."""
    end = end_of(contact.valid_from, last_day, day_of_security())
    if end is None:
        contact.delete()
        return
    contact.valid_until = end
    contact.save(update_fields=["valid_until"])


@transaction.atomic
def name_contact(*, initiative: Initiative, person: Person | None, by: Author) -> Contact | None:
    """Say who one turns to about an initiative from today; None for nobody.

    Raises NotAllowed for who may not change the initiative, HasLeft. Queries: about 8.
    """
    check_can_edit(initiative, by)
    today = day_of_security()
    if person is not None and not can_be_contact(person):
        raise HasLeft
    if person is not None:
        organisations.refuse_after_leaving(person, None)
    now = (
        Contact.objects.select_for_update()
        .filter(record_id=initiative.pk, valid_until=None)
        .first()
    )
    if now is not None and person is not None and now.person_id == person.pk:
        return now
    if now is None and person is None:
        return None
    if now is not None:
        end_contact(now, today - timedelta(days=1))
    made = None
    if person is not None:
        # Who left today is contact through today; her successor begins all the same.
        made = Contact.objects.create(record_id=initiative.pk, person=person, valid_from=today)
    event = write_event(
        by=by,
        verb=Verb.CHANGED,
        record_uid=initiative.uid,
        record_kind=initiative.record.kind,
        scope_uid=initiative.agreement.uid,
        changes={"contact": (now.person.key if now else "", person.key if person else "")},
    )
    if person is not None:
        kind = Notice.Kind.RESPONSIBILITY
        tell(person_ids=[person.pk], kind=kind, record=initiative.record, event=event)
    return made


def can_be_contact(person: Person) -> bool:
    """Is the person with us: not merged, not gone, and able to sign in? Queries: 1."""
    return (
        person.merged_into_id is None
        and (person.left_on is None or person.left_on >= day_of_security())
        and User.objects.filter(person=person, is_active=True).exists()
    )


@transaction.atomic
def let_substitute(
    *, person: Person, substitute: Person, valid_from: date, valid_until: date, by: Author
) -> Substitution:
    """Let somebody have the person's seats and roles for a time.

    Raises NotAllowed, OwnRole, PeriodBackwards, SamePerson, HasLeft, NobodyHere,
    AlreadySubstitutes, NothingToStandInFor.
    """
    check_can_run(person, by)
    if person.pk == substitute.pk:
        raise SamePerson
    if not can_be_contact(substitute):
        raise HasLeft
    organisations.refuse_nobody(person)
    same = Substitution.objects.filter(
        person=person,
        substitute=substitute,
        valid_from__lte=valid_until,
        valid_until__gte=valid_from,
    )
    if same.exists():
        raise AlreadySubstitutes
    if valid_from <= valid_until and not _has_something(person, valid_from, valid_until):
        raise NothingToStandInFor
    return organisations.substitute_for(
        person=person,
        substitute=substitute,
        valid_from=valid_from,
        valid_until=valid_until,
        by=by,
    )


def _has_something(person: Person, first: date, last: date) -> bool:
    """Has the person a role or a seat on any of the days? Queries: ≤ 2."""
    grants = person.roles.filter(begun_by(last), not_over(first))
    seats = Membership.objects.filter(seat_begun_by(last), seat_not_over(first), person=person)
    return grants.exists() or seats.exists()


@transaction.atomic
def close_sign_in(*, user: User, by: Author, reason: str) -> None:
    """Shut somebody out at once, with a reason; her roles stay, for when it is opened again.

    Raises NotAllowed, NobodyHere, OwnAccount, LastAdministrator. Queries: about 9.
    """
    check_can_run(user.person, by)
    organisations.refuse_nobody(user.person)
    if isinstance(by, User) and by.pk == user.pk:
        raise OwnAccount
    if administers(user.person):
        check_another_administrator(user.person)
    shut_out(user, by)
    log_person(user.person, Verb.CHANGED, by, {"sign_in": ("open", "closed")}, reason)


@transaction.atomic
def open_sign_in(*, user: User, by: Author) -> None:
    """Let somebody sign in again, with nothing of what ended if she left (`undo_leaving`).

    Raises NotAllowed, NobodyHere. Queries: about 8.
    """
    check_can_run(user.person, by)
    organisations.refuse_nobody(user.person)
    user.is_active = True
    user.save(update_fields=["is_active"])
    user.person.left_on = None
    user.person.save(update_fields=["left_on"])
    Departure.objects.filter(person=user.person).delete()
    log_person(user.person, Verb.CHANGED, by, {"sign_in": ("closed", "open")})


def shut_out(user: User, by: Author) -> None:
    """No sign-in and no session from now on, and no open invitation that would give one back."""
    withdraw_invitations_to(user.person, by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)


def log_person(
    person: Person,
    verb: str,
    by: Author,
    changes: dict[str, tuple[object, object]],
    reason: str = "",
) -> Event:
    """The person stands in the log by key alone, so that a name can be taken away."""
    return write_event(
        by=by,
        verb=verb,
        record_uid="",
        record_kind="USER",
        changes={"person": (person.key, person.key), **changes},
        reason=reason,
    )
