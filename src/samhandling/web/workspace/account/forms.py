"""The forms of signing in, in our words; allauth checks them."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling.apps.accounts.models import User
from samhandling.web.workspace.account.code_limits import may_ask_for_code

_ADDRESS = gettext_lazy("E-postadress")
_PASSWORD = gettext_lazy("Lösenord")
_CODE = gettext_lazy("Kod")


def _say(field: forms.Field, label: object, help_text: object = "") -> None:
    """Our label and help in place of allauth's, and no placeholder: it goes when one writes."""
    field.label, field.help_text = str(label), str(help_text)
    field.widget.attrs.pop("placeholder", None)


class LoginForm(account_forms.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["login"], _ADDRESS)
        _say(self.fields["password"], _PASSWORD)
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def add_prefix(self, field_name: str) -> str:
        """The address is called username in the page, as password managers expect."""
        return "username" if field_name == "login" else field_name


class RequestLoginCodeForm(account_forms.RequestLoginCodeForm):
    """The address that a code is mailed to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "kod_%s")
        super().__init__(*args, **kwargs)
        _say(self.fields["email"], _ADDRESS)

    def clean_email(self) -> str:
        """The address; allauth counts by place in the net, we count who asks for whom."""
        email: str = super().clean_email()
        if not may_ask_for_code(email, self._user):
            raise get_adapter().validation_error("too_many_login_attempts")
        return email


class ConfirmLoginCodeForm(account_forms.ConfirmLoginCodeForm):
    """The code out of the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _CODE, _("Åtta siffror. Bindestrecket behövs inte."))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class ReauthenticateForm(account_forms.ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password"], _PASSWORD)


def _say_app_code(form: forms.Form) -> None:
    help_text = _("Sex siffror ur appen, eller en av dina reservkoder med åtta siffror.")
    _say(form.fields["code"], _CODE, help_text)
    form.fields["code"].widget.attrs["inputmode"] = "numeric"


class AuthenticateForm(mfa_forms.AuthenticateForm):
    """The second factor: a code of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_app_code(self)


class MfaReauthenticateForm(mfa_forms.ReauthenticateForm):
    """The second factor once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_app_code(self)


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):
    """The first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _("Kod ur appen"), _("Sex siffror."))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):
    """A new passkey: it always signs in on its own, so the device must know its person."""

    passwordless = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_text = _("Så att du känner igen den, till exempel ”Mobilen”.")
        _say(self.fields["name"], _("Vad ska nyckeln heta?"), help_text)

    def clean_passwordless(self) -> bool:
        return True


class NewAddressForm(forms.Form):
    """The address that one wants to sign in with."""

    email = forms.EmailField(
        label=gettext_lazy("Ny adress att logga in med"),
        max_length=254,
        help_text=gettext_lazy("Vi skickar en kod dit, så att vi vet att du läser posten."),
        error_messages={"required": gettext_lazy("Skriv den nya adressen.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if email == self.user.email.lower():
            raise ValidationError(_("Du loggar redan in med den adressen. Skriv en annan."))
        return email


class PasswordForm(forms.Form):
    """A new password, twice."""

    new = forms.CharField(
        label=gettext_lazy("Nytt lösenord"),
        help_text=gettext_lazy("Minst tolv tecken. En mening är lätt att minnas."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("Samma lösenord en gång till"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        validate_password(new, self.user)
        return new

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if "new" in self.cleaned_data and self.cleaned_data["new"] != again:
            raise ValidationError(_("Lösenorden är inte likadana."))
        return again
