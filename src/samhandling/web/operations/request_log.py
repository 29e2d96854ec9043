"""One line in the log for every request: who, what page, how it went and how long it took.

Never the address, which may hold what was searched for, and never what was sent. A person stands
under the opaque key that the log of changes has too.
"""

import re
import time
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger(__name__)
_GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestLogMiddleware:
    """Names the request, so that all its lines can be found, and writes its line at the end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        name = given if _GIVEN.fullmatch(given) else uuid4().hex
        began = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=name)
        try:
            response = self.get_response(request)
            log.info(
                "request",
                method=request.method,
                route=request.resolver_match.view_name if request.resolver_match else "",
                status=response.status_code,
                user=person_key(request),
                duration_ms=round((time.perf_counter() - began) * 1000),
            )
        finally:
            structlog.contextvars.clear_contextvars()
        response["X-Request-ID"] = name
        return response


def person_key(request: HttpRequest) -> str:
    """The key of who is signed in, when the request has asked for it; asks nothing itself."""
    user = getattr(request, "_cached_user", None)
    person = user._state.fields_cache.get("person") if user and user.pk else None
    return person.key if person else ""
