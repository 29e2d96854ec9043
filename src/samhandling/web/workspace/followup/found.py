"""Finding what a page of the follow-up is about."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from samhandling.apps.followup.models import NetworkReport
from samhandling.apps.followup.selectors import rounds_of
from samhandling.web.agreement_choice import agreement_or_404


def report_or_404(request: HttpRequest, agreement: str, year: int, uid: str) -> NetworkReport:
    """A network's report of a year. Raises Http404 where there is none."""
    rounds = rounds_of(agreement_or_404(request, agreement)).filter(year=year)
    return get_object_or_404(
        NetworkReport.objects.select_related("body__record", "round__agreement__record"),
        round__in=rounds,
        body__record__uid=uid,
    )
