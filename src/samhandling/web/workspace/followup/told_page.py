"""What the page of one network's yearly report shows."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from samhandling.apps.audit.services import Author
from samhandling.apps.followup.models import InitiativeReport, NetworkReport, NetworkStatement
from samhandling.apps.followup.network import told_by
from samhandling.apps.followup.telling import left_to_tell
from samhandling.apps.initiatives.models import Initiative, Status, StatusEvent
from samhandling.apps.initiatives.permissions import visible_to
from samhandling.apps.initiatives.selectors import status_as_told
from samhandling.apps.organisations.permissions import may
from samhandling.apps.records.models import Quantity
from samhandling.core.access import Operation

LEFT_SHOWN = 100  # initiatives left to tell of; they grow fewer as they are told of


@dataclass(frozen=True, slots=True)
class ToldInitiative:
    """An initiative as it was told for the year. `event` None: its status was never told.

    `told_before`: the earlier year that a known status stands from; None where it is this year's;
    `is_below`: it is a part of the whole that stands right above it.
    """

    initiative: Initiative
    told: str
    event: StatusEvent | None
    told_before: int | None
    quantities: list[Quantity]
    is_below: bool


def context(report: NetworkReport, by: Author) -> dict[str, Any]:
    """All that the page shows, as it was told for the report's year. Queries: about 17."""
    agreement = report.round.agreement
    left = left_to_tell(report, by)
    told = next(row for row in told_by(report.body, by) if row.report.pk == report.pk)
    labels = dict(NetworkStatement.Kind.choices)
    return {
        "agreement": agreement,
        "body": report.body,
        "told": told,
        "statements": [(labels[kind], rows) for kind, rows in told.statements.items()],
        "initiatives": _initiatives(report, told.year, by),
        "left": list(left[:LEFT_SHOWN]),
        "left_unshown": max(0, left.count() - LEFT_SHOWN),
        "may_tell": may(
            by, Operation.EDIT_FOLLOW_UP, body_id=report.body_id, agreement_id=agreement.pk
        ),
    }


def _initiatives(report: NetworkReport, year: int, by: Author) -> list[ToldInitiative]:
    seen = visible_to(Initiative.objects.live(), by)
    rows = list(
        InitiativeReport.objects.filter(
            network_report=report, initiative__in=seen.values("pk")
        ).select_related("initiative__record", "initiative__parent__record")
    )
    ids = [row.initiative_id for row in rows]
    statuses = status_as_told(ids, year)
    counted: dict[int, list[Quantity]] = defaultdict(list)
    for quantity in Quantity.objects.live().with_record().filter(about__in=ids, told_for_year=year):
        counted[quantity.about_id].append(quantity)
    shown: list[ToldInitiative] = []
    whole: int | None = None
    for row in rows:
        initiative = row.initiative
        is_below = initiative.parent_id is not None and initiative.parent_id == whole
        whole = whole if is_below else initiative.pk
        event, quantities = statuses.get(initiative.pk), counted[initiative.pk]
        before = _year_before(event, year)
        shown.append(ToldInitiative(initiative, row.told, event, before, quantities, is_below))
    return shown


def _year_before(event: StatusEvent | None, year: int) -> int | None:
    if event is None or event.status == Status.UNKNOWN or event.told_for_year >= year:
        return None
    return event.told_for_year
