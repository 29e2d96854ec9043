"""Who may do what: the table is whole, and what several roles reach is put together."""

import pytest

from samhandling.core.access import (
    EVERYTHING,
    OF_A_BODY,
    OF_AN_ORGANISATION,
    OF_BELONGING,
    TABLE,
    Held,
    Operation,
    Reach,
    Reached,
    Role,
    reached,
)

AGREEMENT, BODY, OTHER_BODY, ORGANISATION, OTHER = 1, 2, 3, 4, 5
OFFICER = Held(Role.PARTY_OFFICER, organisation=ORGANISATION)
CONVENER = Held(Role.CONVENER, body=BODY)
MEMBER = Held(Role.MEMBER, body=OTHER_BODY)


def test_every_operation_has_a_cell_for_every_role() -> None:
    assert set(TABLE) == set(Operation)
    assert all(set(row) == set(Role) for row in TABLE.values())


def test_a_cell_says_own_only_where_the_role_has_something_own() -> None:
    """Otherwise it would say never in other words, and inverting it would change nothing."""
    possible = {role: {Reach.NEVER, Reach.ALWAYS} for role in Role}
    for role in OF_A_BODY:
        possible[role].add(Reach.OWN_BODY)
    for role in OF_AN_ORGANISATION:
        possible[role].add(Reach.OWN_ORGANISATION)
    for operation, row in TABLE.items():
        wrong = {role for role, cell in row.items() if cell not in possible[role]}
        assert not wrong, operation


@pytest.mark.parametrize("operation", Operation)
def test_nobody_and_the_anonymous_reach_nothing(operation: Operation) -> None:
    assert reached(operation, []).is_nothing
    assert reached(operation, [Held(Role.ANONYMOUS)]).is_nothing


def test_several_roles_reach_what_each_of_them_reaches() -> None:
    assert reached(Operation.EDIT_INITIATIVE, [OFFICER, CONVENER, MEMBER]) == Reached(
        bodies=frozenset({BODY}), organisations=frozenset({ORGANISATION})
    )
    assert reached(Operation.READ_DRAFT, [OFFICER, CONVENER, MEMBER]) == Reached(
        bodies=frozenset({BODY, OTHER_BODY}), organisations=frozenset({ORGANISATION})
    )
    leader = Held(Role.PROCESS_LEADER)
    assert reached(Operation.EDIT_INITIATIVE, [OFFICER, leader]) == EVERYTHING


@pytest.mark.parametrize("role", sorted(set(Role) - OF_BELONGING - {Role.ANONYMOUS}))
def test_a_granted_role_with_a_scope_reaches_that_alone(role: Role) -> None:
    assert reached(Operation.READ_SHARED, [Held(role)]) == EVERYTHING
    within = frozenset({OTHER})
    for scope in ("agreement", "body", "organisation"):
        here = reached(Operation.READ_SHARED, [Held(role, **{scope: OTHER})])
        plural = {"agreement": "agreements", "body": "bodies", "organisation": "organisations"}
        assert here == Reached(**{plural[scope]: within})


@pytest.mark.parametrize("role", sorted(OF_BELONGING))
def test_where_somebody_belongs_does_not_limit_what_all_may_read(role: Role) -> None:
    here = Held(role, body=BODY) if role in OF_A_BODY else Held(role, organisation=ORGANISATION)
    assert reached(Operation.READ_SHARED, [here]) == EVERYTHING


@pytest.mark.parametrize(
    ("thing", "answer"),
    [
        ({}, False),
        ({"agreement": AGREEMENT}, True),
        ({"body": BODY}, True),
        ({"owner": BODY}, True),
        ({"owner": ORGANISATION}, True),
        ({"body": ORGANISATION}, False),
        ({"agreement": ORGANISATION}, False),
        ({"owner": AGREEMENT}, False),
        ({"agreement": OTHER, "body": OTHER, "owner": OTHER}, False),
    ],
)
def test_what_is_reached_is_held_against_whose_a_thing_is(
    thing: dict[str, int], answer: bool
) -> None:
    mine = Reached(
        agreements=frozenset({AGREEMENT}),
        bodies=frozenset({BODY}),
        organisations=frozenset({ORGANISATION}),
    )
    assert mine.covers(**thing) is answer
    assert EVERYTHING.covers(**thing)
