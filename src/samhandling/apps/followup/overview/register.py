"""The postponement register: what was moved, paused or stopped, why, and sums (capability 40)."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from samhandling.apps.followup.overview.matrix import Matrix
from samhandling.apps.initiatives.listing import TREE_ORDER, deviated, has_deviation_cause
from samhandling.apps.initiatives.models import Initiative, InitiativeCause, StatusEvent
from samhandling.apps.initiatives.models.status import DEVIATIONS
from samhandling.apps.organisations.models import CollaborationBody
from samhandling.apps.situation.models import Cause

ROWS_SHOWN = 12


@dataclass(slots=True)
class Deviation:
    """One initiative or part that was moved, paused or stopped: its latest such event."""

    initiative: Initiative
    event: StatusEvent
    causes: list[InitiativeCause]


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


def read_register(initiatives: QuerySet[Initiative], matrix: Matrix) -> Register:
    """The register of `initiatives`; the sums by network come from their matrix. Queries: 6."""
    by_network = _by_network(matrix)
    total = sum(line.count for line in by_network)
    if not total:
        return Register(0, [], [], [])
    moved = initiatives.filter(deviated())
    rows = list(
        moved.select_related("record", "focus_area__record", "parent__record").order_by(
            *TREE_ORDER
        )[:ROWS_SHOWN]
    )
    return Register(total, _rows(rows), _by_cause(moved), by_network)


def _rows(initiatives: list[Initiative]) -> list[Deviation]:
    found: dict[int, Deviation] = {}
    by_id = {initiative.pk: initiative for initiative in initiatives}
    events = StatusEvent.objects.filter(initiative__in=by_id, status__in=DEVIATIONS)
    for event in events.order_by("told_for_year", "pk"):
        found[event.initiative_id] = Deviation(by_id[event.initiative_id], event, [])
    causes = InitiativeCause.objects.filter(
        initiative__in=by_id, kind=InitiativeCause.Kind.MADE_DEVIATE
    ).select_related("cause")
    for cause in causes:
        held = found[cause.initiative_id].causes
        if cause.cause_id not in {known.cause_id for known in held}:
            held.append(cause)
    return [found[initiative.pk] for initiative in initiatives]


def _by_cause(moved: QuerySet[Initiative]) -> list[CauseSum]:
    counts = (
        InitiativeCause.objects.filter(
            kind=InitiativeCause.Kind.MADE_DEVIATE, initiative__in=moved.values("pk")
        )
        .order_by()
        .values("cause_id")
        .annotate(
            n=Count("initiative", distinct=True),
            inferred=Count("initiative", distinct=True, filter=Q(basis="INFERRED")),
        )
    )
    sums = {line["cause_id"]: (line["n"], line["inferred"]) for line in counts}
    named = [CauseSum(cause, *sums[cause.pk]) for cause in Cause.objects.filter(pk__in=sums.keys())]
    named.sort(key=lambda line: (-line.count, line.cause.order if line.cause else 0))
    unknown = moved.exclude(has_deviation_cause()).count()
    return [*named, CauseSum(None, unknown)] if unknown else named


def _by_network(matrix: Matrix) -> list[NetworkSum]:
    sums: Counter[tuple[int | None, bool]] = Counter()
    for place, n in matrix.sums.deviating.items():
        sums[place.network_id, place.is_none] += n
    lines = [
        NetworkSum(matrix.networks.get(network_id or 0), is_none, n)
        for (network_id, is_none), n in sums.items()
    ]
    return sorted(lines, key=lambda line: (line.network is None, -line.count))
