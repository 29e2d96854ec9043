"""What the state of a report or a sharing allows: tables, not code.

Initiatives have no table here: their status is a list of dated events, any to any, with a reason.
Nor have agreements, whose being in force is read from their dates (`core.partial_date.in_force`),
nor rounds, whose state is told and not stepped.
A transition that takes something back asks for a reason; a state without ways out is frozen.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class ReportState(StrEnum):
    """A report's life; RECEIVED is frozen, a correction is a new edition."""

    DRAFT = "DRAFT"
    IN_REVIEW = "IN_REVIEW"
    SENT = "SENT"
    RECEIVED = "RECEIVED"


class SharingState(StrEnum):
    """How far an initiative or a need has come on its way to all parties."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"  # seen by those who approve, too
    RETURNED = "RETURNED"  # back with its owner, with the reason
    SHARED = "SHARED"


State = ReportState | SharingState


@dataclass(frozen=True, slots=True)
class Transition:
    """One allowed step. ``needs_reason`` is true where something is sent back or taken back."""

    source: State
    target: State
    needs_reason: bool = False


REPORT: Final = (
    Transition(ReportState.DRAFT, ReportState.IN_REVIEW),
    Transition(ReportState.IN_REVIEW, ReportState.DRAFT, needs_reason=True),
    Transition(ReportState.IN_REVIEW, ReportState.SENT),
    Transition(ReportState.SENT, ReportState.DRAFT, needs_reason=True),
    Transition(ReportState.SENT, ReportState.RECEIVED),
)
SHARING: Final = (
    # Where the agreement wants approval. Only withdrawal takes back what is shared.
    Transition(SharingState.DRAFT, SharingState.SUBMITTED),
    Transition(SharingState.RETURNED, SharingState.SUBMITTED),
    Transition(SharingState.SUBMITTED, SharingState.DRAFT),  # its owner takes it back
    Transition(SharingState.SUBMITTED, SharingState.RETURNED, needs_reason=True),
    Transition(SharingState.SUBMITTED, SharingState.SHARED),
)
SHARING_WITHOUT_APPROVAL: Final = (
    # The owner shares at once; what was submitted before the rule was changed can go on, too.
    Transition(SharingState.DRAFT, SharingState.SHARED),
    Transition(SharingState.RETURNED, SharingState.SHARED),
    *(step for step in SHARING if step.source is SharingState.SUBMITTED),
)
TABLES: Final[dict[type[StrEnum], tuple[Transition, ...]]] = {
    ReportState: REPORT,
    SharingState: SHARING,
}
EDITABLE_REPORT_STATES: Final = frozenset({ReportState.DRAFT, ReportState.IN_REVIEW})


class TransitionNotAllowed(Exception):
    """The state table has no such step."""

    def __init__(self, source: State, target: State) -> None:
        self.source, self.target = source, target
        super().__init__(f"{type(source).__name__}: {source} -> {target} is not in the table")


class ReasonMissing(Exception):
    """The step takes something back and was asked for without a reason."""

    def __init__(self, source: State, target: State) -> None:
        self.source, self.target = source, target
        super().__init__(f"{type(source).__name__}: {source} -> {target} needs a reason")


def allowed_targets(source: State) -> tuple[State, ...]:
    """States that can be reached in one step, in the order of the table."""
    return tuple(step.target for step in TABLES[type(source)] if step.source is source)


def check_transition(
    source: State,
    target: State,
    *,
    reason: str = "",
    table: tuple[Transition, ...] | None = None,
) -> Transition:
    """The step from ``source`` to ``target``, in the states' own table or the one given.

    Raises ``TransitionNotAllowed`` or ``ReasonMissing``.
    """
    for step in table or TABLES[type(source)]:
        if step.source is source and step.target is target:
            if step.needs_reason and not reason.strip():
                raise ReasonMissing(source, target)
            return step
    raise TransitionNotAllowed(source, target)


def is_frozen(state: State) -> bool:
    """True when nothing may follow."""
    return not allowed_targets(state)
