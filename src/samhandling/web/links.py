"""Addresses of records, from what they are and their uid alone; no query.

What has a page of its own is linked there. Everything else goes through /post/<uid>/, which finds
the page that shows it (samhandling.web.workspace.records.places).
"""

from django.urls import reverse
from django.utils.translation import get_language

from samhandling.apps.records.models import Record, Recorded, RecordKind

_PAGES: dict[str, str] = {
    RecordKind.INITIATIVE: "initiatives:detail",
    RecordKind.NEED: "needs:detail",
    RecordKind.BODY: "actors:body",
    RecordKind.ORGANISATION: "actors:actor",
    RecordKind.ACTOR_CATEGORY: "actors:actor",
    RecordKind.ACTOR_SET: "actors:actor",
    RecordKind.REPORT: "reports:read",
}


def record_of(thing: Record | Recorded) -> Record:
    """The record of a thing, or the record itself."""
    return thing if isinstance(thing, Record) else thing.record


def url_of(thing: Record | Recorded) -> str:
    """The address of a record or of a thing that has one. Queries: 0 when the record is fetched.

    One that is merged into another goes through /post/, which leads on to the survivor.
    """
    record = record_of(thing)
    page = _PAGES.get(record.kind)
    if page is None or record.merged_into_id is not None:
        return reverse("records:show", args=[record.uid])
    return reverse(page, args=[record.uid])


def anchor_of(thing: Record | Recorded) -> str:
    """The id of the element that shows a record on a page that shows many."""
    return f"p-{record_of(thing).uid}"


def name_of(thing: Record | Recorded) -> str:
    """What a record is called in the reader's language; Swedish where no English name is known."""
    record = record_of(thing)
    if record.title_en and (get_language() or "").startswith("en"):
        return record.title_en
    return record.title
