"""The log says of whom a user was made, and whose way in was changed: by key, never by name."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from samhandling.apps.accounts.models import User
from samhandling.apps.accounts.services import change_password, create_user, remove_second_factors
from samhandling.apps.audit.models import Revision
from samhandling.apps.audit.services import COMMAND_LINE
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.people.services import leave
from samhandling.apps.privacy.services import pseudonymise_person
from tests.audit_log import start_log_now
from tests.factories import make_user
from tests.factories.actors import PASSWORD

pytestmark = pytest.mark.django_db
NAME = "Åsa Öbergkanarie"


def told(client: Client) -> list[str]:
    """The sentences of the log, the latest first, without markup."""
    page = client.get("/andringar/").content.decode()
    log = page.partition('<ol class="history">')[2].partition("</ol>")[0]
    items = re.findall(r"<li>(.*?)</li>", log, re.S)
    lines = [" ".join(unescape(re.sub(r"<[^>]+>", " ", item)).split()) for item in items]
    return [line.removesuffix(" exempeldata") for line in lines]


def test_it_tells_of_whom_and_no_name_is_left_when_the_person_is_forgotten(
    client: Client,
) -> None:
    admin = make_user(role="ADMINISTRATOR", name="Anna Vik")
    client.force_login(admin)
    start_log_now()
    made = create_user(email="asa@example.org", name=NAME, password=PASSWORD, by=admin)
    remove_second_factors(user=made, by=COMMAND_LINE)
    change_password(user=made, password="en annan ramsa om våren", by=made)
    lines = told(client)
    assert [line.rpartition(" kl. ")[2].partition(" ")[2] for line in lines] == [
        f"{NAME} ändrade hur hen själv loggar in.",
        f"Kommandoraden ändrade hur {NAME} loggar in.",
        f"Anna Vik lade upp {NAME} som användare.",
    ]
    assert set(Revision.objects.values_list("field", "before", "after")) == {
        ("person", "", made.person_key)
    }
    yesterday = day_of_security() - timedelta(days=1)
    User.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=9))
    leave(person=made.person, last_day=yesterday, reason="Slutat.", by=admin)
    made.person.refresh_from_db()
    called = pseudonymise_person(person=made.person, reason="Bad om det.", by=admin).name
    lines = told(client)
    assert any(line.endswith(f"Anna Vik lade upp {called} som användare.") for line in lines)
    assert NAME not in " ".join(lines)
