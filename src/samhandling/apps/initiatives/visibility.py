"""Who sees which record. Only initiatives and needs can be drafts; roles may have limits."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Q

from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.permissions import visible_to as initiatives_visible_to
from samhandling.apps.organisations.permissions import records_within_limits, standing_of
from samhandling.apps.records.models import Record, RecordKind
from samhandling.apps.records.prepared import Prepared
from samhandling.apps.situation.models import Need
from samhandling.apps.situation.permissions import visible_to as needs_visible_to
from samhandling.core.access import Operation

# The way from a record to the agreement that it lies inside, whose pages tell of it.
INSIDE: Final = {
    RecordKind.GOAL: "goal__agreement",
    RecordKind.CLAUSE: "agreementclause__agreement",
    RecordKind.FOCUS_AREA: "focusarea__agreement",
    RecordKind.TARGET_GROUP: "targetgroup__agreement",
    RecordKind.SCOPE_BOUNDARY: "scopeboundary__agreement",
    RecordKind.DEFINITION: "definition__agreement",
    RecordKind.LEVEL: "collaborationlevel__agreement",
    RecordKind.GOVERNANCE_LINK: "governancelink__agreement",
    RecordKind.COMMITMENT: "commitment__agreement",
    RecordKind.JOINT_ACTIVITY: "jointactivity__agreement",
    RecordKind.AREA_CRITERION: "areacriterion__agreement",
    RecordKind.PLAN: "collaborationplan__agreement",
    RecordKind.STRUCTURE_PROPOSAL: "structureproposal__focus_area__agreement",
    RecordKind.COVERAGE_GAP: "coveragegap__focus_area__agreement",
    RecordKind.WORKSHOP_SERIES: "needsworkshopseries__agreement",
    RecordKind.ROUND: "followupround__agreement",
    RecordKind.METHOD_NOTE: "methodnote__round__agreement",
    RecordKind.APPROACH_FINDING: "approachfinding__round__agreement",
    RecordKind.LESSON: "lesson__round__agreement",
    RecordKind.RECOMMENDATION: "recommendation__round__agreement",
    RecordKind.REPORT: "report__round__agreement",
}

_INITIATIVES = Prepared(
    lambda pks, by: initiatives_visible_to(Initiative.objects.filter(pk__in=pks), by).only("pk")
)
_NEEDS = Prepared(lambda pks, by: needs_visible_to(Need.objects.filter(pk__in=pks), by).only("pk"))


def visible_records(records: Iterable[Record], by: Author | None) -> list[Record]:
    """Those of `records` that are live and that `by` may see, in the same order.

    Queries: ≤ 2, and 1 more for somebody whose roles are limited.
    """
    found = [r for r in records if r.withdrawn_at is None and r.merged_into_id is None]
    drafts = _ids(found, RecordKind.INITIATIVE), _ids(found, RecordKind.NEED)
    seen: set[int] = set()
    if drafts[0]:
        own = _INITIATIVES.of(*drafts[0], shape=standing_of(by), words=(by,))
        seen.update(one.pk for one in own)
    if drafts[1]:
        own_needs = _NEEDS.of(*drafts[1], shape=standing_of(by), words=(by,))
        seen.update(one.pk for one in own_needs)
    asked = drafts[0] | drafts[1]
    limits = records_within_limits(by)
    if limits is not None:
        limits |= _inside({record.kind for record in found}, by)
        rest = Record.objects.filter(pk__in=[record.pk for record in found]).filter(limits)
        seen.update(rest.values_list("pk", flat=True))
        asked = {record.pk for record in found}
    return [record for record in found if record.pk not in asked or record.pk in seen]


def _inside(kinds: Iterable[str], by: Author | None) -> Q:
    """Condition on `Record`: what lies inside an agreement that `by` may read."""
    agreements = standing_of(by).reached(Operation.READ_SHARED).agreements
    allowed = Q(pk__in=())
    for kind in sorted(set(kinds) & INSIDE.keys()):
        allowed |= Q(kind=kind, **{f"{INSIDE[RecordKind(kind)]}__in": agreements})
    return allowed


def can_see(record: Record, by: Author | None) -> bool:
    """May `by` see this live record? Queries: ≤ 1."""
    return bool(visible_records([record], by))


def hide_unseen(things: Iterable[Any], field: str, by: Author | None) -> None:
    """Empty the key `field` of each thing where it leads to a record that `by` may not see.

    Nothing is written: only what a page is about to show. Queries: ≤ 2.
    """
    rows = [row for row in things if getattr(row, field) is not None]
    seen = {record.pk for record in visible_records([getattr(row, field) for row in rows], by)}
    for row in rows:
        if getattr(row, field).pk not in seen:
            setattr(row, field, None)


def _ids(records: list[Record], kind: str) -> set[int]:
    return {record.pk for record in records if record.kind == kind}
