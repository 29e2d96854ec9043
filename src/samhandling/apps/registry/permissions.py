"""What can be registered in a diary, and who may write its case number and secrecy mark."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.audit.services import Author
from samhandling.apps.followup.models import FollowUpRound
from samhandling.apps.initiatives import permissions as initiatives
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.organisations.permissions import NotAllowed, may
from samhandling.apps.records.models import Record, RecordKind
from samhandling.apps.reporting.models import Report
from samhandling.apps.situation import permissions as situation
from samhandling.apps.situation.models import Need
from samhandling.core.access import Operation

# What an authority registers: what is decided, planned, told and answered. What belongs to one of
# these (its money, its counts, its lessons) belongs to its case.
REGISTERED: dict[str, Callable[[], QuerySet[Any]]] = {
    RecordKind.AGREEMENT: lambda: Agreement.objects.select_related("record"),
    RecordKind.INITIATIVE: lambda: Initiative.objects.select_related(
        "record", "agreement__record", "parent__record"
    ),
    RecordKind.NEED: lambda: Need.objects.select_related("record", "agreement__record"),
    RecordKind.ROUND: lambda: FollowUpRound.objects.select_related("record", "agreement__record"),
    RecordKind.REPORT: lambda: Report.objects.select_related("record", "round__agreement__record"),
}


def agreement_of(thing: Any) -> Agreement:
    """The agreement that a registered thing belongs to, or is."""
    match thing:
        case Agreement():
            return thing
        case Report():
            found: Agreement = thing.round.agreement
        case _:
            found = thing.agreement
    return found


def can_register(thing: Any, by: Author | None) -> bool:
    """May `by` write the case number and secrecy mark of a live thing? Whoever keeps it."""
    if isinstance(thing, Initiative):
        return initiatives.can_register(thing, by)
    if isinstance(thing, Need):
        return situation.can_register(thing, by)
    record: Record = thing.record
    return (
        record.kind in REGISTERED
        and record.withdrawn_at is None
        and record.merged_into_id is None
        and may(by, Operation.REGISTER_RECORD, agreement_id=agreement_of(thing).pk)
    )


def check_can_register(thing: Any, by: Author | None) -> None:
    """Raises NotAllowed where `can_register` answers no."""
    if not can_register(thing, by):
        raise NotAllowed(Operation.REGISTER_RECORD)
