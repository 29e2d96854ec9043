"""What is known, and how: unknown, known to be none, and not applicable are three things."""

from __future__ import annotations

from enum import StrEnum


class Completeness(StrEnum):
    """How much of a collection (members, partners, needs …) the records hold."""

    COMPLETE = "COMPLETE"  # all of it
    PARTIAL = "PARTIAL"  # some of it; there is more
    UNKNOWN = "UNKNOWN"  # nobody has said
    NONE = "NONE"  # known to be empty
    NOT_APPLICABLE = "NOT_APPLICABLE"  # the question does not arise


class Basis(StrEnum):
    """Where a statement comes from."""

    STATED = "STATED"  # the source says it
    INFERRED = "INFERRED"  # we concluded it; the ground is given beside it
    UNKNOWN = "UNKNOWN"  # the source leaves it open
    EXTERNAL = "EXTERNAL"  # another source than the agreement's own says it


def describe_count(n: int, completeness: Completeness) -> str:
    """The count in Swedish, as honest as the list behind it.

    ``n`` is how many rows there are. A partial list says "minst 3" ("okänt antal" when it has no
    row yet), an unknown one with rows likewise. Raises ``ValueError`` for a negative count and for
    rows in a list that is said to be empty or not applicable.
    """
    _check(n, completeness)
    match completeness:
        case Completeness.COMPLETE:
            return str(n) if n else "inga"
        case Completeness.NONE:
            return "inga"
        case Completeness.NOT_APPLICABLE:
            return "ej aktuellt"
        case _:
            return f"minst {n}" if n else "okänt antal"


def describe_count_en(n: int, completeness: Completeness) -> str:
    """As ``describe_count``, in English."""
    _check(n, completeness)
    match completeness:
        case Completeness.COMPLETE:
            return str(n) if n else "none"
        case Completeness.NONE:
            return "none"
        case Completeness.NOT_APPLICABLE:
            return "not applicable"
        case _:
            return f"at least {n}" if n else "unknown number"


def combined(parts: list[Completeness]) -> Completeness:
    """Completeness of several collections counted together.

    Parts that do not apply add nothing. All complete (or empty) is complete; nothing but unknown is
    unknown; anything else is partial. No part at all is not applicable.
    """
    asked = [part for part in parts if part is not Completeness.NOT_APPLICABLE]
    if not asked:
        return Completeness.NOT_APPLICABLE
    if all(part is Completeness.NONE for part in asked):
        return Completeness.NONE
    if all(part in (Completeness.COMPLETE, Completeness.NONE) for part in asked):
        return Completeness.COMPLETE
    if all(part is Completeness.UNKNOWN for part in asked):
        return Completeness.UNKNOWN
    return Completeness.PARTIAL


def _check(n: int, completeness: Completeness) -> None:
    if n < 0:
        raise ValueError("a count cannot be negative")
    if n and completeness in (Completeness.NONE, Completeness.NOT_APPLICABLE):
        raise ValueError(f"{n} rows in a list that is {completeness}")
