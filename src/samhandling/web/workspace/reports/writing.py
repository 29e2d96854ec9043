"""Writing: one section at a time, back and forth, and the report on its way."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samhandling.apps.organisations.permissions import check, may
from samhandling.apps.reporting import services
from samhandling.apps.reporting.assemble import preview
from samhandling.apps.reporting.models import Report
from samhandling.apps.reporting.permissions import can_write_section, check_can_write_section
from samhandling.core.access import Operation
from samhandling.core.lifecycle import ReasonMissing, ReportState, TransitionNotAllowed
from samhandling.core.report_model import (
    Report as ReportModel,
)
from samhandling.core.take_over import CannotTakeOver, can_take_over
from samhandling.render import RenderFailed
from samhandling.web.clock import today
from samhandling.web.saving import act, save
from samhandling.web.workspace.reports import desk
from samhandling.web.workspace.reports.body import body
from samhandling.web.workspace.reports.forms import ReasonForm, SectionForm
from samhandling.web.workspace.reports.lookups import as_it_stands, links_of, report_for


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, uid: str, key: str) -> HttpResponse:
    """Write one section, with what is drawn under the same heading beside it."""
    report = report_for(uid, request.user)
    made = as_it_stands(report)
    place = next((one for one in made.sections if one.key == key), None)
    if place is None:
        raise Http404
    row = report.sections.filter(key=key).first()
    form = SectionForm(request.POST or None, report=report, key=key, heading=place.heading)
    seen = None
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            seen = preview(form.cleaned_data["text"])
        else:
            # Before anything is compared: what is refused is refused to all alike.
            check_can_write_section(request.user, report.round.agreement_id, place.area)  # type: ignore[arg-type]
            saved = save(
                form,
                lambda: services.write_section(
                    report=report,
                    key=key,
                    text=form.cleaned_data["text"],
                    is_done="done" in request.POST,
                    by=request.user,  # type: ignore[arg-type]
                ),
                told=(services.ReportIsFrozen,),
            )
            if saved is not None:
                messages.success(request, _("Avsnittet är sparat."))
                return redirect("reports:section", uid=uid, key=key)
    lines = desk.outline(report, made)
    index = next(i for i, line in enumerate(lines) if line.key == key)
    drawn = made.drawn[key]
    model = made.report
    return render(
        request,
        "workspace/reports/section.html",
        {
            "report": report,
            "place": place,
            "row": row,
            "form": form,
            "outline": lines,
            "current": lines[index],
            "next": lines[index + 1] if index + 1 < len(lines) else None,
            "preview": body(_only(model, seen.blocks), link_for=links_of(report)) if seen else "",
            "problems": seen.problems if seen else made.problems.get(key, ()),
            "written": body(_only(model, preview(row.text).blocks), link_for=links_of(report))
            if row
            else "",
            "drawn": body(_only(model, drawn), link_for=links_of(report)) if drawn else "",
            "may_write": can_write_section(request.user, report.round.agreement_id, place.area),  # type: ignore[arg-type]
            "may_take_over": can_take_over(made.drawn[key]),
            "is_stale": key in made.changed_since_taken_over,
            "reason_form": ReasonForm(),
            "may_return": may(
                request.user,  # type: ignore[arg-type]
                Operation.MOVE_REPORT,
                agreement_id=report.round.agreement_id,
            ),
            **desk.life(report, request.user),  # type: ignore[arg-type]
        },
    )


def _only(model: ReportModel, blocks: tuple) -> ReportModel:
    return ReportModel(model.title, model.subtitle, model.language, model.meta, blocks)


@require_POST
def take_over(request: HttpRequest, uid: str, key: str) -> HttpResponse:
    """Write on in what is drawn, or let the records draw it again."""
    report = report_for(uid, request.user)
    if key not in {line.key for line in desk.outline(report)}:
        raise Http404
    again = "again" in request.POST
    service = services.draw_section_again if again else services.take_over_section
    act(
        request,
        lambda: service(report=report, key=key, by=request.user),  # type: ignore[arg-type]
        _("Avsnittet ritas ur uppgifterna igen. Din text finns kvar.")
        if again
        else _("Det ritade är nu din text. Du får veta om uppgifterna ändras."),
        told=(services.ReportIsFrozen, CannotTakeOver),
    )
    return redirect("reports:section", uid=uid, key=key)


@require_POST
def send_back(request: HttpRequest, uid: str, key: str) -> HttpResponse:
    """Return a section to its writer, with the reason."""
    report = report_for(uid, request.user)
    if key not in {line.key for line in desk.outline(report)}:
        raise Http404
    act(
        request,
        lambda: services.return_section(
            report=report,
            key=key,
            reason=request.POST.get("reason", ""),
            by=request.user,  # type: ignore[arg-type]
        ),
        _("Avsnittet är återsänt med ditt skäl."),
        told=(services.SectionNeedsReason, services.ReportIsFrozen),
    )
    return redirect("reports:section", uid=uid, key=key)


@require_POST
def move(request: HttpRequest, uid: str) -> HttpResponse:
    """Send the report on its way, or take it back with a reason."""
    report = report_for(uid, request.user)
    to = request.POST.get("to", "")
    if to not in ReportState.__members__:
        raise Http404
    # Before anything is compared: what is refused is refused to all alike.
    check(
        request.user,  # type: ignore[arg-type]
        Operation.MOVE_REPORT,
        agreement_id=report.round.agreement_id,
    )
    act(
        request,
        lambda: _move(request, report, ReportState(to)),
        _("Rapporten har flyttats vidare."),
        told=(CannotMove,),
        read=report.record,
    )
    return redirect("reports:read", uid=uid)


class CannotMove(Exception):
    """The report stays where it is; the text says why, in Swedish."""


def _move(request: HttpRequest, report: Report, to: ReportState) -> None:
    try:
        services.move_report(
            report=report,
            to=to,
            reason=request.POST.get("reason", ""),
            by=request.user,  # type: ignore[arg-type]
            looked_at=desk.looked_at(request.POST),
            today=today(),
        )
    except TransitionNotAllowed as fault:
        raise CannotMove(
            _("Rapporten har redan flyttats av någon annan. Läs om sidan och försök igen.")
        ) from fault
    except ReasonMissing as fault:
        raise CannotMove(_("Skriv varför rapporten tas tillbaka.")) from fault
    except (services.UnresolvedReferences, services.SecrecyNotLookedAt) as fault:
        raise CannotMove(str(fault)) from fault
    except RenderFailed as fault:
        raise CannotMove(_("Inget har ändrats. %(why)s") % {"why": fault}) from fault
