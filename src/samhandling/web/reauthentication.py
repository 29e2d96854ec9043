"""For acts that somebody at an unlocked screen must not do: show again who you are first.

A view under ``@reauthentication_required`` or ``@reauthentication_for_file`` sends those to confirm
who they are whose sign-in, or latest confirmation, is more than five minutes old, and then does
what was asked. Which acts are guarded: docs/how-to/sign-in.md.

A form that was posted waits in the session under a key that is used once, except one with a secret
(a view under Django's ``@sensitive_post_parameters``), which is asked for anew. Back with that key
`WaitingPostMiddleware` makes the request the post that it was: at its own address, so that a form
with an error is sent again to where it belongs.

Who changes her mind goes back to the page that led there, if it is one of ours (`came_from`).
"""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

View = Callable[..., HttpResponseBase]

WAITING = "waiting_posts"
KEY = "bekraftat"  # in the address: which of the posts that wait
FILE = "hamta"  # in the address: come back for a file
CAME_FROM = "came_from"  # in the session: the page that led to a guarded address, by its path
MOST_CAME_FROM = 10
MOST_WAITING = 3  # posts of one person, the latest; forms with files are not among them


def reauthentication_required(view: View) -> View:
    """The view, asking for confirmation first; a form that was posted is done afterwards."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if _is_recent():
            return view(request, *args, **kwargs)
        if request.method != "POST":
            return _confirm(request, request.get_full_path())
        if is_secret(request):
            messages.info(
                request, _("Ett lösenord sparas aldrig i väntan på dig. Skriv det igen sedan.")
            )
            return _confirm(request, _address(request))
        key = secrets.token_urlsafe(12)
        waiting = dict(list(request.session.get(WAITING, {}).items())[1 - MOST_WAITING :])
        waiting[key] = {"path": request.path, "post": request.POST.urlencode()}
        request.session[WAITING] = waiting
        return _confirm(request, _address(request, **{KEY: key}))

    return guarded


def reauthentication_for_file(page: Callable[..., str]) -> Callable[[View], View]:
    """As `reauthentication_required`, for a view that answers with a file.

    A browser stays where it is when it is sent a file, so that after confirmation a page hands it
    over. Args: page: from the view's arguments, the address that one goes back to.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not _is_recent():
                return _confirm(request, _address(request, **{FILE: "1"}))
            if FILE not in request.GET:
                return view(request, *args, **kwargs)
            shown = {"file_url": _address(request), "back_url": page(request, *args, **kwargs)}
            answer = render(request, "workspace/account/file_ready.html", shown)
            answer["Refresh"] = f"0; url={shown['file_url']}"
            return answer

        return guarded

    return guard


def is_secret(request: HttpRequest) -> bool:
    """Whether what was posted holds a password or the like, which nothing may keep or show."""
    return hasattr(request, "sensitive_post_parameters")


def without_ours(request: HttpRequest) -> QueryDict:
    """What the address asks for beside the confirmation."""
    asked = request.GET.copy()
    for ours in (KEY, FILE):
        asked.pop(ours, None)
    return asked


def came_from(request: HttpRequest) -> str:
    """Where somebody goes back to who is asked who they are and changes her mind."""
    known: dict[str, str] = request.session.get(CAME_FROM, {})
    asked = get_next_redirect_url(request) or ""
    return known.get(urlsplit(asked).path) or reverse("account:index")


class WaitingPostMiddleware:
    """Sends a form that waited for its sender to confirm who they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Nothing, with the request made the one that waited; or a word that it is gone."""
        key = request.GET.get(KEY)
        if key is None or request.method != "GET" or not request.user.is_authenticated:
            return None
        waiting = request.session.get(WAITING, {})
        sent = waiting.get(key)
        if sent is None or sent["path"] != request.path:
            messages.error(request, _("Det du skickade finns inte kvar. Gör om det."))
            return redirect(_address(request))
        del waiting[key]
        request.session[WAITING] = waiting
        request.FILES.clear()  # reads what came: nothing, and not later in the place of what waited
        request.GET = without_ours(request)  # type: ignore[assignment]
        request.POST = QueryDict(sent["post"])
        request.method = request.META["REQUEST_METHOD"] = "POST"
        request.META["QUERY_STRING"] = request.GET.urlencode()
        return None


def _is_recent() -> bool:
    """Whether the person has shown who they are in the last minutes (the adapter says how many)."""
    try:
        get_adapter().is_reauthentication_required(app="samhandling")
    except ReauthenticationRequired:
        return False
    return True


def _confirm(request: HttpRequest, back: str) -> HttpResponseRedirect:
    ways = get_adapter().get_reauthentication_methods(request.user)
    came = _page_before(request, {way["url"] for way in ways})
    known = request.session.get(CAME_FROM, {})
    if came or request.path in known:
        known.pop(request.path, None)
        latest = list(known.items())[1 - MOST_CAME_FROM :]
        request.session[CAME_FROM] = {**dict(latest), request.path: came} if came else dict(latest)
    return HttpResponseRedirect(f"{ways[0]['url']}?{urlencode({'next': back})}")


def _page_before(request: HttpRequest, ways: set[str]) -> str:
    """The page of ours that led to this request and can be read without being asked again; else
    nothing. From a page that has asked before one goes back to where one came to that from."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(
        referer, {request.get_host()}, require_https=request.is_secure()
    ):
        return ""
    parts = urlsplit(referer)
    try:
        resolve(parts.path)
    except Resolver404:
        return ""
    known: dict[str, str] = request.session.get(CAME_FROM, {})
    if parts.path in {request.path, *known}:
        return known.get(parts.path, "")
    if parts.path in ways:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _address(request: HttpRequest, **more: str) -> str:
    asked = without_ours(request)
    asked.update(more)
    query = asked.urlencode()
    return f"{request.path}?{query}" if query else request.path
