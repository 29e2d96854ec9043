"""What is known of a round; withdrawing one that was started by mistake, and taking that back."""

from django.db import transaction

from samhandling.apps.audit.services import Author
from samhandling.apps.followup.models import FollowUpRound
from samhandling.apps.followup.selectors import is_empty
from samhandling.apps.followup.services.errors import RoundNotEmpty
from samhandling.apps.followup.services.log import log_change
from samhandling.apps.organisations.models import Actor, Organisation
from samhandling.apps.organisations.permissions import check
from samhandling.apps.records.services import diff, lock_record, restore_record, withdraw_record
from samhandling.core.access import Operation


@transaction.atomic
def change_round(
    *,
    round: FollowUpRound,
    state: str,
    task_giver: Actor | None = None,
    carried_out_by: Organisation | None = None,
    next_step: str = "",
    by: Author,
) -> FollowUpRound:
    """Say who gave the task of a round and who does it, what comes next and how far it has come.

    Writes one event with what differs, and none when nothing does. Raises NotAllowed.
    """
    check(by, Operation.EDIT_GOVERNANCE, agreement_id=round.agreement_id)
    lock_record(round.record)
    values = {
        "task_giver": task_giver,
        "carried_out_by": carried_out_by,
        "next_step": next_step.strip(),
        "state": FollowUpRound.State(state),
    }
    changes = diff(round, values)
    for name, value in values.items():
        setattr(round, name, value)
    round.save(update_fields=[*values])
    log_change(by, round.record, round.agreement, changes)
    return round


def set_going(round: FollowUpRound, by: Author) -> None:
    """What is first told sets a planned round going; one that has begun stays as it is."""
    planned, collecting = FollowUpRound.State.PLANNED, FollowUpRound.State.COLLECTING
    if FollowUpRound.objects.filter(pk=round.pk, state=planned).update(state=collecting):
        log_change(by, round.record, round.agreement, {"state": (planned, collecting)})


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
