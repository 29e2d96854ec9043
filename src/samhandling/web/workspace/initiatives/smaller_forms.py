"""Status, steps, money, counts, results, partners and needs of an initiative, a form each."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samhandling.apps.accounts.models import User
from samhandling.apps.initiatives.models import Funding, Initiative, Status
from samhandling.apps.records.models import Quantity, Record
from samhandling.apps.situation.models import Cause, Need
from samhandling.apps.situation.permissions import visible_to
from samhandling.core.knowledge import Completeness
from samhandling.core.partial_date import Reading
from samhandling.web.date_field import PartialDateField
from samhandling.web.editing import EditForm
from samhandling.web.links import name_of
from samhandling.web.number_field import NumberField
from samhandling.web.workspace.initiatives.fields import (
    LONGEST,
    NamedChoice,
    NamedChoices,
    completeness_choices,
    long_text,
)
from samhandling.web.workspace.initiatives.offered import actors_offered
from samhandling.web.workspace.initiatives.partners_field import PartnersField

EARLIEST_YEAR = 1990


class YearField(forms.IntegerField):
    """The follow-up year that something is told for."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Hör till uppföljningen för år"))
        options.setdefault("min_value", EARLIEST_YEAR)
        super().__init__(**options)
        self.widget.attrs["class"] = "short"


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

    def __init__(self, *args: Any, initiative: Initiative, today: date, **options: Any) -> None:
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
        self.this_year = today.year
        self.has_parts = bool(parts)
        self.newest_year = today.year + 1
        year = self.fields["told_for_year"]
        year.initial = today.year
        year.widget.attrs["max"] = self.newest_year

    def clean_about(self) -> Initiative:
        """The whole where nothing is chosen."""
        about: Initiative = self.cleaned_data["about"] or self.initiative
        return about

    def clean_told_for_year(self) -> int:
        """Not later than next year; this year where nothing is said."""
        year: int = self.cleaned_data["told_for_year"] or self.this_year
        if year > self.newest_year:
            raise forms.ValidationError(
                _("Året kan inte vara senare än %(year)s."), params={"year": self.newest_year}
            )
        return year


class PartForm(forms.Form):
    """A new step or part; only the name is needed."""

    title = forms.CharField(
        label=_("Vad görs?"), max_length=500, error_messages={"required": _("Skriv vad som görs.")}
    )
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


class FundingForm(forms.Form):
    """Money; everything may be unknown."""

    title = forms.CharField(
        label=_("Namn"),
        required=False,
        max_length=300,
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


class QuantityForm(forms.Form):
    """A counted thing."""

    measure = forms.CharField(
        label=_("Vad räknas?"),
        max_length=300,
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


class PartnersForm(EditForm):
    """Who takes part, as what, and how much of the list is known."""

    together = (("partners", "partners_state"),)

    partners = PartnersField(label=_("Aktörer och deras roller"))
    partners_state = forms.TypedChoiceField(
        label=_("Hur känd är listan?"),
        choices=completeness_choices(),
        empty_value=Completeness.UNKNOWN,
        required=False,
        help_text=_(
            "Delvis känd: det finns fler. Fullständig: det är alla. "
            "Inga: vi vet att ingen annan är med."
        ),
    )
    reason = forms.CharField(
        label=_("Varför ändrar du?"),
        required=False,
        max_length=LONGEST,
        help_text=_("Valfritt. Står i historiken."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["partners"]
        assert isinstance(field, PartnersField)
        field.offer({actor.uid: actor for actor in actors_offered()})

    def stored(self) -> dict[str, Any]:
        """Who takes part now."""
        rows = self.thing.actors.select_related("actor__record")
        return {
            "partners": [(row.actor.uid, row.role) for row in rows],
            "partners_state": self.thing.partners_state,
        }


class NeedsForm(EditForm):
    """Which needs the initiative meets, of those that the person may see."""

    needs = forms.ModelMultipleChoiceField(
        label=_("Behov som insatsen möter"),
        queryset=Need.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        self.by = by
        super().__init__(*args, **options)
        rows = Need.objects.live().filter(agreement=self.thing.agreement_id)
        offered = visible_to(rows, by).select_related("record").order_by("record__title")
        self.fields["needs"].queryset = offered  # type: ignore[attr-defined]

    def stored(self) -> dict[str, Any]:
        """The needs that are met."""
        seen = visible_to(Need.objects.live(), self.by).filter(
            initiative_links__initiative=self.thing
        )
        return {"needs": list(seen.values_list("pk", flat=True))}


class WithdrawForm(forms.Form):
    """Why something is withdrawn."""

    reason = long_text(_("Varför?"), _("Står i historiken och på insatsens sida."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = _("Skriv varför.")
