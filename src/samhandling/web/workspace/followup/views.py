"""The pages of the follow-up rounds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from samhandling.apps.followup.selectors import rounds_of, summaries
from samhandling.apps.organisations.permissions import may
from samhandling.core.access import Operation
from samhandling.web import clock
from samhandling.web.agreement_choice import agreement_or_404
from samhandling.web.workspace.followup import page, told_page
from samhandling.web.workspace.followup.found import report_or_404


@require_safe
def index(request: HttpRequest, agreement: str) -> HttpResponse:
    """All rounds of the agreement, latest first."""
    chosen = agreement_or_404(request, agreement)
    rounds = summaries(chosen)
    return render(
        request,
        "workspace/followup/index.html",
        {
            "agreement": chosen,
            "rounds": rounds,
            "may_start": may(
                request.user,  # type: ignore[arg-type]
                Operation.EDIT_GOVERNANCE,
                agreement_id=chosen.pk,
            ),
            **page.next_to_start(chosen, rounds, clock.today()),
        },
    )


@require_safe
def round_page(request: HttpRequest, agreement: str, year: int) -> HttpResponse:
    """One round: how it was made, what was told, learned and recommended, and what was answered."""
    chosen = agreement_or_404(request, agreement)
    found = get_object_or_404(rounds_of(chosen), year=year)
    return render(
        request,
        "workspace/followup/round.html",
        page.context(
            found,
            request.user,  # type: ignore[arg-type]
            only=request.GET.get("svar", ""),
            number=request.GET.get("sida", ""),
        ),
    )


@require_safe
def network(request: HttpRequest, agreement: str, year: int, uid: str) -> HttpResponse:
    """What one network told for one year; later years leave it as it is."""
    report = report_or_404(request, agreement, year, uid)
    return render(
        request,
        "workspace/followup/network.html",
        told_page.context(report, request.user),  # type: ignore[arg-type]
    )
