"""Starting a new year's follow-up: an empty one, so that nothing is carried over unseen."""

from datetime import date

from django.db import transaction

from samhandling.apps.agreements.models import Agreement, NetworkAssignment
from samhandling.apps.audit.services import Author
from samhandling.apps.followup.models import FollowUpRound
from samhandling.apps.followup.services.creation import create_network_report, create_round
from samhandling.apps.followup.services.errors import RoundExists, RoundWithdrawn, TooEarly
from samhandling.apps.organisations.models import CollaborationBody
from samhandling.apps.organisations.permissions import check
from samhandling.core.access import Operation
from samhandling.core.partial_date import in_year


@transaction.atomic
def start_round(
    *, agreement: Agreement, year: int, today: date | None = None, by: Author
) -> FollowUpRound:
    """Open `year`'s follow-up with an empty report for each network, and nothing else.

    What is told for a year hangs on its round (ADR 0004), so nothing of an earlier year is copied
    but the list of networks: those of the latest round that have not been closed since, or without
    any round those that the agreement's plan was handed to. Who gives the task stays unknown.

    Args: today: the day it is started; None for what is taken over from elsewhere.
    Raises NotAllowed; RoundExists; RoundWithdrawn; TooEarly for a year after the next.
    """
    check(by, Operation.EDIT_GOVERNANCE, agreement_id=agreement.pk)
    of_year = FollowUpRound.objects.filter(agreement=agreement, year=year)
    if held := of_year.select_related("record").first():
        raise RoundWithdrawn(year) if held.record.withdrawn_at else RoundExists(year)
    if today is not None and year > last_to_start(today):
        raise TooEarly(year, last_to_start(today))
    earlier = (
        FollowUpRound.objects.live()
        .filter(agreement=agreement, year__lt=year)
        .order_by("-year")
        .first()
    )
    started = create_round(
        agreement=agreement,
        year=year,
        title=f"Uppföljning {year}",  # content, the same whoever starts it
        title_en=f"Follow-up {year}",
        period=in_year(year),
        by=by,
    )
    bodies = _networks(agreement, earlier)
    for order, (body, area_id) in enumerate(bodies, 1):
        create_network_report(round=started, body=body, focus_area_id=area_id, order=order, by=by)
    return started


def last_to_start(today: date) -> int:
    """The last year whose follow-up can be started: next year's may be prepared."""
    return today.year + 1


def _networks(
    agreement: Agreement, earlier: FollowUpRound | None
) -> list[tuple[CollaborationBody, int | None]]:
    """The networks to ask, each with the focus area it is told under."""
    closed = CollaborationBody.State.CLOSED
    if earlier is not None:
        reports = earlier.network_reports.select_related("body__record").exclude(body__state=closed)
        return [
            (report.body, report.focus_area_id)
            for report in reports
            if report.body.record.withdrawn_at is None and report.body.record.merged_into_id is None
        ]
    assigned = NetworkAssignment.objects.filter(
        agreement=agreement,
        is_counted=True,
        body__record__withdrawn_at=None,
        body__record__merged_into=None,
    ).exclude(body__state=closed)
    return [(assignment.body, None) for assignment in assigned.select_related("body__record")]
