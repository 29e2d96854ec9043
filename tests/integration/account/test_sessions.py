"""How long one stays signed in, where one is, and out everywhere. Security uses the real clock."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from samhandling.apps.accounts.models import User
from samhandling.apps.accounts.services import remove_second_factors
from samhandling.apps.outbox.models import Message
from samhandling.web.workspace.account.devices import name_of_device
from tests.integration.account.conftest import is_in, sign_in_by_password

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def test_three_idle_hours_end_a_session(client: Client, siv: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in_by_password(client)
        clock.shift(3 * HOUR - MINUTE)
        assert is_in(client)
        clock.shift(3 * HOUR + MINUTE)
        answer = client.get("/fragor/?visa=alla")
        assert answer["Location"] == "/konto/logga-in/?next=/fragor/%3Fvisa%3Dalla"
        told = client.get(answer["Location"]).content.decode()
        assert "Du har varit borta en stund. Logga in igen." in told
        assert not is_in(client)


def test_twelve_hours_end_a_session_however_busy(client: Client, siv: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in_by_password(client)
        for _hour in range(11):
            clock.shift(HOUR)
            assert is_in(client)
        clock.shift(HOUR + MINUTE)
        assert not is_in(client)


def test_a_new_sign_in_starts_the_clocks_anew(client: Client, siv: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in_by_password(client)
        clock.shift(4 * HOUR)
        sign_in_by_password(client)
        assert not is_in(client)  # the old session ended at the door
        sign_in_by_password(client)
        assert is_in(client)


def test_the_limits_come_from_the_settings(client: Client, siv: User, settings: Settings) -> None:
    settings.SESSION_IDLE_SECONDS = 600
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in_by_password(client)
        clock.shift(11 * MINUTE)
        assert not is_in(client)


def test_my_devices_are_listed_and_signed_out_everywhere(siv: User) -> None:
    firefox = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
    office, phone = Client(HTTP_USER_AGENT=firefox), Client(HTTP_USER_AGENT="?")
    for device in (office, phone):
        sign_in_by_password(device)
    page = office.get("/konto/").content.decode()
    assert "Firefox, Windows (den här)" in page
    assert "Okänd enhet" in page
    office.post("/konto/logga-ut-overallt/")
    assert not is_in(office)
    assert not is_in(phone)


def test_a_new_password_signs_the_other_devices_out(siv: User) -> None:
    here, elsewhere = Client(), Client()
    for device in (here, elsewhere):
        sign_in_by_password(device)
    new = "en annan ramsa om våren"
    here.post("/konto/losenord/", {"new": new, "again": new})
    siv.refresh_from_db()
    assert siv.check_password(new)
    assert is_in(here)
    assert not is_in(elsewhere)


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Macintosh) AppleWebKit Version/18 Safari/605", "Safari, Mac"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537", "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537 Edg/140", "Edge, Windows"),
        ("", "Okänd enhet"),
    ],
)
def test_a_device_is_called_what_its_owner_calls_it(user_agent: str, name: str) -> None:
    assert name_of_device(user_agent) == name


def test_the_chosen_language_is_that_of_the_pages_and_of_mail(client: Client, siv: User) -> None:
    sign_in_by_password(client)
    client.post("/sprak/", {"language": "en", "next": "/konto/"})
    siv.refresh_from_db()
    assert siv.language == "en"
    assert client.get("/konto/")["Content-Language"] == "en"
    client.post("/sprak/", {"language": "tlh", "next": "/konto/"})
    siv.refresh_from_db()
    assert siv.language == "en"
    remove_second_factors(user=siv, by=siv)
    assert Message.objects.get().language == "en"
