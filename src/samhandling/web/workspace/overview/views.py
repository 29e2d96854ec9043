"""The start page and the overview of one agreement."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.audit.keeping import kept_until_change
from samhandling.apps.followup.overview import read_overview
from samhandling.apps.organisations.permissions import standing_of
from samhandling.apps.reporting.permissions import can_write_in
from samhandling.web import clock
from samhandling.web.agreement_choice import agreement_or_404, chosen_agreement
from samhandling.web.workspace.overview import page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Leads to the chosen agreement's overview; without any agreement, what to do first."""
    agreement = chosen_agreement(request)
    if agreement is None:
        return render(request, "workspace/overview/first_step.html")
    return redirect("overview:index", agreement=agreement.slug)


@require_safe
def index(request: HttpRequest, agreement: str) -> HttpResponse:
    """The whole picture of one agreement as the reader may see it."""
    chosen = agreement_or_404(request, agreement)
    today = clock.today()
    return render(request, "workspace/overview/index.html", _shown(chosen, request.user, today))


def _shown(agreement: Agreement, by: Any, today: date) -> dict[str, Any]:
    """What the page shows, with its body already in words, kept until something changes.

    All that it depends on beside the data is the day, the reader's reach and the language. The body
    holds no form and nothing of the person, so that one with the same reach can be shown the same.
    """

    def work_out() -> dict[str, Any]:
        shown = page.context(agreement, read_overview(agreement, by, today), by, today)
        return {
            "lead": shown["lead"],
            "month": shown["month"],
            "latest_year": shown["latest_year"],
            "report_url": shown["report_url"],
            "body": render_to_string("workspace/overview/_body.html", shown),
        }

    parts = (agreement.pk, today, standing_of(by).key, get_language())
    return {
        "agreement": agreement,
        "may_write": can_write_in(by, agreement.pk),
        **kept_until_change("overview.page", parts, work_out),
    }
