"""Reads of what is registered: the cases, and the records of one."""

from dataclasses import dataclass

from django.db.models import QuerySet

from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives.visibility import visible_records
from samhandling.apps.organisations.permissions import may_somewhere
from samhandling.apps.records.models import Record
from samhandling.apps.records.selectors import marked_records, records_of_case
from samhandling.apps.registry.permissions import REGISTERED
from samhandling.core.access import Operation
from samhandling.core.registration import tidy

MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Case:
    """One case number and the records that have it, as somebody may see them."""

    number: str
    records: list[Record]


def case_with(number: str, by: Author | None) -> Case | None:
    """The case of that number, however it is spaced or capitalised; None when `by` sees none of
    its records. Queries: ≤ 4."""
    number = tidy(number)
    if not number or not may_somewhere(by, Operation.READ_SHARED):
        return None
    found = visible_records(_in_order(records_of_case(number)), by)
    return Case(found[0].case_number, found) if found else None


def registered_for(by: Author | None) -> tuple[list[Record], bool]:
    """What `by` may see of all that has a case number or a mark, by number, and whether that is
    all of it: at most MOST_SHOWN of each are read. Queries: ≤ 5."""
    if not may_somewhere(by, Operation.READ_SHARED):
        return [], True
    numbered = Record.objects.live().exclude(case_number="").filter(kind__in=REGISTERED)
    rows = {record.pk: record for record in _in_order(numbered)[: MOST_SHOWN + 1]}
    marked = {record.pk: record for record in marked_records().order_by("pk")[: MOST_SHOWN + 1]}
    is_all = len(rows) <= MOST_SHOWN and len(marked) <= MOST_SHOWN
    found = visible_records((rows | marked).values(), by)
    return sorted(found, key=lambda row: (not row.case_number, row.case_number, row.pk)), is_all


def _in_order(records: QuerySet[Record]) -> QuerySet[Record]:
    return records.order_by("case_number", "kind", "pk")
