"""Forms for who takes part in an initiative, and which needs it meets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samhandling.apps.accounts.models import User
from samhandling.apps.situation.models import Need
from samhandling.apps.situation.permissions import visible_to
from samhandling.core.knowledge import Completeness
from samhandling.web.choices import SomeStored
from samhandling.web.editing import EditForm
from samhandling.web.workspace.initiatives.fields import LONGEST, completeness_choices
from samhandling.web.workspace.initiatives.offered import actors_offered
from samhandling.web.workspace.initiatives.partners_field import PartnersField


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

    needs = SomeStored(
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
