"""From any record to where it is shown."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from samhandling.apps.records.models import Record
from samhandling.web.workspace.records.places import place_of


def show(request: HttpRequest, uid: str) -> HttpResponse:
    """Leads on to the page that shows the record; the withdrawn and the unseen are not found."""
    place = place_of(get_object_or_404(Record, uid=uid), request.user)  # type: ignore[arg-type]
    if place is None:
        raise Http404
    return redirect(place)
