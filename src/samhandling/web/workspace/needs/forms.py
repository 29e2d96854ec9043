"""What may be written about a need. Only its name is needed."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samhandling.apps.accounts.models import User
from samhandling.apps.agreements.models import Agreement, FocusArea, TargetGroup
from samhandling.apps.organisations.models import Actor
from samhandling.apps.organisations.permissions import may
from samhandling.apps.records.models import Record
from samhandling.apps.situation.models import Need, Sharing
from samhandling.core.access import Operation
from samhandling.web.decisions import offer_sharing
from samhandling.web.editing import EditForm
from samhandling.web.workspace.initiatives.fields import (
    LONGEST,
    NamedChoice,
    TitleField,
    long_text,
)
from samhandling.web.workspace.initiatives.offered import areas_of, owners_offered


def kinds_known() -> list[tuple[str, Any]]:
    """The kinds of need, with a capital letter."""
    return [(k.value, capfirst(k.label)) for k in Need.Kind if k is not Need.Kind.UNKNOWN]


class SubjectChoice(NamedChoice):
    """Whose need it is: an actor, a focus area or a target group, by the uid of its record."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.to_field_name = "uid"


class NeedForm(forms.Form):
    """A need or challenge."""

    title = TitleField(
        label=_("Behov eller utmaning"),
        help_text=_("En mening som andra förstår utan att läsa vidare."),
        error_messages={"required": _("Skriv vad som behövs eller är svårt.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kind = forms.TypedChoiceField(
        label=_("Slag"),
        choices=[(Need.Kind.UNKNOWN, _("Okänt")), *kinds_known()],
        empty_value=Need.Kind.UNKNOWN,
        required=False,
    )
    subject = SubjectChoice(
        label=_("Gäller"), help_text=_("Den aktör, det område eller den målgrupp som har behovet.")
    )
    focus_area = NamedChoice(label=_("Insatsområde"))
    owner = NamedChoice(
        label=_("Ägare"), help_text=_("Den som ansvarar för att uppgiften stämmer.")
    )
    description = long_text(_("Beskrivning"), rows=5)

    def __init__(self, *args: Any, agreement: Agreement, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by
        self.agreement = agreement
        rows = {
            "subject": subjects_offered(agreement),
            "focus_area": areas_of(agreement),
            "owner": owners_offered(by, Operation.EDIT_NEED, agreement),
        }
        for name, queryset in rows.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]


class CreateNeedForm(NeedForm):
    """A new need, drafted by its owner's people or shared at once."""

    sharing = forms.TypedChoiceField(
        empty_value=Sharing.DRAFT,
        required=False,
        label=_("Vem får se det?"),
        choices=[
            (Sharing.DRAFT, _("Utkast: bara ägarens egna ser det tills du delar det")),
            (Sharing.SHARED, _("Dela direkt: alla parter ser det")),
        ],
        initial=Sharing.DRAFT,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_sharing(self, self.agreement, self.by)

    def clean(self) -> dict[str, Any]:
        """Says at the owner why somebody may not write it, so that nothing typed is lost."""
        values = super().clean() or {}
        owner = values.get("owner")
        if "owner" in values and not may(
            self.by,
            Operation.EDIT_NEED,
            owner_id=owner and owner.pk,
            agreement_id=self.agreement.pk,
        ):
            self.add_error("owner", _("Välj en ägare som du hör till."))
        return values


class EditNeedForm(EditForm, NeedForm):
    """A need that is changed, with the reason for the log."""

    reason = forms.CharField(
        label=_("Varför ändrar du?"),
        required=False,
        max_length=LONGEST,
        help_text=_("Valfritt. Står i historiken."),
    )

    def __init__(self, *args: Any, need: Need, by: User, **options: Any) -> None:
        super().__init__(*args, thing=need, agreement=need.agreement, by=by, **options)
        draft = need.sharing != Sharing.SHARED
        operation = Operation.READ_DRAFT if draft else Operation.EDIT_NEED
        owners = owners_offered(by, operation, need.agreement, now=need.owner_id)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]

    def stored(self) -> dict[str, Any]:
        """What is known of the need."""
        names = ("title", "kind", "subject", "focus_area", "owner", "description")
        return {name: getattr(self.thing, name) for name in names}


def subjects_offered(agreement: Agreement) -> Any:
    """Records that a need can be told of: live actors, and the agreement's areas and groups."""
    areas = FocusArea.objects.filter(agreement=agreement).values("pk")
    groups = TargetGroup.objects.filter(agreement=agreement).values("pk")
    rows = Record.objects.live()
    offered = (
        rows.filter(pk__in=Actor.objects.values("pk"))
        | rows.filter(pk__in=areas)
        | rows.filter(pk__in=groups)
    )
    return offered.order_by("title")
