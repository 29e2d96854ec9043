"""The form for what is known of a round."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samhandling.apps.followup.models import FollowUpRound
from samhandling.apps.organisations.models import Organisation
from samhandling.web.editing import EditForm
from samhandling.web.workspace.initiatives.fields import NamedChoice, long_text
from samhandling.web.workspace.initiatives.offered import actors_offered


class RoundForm(EditForm):
    """Who gave the task and who does it, what comes next, and how far it has come."""

    state = forms.ChoiceField(label=_("Läge"))
    task_giver = NamedChoice(label=_("Uppdragsgivare"))
    carried_out_by = NamedChoice(label=_("Genomförd av"))
    next_step = long_text(
        _("Nästa steg"),
        _("Vad som händer sedan, till exempel vem som får rapporten."),
    )

    def __init__(self, *args: Any, round: FollowUpRound, **options: Any) -> None:
        super().__init__(*args, thing=round, **options)
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            (one.value, capfirst(one.label)) for one in FollowUpRound.State
        ]
        self.fields["task_giver"].queryset = actors_offered()  # type: ignore[attr-defined]
        organisations = Organisation.objects.live().with_record().order_by("record__title")
        self.fields["carried_out_by"].queryset = organisations  # type: ignore[attr-defined]

    def stored(self) -> dict[str, Any]:
        """What is known of the round."""
        held: FollowUpRound = self.thing
        return {
            "state": held.state,
            "task_giver": held.task_giver,
            "carried_out_by": held.carried_out_by,
            "next_step": held.next_step,
        }

    def values(self) -> dict[str, Any]:
        """What `services.change_round` takes."""
        names = ("state", "task_giver", "carried_out_by", "next_step")
        return {name: self.cleaned_data[name] for name in names}
