"""The way of an initiative from draft to all parties; its parts go with it."""

from django.db import transaction

from samhandling.apps.audit.models import Event
from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.permissions import (
    approvers_of,
    can_approve,
    can_read,
    check_can_share,
)
from samhandling.apps.initiatives.services.written_fields import log
from samhandling.apps.notices.models import Notice
from samhandling.apps.notices.services import follow, tell
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.situation.models import Sharing
from samhandling.apps.situation.sharing import (
    OwnSubmission,
    followers_who_see,
    move_sharing,
    others_who_approve,
)
from samhandling.core.access import Operation


@transaction.atomic
def share_initiative(*, initiative: Initiative, by: Author) -> Initiative:
    """Show a draft and its parts to all parties, from now on; only withdrawal takes it back.

    Raises AlreadyShared, ApprovalWanted, NotAllowed.
    """
    check_can_share(initiative, by)
    _move(initiative, Sharing.SHARED, by)
    return initiative


@transaction.atomic
def submit_initiative(*, initiative: Initiative, by: Author) -> Initiative:
    """Ask those who approve to let it be shared; they see it from now on and get a notice.

    Raises AlreadyShared, SharingHasMoved, NotAllowed.
    """
    check_can_share(initiative, by)
    event = _move(initiative, Sharing.SUBMITTED, by)
    follow(record=initiative.record, by=by)
    record = initiative.record
    tell(
        person_ids=approvers_of(initiative), kind=Notice.Kind.SUBMITTED, record=record, event=event
    )
    return initiative


@transaction.atomic
def take_back_initiative(*, initiative: Initiative, by: Author) -> Initiative:
    """Make it a draft again before anybody has decided. Raises SharingHasMoved, NotAllowed."""
    check_can_share(initiative, by)
    _move(initiative, Sharing.DRAFT, by)
    return initiative


@transaction.atomic
def return_initiative(*, initiative: Initiative, reason: str, by: Author) -> Initiative:
    """Give it back to its owner, saying what is missing; those who follow it get a notice.

    Raises ReasonMissing, SharingHasMoved, NotAllowed.
    """
    return _decide(initiative, Sharing.RETURNED, Notice.Kind.RETURNED, by, reason)


@transaction.atomic
def approve_initiative(*, initiative: Initiative, by: Author) -> Initiative:
    """Let all parties see it and its parts; those who follow it get a notice.

    Raises OwnSubmission, SharingHasMoved, NotAllowed.
    """
    if others := who_approves_instead(initiative, by):
        raise OwnSubmission(others)
    return _decide(initiative, Sharing.SHARED, Notice.Kind.APPROVED, by)


def who_approves_instead(initiative: Initiative, by: Author) -> list[str]:
    """Names of those who approve it because `by` submitted it; none when `by` may. Queries: ≤ 4."""
    return others_who_approve(initiative.record, approvers_of(initiative), by)


def _decide(
    initiative: Initiative, to: Sharing, kind: str, by: Author, reason: str = ""
) -> Initiative:
    if not can_approve(initiative, by):
        raise NotAllowed(Operation.APPROVE_SHARING)
    event = _move(initiative, to, by, reason, approved=True)
    record = initiative.record
    followers = followers_who_see(record, lambda user: can_read(initiative, user))
    tell(person_ids=followers, kind=kind, record=record, event=event)
    return initiative


def _move(
    initiative: Initiative, to: Sharing, by: Author, reason: str = "", *, approved: bool = False
) -> Event:
    verb = move_sharing(initiative, to, reason=reason, approved=approved)
    Initiative.objects.filter(parent=initiative).exclude(sharing=Sharing.SHARED).update(
        sharing=initiative.sharing,
        shared_at=initiative.shared_at,
        submitted_at=initiative.submitted_at,
        return_reason=initiative.return_reason,
    )
    return log(initiative, verb, by, None, reason)
