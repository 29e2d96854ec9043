"""Initiatives and their money, split by subject."""

from samhandling.apps.initiatives.models.funding import Funding, FundingEvent, FundingPath
from samhandling.apps.initiatives.models.initiative import (
    ExpectedResult,
    Initiative,
    InitiativeActor,
    InitiativeLanguage,
    InitiativeLevel,
    InitiativeNeed,
)
from samhandling.apps.initiatives.models.status import InitiativeCause, Status, StatusEvent

__all__ = [
    "ExpectedResult",
    "Funding",
    "FundingEvent",
    "FundingPath",
    "Initiative",
    "InitiativeActor",
    "InitiativeCause",
    "InitiativeLanguage",
    "InitiativeLevel",
    "InitiativeNeed",
    "Status",
    "StatusEvent",
]
