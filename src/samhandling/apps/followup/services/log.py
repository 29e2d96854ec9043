"""The log's entry for a change of something in a round."""

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author, Changes, write_event
from samhandling.apps.records.models import Record


def log_change(by: Author, record: Record, agreement: Agreement, changes: Changes) -> None:
    """Write one event with what differs, and none when nothing does."""
    if changes:
        write_event(
            by=by,
            verb=Verb.CHANGED,
            record_uid=record.uid,
            record_kind=record.kind,
            scope_uid=agreement.uid,
            changes=changes,
        )
