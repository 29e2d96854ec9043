"""Signs that a network will last, or is frail, from its own records. Signs, never a score.

Source of the signs: seed004, lärdom 2 (grown by itself, bound to persons, frail) and FoSam's end
(six municipalities: frail when somebody is away). Capabilities 24, 25 and 26.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from samhandling.core.partial_date import PartialDate

# The network that was closed for being small had six members (seed004, Arbete och utbildning).
SMALL = 6


class Sign(StrEnum):
    """What is seen. Those of `HOLDING` speak for continuity, all others against."""

    LIVING_PLAN = "LIVING_PLAN"
    OPERATIONAL_PLAN = "OPERATIONAL_PLAN"
    CONVENER_KNOWN = "CONVENER_KNOWN"
    DEPUTY_KNOWN = "DEPUTY_KNOWN"
    MANDATE_SUFFICES = "MANDATE_SUFFICES"
    CONVENER_UNKNOWN = "CONVENER_UNKNOWN"
    DEPUTY_UNKNOWN = "DEPUTY_UNKNOWN"
    MANDATE_LACKS = "MANDATE_LACKS"
    SMALL_MEMBERSHIP = "SMALL_MEMBERSHIP"
    EXTERNAL_MONEY = "EXTERNAL_MONEY"
    UNDER_REVIEW = "UNDER_REVIEW"


HOLDING = frozenset(
    {
        Sign.LIVING_PLAN,
        Sign.OPERATIONAL_PLAN,
        Sign.CONVENER_KNOWN,
        Sign.DEPUTY_KNOWN,
        Sign.MANDATE_SUFFICES,
    }
)


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """What the records hold of a network.

    `members` is None while the list is not known to be complete. `mandate` is YES, PARTLY, NO or
    UNKNOWN. `with_money` counts the initiatives that rest on recorded funding.
    """

    has_convener: bool
    has_deputy: bool
    mandate: str = "UNKNOWN"
    members: int | None = None
    has_living_plan: bool = False
    living_plan_since: PartialDate | None = None
    has_operational_plan: bool = False
    initiatives: int = 0
    with_money: int = 0
    is_under_review: bool = False


def signs_of(facts: NetworkFacts) -> list[Sign]:
    """The signs that are seen, those that hold first. What is unknown gives no sign, but that
    nobody knows who convenes or stands in is itself one."""
    seen = {
        Sign.LIVING_PLAN: facts.has_living_plan,
        Sign.OPERATIONAL_PLAN: facts.has_operational_plan,
        Sign.CONVENER_KNOWN: facts.has_convener,
        Sign.DEPUTY_KNOWN: facts.has_deputy,
        Sign.MANDATE_SUFFICES: facts.mandate == "YES",
        Sign.CONVENER_UNKNOWN: not facts.has_convener,
        Sign.DEPUTY_UNKNOWN: not facts.has_deputy,
        Sign.MANDATE_LACKS: facts.mandate in ("NO", "PARTLY"),
        Sign.SMALL_MEMBERSHIP: facts.members is not None and 0 < facts.members <= SMALL,
        Sign.EXTERNAL_MONEY: facts.with_money > 0,
        Sign.UNDER_REVIEW: facts.is_under_review,
    }
    return [sign for sign in Sign if seen[sign]]
