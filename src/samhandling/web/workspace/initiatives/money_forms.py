"""Forms for money of an initiative and what has become of it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samhandling.apps.initiatives.models import Funding
from samhandling.core.partial_date import Reading
from samhandling.web.date_field import PartialDateField
from samhandling.web.editing import EditForm
from samhandling.web.number_field import NumberField
from samhandling.web.workspace.initiatives.fields import NamedChoice, TitleField, YearField
from samhandling.web.workspace.initiatives.offered import actors_offered


class FundingForm(forms.Form):
    """Money; everything may be unknown."""

    title = TitleField(
        label=_("Namn"),
        required=False,
        help_text=_("Lämna tomt så används bidraget eller finansiären som namn."),
    )
    funder = NamedChoice(label=_("Finansiär"), help_text=_("Den som betalar."))
    recipient = NamedChoice(label=_("Mottagare"), help_text=_("Den som får pengarna."))
    instrument = forms.CharField(
        label=_("Bidrag eller stöd"),
        required=False,
        max_length=120,
        help_text=_("Till exempel § 37-medel eller projektmedel."),
    )
    amount_sek = NumberField(
        label=_("Belopp i kronor"),
        required=False,
        min_value=Decimal(0),
        help_text=_("Okänt: lämna tomt. Skriv inte 0 om du inte vet."),
    )
    ends = PartialDateField(label=_("När tar pengarna slut?"), reading=Reading.END)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("funder", "recipient"):
            self.fields[name].queryset = actors_offered()  # type: ignore[attr-defined]


class FundingStateForm(forms.Form):
    """What has become of the money."""

    state = forms.TypedChoiceField(
        label=_("Läge"),
        choices=[(code, capfirst(label)) for code, label in Funding.State.choices],
        initial=Funding.State.UNKNOWN,
        empty_value=Funding.State.UNKNOWN,
        required=False,
    )
    when = PartialDateField(label=_("När blev det så?"))
    told_for_year = YearField()


class NewFundingForm(FundingForm, FundingStateForm):
    """Money with its first state."""

    field_order = [
        "title",
        "funder",
        "recipient",
        "instrument",
        "amount_sek",
        "state",
        "when",
        "told_for_year",
        "ends",
    ]


class EditFundingForm(EditForm, FundingForm):
    """Money that is corrected."""

    def stored(self) -> dict[str, Any]:
        """What is known of the money."""
        names = ("title", "funder", "recipient", "instrument", "amount_sek", "ends")
        return {name: getattr(self.thing, name) for name in names}
