"""The list of agreements and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from samhandling.apps.agreements.selectors import agreement_with_offices
from samhandling.web import clock
from samhandling.web.agreement_choice import agreement_or_404, agreements_of
from samhandling.web.workspace.agreements import page


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All agreements with what they are for and whether they hold today, and the line of time."""
    return render(
        request,
        "workspace/agreements/list.html",
        {
            "agreements": page.lines(agreements_of(request), clock.today()),
            "milestones": page.milestones_of_the_county(request.user),  # type: ignore[arg-type]
        },
    )


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything one agreement says, with what is unknown shown as such."""
    found = agreement_or_404(request, slug)
    agreement = get_object_or_404(agreement_with_offices(), pk=found.pk)
    return render(
        request,
        "workspace/agreements/detail.html",
        page.context(agreement, request.user, clock.today()),  # type: ignore[arg-type]
    )
