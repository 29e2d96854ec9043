"""Reading a report: the list, the web page, the files and the rows behind a number."""

from dataclasses import replace

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from samhandling.apps.audit.keeping import kept_until_change
from samhandling.apps.followup.models import FollowUpRound
from samhandling.apps.organisations.permissions import may
from samhandling.apps.records.models import Record
from samhandling.apps.reporting import services
from samhandling.apps.reporting.models import Report
from samhandling.apps.reporting.permissions import can_write_in
from samhandling.apps.reporting.selectors import reports_of
from samhandling.core.access import Operation
from samhandling.render import FORMATS, MEDIA_TYPES, RenderFailed, render_apart
from samhandling.web.agreement_choice import agreement_or_404
from samhandling.web.rate_limits import rate_limited
from samhandling.web.workspace.reports import desk
from samhandling.web.workspace.reports.body import body
from samhandling.web.workspace.reports.lookups import (
    as_it_stands,
    figure_with,
    links_of,
    report_for,
)


@require_safe
def listing(request: HttpRequest, agreement: str) -> HttpResponse:
    """The agreement's reports, and the rounds that have none yet."""
    found = agreement_or_404(request, agreement)
    return render(
        request,
        "workspace/reports/list.html",
        {
            "agreement": found,
            "agreement_url": reverse("agreements:detail", args=[found.slug]),
            "reports": reports_of(found),
            "rounds_without": FollowUpRound.objects.live()
            .filter(agreement=found, written_reports__isnull=True)
            .with_record(),
            "may_begin": may(request.user, Operation.MOVE_REPORT, agreement_id=found.pk),  # type: ignore[arg-type]
        },
    )


@require_POST
def begin(request: HttpRequest, agreement: str) -> HttpResponse:
    """Start the report of a round."""
    year = request.POST.get("year", "")
    round_ = (
        FollowUpRound.objects.live()
        .filter(agreement__slug=agreement, year=int(year) if year.isdigit() else 0)
        .first()
    )
    if round_ is None or not may(
        request.user,  # type: ignore[arg-type]
        Operation.MOVE_REPORT,
        agreement_id=round_.agreement_id,
    ):
        raise Http404
    report = Report.objects.filter(round=round_, outline="follow_up").first()
    if report is None:
        report = services.create_report(
            round=round_,
            outline="follow_up",
            title=f"Uppföljningsrapport {round_.year}",  # content, the same whoever begins it
            title_en=f"Follow-up report {round_.year}",
            by=request.user,  # type: ignore[arg-type]
        )
    return redirect("reports:read", uid=report.uid)


@require_safe
def read(request: HttpRequest, uid: str) -> HttpResponse:
    """The whole report as a web page, as the records stand now."""
    report = report_for(uid, request.user)
    made = as_it_stands(report)
    return render(
        request,
        "workspace/reports/read.html",
        {
            "report": report,
            # The renderer escapes every text itself; see render/html.py and its tests.
            "body": kept_until_change(
                "report-page",
                report.pk,
                lambda: body(made.report, link_for=links_of(report)),
            ),
            "outline": desk.outline(report, made),
            "problems": [p for rows in made.problems.values() for p in rows],
            "subtitle": made.report.subtitle,
            "may_write": can_write_in(request.user, report.round.agreement_id),  # type: ignore[arg-type]
            "marked": desk.marked(report, made, request.user),  # type: ignore[arg-type]
            **desk.life(report, request.user),  # type: ignore[arg-type]
        },
    )


@require_safe
@rate_limited("report")
def download(request: HttpRequest, uid: str, file_format: str) -> HttpResponse:
    """The report as a file, made now. A file that cannot be made gives a message, not an error."""
    report = report_for(uid, request.user)
    if file_format not in FORMATS:
        raise Http404
    try:
        # A file names the day it was made, whenever its contents were last worked out.
        made = as_it_stands(report).report
        now = timezone.localtime().isoformat(timespec="seconds")
        made = replace(made, meta=replace(made.meta, made_at=now))
        content = render_apart(made, file_format, fonts_dir=settings.FONT_DIR)
    except RenderFailed as failure:
        messages.error(request, str(failure))
        return redirect("reports:read", uid=report.uid)
    return as_file(content, file_format, f"uppfoljningsrapport-{report.round.year}")


def as_file(content: bytes, file_format: str, stem: str) -> HttpResponse:
    """A file to keep, never shown inside the workspace."""
    response = HttpResponse(content, content_type=MEDIA_TYPES[file_format])
    response["Content-Disposition"] = f'attachment; filename="{stem}.{file_format}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def rows(request: HttpRequest, uid: str, key: str) -> HttpResponse:
    """The records behind one drawn number of the report."""
    report = report_for(uid, request.user)
    figure = figure_with(as_it_stands(report).report, key)
    found = {record.uid: record for record in Record.objects.filter(uid__in=figure.record_uids)}
    return render(
        request,
        "workspace/reports/rows.html",
        {
            "report": report,
            "figure": figure,
            "records": [found[uid] for uid in figure.record_uids if uid in found],
        },
    )
