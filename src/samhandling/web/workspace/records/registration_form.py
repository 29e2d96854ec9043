"""The case number and secrecy mark of a record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samhandling.apps.records.models import Record
from samhandling.core.registration import (
    MAX_AUTHORITY,
    MAX_CASE_NUMBER,
    MAX_PROVISION,
    tidy,
)
from samhandling.web.date_field import DayField
from samhandling.web.editing import EditForm


class RegistrationForm(EditForm):
    """What stands in the diary, and the mark with its three parts or none of them."""

    together = (("provision", "marked_on", "authority"),)
    told_as = {
        "provision": ("secrecy_mark",),
        "marked_on": ("secrecy_mark",),
        "authority": ("secrecy_mark",),
    }

    case_number = forms.CharField(
        label=_("Diarienummer"),
        required=False,
        max_length=MAX_CASE_NUMBER,
        help_text=_("Som det står i myndighetens diarium, till exempel RS 2020-00123."),
    )
    provision = forms.CharField(
        label=_("Bestämmelse om sekretess"),
        required=False,
        max_length=MAX_PROVISION,
        help_text=_("Till exempel OSL 18 kap. 1 §. Lämna alla tre tomma om inget är markerat."),
    )
    marked_on = DayField(label=_("Dag för markeringen"), required=False)
    authority = forms.CharField(
        label=_("Myndighet som har låtit markera"), required=False, max_length=MAX_AUTHORITY
    )
    reason = forms.CharField(
        label=_("Varför ändrar du?"),
        required=False,
        max_length=500,
        help_text=_(
            "Står i historiken. Behövs när en markering ändras eller tas bort. "
            "Skriv inte det hemliga här."
        ),
    )

    @property
    def record(self) -> Record:
        """The thing is the record itself."""
        found: Record = self.thing
        return found

    def stored(self) -> dict[str, Any]:
        """What is registered now."""
        return {
            "case_number": self.thing.case_number,
            "provision": self.thing.secrecy_provision,
            "marked_on": self.thing.secrecy_marked_on,
            "authority": self.thing.secrecy_authority,
        }

    def clean_case_number(self) -> str:
        """The number as it is kept, on one line."""
        return tidy(self.cleaned_data["case_number"])
