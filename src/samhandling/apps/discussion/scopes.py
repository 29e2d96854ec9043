"""Which agreement a record belongs to, for the log and for roles that reach one agreement alone."""

from collections.abc import Iterable

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
    return agreements_of([record]).get(record.pk)


def agreements_of(records: Iterable[Record]) -> dict[int, tuple[int, str]]:
    """The same for many, by primary key; without those that are the whole county's.

    Queries: ≤ 1 a kind.
    """
    by_kind: dict[str, list[int]] = {}
    for record in records:
        by_kind.setdefault(record.kind, []).append(record.pk)
    found = {}
    for kind in by_kind.keys() & _WAY.keys():
        way = _WAY[RecordKind(kind)]
        rows = Record.objects.filter(pk__in=by_kind[kind], **{f"{way}__isnull": False})
        for pk, *agreement in rows.values_list("pk", f"{way}__record_id", f"{way}__record__uid"):
            found[pk] = (agreement[0], agreement[1])
    return found


def scope_uid_of(record: Record) -> str:
    """Uid of that agreement, as the log wants it. Queries: ≤ 1."""
    found = agreement_of(record)
    return found[1] if found else ""
