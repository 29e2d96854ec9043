"""Which agreement a page is about."""

from django.http import Http404, HttpRequest

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.organisations.permissions import standing_of
from samhandling.apps.records.fields import earliest_first
from samhandling.apps.records.prepared import Prepared
from samhandling.core.access import Operation

SESSION_KEY = "agreement"
_AGREEMENTS = Prepared(
    lambda _keys: Agreement.objects.live().with_record().order_by(*earliest_first("adopted"), "pk")
)


def agreements_of(request: HttpRequest) -> list[Agreement]:
    """Every agreement that the person may read, in the order of adoption; read once a request."""
    found: list[Agreement] | None = getattr(request, "_agreements", None)
    if found is None:
        readable = standing_of(request.user).reached(Operation.READ_SHARED)  # type: ignore[arg-type]
        found = [row for row in _AGREEMENTS.every() if readable.covers(agreement=row.pk)]
        request._agreements = found  # type: ignore[attr-defined]
    return found


def agreement_or_404(request: HttpRequest, slug: str) -> Agreement:
    """The agreement with this slug, if the person may read it. Raises Http404."""
    for agreement in agreements_of(request):
        if agreement.slug == slug:
            return agreement
    raise Http404


def show_agreement(request: HttpRequest, slug: str) -> None:
    """Say that the page is about something of this agreement, whatever was looked at before."""
    request._shown_agreement = slug  # type: ignore[attr-defined]


def chosen_agreement(request: HttpRequest) -> Agreement | None:
    """The agreement of what is shown, else the one in the address, else the one last
    looked at, else the first. None without any.

    One that stands in the address is remembered in the session.
    """
    by_slug = {agreement.slug: agreement for agreement in agreements_of(request)}
    match = request.resolver_match
    named = match.kwargs.get("agreement") or match.kwargs.get("slug") if match else None
    if named in by_slug:
        if request.session.get(SESSION_KEY) != named:
            request.session[SESSION_KEY] = named
        return by_slug[named]
    shown = getattr(request, "_shown_agreement", None)
    if shown in by_slug:
        return by_slug[shown]
    remembered = by_slug.get(request.session.get(SESSION_KEY, ""))
    return remembered or next(iter(by_slug.values()), None)
