"""Inviting somebody: name, work mail, organisation, function, and what she is to have."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samhandling.apps.accounts.models import RoleGrant, User
from samhandling.apps.accounts.names import check_name
from samhandling.apps.organisations.models import CollaborationBody, Membership, Organisation
from samhandling.apps.people.permissions import is_administrator
from samhandling.apps.records.models import Record, RecordKind
from samhandling.web.choices import OneStored
from samhandling.web.date_field import DayField
from samhandling.web.links import name_of
from samhandling.web.workspace.initiatives.fields import NamedChoice


class ScopeChoice(OneStored):
    """The agreement that a role is limited to; empty is everything."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=Record.objects.live().filter(kind=RecordKind.AGREEMENT).order_by("title"),
            to_field_name="uid",
            required=False,
            label=_("Rollen gäller"),
            empty_label=_("Allt"),
            **options,
        )

    def label_from_instance(self, record: Any) -> str:
        """The agreement's name in the reader's language."""
        return name_of(record)


def organisations_offered() -> Any:
    """Live organisations by name."""
    return Organisation.objects.live().select_related("record").order_by("record__title")


def bodies_offered() -> Any:
    """Live networks and groups that have not ended, by name."""
    rows = CollaborationBody.objects.live().select_related("record").order_by("record__title")
    return rows.exclude(state=CollaborationBody.State.CLOSED)


def roles_offered(by: User) -> Iterator[tuple[str, Any]]:
    """The roles that `by` may give: only an administrator makes another."""
    for code, label in RoleGrant.Role.choices:
        if code != RoleGrant.Role.ADMINISTRATOR or is_administrator(by):
            yield code, capfirst(label)


def seats_offered() -> list[tuple[str, Any]]:
    """What one can be in a network or group, the most usual first."""
    return [(code, capfirst(label)) for code, label in reversed(Membership.Role.choices)]


class InvitedForm(forms.Form):
    """Who is invited."""

    name = forms.CharField(
        label=_("Namn"),
        max_length=200,
        validators=[check_name],
        error_messages={"required": _("Skriv personens namn.")},
    )
    email = forms.EmailField(
        label=_("E-post i arbetet"),
        max_length=254,
        help_text=_("Dit skickas länken. Personen loggar sedan in med den adressen."),
        error_messages={"required": _("Skriv personens e-postadress.")},
    )
    organisation = NamedChoice(
        label=_("Organisation"),
        required=True,
        empty_label=_("Välj"),
        error_messages={"required": _("Välj var personen arbetar eller är med.")},
    )
    function = forms.CharField(
        label=_("Funktion"),
        max_length=200,
        help_text=_("Till exempel utvecklingsstrateg eller ordförande."),
        error_messages={"required": _("Skriv vad personen gör där.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = organisations_offered()  # type: ignore[attr-defined]


class MemberForm(InvitedForm):
    """Who is invited to be a member, and for how long. It is all that a convener is asked."""

    valid_until = DayField(
        label=_("Medlem till och med"), required=False, help_text=_("Tomt: tills vidare.")
    )


class InviteForm(InvitedForm):
    """Who is invited, and to what."""

    role = forms.ChoiceField(
        label=_("Roll"),
        required=False,
        help_text=_(
            "Behövs bara för den som ska göra mer än att arbeta för sin egen organisation eller "
            "sitt nätverk."
        ),
    )
    scope = ScopeChoice()
    body = NamedChoice(label=_("Plats i nätverk eller grupp"), empty_label=_("Ingen plats"))
    seat = forms.ChoiceField(label=_("Som"), required=False)
    valid_until = DayField(
        label=_("Rollen och platsen gäller till och med"),
        required=False,
        help_text=_("Tomt: tills vidare. Var personen arbetar har ingen sista dag."),
    )

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            ("", _("Ingen särskild roll")),
            *roles_offered(by),
        ]
        self.fields["body"].queryset = bodies_offered()  # type: ignore[attr-defined]
        self.fields["seat"].choices = seats_offered()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A scope needs a role; without a body there is no seat."""
        values = super().clean() or {}
        if values.get("scope") and not values.get("role"):
            self.add_error("role", gettext("Välj vilken roll det gäller, eller välj Allt."))
        if not values.get("body"):
            values["seat"] = ""
        elif not values.get("seat"):
            values["seat"] = Membership.Role.MEMBER.value
        return values
