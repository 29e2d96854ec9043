"""Reads across the initiatives' tables."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from samhandling.apps.initiatives.models import Funding, Initiative, StatusEvent
from samhandling.apps.records.models import Quantity, Record, RecordKind


def status_as_told(initiative_ids: Iterable[int], year: int) -> dict[int, StatusEvent]:
    """The status of each initiative as it was told for `year` or the latest year before it.

    Later entries never alter what an earlier year's report shows (ADR 0004). Initiatives without
    any such event are missing from the answer: their status is unknown. Queries: 1.
    """
    events = StatusEvent.objects.filter(
        initiative_id__in=list(initiative_ids), told_for_year__lte=year
    ).order_by("told_for_year", "pk")
    return {event.initiative_id: event for event in events}


def uids_with(record: Record) -> set[str]:
    """The uid of a record, and for an initiative those of its parts, counts and money, the
    withdrawn too: what its history tells of. Queries: 3 for an initiative."""
    if record.kind != RecordKind.INITIATIVE:
        return {record.uid}
    near: list[QuerySet[Any]] = [
        Initiative.objects.filter(parent=record.pk),
        Funding.objects.filter(initiatives=record.pk),
        Quantity.objects.filter(about=record.pk),
    ]
    found = {uid for rows in near for uid in rows.values_list("record__uid", flat=True)}
    return {record.uid} | found
