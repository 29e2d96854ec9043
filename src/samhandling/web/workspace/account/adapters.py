"""Where django-allauth meets this house: whom it lets in, what it says, how its mail goes."""

import base64
import hashlib
import time
from datetime import timedelta
from typing import Any

import structlog
from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samhandling.apps.accounts.models import User
from samhandling.apps.accounts.selectors import user_with_address
from samhandling.apps.outbox.services import put_message, put_ready_message
from samhandling.web.workspace.account.code_limits import remember_browser
from samhandling.web.workspace.account.second_factor import is_demanded_of

log = structlog.get_logger(__name__)

_WRONG_CODE = gettext_lazy("Koden stämmer inte, eller så har den gått ut.")
_TOO_MANY = gettext_lazy("Det har blivit för många försök. Vänta fem minuter och försök igen.")

# What allauth tells after something was done. What is not here is not told.
_DONE = {
    "mfa/messages/totp_activated.txt": gettext_lazy("Appen är tillagd."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("Appen är borttagen."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("Nyckeln är tillagd."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("Nyckeln är borttagen."),
    "mfa/messages/recovery_codes_generated.txt": gettext_lazy(
        "Reservkoderna är klara. Har du haft andra tidigare gäller de inte längre."
    ),
}


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by mail code and password. Nobody can open an account on their own."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy("E-postadressen eller lösenordet stämmer inte."),
        "incorrect_code": _WRONG_CODE,
        "incorrect_password": gettext_lazy("Lösenordet stämmer inte."),
        "too_many_login_attempts": _TOO_MANY,
        "rate_limited": _TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put a sign-in code in the outbox; other mail goes through `send_notification_mail`."""
        if template_prefix != "account/email/login_code":
            raise LookupError(template_prefix)
        send_code(email, context["code"])

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell somebody that the ways into their account have changed."""
        tell_of_change(user, template_prefix.rpartition("/")[2])

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        if told := message or _DONE.get(message_template or ""):
            messages.add_message(request, level, told, extra_tags=extra_tags)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        log.warning("sign-in failed", kind="password")

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        log.info("signed in", user=user.pk)

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        answer: HttpResponse = super().post_login(request, user, **how)
        remember_browser(answer, user)
        return answer

    def reauthenticate(self, user: User, password: str) -> bool:
        found = self.authenticate(allauth_context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """With a second factor only that will do; without password and factor, a mailed code."""
        known = super().get_reauthentication_methods(user)
        strong = [method for method in known if method["id"] != "reauthenticate"]
        by_code = {
            "id": "code",
            "description": _("Få en kod med e-post"),
            "url": reverse("account:reauthenticate_by_code"),
        }
        return strong or [*known, by_code]

    def is_safe_url(self, url: str) -> bool:
        """Whether one may be sent there afterwards: to us. What is no address at all is not."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether it was too long ago that the person showed who they are, in whatever way."""
        request = allauth_context.request
        records = get_authentication_records(request, request.user)
        latest = records[-1]["at"] if records else 0
        if time.time() - latest < account_settings.REAUTHENTICATION_TIMEOUT:
            return False
        # allauth would let those pass who have neither password nor second factor.
        raise ReauthenticationRequired


class SocialAdapter(DefaultSocialAccountAdapter):
    """Sign-in at an authority's own identity provider."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Link a first sign-in to the user whose address the provider has verified.

        Only addresses within the provider's own domains count: one authority cannot vouch for the
        people of another.
        """
        if sociallogin.is_existing:
            return
        domains = sociallogin.account.get_provider().app.settings["mail_domains"]
        for address in sociallogin.email_addresses:
            if address.verified is not True:
                continue
            if address.email.rpartition("@")[2].lower() not in domains:
                continue
            user = user_with_address(address.email)
            if user is not None and user.is_active:
                sociallogin.connect(request, user)
                return
        log.warning("sign-in failed", kind="provider")
        raise ImmediateHttpResponse(
            render(request, "workspace/account/no_account.html", status=403)
        )

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        log.warning("sign-in failed", kind="provider", exc_info=exception)
        raise ImmediateHttpResponse(
            render(request, "workspace/account/provider_failed.html", status=403)
        )

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, **more: Any
    ) -> None:
        tell_of_change(user, template_prefix.rpartition("/")[2])


class MfaAdapter(DefaultMFAAdapter):
    """Authenticator apps, recovery codes and passkeys."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _WRONG_CODE,
        "cannot_delete_authenticator": gettext_lazy(
            "Din roll kräver ett andra steg. Lägg till ett annat innan du tar bort det här."
        ),
    }

    def get_totp_issuer(self) -> str:
        return "Samhandling"

    def encrypt(self, text: str) -> str:
        """Secrets of apps lie encrypted: a copy of the database alone signs nobody in."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not is_demanded_of(authenticator.user):
            return True
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Nyckel %(number)d") % {"number": number}


def _cipher() -> MultiFernet:
    return MultiFernet(
        [_cipher_of(str(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _cipher_of(key: str) -> Fernet:
    return Fernet(
        base64.urlsafe_b64encode(hashlib.sha256(b"second factor:" + key.encode()).digest())
    )


def send_code(email: str, code: str, template: str = "emails/sign_in_code.txt") -> None:
    """Mail a code, for what the template says; it is not sent once it has gone out of date."""
    minutes = account_settings.LOGIN_BY_CODE_TIMEOUT // 60
    put_ready_message(
        kind="sign-in-code",
        to=email,
        subject=_("Din kod till Samhandling: %(code)s") % {"code": code},
        text=render_to_string(template, {"code": code, "minutes": minutes}),
        language=get_language() or settings.LANGUAGE_CODE,
        useless_after=timezone.now() + timedelta(minutes=minutes),
    )


def tell_of_change(user: User, what: str) -> None:
    """Mail somebody that a way into their account has come or gone."""
    put_message(
        kind="account_changed",
        to=user.email,
        language=user.language,
        ids={"what": what, "at": timezone.now().isoformat()},
    )
