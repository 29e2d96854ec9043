"""The second factor that some roles must have (assurance.md, row 18)."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from samhandling.apps.accounts.models import User
from samhandling.apps.organisations.permissions import standing_of

# What somebody needs who has no second factor yet: to set one up, to confirm who she is, to leave.
_OPEN = frozenset(
    {
        "account:second_factor",
        "account:logout",
        "account:sign_out_everywhere",
        "account:reauthenticate_by_code",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
    }
)
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def is_demanded_of(user: User) -> bool:
    """Whether one of the person's roles asks for a second factor (settings.SECOND_FACTOR_ROLES)."""
    demanding = set(settings.SECOND_FACTOR_ROLES)
    return bool(demanding) and any(one.role in demanding for one in standing_of(user).held)


def lacks(user: User) -> bool:
    """Whether the person must set up a second factor before anything else."""
    return is_demanded_of(user) and not is_mfa_enabled(user, FACTORS)


class SecondFactorMiddleware:
    """Leads those who lack the second factor of their role to where it is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The page where it is set up, for every closed page but those that it needs."""
        if not settings.SECOND_FACTOR_ROLES or not request.user.is_authenticated:
            return None
        if not getattr(view, "login_required", True):
            return None
        if request.resolver_match is not None and request.resolver_match.view_name in _OPEN:
            return None
        return redirect("account:second_factor") if lacks(request.user) else None
