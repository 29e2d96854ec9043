"""A new initiative: the few things one knows from the start; only its name is required."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samhandling.apps.accounts.models import User
from samhandling.apps.agreements.models import Agreement
from samhandling.apps.organisations.permissions import may
from samhandling.apps.situation.models import Sharing
from samhandling.core.access import Operation
from samhandling.web.date_field import PartialDateField
from samhandling.web.decisions import offer_sharing
from samhandling.web.workspace.initiatives.fields import (
    LONGEST,
    NO_NETWORK,
    NamedChoice,
    NetworkChoice,
    TitleField,
    long_text,
)
from samhandling.web.workspace.initiatives.offered import areas_of, networks_offered, owners_offered


class CoreForm(forms.Form):
    """The few things one knows from the start."""

    title = TitleField(
        label=_("Namn"),
        help_text=_("Vad som görs, så att andra förstår det utan att läsa vidare."),
        error_messages={"required": _("Skriv ett namn på insatsen.")},
    )
    purpose = long_text(_("Syfte"), _("Varför insatsen görs och vad den ska leda till."))
    focus_area = NamedChoice(label=_("Insatsområde"))
    owner = NamedChoice(
        label=_("Ägare"), help_text=_("Den organisation eller grupp som driver den.")
    )
    network = NetworkChoice(
        label=_("Nätverk"),
        help_text=_("Det nätverk som ansvarar för området och redovisar insatsen."),
    )
    when = PartialDateField(label=_("När"))
    target_group = forms.CharField(
        label=_("Målgrupp"),
        required=False,
        max_length=LONGEST,
        help_text=_("Vem insatsen riktar sig till."),
    )

    def __init__(self, *args: Any, agreement: Agreement, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.agreement = agreement
        self.by = by
        self._offer("focus_area", areas_of(agreement))
        self._offer("owner", owners_offered(by, Operation.EDIT_INITIATIVE, agreement))
        self._offer("network", networks_offered(by, Operation.EDIT_INITIATIVE, agreement))

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows
        if isinstance(field, NetworkChoice):
            field.offer_none()

    def clean(self) -> dict[str, Any]:
        """Tells the network's three answers apart in two columns."""
        values = super().clean() or {}
        if "network" in values:
            values["has_no_network"] = values["network"] == NO_NETWORK
            if values["has_no_network"]:
                values["network"] = None
        return values


class CreateForm(CoreForm):
    """A new initiative. A draft is seen by its owner's and its network's people alone."""

    sharing = forms.TypedChoiceField(
        empty_value=Sharing.DRAFT,
        required=False,
        label=_("Vem får se den?"),
        choices=[
            (
                Sharing.DRAFT,
                _("Utkast: bara ägarens och nätverkets egna ser den tills du delar den"),
            ),
            (Sharing.SHARED, _("Dela direkt: alla parter ser den")),
        ],
        initial=Sharing.DRAFT,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_sharing(self, self.agreement, self.by)
        if not may(self.by, Operation.CREATE_INITIATIVE, agreement_id=self.agreement.pk):
            self.fields["owner"].help_text = _(
                "En organisation eller grupp som du hör till. "
                "Välj Okänt om ditt nätverk står nedan."
            )

    def clean(self) -> dict[str, Any]:
        """Says at the owner why somebody may not create it, so that nothing typed is lost."""
        values = super().clean()
        owner, network = values.get("owner"), values.get("network")
        if not self.errors and not may(
            self.by,
            Operation.CREATE_INITIATIVE,
            owner_id=owner and owner.pk,
            body_id=network and network.pk,
            agreement_id=self.agreement.pk,
        ):
            self.add_error("owner", _("Välj en ägare eller ett nätverk som du hör till."))
        return values
