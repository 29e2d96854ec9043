"""The page for a fault that no view has caught."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.defaults import server_error

from samhandling.web.refusals import database_is_gone


def failed(request: HttpRequest) -> HttpResponse:
    """A database that was gone before the view was reached is no fault of ours: 503, not 500.

    Reading the session or the person asks the database first, outside what RefusalMiddleware sees.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return database_is_gone(request)
    return server_error(request)
