"""Which agreement a record belongs to, for the log and for roles that reach one agreement alone."""

from samhandling.apps.initiatives.visibility import INSIDE
from samhandling.apps.records.models import Record, RecordKind

_WAY = INSIDE | {
    RecordKind.AGREEMENT: "agreement",
    RecordKind.INITIATIVE: "initiative__agreement",
    RecordKind.NEED: "need__agreement",
}


def agreement_of(record: Record) -> tuple[int, str] | None:
    """Key and uid of the agreement a record belongs to; None for what is the whole county's.

    Queries: ≤ 1.
    """
    if record.kind not in _WAY:
        return None
    way = _WAY[RecordKind(record.kind)]
    rows = Record.objects.values_list(f"{way}__record_id", f"{way}__record__uid")
    key, uid = rows.get(pk=record.pk)
    return None if key is None else (key, uid)


def scope_uid_of(record: Record) -> str:
    """Uid of that agreement, as the log wants it. Queries: ≤ 1."""
    found = agreement_of(record)
    return found[1] if found else ""
