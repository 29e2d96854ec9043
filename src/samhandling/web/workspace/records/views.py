"""From any record to where it is shown."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from samhandling.apps.records.models import Record, RecordKind
from samhandling.web.links import url_of
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.records.places import place_of
from samhandling.web.workspace.records.withdrawal import may_restore, may_see_withdrawn

# Their own pages say that they are withdrawn.
_SAY_SO_THEMSELVES = frozenset({RecordKind.INITIATIVE, RecordKind.NEED})


@require_safe
def show(request: HttpRequest, uid: str) -> HttpResponse:
    """Leads on to the page that shows the record; the unseen is not found.

    One that is withdrawn says so, to those who could see it.
    """
    record = get_object_or_404(Record, uid=uid)
    by = signed_in(request)
    if may_see_withdrawn(record, by):
        if record.kind in _SAY_SO_THEMSELVES:
            return redirect(url_of(record))
        shown = {"record": record, "may_restore": may_restore(record, by)}
        return render(request, "workspace/records/withdrawn.html", shown)
    place = place_of(record, by)
    if place is None:
        raise Http404
    return redirect(place)
