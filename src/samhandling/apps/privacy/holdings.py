"""Where the database holds something about a person: found from the models, described here.

Nobody has to remember to add a table: a model that points at a person, carries the opaque key of
one or keeps a mail address is found, and a test fails until this module says what it is for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samhandling.apps.accounts.models import EarlierName, Person, User
from samhandling.apps.privacy.wording import folded

KEY_LENGTH = 36  # of a person's opaque key, in every table that carries one


@dataclass(frozen=True, slots=True)
class Holding:
    """What a table holds about people (uppgiftssamling), and why."""

    title: Promise
    purpose: Promise


HOLDINGS: Mapping[str, Holding] = {
    "accounts.Person": Holding(_("Person"), _("Visar vem som ansvarar för vad.")),
    "accounts.EarlierName": Holding(
        _("Tidigare namn och adresser"),
        _("Gör att också de byts ut i texter när personen pseudonymiseras."),
    ),
    "accounts.User": Holding(_("Konto"), _("Behövs för att logga in.")),
    "accounts.RoleGrant": Holding(_("Roller"), _("Avgör vad personen får göra.")),
    "accounts.Substitution": Holding(
        _("Ersättare under en tid"), _("Visar vem som ersätter vem, och när.")
    ),
    "organisations.Affiliation": Holding(
        _("Organisationer"), _("Visar vem personen arbetar för, och när.")
    ),
    "organisations.Membership": Holding(
        _("Platser i nätverk och grupper"), _("Visar vem som är med, och när.")
    ),
    "people.Invitation": Holding(_("Inbjudningar"), _("Släpper in den som är inbjuden.")),
    "people.Departure": Holding(_("Avslut"), _("Gör att avslutet går att ångra.")),
    "people.Contact": Holding(_("Kontaktperson för"), _("Visar vem man vänder sig till.")),
    "reporting.ReportSection": Holding(
        _("Avsnitt i rapporter"), _("Visar vem som skriver och vem som skrev.")
    ),
    "reporting.ReportStateChange": Holding(
        _("Rapporters gång"), _("Visar vem som förde en rapport vidare.")
    ),
    "discussion.Comment": Holding(_("Kommentarer"), _("Hör till arbetet med posten.")),
    "discussion.Attachment": Holding(_("Bilagor"), _("Visar vem som bifogade en fil.")),
    "notices.Follow": Holding(_("Det personen följer"), _("Avgör vad personen får veta.")),
    "notices.Notice": Holding(_("Aviseringar"), _("Säger vad som är nytt för personen.")),
    "notices.DigestChoice": Holding(_("Sammandrag med e-post"), _("Personens eget val.")),
    "outbox.Message": Holding(_("Post"), _("Skickar post. Adressen tas bort några dagar efteråt.")),
    "audit.KnownPerson": Holding(_("Namn i loggen"), _("Gör historiken läsbar.")),
    "audit.Event": Holding(
        _("Det personen har gjort"), _("Visar vem som ändrade vad. Loggen går inte att ändra.")
    ),
    "audit.DisposalDecision": Holding(
        _("Gallringsbeslut som personen skrev in"), _("Visar vem som skrev in vad.")
    ),
    "audit.Disposal": Holding(
        _("Gallringar som personen utförde"), _("Visar vem som gallrade, och efter vilket beslut.")
    ),
    "account.EmailAddress": Holding(_("Adresser att logga in med"), _("Behövs för att logga in.")),
    "mfa.Authenticator": Holding(_("Andra steg"), _("Skyddar kontot.")),
    "usersessions.UserSession": Holding(
        _("Var personen är inloggad"),
        _("Visar personen sina inloggningar: tid, IP-adress och webbläsare."),
    ),
    "socialaccount.SocialAccount": Holding(
        _("Inloggning hos organisationen"), _("Kopplar kontot till organisationens inloggning.")
    ),
}
# A way to people that tells nothing of its own.
EXEMPT: Mapping[str, str] = {
    "discussion.Comment_mentioned": "told as a notice; the words are somebody else's",
    "organisations.Organisation": (
        "the addresses of an office and of a data protection officer's mailbox, not of a person"
    ),
}
# Never shown, not even to the person: whoever gets hold of the file could sign in with it.
SECRET = frozenset(
    {
        "accounts.User.password",
        "mfa.Authenticator.data",
        "usersessions.UserSession.data",
        "usersessions.UserSession.session_key",
        "socialaccount.SocialAccount.extra_data",
        "outbox.Message.claim",
        "outbox.Message.subject",  # of a mail with a sign-in code
        "outbox.Message.text",
    }
)


@dataclass(frozen=True, slots=True)
class About:
    """A person as the tables know them."""

    people: tuple[Person, ...]  # one, and those that were merged into that one
    users: tuple[User, ...]
    addresses: frozenset[str]
    names: frozenset[str] = frozenset()  # those that she has or had

    @classmethod
    def of(cls, person: Person) -> "About":
        """With every name and address that the person has or had. Queries: 4."""
        people = (person, *Person.objects.filter(merged_into=person).order_by("pk"))
        users = tuple(User.objects.filter(person__in=people).order_by("pk"))
        known = apps.get_model("account", "EmailAddress")._default_manager.filter(user__in=users)
        addresses = [
            *(one.work_email for one in people),
            *(user.email for user in users),
            *known.values_list("email", flat=True),
        ]
        names = [one.name for one in people]
        earlier = EarlierName.objects.filter(person__in=people)
        for words in earlier.values_list("words", flat=True):
            (addresses if "@" in words else names).append(words)
        return cls(
            people,
            users,
            frozenset(address.lower() for address in addresses if address),
            frozenset(names),
        )

    @property
    def in_texts(self) -> list[str]:
        """What stands for the person alone in a text: addresses, and names of two words or more
        that nobody else has or had. "Bo" is in every "Boende", and of two who are called Eva Ek
        nobody can tell which is meant. Queries: 2.
        """
        mine = [one.pk for one in self.people]
        others = {
            *map(folded, Person.objects.exclude(pk__in=mine).values_list("name", flat=True)),
            *map(
                folded,
                EarlierName.objects.exclude(person__in=mine).values_list("words", flat=True),
            ),
        }
        names = {
            name for name in self.names if len(name.split()) > 1 and folded(name) not in others
        }
        # Longest first, so that none is cut by a shorter one.
        return sorted(names | self.addresses, key=len, reverse=True)

    def within(self, model: type[models.Model]) -> Q:
        """The condition that a row of `model` is about the person."""
        condition = Q(pk__in=[])
        if model is Person:
            condition |= Q(pk__in=[one.pk for one in self.people])
        for field in ways_to_people(model):
            if field.related_model is Person:
                condition |= Q(**{f"{field.name}__in": self.people})
            elif field.related_model is User:
                condition |= Q(**{f"{field.name}__in": self.users})
            elif isinstance(field, models.EmailField):
                for address in self.addresses:
                    condition |= Q(**{f"{field.name}__iexact": address})
            else:
                condition |= Q(**{f"{field.name}__in": [one.key for one in self.people]})
        return condition


def is_secret(field: Any) -> bool:
    """Is what stands in the field kept from everybody?"""
    return f"{field.model._meta.label}.{field.name}" in SECRET


def ways_to_people(model: type[models.Model]) -> list[Any]:
    """The fields of a model that say which person a row is about."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.related_model in (Person, User)
        or isinstance(field, models.EmailField)
        or (
            isinstance(field, models.CharField)
            and field.max_length == KEY_LENGTH
            and field.name.endswith("key")
            # A thing's own key, which is not a person's.
            and model._meta.label not in ("people.Invitation",)
        )
    ]


def models_with_people() -> Iterator[type[models.Model]]:
    """Every model that holds something about a person, in the order of HOLDINGS, then by name."""
    order = list(HOLDINGS)
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if (model is Person or ways_to_people(model)) and model._meta.label not in EXEMPT
    ]
    yield from sorted(
        found,
        key=lambda model: (
            order.index(model._meta.label) if model._meta.label in order else len(order),
            model._meta.label,
        ),
    )
