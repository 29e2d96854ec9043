"""What is refused looks the same as what does not exist; what cannot be read now says so."""

import structlog
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import page_not_found

from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.web.conflicts import conflict_page
from samhandling.web.editing import Stale

log = structlog.get_logger(__name__)


class RefusalMiddleware:
    """The pages for what cannot be done: refused (404), too late (409), no database (503)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hands the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """The page for a fault that a view let through; None for one that is not ours to tell."""
        if isinstance(fault, NotAllowed):
            return page_not_found(request, Http404())
        if isinstance(fault, Stale):
            return conflict_page(request, fault)
        if isinstance(fault, OperationalError | InterfaceError):
            log.error("database does not answer", exception_type=type(fault).__name__)
            return database_is_gone(request)
        return None


def database_is_gone(request: HttpRequest) -> HttpResponse:
    """The page for a database that cannot answer; asks for a new try in five seconds."""
    # Without the request: nothing that stands round the page may ask the database again.
    page = HttpResponse(render_to_string("503.html"), status=503)
    page["Retry-After"] = "5"
    return page
