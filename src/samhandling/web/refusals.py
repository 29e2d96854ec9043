"""What is refused looks the same as what does not exist; what cannot be read now says so."""

from typing import Any

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from samhandling.apps.accounts.models import User
from samhandling.apps.organisations.permissions import NotAllowed, may_somewhere
from samhandling.apps.records.models import Record
from samhandling.apps.records.prepared import Prepared
from samhandling.core.access import Operation
from samhandling.web.conflicts import conflict_page
from samhandling.web.editing import Stale
from samhandling.web.given_back import OWN_ACCOUNT, typed_in
from samhandling.web.workspace.records.withdrawal import Withdrawal, withdrawal_of

log = structlog.get_logger(__name__)
_OPEN_TO_ALL = (OWN_ACCOUNT, "/nytt/")  # who signs in reads this, whatever role they have
_RECORDS = Prepared(lambda uids: Record.objects.filter(uid__in=uids), by_word=True)


class RefusalMiddleware:
    """The pages for who has no role (403) and what cannot be done: refused (404), too late (409),
    no database (503)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hands the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The page for who is signed in without any role in force; their account stays open, and
        so does what they have been told, such as who ended the last one.

        An address with a NUL is nobody's, and PostgreSQL cannot be asked about one.
        """
        if "\0" in request.path:
            return not_found(request)
        is_closed = getattr(view, "login_required", True)
        if (
            is_closed
            and request.user.is_authenticated
            and not request.path.startswith(_OPEN_TO_ALL)
            and not may_somewhere(request.user, Operation.READ_SHARED)
        ):
            return render(
                request, "no_role.html", {"support_email": settings.SUPPORT_EMAIL}, status=403
            )
        return None

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """The page for a fault that a view let through; None for one that is not ours to tell."""
        if isinstance(fault, NotAllowed | Http404):
            return not_found(request)
        if isinstance(fault, Stale):
            return conflict_page(request, fault)
        if isinstance(fault, OperationalError | InterfaceError):
            log.error("database does not answer", exception_type=type(fault).__name__)
            return database_is_gone(request)
        return None


def not_found(request: HttpRequest) -> HttpResponse:
    """The page for what is absent or refused, alike. What was sent there stands on it: what it was
    written about may have been withdrawn, or taken over by somebody else, meanwhile. Who may see
    what is withdrawn is told who withdrew it.
    """
    shown = {"typed": typed_in(request), "withdrawal": _withdrawn_meanwhile(request)}
    return render(request, "404.html", shown, status=404)


def _withdrawn_meanwhile(request: HttpRequest) -> Withdrawal | None:
    """How what somebody just wrote about was withdrawn. Queries: none when nothing was sent."""
    place = request.resolver_match
    uid = place.kwargs.get("uid") if place else None
    if request.method != "POST" or not isinstance(request.user, User):
        return None
    if not uid or "\0" in uid:
        return None
    found = _RECORDS.of(uid)
    return withdrawal_of(found[0], request.user) if found else None


def database_is_gone(request: HttpRequest) -> HttpResponse:
    """The page for a database that cannot answer; asks for a new try in five seconds. What was sent
    stands on it."""
    # Without the request: nothing that stands round the page may ask the database again.
    page = HttpResponse(render_to_string("503.html", {"typed": typed_in(request)}), status=503)
    page["Retry-After"] = "5"
    return page
