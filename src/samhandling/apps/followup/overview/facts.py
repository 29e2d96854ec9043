"""What the overview counts of each initiative: one small fact a piece, read for all or for a few.

The rules are those of the list (`initiatives.listing`), asked of the database and kept as answers;
no rule is written a second time here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, F, Min, QuerySet

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.initiatives import listing
from samhandling.apps.initiatives.models import (
    Initiative,
    InitiativeCause,
    InitiativeLevel,
    Status,
    StatusEvent,
)
from samhandling.apps.records.models import Record
from samhandling.apps.records.prepared import ByKeys, Prepared
from samhandling.apps.situation.models import Sharing

# What the overview asks for, in the order of the page.
ASKED = (
    listing.OWNER,
    listing.INDICATOR,
    listing.FUNDING,
    listing.NETWORK,
    listing.LEVEL,
    listing.STATUS,
)
# An initiative with one of these has nothing left that somebody must carry on.
FINISHED = frozenset(
    {Status.DONE, Status.NOT_CARRIED_OUT, Status.CLOSED, Status.ORDINARY_OPERATIONS}
)


_AT_A_TIME = 1_000  # rows, which take ten times the room of the fact that is made of them


class Place(NamedTuple):
    """Where an initiative belongs: ids of its area and network; `is_none`: known to have none."""

    area_id: int | None
    network_id: int | None
    is_none: bool


class Wait(NamedTuple):
    """That an initiative which waits now was moved to a time, by the status event `event_id`."""

    earliest: date
    event_id: int
    latest: date
    initiative_id: int


@dataclass(frozen=True, slots=True)
class Fact:
    """What counts of one live initiative.

    `lacks`: of ASKED. `levels`: ids of those that are known. `causes`: of its deviation, cause id →
    is it inferred. `told`: the first follow-up year it was told of. `draft`: for one that is not
    shared, itself with what decides who may read it; None for a shared one.
    """

    pk: int
    parent_id: int | None
    order: int
    place: Place
    status: str
    has_owner: bool
    has_funding: bool
    lacks: frozenset[str]
    levels: tuple[int, ...]
    has_deviated: bool
    causes: dict[int, bool]
    told: int | None
    earliest: date | None
    latest: date | None
    precision: str
    waits: tuple[Wait, ...]
    draft: Initiative | None

    @property
    def is_whole(self) -> bool:
        return self.parent_id is None


def read_facts(agreement: Agreement) -> dict[int, Fact]:
    """Of every live initiative of `agreement`, whoever may read it. Queries: 5."""
    rows = Initiative.objects.live().filter(agreement=agreement)
    beside = {"initiative__agreement": agreement}
    return _facts(
        agreement,
        _columns(rows).iterator(_AT_A_TIME),
        _levels(InitiativeLevel.objects.filter(**beside)),
        _told(StatusEvent.objects.filter(**beside)),
        _waits(StatusEvent.objects.filter(**beside)),
        _causes(InitiativeCause.objects.filter(**beside)),
    )


def read_some_facts(agreement: Agreement, pks: Sequence[int]) -> dict[int, Fact]:
    """As `read_facts`, of those of at most MAX_KEYS initiatives that are live in `agreement`.

    Queries: 5.
    """
    return _facts(agreement, *(query.rows(pks) for query in _SOME))


def near(agreement: Agreement, uids: Collection[str]) -> set[int] | None:
    """Keys of the initiatives of `agreement` that a change of these may concern.

    They themselves, and their near kin: a whole is shared together with its parts, decides who may
    read them, and holds their order. None when one of `uids` is nowhere. Queries: 2, 0 without any.
    """
    named = _NAMED.of(*uids)
    if len(named) != len(uids):
        return None
    ours = [one for one in named if one.agreement_id == agreement.pk]
    kin = {one.pk for one in ours} | {one.parent_id for one in ours if one.parent_id is not None}
    return kin.union(part.pk for part in _PARTS.of(*sorted(kin)))


_NAMED = Prepared(
    lambda uids: Initiative.objects.filter(record__uid__in=uids).only("agreement", "parent"),
    by_word=True,
)
_PARTS = Prepared(lambda pks: Initiative.objects.filter(parent__in=pks).only("pk"))


# --- the columns ---------------------------------------------------------------------------------


def _truth(condition: Any) -> "ExpressionWrapper[Any]":
    return ExpressionWrapper(condition, output_field=BooleanField())


def _columns(rows: QuerySet[Initiative]) -> QuerySet[Initiative, Any]:
    return rows.annotate(
        deviates=listing.deviated(),
        funded=listing.has_funding(),
        **{f"lack_{what}": _truth(listing.lacks(what)) for what in ASKED},
    ).values_list(
        "agreement_id",
        "pk",
        "parent_id",
        "order",
        "focus_area_id",
        "network_id",
        "has_no_network",
        "status",
        "owner_id",
        "sharing",
        "parent__owner_id",
        "parent__network_id",
        "when_earliest",
        "when_latest",
        "when_precision",
        "deviates",
        "funded",
        *(f"lack_{what}" for what in ASKED),
    )


def _levels(rows: QuerySet[InitiativeLevel]) -> QuerySet[InitiativeLevel, Any]:
    known = rows.exclude(basis="UNKNOWN").order_by()
    return known.values_list("initiative_id", "level_id")


def _told(rows: QuerySet[StatusEvent]) -> QuerySet[StatusEvent, Any]:
    return rows.order_by().values_list("initiative_id").annotate(first=Min("told_for_year"))


def _waits(rows: QuerySet[StatusEvent]) -> QuerySet[StatusEvent, Any]:
    waiting = rows.filter(
        initiative__status__in=[Status.POSTPONED, Status.PAUSED],
        status=F("initiative__status"),
        postponed_to_latest__isnull=False,
    )
    return waiting.order_by().values_list(
        "initiative_id", "pk", "postponed_to_earliest", "postponed_to_latest"
    )


def _causes(rows: QuerySet[InitiativeCause]) -> QuerySet[InitiativeCause, Any]:
    deviated = rows.filter(kind=InitiativeCause.Kind.MADE_DEVIATE).order_by()
    return deviated.values_list("initiative_id", "cause_id", "basis")


_SOME = (
    ByKeys(lambda pks: _columns(Initiative.objects.live().filter(pk__in=pks))),
    ByKeys(lambda pks: _levels(InitiativeLevel.objects.filter(initiative__in=pks))),
    ByKeys(lambda pks: _told(StatusEvent.objects.filter(initiative__in=pks))),
    ByKeys(lambda pks: _waits(StatusEvent.objects.filter(initiative__in=pks))),
    ByKeys(lambda pks: _causes(InitiativeCause.objects.filter(initiative__in=pks))),
)


# --- from columns to facts -----------------------------------------------------------------------


def _facts(
    agreement: Agreement,
    columns: Iterable[Sequence[Any]],
    level_rows: Iterable[Sequence[Any]],
    told_rows: Iterable[Sequence[Any]],
    wait_rows: Iterable[Sequence[Any]],
    cause_rows: Iterable[Sequence[Any]],
) -> dict[int, Fact]:
    levels: dict[int, list[int]] = defaultdict(list)
    for pk, level_id in level_rows:
        levels[pk].append(level_id)
    waits: dict[int, list[Wait]] = defaultdict(list)
    for pk, event_id, earliest, latest in wait_rows:
        waits[pk].append(Wait(earliest or date.min, event_id, latest, pk))
    causes: dict[int, dict[int, bool]] = defaultdict(dict)
    for pk, cause_id, basis in cause_rows:
        causes[pk][cause_id] = causes[pk].get(cause_id, False) or basis == "INFERRED"
    told: dict[int, int] = dict(told_rows)  # type: ignore[arg-type]
    once = _Once()
    return {
        row[1]: Fact(
            pk=row[1],
            parent_id=row[2],
            order=row[3],
            place=once.of(Place(row[4], row[5], bool(row[6]))),
            status=once.of(row[7]),
            has_owner=row[8] is not None,
            has_funding=bool(row[16]),
            lacks=once.of(
                frozenset(what for what, is_so in zip(ASKED, row[17:], strict=True) if is_so)
            ),
            levels=once.of(tuple(sorted(levels.get(row[1], ())))),
            has_deviated=bool(row[15]),
            causes=causes.get(row[1], _NO_CAUSES),
            told=told.get(row[1]),
            earliest=once.of(row[12]),
            latest=once.of(row[13]),
            precision=once.of(row[14]),
            waits=once.of(tuple(waits.get(row[1], ()))),
            draft=None if row[9] == Sharing.SHARED else _draft(row),
        )
        for row in columns
        if row[0] == agreement.pk
    }


_NO_CAUSES: dict[int, bool] = {}


class _Once:
    """Hands out one object for all that are equal, so that many facts take little room."""

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}

    def of(self, value: Any) -> Any:
        return self._known.setdefault(value, value)


def _draft(row: Sequence[Any]) -> Initiative:
    """What `initiatives.permissions.can_read` asks of one that is not shared."""
    agreement_id, pk, parent_id = row[0:3]
    whole = None
    if parent_id is not None:
        whole = Initiative(
            pk=parent_id, agreement_id=agreement_id, owner_id=row[10], network_id=row[11]
        )
    return Initiative(
        record=Record(pk=pk),
        agreement_id=agreement_id,
        parent=whole,
        owner_id=row[8],
        network_id=row[5],
        sharing=row[9],
    )
