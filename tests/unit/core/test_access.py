"""Who may do what: the table is whole, and the widest role counts."""

import pytest

from samhandling.core.access import TABLE, Operation, Reach, Role, allows, reach


def test_every_operation_has_a_cell_for_every_role() -> None:
    assert set(TABLE) == set(Operation)
    assert all(set(row) == set(Role) for row in TABLE.values())


@pytest.mark.parametrize("operation", Operation)
def test_nobody_and_the_anonymous_may_do_nothing(operation: Operation) -> None:
    assert reach(operation, []) is Reach.NEVER
    assert not allows(operation, [Role.ANONYMOUS], own_body=True, own_organisation=True)


@pytest.mark.parametrize("operation", Operation)
def test_a_further_role_never_takes_anything_away(operation: Operation) -> None:
    assert reach(operation, [Role.READER, Role.MEMBER]) >= reach(operation, [Role.MEMBER])


@pytest.mark.parametrize(
    ("operation", "role", "body", "organisation", "answer"),
    [
        (Operation.EDIT_INITIATIVE, Role.MEMBER, False, True, True),
        (Operation.EDIT_INITIATIVE, Role.MEMBER, True, False, True),
        (Operation.EDIT_INITIATIVE, Role.MEMBER, False, False, False),
        (Operation.EDIT_INITIATIVE, Role.READER, True, True, False),
        (Operation.EDIT_INITIATIVE, Role.PROCESS_LEADER, False, False, True),
        (Operation.SHARE_INITIATIVE, Role.PROCESS_LEADER, False, False, False),
        (Operation.READ_DRAFT, Role.PROCESS_LEADER, False, False, False),
        (Operation.READ_SHARED, Role.READER, False, False, True),
        (Operation.EDIT_FOLLOW_UP, Role.MEMBER, False, True, False),
        (Operation.EDIT_FOLLOW_UP, Role.MEMBER, True, False, True),
        (Operation.MOVE_REPORT, Role.MEMBER, True, True, False),
    ],
)
def test_reach_is_held_against_the_object(
    operation: Operation, role: Role, body: bool, organisation: bool, answer: bool
) -> None:
    assert allows(operation, [role], own_body=body, own_organisation=organisation) is answer
