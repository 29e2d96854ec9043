"""Who does what: focus areas × networks × levels, in initiatives that are not parts of another.

Levels told of a network as a whole (NetworkReport) stand beside those of its initiatives and are
never added to them (AMB-04 in the sources: for most initiatives no level is told).
"""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field

from samhandling.apps.agreements.models import (
    Agreement,
    AreaResponsibility,
    CoverageGap,
    FocusArea,
    NetworkAssignment,
)
from samhandling.apps.followup.models import NetworkReportLevel
from samhandling.apps.followup.overview.facts import Place
from samhandling.apps.followup.overview.tally import Tally
from samhandling.apps.organisations.models import CollaborationBody


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

    @property
    def numbers(self) -> tuple[Hashable, ...]:
        """Which row it is and all that changes in it when initiatives do."""
        return (
            self.network and self.network.pk,
            self.is_none,
            self.total,
            self.deviating,
            self.unknown_level,
            tuple(sorted(self.by_level.items())),
            tuple((area.pk, n) for area, n in self.by_sub_area),
        )


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


def lay_out(frame: Frame, tally: Tally, networks: dict[int, CollaborationBody]) -> list[Block]:
    """The blocks in the order of the areas. Args: networks: all that `tally` names, by id."""
    summed = _Summed(frame, tally, networks)
    blocks = [_block(summed, area) for area in frame.main_areas]
    elsewhere = _block(summed, None)
    return [*blocks, elsewhere] if elsewhere.rows else blocks


class _Summed:
    """The sums by area and network, and what is told of each network."""

    def __init__(self, frame: Frame, tally: Tally, networks: dict[int, CollaborationBody]) -> None:
        self.frame, self.tally, self.networks = frame, tally, networks
        self.areas = {area.pk: area for area in frame.areas}
        self.places: dict[int | None, list[Place]] = defaultdict(list)
        for place in sorted({*tally.wholes, *tally.deviating}, key=_by_network):
            self.places[place.area_id].append(place)
        self.levels: dict[Place, list[tuple[int | None, int]]] = defaultdict(list)
        for (place, level_id), n in tally.levels.items():
            self.levels[place].append((level_id, n))
        self.told: dict[int | None, list[NetworkReportLevel]] = defaultdict(list)
        for level in frame.told:
            self.told[level.report.body_id].append(level)

    def row(self, network_id: int | None, is_none: bool) -> Row:
        """An empty row."""
        network = None if network_id is None else self.networks[network_id]
        return Row(network, is_none, told=self.told.get(network_id, []))


def _by_network(place: Place) -> tuple[int, bool]:
    """In the order in which they were written in."""
    return place.network_id or 0, place.is_none


def _block(summed: _Summed, area: FocusArea | None) -> Block:
    """The rows of one area: first those who answer for it, then others, last no network at all."""
    rows: dict[tuple[int | None, bool], Row] = {}
    frame = summed.frame
    ids: set[int | None] = {None} if area is None else set(frame.area_ids(area))

    def row_of(network_id: int | None, is_none: bool) -> Row:
        key = (network_id, is_none)
        if key not in rows:
            rows[key] = summed.row(network_id, is_none)
        return rows[key]

    for duty in frame.responsibilities:
        if duty.focus_area_id in ids:
            row = row_of(duty.body_id, False)
            sub = summed.areas.get(duty.sub_area_id or duty.focus_area_id)
            if sub is not None and sub.parent_id is not None:
                row.answers_for.append(sub)
    for gap in frame.gaps:
        if gap.focus_area_id in ids:
            row_of(None, True).gaps.append(gap)
    for area_id in [None] if area is None else [a.pk for a in frame.areas if a.pk in ids]:
        for place in summed.places.get(area_id, ()):
            n = summed.tally.wholes[place]
            if area is None and not n:
                continue  # a part without an area of its own is told with its whole
            _add(row_of(place.network_id, place.is_none), place, n, summed)
    return Block(area, sorted(rows.values(), key=lambda row: row.network is None))


def _add(row: Row, place: Place, n: int, summed: _Summed) -> None:
    """Add the sums of one place. Args: n: its whole initiatives."""
    row.total += n
    row.deviating += summed.tally.deviating[place]
    sub = summed.areas.get(place.area_id or 0)
    if n and sub is not None and sub.parent_id is not None:
        row.by_sub_area.append((sub, n))
    for level_id, count in summed.levels.get(place, ()):
        if level_id is None:
            row.unknown_level += count
        else:
            row.by_level[level_id] = row.by_level.get(level_id, 0) + count
