"""The log as a file, for those who answer for it: what the page would show, and nothing more."""

import json
import tempfile
from collections.abc import Iterator
from datetime import UTC
from html import unescape

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.timezone import localtime
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.audit.models import Event
from samhandling.apps.audit.services import Author
from samhandling.apps.organisations.permissions import standing_of
from samhandling.core.access import Operation
from samhandling.web import clock
from samhandling.web.agreement_choice import agreements_of
from samhandling.web.history_sentences import Sentence, sentences
from samhandling.web.history_visibility import visible_events
from samhandling.web.rate_limits import rate_limited
from samhandling.web.reauthentication import reauthentication_for_file, without_ours
from samhandling.web.spreadsheets import write_xlsx, xlsx_response
from samhandling.web.workspace.history.filters import HistoryFilter

PIECE = 500
MOST_ROWS = 1_000_000  # a workbook holds 1 048 576


def may_export(by: Author) -> bool:
    """May this person take any part of the log away?"""
    reached = standing_of(by).reached(Operation.READ_AUDIT_LOG)
    return reached.everything or bool(reached.agreements)


def exportable(events: QuerySet[Event], by: Author) -> QuerySet[Event]:
    """Those events that `by` may take away: of the agreements answered for, and visible at all."""
    reached = standing_of(by).reached(Operation.READ_AUDIT_LOG)
    if not reached.everything:
        own = Agreement.objects.filter(pk__in=reached.agreements).values("record__uid")
        events = events.filter(scope_uid__in=own)
    return visible_events(events, by)


def _list(request: HttpRequest) -> str:
    """The page that the file was asked for on."""
    query = without_ours(request).urlencode()
    return reverse("history:list") + (f"?{query}" if query else "")


@require_safe
def export_xlsx(request: HttpRequest) -> HttpResponseBase:
    """What the address asks for, as a workbook; times are of the clock on the wall."""
    _check_may_export(request)
    return _xlsx(request)


@require_safe
def export_json_lines(request: HttpRequest) -> HttpResponseBase:
    """What the address asks for, one JSON object a line, sent while it is read; times are UTC."""
    _check_may_export(request)
    return _json_lines(request)


# Who may is asked first, so that the question who one is tells nobody that an address exists.
@reauthentication_for_file(_list)
@rate_limited("export")
def _xlsx(request: HttpRequest) -> FileResponse:
    head = [_("Vad hände"), _("När"), _("Skäl"), _("Före och efter"), _("Åtgärd"), _("Post")]
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response when it is sent
    write_xlsx(file, _("Ändringar"), head, _rows(_asked(request), _person(request)))
    file.seek(0)
    return xlsx_response(_name(), file)


@reauthentication_for_file(_list)
@rate_limited("export")
def _json_lines(request: HttpRequest) -> StreamingHttpResponse:
    lines = _lines(_asked(request), _person(request), get_language() or "")
    response = StreamingHttpResponse(lines, content_type="application/x-ndjson; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_name()}.jsonl"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _check_may_export(request: HttpRequest) -> None:
    if not may_export(_person(request)):
        raise Http404


def _person(request: HttpRequest) -> Author:
    by: Author = request.user  # type: ignore[assignment]
    return by


def _asked(request: HttpRequest) -> list[int]:
    """Keys of the events, latest first: read before anything is sent, so that a refusal is one."""
    by = _person(request)
    events = exportable(Event.objects.all(), by)
    if request.GET:
        form = HistoryFilter(request.GET, agreements_of(request))
        if not form.is_valid():
            # A file that is more, or less, than was asked for would be taken for what was.
            raise BadRequest
        events = form.narrowed(events)
    return list(events.order_by("-at", "-pk").values_list("pk", flat=True))


def _told(keys: list[int], by: Author) -> Iterator[tuple[Event, Sentence]]:
    for start in range(0, len(keys), PIECE):
        piece = Event.objects.filter(pk__in=keys[start : start + PIECE]).select_related("why")
        rows = list(piece.order_by("-at", "-pk"))
        yield from zip(rows, sentences(rows, by, link=False), strict=True)


def _rows(keys: list[int], by: Author) -> Iterator[list[str]]:
    for event, told in _told(keys[:MOST_ROWS], by):
        changes = [f"{one.label}: {one.before or '–'} → {one.after or '–'}" for one in told.changes]
        yield [
            _plain(told),
            localtime(event.at).isoformat(sep=" ", timespec="seconds"),
            told.why,
            "\n".join(changes),
            event.get_verb_display(),
            event.record_uid,
        ]
    if len(keys) > MOST_ROWS:
        yield [_("Fler rader än så får inte plats. Hämta allt som JSON lines.")]


def _lines(keys: list[int], by: Author, language: str) -> Iterator[bytes]:
    told = _told(keys, by)
    while True:
        # The file is sent after the middleware has put the language back.
        with override(language):
            row = next(told, None)
            if row is None:
                return
            line = _line(*row)
        yield json.dumps(line, ensure_ascii=False).encode() + b"\n"


def _line(event: Event, told: Sentence) -> dict[str, object]:
    return {
        "id": event.pk,
        "at": event.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "actor": event.actor_key,
        "verb": event.verb,
        "kind": event.record_kind,
        "record": event.record_uid,
        "agreement": event.scope_uid,
        "fields": event.field_names,
        "sentence": _plain(told),
        "reason": told.why,
        "changes": [
            {
                "field": one.label,
                "before": one.before,
                "after": one.after,
            }
            for one in told.changes
        ],
    }


def _plain(told: Sentence) -> str:
    return unescape(strip_tags(told.sentence))


def _name() -> str:
    return f"andringar-{clock.today().isoformat()}"
