"""Who may run the people, invite, and take over what somebody has left behind."""

from samhandling.apps.accounts.models import Person, RoleGrant
from samhandling.apps.audit.services import Author
from samhandling.apps.organisations.models import CollaborationBody, Membership
from samhandling.apps.organisations.permissions import (
    NotAllowed,
    check,
    day_of_security,
    may,
    standing_of,
)
from samhandling.apps.people.models import Invitation
from samhandling.core.access import Held, Operation, Role


def can_run_people(by: Author | None) -> bool:
    """May `by` see and run all people?"""
    return may(by, Operation.MANAGE_PEOPLE)


def check_can_run_people(by: Author | None) -> None:
    """Raises NotAllowed where `can_run_people` answers no."""
    check(by, Operation.MANAGE_PEOPLE)


def is_administrator(by: Author | None) -> bool:
    """Is `by` an administrator, or the system itself?"""
    standing = standing_of(by)
    return standing.is_system or Held(Role.ADMINISTRATOR) in standing.held


def administers(person: Person) -> bool:
    """Is the person an administrator, now or from a later day? Queries: 1."""
    grants = RoleGrant.objects.filter(person=person, role=RoleGrant.Role.ADMINISTRATOR)
    return any(
        grant.valid_until is None or grant.valid_until >= day_of_security() for grant in grants
    )


def check_can_run(person: Person, by: Author | None) -> None:
    """Raises NotAllowed unless `by` may change this person: only administrators an administrator.

    Otherwise a process leader could shut the administrators out.
    """
    check_can_run_people(by)
    if administers(person) and not is_administrator(by):
        raise NotAllowed(Operation.MANAGE_PEOPLE)


def can_change_ways_in(person: Person, by: Author | None) -> bool:
    """May `by` change what opens this person's account? Only an administrator: whoever does could
    otherwise sign in as somebody else. Nobody of one who is merged, or forgotten."""
    is_there = person.merged_into_id is None and person.pseudonymised_at is None
    return can_run_people(by) and is_administrator(by) and is_there


def check_can_change_ways_in(person: Person, by: Author | None) -> None:
    """Raises NotAllowed where `can_change_ways_in` answers no."""
    if not can_change_ways_in(person, by):
        raise NotAllowed(Operation.MANAGE_PEOPLE)


def can_invite_to(body: CollaborationBody, by: Author | None) -> bool:
    """May `by` invite members to this network or group?"""
    return may(by, Operation.INVITE_TO_BODY, body_id=body.pk)


def can_invite(invitation: Invitation, by: Author | None) -> bool:
    """May `by` send, send again or take back this invitation?

    Who runs the people may all; a convener those to a member's seat in the own body and nothing
    more.
    """
    if can_run_people(by):
        is_admin = invitation.role == RoleGrant.Role.ADMINISTRATOR
        return not is_admin or is_administrator(by)
    return (
        invitation.body is not None
        and invitation.seat == Membership.Role.MEMBER
        and not invitation.role
        and can_invite_to(invitation.body, by)
    )


def check_can_invite(invitation: Invitation, by: Author | None) -> None:
    """Raises NotAllowed where `can_invite` answers no."""
    if not can_invite(invitation, by):
        raise NotAllowed(Operation.INVITE_TO_BODY)
