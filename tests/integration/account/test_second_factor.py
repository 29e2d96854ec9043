"""Apps, recovery codes, the roles that must have a second factor, and showing again who one is."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path
from pytest_django import Settings

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.services import COMMAND_LINE
from samhandling.apps.organisations.services import grant_role
from samhandling.apps.outbox.models import Message
from samhandling.jobs.mails.account_changed import build
from tests.factories.sign_in import SECRET, code_of_app, make_app, signed_in_now
from tests.integration.account.conftest import (
    GIVE,
    PASSWORD,
    ask_for_code,
    is_in,
    mailed_code,
    sign_in_by_password,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

STEP = "/konto/tva-steg/"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_an_app_is_added_with_its_first_code_and_its_owner_is_told(
    client: Client, siv: User, django_capture_on_commit_callbacks: Any
) -> None:
    sign_in_by_password(client)
    page = client.get("/konto/app/")
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    secret = client.session["mfa.totp.secret"]
    with django_capture_on_commit_callbacks(execute=True):
        added = client.post("/konto/app/", {"code": code_of_app(secret)})
    assert added["Location"] == "/konto/reservkoder/"
    assert client.get("/konto/reservkoder/").content.decode().count("<li><code>") == 10
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    told = Message.objects.filter(ids__what="totp_activated").first()
    assert told is not None
    assert told.to == "siv.ek@lan.example"
    mail = build(told.ids, "sv")
    assert mail.subject == "Ditt konto i Samhandling har ändrats"
    assert "En app för engångskoder är tillagd." in mail.text
    assert "http://127.0.0.1:8000/konto/" in mail.text


@pytest.mark.parametrize("way", ["password", "code"])
def test_neither_password_nor_code_is_enough_with_an_app(
    client: Client, siv: User, way: str
) -> None:
    make_app(siv)
    if way == "password":
        sign_in_by_password(client)
    else:
        ask_for_code(client)
        client.post(GIVE, {"code": mailed_code()})
    assert not is_in(client)
    assert "Andra steget" in client.get(STEP).content.decode()
    client.post(STEP, {"code": "000000"})
    assert not is_in(client)
    client.post(STEP, {"code": code_of_app()})
    assert is_in(client)


def test_a_code_of_the_app_and_a_recovery_code_work_once(siv: User) -> None:
    spare = make_app(siv)[0]
    with time_machine.travel(NOON, tick=False):
        for code in (code_of_app(SECRET), spare):
            outcomes = []
            for _time in range(2):
                browser = Client()
                sign_in_by_password(browser)
                browser.post(STEP, {"code": code})
                outcomes.append(is_in(browser))
            assert outcomes == [True, False]


def test_the_second_step_cannot_be_walked_past(client: Client, siv: User) -> None:
    make_app(siv)
    sign_in_by_password(client)
    for address in ("/", "/konto/", "/konto/app/", "/konto/app/ta-bort/", "/konto/reservkoder/"):
        assert client.get(address)["Location"].startswith("/konto/logga-in/")
    assert client.post("/konto/bekrafta/", {"password": PASSWORD}).status_code == 302
    assert not is_in(client)


def test_guessing_at_the_second_step_is_stopped(client: Client, siv: User) -> None:
    make_app(siv)
    sign_in_by_password(client)
    for _attempt in range(5):
        client.post(STEP, {"code": "000000"})
    told = client.post(STEP, {"code": code_of_app()})
    assert "för många försök" in told.content.decode()
    assert not is_in(client)


@pytest.fixture
def leader(siv: User, settings: Settings) -> User:
    settings.SECOND_FACTOR_ROLES = ["PROCESS_LEADER", "ADMINISTRATOR"]
    grant_role(person=siv.person, role="PROCESS_LEADER", by=COMMAND_LINE)
    return siv


def test_a_role_that_demands_a_second_factor_leads_there_first(
    client: Client, leader: User
) -> None:
    sign_in_by_password(client)
    for address in ("/fragor/", "/andringar/"):
        assert client.get(address)["Location"] == "/konto/andra-steget/"
    assert client.post("/fragor/").status_code == 302
    assert "Skydda ditt konto" in client.get("/konto/andra-steget/").content.decode()
    assert client.get("/konto/app/").status_code == 200
    assert client.get("/ordlista/").status_code == 200  # what is open stays open
    make_app(leader)
    assert client.get("/fragor/").status_code == 200
    assert client.get("/konto/andra-steget/")["Location"] == "/konto/"


NEEDED = {
    "/konto/andra-steget/",
    "/konto/bekrafta/",
    "/konto/bekrafta/kod/",
    "/konto/app/",
    "/konto/nycklar/ny/",
    "/konto/reservkoder/",
    "/konto/reservkoder/nya/",
    "/konto/logga-ut/",
    "/konto/logga-ut-overallt/",
}


def test_only_what_sets_the_factor_up_is_open_under_the_own_account(
    client: Client, leader: User
) -> None:
    closed = {
        "/" + str(pattern.pattern).replace("<int:pk>", "1")
        for pattern in own_account_patterns()
        if getattr(pattern.callback, "login_required", True)
    }
    assert {"/konto/", "/konto/losenord/", "/konto/aviseringar/", "/konto/mina-uppgifter/"} < closed
    browser = signed_in_now(leader)
    led_away = {
        address
        for address in closed
        if browser.get(address).headers.get("Location") == "/konto/andra-steget/"
    }
    assert closed - led_away == NEEDED


def own_account_patterns() -> list[URLPattern]:
    """Every address under /konto/, whole."""

    def under(resolver: URLResolver, before: str) -> Iterator[URLPattern]:
        for one in resolver.url_patterns:
            route = before + str(one.pattern)
            if isinstance(one, URLResolver):
                yield from under(one, route)
            elif route.startswith("konto/"):
                yield path(route, one.callback)

    return list(under(get_resolver(), ""))


def test_the_last_second_factor_of_such_a_role_cannot_be_removed(
    client: Client, leader: User
) -> None:
    make_app(leader)
    sign_in_by_password(client)
    client.post(STEP, {"code": code_of_app()})
    told = client.post("/konto/app/ta-bort/")
    assert "Din roll kräver ett andra steg." in told.content.decode()
    assert Authenticator.objects.filter(type="totp").exists()


def test_others_are_let_in_without(client: Client, siv: User, settings: Settings) -> None:
    settings.SECOND_FACTOR_ROLES = ["PROCESS_LEADER"]
    grant_role(person=siv.person, role="READER", by=COMMAND_LINE)
    sign_in_by_password(client)
    assert client.get("/fragor/").status_code == 200


def test_a_new_password_is_asked_for_again_after_five_minutes_and_who_one_is_first(
    client: Client, siv: User
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in_by_password(client)
        assert client.get("/konto/losenord/").status_code == 200
        clock.shift(timedelta(minutes=6))
        new = "en annan ramsa om våren"
        asked = client.post("/konto/losenord/", {"new": new, "again": new})
        assert asked["Location"] == "/konto/bekrafta/?next=%2Fkonto%2Flosenord%2F"
        wrong = client.post(asked["Location"], {"password": "fel"})
        assert "Lösenordet stämmer inte." in wrong.content.decode()
        back = parse_qs(urlsplit(asked["Location"]).query)["next"][0]
        done = client.post(asked["Location"], {"password": PASSWORD, "next": back})
        assert done["Location"] == "/konto/losenord/"
        client.post(done["Location"], {"new": new, "again": new})
    siv.refresh_from_db()
    assert siv.check_password(new)


def test_with_an_app_the_password_is_not_enough_to_confirm(client: Client, siv: User) -> None:
    make_app(siv)
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in_by_password(client)
        client.post(STEP, {"code": code_of_app()})
        clock.shift(timedelta(minutes=6))
        asked = client.get("/konto/app/ta-bort/")
        assert asked["Location"].startswith("/konto/bekrafta/app/")
        assert client.get("/konto/bekrafta/")["Location"].startswith("/konto/bekrafta/app/")
        client.post(asked["Location"], {"code": code_of_app()})
        assert client.get("/konto/app/ta-bort/").status_code == 200


def test_who_has_neither_password_nor_app_confirms_with_a_mailed_code(
    client: Client, siv: User
) -> None:
    siv.set_unusable_password()
    siv.save()
    with time_machine.travel(NOON, tick=False) as clock:
        ask_for_code(client)
        client.post(GIVE, {"code": mailed_code()})
        assert client.get("/konto/app/").status_code == 200
        clock.shift(timedelta(minutes=6))
        asked = client.get("/konto/app/")
        assert asked["Location"] == "/konto/bekrafta/kod/?next=%2Fkonto%2Fapp%2F"
        client.get(asked["Location"])
        right = mailed_code()
        for _attempt in range(3):
            client.post(asked["Location"], {"code": "0000-0001"})
        client.post(asked["Location"], {"code": right})
        assert client.get("/konto/app/").status_code == 302
        done = client.post(asked["Location"], {"code": mailed_code(), "next": "/konto/app/"})
        assert done["Location"] == "/konto/app/"
        assert client.get("/konto/app/").status_code == 200
