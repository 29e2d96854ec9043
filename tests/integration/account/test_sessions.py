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
from tests.integration.account.conftest import PASSWORD, is_in, sign_in_by_password

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


@pytest.mark.parametrize("path", ["/", "/konto/", "/ordlista/", "/finns-inte/"])
def test_no_cache_keeps_what_a_signed_in_person_is_shown(
    client: Client, siv: User, path: str
) -> None:
    assert "Cache-Control" not in client.get("/ordlista/").headers
    sign_in_by_password(client)
    answer = client.get(path)
    assert answer["Cache-Control"] == "private, no-store"


# A part of a page, asked for by the script of the page.
PART = {"HX-Request": "true", "HX-Current-URL": "http://testserver/rok/insatser/?ordning=namn"}


@pytest.mark.parametrize("away", [3 * HOUR + MINUTE, 13 * HOUR])
def test_a_part_of_a_page_asked_for_too_late_sends_the_whole_page_to_sign_in_and_back(
    client: Client, siv: User, away: timedelta
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in_by_password(client)
        clock.shift(away)
        answer = client.get("/fragor/?q=spr%C3%A5k", headers=PART)
        assert answer.status_code == 200
        assert answer.content == b""
        where = answer["HX-Redirect"]
        assert where == "/konto/logga-in/?next=%2Ffragor%2F%3Fq%3Dspr%25C3%25A5k"
        page = client.get(where).content.decode()
        assert 'name="next" value="/fragor/?q=spr%C3%A5k"' in page
        sent = {"username": siv.email, "password": PASSWORD, "next": "/fragor/?q=spr%C3%A5k"}
        assert client.post(where, sent)["Location"] == "/fragor/?q=spr%C3%A5k"


def test_what_a_part_of_a_page_posted_leads_back_to_the_page_it_stood_on(client: Client) -> None:
    for here, back in (
        (PART["HX-Current-URL"], "%2Frok%2Finsatser%2F%3Fordning%3Dnamn"),
        ("https://elsewhere.example/x", "%2F"),
    ):
        answer = client.post("/sok/", headers={**PART, "HX-Current-URL": here})
        assert answer["HX-Redirect"] == f"/konto/logga-in/?next={back}"


def test_who_is_signed_in_gets_the_part_and_other_ways_on_as_they_are(
    client: Client, siv: User
) -> None:
    sign_in_by_password(client)
    assert "HX-Redirect" not in client.get("/fragor/", headers=PART)
    on = client.post("/sprak/", {"language": "en", "next": "/fragor/"}, headers=PART)
    assert (on.status_code, on["Location"]) == (302, "/fragor/")
    assert client.get("/konto/nycklar/").status_code == 302
