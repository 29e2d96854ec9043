"""Invitations: which are open, and which one a link means."""

from django.db.models import QuerySet
from django.utils import timezone

from samhandling.apps.accounts.models import User
from samhandling.apps.people.links import read_token
from samhandling.apps.people.models import Invitation
from samhandling.apps.people.permissions import can_invite

_SHOWN = ("organisation__record", "body__record", "scope", "invited_by", "person")


def unanswered_invitations() -> QuerySet[Invitation]:
    """Those that wait for an answer, and those that became too old without one, until the rules of
    retention have taken away whose they were."""
    rows = Invitation.objects.filter(accepted_at=None, withdrawn_at=None).exclude(email="")
    return rows.select_related(*_SHOWN)


def open_invitations() -> QuerySet[Invitation]:
    """Those that can be accepted as far as time goes."""
    return unanswered_invitations().filter(expires_at__gt=timezone.now())


def inviter_of(invitation: Invitation) -> User | None:
    """The user who invited, while she still may. Queries: up to 5."""
    user = User.objects.filter(person_id=invitation.invited_by_id).select_related("person").first()
    return user if user is not None and can_invite(invitation, user) else None


def invitation_of(token: str) -> Invitation | None:
    """The invitation that a link opens, or None: unknown, used, taken back, too old, sent anew, or
    by somebody who may not invite any more. Queries: 1 for a forged token, up to 6 otherwise."""
    read = read_token(token)
    if read is None:
        return None
    key, round_ = read
    found = open_invitations().filter(key=key, round=round_).first()
    if found is None or inviter_of(found) is None:
        return None
    return found
