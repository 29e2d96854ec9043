"""A part of a page that can only be had after signing in sends the whole page there."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpResponse
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from samhandling.web.given_back import OWN_ACCOUNT


class WholePageMiddleware:
    """Turns the way to signing in, or confirming who one is, into one for the whole page.

    Otherwise the script would look for its part in the sign-in page. Afterwards one comes back to
    what was asked for: every part is asked for at the address of a page that has it, so that what
    was typed in a field of search is there again; what was posted leads to the page it stood on.
    """

    def __init__(self, get_response: Callable[..., HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        """Hands the request on, and looks at where the answer leads."""
        answer = self.get_response(request)
        if not request.htmx or not 300 <= answer.status_code < 400:
            return answer
        url = urlsplit(answer["Location"])
        if not url.path.startswith(OWN_ACCOUNT):
            return answer
        asked = {name: values[-1] for name, values in parse_qs(url.query).items()}
        if request.method != "GET":
            asked[REDIRECT_FIELD_NAME] = _page(request.htmx)
        whole = HttpResponseClientRedirect(f"{url.path}?{urlencode(asked)}")
        whole.cookies = answer.cookies
        return whole


def _page(htmx: HtmxDetails) -> str:
    """Where the person was, when that is one of ours."""
    return htmx.current_url_abs_path or "/"
