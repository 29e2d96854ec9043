"""The forms of disposal: a decision that was taken, and yes to what it destroys."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samhandling.apps.privacy.disposal import KINDS
from samhandling.apps.privacy.disposal_lists import PLURALS
from samhandling.web.date_field import DayField


class DecisionForm(forms.Form):
    """A decision as the one who took it wrote it."""

    reference = forms.CharField(
        label=_("Beslutets diarienummer"),
        help_text=_("Till exempel RS 2020-00123."),
        max_length=80,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    decided_by = forms.CharField(
        label=_("Vem som beslutade"),
        help_text=_("Myndigheten eller nämnden, till exempel arkivnämnden."),
        max_length=200,
    )
    decided_on = DayField(label=_("Beslutsdag"))
    kinds = forms.MultipleChoiceField(
        label=_("Vad beslutet gäller"),
        help_text=_("Bara det som är tillbakadraget gallras."),
        widget=forms.CheckboxSelectMultiple,
    )
    made_from = DayField(label=_("Tillkom från och med"))
    made_until = DayField(label=_("Tillkom till och med"))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        kinds = self.fields["kinds"]
        assert isinstance(kinds, forms.MultipleChoiceField)
        kinds.choices = [(kind.value, str(PLURALS[kind]).capitalize()) for kind in KINDS]


class DisposeForm(forms.Form):
    """Yes to destroying what the page shows; what it showed is sent along."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2_000_000)
    sure = forms.BooleanField(
        label=_("Jag har jämfört listan med beslutet, och vet att det inte går att ångra")
    )

    @property
    def keys(self) -> list[str]:
        """What the person was shown."""
        return self.cleaned_data["shown"].split()
