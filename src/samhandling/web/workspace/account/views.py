"""My account: who I am, the ways in, where I am signed in."""

import time
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import BaseReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samhandling.apps.accounts.services import change_password, end_every_session
from samhandling.apps.people.selectors.hanging import hanging_on
from samhandling.web.reauthentication import reauthentication_required
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.account.adapters import send_code, tell_of_change
from samhandling.web.workspace.account.code_limits import may_confirm_by_code
from samhandling.web.workspace.account.devices import name_of_device
from samhandling.web.workspace.account.forms import ConfirmLoginCodeForm, PasswordForm
from samhandling.web.workspace.account.second_factor import lacks

PENDING = "reauthentication_code"
MOST_ATTEMPTS = 3


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """My account."""
    factors = list(Authenticator.objects.filter(user=request.user).order_by("created_at"))
    codes = next((one for one in factors if one.type == Authenticator.Type.RECOVERY_CODES), None)
    sessions = UserSession.objects.purge_and_list(request.user)
    context = {
        "has": hanging_on(signed_in(request).person),
        "app": next((one for one in factors if one.type == Authenticator.Type.TOTP), None),
        "passkeys": [one.wrap() for one in factors if one.type == Authenticator.Type.WEBAUTHN],
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
        "providers": SocialAccount.objects.filter(user=request.user),
        "sessions": [
            {
                "device": name_of_device(session.user_agent),
                "began_at": session.created_at,
                "seen_at": session.last_seen_at,
                "is_this": session.session_key == request.session.session_key,
            }
            for session in sorted(sessions, key=lambda one: one.last_seen_at, reverse=True)
        ],
        "idle_hours": settings.SESSION_IDLE_SECONDS // 3600,
        "absolute_hours": settings.SESSION_ABSOLUTE_SECONDS // 3600,
        "has_password": request.user.has_usable_password(),  # type: ignore[union-attr]
    }
    return render(request, "workspace/account/index.html", context)


@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where those are led whose role asks for a second factor that they lack."""
    if not lacks(request.user):  # type: ignore[arg-type]
        return redirect("account:index")
    return render(request, "workspace/account/second_factor.html")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@reauthentication_required
def password(request: HttpRequest) -> HttpResponse:
    """Choose a password, or another one. Other sessions are signed out by it."""
    user: Any = request.user
    form = PasswordForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        change_password(user=user, password=form.cleaned_data["new"], by=user)
        update_session_auth_hash(request, user)
        UserSession.objects.create_from_request(request)
        tell_of_change(user, "password_changed")
        messages.success(request, _("Lösenordet är bytt."))
        return redirect("account:index")
    return render(request, "workspace/account/password.html", {"form": form})


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End all sessions of the person, this one too."""
    end_every_session(request.user)  # type: ignore[arg-type]
    logout(request)
    messages.success(request, _("Du är utloggad överallt."))
    return redirect("account_login")


class ReauthenticateByCodeView(BaseReauthenticateView):
    """Confirm with a mailed code, for those without password and second factor."""

    form_class = ConfirmLoginCodeForm
    template_name = "workspace/account/reauthenticate_code.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self._pending():
            self._send()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("action") == "resend" or not self._pending():
            self._send()
            return redirect(request.get_full_path())
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        known: dict[str, Any] = super().get_form_kwargs()
        known["code"] = (self._pending() or {}).get("code", "")
        return known

    def form_valid(self, form: Any) -> HttpResponse:
        del self.request.session[PENDING]
        record_authentication(self.request, self.request.user, method="code", reauthenticated=True)
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        pending = self._pending()
        if pending is not None:
            pending["failed"] += 1
            self.request.session[PENDING] = pending
            if pending["failed"] >= MOST_ATTEMPTS:
                del self.request.session[PENDING]
                messages.error(
                    self.request, _("Koden gäller inte längre. Vi har skickat en ny till dig.")
                )
                return redirect(self.request.get_full_path())
        return super().form_invalid(form)

    def _pending(self) -> dict[str, Any] | None:
        """The code that was mailed, while it is good."""
        pending: dict[str, Any] | None = self.request.session.get(PENDING)
        if pending and time.time() - pending["at"] <= account_settings.LOGIN_BY_CODE_TIMEOUT:
            return pending
        return None

    def _send(self) -> None:
        email = self.request.user.email
        if not may_confirm_by_code(self.request.user):
            messages.error(self.request, get_adapter().error_messages["rate_limited"])
            return
        code = get_adapter().generate_login_code()
        self.request.session[PENDING] = {"code": code, "at": time.time(), "failed": 0}
        send_code(email, code)
