"""The start page and the overview of one agreement."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from samhandling.apps.followup.overview import read_overview
from samhandling.web import clock
from samhandling.web.agreement_choice import agreements_of, chosen_agreement
from samhandling.web.workspace.overview import page


def home(request: HttpRequest) -> HttpResponse:
    """Leads to the chosen agreement's overview; without any agreement, what to do first."""
    agreement = chosen_agreement(request)
    if agreement is None:
        return render(request, "workspace/overview/first_step.html")
    return redirect("overview:index", agreement=agreement.slug)


def index(request: HttpRequest, agreement: str) -> HttpResponse:
    """The whole picture of one agreement as the reader may see it."""
    chosen = next((row for row in agreements_of(request) if row.slug == agreement), None)
    if chosen is None:
        raise Http404
    today = clock.today()
    overview = read_overview(chosen, request.user, today)  # type: ignore[arg-type]
    return render(
        request,
        "workspace/overview/index.html",
        page.context(chosen, overview, request.user, today),  # type: ignore[arg-type]
    )
