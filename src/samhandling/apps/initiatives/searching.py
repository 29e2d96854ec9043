"""Search in everything that has a name, without telling of other organisations' drafts.

It stands with the initiatives since they and the needs below them are all that can be hidden.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from samhandling.apps.audit.keeping import kept_until_change
from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives import permissions as initiatives
from samhandling.apps.initiatives.models import Funding, Initiative
from samhandling.apps.organisations.permissions import (
    Standing,
    may_somewhere,
    records_within_limits,
    standing_of,
)
from samhandling.apps.records.models import (
    Footnote,
    Milestone,
    OpenQuestion,
    Quantity,
    Record,
    RecordKind,
)
from samhandling.apps.records.prepared import text_of
from samhandling.apps.records.selectors import record_ids_matching, search_records
from samhandling.apps.records.stemming import stems_to_find
from samhandling.apps.situation import permissions as situation
from samhandling.apps.situation.models import UNSHARED, Need
from samhandling.core.access import Operation


def found_by(query: str, by: Author | None, kind: str = "") -> QuerySet[Record]:
    """The live records, of one kind or all, that hold every word of `query` and that `by` may see;
    unordered."""
    if not may_somewhere(by, Operation.READ_SHARED):
        return Record.objects.none()
    found = search_records(query)
    limits = records_within_limits(by)
    if limits is not None:
        own = Initiative.objects.filter(pk=OuterRef("pk")), Need.objects.filter(pk=OuterRef("pk"))
        found = found.filter(
            limits
            | Exists(initiatives.visible_to(own[0], by))
            | Exists(situation.visible_to(own[1], by))
        )
    for hidden_kind, hidden in _HIDDEN.items():
        if kind in ("", hidden_kind):
            found = found.exclude(Q(kind=hidden_kind) & hidden(by))
    return found.filter(kind=kind) if kind else found


def found_by_kind(query: str, by: Author | None) -> dict[str, int]:
    """How many of each kind are found, none left out but those without a hit.

    Queries: 1, and 1 more the first time after a change: counting reads every hit.
    """
    words = stems_to_find(query)
    if not words:
        return {}
    standing = standing_of(by).key
    return kept_until_change("records.found", (words, standing), lambda: _by_kind(query, by))


def _by_kind(query: str, by: Author | None) -> dict[str, int]:
    text = _counting(_Asked(standing_of(by), by=by))
    if text is None:
        return {}
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(*text.asking(query))
        return dict(cursor.fetchall())


def page_of(
    query: str, by: Author | None, kinds: Sequence[tuple[str, int]], start: int, stop: int
) -> list[Record]:
    """Hits `start` to `stop`, by kind in the order of `kinds` and as registered within each.

    The order is the index's own: a word that half of all names hold costs no more than a rare one.

    Args: kinds: pairs of kind and number of hits, of `found_by_kind`.
    Queries: 1 a kind that stands between `start` and `stop`.
    """
    rows: list[Record] = []
    first = 0
    for kind, number in kinds:
        low, high = max(start - first, 0), min(stop - first, number)
        if low < high:
            text = _reading(_Asked(standing_of(by), kind, by=by))
            assert text is not None, "something of this kind was counted"
            sql, params = text.asking(query)
            rows += Record.objects.raw(f"{sql} LIMIT %s OFFSET %s", [*params, high - low, low])
        first += number
    return rows


# --- the SQL, written once for all words ---------------------------------------------------------
# It holds a condition for each kind of thing that may be hidden, and takes longer to write than to
# answer. It is the same for all whose standing is the same, but for the words.

_ANY_WORD = "0"


@dataclass(frozen=True, slots=True)
class _Asked:
    standing: Standing
    kind: str = ""
    by: Author | None = field(compare=False, default=None)


@dataclass(frozen=True, slots=True)
class _Text:
    """SQL for _ANY_WORD, and where among its parameters the words stand."""

    sql: str
    params: tuple[Any, ...]
    places: frozenset[int]

    def asking(self, query: str) -> tuple[str, list[Any]]:
        """The SQL and its parameters for these words, of which there must be one."""
        words = _words_param(query)
        return self.sql, [words if n in self.places else p for n, p in enumerate(self.params)]


def _words_param(query: str) -> Any:
    ids = record_ids_matching(query)
    assert ids is not None, "no word to search for"
    return ids.params[0]


def _text(queryset: QuerySet[Any, Any]) -> _Text | None:
    """None for a queryset that must be empty."""
    try:
        sql, params = text_of(queryset)
    except EmptyResultSet:
        return None
    stand_in = _words_param(_ANY_WORD)
    return _Text(sql, params, frozenset(n for n, p in enumerate(params) if p == stand_in))


@lru_cache(maxsize=64)
def _counting(asked: _Asked) -> _Text | None:
    found = found_by(_ANY_WORD, asked.by).order_by("kind")
    return _text(found.values("kind").annotate(n=Count("pk")).values_list("kind", "n"))


@lru_cache(maxsize=512)
def _reading(asked: _Asked) -> _Text | None:
    return _text(found_by(_ANY_WORD, asked.by, asked.kind).order_by("pk"))


# --- what is hidden ------------------------------------------------------------------------------
# Each condition asks about one record at a time, so that a search costs what it finds and not what
# there is.


def _hidden_initiative(column: str, by: Author | None) -> Q:
    drafts = Initiative.objects.filter(pk=OuterRef(column), sharing__in=UNSHARED)
    return Q(Exists(drafts)) & ~Q(Exists(initiatives.visible_to(drafts, by)))


def _hidden_need(column: str, by: Author | None) -> Q:
    drafts = Need.objects.filter(pk=OuterRef(column), sharing__in=UNSHARED)
    return Q(Exists(drafts)) & ~Q(Exists(situation.visible_to(drafts, by)))


def _hangs_on_hidden(of_it: QuerySet[Any], column: str, by: Author | None) -> Q:
    return Q(Exists(of_it.filter(_hidden_initiative(column, by) | _hidden_need(column, by))))


def _hidden_question(by: Author | None) -> Q:
    subjects = OpenQuestion.subjects.through.objects.filter(openquestion=OuterRef("pk"))
    return _hangs_on_hidden(subjects, "record", by)


def _hidden_money(by: Author | None) -> Q:
    """Money that only hidden initiatives have."""
    uses = Funding.initiatives.through.objects.filter(funding=OuterRef("pk"))
    hidden = _hidden_initiative("initiative", by)
    return Q(Exists(uses.filter(hidden))) & ~Q(Exists(uses.exclude(hidden)))


_IT = OuterRef("pk")
_HIDDEN: dict[str, Callable[[Author | None], Q]] = {
    RecordKind.INITIATIVE: lambda by: _hidden_initiative("pk", by),
    RecordKind.NEED: lambda by: _hidden_need("pk", by),
    RecordKind.QUANTITY: lambda by: _hangs_on_hidden(Quantity.objects.filter(pk=_IT), "about", by),
    RecordKind.FOOTNOTE: lambda by: _hangs_on_hidden(Footnote.objects.filter(pk=_IT), "about", by),
    RecordKind.MILESTONE: lambda by: _hangs_on_hidden(
        Milestone.objects.filter(pk=_IT), "about", by
    ),
    RecordKind.OPEN_QUESTION: _hidden_question,
    RecordKind.FUNDING: _hidden_money,
}
_Rows = Callable[[], QuerySet[Any]]
_DRAFTS: dict[str, tuple[_Rows, Callable[[QuerySet[Any], Author | None], QuerySet[Any]]]] = {
    RecordKind.INITIATIVE: (Initiative.objects.live, initiatives.visible_to),
    RecordKind.NEED: (Need.objects.live, situation.visible_to),
}
