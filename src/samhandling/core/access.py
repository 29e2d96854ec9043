"""Who may do what, as a table: rows are operations, columns are roles, cells are reaches.

A permission of an app asks `reached(operation, held)` once and compares the answer with the object:
as a predicate for one object, as a filter for many. An operation or role that is missing from the
table is refused.

Roles are of two kinds. Those of belonging come from where somebody sits or works; their scope says
what is "own". Those that are granted have a scope that is a limit: on an agreement they reach its
things alone, on a body or an organisation what that owns or answers for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final


class Role(StrEnum):
    """Columns. A person may hold several, each with its scope; the widest reach counts."""

    ANONYMOUS = "ANONYMOUS"  # signed out, or without any role in force
    READER = "READER"
    CONTRIBUTOR = "CONTRIBUTOR"  # works for an organisation that is not a party
    COUNCIL_MEMBER = "COUNCIL_MEMBER"
    PARTY_OFFICER = "PARTY_OFFICER"  # works for a party
    MEMBER = "MEMBER"  # sits in a body
    CONVENER = "CONVENER"  # convenes or chairs a body, or stands in for who does
    COORDINATION_GROUP = "COORDINATION_GROUP"
    PROCESS_LEADER = "PROCESS_LEADER"
    ADMINISTRATOR = "ADMINISTRATOR"


OF_A_BODY: Final = frozenset({Role.MEMBER, Role.CONVENER})
OF_AN_ORGANISATION: Final = frozenset({Role.PARTY_OFFICER, Role.CONTRIBUTOR})
OF_BELONGING: Final = OF_A_BODY | OF_AN_ORGANISATION


class Reach(IntEnum):
    """Cells, narrowest first."""

    NEVER = 0
    OWN_BODY = 1  # things that the body of the role owns or answers for
    OWN_ORGANISATION = 2  # things that the organisation of the role owns
    ALWAYS = 3  # everything; a granted role with a scope: everything within it


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
    REGISTER_RECORD = "REGISTER_RECORD"  # its case number and its secrecy mark
    EDIT_CONTROLLER = "EDIT_CONTROLLER"  # who answers for an organisation's personal data
    WRITE_REPORT_SECTION = "WRITE_REPORT_SECTION"
    MOVE_REPORT = "MOVE_REPORT"  # to review, to the council, received
    RENDER_REPORT = "RENDER_REPORT"
    APPROVE_SHARING = "APPROVE_SHARING"  # see what is submitted, return it or let it be shared
    COMMENT = "COMMENT"
    ATTACH = "ATTACH"
    MODERATE = "MODERATE"  # withdraw what others have said or attached
    DISPOSE = "DISPOSE"  # register a disposal decision and destroy what it covers
    READ_AUDIT_LOG = "READ_AUDIT_LOG"  # take the log away as a file
    MANAGE_PEOPLE = "MANAGE_PEOPLE"  # invite, give and end roles, seats and affiliations
    INVITE_TO_BODY = "INVITE_TO_BODY"  # as a member, nothing more
    TAKE_OVER_BODY = "TAKE_OVER_BODY"  # become the convener of a body that lacks one


# Why a cell is as it is, where product.md does not say it outright:
# - A draft is seen by those it belongs to alone (principle 13). The process leader and the
#   administrator see those of their own organisation as its officers, by that role and no other.
# - A member sees the drafts of the network, for naming a network is sending them there; but who
#   sits beside a municipality's officer does not keep what is the municipality's. The convener
#   does, for what the network answers for.
# - The process leader changes what is shared, never shares what is not: the owner does.
# - An administrator runs people and the installation and reads like everybody else: no content.
# - Whoever takes part in the work comments and attaches; a reader does not, and the council's
#   papers come from those who work.
# - What is submitted is judged by those who answer for the whole, and for its network.
# - Who takes over a body that lacks a convener is its deputy, who has a convener's reach already;
#   anybody else is appointed by who runs the people.
# - A case number and a secrecy mark are written by whoever keeps the record.
# - Who answers for its personal data is known best by the organisation itself; an administrator
#   answers for the installation's notice about personal data and may fill it in.
# - Who keeps order in the content destroys it, when a decision says so; for the whole alone.
# - The coordination group and the council read; what they decide, the process leader writes down.
_WORDS: Final = {
    "-": Reach.NEVER,
    "body": Reach.OWN_BODY,
    "own": Reach.OWN_ORGANISATION,
    "all": Reach.ALWAYS,
}
# Columns as in Role. A new operation is one line here and one in Operation.
_ROWS: Final = """
                      anon.   reader  contr.  council officer member  conv.   coord.  leader  admin.
READ_SHARED           -       all     all     all     all     all     all     all     all     all
READ_DRAFT            -       -       own     -       own     body    body    -       -       -
READ_HISTORY          -       all     all     all     all     all     all     all     all     all
EXPORT                -       all     all     all     all     all     all     all     all     all
CREATE_INITIATIVE     -       -       own     -       own     -       body    -       all     -
EDIT_INITIATIVE       -       -       own     -       own     -       body    -       all     -
SHARE_INITIATIVE      -       -       own     -       own     -       body    -       -       -
EDIT_NEED             -       -       own     -       own     -       body    -       all     -
EDIT_FOLLOW_UP        -       -       -       -       -       -       body    -       all     -
EDIT_LESSON           -       -       -       -       -       -       -       -       all     -
EDIT_GOVERNANCE       -       -       -       -       -       -       -       -       all     -
REGISTER_RECORD       -       -       own     -       own     -       body    -       all     -
EDIT_CONTROLLER       -       -       own     -       own     -       -       -       all     all
WRITE_REPORT_SECTION  -       -       -       -       -       -       body    -       all     -
MOVE_REPORT           -       -       -       -       -       -       -       -       all     -
RENDER_REPORT         -       all     all     all     all     all     all     all     all     all
APPROVE_SHARING       -       -       -       -       -       -       body    all     all     -
COMMENT               -       -       all     all     all     all     all     all     all     -
ATTACH                -       -       all     -       all     all     all     all     all     -
MODERATE              -       -       -       -       -       -       -       -       all     -
DISPOSE               -       -       -       -       -       -       -       -       all     -
READ_AUDIT_LOG        -       -       -       -       -       -       -       -       all     all
MANAGE_PEOPLE         -       -       -       -       -       -       -       -       all     all
INVITE_TO_BODY        -       -       -       -       -       -       body    -       all     all
TAKE_OVER_BODY        -       -       -       -       -       -       body    -       -       -
"""


def _read_table(text: str) -> dict[Operation, dict[Role, Reach]]:
    table = {}
    for line in text.strip().splitlines()[1:]:
        name, *words = line.split()
        cells = [_WORDS[word] for word in words]
        table[Operation(name)] = dict(zip(Role, cells, strict=True))
    return table


TABLE: Final = _read_table(_ROWS)


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody holds, on the whole or within one scope. Scopes are record keys."""

    role: Role
    agreement: int | None = None
    body: int | None = None
    organisation: int | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """Everything that somebody may do an operation to: all of it, or by whose it is."""

    everything: bool = False
    agreements: frozenset[int] = frozenset()
    bodies: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()

    @property
    def is_nothing(self) -> bool:
        """True when there cannot be an object within reach."""
        return self == Reached()

    def covers(
        self,
        *,
        owner: int | None = None,
        body: int | None = None,
        agreement: int | None = None,
    ) -> bool:
        """Is an object owned by `owner` (an organisation or a body) within reach?

        Args: body: the body that answers for it; agreement: the one it belongs to.
        """
        return (
            self.everything
            or agreement in self.agreements
            or body in self.bodies
            or owner in self.bodies
            or owner in self.organisations
        )


EVERYTHING: Final = Reached(everything=True)


def reached(operation: Operation, held: Iterable[Held]) -> Reached:
    """What the roles together reach; nothing for no role at all."""
    agreements, bodies, organisations = set[int](), set[int](), set[int]()
    for one in held:
        cell = TABLE[operation][one.role]
        belongs = one.role in OF_BELONGING
        scope = (one.agreement, one.body, one.organisation)
        if cell is Reach.ALWAYS and (belongs or scope == (None, None, None)):
            return EVERYTHING
        if one.agreement is not None and cell is Reach.ALWAYS:
            agreements.add(one.agreement)
        if one.body is not None and cell is (Reach.OWN_BODY if belongs else Reach.ALWAYS):
            bodies.add(one.body)
        if one.organisation is not None and cell is (
            Reach.OWN_ORGANISATION if belongs else Reach.ALWAYS
        ):
            organisations.add(one.organisation)
    return Reached(
        agreements=frozenset(agreements),
        bodies=frozenset(bodies),
        organisations=frozenset(organisations),
    )
