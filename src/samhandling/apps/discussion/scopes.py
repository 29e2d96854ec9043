"""Which agreement a record belongs to, for the log and for roles that reach one agreement alone."""

from django.db.models import Model

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.followup.models import FollowUpRound, Lesson, Recommendation
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.records.models import Record, RecordKind
from samhandling.apps.reporting.models import Report
from samhandling.apps.situation.models import Need

_WAY: dict[str, tuple[type[Model], str]] = {
    RecordKind.AGREEMENT: (Agreement, ""),
    RecordKind.INITIATIVE: (Initiative, "agreement__"),
    RecordKind.NEED: (Need, "agreement__"),
    RecordKind.ROUND: (FollowUpRound, "agreement__"),
    RecordKind.LESSON: (Lesson, "round__agreement__"),
    RecordKind.RECOMMENDATION: (Recommendation, "round__agreement__"),
    RecordKind.REPORT: (Report, "round__agreement__"),
}


def agreement_of(record: Record) -> tuple[int, str] | None:
    """Key and uid of the agreement a record belongs to; None for what is the whole county's.

    Queries: ≤ 1.
    """
    if record.kind not in _WAY:
        return None
    model, way = _WAY[record.kind]
    rows = model._default_manager.values_list(f"{way}record_id", f"{way}record__uid")
    found: tuple[int, str] = rows.get(pk=record.pk)
    return found


def scope_uid_of(record: Record) -> str:
    """Uid of that agreement, as the log wants it. Queries: ≤ 1."""
    found = agreement_of(record)
    return found[1] if found else ""
