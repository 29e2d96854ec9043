"""How long a session lasts: idle and in all, by the real clock (assurance.md, row 18)."""

import time
from collections.abc import Callable
from typing import Any

import structlog
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

log = structlog.get_logger(__name__)

_BEGAN, _SEEN = "session_began", "session_seen"
SEEN_EVERY = 60
"""Seconds between notes of activity: a note is a write, and a page should not have to wait for one.
The idle limit is therefore met up to a minute early."""


def begin_at_sign_in(sender: object, request: HttpRequest, **more: Any) -> None:
    """Starts both clocks of a session. Django tells of every sign-in, whichever way it went."""
    request.session[_BEGAN] = request.session[_SEEN] = time.time()


class SessionLimitsMiddleware:
    """Signs people out who have been away too long, or signed in too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        now = time.time()
        began, seen = request.session.get(_BEGAN, 0), request.session.get(_SEEN, 0)
        if now - began > settings.SESSION_ABSOLUTE_SECONDS:
            return self._out(request, _("Du har varit inloggad länge. Logga in igen."))
        if now - seen > settings.SESSION_IDLE_SECONDS:
            return self._out(request, _("Du har varit borta en stund. Logga in igen."))
        if now - seen > SEEN_EVERY:
            request.session[_SEEN] = now
            UserSession.objects.filter(session_key=request.session.session_key).update(
                last_seen_at=timezone.now()
            )
        return self.get_response(request)

    def _out(self, request: HttpRequest, why: str) -> HttpResponse:
        log.info("session ended by limit")
        logout(request)
        messages.info(request, why)
        # What was posted is not repeated: half-written texts wait in the browser.
        back = request.get_full_path() if request.method == "GET" else "/"
        return redirect_to_login(back)
