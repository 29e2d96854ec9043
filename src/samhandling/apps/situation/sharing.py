"""The way of an initiative or a need from draft to all parties: submitted, returned, approved.

Where the agreement wants approval its owner submits and somebody who answers for the whole returns
it with a reason or approves it, another than the one who submitted if anybody is; otherwise the
owner shares. The steps are data in core.lifecycle.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from samhandling.apps.accounts.models import User
from samhandling.apps.agreements.models import Agreement
from samhandling.apps.audit.models import Event, Verb
from samhandling.apps.audit.services import Author, ReasonMissing
from samhandling.apps.notices.selectors import follower_ids
from samhandling.apps.organisations.permissions import may
from samhandling.apps.records.models import Record
from samhandling.apps.situation.models import Sharing
from samhandling.core import lifecycle
from samhandling.core.access import Operation


class AlreadyShared(ValueError):
    """Sharing is done once; only withdrawal takes it back."""

    def __init__(self) -> None:
        super().__init__(_("Den är redan delad."))


class ApprovalWanted(ValueError):
    """Something was to be shared that the agreement wants approved first."""

    def __init__(self) -> None:
        super().__init__(
            _("Det som delas inom överenskommelsen ska godkännas först. Skicka in det i stället.")
        )


class SharingHasMoved(ValueError):
    """The step is not possible, or no longer: somebody else was first."""

    def __init__(self) -> None:
        super().__init__(_("Läget har ändrats under tiden. Läs in sidan igen."))


class OwnSubmission(ValueError):
    """Somebody was to approve what they submitted themselves, though others can."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            _("Du skickade in den själv. Någon annan godkänner: %(names)s.")
            % {"names": ", ".join(names)}
        )


_VERBS = {
    Sharing.SUBMITTED: Verb.SUBMITTED,
    Sharing.DRAFT: Verb.TAKEN_BACK,
    Sharing.RETURNED: Verb.RETURNED,
}


def move_sharing(thing: Any, to: Sharing, *, reason: str = "", approved: bool = False) -> Verb:
    """Take an initiative or a need one step; returns what to write in the log.

    Args: approved: by somebody who answers for the whole, not by its owner.
    Raises AlreadyShared, ApprovalWanted, SharingHasMoved, ReasonMissing. Who may is the caller's
    question. Queries: 1.
    """
    before = lifecycle.SharingState(thing.sharing)
    wanted = thing.agreement.wants_approval
    table = lifecycle.SHARING if wanted else lifecycle.SHARING_WITHOUT_APPROVAL
    if to == Sharing.SHARED and not approved and wanted and before != Sharing.SHARED:
        raise ApprovalWanted
    try:
        lifecycle.check_transition(before, lifecycle.SharingState(to), reason=reason, table=table)
    except lifecycle.ReasonMissing as fault:
        raise ReasonMissing(_("Skriv vad som behöver ändras.")) from fault
    except lifecycle.TransitionNotAllowed as fault:
        if before == Sharing.SHARED:
            raise AlreadyShared from fault
        raise SharingHasMoved from fault
    now = timezone.now()
    values: dict[str, Any] = {
        "sharing": to,
        "return_reason": reason.strip() if to == Sharing.RETURNED else "",
    }
    if to != Sharing.SHARED:
        # What went back is its own people's again: for who approves it has not been submitted.
        values["submitted_at"] = now if to == Sharing.SUBMITTED else None
    if to == Sharing.SHARED:
        values["shared_at"] = now
    # Of two who decide at once, the second finds another state and is told so.
    same = type(thing).objects.filter(pk=thing.pk, sharing=before)
    if not same.update(**values):
        raise SharingHasMoved
    for name, value in values.items():
        setattr(thing, name, value)
    if to == Sharing.SHARED:
        return Verb.APPROVED if approved else Verb.SHARED
    return _VERBS[to]


def submitter_key(record: Record) -> str:
    """The key of whoever submitted it last, empty when nobody has. Queries: 1."""
    submitted = Event.objects.filter(record_uid=record.uid, verb=Verb.SUBMITTED).order_by("-pk")
    return submitted.values_list("actor_key", flat=True).first() or ""


def others_who_approve(record: Record, approvers: set[int], by: Author) -> list[str]:
    """Names of those who approve instead of `by`, because `by` submitted it; else none.

    Whoever is alone to approve may approve what she has submitted, so that nothing is stuck.
    Args: approvers: ids of the people who may approve it. Queries: ≤ 2.
    """
    if not isinstance(by, User) or submitter_key(record) != by.person_key:
        return []
    others = User.objects.filter(person__in=approvers - {by.person_id}, is_active=True)
    return list(others.order_by("person__name").values_list("person__name", flat=True))


def followers_who_see(record: Record, sees: Callable[[User], bool]) -> set[int]:
    """Ids of the people who follow it and see it now: they may have begun when they saw it.

    Queries: 2, and those of `sees` for each.
    """
    users = User.objects.filter(person__in=follower_ids(record), is_active=True)
    return {user.person_id for user in users.select_related("person") if sees(user)}


def check_direct(agreement: Agreement, sharing: str, by: Author) -> None:
    """Shared from the start only where that needs no approval, or by one who gives it.

    Raises ApprovalWanted.
    """
    if (
        sharing == Sharing.SHARED
        and agreement.wants_approval
        and not may(by, Operation.APPROVE_SHARING, agreement_id=agreement.pk)
    ):
        raise ApprovalWanted
