"""Who asks."""

from django.http import HttpRequest

from samhandling.apps.accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """Who is signed in; every address of the workspace asks for it (`LoginRequiredMiddleware`)."""
    assert isinstance(request.user, User)
    return request.user
