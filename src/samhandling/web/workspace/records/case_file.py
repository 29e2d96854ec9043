"""A case as one table: every record of it, field by field, what was said, attached and changed.

One row is one piece of information, so that the file can be read, filtered and handed out in part:
whoever answers a request for public documents looks at each row.
"""

from collections.abc import Iterator
from datetime import date, datetime
from html import unescape
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samhandling.apps.audit.models import Event
from samhandling.apps.audit.services import Author
from samhandling.apps.discussion.permissions import can_read_discussion
from samhandling.apps.discussion.selectors import attachments_on, comments_on
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.visibility import can_see
from samhandling.apps.records.models import Quantity, Record, Recorded
from samhandling.apps.registry.permissions import REGISTERED
from samhandling.apps.registry.selectors import Case
from samhandling.apps.reporting.models import Report
from samhandling.core.partial_date import PartialDate
from samhandling.core.report_reading import plain_text
from samhandling.web.date_words import in_words
from samhandling.web.history_sentences import sentences
from samhandling.web.history_visibility import visible_events
from samhandling.web.history_words import field_word, value_words
from samhandling.web.links import name_of
from samhandling.web.templatetags.records import counted
from samhandling.web.workspace.reports.lookups import as_it_stands

PIECE = 500
# Columns that hold no information of their own: keys, and how a time is kept.
_INNER = frozenset({"record", "slug", "order", "colour"})
_PARTS_OF_A_TIME = ("_earliest", "_latest", "_precision", "_wording")


def head() -> list[str]:
    """The heads of the columns."""
    return [_("Post"), _("Slag"), _("Del"), _("Uppgift"), _("Innehåll"), _("När"), _("Vem")]


def rows_of_case(case: Case, by: Author) -> Iterator[list[str]]:
    """The rows of every record of the case, as `by` may see them."""
    for record in case.records:
        for row in _of_record(record, by):
            yield [name_of(record), capfirst(record.get_kind_display()), *row]


def _of_record(record: Record, by: Author) -> Iterator[list[str]]:
    """Each row: part, what, content, when, who."""
    yield from _about(record)
    thing: Any = REGISTERED[record.kind]().get(pk=record.pk) if record.kind in REGISTERED else None
    if thing is not None:
        yield from _fields(thing, by)
    if isinstance(thing, Report):
        yield from _report(thing)
    if can_read_discussion(record, by):
        yield from _discussion(record, by)
    yield from _history(record, by)


def _about(record: Record) -> Iterator[list[str]]:
    part = _("Registrering")
    yield [part, _("Diarienummer"), record.case_number, "", ""]
    mark = record.secrecy_mark
    yield [part, _("Sekretessmarkering"), str(mark) if mark else _("nej"), "", ""]
    yield [part, _("Registrerad"), "", _moment(record.created_at), ""]
    if record.made_up:
        yield [part, _("Exempeldata"), _("ja"), "", ""]


def _fields(thing: Recorded, by: Author) -> Iterator[list[str]]:
    for name in column_names(type(thing)):
        display = getattr(thing, f"get_{name}_display", None)
        told = str(display()) if display else _value(getattr(thing, name), name, by)
        if told:
            yield [_("Uppgifter"), capfirst(field_word(name)), told, "", ""]
    if isinstance(thing, Initiative):
        for name, told in _parts(thing, by):
            yield [_("Uppgifter"), capfirst(field_word(name)), told, "", ""]


def _parts(initiative: Initiative, by: Author) -> Iterator[tuple[str, str]]:
    """What hangs on an initiative, one row each."""
    yield from (("places", place.name) for place in initiative.places.all())
    for level in initiative.levels.select_related("level"):
        yield "levels", level.level.label
    for part in initiative.actors.select_related("actor__record"):
        yield "partners", f"{name_of(part.actor)} ({part.get_role_display()})"
    for link in initiative.need_links.select_related("need__record"):
        if can_see(link.need.record, by):
            yield "needs", name_of(link.need)
    for event in initiative.status_events.order_by("told_for_year", "pk"):
        yield "status", f"{event.told_for_year}: {value_words('status', event.status)}"
    for result in initiative.expected_results.all():
        known = (result.text, result.indicator, result.baseline, result.target, result.actual)
        yield "expected_results", "; ".join(filter(None, known))
    for count in Quantity.objects.live().with_record().filter(about=initiative.record):
        yield "quantities", f"{counted(count)} {name_of(count)}"
    for money in initiative.funding.live().select_related("record"):
        yield "funding", f"{name_of(money)}, {money.get_state_display()}"


def column_names(model: type[Model]) -> list[str]:
    """The columns of a model that hold information; the four of a partly known time are one."""
    names: dict[str, None] = {}
    for field in model._meta.concrete_fields:
        if field.name not in _INNER:
            ending = next((end for end in _PARTS_OF_A_TIME if field.name.endswith(end)), "")
            names[field.name.removesuffix(ending)] = None
    return list(names)


def _value(value: Any, name: str, by: Author) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    record = getattr(value, "record", None)
    if isinstance(record, Record):
        return name_of(record) if can_see(record, by) else ""
    if isinstance(value, Record):
        return name_of(value) if can_see(value, by) else ""
    if isinstance(value, PartialDate):
        return in_words(value)
    return value_words(name, str(value))


def _report(report: Report) -> Iterator[list[str]]:
    for edition in report.editions.prefetch_related("files"):
        for file in edition.files.defer("content"):
            what = _("Fryst utgåva %(n)d, %(format)s") % {
                "n": edition.number,
                "format": file.format.upper(),
            }
            yield [_("Fil"), what, f"SHA-256 {file.sha256}", _moment(edition.frozen_at), ""]
    yield [_("Uppgifter"), _("Rapportens text"), plain_text(as_it_stands(report).report), "", ""]


def _discussion(record: Record, by: Author) -> Iterator[list[str]]:
    start = 0
    while said := comments_on(record, by, start, start + PIECE):
        start += PIECE
        for comment in said:
            text = comment.text or _("Tillbakadragen: %(why)s") % {"why": comment.withdrawn_reason}
            yield [_("Kommentar"), "", text, _moment(comment.written_at), comment.author]
            for earlier in comment.taken_back:
                why = _("Återställd, var tillbakadragen: %(why)s") % {"why": earlier.reason}
                yield [_("Kommentar"), "", why, _moment(earlier.at), ""]
    for file in attachments_on(record):
        what = f"{file.name} ({file.size} byte, SHA-256 {file.sha256})"
        yield [_("Bilaga"), file.kind, what, _moment(file.attached_at), file.author]


def _history(record: Record, by: Author) -> Iterator[list[str]]:
    events = visible_events(Event.objects.filter(record_uid=record.uid), by)
    keys = list(events.order_by("at", "pk").values_list("pk", flat=True))
    for start in range(0, len(keys), PIECE):
        piece = Event.objects.filter(pk__in=keys[start : start + PIECE]).select_related("why")
        for told in sentences(piece.order_by("at", "pk"), by, link=False):
            words = [unescape(strip_tags(told.sentence)), told.why]
            words += [
                f"{one.label}: {one.before or '–'} → {one.after or '–'}" for one in told.changes
            ]
            yield [_("Historik"), "", "\n".join(filter(None, words)), _moment(told.at), ""]


def _moment(at: datetime) -> str:
    return timezone.localtime(at).isoformat(sep=" ", timespec="minutes")
