"""When somebody leaves, and when somebody takes over what she had."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from samhandling.apps.accounts.models import Person, RoleGrant, Substitution, User
from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author, SystemAuthor, write_event
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.notices.models import Notice
from samhandling.apps.notices.services import tell
from samhandling.apps.organisations import services as organisations
from samhandling.apps.organisations.models import Affiliation, CollaborationBody, Membership
from samhandling.apps.organisations.periods import seat_not_over
from samhandling.apps.organisations.permissions import check, day_of_security
from samhandling.apps.people.models import Contact, Departure, as_they_are
from samhandling.apps.people.permissions import check_can_run
from samhandling.apps.people.selectors.contacts import contact_of
from samhandling.apps.people.selectors.hanging import CONVENING, Hanging, came_on, hanging_on
from samhandling.apps.people.selectors.lacking import bodies_lacking
from samhandling.apps.people.selectors.quiet import quiet_people
from samhandling.apps.people.selectors.register import gone
from samhandling.apps.people.services.changing import (
    end_contact,
    log_person,
    name_contact,
    shut_out,
)
from samhandling.apps.people.services.errors import BeforeComing, NotLacking
from samhandling.apps.people.services.invitations import withdraw_invitations_to
from samhandling.apps.people.services.undoing import (
    give_back_what_ended,
    substituting_again,
)
from samhandling.apps.records.fields import columns_of
from samhandling.core.access import Operation
from samhandling.core.partial_date import on_day
from samhandling.core.retention import QUIET_DAYS

CLOCK = SystemAuthor("system-clock", "Klockan")


@transaction.atomic
def leave(
    *, person: Person, last_day: date, by: Author, close_now: bool = False, reason: str = ""
) -> None:
    """Let a person leave: everything she has ends with the last day, and she is signed out then.

    Invitations that she has not answered are taken back. What hung on her is from the next day
    shown as lacking somebody (selectors.lacking).
    She is told, and whoever substitutes for her or whom she substitutes for, also where that holds
    again since the day is a later one.
    Who was to leave on another day leaves on this one instead. It can be undone (`undo_leaving`).
    Args: close_now: her sessions end at once and not with the last day.
    Raises NotAllowed, NobodyHere, LastAdministrator, BeforeComing. Queries: about 14, and 4 for
    each thing that ends.
    """
    check_can_run(person, by)
    organisations.refuse_nobody(person)
    if person.left_on is not None and person.left_on < last_day:
        organisations.refuse_self(person, by)
    came_back = give_back_what_ended(person, by)
    came = came_on(person)
    if came is not None and last_day < came:
        raise BeforeComing(came)
    hers = hanging_on(person)
    ending = _outlasting(hers, last_day)
    kept = as_they_are([row for rows in ending for row in rows])
    grants, seats, works, contacts, substitutions = ending
    for grant in grants:
        organisations.end_role(
            grant=grant,
            on=last_day + timedelta(days=1),
            by=by,
            # Hers may stand in an agreement's history, which all read.
            reason=_("Personen slutar."),
            quietly=True,
        )
    for seat in seats:
        organisations.end_seat(seat=seat, last_day=last_day, by=by, quietly=True)
    for work in works:
        organisations.end_affiliation(affiliation=work, last_day=last_day, by=by)
    for contact in contacts:
        end_contact(contact, last_day)
    others = set()
    for substitution in substitutions:
        organisations.end_substitution(
            substitution=substitution, last_day=last_day, by=by, quietly=True
        )
        others.add(substitution.person_id)
        others.add(substitution.substitute_id)
    person.left_on = last_day
    person.save(update_fields=["left_on"])
    withdraw_invitations_to(person, by)
    user = User.objects.filter(person=person, is_active=True).first()
    closes = user is not None and (close_now or last_day < day_of_security())
    Departure.objects.update_or_create(
        person=person, defaults={"ended": kept, "closed_sign_in": closes}
    )
    if user is not None and closes:
        shut_out(user, by)
    event = log_person(person, Verb.CHANGED, by, {"left_on": ("", last_day)}, reason)
    # One notice of all that ends, to her and to those who were to substitute.
    kind = Notice.Kind.LEAVING
    tell(person_ids={person.pk, *others}, kind=kind, record=None, event=event)
    if came_back is not None:
        again = substituting_again(person, came_back) - others
        tell(person_ids=again, kind=Notice.Kind.STAYING, record=None, event=event)


def _outlasting(
    hers: Hanging, last_day: date
) -> tuple[list[RoleGrant], list[Membership], list[Affiliation], list[Contact], list[Substitution]]:
    """Of what hangs on somebody, what would last longer than the day."""

    def lasts(end: date | None) -> bool:
        return end is None or end > last_day

    return (
        [row for row in hers.holds if lasts(row.valid_until)],
        [
            row
            for row in [*hers.convenes, *hers.sits]
            if lasts(row.valid_until.latest if row.valid_until else None)
        ],
        [row for row in hers.works if lasts(row.valid_until)],
        [row for row in hers.contact_for if lasts(row.valid_until)],
        [row for row in [*hers.substitutes_for, *hers.substituted_by] if lasts(row.valid_until)],
    )


@transaction.atomic
def close_those_who_left() -> int:
    """Sign out those whose last day has passed; how many. Their roles ended by themselves."""
    gone = User.objects.filter(is_active=True, person__left_on__lt=day_of_security())
    rows = list(gone.select_related("person"))
    for user in rows:
        shut_out(user, CLOCK)
        Departure.objects.filter(person=user.person).update(closed_sign_in=True)
        log_person(user.person, Verb.CHANGED, CLOCK, {"sign_in": ("open", "closed")})
    return len(rows)


def let_the_quiet_leave() -> int:
    """Let those leave who have had no role, seat or employment for long; how many. Nobody may have
    thought of saying that they left, and the time they are kept is counted from that.

    Side effects: an event for each, and the sign-in is shut. Queries: those of quiet_people, and
    about 15 for each who leaves.
    """
    found = quiet_people()
    for one in found:
        leave(
            person=one.person,
            last_day=one.last_day,
            by=CLOCK,
            reason=_("Har inte haft någon roll, plats eller tjänst på %(days)d dagar.")
            % {"days": QUIET_DAYS},
        )
    return len(found)


@transaction.atomic
def take_over_body(*, body: CollaborationBody, by: User) -> Membership:
    """Become the convener of a network that lacks one; for its deputy.

    Raises NotAllowed, NotLacking when somebody was quicker. Queries: about 8.
    """
    check(by, Operation.TAKE_OVER_BODY, body_id=body.pk)
    return _convene(body, by.person, by)


@transaction.atomic
def appoint_convener(*, body: CollaborationBody, person: Person, by: Author) -> Membership:
    """Make somebody the convener of a network that lacks one; for those who run the people.

    Raises NotAllowed, OwnRole, NotLacking. Queries: about 8.
    """
    check(by, Operation.MANAGE_PEOPLE, body_id=body.pk)
    organisations.refuse_self(person, by)
    return _convene(body, person, by)


def _convene(body: CollaborationBody, person: Person, by: Author) -> Membership:
    # One at a time for each body, so that of two who take over one is told.
    locked = CollaborationBody.objects.select_for_update(of=("self",)).get(pk=body.pk)
    if not bodies_lacking([locked.pk]):
        raise NotLacking
    organisations.refuse_after_leaving(person, None)
    today = day_of_security()
    # Whoever is shut out has had the seat until now: it is not hers again when she is let in.
    for left in Membership.objects.filter(
        gone("person__"), seat_not_over(today), body=body, role__in=CONVENING
    ).select_related("body__record", "person"):
        organisations.conclude_seat(left, today - timedelta(days=1), by)
    last = body.seats.order_by("-order").first()
    works = Affiliation.objects.filter(person=person, valid_until=None).order_by("pk").first()
    seat = Membership.objects.create(
        body=body,
        person=person,
        actor_id=works.organisation_id if works else None,
        role=Membership.Role.CONVENER,
        order=last.order + 1 if last else 1,
        **columns_of("valid_from", on_day(today)),
    )
    event = write_event(
        by=by,
        verb=Verb.ADDED,
        record_uid=body.uid,
        record_kind=body.record.kind,
        changes={"person": (person.key, person.key), "seats": ("", seat.role)},
    )
    kind = Notice.Kind.RESPONSIBILITY
    tell(person_ids=[person.pk], kind=kind, record=body.record, event=event)
    return seat


@transaction.atomic
def take_over_contact(*, initiative: Initiative, by: User) -> Contact | None:
    """Become the contact of an initiative that lacks one; for those who may change it.

    Raises NotAllowed, NotLacking when somebody was quicker. Queries: about 9.
    """
    if contact_of(initiative.pk).person is not None:
        raise NotLacking
    return name_contact(initiative=initiative, person=by.person, by=by)
