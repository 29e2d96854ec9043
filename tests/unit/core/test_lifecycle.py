"""The state tables, whole: every pair of states is either in the table or refused."""

import pytest

from samhandling.core.lifecycle import (
    SHARING_WITHOUT_APPROVAL,
    TABLES,
    ReasonMissing,
    ReportState,
    SharingState,
    State,
    TransitionNotAllowed,
    allowed_targets,
    check_transition,
    is_frozen,
)

STEPS = {
    ("PLANNED", "COLLECTING"),
    ("COLLECTING", "REVIEWING"),
    ("REVIEWING", "COLLECTING"),
    ("REVIEWING", "CLOSED"),
    ("CLOSED", "REVIEWING"),
    ("DRAFT", "IN_REVIEW"),
    ("IN_REVIEW", "DRAFT"),
    ("IN_REVIEW", "SENT"),
    ("SENT", "DRAFT"),
    ("SENT", "RECEIVED"),
    ("DRAFT", "SUBMITTED"),
    ("RETURNED", "SUBMITTED"),
    ("SUBMITTED", "DRAFT"),
    ("SUBMITTED", "RETURNED"),
    ("SUBMITTED", "SHARED"),
}
PAIRS = [
    (source, target)
    for states in (ReportState, SharingState)
    for source in states
    for target in states
]


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_only_steps_of_the_table_are_allowed(source: State, target: State) -> None:
    if (source.value, target.value) in STEPS:
        assert check_transition(source, target, reason="skäl").target is target
    else:
        with pytest.raises(TransitionNotAllowed):
            check_transition(source, target, reason="skäl")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (ReportState.IN_REVIEW, ReportState.DRAFT),
        (ReportState.SENT, ReportState.DRAFT),
        (SharingState.SUBMITTED, SharingState.RETURNED),
    ],
)
def test_taking_back_asks_for_a_reason(source: State, target: State) -> None:
    with pytest.raises(ReasonMissing):
        check_transition(source, target, reason="  ")


def test_a_draft_is_shared_at_once_only_where_no_approval_is_wanted() -> None:
    steps = {(step.source, step.target) for step in SHARING_WITHOUT_APPROVAL}
    shared = {source for source, target in steps if target is SharingState.SHARED}
    assert shared == {SharingState.DRAFT, SharingState.RETURNED, SharingState.SUBMITTED}
    with pytest.raises(TransitionNotAllowed):
        check_transition(SharingState.DRAFT, SharingState.SHARED)
    table = SHARING_WITHOUT_APPROVAL
    assert check_transition(SharingState.DRAFT, SharingState.SHARED, table=table)
    with pytest.raises(TransitionNotAllowed):
        check_transition(SharingState.DRAFT, SharingState.SUBMITTED, table=table)


def test_only_a_received_report_and_what_is_shared_have_no_way_back() -> None:
    frozen = {state for table in TABLES for state in table if is_frozen(state)}
    assert frozen == {ReportState.RECEIVED, SharingState.SHARED}
    assert allowed_targets(ReportState.SENT) == (ReportState.DRAFT, ReportState.RECEIVED)
