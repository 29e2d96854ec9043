"""What stands around a report: its outline with each section's state, and its life."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from samhandling.apps.accounts.models import User
from samhandling.apps.initiatives.visibility import visible_records
from samhandling.apps.organisations.permissions import may
from samhandling.apps.records.models import Record
from samhandling.apps.reporting.assemble import Assembled, place_sections
from samhandling.apps.reporting.models import Report, ReportSection
from samhandling.apps.reporting.selectors import marked_in
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


# Where a report leaves those who write it: what may be secret is looked at first.
LEAVES = (ReportState.SENT, ReportState.RECEIVED)


@dataclass(frozen=True)
class Marked:
    """The secrecy-marked records of a report: those that the person sees by name, and all."""

    shown: list[Record]
    hidden: int
    uids: list[str]


def marked(report: Report, made: Assembled, user: User) -> Marked:
    """What in the report may be secret. Queries: 1 when nothing is, otherwise ≤ 7."""
    found = marked_in(report, made.report)
    seen = visible_records(found, user)
    return Marked(seen, len(found) - len(seen), [record.uid for record in found])


def looked_at(post: QueryDict) -> list[str]:
    """Uids of what the person says to have looked at: what the page listed, with the tick."""
    return post.getlist("marked") if "looked" in post else []


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
            {
                "to": target.value,
                "label": MOVES[target],
                "is_back": order.index(target) < now,
                "leaves": target in LEAVES,
            }
            for target in allowed_targets(ReportState(report.state))
            if isinstance(target, ReportState)
        ]
    return {
        "steps": steps,
        "moves": moves,
        "is_editable": ReportState(report.state) in EDITABLE_REPORT_STATES,
    }
