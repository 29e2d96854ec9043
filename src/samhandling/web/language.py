"""Which language a page is shown in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.views.i18n import set_language

from samhandling.apps.accounts.models import User
from samhandling.apps.accounts.services import choose_language


class ChosenLanguageMiddleware(LocaleMiddleware):
    """Swedish until the reader has chosen otherwise.

    Django's own middleware follows the browser, but an authority's browsers are often set up in
    English by somebody else than the person at the screen.
    """

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language


@login_not_required
def choose(request: HttpRequest) -> HttpResponse:
    """Show the pages in another language from now on; who is signed in gets mail in it too."""
    language = request.POST.get("language")
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        choose_language(user=request.user, language=language)
    answer: HttpResponse = set_language(request)
    return answer
