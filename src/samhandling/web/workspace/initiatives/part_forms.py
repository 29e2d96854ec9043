"""Forms for what becomes of an initiative and for the steps it is made of."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samhandling.apps.initiatives.models import Initiative, Status
from samhandling.apps.situation.models import Cause
from samhandling.core.partial_date import Reading
from samhandling.web.date_field import PartialDateField
from samhandling.web.links import name_of
from samhandling.web.workspace.initiatives.fields import (
    NamedChoice,
    NamedChoices,
    TitleField,
    YearField,
    long_text,
)


class PartChoice(NamedChoice):
    """The whole initiative or one of its parts."""

    def label_from_instance(self, thing: Any) -> str:
        """The whole is called so; a part by its name."""
        return gettext("Hela insatsen") if thing.parent_id is None else name_of(thing)


class StatusForm(forms.Form):
    """A new status; only the status itself is needed."""

    about = PartChoice(label=_("Vad gäller ändringen?"), empty_label=None)
    status = forms.ChoiceField(
        label=_("Ny status"),
        choices=Status.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj en status.")},
    )
    when = PartialDateField(label=_("När blev det så?"))
    causes = NamedChoices(
        label=_("Orsak"),
        queryset=Cause.objects.all(),
        help_text=_(
            "Samma ord i alla nätverk, så att orsakerna går att räkna. Okänd: kryssa inte i någon."
        ),
    )
    postponed_to = PartialDateField(
        label=_("Ny tid"),
        reading=Reading.START,
        help_text=_("För det som skjuts upp eller pausas. Till exempel 2021 eller mars 2021."),
    )
    reason = long_text(
        _("Beskriv kort vad som hände"), _("Står i historiken och föreslås till årets rapport.")
    )
    told_for_year = YearField(required=False)

    def __init__(self, *args: Any, initiative: Initiative, this_year: int, **options: Any) -> None:
        parts = list(initiative.parts.live().order_by("order", "pk").values_list("pk", flat=True))
        super().__init__(*args, **options)
        about = self.fields["about"]
        assert isinstance(about, NamedChoice)
        about.queryset = (
            Initiative.objects.filter(pk__in=[initiative.pk, *parts])
            .select_related("record", "agreement__record", "parent")
            .order_by("-part_kind", "order", "pk")
        )
        about.initial = initiative.uid
        self.initiative = initiative
        self.this_year = this_year
        self.has_parts = bool(parts)
        self.fields["told_for_year"].initial = this_year

    def clean_about(self) -> Initiative:
        """The whole where nothing is chosen."""
        about: Initiative = self.cleaned_data["about"] or self.initiative
        return about

    def clean_told_for_year(self) -> int:
        """The year that is followed up where nothing is said."""
        year: int = self.cleaned_data["told_for_year"] or self.this_year
        return year


class PartForm(forms.Form):
    """A new step or part; only the name is needed."""

    title = TitleField(label=_("Vad görs?"), error_messages={"required": _("Skriv vad som görs.")})
    part_kind = forms.TypedChoiceField(
        empty_value=Initiative.PartKind.STEP,
        required=False,
        label=_("Slag"),
        choices=[
            (Initiative.PartKind.STEP, _("Steg: kommer i ordning efter de andra")),
            (Initiative.PartKind.PART, _("Del: görs vid sidan av de andra")),
        ],
        initial=Initiative.PartKind.STEP,
        widget=forms.RadioSelect,
    )
    content = long_text(_("Beskrivning"))
    when = PartialDateField(label=_("När"))
