"""Reads of the log."""

from samhandling.apps.audit.models import Event


def kinds_with_events() -> set[str]:
    """The kinds of records that something has happened to. Reads the whole log: keep the answer."""
    return set(Event.objects.order_by().values_list("record_kind", flat=True).distinct())
