"""The postponement register: what was moved, paused or stopped, why, and sums (capability 40)."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from samhandling.apps.followup.overview.known import Sight, Told
from samhandling.apps.initiatives.models import Initiative, InitiativeCause, StatusEvent
from samhandling.apps.initiatives.models.status import DEVIATIONS
from samhandling.apps.organisations.models import CollaborationBody
from samhandling.apps.situation.models import Cause

ROWS_SHOWN = 12


@dataclass(slots=True)
class Deviation:
    """One initiative or part that was moved, paused or stopped: its latest such event.

    `kept`: what a page has worked out from this; it is gone as soon as the initiative changes.
    """

    initiative: Initiative
    event: StatusEvent
    causes: list[InitiativeCause]
    kept: dict[Hashable, Any]


@dataclass(frozen=True, slots=True)
class CauseSum:
    """How many deviated for a cause. `cause` None: no cause is known. `inferred`: of them."""

    cause: Cause | None
    count: int
    inferred: int = 0


@dataclass(frozen=True, slots=True)
class NetworkSum:
    """How many of a network's deviated. `network` None with `is_none`: known to have none."""

    network: CollaborationBody | None
    is_none: bool
    count: int


@dataclass(frozen=True, slots=True)
class Register:
    """`rows` holds the first ROWS_SHOWN of `total`; the sums are over all."""

    total: int
    rows: list[Deviation]
    by_cause: list[CauseSum]
    by_network: list[NetworkSum]


def shown_in_register(sight: Sight) -> list[int]:
    """Keys of those whose rows are shown: as the list has them, parts under their whole."""
    return [row[-1] for row in islice(sight.tally.moved.since(), ROWS_SHOWN)]


def read_register(sight: Sight) -> Register:
    """What was moved, paused or stopped. Queries: those of `sight.told`."""
    keys = shown_in_register(sight)
    told = sight.told(keys)
    return Register(
        total=len(sight.tally.moved),
        rows=[row for pk in keys if (row := _row(told[pk]))],
        by_cause=_by_cause(sight),
        by_network=_by_network(sight),
    )


def _row(told: Told) -> Deviation | None:
    """None when it was changed while the page was read, so that it is no such row any longer."""
    events = [event for event in told.events if event.status in DEVIATIONS]
    if not events:
        return None
    causes: dict[int, InitiativeCause] = {}
    for cause in told.causes:
        causes.setdefault(cause.cause_id, cause)
    return Deviation(told.initiative, events[-1], list(causes.values()), told.kept)


def _by_cause(sight: Sight) -> list[CauseSum]:
    tally, causes = sight.tally, sight.ground.causes
    named = [CauseSum(causes[pk], n, tally.inferred[pk]) for pk, n in tally.causes.items()]
    named.sort(key=lambda line: (-line.count, line.cause.order, line.cause.pk))  # type: ignore
    unknown = tally.uncaused
    return [*named, CauseSum(None, unknown)] if unknown else named


def _by_network(sight: Sight) -> list[NetworkSum]:
    sums: Counter[tuple[int, bool]] = Counter()
    for place, n in sight.tally.deviating.items():
        sums[place.network_id or 0, place.is_none] += n
    bodies = sight.bodies
    ordered = sorted(sums.items(), key=lambda line: (not line[0][0], -line[1], line[0]))
    return [
        NetworkSum(bodies[network_id] if network_id else None, is_none, n)
        for (network_id, is_none), n in ordered
    ]
