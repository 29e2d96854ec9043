"""By mailed code and by password: who gets in, who does not, and what an outsider can learn."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from structlog.testing import capture_logs

from samhandling.apps.accounts.models import User
from samhandling.apps.accounts.services import create_user
from samhandling.apps.audit.services import COMMAND_LINE
from samhandling.apps.outbox.models import Message
from tests.integration.account.conftest import (
    CODE,
    GIVE,
    LOGIN,
    PASSWORD,
    ask_for_code,
    is_in,
    mailed_code,
    sign_in_by_password,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_a_mailed_code_lets_its_owner_in_with_a_new_session_id(client: Client, siv: User) -> None:
    ask_for_code(client)
    before = client.session.session_key
    client.post(GIVE, {"code": mailed_code()})
    assert is_in(client)
    assert client.session.session_key != before


def test_the_code_is_mailed_once_and_loses_its_use_with_its_time(client: Client, siv: User) -> None:
    ask_for_code(client)
    message = Message.objects.get()
    assert (message.to, message.language) == ("siv.ek@lan.example", "sv")
    assert message.subject == f"Din kod till Samhandling: {mailed_code()}"
    assert message.useless_after is not None
    assert timedelta(minutes=14) < message.useless_after - timezone.now() <= timedelta(minutes=15)


@pytest.mark.parametrize("written", ["SIV.EK@lan.example", " siv.ek@LAN.EXAMPLE "])
def test_capital_letters_and_spaces_in_the_address_do_not_matter(
    client: Client, siv: User, written: str
) -> None:
    ask_for_code(client, written)
    client.post(GIVE, {"code": mailed_code().replace("-", " ")})
    assert is_in(client)
    other = Client()
    other.post(LOGIN, {"username": written, "password": PASSWORD})
    assert is_in(other)


def test_an_expired_code_lets_nobody_in(client: Client, siv: User) -> None:
    ask_for_code(client)
    code = mailed_code()
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1)):
        answer = client.post(GIVE, {"code": code})
        assert answer["Location"] == CODE
        assert not is_in(client)


def test_a_used_code_lets_nobody_in_again(client: Client, siv: User) -> None:
    ask_for_code(client)
    code = mailed_code()
    client.post(GIVE, {"code": code})
    client.post("/konto/logga-ut/")
    client.post(GIVE, {"code": code})
    assert not is_in(client)


def test_a_code_is_of_no_use_in_another_browser(client: Client, siv: User) -> None:
    ask_for_code(client)
    thief = Client()
    assert thief.post(GIVE, {"code": mailed_code()})["Location"] == CODE
    assert not is_in(thief)


def test_a_newer_code_takes_the_place_of_the_older(client: Client, siv: User) -> None:
    ask_for_code(client)
    old = mailed_code()
    client.post(GIVE, {"action": "resend"})
    assert mailed_code() != old
    client.post(GIVE, {"code": old})
    assert not is_in(client)
    client.post(GIVE, {"code": mailed_code()})
    assert is_in(client)


def test_three_wrong_codes_spoil_the_right_one(client: Client, siv: User) -> None:
    ask_for_code(client)
    right = mailed_code()
    wrong = "0000-0000" if right != "0000-0000" else "1111-1111"
    told = [client.post(GIVE, {"code": wrong}) for _ in range(3)]
    assert "Koden stämmer inte" in told[0].content.decode()
    assert told[2]["Location"] == CODE
    client.post(GIVE, {"code": right})
    assert not is_in(client)


def test_known_and_unknown_addresses_are_answered_alike(siv: User) -> None:
    pages = []
    for email in ("siv.ek@lan.example", "ingen@lan.example"):
        browser = Client()
        ask_for_code(browser, email)
        page = browser.get(GIVE).content.decode()
        pages.append(page.replace(email, "X"))
        wrong = browser.post(LOGIN, {"username": email, "password": "fel"}).content.decode()
        pages.append(wrong.replace(email, "X"))
    assert strip_tokens(pages[0]) == strip_tokens(pages[2])
    assert strip_tokens(pages[1]) == strip_tokens(pages[3])
    assert list(Message.objects.values_list("to", flat=True)) == ["siv.ek@lan.example"]


def strip_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_nobody_can_open_an_account(client: Client) -> None:
    ask_for_code(client, "ny@lan.example")
    client.post(GIVE, {"code": "1234-5678"})
    client.post(LOGIN, {"username": "ny@lan.example", "password": PASSWORD})
    assert not is_in(client)
    assert not User.objects.exists()


def test_a_wrong_password_is_told_in_swedish_and_lets_nobody_in(client: Client, siv: User) -> None:
    answer = client.post(LOGIN, {"username": "siv.ek@lan.example", "password": "fel"})
    assert "E-postadressen eller lösenordet stämmer inte." in answer.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize(
    "forged",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "\thttps://evil.example",
        "http://[",
    ],
)
def test_a_forged_next_address_is_not_followed(client: Client, siv: User, forged: str) -> None:
    entered = client.post(
        LOGIN, {"username": "siv.ek@lan.example", "password": PASSWORD, "next": forged}
    )
    assert entered["Location"] == "/"
    other = Client()
    ask_for_code(other, next=forged)
    given = other.post(f"{GIVE}?next={forged}", {"code": mailed_code(), "next": forged})
    assert given["Location"] == "/"


def test_an_address_of_our_own_is_followed(client: Client, siv: User) -> None:
    data = {"username": "siv.ek@lan.example", "password": PASSWORD, "next": "/fragor/"}
    assert client.post(LOGIN, data)["Location"] == "/fragor/"
    other = Client()
    ask_for_code(other, next="/fragor/")
    given = other.post(GIVE, {"code": mailed_code(), "next": "/fragor/"})
    assert given["Location"] == "/fragor/"


def test_who_is_disabled_is_out_at_the_next_request_and_gets_no_code(
    client: Client, siv: User
) -> None:
    sign_in_by_password(client)
    assert is_in(client)
    User.objects.update(is_active=False)
    assert not is_in(client)
    ask_for_code(Client())
    assert not Message.objects.exists()
    other = Client()
    sign_in_by_password(other)
    assert not is_in(other)


def test_five_wrong_passwords_close_one_account_and_no_other(siv: User) -> None:
    create_user(email="bo@lan.example", name="Bo", password=PASSWORD, by=COMMAND_LINE)
    attacker = Client(REMOTE_ADDR="192.0.2.7")
    for _attempt in range(5):
        attacker.post(LOGIN, {"username": "siv.ek@lan.example", "password": "fel"})
    told = attacker.post(LOGIN, {"username": "SIV.EK@lan.example", "password": PASSWORD})
    assert "för många försök" in told.content.decode()
    bo = Client()
    sign_in_by_password(bo, "bo@lan.example")
    assert is_in(bo)
    # Whoever was attacked still has the code of the mail.
    siv_herself = Client()
    ask_for_code(siv_herself)
    siv_herself.post(GIVE, {"code": mailed_code()})
    assert is_in(siv_herself)


def test_ten_wrong_passwords_a_minute_close_one_address_of_the_net_and_no_other(siv: User) -> None:
    attacker = Client(REMOTE_ADDR="192.0.2.7")
    for number in range(10):
        attacker.post(LOGIN, {"username": f"a{number}@lan.example", "password": "fel"})
    told = attacker.post(LOGIN, {"username": "siv.ek@lan.example", "password": PASSWORD})
    assert "för många försök" in told.content.decode()
    siv_herself = Client(REMOTE_ADDR="192.0.2.8")
    sign_in_by_password(siv_herself)
    assert is_in(siv_herself)


ATTACKER = "192.0.2.7"


def codes_asked_for_by_an_attacker(times: int = 5) -> None:
    """Each from a new browser, as a script asks."""
    for _attempt in range(times):
        ask_for_code(Client(REMOTE_ADDR=ATTACKER))


def test_a_stranger_who_asks_for_codes_leaves_their_owner_hers(siv: User) -> None:
    codes_asked_for_by_an_attacker()
    with capture_logs() as told:
        refused = Client(REMOTE_ADDR=ATTACKER).post(CODE, {"email": "SIV.EK@lan.example"})
    assert (refused.status_code, refused["Retry-After"]) == (429, "300")
    assert "för många försök" in refused.content.decode()
    assert "too many codes asked for" in [line["event"] for line in told]
    assert "siv.ek" not in str(told).lower()
    assert Message.objects.count() == 5

    siv_herself = Client(REMOTE_ADDR="192.0.2.8")  # a browser that has never been here
    ask_for_code(siv_herself)
    siv_herself.post(GIVE, {"code": mailed_code()})
    assert is_in(siv_herself)
    # Nor is she kept from confirming who she is.
    assert siv_herself.get("/konto/bekrafta/kod/").status_code == 200
    assert Message.objects.count() == 7


def test_a_colleague_behind_the_same_address_of_the_net_cannot_lock_anybody_out(siv: User) -> None:
    hers = Client(REMOTE_ADDR=ATTACKER)
    sign_in_by_password(hers)
    hers.post("/konto/logga-ut/")
    codes_asked_for_by_an_attacker()
    assert Client(REMOTE_ADDR=ATTACKER).post(CODE, {"email": siv.email}).status_code == 429
    ask_for_code(hers)
    hers.post(GIVE, {"code": mailed_code()})
    assert is_in(hers)


def test_a_browser_cannot_say_by_itself_that_it_is_known(siv: User) -> None:
    codes_asked_for_by_an_attacker()
    for said in (str(siv.pk), f"{siv.pk}:a:b"):
        forger = Client(REMOTE_ADDR=ATTACKER)
        forger.cookies["known_browser"] = said
        assert forger.post(CODE, {"email": siv.email}).status_code == 429


def test_a_code_that_is_sent_again_counts_as_one_asked_for(siv: User) -> None:
    codes_asked_for_by_an_attacker(3)
    client = Client(REMOTE_ADDR=ATTACKER)
    ask_for_code(client)
    client.post(GIVE, {"action": "resend"})
    told = client.post(GIVE, {"action": "resend"}, follow=True)
    assert "för många försök" in told.content.decode()
    assert Message.objects.count() == 5


def test_nobody_fills_a_mailbox_from_many_places_in_the_net(siv: User) -> None:
    asked = [
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(CODE, {"email": siv.email}).status_code
        for number in range(61)
    ]
    assert asked == [302] * 60 + [429]


def test_a_whole_authority_signs_in_from_one_address_of_the_net(db: None) -> None:
    for number in range(15):
        email = f"a{number}@lan.example"
        create_user(email=email, name="A", password=PASSWORD, by=COMMAND_LINE)
        browser = Client(REMOTE_ADDR=ATTACKER)
        ask_for_code(browser, email)
        browser.post(GIVE, {"code": mailed_code(email)})
        assert is_in(browser)


@pytest.mark.parametrize("proxies", [0, 1])
def test_nobody_escapes_the_limit_by_claiming_another_address_of_the_net(
    siv: User, settings: Settings, proxies: int
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    attacker = Client(REMOTE_ADDR="192.0.2.7")
    for number in range(10):
        # The proxy adds the true address behind whatever the visitor claims.
        claimed = f"198.51.100.{number}, 192.0.2.7" if proxies else f"198.51.100.{number}"
        data = {"username": f"a{number}@lan.example", "password": "fel"}
        attacker.post(LOGIN, data, headers={"x-forwarded-for": claimed})
    headers = {"x-forwarded-for": "198.51.100.99, 192.0.2.7" if proxies else "198.51.100.99"}
    told = attacker.post(
        LOGIN, {"username": "siv.ek@lan.example", "password": PASSWORD}, headers=headers
    )
    assert "för många försök" in told.content.decode()
    if proxies:  # all visitors come from the proxy, and each is counted alone
        other = Client(REMOTE_ADDR="192.0.2.7", headers={"x-forwarded-for": "203.0.113.5"})
        sign_in_by_password(other)
        assert is_in(other)


def test_failed_attempts_are_logged_without_what_was_written(client: Client, siv: User) -> None:
    with capture_logs() as told:
        client.post(LOGIN, {"username": "siv.ek@lan.example", "password": "hemligheten"})
        ask_for_code(client)
        client.post(GIVE, {"code": "1212-1212"})
        client.post(GIVE, {"code": mailed_code()})
    of_sign_in = [line for line in told if line["event"] != "request"]
    assert [(line["event"], line.get("kind")) for line in of_sign_in] == [
        ("sign-in failed", "password"),
        ("sign-in failed", "code"),
        ("signed in", None),
    ]
    written = str(told)
    for secret in ("siv.ek", "hemligheten", "1212", mailed_code()):
        assert secret not in written
