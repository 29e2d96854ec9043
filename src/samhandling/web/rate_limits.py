"""How often one person may ask for what costs much (assurance.md, row 17).

Each person is counted alone, so nobody is locked out by another. Signing in has limits of its own
(settings.ACCOUNT_RATE_LIMITS); both end in the same page.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

log = structlog.get_logger(__name__)

View = Callable[..., Any]


def rate_limited(what: str) -> Callable[[View], View]:
    """A view that answers 429 when the person has asked for `what` too often within a minute.

    Args: what: "search", "export" or "report", a key of settings.RATE_LIMITS.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            within = ratelimit.consume(
                request,
                app="samhandling",
                action=what,
                config=settings.RATE_LIMITS,
                limit_get=True,
            )
            return view(request, *args, **kwargs) if within else too_many(request)

        return limited

    return guard


@never_cache
def too_many(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """The page for too many requests; Retry-After says when to try again."""
    match = request.resolver_match
    log.warning(
        "too many requests",
        route=match.view_name if match else "",
        user=request.user.pk,
        status=429,
    )
    answer = render(request, "429.html", status=429)
    answer["Retry-After"] = "60"
    return answer
