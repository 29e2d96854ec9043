"""Reads of the log."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max
from django.utils import timezone

from samhandling.apps.audit.models import Event, Revision


def kinds_with_events() -> set[str]:
    """The kinds of records that something has happened to. Reads the whole log: keep the answer."""
    return set(Event.objects.order_by().values_list("record_kind", flat=True).distinct())


def last_day_told(field: str, keys: Iterable[str], after: str | None = None) -> dict[str, date]:
    """The last day on which the log tells that a field of a person changed, by the person's key.

    Args: after: what it changed to, None for anything. Queries: 1.
    """
    told = Revision.objects.filter(
        field="person", after__in=list(keys), event__record_uid="", event__record_kind="USER"
    )
    if after is None:
        told = told.filter(event__revisions__field=field)
    else:
        told = told.filter(event__revisions__field=field, event__revisions__after=after)
    days = told.order_by().values_list("after").annotate(at=Max("event__at"))
    return {key: timezone.localdate(at) for key, at in days}
