"""`samhandling user`: the people who can sign in."""

import click
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling.apps.accounts.models import RoleGrant
from samhandling.apps.accounts.selectors import user_with_address
from samhandling.apps.accounts.services import AddressTaken, create_user, remove_second_factors
from samhandling.apps.audit.services import COMMAND_LINE, ReasonMissing
from samhandling.apps.organisations.services import grant_role
from samhandling.apps.people.services import change_ways_in
from samhandling.apps.people.services.errors import NothingChanged
from samhandling.cli.refusal import Refusal

ADMINISTRATOR = RoleGrant.Role.ADMINISTRATOR.value


@click.group(help=gettext_lazy("Personer som kan logga in."))
def user() -> None:
    pass


@user.command(help=gettext_lazy("Lägg upp en person som kan logga in."))
@click.argument("email")
@click.option("--name", prompt=gettext_lazy("Namn"), help=gettext_lazy("Personens namn."))
@click.option(
    "--role",
    type=click.Choice([one for one in RoleGrant.Role.values if one != ADMINISTRATOR]),
    default=RoleGrant.Role.READER.value,
    show_default=True,
    help=gettext_lazy("Vad personen får göra i hela installationen."),
)
@click.option(
    "--administrator",
    is_flag=True,
    help=gettext_lazy("Personen blir också administratör och kan ge andra roller."),
)
@click.option(
    "--password",
    prompt=gettext_lazy("Lösenord, minst tolv tecken"),
    hide_input=True,
    confirmation_prompt=gettext_lazy("Samma lösenord en gång till"),
    envvar="SAMHANDLING_PASSWORD",
    help=gettext_lazy("Frågas efter när det varken ges här eller i SAMHANDLING_PASSWORD."),
)
def create(email: str, name: str, role: str, administrator: bool, password: str) -> None:
    try:
        with transaction.atomic():
            made = create_user(email=email, name=name, password=password, by=COMMAND_LINE)
            grant_role(person=made.person, role=role, by=COMMAND_LINE, quietly=True)
            if administrator:
                grant_role(person=made.person, role=ADMINISTRATOR, by=COMMAND_LINE, quietly=True)
    except AddressTaken as error:
        raise Refusal(str(error)) from error
    except ValidationError as error:
        raise Refusal(" ".join(error.messages)) from error
    click.echo(_("%(email)s kan nu logga in.") % {"email": made.email})


@user.command(
    help=gettext_lazy(
        "Ta bort andra steget för en person som har tappat både mobil och reservkoder. Ta först "
        "reda på att det verkligen är personen som frågar."
    )
)
@click.argument("email")
def reset_second_factor(email: str) -> None:
    found = user_with_address(email)
    if found is None:
        raise Refusal(_("Det finns ingen användare med adressen %(email)s.") % {"email": email})
    remove_second_factors(user=found, by=COMMAND_LINE)
    click.echo(
        _("%(email)s har inget andra steg längre och har fått veta det med e-post.")
        % {"email": found.email}
    )


@user.command(
    help=gettext_lazy(
        "Byt adressen som en person loggar in med, när ingen administratör kan göra det. Ta först "
        "reda på att det verkligen är personen som frågar."
    )
)
@click.argument("email")
@click.argument("new")
@click.option("--reason", prompt=gettext_lazy("Varför"), help=gettext_lazy("Står i loggen."))
def change_address(email: str, new: str, reason: str) -> None:
    found = user_with_address(email)
    if found is None:
        raise Refusal(_("Det finns ingen användare med adressen %(email)s.") % {"email": email})
    try:
        change_ways_in(user=found, email=new, by=COMMAND_LINE, reason=reason)
    except (AddressTaken, NothingChanged, ReasonMissing) as error:
        raise Refusal(str(error)) from error
    except ValidationError as error:
        raise Refusal(" ".join(error.messages)) from error
    click.echo(
        _("%(email)s loggar in med en kod till %(new)s. Båda adresserna har fått veta det.")
        % {"email": email, "new": new.strip().lower()}
    )
