"""Which municipality takes part in what, with the unknown apart from no (capability 31).

Source: seed004 tells of five of eight in civic orientation, six in FoSam, one in the extended
consultation and all in the network for unaccompanied minors, mostly without naming them.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Q, QuerySet

from samhandling.apps.agreements.models import Agreement, GovernanceLink, NetworkAssignment
from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives.models import Initiative, InitiativeActor
from samhandling.apps.initiatives.permissions import visible_to
from samhandling.apps.organisations.models import (
    ActorSet,
    CollaborationBody,
    Membership,
    Organisation,
    Sector,
)
from samhandling.apps.organisations.selectors import members_of_sets
from samhandling.apps.records.models import Quantity, Record, RecordKind


class Part(StrEnum):
    """An answer of the matrix."""

    YES = "YES"
    INFERRED = "INFERRED"  # seen in the network's initiatives; nobody says it is a member
    NO = "NO"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether one municipality takes part."""

    town: Organisation
    part: Part


@dataclass(slots=True)
class Line:
    """A network or an initiative, and each municipality's answer in the order of the columns."""

    thing: CollaborationBody | Initiative
    answers: list[Answer]
    published: list[ActorSet] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)

    @property
    def record(self) -> Record:
        return self.thing.record


@dataclass(frozen=True, slots=True)
class Participation:
    """The matrix. `municipalities` are its columns; `total` counts the initiatives of which
    `initiatives` is one page."""

    municipalities: list[Organisation]
    networks: list[Line]
    initiatives: list[Line]
    total: int


@dataclass(slots=True)
class _Named:
    """Who is named in a list: municipalities, sets, and the sets nobody has spelled out."""

    ids: set[int] = field(default_factory=set)
    sets: list[ActorSet] = field(default_factory=list)
    is_open: bool = False


def read_participation(
    agreement: Agreement, by: Author | None, first: int = 0, rows: int = 50
) -> Participation:
    """The matrix of one agreement, as `by` may see it: all networks, and `rows` initiatives from
    the `first` (0-based). Queries: about 14, whatever its size."""
    towns = list(
        Organisation.objects.live()
        .with_record()
        .filter(sector=Sector.MUNICIPALITY)
        .order_by("record__title")
    )
    columns = {town.pk for town in towns}
    members = members_of_sets()
    sets = {row.pk: row for row in ActorSet.objects.live().with_record()}

    def name(named: _Named, actor_id: int | None) -> None:
        if actor_id is None:
            return
        if actor_id in sets:
            inside = members[actor_id]
            told_of = sets[actor_id].sector == Sector.MUNICIPALITY or bool(inside.ids & columns)
            named.ids |= inside.ids & columns
            if told_of:
                named.sets.append(sets[actor_id])
            named.is_open = named.is_open or not inside.all_known
        elif actor_id in columns:
            named.ids.add(actor_id)

    mine = visible_to(Initiative.objects.live().filter(agreement=agreement), by)
    initiatives = list(
        mine.order_by("order", "pk").values_list("pk", "network_id", "owner_id", named=True)
    )
    partners: dict[int, _Named] = defaultdict(_Named)
    for initiative_id, actor_id in InitiativeActor.objects.filter(
        initiative__in=mine.order_by().values("pk")
    ).values_list("initiative_id", "actor_id"):
        name(partners[initiative_id], actor_id)
    seats: dict[int, _Named] = defaultdict(_Named)
    for body_id, actor_id in Membership.objects.values_list("body_id", "actor_id"):
        name(seats[body_id], actor_id)

    seen: dict[int, set[int]] = defaultdict(set)
    for row in initiatives:
        if row.network_id is not None:
            seen[row.network_id] |= partners[row.pk].ids
            if row.owner_id in columns:
                seen[row.network_id].add(row.owner_id)

    bodies = _networks(agreement)
    published = _quantities(bodies, mine)
    lines = [
        Line(
            body,
            [
                Answer(town, _seat(town.pk, seats[body.pk], body.members_state, seen[body.pk]))
                for town in towns
            ],
            seats[body.pk].sets,
            published.get(body.pk, []),
        )
        for body in bodies
    ]
    told = [
        row.pk
        for row in initiatives
        if partners[row.pk].ids or partners[row.pk].sets or row.pk in published
    ]
    wanted = told[first : first + rows]
    page = Initiative.objects.with_record().in_bulk(wanted)
    shared = [
        Line(
            page[pk],
            [Answer(town, _role(town.pk, page[pk], partners[pk])) for town in towns],
            partners[pk].sets,
            published.get(pk, []),
        )
        for pk in wanted
    ]
    return Participation(towns, lines, shared, len(told))


def _networks(agreement: Agreement) -> list[CollaborationBody]:
    """Those in the chain of governance and those that have the plan, in that order, and any other
    that answers for an initiative."""
    governing = GovernanceLink.objects.live().filter(agreement=agreement)
    assigned = NetworkAssignment.objects.filter(agreement=agreement).order_by("order", "pk")
    order: dict[int, int] = {}
    for pk in [
        *governing.values_list("body_id", flat=True),
        *assigned.values_list("body_id", flat=True),
    ]:
        order.setdefault(pk, len(order))
    bodies = (
        CollaborationBody.objects.live()
        .with_record()
        .filter(Q(pk__in=order) | Q(initiatives__agreement=agreement))
        .distinct()
    )
    return sorted(bodies, key=lambda body: (order.get(body.pk, len(order)), body.title))


def _seat(town: int, named: _Named, state: str, seen: set[int]) -> Part:
    if town in named.ids:
        return Part.YES
    if state in ("COMPLETE", "NONE") and not named.is_open:
        return Part.NO
    return Part.INFERRED if town in seen else Part.UNKNOWN


def _role(town: int, row: Initiative, named: _Named) -> Part:
    if town in named.ids or row.owner_id == town:
        return Part.YES
    if row.partners_state in ("COMPLETE", "NONE") and not named.is_open:
        return Part.NO
    return Part.UNKNOWN


def _quantities(
    bodies: list[CollaborationBody], mine: QuerySet[Initiative]
) -> dict[int, list[Quantity]]:
    """Counts of municipalities that are published of a network, an event in its life, or an
    initiative: record id → counts. Queries: 1."""
    found = (
        Quantity.objects.live()
        .with_record()
        .filter(record__title__icontains="kommun")
        .filter(
            Q(about__in=[body.pk for body in bodies])
            | Q(about__bodylifecycleevent__body__in=bodies)
            | Q(about__in=mine.order_by().values("pk"))
        )
        .select_related("about__bodylifecycleevent")
    )
    counts: dict[int, list[Quantity]] = defaultdict(list)
    for quantity in found:
        is_event = quantity.about.kind == RecordKind.LIFECYCLE_EVENT
        pk = quantity.about.bodylifecycleevent.body_id if is_event else quantity.about_id
        counts[pk].append(quantity)
    return counts
