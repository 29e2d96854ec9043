"""Who may see which events of the log, and which of the records that they name."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from samhandling.apps.audit.models import Event
from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives import permissions as initiatives
from samhandling.apps.initiatives.models import Funding, Initiative
from samhandling.apps.organisations.permissions import (
    events_within_limits,
    may_somewhere,
    standing_of,
)
from samhandling.apps.people.permissions import can_run_people
from samhandling.apps.records.models import Footnote, Quantity, Record, RecordKind
from samhandling.apps.records.prepared import Prepared
from samhandling.apps.situation import permissions as situation
from samhandling.apps.situation.models import Need, Sharing
from samhandling.core.access import Operation
from samhandling.web.history_people import OF_PEOPLE

_MAY_BE_DRAFTS = frozenset({RecordKind.INITIATIVE, RecordKind.NEED})


def visible_events(events: QuerySet[Event], by: Author | None) -> QuerySet[Event]:
    """Those events that tell of nothing `by` may not see: other organisations' drafts.

    What somebody did while it was a draft stays with its own people after it was shared: for others
    its history starts when it was shared. What hangs on a hidden draft (its counts, notes and
    money) is as hidden. Adds no query; the reasons come with the events.
    """
    events = events.select_related("why")
    limits = events_within_limits(by)
    if limits is not None:
        events = events.filter(limits)
    if not can_run_people(by):
        # Who came, left or was shut out is for those who run the people.
        events = events.exclude(record_kind__in=OF_PEOPLE)
    at = OuterRef("at")
    within = OuterRef(at)  # the same, one query further in
    drafts = _drafts_of_others(Initiative.objects.all(), initiatives, by, within)
    used = Initiative.objects.filter(funding=OuterRef("pk"))
    told = Q(sharing=Sharing.SHARED, shared_at__lte=within) | Q(
        pk__in=initiatives.reached_as_draft_by(Initiative.objects.all(), by).values("pk")
    )
    gone: tuple[QuerySet, ...] = (
        _drafts_of_others(Initiative.objects.all(), initiatives, by, at),
        _drafts_of_others(Need.objects.all(), situation, by, at),
        Quantity.objects.filter(about__in=drafts.values("pk")),
        Footnote.objects.filter(about__in=drafts.values("pk")),
        Funding.objects.filter(Exists(used)).exclude(Exists(used.filter(told))),
    )
    # Asked of one event at a time: the cost is that of the events shown, not of all drafts.
    for rows in gone:
        events = events.exclude(Exists(rows.filter(record__uid=OuterRef("record_uid"))))
    return events


def _drafts_of_others(rows: QuerySet, rules: Any, by: Author | None, at: OuterRef) -> QuerySet:
    """Those that at `at` were drafts which `by` did not see; `rules` are the app's permissions.

    Who approves sees what has happened since it was submitted, unless it went back or was withdrawn
    before it was decided: then it is its own people's again.
    """
    drafts = rows.filter(~Q(sharing=Sharing.SHARED) | Q(shared_at__gt=at))
    drafts = drafts.exclude(pk__in=rules.reached_as_draft_by(rows, by).values("pk"))
    if not may_somewhere(by, Operation.APPROVE_SHARING):
        return drafts
    # Who approves what is asked once, not anew of each event: only the row's own day is.
    within = rules.within_approval(rows, by).values("pk")
    waits = Q(sharing=Sharing.SUBMITTED, record__withdrawn_at=None, record__merged_into_id=None)
    decided = Q(sharing=Sharing.SHARED)
    return drafts.exclude(waits | decided, submitted_at__lte=at, pk__in=within)


def hidden_uids(records: list[Record], by: Author | None) -> set[str]:
    """Uids of the drafts among `records` that `by` may not see."""
    uids = [record.uid for record in records if record.kind in _MAY_BE_DRAFTS]
    standing = standing_of(by)
    drafts = _HIDDEN_INITIATIVES.of(*uids, shape=standing, words=(by,))
    needs = _HIDDEN_NEEDS.of(*uids, shape=standing, words=(by,))
    return {row.uid for row in drafts} | {row.uid for row in needs}


def _hidden(rows: QuerySet, visible_to, by: Author | None) -> QuerySet:
    drafts = rows.exclude(sharing=Sharing.SHARED)
    return drafts.exclude(pk__in=visible_to(drafts, by).values("pk"))


_HIDDEN_INITIATIVES = Prepared(
    lambda uids, by: _hidden(
        Initiative.objects.with_record().filter(record__uid__in=uids), initiatives.visible_to, by
    ),
    by_word=True,
)
_HIDDEN_NEEDS = Prepared(
    lambda uids, by: _hidden(
        Need.objects.with_record().filter(record__uid__in=uids), situation.visible_to, by
    ),
    by_word=True,
)
