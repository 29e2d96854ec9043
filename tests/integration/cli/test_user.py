"""`samhandling user create`."""

import pytest
from click.testing import CliRunner, Result

from samhandling.apps.accounts.models import Person, RoleGrant, User
from samhandling.cli.user import user

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
