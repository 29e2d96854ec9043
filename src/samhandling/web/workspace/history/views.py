"""The log of changes: of everything, and of one record."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samhandling.apps.audit.keeping import kept_until_change
from samhandling.apps.audit.models import Event
from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives.selectors import uids_with
from samhandling.apps.initiatives.visibility import can_see
from samhandling.apps.organisations.permissions import may_somewhere, standing_of
from samhandling.apps.records.models import Record
from samhandling.core.access import Operation
from samhandling.web.agreement_choice import agreements_of
from samhandling.web.history_sentences import sentences
from samhandling.web.history_visibility import visible_events
from samhandling.web.links import name_of, url_of
from samhandling.web.workspace.history.exports import may_export
from samhandling.web.workspace.history.filters import HistoryFilter

PAGE_SIZE = 25


@require_safe
def list_changes(request: HttpRequest) -> HttpResponse:
    """What has been changed, latest first, narrowed by who, what, where and when."""
    by = _reader(request)
    form = HistoryFilter(request.GET or None, agreements_of(request))
    events = (
        form.narrowed(visible_events(Event.objects.all(), by))
        if form.is_bound
        else (visible_events(Event.objects.all(), by))
    )
    asked = form.asked if form.is_bound else []
    page = _page(request, events, ("all", asked), by)
    return render(
        request,
        "workspace/history/list.html",
        {
            "form": form,
            "page": page,
            "entries": sentences(_rows(events, page), by),
            "is_filtered": bool(asked),
            "exports": _exports(request) if may_export(by) else [],
        },
    )


@require_safe
def changes_of_one(request: HttpRequest, uid: str) -> HttpResponse:
    """What has been changed about one record, and what is shown as a part of it. 404 when there is
    none that the person may see."""
    by = _reader(request)
    record = Record.objects.filter(uid=uid).first()
    own = visible_events(Event.objects.filter(record_uid=uid), by)
    if record is None or not (can_see(record, by) or _is_gone(record, own)):
        raise Http404
    events = visible_events(Event.objects.filter(record_uid__in=uids_with(record)), by)
    page = _page(request, events, ("one", uid), by)
    return render(
        request,
        "workspace/history/record.html",
        {
            "record": record,
            "name": name_of(record),
            "url": "" if record.withdrawn_at else url_of(record),
            "page": page,
            "entries": sentences(_rows(events, page), by),
        },
    )


def _exports(request: HttpRequest) -> list[dict[str, str]]:
    """What the page asks for, as files: their labels and addresses."""
    asked = request.GET.copy()
    asked.pop("sida", None)
    query = f"?{asked.urlencode()}" if asked else ""
    return [
        {"label": _("Kalkylblad (XLSX)"), "url": reverse("history:xlsx") + query},
        {
            "label": _("JSON lines, en händelse per rad"),
            "url": reverse("history:json_lines") + query,
        },
    ]


def _reader(request: HttpRequest) -> Author:
    by: Author = request.user  # type: ignore[assignment]
    if not may_somewhere(by, Operation.READ_HISTORY):
        raise Http404
    return by


def _is_gone(record: Record, events: QuerySet[Event]) -> bool:
    """Withdrawn or merged, but with a history that the person may read."""
    is_gone = record.withdrawn_at is not None or record.merged_into_id is not None
    return is_gone and events.exists()


def _page(request: HttpRequest, events: QuerySet[Event], asked: object, by: Author) -> "Page[int]":
    standing = standing_of(by).key
    total = kept_until_change("history.count", (asked, standing), events.count)
    pages = Paginator(range(total), PAGE_SIZE)
    wanted = request.GET.get("sida", "1")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else 1
    return pages.page(max(1, min(number, pages.num_pages)))


def _rows(events: QuerySet[Event], page: "Page[int]") -> QuerySet[Event]:
    start = max(0, page.start_index() - 1)
    return events.order_by("-at", "-pk")[start : start + PAGE_SIZE]
