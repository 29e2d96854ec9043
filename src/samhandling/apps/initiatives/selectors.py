"""Reads across the initiatives' tables."""

from collections.abc import Iterable

from samhandling.apps.initiatives.models import StatusEvent


def status_as_told(initiative_ids: Iterable[int], year: int) -> dict[int, StatusEvent]:
    """The status of each initiative as it was told for `year` or the latest year before it.

    Later entries never alter what an earlier year's report shows (ADR 0004). Initiatives without
    any such event are missing from the answer: their status is unknown. Queries: 1.
    """
    events = StatusEvent.objects.filter(
        initiative_id__in=list(initiative_ids), told_for_year__lte=year
    ).order_by("told_for_year", "pk")
    return {event.initiative_id: event for event in events}
