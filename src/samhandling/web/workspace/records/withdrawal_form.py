"""The form in which somebody says why something is withdrawn."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samhandling.apps.situation.models import Sharing
from samhandling.web.workspace.initiatives.fields import long_text


class WithdrawForm(forms.Form):
    """Why something is withdrawn."""

    reason = long_text(_("Varför?"), _("Står i historiken."))

    def __init__(self, *args: Any, sharing: str = "", **options: Any) -> None:
        """Args: sharing: how far what is withdrawn is shared, where it can be a draft."""
        super().__init__(*args, **options)
        if sharing == Sharing.SUBMITTED:
            self.fields["reason"].help_text = _(
                "Står i historiken. De som godkänner läser det om du återställer det här."
            )
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = _("Skriv varför.")
