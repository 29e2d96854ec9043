"""Who may do what, as a table: rows are operations, columns are roles, cells are reaches.

A permission of an app asks ``reach(operation, roles)`` once and then compares the reach with the
object: as a predicate for one object, as a filter for many. An operation or role that is missing
from the table is refused. Finer roles are further columns.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum, StrEnum
from typing import Final


class Role(StrEnum):
    """Columns. A person may hold several; the widest reach counts."""

    ANONYMOUS = "ANONYMOUS"
    READER = "READER"  # signed in, belongs to no party
    MEMBER = "MEMBER"  # signed in for an organisation that is a party
    PROCESS_LEADER = "PROCESS_LEADER"


class Reach(IntEnum):
    """Cells, narrowest first, so that the widest of several is their maximum."""

    NEVER = 0
    OWN_BODY = 1  # things of a network or group that the person sits in
    OWN_ORGANISATION = 2  # things that the person's organisation owns, and those of own bodies
    ALWAYS = 3


class Operation(StrEnum):
    """Rows. "Shared" is what its owner has shared on purpose; "draft" is what it has not."""

    READ_SHARED = "READ_SHARED"
    READ_DRAFT = "READ_DRAFT"
    READ_HISTORY = "READ_HISTORY"
    EXPORT = "EXPORT"
    CREATE_INITIATIVE = "CREATE_INITIATIVE"
    EDIT_INITIATIVE = "EDIT_INITIATIVE"
    SHARE_INITIATIVE = "SHARE_INITIATIVE"
    EDIT_NEED = "EDIT_NEED"
    EDIT_FOLLOW_UP = "EDIT_FOLLOW_UP"
    EDIT_LESSON = "EDIT_LESSON"
    EDIT_GOVERNANCE = "EDIT_GOVERNANCE"  # agreements, bodies, organisations, plans, rounds
    ANSWER_OPEN_QUESTION = "ANSWER_OPEN_QUESTION"
    WRITE_REPORT_SECTION = "WRITE_REPORT_SECTION"
    MOVE_REPORT = "MOVE_REPORT"  # to review, to the council, received
    RENDER_REPORT = "RENDER_REPORT"


_NEVER, _BODY, _OWN, _ALWAYS = Reach.NEVER, Reach.OWN_BODY, Reach.OWN_ORGANISATION, Reach.ALWAYS
_COLUMNS: Final = (Role.ANONYMOUS, Role.READER, Role.MEMBER, Role.PROCESS_LEADER)
_ROWS: Final[dict[Operation, tuple[Reach, Reach, Reach, Reach]]] = {
    #                                  anonymous reader  member   process leader
    Operation.READ_SHARED: (_NEVER, _ALWAYS, _ALWAYS, _ALWAYS),
    Operation.READ_DRAFT: (_NEVER, _NEVER, _OWN, _OWN),
    Operation.READ_HISTORY: (_NEVER, _ALWAYS, _ALWAYS, _ALWAYS),
    Operation.EXPORT: (_NEVER, _ALWAYS, _ALWAYS, _ALWAYS),
    Operation.CREATE_INITIATIVE: (_NEVER, _NEVER, _OWN, _ALWAYS),
    Operation.EDIT_INITIATIVE: (_NEVER, _NEVER, _OWN, _ALWAYS),
    Operation.SHARE_INITIATIVE: (_NEVER, _NEVER, _OWN, _OWN),
    Operation.EDIT_NEED: (_NEVER, _NEVER, _OWN, _ALWAYS),
    Operation.EDIT_FOLLOW_UP: (_NEVER, _NEVER, _BODY, _ALWAYS),
    Operation.EDIT_LESSON: (_NEVER, _NEVER, _NEVER, _ALWAYS),
    Operation.EDIT_GOVERNANCE: (_NEVER, _NEVER, _NEVER, _ALWAYS),
    Operation.ANSWER_OPEN_QUESTION: (_NEVER, _NEVER, _NEVER, _ALWAYS),
    Operation.WRITE_REPORT_SECTION: (_NEVER, _NEVER, _BODY, _ALWAYS),
    Operation.MOVE_REPORT: (_NEVER, _NEVER, _NEVER, _ALWAYS),
    Operation.RENDER_REPORT: (_NEVER, _ALWAYS, _ALWAYS, _ALWAYS),
}
TABLE: Final[dict[Operation, dict[Role, Reach]]] = {
    operation: dict(zip(_COLUMNS, cells, strict=True)) for operation, cells in _ROWS.items()
}


def reach(operation: Operation, roles: Iterable[Role]) -> Reach:
    """The widest reach that any of the roles gives; NEVER for no role at all."""
    cells = TABLE[operation]
    return max((cells[role] for role in roles), default=Reach.NEVER)


def allows(
    operation: Operation,
    roles: Iterable[Role],
    *,
    own_body: bool = False,
    own_organisation: bool = False,
) -> bool:
    """May someone with these roles do this to an object standing to them as told?"""
    match reach(operation, roles):
        case Reach.ALWAYS:
            return True
        case Reach.OWN_ORGANISATION:
            return own_organisation or own_body
        case Reach.OWN_BODY:
            return own_body
    return False
