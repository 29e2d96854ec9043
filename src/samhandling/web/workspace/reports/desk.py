"""What stands around a report: its outline with each section's state, and its life."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from samhandling.apps.accounts.models import User
from samhandling.apps.organisations.permissions import may
from samhandling.apps.reporting.assemble import Assembled, place_sections
from samhandling.apps.reporting.models import Report, ReportSection
from samhandling.core.access import Operation
from samhandling.core.lifecycle import EDITABLE_REPORT_STATES, ReportState, allowed_targets

ICONS = {
    ReportSection.State.NOT_STARTED: "s-PLANNED",
    ReportSection.State.STARTED: "s-PARTLY_DONE",
    ReportSection.State.WRITTEN: "s-DONE",
    ReportSection.State.RETURNED: "returned",
}
STEPS = (
    (ReportState.DRAFT, _("Utkast")),
    (ReportState.IN_REVIEW, _("Granskas")),
    (ReportState.SENT, _("Skickad till rådet")),
    (ReportState.RECEIVED, _("Mottagen och fryst")),
)
MOVES = {
    ReportState.DRAFT: _("Ta tillbaka till utkast"),
    ReportState.IN_REVIEW: _("Skicka till granskning"),
    ReportState.SENT: _("Skicka till rådet"),
    ReportState.RECEIVED: _("Rådet har tagit emot rapporten"),
}


@dataclass(frozen=True)
class Line:
    """One line of the outline: where it is read, where it is written and how far it has come."""

    key: str
    heading: str
    level: int
    anchor: str
    write_url: str
    state: str
    state_label: str
    owner: str
    deadline: date | None


def outline(report: Report, made: Assembled | None = None) -> list[Line]:
    """The sections of a report, in order. Queries: 2, or 1 when the report is made already."""
    placed = made.sections if made is not None else place_sections(report)
    texts = {row.key: row for row in report.sections.select_related("owner")}
    lines = []
    for one in placed:
        row = texts.get(one.key)
        state = ReportSection.State(row.state) if row else ReportSection.State.NOT_STARTED
        lines.append(
            Line(
                one.key,
                one.heading,
                one.level,
                slugify(one.key),
                reverse("reports:section", args=[report.uid, one.key]),
                state.value,
                str(state.label),
                row.owner.name if row and row.owner else "",
                row.deadline if row else None,
            )
        )
    return lines


@dataclass(frozen=True)
class Step:
    """One step of a report's life."""

    label: str
    is_done: bool
    is_now: bool
    at: datetime | None


def life(report: Report, user: User) -> dict[str, Any]:
    """The report's steps, and what this person may do with it next."""
    at = {change.state: change.at for change in report.state_changes.all()}
    order = [state for state, _label in STEPS]
    now = order.index(ReportState(report.state))
    steps = [
        Step(str(label), index < now, index == now, at.get(state.value))
        for index, (state, label) in enumerate(STEPS)
    ]
    moves = []
    if may(user, Operation.MOVE_REPORT, agreement_id=report.round.agreement_id):
        moves = [
            {"to": target.value, "label": MOVES[target], "is_back": order.index(target) < now}
            for target in allowed_targets(ReportState(report.state))
            if isinstance(target, ReportState)
        ]
    return {
        "steps": steps,
        "moves": moves,
        "is_editable": ReportState(report.state) in EDITABLE_REPORT_STATES,
    }
