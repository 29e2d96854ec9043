"""The list of initiatives: which ones, in which order, and how many of what kind.

Every list, number and export of initiatives goes through `listed`, so that a number and the rows
behind it cannot differ.
"""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, field, fields
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.expressions import Expression, OrderBy, RawSQL
from django.db.models.functions import Coalesce, NullIf

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.audit.keeping import kept_until_change
from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives.models import (
    ExpectedResult,
    Funding,
    Initiative,
    InitiativeActor,
    InitiativeCause,
    InitiativeLevel,
    InitiativeNeed,
    Status,
    StatusEvent,
)
from samhandling.apps.initiatives.models.status import DEVIATIONS
from samhandling.apps.initiatives.permissions import visible_to
from samhandling.apps.organisations.permissions import Standing, standing_of
from samhandling.apps.records.prepared import first_column, text_of
from samhandling.apps.records.selectors import record_ids_matching
from samhandling.core.knowledge import Completeness

# Values that stand beside codes and uids: nobody has said, known to be none, some is there.
UNKNOWN, NONE, PRESENT = "UNKNOWN", "NONE", "PRESENT"
WHOLES, PARTS = "WHOLES", "PARTS"
# What an initiative may lack.
OWNER, INDICATOR, FUNDING, NETWORK, LEVEL, STATUS = (
    "OWNER",
    "INDICATOR",
    "FUNDING",
    "NETWORK",
    "LEVEL",
    "STATUS",
)
# Orders beside the tree; the web puts "-" before one to turn it round.
TITLE, AREA, WHEN, CHANGED = "TITLE", "AREA", "WHEN", "CHANGED"
ORDERS = (TITLE, AREA, NETWORK, STATUS, OWNER, WHEN, CHANGED)


@dataclass(frozen=True, slots=True)
class InitiativeFilter:
    """What to list. Values are OR within a field and AND between fields; empty says nothing.

    Fields: words: search words. areas: focus area codes (an area holds its sub-areas) or UNKNOWN.
    networks: body uids, NONE or UNKNOWN. levels: level keys, PRESENT (any) or UNKNOWN. bases:
    STATED, INFERRED, of the levels asked for, or of any. statuses: status codes. owners: actor uids
    or UNKNOWN. actors: actor uids, as owner or in any role. funding: PRESENT or UNKNOWN. causes:
    cause keys or UNKNOWN; together with `deviates` only causes that made it deviate. deviates: was
    ever moved, paused or stopped. lacks: what is missing. parts: WHOLES or PARTS, empty for both.
    needs: uids of needs it meets.
    """

    words: str = ""
    areas: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    funding: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    deviates: bool = False
    lacks: tuple[str, ...] = ()
    parts: str = ""
    needs: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing is asked for: the whole list."""
        return not any(getattr(self, part.name) for part in fields(self))


@dataclass(frozen=True, slots=True)
class ListCounts:
    """How many initiatives a filter finds, and of how many something is known."""

    total: int
    parts: int
    with_level: int
    with_funding: int

    @property
    def wholes(self) -> int:
        return self.total - self.parts


def listed(
    agreement: Agreement, criteria: InitiativeFilter, by: Author | None
) -> QuerySet[Initiative]:
    """The live initiatives of `agreement` that meet `criteria` and that `by` may see; unordered."""
    found = visible_to(Initiative.objects.live().filter(agreement=agreement), by)
    return found.filter(_condition(criteria))


def in_order(found: QuerySet[Initiative], order: str = "") -> QuerySet[Initiative]:
    """`found` in one of ORDERS, "-" before it for the reverse; otherwise parts under their whole.

    The tree follows the order of registration and reads an index, so a page costs the same however
    long the list is. The unknown come last in either direction. Every order ends in the primary
    key, so that no row is shown twice or never.
    """
    name, is_reverse = order.removeprefix("-"), order.startswith("-")
    if name not in ORDERS:
        return found.order_by(*TREE_ORDER)
    terms: list[OrderBy | str] = [_turned(column, is_reverse) for column in _COLUMNS[name]]
    return found.order_by(*terms, "pk")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A list that somebody asks for, the same for all whose standing is the same: what `by` sees
    depends on nothing else (organisations.permissions)."""

    agreement_id: int
    criteria: InitiativeFilter
    order: str
    standing: Standing
    agreement: Agreement = field(compare=False)
    by: Author | None = field(compare=False)


def pks_between(
    agreement: Agreement,
    criteria: InitiativeFilter,
    by: Author | None,
    order: str,
    start: int,
    stop: int,
) -> list[int]:
    """Primary keys of rows `start` to `stop` of the ordered list. Queries: 1."""
    asked = _Asked(agreement.pk, criteria, order, standing_of(by), agreement, by)
    text = _ordered_text(asked)
    return [] if text is None else first_column(*text, start=start, stop=stop)


@lru_cache(maxsize=256)
def _ordered_text(asked: _Asked) -> tuple[str, tuple[Any, ...]] | None:
    """The SQL of the ordered list; None when it must be empty."""
    found = in_order(listed(asked.agreement, asked.criteria, asked.by), asked.order)
    try:
        return text_of(found.values_list("pk"))
    except EmptyResultSet:
        return None


def counted(agreement: Agreement, criteria: InitiativeFilter, by: Author | None) -> ListCounts:
    """How many there are. Queries: 1, and 1 more the first time after a change.

    Counting reads every row, so the answer is kept until the next change; it is exact all the same
    (audit.keeping). Reading one page costs the same for 1 000 and 100 000 initiatives.
    """
    standing = standing_of(by).key
    return kept_until_change(
        "initiatives.counted",
        (agreement.pk, astuple(criteria), standing),
        lambda: _count(listed(agreement, criteria, by), is_whole_list=criteria.is_empty),
    )


def _count(found: QuerySet[Initiative], *, is_whole_list: bool) -> ListCounts:
    # Nearly all rows: one pass over each other table. A few: ask of each row.
    level = Q(pk__in=_levels().values("initiative")) if is_whole_list else Q(has_level())
    funding = Q(pk__in=_money().values("initiative")) if is_whole_list else Q(has_funding())
    return ListCounts(
        **found.aggregate(
            total=Count("pk"),
            parts=Count("pk", filter=Q(parent__isnull=False)),
            with_level=Count("pk", filter=level),
            with_funding=Count("pk", filter=funding),
        )
    )


# --- conditions ----------------------------------------------------------------------------------

_ROW = OuterRef("pk")


def has_level(*conditions: Q) -> Exists:
    """Has a level (of those that meet the conditions) told or inferred of the initiative itself."""
    return Exists(_levels().filter(*conditions, initiative=_ROW))


def _levels() -> QuerySet[InitiativeLevel]:
    return InitiativeLevel.objects.exclude(basis="UNKNOWN").order_by()


def has_funding() -> Exists:
    """Has money that is recorded, whatever has become of the application."""
    return Exists(_money().filter(initiative=_ROW))


def _money() -> QuerySet[Any]:
    return Funding.initiatives.through.objects.filter(
        funding__record__withdrawn_at__isnull=True, funding__record__merged_into__isnull=True
    )


def has_indicator() -> Exists:
    """Has an expected result that says how it shows."""
    return Exists(ExpectedResult.objects.filter(initiative=_ROW).exclude(indicator=""))


def deviated() -> Exists:
    """Was ever moved, paused or stopped (the postponement register, capability 40)."""
    return Exists(StatusEvent.objects.filter(initiative=_ROW, status__in=DEVIATIONS))


def has_deviation_cause() -> Exists:
    """Something is said to have made it deviate."""
    return Exists(
        InitiativeCause.objects.filter(initiative=_ROW, kind=InitiativeCause.Kind.MADE_DEVIATE)
    )


def lacks(name: str) -> Q:
    """Lacks what `name` (OWNER, INDICATOR, …) says. Raises ValueError for an unknown name."""
    match name:
        case "OWNER":
            return Q(owner__isnull=True)
        case "INDICATOR":
            return ~Q(has_indicator())
        case "FUNDING":
            return _funding_unknown()
        case "NETWORK":
            return Q(network__isnull=True)
        case "LEVEL":
            return ~Q(has_level())
        case "STATUS":
            return Q(status=Status.UNKNOWN)
    raise ValueError(f"{name} is nothing an initiative can lack")


def _funding_unknown() -> Q:
    """No money is recorded, and nobody has said that there is none."""
    return ~Q(has_funding()) & ~Q(
        funding_state__in=[Completeness.NONE, Completeness.NOT_APPLICABLE]
    )


def _condition(asked: InitiativeFilter) -> Q:
    every = Q()
    if asked.words:
        ids = _ids_matching(asked.words)
        every &= Q(pk__in=[]) if ids is None else Q(pk__in=ids)
    if asked.areas:
        inside = Q(focus_area__code__in=asked.areas) | Q(focus_area__parent__code__in=asked.areas)
        every &= _or_unknown(inside, asked.areas, "focus_area")
    if asked.networks:
        every &= _network(asked.networks)
    if asked.levels:
        every &= _level(asked.levels, asked.bases)
    elif asked.bases:
        every &= Q(has_level(Q(basis__in=asked.bases)))
    if asked.statuses:
        every &= Q(status__in=asked.statuses)
    if asked.owners:
        every &= _or_unknown(Q(owner__record__uid__in=asked.owners), asked.owners, "owner")
    if asked.actors:
        every &= Q(owner__record__uid__in=asked.actors) | Q(
            Exists(
                InitiativeActor.objects.filter(initiative=_ROW, actor__record__uid__in=asked.actors)
            )
        )
    if asked.funding:
        every &= _any(
            Q(has_funding()) if word == PRESENT else _funding_unknown() for word in asked.funding
        )
    if asked.deviates:
        every &= Q(deviated())
    if asked.causes:
        every &= _has_cause(asked)
    if asked.lacks:
        every &= _any(lacks(name) for name in asked.lacks)
    if asked.parts:
        every &= Q(parent__isnull=asked.parts == WHOLES)
    if asked.needs:
        every &= Q(
            Exists(
                InitiativeNeed.objects.filter(initiative=_ROW, need__record__uid__in=asked.needs)
            )
        )
    return every


def _ids_matching(words: str) -> RawSQL | None:
    """Ids of initiatives that hold every word, or have an owner or partner whose name does."""
    ids = record_ids_matching(words)
    if ids is None:
        return None
    return RawSQL(  # nosec B611 - no word of anybody's is in the text
        f"WITH found(id) AS ({ids.sql}), who(id) AS ("  # nosec B608 - nor here: they are params
        "SELECT record_id FROM organisations_actor WHERE record_id IN (SELECT id FROM found))"
        " SELECT id FROM found"
        " UNION SELECT record_id FROM initiatives_initiative"
        " WHERE owner_id IN (SELECT id FROM who)"
        " UNION SELECT initiative_id FROM initiatives_initiativeactor"
        " WHERE actor_id IN (SELECT id FROM who)",
        ids.params,
    )


def _network(values: tuple[str, ...]) -> Q:
    either = Q(network__record__uid__in=values)
    if NONE in values:
        either |= Q(has_no_network=True)
    if UNKNOWN in values:
        either |= Q(network__isnull=True, has_no_network=False)
    return either


def _level(keys: tuple[str, ...], bases: tuple[str, ...]) -> Q:
    either = Q()
    of_basis = Q(basis__in=bases) if bases else Q()
    if PRESENT in keys:
        either |= Q(has_level(of_basis))
    elif set(keys) != {UNKNOWN}:
        either |= Q(has_level(Q(level__key__in=keys) & of_basis))
    if UNKNOWN in keys:
        either |= ~Q(has_level())
    return either


def _has_cause(asked: InitiativeFilter) -> Q:
    kinds = [InitiativeCause.Kind.MADE_DEVIATE] if asked.deviates else InitiativeCause.Kind.values
    told = InitiativeCause.objects.filter(initiative=_ROW, kind__in=kinds)
    either = Q(Exists(told.filter(cause__key__in=asked.causes)))
    return either | ~Q(Exists(told)) if UNKNOWN in asked.causes else either


def _or_unknown(named: Q, values: tuple[str, ...], column: str) -> Q:
    return named | Q(**{f"{column}__isnull": True}) if UNKNOWN in values else named


def _any(conditions: Iterable[Q]) -> Q:
    either = Q()
    for condition in conditions:
        either |= condition
    return either


# --- order ---------------------------------------------------------------------------------------


class SwedishOrder(Func):
    """A name as Swedish sorts it: capitals beside small letters, å, ä and ö last in that order."""

    output_field = TextField()
    template = (
        "replace(replace(replace(replace(replace(replace(lower(%(expressions)s),"
        "'Å','{1'),'å','{1'),'Ä','{2'),'ä','{2'),'Ö','{3'),'ö','{3')"
    )


# The whole and its parts share a number, which is indexed; the whole comes before its parts.
TREE_ORDER: tuple[Expression | OrderBy | str, ...] = (
    Coalesce("parent", "record"),
    F("parent").asc(nulls_first=True),
    "order",
    "pk",
)

_COLUMNS: dict[str, tuple[Expression | F, ...]] = {
    TITLE: (SwedishOrder("record__title"),),
    AREA: (F("focus_area__order"), F("focus_area__code")),
    NETWORK: (
        SwedishOrder(Coalesce(NullIf("network__short_name", Value("")), "network__record__title")),
    ),
    STATUS: (F("status"),),
    OWNER: (SwedishOrder("owner__record__title"),),
    WHEN: (F("when_earliest"), F("when_latest")),
    CHANGED: (F("record__changed_at"),),
}


def _turned(column: Expression | F, is_reverse: bool) -> OrderBy:
    return column.desc(nulls_last=True) if is_reverse else column.asc(nulls_last=True)
