"""The form in which somebody says why something is withdrawn."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samhandling.web.workspace.initiatives.fields import long_text


class WithdrawForm(forms.Form):
    """Why something is withdrawn."""

    reason = long_text(_("Varför?"), _("Står i historiken och på insatsens sida."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = _("Skriv varför.")
