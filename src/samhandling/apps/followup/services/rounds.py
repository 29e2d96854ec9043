"""Withdrawing a round that was started by mistake, and taking that back."""

from django.db import transaction

from samhandling.apps.audit.services import Author
from samhandling.apps.followup.models import FollowUpRound
from samhandling.apps.followup.selectors import is_empty
from samhandling.apps.followup.services.errors import RoundNotEmpty
from samhandling.apps.organisations.permissions import check
from samhandling.apps.records.services import lock_record, restore_record, withdraw_record
from samhandling.core.access import Operation


@transaction.atomic
def withdraw_round(*, round: FollowUpRound, reason: str, by: Author) -> None:
    """Take a round out in which nothing is told, learned, recommended or written.

    Raises NotAllowed, RoundNotEmpty, ReasonMissing, AlreadyWithdrawn.
    """
    check(by, Operation.EDIT_GOVERNANCE, agreement_id=round.agreement_id)
    lock_record(round.record)
    if not is_empty(round):
        raise RoundNotEmpty(round.year)
    withdraw_record(record=round.record, reason=reason, by=by, scope_uid=round.agreement.uid)


@transaction.atomic
def restore_round(*, round: FollowUpRound, by: Author) -> None:
    """Take back the withdrawal of a round. Safe to repeat. Raises NotAllowed."""
    check(by, Operation.EDIT_GOVERNANCE, agreement_id=round.agreement_id)
    restore_record(record=round.record, by=by, scope_uid=round.agreement.uid)
