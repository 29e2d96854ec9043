"""What may be changed about a person, a form each, in plain words."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.accounts.names import check_name
from samhandling.apps.organisations.models import Affiliation, Membership
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.people.selectors.register import people_in_service
from samhandling.web.choices import OneStored
from samhandling.web.date_field import DayField
from samhandling.web.workspace.initiatives.fields import NamedChoice
from samhandling.web.workspace.people.invite_forms import (
    ScopeChoice,
    bodies_offered,
    organisations_offered,
    roles_offered,
    seats_offered,
)

LONGEST_REASON = 2000


class PersonChoice(OneStored):
    """Somebody who can sign in, by opaque key."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("empty_label", _("Välj"))
        options.setdefault("queryset", Person.objects.none())
        options.setdefault("error_messages", {"required": _("Välj en person.")})
        super().__init__(to_field_name="key", **options)

    def label_from_instance(self, person: Any) -> str:
        """Name and address: two people may have one name."""
        return f"{person.name}, {person.user.email}"

    def prepare_value(self, value: Any) -> Any:
        """The key of a person, or what was sent."""
        return value.key if hasattr(value, "key") else value


# Who reads why something was done. Where the person is told of it, the reason is told too.
READ_BY_KEEPERS = _(
    "Läses i loggen av dem som sköter personer. Står också i filen med allt som finns om personen."
)
READ_BY_HER = _("Läses av personen, och i loggen av dem som sköter personer.")
READ_BY_ALL = _("Läses av personen, och av alla som får läsa historiken.")


def reason_field(read_by: Any, *, required: bool = True) -> forms.CharField:
    """Why it is done. Args: read_by: a sentence on who reads it."""
    return forms.CharField(
        label=_("Varför?"),
        help_text=read_by,
        required=required,
        max_length=LONGEST_REASON,
        error_messages={"required": _("Skriv varför.")},
    )


class RenameForm(forms.Form):
    """What the person is called."""

    name = forms.CharField(
        label=_("Namn"),
        max_length=200,
        validators=[check_name],
        error_messages={"required": _("Skriv personens namn.")},
    )
    was = forms.CharField(widget=forms.HiddenInput, required=False)


class WaysInForm(forms.Form):
    """The address that somebody signs in with, and the link to an organisation's own sign-in."""

    email = forms.EmailField(
        label=_("Adress att logga in med"),
        max_length=254,
        help_text=_("Den gamla adressen öppnar inte kontot längre. Båda adresserna får veta det."),
        error_messages={"required": _("Skriv personens e-postadress.")},
    )
    unlink = forms.BooleanField(
        label=_("Ta bort kopplingen till organisationens egen inloggning"),
        required=False,
        help_text=_("Byter du adress försvinner kopplingen också."),
    )
    reason = reason_field(READ_BY_KEEPERS)
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, is_linked: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_linked:
            del self.fields["unlink"]


class RoleForm(forms.Form):
    """A role, what it is limited to, and for how long."""

    role = forms.ChoiceField(
        label=_("Roll"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj en roll.")},
    )
    scope = ScopeChoice()
    valid_from = DayField(label=_("Från och med"), required=False, help_text=_("Tomt: från i dag."))
    valid_until = DayField(
        label=_("Till och med"), required=False, help_text=_("Tomt: tills vidare.")
    )
    reason = reason_field(
        _(
            "Valfritt. Läses av personen, och i loggen av dem som sköter personer. Gäller rollen "
            "en överenskommelse läses det av alla som får läsa historiken."
        ),
        required=False,
    )

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = list(roles_offered(by))  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The last day of something, and why it ends."""

    last_day = DayField(label=_("Sista dagen"), help_text=_("Den dagen räknas med."))
    reason = reason_field(READ_BY_ALL)

    def __init__(self, *args: Any, read_by: Promise = READ_BY_ALL, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].help_text = read_by  # type: ignore[assignment]
        self.fields["last_day"].initial = day_of_security()


class SeatForm(forms.Form):
    """A seat in a network or group."""

    body = NamedChoice(
        label=_("Nätverk eller grupp"),
        required=True,
        empty_label=_("Välj"),
        error_messages={"required": _("Välj ett nätverk eller en grupp.")},
    )
    role = forms.ChoiceField(label=_("Som"), initial=Membership.Role.MEMBER)
    actor = NamedChoice(
        label=_("För organisationen"), empty_label=_("Ingen särskild"), required=False
    )
    valid_from = DayField(label=_("Från och med"), required=False, help_text=_("Tomt: från i dag."))
    valid_until = DayField(
        label=_("Till och med"), required=False, help_text=_("Tomt: tills vidare.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].queryset = bodies_offered()  # type: ignore[attr-defined]
        self.fields["actor"].queryset = organisations_offered()  # type: ignore[attr-defined]
        self.fields["role"].choices = seats_offered()  # type: ignore[attr-defined]


class OrganisationForm(forms.Form):
    """Where the person works from a day, and as what."""

    organisation = NamedChoice(
        label=_("Organisation"),
        required=True,
        empty_label=_("Välj"),
        error_messages={"required": _("Välj en organisation.")},
    )
    function = forms.CharField(
        label=_("Funktion"),
        max_length=200,
        error_messages={"required": _("Skriv vad personen gör där.")},
    )
    role = forms.ChoiceField(
        label=_("Organisationen är"),
        required=False,
        help_text=_("Avgör vad personen får göra för sin organisation."),
    )
    from_day = DayField(label=_("Från och med"))
    keeps_other = forms.BooleanField(
        label=_("Personen arbetar kvar där hon eller han arbetar nu också"), required=False
    )
    email = forms.EmailField(
        label=_("Ny adress att logga in med"),
        max_length=254,
        required=False,
        help_text=_(
            "Gäller genast: personen loggas ut överallt, och båda adresserna får veta det. Tomt: "
            "samma adress som nu."
        ),
    )

    def __init__(self, *args: Any, may_change_address: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_change_address:
            del self.fields["email"]
        self.fields["organisation"].queryset = organisations_offered()  # type: ignore[attr-defined]
        self.fields["from_day"].initial = day_of_security()
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            ("", _("Det som är vanligt för en sådan organisation")),
            (Affiliation.Role.PARTY_OFFICER, _("Part i överenskommelsen")),
            (Affiliation.Role.CONTRIBUTOR, _("Medverkande som inte är part")),
        ]


class SubstituteForm(forms.Form):
    """Who has the person's roles and seats, and when."""

    substitute = PersonChoice(label=_("Den som ersätter"))
    valid_from = DayField(label=_("Från och med"))
    valid_until = DayField(label=_("Till och med"))

    def __init__(self, *args: Any, person: Person, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        # Nobody makes herself anybody's substitute.
        others = people_in_service().exclude(pk__in=[person.pk, by.person_id])
        self.fields["substitute"].queryset = others  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """The last day, and whether the sign-in closes at once."""

    last_day = DayField(
        label=_("Sista dagen"),
        help_text=_("Personen kan arbeta till och med den dagen. Sedan stängs inloggningen."),
    )
    close_now = forms.BooleanField(label=_("Stäng inloggningen nu"), required=False)
    reason = reason_field(
        _("Valfritt. Läses av personen, och i loggen av dem som sköter personer."), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["last_day"].initial = day_of_security()


class CloseForm(forms.Form):
    """Why somebody is shut out."""

    reason = reason_field(READ_BY_KEEPERS)


class MergeForm(forms.Form):
    """The name and the address that stay."""

    name = forms.ChoiceField(label=_("Namn som ska stå"), widget=forms.RadioSelect)
    email = forms.ChoiceField(
        label=_("Adress att logga in med"),
        widget=forms.RadioSelect,
        help_text=_(
            "Den andra adressen går inte längre att logga in med, och inte heller det sätt att "
            "logga in som hörde till den."
        ),
        required=False,
    )
    reason = reason_field(READ_BY_KEEPERS)

    def __init__(self, *args: Any, people: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        names = list(dict.fromkeys(one.name for one in people))
        emails = [one.user.email for one in people if getattr(one, "user", None)]
        self.fields["name"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
        self.fields["name"].initial = names[0]
        if emails:
            self.fields["email"].required = True
            self.fields["email"].choices = [(one, one) for one in emails]  # type: ignore[attr-defined]
            self.fields["email"].initial = emails[0]
        else:
            del self.fields["email"]


class ContactForm(forms.Form):
    """Who one turns to about an initiative."""

    person = PersonChoice(label=_("Kontaktperson"), required=False, empty_label=_("Ingen"))

    def __init__(self, *args: Any, people: "QuerySet[Person]", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class AppointForm(forms.Form):
    """Who becomes the convener."""

    person = PersonChoice(label=_("Ny sammankallande"))

    def __init__(self, *args: Any, people: "QuerySet[Person]", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
