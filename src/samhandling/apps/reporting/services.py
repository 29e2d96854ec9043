"""The door through which reports are written."""

from django.db import transaction

from samhandling.apps.audit.services import Author
from samhandling.apps.followup.models import FollowUpRound
from samhandling.apps.organisations.permissions import check
from samhandling.apps.records.services import register
from samhandling.apps.reporting.models import Report
from samhandling.core.access import Operation


@transaction.atomic
def create_report(
    *,
    round: FollowUpRound,
    outline: str,
    title: str,
    by: Author,
    subtitle: str = "",
    source_key: str | None = None,
) -> Report:
    """Begin a report of a round. Args: outline: name of a file in data/outlines, no ending."""
    check(by, Operation.MOVE_REPORT)
    return register(
        Report,
        title=title,
        by=by,
        source_key=source_key,
        scope_uid=round.agreement.uid,
        round=round,
        outline=outline,
        subtitle=subtitle,
    )
