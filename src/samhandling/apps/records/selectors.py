"""Finding records by words."""

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from samhandling.apps.records.models import Record
from samhandling.apps.records.stemming import stems_to_find

MAX_WORDS = 12


def record_ids_matching(query: str) -> RawSQL | None:
    """A subquery of the record ids that hold every word of `query`, the last also as a beginning.

    Returns None when the query holds no word at all. Use as `pk__in=`. Cost: one index look-up.
    """
    words = stems_to_find(query)[:MAX_WORDS]
    if not words:
        return None
    if connection.vendor == "sqlite":
        quoted = [[f'"{stem}"' for stem in found] for found in words]
        quoted[-1][0] += "*"
        return RawSQL(
            "SELECT rowid FROM records_search WHERE records_search MATCH %s",
            [" AND ".join(f"({' OR '.join(found)})" for found in quoted)],
        )
    words[-1][0] += ":*"
    return RawSQL(
        "SELECT record_id FROM records_searchentry"
        " WHERE to_tsvector('simple', stems) @@ to_tsquery('simple', %s)",
        [" & ".join(f"({' | '.join(found)})" for found in words)],
    )


def search_records(query: str) -> QuerySet[Record]:
    """Live records that hold every word of `query`; nothing for an empty query."""
    ids = record_ids_matching(query)
    if ids is None:
        return Record.objects.none()
    return Record.objects.live().filter(pk__in=ids)


def marked_records() -> QuerySet[Record]:
    """Live records that carry a secrecy mark: few, and read by an index of their own."""
    return Record.objects.live().filter(secrecy_marked_on__isnull=False)


def records_of_case(number: str) -> QuerySet[Record]:
    """The records of one case, the withdrawn too; nothing for an empty number."""
    if not number:
        return Record.objects.none()
    # Stated as the index has it, so that it is read.
    return Record.objects.exclude(case_number="").filter(case_number__iexact=number)
