"""Writing what a network tells for a year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from samhandling.apps.followup import services
from samhandling.apps.followup.models import NetworkReport
from samhandling.apps.followup.services import NotToBeTold
from samhandling.apps.followup.telling import ToTell, may_be_told
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.organisations.permissions import check
from samhandling.core.access import Operation
from samhandling.web.editing import EditForm
from samhandling.web.links import name_of, url_of
from samhandling.web.methods import get_or_post
from samhandling.web.saving import was_saved
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.followup.found import report_or_404
from samhandling.web.workspace.followup.telling_forms import NetworkReportForm, TellInitiativeForm


def _writable(request: HttpRequest, agreement: str, year: int, uid: str) -> NetworkReport:
    report = report_or_404(request, agreement, year, uid)
    check(
        signed_in(request),
        Operation.EDIT_FOLLOW_UP,
        body_id=report.body_id,
        agreement_id=report.round.agreement_id,
    )
    return report


def _page(report: NetworkReport) -> str:
    round = report.round
    return reverse("followup:network", args=[round.agreement.slug, round.year, report.body.uid])


@get_or_post
def tell(request: HttpRequest, agreement: str, year: int, uid: str) -> HttpResponse:
    """A form for what the network tells of its cooperation."""
    report = _writable(request, agreement, year, uid)
    form = NetworkReportForm(request.POST or None, report=report, by=signed_in(request))
    if was_saved(
        request,
        form,
        lambda: services.change_network_report(
            report=report, by=signed_in(request), **form.values()
        ),
        _("Det som nätverket berättar är sparat."),
    ):
        return redirect(_page(report))
    heading = _("Nätverket berättar om %(year)s") % {"year": year}
    return _form_page(request, report, form, heading, name_of(report.body))


@get_or_post
def tell_initiative(
    request: HttpRequest, agreement: str, year: int, uid: str, initiative: str
) -> HttpResponse:
    """A form for what happened with one initiative in the year."""
    report = _writable(request, agreement, year, uid)
    told_of = get_object_or_404(may_be_told(report, signed_in(request)), record__uid=initiative)
    to_tell = ToTell(report.round, told_of, report)
    form = TellInitiativeForm(request.POST or None, to_tell=to_tell)
    if was_told(request, form, to_tell):
        return redirect(f"{_page(report)}#insatser")
    note = telling_note(year, told_of)
    return _form_page(request, report, form, name_of(told_of), note)


def was_told(request: HttpRequest, form: TellInitiativeForm, to_tell: ToTell) -> bool:
    """Saves what was sent of an initiative; else the form is to be shown."""
    return was_saved(
        request,
        form,
        lambda: services.tell_initiative(
            round=to_tell.round,
            network_report=to_tell.report,
            initiative=to_tell.initiative,
            by=signed_in(request),
            **form.cleaned_data,
        ),
        _("Insatsen är redovisad för %(year)s.") % {"year": to_tell.year},
        told=(NotToBeTold,),
    )


def telling_note(year: int, told_of: Initiative) -> str:
    """What the form of an initiative is about, and where the rest of it is written."""
    return format_html(
        _("Redovisning för {year}. Status, tal och pengar hämtas från {initiative}."),
        year=year,
        initiative=format_html('<a href="{}">{}</a>', url_of(told_of), _("insatsens sida")),
    )


def _form_page(
    request: HttpRequest, report: NetworkReport, form: EditForm, heading: str, note: str
) -> HttpResponse:
    context = {
        "form": form,
        "round": report.round,
        "body": report.body,
        "heading": heading,
        "note": note,
        "back": _page(report),
    }
    return render(request, "workspace/followup/form.html", context)
