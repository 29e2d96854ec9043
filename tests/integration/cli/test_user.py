"""`samhandling user create`."""

import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner, Result

from samhandling.apps.accounts.models import Person, RoleGrant, User
from samhandling.apps.outbox.models import Message
from samhandling.cli.user import user
from samhandling.jobs.mails.account_changed import build
from tests.factories.sign_in import make_app

pytestmark = pytest.mark.django_db

PASSWORD = "en lång ramsa om hösten"


def create(email: str, *options: str) -> Result:
    arguments = ["create", email, "--name", "Siv Ek", "--password", PASSWORD, *options]
    return CliRunner().invoke(user, arguments)


def test_a_new_person_can_sign_in_and_has_the_role() -> None:
    done = create("Siv.Ek@lan.example", "--role", "PROCESS_LEADER")
    assert (done.exit_code, done.output) == (0, "siv.ek@lan.example kan nu logga in.\n")
    made = User.objects.get(email="siv.ek@lan.example")
    assert made.check_password(PASSWORD)
    assert [grant.role for grant in made.person.roles.all()] == [RoleGrant.Role.PROCESS_LEADER]


def test_a_taken_address_is_refused_and_nothing_is_left_behind() -> None:
    create("siv.ek@lan.example")
    again = create("SIV.EK@lan.example")
    assert again.exit_code == 1
    assert "Det finns redan en användare" in again.output
    assert Person.objects.count() == 1


def test_a_weak_password_is_refused_in_swedish() -> None:
    done = create("siv.ek@lan.example", "--password", "kort")
    assert done.exit_code == 1
    assert "12 tecken" in done.output
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("email", "name", "told"),
    [
        ("inte-en-adress", "Siv Ek", "e-post"),
        ("", "Siv Ek", "e-post"),
        ("siv.ek@lan.example", "  ", "Skriv personens namn."),
        ("siv.ek@lan.example", "Siv \u202ekE", "Namnet har tecken som inte syns."),
    ],
)
def test_what_is_no_address_or_name_makes_no_administrator(
    email: str, name: str, told: str
) -> None:
    done = create(email, "--name", name, "--administrator")
    assert done.exit_code == 1
    assert told in done.output
    assert not Person.objects.exists()


def test_a_lost_second_factor_is_removed_and_its_owner_told() -> None:
    create("siv.ek@lan.example")
    make_app(User.objects.get())
    done = CliRunner().invoke(user, ["reset-second-factor", "SIV.EK@lan.example"])
    assert done.exit_code == 0
    assert not Authenticator.objects.exists()
    message = Message.objects.get()
    assert message.to == "siv.ek@lan.example"
    assert "Andra steget är borttaget" in build(message.ids, "sv").text


def test_nobodys_second_factor_cannot_be_removed() -> None:
    done = CliRunner().invoke(user, ["reset-second-factor", "ingen@lan.example"])
    assert done.exit_code == 1
    assert "Det finns ingen användare" in done.output


def test_the_command_line_changes_the_address_of_who_can_do_it_nowhere_else() -> None:
    create("siv.ek@lan.example", "--administrator")
    Message.objects.all().delete()
    change = ["change-address", "SIV.EK@lan.example"]
    done = CliRunner().invoke(user, [*change, "siv@nya.example", "--reason", "Bytt arbete"])
    assert (done.exit_code, "loggar in med en kod till siv@nya.example" in done.output) == (0, True)
    assert User.objects.get().email == "siv@nya.example"
    told = set(Message.objects.values_list("to", flat=True))
    assert told == {"siv.ek@lan.example", "siv@nya.example"}
    for arguments, refused in (
        ([*change, "x@nya.example"], "Det finns ingen användare"),
        (["change-address", "siv@nya.example", "siv@nya.example"], "Adressen är redan den."),
        (["change-address", "siv@nya.example", "inte en adress"], "e-post"),
    ):
        done = CliRunner().invoke(user, [*arguments, "--reason", "Bytt arbete"])
        assert (done.exit_code, refused in done.output) == (1, True)
    other = ["change-address", "siv@nya.example", "y@nya.example", "--reason", " "]
    assert CliRunner().invoke(user, other).exit_code == 1
