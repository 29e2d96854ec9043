"""allauth's views of signing in, with our templates and a few turns of our own."""

import json
from typing import Any

import requests
import structlog
from allauth.account import views as account_views
from allauth.account.adapter import get_adapter
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base import views as mfa_views
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import views as webauthn_views
from allauth.mfa.webauthn.internal import auth as webauthn_auth
from allauth.mfa.webauthn.internal import flows as webauthn_flows
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from samhandling.web.workspace.account.code_limits import may_ask_for_code, too_many
from samhandling.web.workspace.account.forms import LoginForm, RequestLoginCodeForm

log = structlog.get_logger(__name__)

_TEMPLATES = "workspace/account"


class _Entrance:
    """What the sign-in page shows: every way in, the mailed code first except in the demo."""

    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        form = known["form"]
        return {
            **known,
            "password_form": form if isinstance(form, LoginForm) else LoginForm(),
            "code_form": form if isinstance(form, RequestLoginCodeForm) else RequestLoginCodeForm(),
            "providers": get_social_adapter().list_providers(self.request),
            "next": get_next_redirect_url(self.request) or "",
            "password_first": settings.DEMO_DAY is not None,
        }

    def form_invalid(self, form: Any) -> HttpResponse:
        """The page again; one who asks too often is answered as such, and it stands in the log."""
        answer: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if any(form.has_error(name, "too_many_login_attempts") for name in (None, *form.fields)):
            log.warning("sign-in refused", kind="too many tries", status=429)
            too_many(answer)
        return answer


class LoginView(_Entrance, account_views.LoginView):
    """The sign-in page; takes the address and password."""

    template_name = f"{_TEMPLATES}/login.html"


@method_decorator(login_not_required, name="dispatch")
class RequestCodeView(_Entrance, account_views.RequestLoginCodeView):
    """Takes the address that a code is mailed to. The answer is the same for every address."""

    template_name = f"{_TEMPLATES}/login.html"


class ConfirmCodeView(account_views.ConfirmLoginCodeView):
    """Takes the code out of the mail."""

    template_name = f"{_TEMPLATES}/confirm_code.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """In; or once more a code, which is counted as the first was. Neither when the account has
        another address by now: the code lies in a mailbox that may not be its owner's any more."""
        process = self._process
        if process.user and process.user.email.lower() != process.state["email"].lower():
            process.abort()
            messages.error(self.request, _("Koden gäller inte längre. Be om en ny."))
            return redirect("account_request_login_code")
        if self._action == "resend" and not may_ask_for_code(process.state["email"], process.user):
            messages.error(self.request, get_adapter().error_messages["rate_limited"])
            return redirect(self.request.get_full_path())
        answer: HttpResponse = super().form_valid(form)
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        log.warning("sign-in failed", kind="code")
        answer: HttpResponse = super().form_invalid(form)
        return answer


def _as_text(options: Any) -> str:
    """Options for the browser's passkey, as the script reads them from an attribute."""
    return json.dumps(dict(options))


class PasskeyLoginView(webauthn_views.LoginWebAuthnView):
    """Sign-in with a passkey: gives the script its options, and takes the device's answer."""

    def form_valid(self, form: Any) -> HttpResponse:
        passkey = form.cleaned_data["credential"]
        login = Login(user=passkey.user, redirect_url=get_next_redirect_url(self.request))
        answer: HttpResponse = webauthn_flows.perform_passwordless_login(
            self.request, passkey, login
        )
        return answer


@login_not_required
def at_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Away to an authority's own sign-in, when that answers."""
    try:
        away: HttpResponse = openid_connect.login(request, provider_id)
    except requests.RequestException as fault:
        log.error("identity provider does not answer", exc_info=fault)
        return render(request, "workspace/account/provider_failed.html", status=503)
    return away


class SecondStepView(mfa_views.AuthenticateView):
    """The second factor of a sign-in."""

    template_name = f"{_TEMPLATES}/second_step.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        log.warning("sign-in failed", kind="second step", user=self.stage.login.user.pk)
        answer: HttpResponse = super().form_invalid(form)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known: dict[str, Any] = super().get_context_data(**kwargs)
        user = self.stage.login.user
        known["options"] = _as_text(known["js_data"]["request_options"])
        known["has_passkey"] = bool(webauthn_auth.get_credentials(user))
        known["has_app"] = is_mfa_enabled(user, [Authenticator.Type.TOTP])
        return known


class ReauthenticateView(account_views.ReauthenticateView):
    """Confirm with the password."""

    template_name = f"{_TEMPLATES}/reauthenticate.html"


class MfaReauthenticateView(mfa_views.ReauthenticateView):
    """Confirm with a code of the app or a recovery code."""

    template_name = f"{_TEMPLATES}/reauthenticate.html"


class PasskeyReauthenticateView(webauthn_views.ReauthenticateWebAuthnView):
    """Confirm with a passkey."""

    template_name = f"{_TEMPLATES}/reauthenticate_passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known: dict[str, Any] = super().get_context_data(**kwargs)
        known["options"] = _as_text(known["js_data"]["request_options"])
        return known


class ActivateAppView(totp_views.ActivateTOTPView):
    """Add an authenticator app."""

    template_name = f"{_TEMPLATES}/app_add.html"


class DeactivateAppView(totp_views.DeactivateTOTPView):
    """Remove the authenticator app."""

    template_name = f"{_TEMPLATES}/app_remove.html"


class RecoveryCodesView(recovery_views.ViewRecoveryCodesView):
    """The recovery codes that are left."""

    template_name = f"{_TEMPLATES}/recovery_codes.html"


class NewRecoveryCodesView(recovery_views.GenerateRecoveryCodesView):
    """New recovery codes in place of the old."""

    template_name = f"{_TEMPLATES}/recovery_codes_new.html"


class AddPasskeyView(webauthn_views.AddWebAuthnView):
    """Add a passkey. The device must know its person, for the key signs in on its own."""

    template_name = f"{_TEMPLATES}/passkey_add.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known: dict[str, Any] = super(webauthn_views.AddWebAuthnView, self).get_context_data(
            **kwargs
        )
        known["options"] = _as_text(webauthn_auth.begin_registration(self.request.user, True))
        return known


class RemovePasskeyView(webauthn_views.RemoveWebAuthnView):
    """Remove a passkey."""

    template_name = f"{_TEMPLATES}/passkey_remove.html"
