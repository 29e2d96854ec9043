"""Frozen editions: what the council received, byte by byte."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samhandling.apps.organisations.permissions import may
from samhandling.apps.reporting import services
from samhandling.apps.reporting.models import FrozenEdition, FrozenFile
from samhandling.apps.reporting.selectors import model_of
from samhandling.core.access import Operation
from samhandling.render import RenderFailed
from samhandling.web.as_seen import as_seen
from samhandling.web.clock import today
from samhandling.web.saving import save
from samhandling.web.workspace.reports import desk
from samhandling.web.workspace.reports.body import body
from samhandling.web.workspace.reports.forms import ReasonForm
from samhandling.web.workspace.reports.lookups import as_it_stands, report_for
from samhandling.web.workspace.reports.views import as_file


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest, uid: str) -> HttpResponse:
    """All editions of a report; a correction makes a new one that says what changed."""
    report = report_for(uid, request.user)
    may_correct = may(
        request.user,  # type: ignore[arg-type]
        Operation.MOVE_REPORT,
        agreement_id=report.round.agreement_id,
    )
    if request.method == "POST" and not may_correct:
        raise Http404
    form = ReasonForm(request.POST or None)
    form.fields["reason"].label = _("Vad har ändrats sedan förra utgåvan?")
    if request.method == "POST" and form.is_valid():
        frozen = save(
            form,
            lambda: as_seen(
                request,
                report.record,
                lambda: services.freeze_edition(
                    report=report,
                    change_note=form.cleaned_data["reason"],
                    looked_at=desk.looked_at(request.POST),
                    today=today(),
                    by=request.user,  # type: ignore[arg-type]
                ),
            ),
            told=(
                services.ReportIsFrozen,
                services.SectionNeedsReason,
                services.SecrecyNotLookedAt,
                RenderFailed,
            ),
        )
        if frozen is not None:
            messages.success(request, _("En ny utgåva är fryst."))
            return redirect("reports:editions", uid=uid)
    is_correctable = report.state == report.State.RECEIVED and may_correct
    marked = None
    if is_correctable:
        marked = desk.marked(report, as_it_stands(report), request.user)  # type: ignore[arg-type]
    return render(
        request,
        "workspace/reports/editions.html",
        {
            "report": report,
            "editions": report.editions.prefetch_related("files"),
            "form": form,
            "may_correct": is_correctable,
            "marked": marked,
        },
    )


def _edition(request: HttpRequest, uid: str, number: int) -> FrozenEdition:
    report = report_for(uid, request.user)
    return get_object_or_404(
        FrozenEdition.objects.select_related("report__record"), report=report, number=number
    )


@require_safe
def read(request: HttpRequest, uid: str, number: int) -> HttpResponse:
    """One edition as a web page, from the model that was kept."""
    edition = _edition(request, uid, number)
    return render(
        request,
        "workspace/reports/edition.html",
        {
            "edition": edition,
            "report": edition.report,
            "files": edition.files.defer("content"),
            "body": body(model_of(edition)),
        },
    )


@require_safe
def download(request: HttpRequest, uid: str, number: int, file_format: str) -> HttpResponse:
    """A file of an edition, exactly as it was kept."""
    edition = _edition(request, uid, number)
    file = get_object_or_404(FrozenFile, edition=edition, format=file_format)
    stem = f"uppfoljningsrapport-{edition.report.round.year}-utgava-{number}"
    return as_file(bytes(file.content), file_format, stem)
