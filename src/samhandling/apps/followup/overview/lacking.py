"""What is not known, and since when. Unknown is an answer; the lists show where to ask."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.utils import timezone

from samhandling.apps.initiatives import listing
from samhandling.apps.initiatives.models import Initiative, StatusEvent
from samhandling.apps.organisations.models import CollaborationBody, Mandate
from samhandling.core.partial_date import PartialDate

ASKED = (
    listing.OWNER,
    listing.INDICATOR,
    listing.FUNDING,
    listing.NETWORK,
    listing.LEVEL,
    listing.STATUS,
)


@dataclass(slots=True)
class Lack:
    """How many of `total` whole initiatives lack one thing.

    `by_network`: network id → how many, None: those without a network. `told_year`: the first
    follow-up year one of them was told of; `entered_on`: when the oldest was written in, where none
    was told of. Both None when nothing is missing.
    """

    what: str
    total: int
    missing: int
    by_network: Counter[int | None]
    told_year: int | None = None
    entered_on: date | None = None


@dataclass(slots=True)
class MandateKnowledge:
    """Whether networks' mandates let them put the agreement's work first, as far as is told."""

    enough: list[CollaborationBody] = field(default_factory=list)
    not_enough: list[CollaborationBody] = field(default_factory=list)
    unknown: list[CollaborationBody] = field(default_factory=list)
    since: PartialDate | None = None

    @property
    def total(self) -> int:
        return len(self.enough) + len(self.not_enough) + len(self.unknown)


def read_lacks(initiatives: QuerySet[Initiative]) -> list[Lack]:
    """What whole initiatives lack, most first. Queries: 2, and 1 to 3 a thing that is missing."""
    wholes = initiatives.filter(parent__isnull=True)
    lines: list[Any] = list(
        wholes.order_by()
        .values("network_id")
        .annotate(
            n=Count("pk"),
            **{f"lack_{what}": Count("pk", filter=listing.lacks(what)) for what in ASKED},
        )
    )
    total = sum(line["n"] for line in lines)
    # The first year that any was told of is nearly always the year for each lack too.
    first = _first_year(wholes)
    found = []
    for what in ASKED:
        by_network: Counter[int | None] = Counter(
            {line["network_id"]: line[f"lack_{what}"] for line in lines if line[f"lack_{what}"]}
        )
        lack = Lack(what, total, by_network.total(), by_network)
        if lack.missing:
            _date(lack, wholes.filter(listing.lacks(what)), first)
        found.append(lack)
    return found


def _first_year(rows: QuerySet[Initiative]) -> int | None:
    """The first follow-up year that any of `rows` was told of."""
    # One pass over the rows: asked the other way round, from the events, PostgreSQL works out the
    # rows anew for every event.
    year: int | None = rows.order_by().aggregate(y=Min("status_events__told_for_year"))["y"]
    return year


def _date(lack: Lack, rows: QuerySet[Initiative], first: int | None) -> None:
    """Since when something is lacking. Args: first: no row was told of before this year."""
    if first is not None:
        told = StatusEvent.objects.filter(initiative=OuterRef("pk"), told_for_year=first)
        lack.told_year = first if rows.filter(Exists(told)).exists() else _first_year(rows)
    if lack.told_year is None:
        # Records are numbered as they are written in, so the first one is the oldest.
        entered = rows.order_by("pk").values_list("record__created_at", flat=True).first()
        lack.entered_on = entered and timezone.localdate(entered)


def read_mandates(networks: list[CollaborationBody]) -> MandateKnowledge:
    """What is told of the networks' mandates to put the agreement's work first. Queries: 1."""
    kinds = Mandate.Sufficiency
    mandates = list(Mandate.objects.filter(body__in=networks).exclude(to_prioritise=kinds.UNKNOWN))
    answer = {mandate.body_id: mandate.to_prioritise for mandate in mandates}
    known = MandateKnowledge()
    for network in networks:
        if network.pk not in answer:
            known.unknown.append(network)
        elif answer[network.pk] == kinds.YES:
            known.enough.append(network)
        else:
            known.not_enough.append(network)
    dates = [mandate.valid_from for mandate in mandates if mandate.to_prioritise != kinds.YES]
    known.since = min((d for d in dates if d is not None), key=lambda d: d.sort_key, default=None)
    return known
