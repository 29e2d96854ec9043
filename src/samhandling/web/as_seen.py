"""What is acted on is what the person has read.

Sharing and approving change no text, but they let others see one. A page that asks for such a step
carries the number of the last event of the record or its parts (`{% as_seen record %}`); when
another has come since, nothing is done and the person is asked to read again. Forms with answers
are compared answer by answer instead (`samhandling.web.editing`, ADR 0012).
"""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from samhandling.apps.audit.models import Event
from samhandling.apps.records.models import Record, RecordKind
from samhandling.apps.records.services import lock_record

T = TypeVar("T")
FIELD = "sett"


class ChangedSince(Exception):
    """Somebody has changed the record since the page was opened; the text says so in Swedish."""


def last_event(record: Record) -> str:
    """The number of the last event of the record or of its parts; empty when it has none.

    The page shows the parts too, and they go where their whole goes. Queries: ≤ 2.
    """
    uids = [record.uid]
    if record.kind == RecordKind.INITIATIVE:
        uids += Record.objects.filter(initiative__parent=record.pk).values_list("uid", flat=True)
    latest = Event.objects.filter(record_uid__in=uids).order_by("-pk")
    return str(latest.values_list("pk", flat=True).first() or "")


@transaction.atomic
def as_seen(request: HttpRequest, record: Record, action: Callable[[], T]) -> T:
    """What `action` gives, while nobody else changes the record. Raises ChangedSince."""
    lock_record(record)
    if request.POST.get(FIELD) != last_event(record):
        raise ChangedSince(
            _("Inget är gjort: det har ändrats sedan du öppnade sidan. Läs igenom och gör om.")
        )
    return action()
