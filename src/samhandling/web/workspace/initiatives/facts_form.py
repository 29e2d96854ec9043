"""What may be known of an initiative. Nothing that may be unknown is required."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samhandling.apps.accounts.models import User
from samhandling.apps.agreements.models import CollaborationLevel
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.situation.models import Place, Sharing
from samhandling.core.access import Operation
from samhandling.core.knowledge import Basis, Completeness
from samhandling.web.editing import EditForm
from samhandling.web.languages_spoken import LANGUAGES
from samhandling.web.workspace.initiatives.create_form import CoreForm
from samhandling.web.workspace.initiatives.fields import (
    LONGEST,
    NO_NETWORK,
    NamedChoices,
    TitleField,
    completeness_choices,
    long_text,
)
from samhandling.web.workspace.initiatives.follows_field import FollowsField
from samhandling.web.workspace.initiatives.offered import networks_offered, owners_offered

UNKNOWN_CHOICE = ("", _("Okänt"))


class FactsForm(EditForm, CoreForm):
    """Everything that may be known of an initiative but its lists with rows of their own."""

    together = (("levels", "levels_basis", "levels_ground"),)
    told_as = {
        "levels_basis": ("levels_basis", "basis"),
        "levels_ground": ("ground",),
        "network": ("network", "has_no_network"),
    }

    title_en = TitleField(label=_("Namn på engelska"), required=False)
    content = long_text(_("Innehåll"), _("Vad som görs."))
    summary = long_text(_("Vad som hänt"))
    result = long_text(_("Resultat"), _("Vad det ledde till."))
    next_step = long_text(_("Nästa steg"))
    beneficiary = forms.CharField(
        label=_("Vem den ytterst är till för"),
        required=False,
        max_length=LONGEST,
        help_text=_(
            "När det är någon annan än målgruppen, till exempel barnen till dem som deltar."
        ),
    )
    places = NamedChoices(label=_("Var"), queryset=Place.objects.all())
    levels = NamedChoices(
        label=_("Samverkansnivå"),
        queryset=CollaborationLevel.objects.none(),
        help_text=_(
            "En eller flera. Ingen nivå är bättre än en annan. Okänt: kryssa inte i någon."
        ),
    )
    levels_basis = forms.ChoiceField(
        label=_("Hur vet vi nivån?"),
        choices=[
            (Basis.STATED, _("Den är sagd av dem som gör insatsen")),
            (Basis.INFERRED, _("Den är härledd ur något annat")),
        ],
        initial=Basis.STATED,
        required=False,
        widget=forms.RadioSelect,
    )
    levels_ground = long_text(
        _("Grund för en härledd nivå"), _("Skriv varför, så att andra kan pröva det."), 2
    )
    languages = forms.MultipleChoiceField(
        label=_("Språk"),
        choices=[(code, word) for code, word in LANGUAGES.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    scope = long_text(_("Omfattning"), "", 2)
    method = long_text(_("Arbetssätt eller modell"), "", 2)
    dependency = long_text(_("Beroende av andra"), "", 2)
    obstacle = long_text(_("Hinder"), "", 2)
    positive_effect = long_text(_("Oväntad god effekt"), "", 2)
    is_conditional = forms.TypedChoiceField(
        label=_("Är den villkorad av något beslut?"),
        choices=[UNKNOWN_CHOICE, ("yes", _("Ja")), ("no", _("Nej"))],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    follows = FollowsField()
    would_happen_anyway = forms.TypedChoiceField(
        label=_("Hade det hänt ändå, utan överenskommelsen?"),
        choices=[
            (Initiative.Answer.UNKNOWN, _("Okänt")),
            (Initiative.Answer.YES, _("Ja")),
            (Initiative.Answer.PARTLY, _("Delvis")),
            (Initiative.Answer.NO, _("Nej")),
        ],
        empty_value=Initiative.Answer.UNKNOWN,
        required=False,
        widget=forms.RadioSelect,
    )
    funding_state = forms.TypedChoiceField(
        label=_("Hur känd är finansieringen?"),
        choices=completeness_choices(),
        empty_value=Completeness.UNKNOWN,
        required=False,
        help_text=_("Själva pengarna skrivs in under Finansiering."),
    )
    results_state = forms.TypedChoiceField(
        label=_("Hur kända är förväntade resultat?"),
        choices=completeness_choices(),
        empty_value=Completeness.UNKNOWN,
        required=False,
        help_text=_("Resultaten och deras indikatorer skrivs in under Förväntade resultat."),
    )
    reason = forms.CharField(
        label=_("Varför ändrar du?"),
        required=False,
        max_length=LONGEST,
        help_text=_("Valfritt. Står i historiken."),
    )

    GROUPS = (
        (
            _("Vad och vem"),
            (
                "title",
                "title_en",
                "purpose",
                "focus_area",
                "owner",
                "network",
                "target_group",
                "beneficiary",
            ),
        ),
        (
            _("Var, när och hur"),
            (
                "when",
                "follows",
                "places",
                "languages",
                "scope",
                "method",
                "is_conditional",
                "dependency",
            ),
        ),
        (_("Samverkan"), ("levels", "levels_basis", "levels_ground", "would_happen_anyway")),
        (
            _("Hur det går"),
            (
                "content",
                "summary",
                "result",
                "next_step",
                "obstacle",
                "positive_effect",
                "results_state",
                "funding_state",
            ),
        ),
        (_("Till historiken"), ("reason",)),
    )

    def __init__(self, *args: Any, initiative: Initiative, by: User, **options: Any) -> None:
        super().__init__(*args, thing=initiative, agreement=initiative.agreement, by=by, **options)
        draft = initiative.sharing != Sharing.SHARED
        operation = Operation.READ_DRAFT if draft else Operation.EDIT_INITIATIVE
        self._offer("owner", owners_offered(by, operation, self.agreement, now=initiative.owner_id))
        self._offer(
            "network", networks_offered(by, operation, self.agreement, now=initiative.network_id)
        )
        if not self.fields["follows"].offer(initiative, by):  # type: ignore[attr-defined]
            del self.fields["follows"]
        rows = initiative.agreement.levels.select_related("record")
        self.fields["levels"].queryset = rows  # type: ignore[attr-defined]

    def stored(self) -> dict[str, Any]:
        """What is known of the initiative."""
        return initial_facts(self.thing)

    ACROSS = frozenset({"places", "languages", "is_conditional", "would_happen_anyway"})

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings, in the order of the page."""
        return [
            (heading, [self[name] for name in names if name in self.fields])
            for heading, names in self.GROUPS
        ]

    def clean(self) -> dict[str, Any]:
        """An inferred level must say why."""
        values = super().clean()
        if (
            values.get("levels")
            and values.get("levels_basis") == Basis.INFERRED
            and not values.get("levels_ground")
        ):
            self.add_error("levels_ground", _("Skriv varför nivån är härledd."))
        return values

    def changes(self) -> dict[str, Any]:
        """What `services.update_initiative` takes; the levels only when they were touched."""
        values = dict(self.cleaned_data)
        levels = values.pop("levels")
        basis = values.pop("levels_basis") or Basis.STATED
        ground = values.pop("levels_ground")
        if {"levels", "levels_basis", "levels_ground"} & set(self.changed_data):
            values["levels"] = [(level, basis) for level in levels]
            if levels:
                inferred = basis == Basis.INFERRED
                values["bases"] = {"levels": (basis, ground if inferred else "")}
        return values


def initial_facts(initiative: Initiative) -> dict[str, Any]:
    """What the form shows first: what is known."""
    levels = list(initiative.levels.select_related("level"))
    is_inferred = any(row.basis == Basis.INFERRED for row in levels)
    ground = initiative.record.bases.filter(field="levels").first()
    plain = {
        name: getattr(initiative, name)
        for name in FactsForm.base_fields
        if hasattr(Initiative, name) and name not in ("levels", "places", "languages")
    }
    conditional = {True: "yes", False: "no", None: ""}[initiative.is_conditional]
    return plain | {
        "is_conditional": conditional,
        "title": initiative.title,
        "title_en": initiative.record.title_en,
        "network": NO_NETWORK if initiative.has_no_network else initiative.network,
        "places": [place.pk for place in initiative.places.all()],
        "levels": [row.level_id for row in levels],
        "levels_basis": Basis.INFERRED if is_inferred else Basis.STATED,
        "levels_ground": ground.ground if ground else "",
        "languages": [row.code for row in initiative.languages.all()],
    }
