"""The rows of the list of initiatives as plain values: quick to read, the same on page and export.

Rows are read by primary key in a handful of queries, however many they are, so a page and a piece
of an export cost the same for 1, 25 or 500 rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from samhandling.apps.initiatives.models import (
    Funding,
    Initiative,
    InitiativeActor,
    InitiativeLevel,
    StatusEvent,
)
from samhandling.apps.initiatives.models.status import DEVIATIONS
from samhandling.apps.records.prepared import ByKeys
from samhandling.core.partial_date import PartialDate, Precision
from samhandling.core.registration import SecrecyMark


@dataclass(frozen=True, slots=True)
class Name:
    """What something is called; the short and the English name are empty where there is none."""

    title: str
    title_en: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class AreaName:
    """A focus area as its mark shows it."""

    code: str
    colour: int
    title: str


@dataclass(frozen=True, slots=True)
class LevelName:
    """A cooperation level of the agreement."""

    key: str
    label: str

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class LevelTold:
    """A level of an initiative and how it is known."""

    level: LevelName
    basis: str


@dataclass(frozen=True, slots=True)
class FundingTold:
    """Money of an initiative. The amount is in kronor, None when unknown."""

    instrument: str
    funder: Name | None
    state: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Deviation:
    """Why an initiative did not go as planned, and to when it was moved (None: not said)."""

    causes: tuple[str, ...]
    postponed_to: PartialDate | None


@dataclass(frozen=True, slots=True)
class ContactTold:
    """Who one turns to about an initiative; without a name there is nobody any more."""

    name: str = ""
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class ListRow:
    """One initiative of the list. None and empty are unknown; `*_state` tells what is known.

    `contact` is looked up by whoever shows it: None as well where nobody did.
    """

    pk: int
    uid: str
    name: Name
    made_up: bool
    case_number: str
    secrecy: SecrecyMark | None
    sharing: str
    part_kind: str
    parent_id: int | None
    parent: Name | None
    area: AreaName | None
    network: Name | None
    has_no_network: bool
    status: str
    owner: Name | None
    partners_state: str
    funding_state: str
    when: PartialDate | None
    next_step: str
    target_group: str
    changed_at: datetime
    levels: tuple[LevelTold, ...] = ()
    funding: tuple[FundingTold, ...] = ()
    deviation: Deviation | None = None
    partners: tuple[Name, ...] = ()
    contact: ContactTold | None = None


_FIELDS = (
    "pk",
    "record__uid",
    "record__title",
    "record__title_en",
    "record__made_up",
    "record__case_number",
    "record__secrecy_provision",
    "record__secrecy_marked_on",
    "record__secrecy_authority",
    "sharing",
    "part_kind",
    "parent_id",
    "parent__record__title",
    "parent__record__title_en",
    "focus_area__code",
    "focus_area__colour",
    "focus_area__record__title",
    "network__record__title",
    "network__record__title_en",
    "network__short_name",
    "has_no_network",
    "status",
    "owner__record__title",
    "owner__record__title_en",
    "owner__short_name",
    "partners_state",
    "funding_state",
    "when_earliest",
    "when_latest",
    "when_precision",
    "when_wording",
    "next_step",
    "target_group",
    "record__changed_at",
)

_STATUS = _FIELDS.index("status")
_ROWS = ByKeys(lambda pks: Initiative.objects.filter(pk__in=pks).values_list(*_FIELDS))
_LEVELS = ByKeys(
    lambda pks: (
        InitiativeLevel.objects.filter(initiative__in=pks)
        .exclude(basis="UNKNOWN")
        .order_by("level__order")
        .values_list("initiative_id", "level__key", "level__label", "basis")
    )
)
_FUNDING = ByKeys(
    lambda pks: (
        Funding.initiatives.through.objects.filter(
            initiative__in=pks,
            funding__record__withdrawn_at__isnull=True,
            funding__record__merged_into__isnull=True,
        )
        .order_by("funding_id")
        .values_list(
            "initiative_id",
            "funding__instrument",
            "funding__funder__record__title",
            "funding__funder__record__title_en",
            "funding__funder__short_name",
            "funding__state",
            "funding__amount_sek",
        )
    )
)
_DEVIATIONS = ByKeys(
    lambda pks: (
        StatusEvent.objects.filter(initiative__in=pks, status__in=sorted(DEVIATIONS))
        .order_by("told_for_year", "pk", "causes__pk")
        .values_list(
            "initiative_id",
            "pk",
            "postponed_to_earliest",
            "postponed_to_latest",
            "postponed_to_precision",
            "postponed_to_wording",
            "causes__cause__name",
        )
    )
)
_PARTNERS = ByKeys(
    lambda pks: (
        InitiativeActor.objects.filter(initiative__in=pks)
        .order_by("order", "pk")
        .values_list(
            "initiative_id", "actor__record__title", "actor__record__title_en", "actor__short_name"
        )
    )
)


def rows_of(pks: Sequence[int], *, with_partners: bool = False) -> list[ListRow]:
    """At most 500 initiatives by primary key, in that order; one that is gone is left out.

    Queries: 3, 1 more when any of them deviates, 1 more with partners.
    """
    if not pks:
        return []
    levels = _levels(pks)
    funding = _funding(pks)
    partners = _partners(pks) if with_partners else {}
    found = list(_ROWS.rows(pks))
    moved = [row[0] for row in found if row[_STATUS] in DEVIATIONS]
    deviations = _deviations(moved)
    rows = {
        row[0]: _row(
            row,
            levels.get(row[0], ()),
            funding.get(row[0], ()),
            deviations.get(row[0]),
            partners.get(row[0], ()),
        )
        for row in found
    }
    return [rows[pk] for pk in pks if pk in rows]


def _row(
    values: Sequence[Any],
    levels: Iterable[LevelTold],
    funding: Iterable[FundingTold],
    deviation: Deviation | None,
    partners: Iterable[Name],
) -> ListRow:
    (
        pk, uid, title, title_en, made_up,
        case_number, provision, marked_on, authority, sharing,
        part_kind, parent_id, parent, parent_en,
        code, colour, area, network, network_en, network_short, has_no_network, status,
        owner, owner_en, owner_short, partners_state, funding_state,
        earliest, latest, precision, wording, next_step, target_group, changed_at,
    ) = values  # fmt: skip
    return ListRow(
        pk=pk,
        uid=uid,
        name=Name(title, title_en),
        made_up=made_up,
        case_number=case_number,
        secrecy=None if marked_on is None else SecrecyMark(provision, marked_on, authority),
        sharing=sharing,
        part_kind=part_kind,
        parent_id=parent_id,
        parent=None if parent_id is None else Name(parent, parent_en),
        area=None if code is None else AreaName(code, colour, area),
        network=None if network is None else Name(network, network_en, network_short),
        has_no_network=has_no_network,
        status=status,
        owner=None if owner is None else Name(owner, owner_en, owner_short),
        partners_state=partners_state,
        funding_state=funding_state,
        when=_partial_date(earliest, latest, precision, wording),
        next_step=next_step,
        target_group=target_group,
        changed_at=changed_at,
        levels=tuple(levels),
        funding=tuple(funding),
        deviation=deviation,
        partners=tuple(partners),
    )


def _partial_date(
    earliest: date | None, latest: date | None, precision: str, wording: str
) -> PartialDate | None:
    return PartialDate(earliest, latest, Precision(precision), wording) if precision else None


def _levels(pks: Sequence[int]) -> dict[int, list[LevelTold]]:
    told: dict[int, list[LevelTold]] = defaultdict(list)
    for pk, key, label, basis in _LEVELS.rows(pks):
        told[pk].append(LevelTold(LevelName(key, label), basis))
    return told


def _funding(pks: Sequence[int]) -> dict[int, list[FundingTold]]:
    told: dict[int, list[FundingTold]] = defaultdict(list)
    for pk, instrument, funder, funder_en, short, state, amount in _FUNDING.rows(pks):
        by = None if funder is None else Name(funder, funder_en, short)
        told[pk].append(FundingTold(instrument, by, state, amount))
    return told


def _deviations(pks: Sequence[int]) -> dict[int, Deviation]:
    """Of each, the latest event that tells of a deviation."""
    told: dict[int, tuple[int, Deviation]] = {}
    for pk, event, earliest, latest, precision, wording, cause in _DEVIATIONS.rows(pks):
        known = told.get(pk)
        causes = known[1].causes if known and known[0] == event else ()
        if cause is not None:
            causes = (*causes, cause)
        moved_to = _partial_date(earliest, latest, precision, wording)
        told[pk] = (event, Deviation(causes, moved_to))
    return {pk: deviation for pk, (_event, deviation) in told.items()}


def _partners(pks: Sequence[int]) -> dict[int, list[Name]]:
    told: dict[int, list[Name]] = defaultdict(list)
    for pk, title, title_en, short in _PARTNERS.rows(pks):
        name = Name(title, title_en, short)
        if name not in told[pk]:
            told[pk].append(name)
    return told
