"""Search in everything that has a name, without telling of other organisations' drafts.

It stands with the initiatives since they and the needs below them are all that can be hidden.
"""

from collections.abc import Callable, Sequence
from dataclasses import astuple
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from samhandling.apps.audit.keeping import kept_until_change
from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives import permissions as initiatives
from samhandling.apps.initiatives.models import Funding, Initiative
from samhandling.apps.organisations.permissions import may, standing_of
from samhandling.apps.records.models import (
    Footnote,
    Milestone,
    OpenQuestion,
    Quantity,
    Record,
    RecordKind,
)
from samhandling.apps.records.selectors import search_records
from samhandling.apps.records.stemming import stems
from samhandling.apps.situation import permissions as situation
from samhandling.apps.situation.models import Need, Sharing
from samhandling.core.access import Operation


def found_by(query: str, by: Author | None, kind: str = "") -> QuerySet[Record]:
    """The live records, of one kind or all, that hold every word of `query` and that `by` may see;
    unordered."""
    if not may(by, Operation.READ_SHARED):
        return Record.objects.none()
    found = search_records(query)
    for hidden_kind, hidden in _HIDDEN.items():
        if kind in ("", hidden_kind):
            found = found.exclude(Q(kind=hidden_kind) & hidden(by))
    return found.filter(kind=kind) if kind else found


def found_by_kind(query: str, by: Author | None) -> dict[str, int]:
    """How many of each kind are found, none left out but those without a hit.

    Queries: 1, and 1 more the first time after a change: counting reads every hit.
    """
    words = stems(query)
    if not words:
        return {}
    standing = [sorted(part) for part in astuple(standing_of(by))[:3]]
    return kept_until_change("records.found", (words, standing), lambda: _by_kind(query, by))


def _by_kind(query: str, by: Author | None) -> dict[str, int]:
    counts = found_by(query, by).values("kind").annotate(n=Count("pk")).order_by("kind")
    return {row["kind"]: row["n"] for row in counts}


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
            rows += found_by(query, by, kind).order_by("pk")[low:high]
        first += number
    return rows


# --- what is hidden ------------------------------------------------------------------------------
# Each condition asks about one record at a time, so that a search costs what it finds and not what
# there is.


def _hidden_initiative(column: str, by: Author | None) -> Q:
    drafts = Initiative.objects.filter(pk=OuterRef(column), sharing=Sharing.DRAFT)
    return Q(Exists(drafts)) & ~Q(Exists(initiatives.visible_to(drafts, by)))


def _hidden_need(column: str, by: Author | None) -> Q:
    drafts = Need.objects.filter(pk=OuterRef(column), sharing=Sharing.DRAFT)
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
