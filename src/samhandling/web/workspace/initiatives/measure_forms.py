"""Forms for what is counted of an initiative, and what it is to lead to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samhandling.apps.records.models import Quantity, Record
from samhandling.web.editing import EditForm
from samhandling.web.number_field import NumberField
from samhandling.web.workspace.initiatives.fields import TitleField, YearField, long_text


class QuantityForm(forms.Form):
    """A counted thing."""

    measure = TitleField(
        label=_("Vad räknas?"),
        help_text=_("Till exempel deltagare, kommuner eller timmar."),
        error_messages={"required": _("Skriv vad som räknas.")},
    )
    shape = forms.TypedChoiceField(
        empty_value=Quantity.Shape.COUNT,
        required=False,
        label=_("Hur anges det?"),
        choices=[
            (Quantity.Shape.COUNT, _("Antal, till exempel 6")),
            (Quantity.Shape.CHANGE, _("Före och efter, till exempel 80 → 100")),
            (Quantity.Shape.SHARE, _("Antal av alla, till exempel 5 av 8")),
            (Quantity.Shape.RANGE, _("Från och till, till exempel 2–3")),
        ],
        initial=Quantity.Shape.COUNT,
        widget=forms.RadioSelect,
    )
    value = NumberField(
        label=_("Värde"),
        help_text=_("Antalet, värdet efter, eller det övre värdet."),
        error_messages={"required": _("Skriv ett tal.")},
    )
    reference = NumberField(
        label=_("Jämförelsevärde"),
        required=False,
        help_text=_("Värdet före, alla, eller det nedre värdet. Tomt för ett rent antal."),
    )
    told_for_year = YearField(
        required=False, help_text=_("Lämna tomt om talet inte hör till ett visst år.")
    )

    def clean(self) -> dict[str, Any]:
        """A shape with two numbers needs both; a plain count has one."""
        values = super().clean() or {}
        shape = values.get("shape")
        if shape == Quantity.Shape.COUNT:
            values["reference"] = None
        elif shape and values.get("reference") is None and "reference" not in self.errors:
            self.add_error("reference", _("Skriv talet att jämföra med."))
        return values


class EditQuantityForm(EditForm, QuantityForm):
    """A counted thing that is corrected; its numbers only make sense with their shape."""

    together = (("shape", "value", "reference"),)
    told_as = {"measure": ("title",)}

    def stored(self) -> dict[str, Any]:
        """What is counted."""
        names = ("shape", "value", "reference", "told_for_year")
        known = {name: getattr(self.thing, name) for name in names}
        return known | {"measure": self.thing.title}


class ResultForm(forms.Form):
    """What it is to lead to, and how it will show."""

    text = long_text(_("Förväntat resultat"), _("Vad ska vara annorlunda, och för vem?"))
    indicator = long_text(_("Indikator"), _("Hur märks det? Okänt: lämna tomt."), 2)
    baseline = forms.CharField(label=_("Utgångsläge"), required=False, max_length=120)
    target = forms.CharField(label=_("Målvärde"), required=False, max_length=120)
    actual = forms.CharField(label=_("Utfall"), required=False, max_length=120)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].required = True
        self.fields["text"].error_messages["required"] = _("Skriv vad insatsen ska leda till.")


class EditResultForm(EditForm, ResultForm):
    """An expected result that is changed, or what came of it."""

    def stored(self) -> dict[str, Any]:
        """What is expected."""
        names = ("text", "indicator", "baseline", "target", "actual")
        return {name: getattr(self.thing, name) for name in names}

    @property
    def record(self) -> Record:
        """A result has no record of its own: it is its initiative's."""
        record: Record = self.thing.initiative.record
        return record
