"""Saying yes to an invitation: the link proves the address, so it makes the account."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from samhandling.apps.accounts.models import Person, RoleGrant, User
from samhandling.apps.accounts.selectors import user_with_address
from samhandling.apps.accounts.services import log_user, remember_earlier
from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import write_event
from samhandling.apps.organisations.models import Affiliation, Membership
from samhandling.apps.organisations.periods import in_force, not_covered
from samhandling.apps.organisations.permissions import NotAllowed, day_of_security, may
from samhandling.apps.organisations.services import (
    Leaves,
    OwnRole,
    ScopeNotPossible,
    affiliate_person,
    grant_role,
    seat_person,
)
from samhandling.apps.people.models import Departure, Invitation, as_they_are
from samhandling.apps.people.permissions import check_can_run
from samhandling.apps.people.selectors.invitations import inviter_of
from samhandling.apps.people.services.errors import (
    InvitationOver,
    OtherAddress,
    PastTime,
    SignInFirst,
)
from samhandling.core.access import Operation
from samhandling.core.partial_date import on_day


@dataclass(frozen=True, slots=True)
class Accepted:
    """Who said yes. Only a new account may be signed in to at once: others may ask for more than
    the mail address, such as a second factor."""

    user: User
    is_new: bool


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, by: User | None, name: str = "", function: str = ""
) -> Accepted:
    """Take what one was invited to; who has no account gets one, without a password.

    Args: by: who is signed in, None for nobody; name, function: as the person herself writes them,
    for a new account. What is given is given by the inviter, with the reach she has now.
    Raises InvitationOver, PastTime, SignInFirst, OtherAddress. Queries: about 30.
    """
    inviter = inviter_of(invitation)
    if inviter is None:
        raise InvitationOver
    if invitation.valid_until is not None and invitation.is_for_a_past_time:
        raise PastTime(invitation.valid_until)
    user = user_with_address(invitation.email)
    if by is not None and (user is None or by.pk != user.pk):
        raise OtherAddress
    if by is None and user is not None and user.is_active:
        raise SignInFirst
    # Only who could open the sign-in lets somebody back in; what was sent before it was closed was
    # taken back then.
    if user is not None and not user.is_active:
        try:
            check_can_run(user.person, inviter)
        except NotAllowed as refused:
            raise InvitationOver from refused
    if user is not None and user.is_active and _has_gone(user.person):
        raise InvitationOver
    # One UPDATE that only one of two who say yes at once can win; the other finds nothing open.
    person = user.person if user is not None else _person_to_be(invitation, name)
    taken = Invitation.objects.filter(
        pk=invitation.pk,
        round=invitation.round,
        accepted_at=None,
        withdrawn_at=None,
        expires_at__gt=timezone.now(),
    ).update(accepted_at=timezone.now(), person=person)
    if not taken:
        raise InvitationOver
    is_new = user is None
    if user is None:
        user = _new_user(invitation, person)
    elif not user.is_active:
        _let_back_in(user)
    write_event(
        by=user,
        verb=Verb.ANSWERED,
        record_uid="",
        record_kind="INVITATION",
        changes={"invitation": ("", invitation.key), "person": ("", user.person_key)},
    )
    function = " ".join(function.split()) if is_new else ""
    try:
        _give(invitation, person, function or invitation.function, inviter)
    except (NotAllowed, Leaves, OwnRole, ScopeNotPossible) as refused:
        raise InvitationOver from refused
    user.__dict__.pop("_standing", None)
    return Accepted(user, is_new)


def _has_gone(person: Person) -> bool:
    """Has her last day passed, though the clock has not shut her sign-in yet? Nothing given now
    could last that long, and an open sign-in lets nobody back who has left."""
    left_on = Person.objects.select_for_update().get(pk=person.pk).left_on
    return left_on is not None and left_on < day_of_security()


def _person_to_be(invitation: Invitation, name: str) -> Person:
    """Who it is for when she was known, otherwise somebody new, by the name she writes herself."""
    person = invitation.person
    if person is None or User.objects.filter(person=person).exists():
        person = Person()
    before = (person.name, person.work_email)
    person.name = " ".join(name.split()) or invitation.name
    person.work_email = invitation.email
    person.left_on = None
    person.save()
    Departure.objects.filter(person=person).delete()
    remember_earlier(person, *before)
    return person


def _new_user(invitation: Invitation, person: Person) -> User:
    user = User(email=invitation.email, person=person, password=make_password(None))
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as meanwhile:
        raise SignInFirst from meanwhile
    log_user(user, Verb.CREATED, by=user)
    return user


def _let_back_in(user: User) -> None:
    user.is_active = True
    user.save(update_fields=["is_active"])
    user.person.left_on = None
    user.person.save(update_fields=["left_on"])
    Departure.objects.filter(person=user.person).delete()


def _give(invitation: Invitation, person: Person, function: str, inviter: User) -> None:
    """A convener gives a seat alone: where somebody works decides which drafts she sees, and that
    is for those who run the people to say. The seat tells what was said of it.

    Who is to leave works and sits there to her last day, and longer when her leaving is undone. A
    role for longer than that nobody could ask for (`invite`)."""
    last_day, until = person.left_on, invitation.valid_until
    if last_day is not None and (until is None or until > last_day):
        until = last_day
    cut: list[tuple[Any, Any]] = []  # a row, and the last day it was meant to have
    organisation = invitation.organisation
    works_there = Affiliation.objects.filter(
        in_force(day_of_security()), person=person, organisation=organisation
    ).exists()
    if not works_there and may(inviter, Operation.MANAGE_PEOPLE, owner_id=organisation.pk):
        work = affiliate_person(
            person=person,
            organisation=organisation,
            function=function,
            valid_from=day_of_security(),
            valid_until=last_day,
            by=inviter,
        )
        cut.append((work, None))
    # What she has already is not given twice, and the time she lacks it is filled up.
    if invitation.role:
        grants = RoleGrant.objects.filter(
            person=person, role=invitation.role, scope=invitation.scope
        ).values_list("valid_from", "valid_until")
        for begins, ends in not_covered(grants, day_of_security(), invitation.valid_until):
            grant_role(
                person=person,
                role=invitation.role,
                scope=invitation.scope,
                valid_from=begins,
                valid_until=ends,
                by=inviter,
                quietly=True,  # she said yes to it herself
            )
    if invitation.body is not None:
        seats = Membership.objects.filter(
            body=invitation.body, person=person, role=invitation.seat
        ).values_list("valid_from_earliest", "valid_until_latest")
        for begins, ends in not_covered(seats, day_of_security(), until):
            seat = seat_person(
                body=invitation.body,
                person=person,
                role=invitation.seat,
                actor=organisation,
                function=function,
                valid_from=begins,
                valid_until=ends,
                by=inviter,
                quietly=True,  # she said yes to it herself
            )
            if ends == last_day:
                asked = invitation.valid_until
                cut.append((seat, on_day(asked) if asked else None))
    if last_day is not None:
        _lasts_if_she_stays(person, cut)


def _lasts_if_she_stays(person: Person, cut: list[tuple[Any, Any]]) -> None:
    """Remember until when what ends with her last day was meant to last (`undo_leaving`)."""
    departure = Departure.objects.select_for_update().filter(person=person).first()
    if departure is None:
        return
    for row, asked in cut:
        row.valid_until = asked
    departure.ended += as_they_are([row for row, _asked in cut])
    departure.save(update_fields=["ended"])
