"""How many sign-in codes are mailed, so that nobody can use up what somebody else may ask for.

Whoever asks without being signed in is counted by their place in the net and the address together.
A browser where a person has signed in before says so in a signed cookie and is counted alone: what
a stranger, or a colleague behind the same address of the net, has asked for does not touch it.
"""

import structlog
from allauth.core import context as allauth_context
from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from samhandling.apps.accounts.models import User

log = structlog.get_logger(__name__)

KNOWN_BROWSER = "known_browser"
_SALT = "samhandling.account.known_browser"
_REMEMBERED = 180 * 24 * 60 * 60  # seconds


def remember_browser(answer: HttpResponse, user: User) -> None:
    """Let the browser say, the next time, that this person has signed in there."""
    answer.set_signed_cookie(
        KNOWN_BROWSER,
        str(user.pk),
        salt=_SALT,
        max_age=_REMEMBERED,
        path=settings.LOGIN_URL.rpartition("logga-in/")[0],
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def may_ask_for_code(email: str, user: User | None) -> bool:
    """Whether one more code may be asked for; counts it, and logs a no.

    Args: user: whose address it is; an address of nobody's is counted all the same.
    """
    request = allauth_context.request
    if user is not None and _knows(request, user):
        allowed = _count(request, "code", f"known:{user.pk}")
    else:
        asker = f"{ratelimit.get_ip(request)}:{email.lower()}"
        allowed = _count(request, "code", asker) and _count(
            request, "codes_of_address", email.lower()
        )
    return allowed or _refused("sign-in")


def may_confirm_by_code(user: User) -> bool:
    """Whether one more code may be mailed to somebody who is signed in and confirms who she is."""
    allowed = _count(allauth_context.request, "confirm", str(user.pk))
    return allowed or _refused("confirmation")


def may_prove_address(user: User) -> bool:
    """Whether one more code may be mailed to an address that somebody wants to have."""
    allowed = _count(allauth_context.request, "prove", str(user.pk))
    return allowed or _refused("address")


def too_many(answer: HttpResponse) -> HttpResponse:
    """The answer, as one to too many requests."""
    answer.status_code = 429
    answer["Retry-After"] = "300"
    return answer


def _knows(request: HttpRequest, user: User) -> bool:
    said = request.get_signed_cookie(KNOWN_BROWSER, default=None, salt=_SALT, max_age=_REMEMBERED)
    return said == str(user.pk)


def _count(request: HttpRequest, action: str, key: str) -> bool:
    within = ratelimit.consume(
        request,
        app="samhandling",
        action=action,
        config=settings.CODE_LIMITS,
        key=key,
        limit_get=True,
    )
    return within is not None


def _refused(what: str) -> bool:
    """No, and a line in the log: without the address, like every line of signing in."""
    log.warning("too many codes asked for", kind=what, status=429)
    return False
