"""A form with every kind of field, sent in with faults."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Insatsens namn"))
    begins = forms.CharField(
        label=_("När börjar den?"),
        help_text=_("Till exempel 2021, mars 2021 eller 3 maj 2021."),
        required=False,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    status = forms.ChoiceField(
        label=_("Läge"),
        choices=[("PLANNED", _("Planerad")), ("ONGOING", _("Pågående")), ("DONE", _("Genomförd"))],
        widget=forms.RadioSelect,
        required=False,
    )
    cause = forms.ChoiceField(
        label=_("Orsak"),
        help_text=_("Samma ord i alla nätverk, så att orsakerna går att räkna."),
        choices=[("", _("Okänd")), ("COVID", _("Covid-19")), ("RESOURCES", _("Tid och resurser"))],
        required=False,
    )
    levels = forms.MultipleChoiceField(
        label=_("Samverkansnivå"),
        help_text=_("Välj den som ger mervärde. Flera går bra, ingen är bättre än en annan."),
        choices=[
            ("experience_exchange", _("Erfarenhetsutbyte")),
            ("competence_development", _("Kompetensutveckling")),
            ("joint_action", _("Gemensam insats")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reporter = forms.CharField(label=_("Rapporterande nätverk"), disabled=True, required=False)
    described = forms.CharField(
        label=_("Beskriv kort vad som hände"),
        help_text=_("Står i historiken och föreslås till årets rapport."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    shared = forms.BooleanField(label=_("Dela insatsen med de andra parterna"), required=False)

    def clean_begins(self) -> str:
        """Only the word that the sample is sent in with is refused."""
        if self.cleaned_data["begins"] == "snart":
            raise forms.ValidationError(_("Skriv tiden som år, månad eller dag."))
        return str(self.cleaned_data["begins"])


def faulty_form() -> SampleForm:
    """The form as it comes back with two faults."""
    form = SampleForm(
        {
            "name": "",
            "begins": "snart",
            "status": "ONGOING",
            "levels": ["experience_exchange"],
            "described": "Träffarna gick till covid-19 under våren.",
        },
        initial={"reporter": "ReSam"},
    )
    form.is_valid()
    return form
