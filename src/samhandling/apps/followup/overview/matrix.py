"""Who does what: focus areas × networks × levels, in initiatives that are not parts of another.

Levels told of a network as a whole (NetworkReport) stand beside those of its initiatives and are
never added to them (AMB-04 in the sources: for most initiatives no level is told).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, FilteredRelation, Q, QuerySet

from samhandling.apps.agreements.models import (
    Agreement,
    AreaResponsibility,
    CoverageGap,
    FocusArea,
    NetworkAssignment,
)
from samhandling.apps.followup.models import NetworkReportLevel
from samhandling.apps.initiatives.listing import deviated
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.organisations.models import CollaborationBody


@dataclass(frozen=True, slots=True)
class Place:
    """Where an initiative belongs: ids of its area and network; `is_none`: known to have none."""

    area_id: int | None
    network_id: int | None
    is_none: bool


_PLACE = ("focus_area_id", "network_id", "has_no_network")


@dataclass(frozen=True, slots=True)
class Sums:
    """Counts by place. `levels`: level id → count, None: initiatives whose level is unknown."""

    wholes: dict[Place, int]
    deviating: dict[Place, int]
    levels: dict[Place, dict[int | None, int]]


@dataclass(slots=True)
class Row:
    """One network's initiatives in one focus area, its sub-areas included.

    `network` None with `is_none`: known that no network answers; None without: nobody has said.
    `deviating`: of its initiatives and their parts, how many were moved, paused or stopped.
    `by_level`: level id → initiatives with that level. One with two levels counts under both, so
    the levels may add up to more than `total`. `by_sub_area`: in the order of the agreement.
    """

    network: CollaborationBody | None
    is_none: bool = False
    told: list[NetworkReportLevel] = field(default_factory=list)
    by_level: dict[int, int] = field(default_factory=dict)
    unknown_level: int = 0
    total: int = 0
    deviating: int = 0
    by_sub_area: list[tuple[FocusArea, int]] = field(default_factory=list)
    answers_for: list[FocusArea] = field(default_factory=list)
    gaps: list[CoverageGap] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """One focus area and the networks in it. `area` None: initiatives whose area is unknown."""

    area: FocusArea | None
    rows: list[Row]

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the matrix is hung on."""

    areas: list[FocusArea]
    networks: list[CollaborationBody]
    counted_networks: list[CollaborationBody]
    responsibilities: list[AreaResponsibility]
    gaps: list[CoverageGap]
    told: list[NetworkReportLevel]

    @property
    def main_areas(self) -> list[FocusArea]:
        return [area for area in self.areas if area.parent_id is None]

    def area_ids(self, area: FocusArea) -> set[int]:
        """The area's own id and those of its sub-areas."""
        return {area.pk} | {sub.pk for sub in self.areas if sub.parent_id == area.pk}


def read_frame(agreement: Agreement) -> Frame:
    """Areas, networks and who answers for what. Queries: 5, and 2 where a gap is handled."""
    areas = list(FocusArea.objects.live().with_record().filter(agreement=agreement))
    assigned = NetworkAssignment.objects.filter(
        agreement=agreement, body__record__withdrawn_at=None, body__record__merged_into=None
    ).select_related("body__record", "body__coordinating_authority__record")
    assignments = list(assigned)
    return Frame(
        areas=areas,
        networks=[assignment.body for assignment in assignments],
        counted_networks=[a.body for a in assignments if a.is_counted],
        responsibilities=list(
            AreaResponsibility.objects.filter(
                focus_area__agreement=agreement,
                body__record__withdrawn_at=None,
                body__record__merged_into=None,
            ).select_related("body__record", "body__coordinating_authority__record")
        ),
        gaps=list(
            CoverageGap.objects.live()
            .with_record()
            .filter(focus_area__agreement=agreement)
            .select_related("focus_area__record", "caused_by__record")
            .prefetch_related("handlings__body__record")
        ),
        told=_last_told(agreement),
    )


def _last_told(agreement: Agreement) -> list[NetworkReportLevel]:
    """The levels each network told of in the last round in which it told of any. Queries: 1."""
    told = (
        NetworkReportLevel.objects.filter(report__round__agreement=agreement, is_planned=False)
        .filter(report__round__record__withdrawn_at=None)
        .exclude(basis="UNKNOWN")
        .select_related("level__record", "report__round")
    )
    last: dict[int, int] = {}
    for row in told:
        year = row.report.round.year
        last[row.report.body_id] = max(year, last.get(row.report.body_id, year))
    return [row for row in told if row.report.round.year == last[row.report.body_id]]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The blocks in the order of the areas, every network by id, and what they were summed from."""

    blocks: list[Block]
    networks: dict[int, CollaborationBody]
    sums: Sums


def read_matrix(frame: Frame, initiatives: QuerySet[Initiative]) -> Matrix:
    """Counts of the whole initiatives of `initiatives`. Queries: 3, and 1 for a network that is
    neither assigned nor responsible."""
    wholes = initiatives.filter(parent__isnull=True)
    counts = _by_place(wholes)
    deviating = _by_place(initiatives.filter(deviated()))
    levels: dict[Place, dict[int | None, int]] = defaultdict(dict)
    known = FilteredRelation("levels", condition=~Q(levels__basis="UNKNOWN"))
    for cell in (
        wholes.order_by()
        .annotate(known=known)
        .values(*_PLACE, "known__level_id")
        .annotate(n=Count("pk"))
    ):
        levels[_place(cell)][cell["known__level_id"]] = cell["n"]
    sums = Sums(counts, deviating, levels)
    networks = _networks(frame, [*counts, *deviating])
    blocks = [_block(frame, area, sums, networks) for area in frame.main_areas]
    elsewhere = _block(frame, None, sums, networks)
    shown = [*blocks, elsewhere] if elsewhere.rows else blocks
    return Matrix(shown, networks, sums)


def _by_place(rows: QuerySet[Initiative]) -> dict[Place, int]:
    cells = rows.order_by().values(*_PLACE).annotate(n=Count("pk"))
    return {_place(cell): cell["n"] for cell in cells}


def _place(cell: dict[str, Any]) -> Place:
    return Place(cell["focus_area_id"], cell["network_id"], cell["has_no_network"])


def _networks(frame: Frame, places: Iterable[Place]) -> dict[int, CollaborationBody]:
    known = {body.pk: body for body in frame.networks}
    known |= {duty.body_id: duty.body for duty in frame.responsibilities}
    more = {p.network_id for p in places if p.network_id is not None} - known.keys()
    if more:
        bodies = CollaborationBody.objects.with_record().filter(pk__in=more)
        known |= {b.pk: b for b in bodies.select_related("coordinating_authority__record")}
    return known


def _block(
    frame: Frame,
    area: FocusArea | None,
    sums: Sums,
    networks: dict[int, CollaborationBody],
) -> Block:
    """The rows of one area: first those who answer for it, then others, last no network at all."""
    rows: dict[tuple[int | None, bool], Row] = {}
    ids: set[int | None] = {None} if area is None else set(frame.area_ids(area))
    told = defaultdict(list)
    for level in frame.told:
        told[level.report.body_id].append(level)

    def row_of(network_id: int | None, is_none: bool) -> Row:
        key = (network_id, is_none)
        if key not in rows:
            network = None if network_id is None else networks[network_id]
            rows[key] = Row(network, is_none, told=told.get(network_id, []))
        return rows[key]

    by_id = {known.pk: known for known in frame.areas}
    for duty in frame.responsibilities:
        if duty.focus_area_id in ids:
            row = row_of(duty.body_id, False)
            sub = by_id.get(duty.sub_area_id or duty.focus_area_id)
            if sub is not None and sub.parent_id is not None:
                row.answers_for.append(sub)
    for gap in frame.gaps:
        if gap.focus_area_id in ids:
            row_of(None, True).gaps.append(gap)
    order = {known.pk: place for place, known in enumerate(frame.areas)}
    inside = [place for place in {**sums.wholes, **sums.deviating} if place.area_id in ids]
    for place in sorted(inside, key=lambda place: order.get(place.area_id or 0, -1)):
        n = sums.wholes.get(place, 0)
        if area is None and not n:
            continue  # a part without an area of its own is told with its whole
        row = row_of(place.network_id, place.is_none)
        row.total += n
        row.deviating += sums.deviating.get(place, 0)
        sub = by_id.get(place.area_id or 0)
        if n and sub is not None and sub.parent_id is not None:
            row.by_sub_area.append((sub, n))
        for level_id, count in sums.levels.get(place, {}).items():
            if level_id is None:
                row.unknown_level += count
            else:
                row.by_level[level_id] = row.by_level.get(level_id, 0) + count
    return Block(area, sorted(rows.values(), key=lambda row: row.network is None))
