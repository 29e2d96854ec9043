"""Asking people to take part: send, send again, take back."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.accounts.selectors import user_with_address
from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author, write_event
from samhandling.apps.organisations.models import CollaborationBody, Organisation
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.organisations.services import Leaves, OwnRole, ScopeNotPossible
from samhandling.apps.organisations.services.roles import check_can_be_held, check_may_give
from samhandling.apps.outbox.services import put_message
from samhandling.apps.people.models import Invitation
from samhandling.apps.people.permissions import can_run_people, check_can_invite
from samhandling.apps.people.selectors.invitations import open_invitations
from samhandling.apps.people.services.errors import (
    AlreadyInvited,
    InvitationOver,
    LastDayPassed,
    NothingToEnd,
    PastTime,
)
from samhandling.apps.records.models import Record

VALID = timedelta(days=14)


@transaction.atomic
def invite(
    *,
    name: str,
    email: str,
    organisation: Organisation,
    function: str,
    by: User,
    role: str = "",
    scope: Record | None = None,
    body: CollaborationBody | None = None,
    seat: str = "",
    valid_until: date | None = None,
    person: Person | None = None,
    language: str = "sv",
) -> Invitation:
    """Ask somebody by mail to take part; what is asked for is hers when she says yes.

    Args: role, scope: as `grant_role`; body, seat: a place in a network or group; valid_until: last
    day of the role and the seat, None for no limit; person: who it is, when she is known already.
    Raises NotAllowed, OwnRole, ScopeNotPossible, LastDayPassed, NothingToEnd, Leaves,
    AlreadyInvited. Side effects: a mail in the outbox. Queries: about 12.
    """
    invitation = Invitation(
        name=" ".join(name.split()),
        email=email.strip().lower(),
        organisation=organisation,
        function=" ".join(function.split()),
        role=role,
        scope=scope,
        body=body,
        seat=seat,
        valid_until=valid_until,
        person=person,
        invited_by=by.person,
    )
    check_can_invite(invitation, by)
    _refuse_oneself(invitation, by)
    if role:
        check_may_give(role, scope, by)
        check_can_be_held(role, scope)
    elif scope is not None:
        raise ScopeNotPossible
    if invitation.is_for_a_past_time:
        raise LastDayPassed
    if valid_until is not None and not role and body is None:
        raise NothingToEnd
    if can_run_people(by):
        _refuse_after_leaving(invitation)
    # One at a time for each inviter, so that a form sent twice makes one invitation.
    Person.objects.select_for_update().get(pk=by.person_id)
    same = {"email": invitation.email, "role": role, "scope": scope, "body": body, "seat": seat}
    if any(not one.is_for_a_past_time for one in open_invitations().filter(**same)):
        raise AlreadyInvited
    _date(invitation)
    invitation.save()
    _log(invitation, Verb.CREATED, by)
    _mail(invitation, language)
    return invitation


@transaction.atomic
def resend_invitation(*, invitation: Invitation, by: User, language: str = "sv") -> None:
    """Send it anew: for another fourteen days, in one's own name; earlier links die.

    Raises NotAllowed, OwnRole, InvitationOver for one that was accepted or taken back, PastTime.
    """
    check_can_invite(invitation, by)
    _refuse_oneself(invitation, by)
    now = _unanswered(invitation)
    if now.valid_until is not None and now.is_for_a_past_time:
        raise PastTime(now.valid_until)
    if now.role:
        check_may_give(now.role, now.scope, by)
    now.round += 1
    now.invited_by = by.person
    _date(now)
    now.save(update_fields=["round", "invited_by", "invited_at", "expires_at"])
    _log(now, Verb.CHANGED, by)
    _mail(now, language)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Author) -> None:
    """Take it back: its link opens nothing any more. Raises NotAllowed, InvitationOver."""
    check_can_invite(invitation, by)
    now = _unanswered(invitation)
    now.withdrawn_at = timezone.now()
    now.save(update_fields=["withdrawn_at"])
    _log(now, Verb.REMOVED, by)


def _refuse_oneself(invitation: Invitation, by: User) -> None:
    """Raises OwnRole for one to the own address: what nobody gives herself it could not give."""
    if user_with_address(invitation.email) == by:
        raise OwnRole


def _refuse_after_leaving(invitation: Invitation) -> None:
    """Raises Leaves where the role or the seat would last longer than the one invited is here.

    For who runs the people, and sees everybody's last day. A convener is refused nothing, or she
    could ask an address whether somebody has it here and leaves: what she gives ends with the last
    day when it is accepted (`accepting`). Queries: 1.
    """
    user = user_with_address(invitation.email)
    last_day = user.person.left_on if user is not None and user.is_active else None
    if last_day is None or last_day < day_of_security():
        return
    is_longer = invitation.valid_until is None or invitation.valid_until > last_day
    if is_longer and (invitation.role or invitation.body is not None):
        raise Leaves(last_day)


def withdraw_invitations_to(person: Person, by: Author) -> None:
    """Take back whatever the person has been asked to and not answered: she has left, or is shut
    out, and a link that lies in her mailbox must not let her in again. Queries: 3, and 4 for each.
    """
    hers = {person.work_email, *User.objects.filter(person=person).values_list("email", flat=True)}
    _withdraw(Q(person=person) | _sent_to(hers), by)


def withdraw_invitations_at(addresses: Iterable[str], by: Author) -> None:
    """Take back what was asked at addresses that their owner has given up. Queries: as above."""
    _withdraw(_sent_to(addresses), by)


def _sent_to(addresses: Iterable[str]) -> Q:
    return Q(email__in={address.lower() for address in addresses if address})


def _withdraw(which: Q, by: Author) -> None:
    rows = (
        Invitation.objects.select_for_update()
        .filter(which, accepted_at=None, withdrawn_at=None)
        .exclude(email="")
    )
    for invitation in rows.order_by("pk"):
        invitation.withdrawn_at = timezone.now()
        invitation.save(update_fields=["withdrawn_at"])
        _log(invitation, Verb.REMOVED, by)


def _unanswered(invitation: Invitation) -> Invitation:
    found = (
        Invitation.objects.select_for_update()
        .filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
        .exclude(email="")
        .first()
    )
    if found is None:
        raise InvitationOver
    return found


def _date(invitation: Invitation) -> None:
    invitation.invited_at = timezone.now()
    invitation.expires_at = invitation.invited_at + VALID


def _mail(invitation: Invitation, language: str) -> None:
    put_message(
        kind="invitation",
        to=invitation.email,
        ids={"invitation": invitation.key, "round": invitation.round},
        language=language,
    )


def _log(invitation: Invitation, verb: str, by: Author) -> None:
    """Nobody's name or address: the invitation is known by its key."""
    write_event(
        by=by,
        verb=verb,
        record_uid="",
        record_kind="INVITATION",
        changes={"invitation": ("", invitation.key)},
    )
