"""What is not known, and since when. Unknown is an answer; the lists show where to ask."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from samhandling.apps.followup.overview.facts import ASKED
from samhandling.apps.followup.overview.gaps import OpenGap
from samhandling.apps.followup.overview.tally import Tally
from samhandling.apps.initiatives import listing
from samhandling.apps.organisations.models import CollaborationBody, Mandate
from samhandling.apps.records.models import Record
from samhandling.core.partial_date import PartialDate


@dataclass(slots=True)
class Lack:
    """How many of `total` whole initiatives lack one thing.

    `by_network`: network id → how many, None: those without a network. `since`: what a gap that
    some of them are in says itself; else `told_year`: the first follow-up year one of them was told
    of; `entered_on`: when the oldest was written in, where none was told of. All None when nothing
    is missing.
    """

    what: str
    total: int
    missing: int
    by_network: Counter[int | None]
    since: PartialDate | None = None
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


def read_lacks(tally: Tally, gaps: list[OpenGap]) -> list[Lack]:
    """What whole initiatives lack. Queries: 0, and 1 where what is missing was never told of.

    Args: gaps: the open gaps of the same agreement; a network is missing since the gap began.
    """
    total = tally.wholes.total()
    found = []
    for what in ASKED:
        by_network: Counter[int | None] = Counter(
            dict(sorted(_by_network(tally, what), key=_by_id))
        )
        lack = Lack(what, total, by_network.total(), by_network)
        lack.told_year = tally.first_told(what)
        if what == listing.NETWORK:
            lack.since = _gap_began(gaps, lack.told_year)
        found.append(lack)
    _say_when_entered([lack for lack in found if lack.missing and lack.told_year is None], tally)
    return found


def _gap_began(gaps: list[OpenGap], told_year: int | None) -> PartialDate | None:
    """When the first gap with initiatives in it began, unless one was told of before that."""
    began = [line.gap.since for line in gaps if line.without_network and line.gap.since is not None]
    first = min(began, key=lambda since: since.sort_key, default=None)
    if first is None or first.earliest is None:
        return first
    return first if told_year is None or first.earliest.year <= told_year else None


def _by_network(tally: Tally, what: str) -> Iterator[tuple[int | None, int]]:
    return ((network, n) for (lack, network), n in tally.lacking.items() if lack == what)


def _by_id(line: tuple[int | None, int]) -> int:
    return line[0] or 0


def _say_when_entered(lacks: list[Lack], tally: Tally) -> None:
    """When the oldest was written in. Records are numbered as they are written in."""
    oldest = {lack.what: pk for lack in lacks if (pk := tally.first_untold(lack.what)) is not None}
    if oldest:
        rows = Record.objects.filter(pk__in=oldest.values()).values_list("pk", "created_at")
        entered = dict(rows)
        for lack in lacks:
            lack.entered_on = timezone.localdate(entered[oldest[lack.what]])


def know_mandates(networks: list[CollaborationBody], mandates: list[Mandate]) -> MandateKnowledge:
    """What is told of the networks' mandates to put the agreement's work first.

    Args: mandates: theirs of which something is told.
    """
    kinds = Mandate.Sufficiency
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
