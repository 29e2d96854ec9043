"""The list of agreements and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from samhandling.apps.agreements.selectors import agreement_with_offices
from samhandling.web import clock
from samhandling.web.workspace.agreements import page


def listing(request: HttpRequest) -> HttpResponse:
    """All agreements with what they are for and whether they hold today, and the line of time."""
    return render(
        request,
        "workspace/agreements/list.html",
        {
            "agreements": page.lines(clock.today()),
            "milestones": page.milestones_of_the_county(request.user),  # type: ignore[arg-type]
        },
    )


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything one agreement says, with what is unknown shown as such."""
    agreement = get_object_or_404(agreement_with_offices(), slug=slug)
    return render(
        request,
        "workspace/agreements/detail.html",
        page.context(agreement, request.user, clock.today()),  # type: ignore[arg-type]
    )
