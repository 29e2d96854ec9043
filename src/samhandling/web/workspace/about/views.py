"""The pages about Samhandling itself. They need no sign-in."""

from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samhandling.apps.agreements.models import Definition
from samhandling.web.agreement_choice import agreements_of
from samhandling.web.glossary import WORDS, in_order
from samhandling.web.workspace.about.offices import offices_to_ask

# When the accessibility statement was last held against the pages and their tests.
REVIEWED = date(2026, 11, 22)


@require_safe
@login_not_required
def records(request: HttpRequest) -> HttpResponse:
    """What is stored, what unknown and inferred mean, and what is made up."""
    return render(
        request,
        "workspace/about/records.html",
        {"support_email": settings.SUPPORT_EMAIL, "offices": offices_to_ask()},
    )


@require_safe
@login_not_required
def glossary(request: HttpRequest) -> HttpResponse:
    """The words of the workspace; signed in, also those that the agreements define."""
    defined: list[Definition] = []
    if request.user.is_authenticated:
        defined = list(
            Definition.objects.live()
            .with_record()
            .filter(agreement__in=agreements_of(request))
            .select_related("agreement__record")
            .order_by("record__title")
        )
    return render(
        request,
        "workspace/about/glossary.html",
        {"words": in_order(WORDS.values()), "definitions": defined},
    )


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, with a way to report what does not work."""
    return render(
        request,
        "workspace/about/accessibility.html",
        {
            "support_email": settings.SUPPORT_EMAIL,
            "offices": offices_to_ask(),
            "reviewed": REVIEWED,
        },
    )
