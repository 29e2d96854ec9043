"""Sign-in at an authority's own identity provider: a real one, in its own process on loopback."""

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from samhandling.apps.accounts.models import User
from samhandling.apps.outbox.models import Message
from samhandling.config import environment
from tests.factories.sign_in import code_of_app, make_app
from tests.integration.account.conftest import is_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OURS = {
    "ISSUER": "http://127.0.0.1:1/",
    "CLIENT_ID": "samhandling",
    "SECRET": "hemlig",
    "NAME": "Region Exempel",
    "MAIL_DOMAINS": "lan.example,Region.example",
}


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a running OpenID provider that asks for no password."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_open(f"{address}/.well-known/openid-configuration", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_until_open(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the provider did not open")


@pytest.fixture
def region(provider: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> str:
    """The provider, named in the environment as an installation would."""
    monkeypatch.setenv("SAMHANDLING_OIDC", "region")
    for part, value in (OURS | {"ISSUER": provider}).items():
        monkeypatch.setenv(f"SAMHANDLING_OIDC_REGION_{part}", value)
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": environment.identity_providers()}
    }
    return provider


def use_environment(settings: Settings) -> None:
    apps = environment.identity_providers()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps}}


def tell(provider: str, subject: str, **claims: object) -> None:
    """Let the provider know a person."""
    requests.put(f"{provider}/users/{subject}", json=claims, timeout=5).raise_for_status()


def walk(client: Client, subject: str, next: str = "") -> Any:
    """From the sign-in page to the provider, in as `subject`, and back; the answer at the end."""
    page = client.get(f"/konto/logga-in/?{urlencode({'next': next})}").content.decode()
    assert "Logga in med Region Exempel" in page
    away = client.post("/konto/leverantor/region/", {"next": next})
    assert away.status_code == 302
    back = requests.post(
        away["Location"], data={"sub": subject}, allow_redirects=False, timeout=5
    ).headers["Location"]
    path = re.sub(r"^https?://[^/]+", "", back)
    return client.get(path)


def test_a_verified_address_is_linked_at_the_first_sign_in(
    client: Client, siv: User, region: str
) -> None:
    tell(region, "s-1", email="SIV.EK@lan.example", email_verified=True)
    answer = walk(client, "s-1", next="/konto/")
    assert answer["Location"] == "/konto/"
    assert is_in(client)
    assert SocialAccount.objects.get().user == siv
    assert Message.objects.get().ids["what"] == "account_connected"
    assert "Region Exempel" in client.get("/konto/").content.decode()


def test_afterwards_the_providers_own_key_counts_and_not_the_address(
    client: Client, siv: User, region: str
) -> None:
    tell(region, "s-2", email="siv.ek@lan.example", email_verified=True)
    walk(client, "s-2")
    tell(region, "s-2", email="siv.nygift@lan.example", email_verified=True)
    again = Client()
    walk(again, "s-2")
    assert is_in(again)


@pytest.mark.parametrize(
    ("subject", "claims"),
    [
        ("u-1", {"email": "siv.ek@lan.example", "email_verified": False}),
        ("u-2", {"email": "siv.ek@lan.example"}),
        ("u-3", {"email": "siv.ek@lan.example", "email_verified": "true"}),
        ("u-4", {"email": "okand@lan.example", "email_verified": True}),
        ("u-5", {}),
    ],
    ids=["not verified", "nothing said of it", "said as text", "unknown", "no address"],
)
def test_others_are_refused_with_a_page_that_helps(
    client: Client, siv: User, region: str, subject: str, claims: dict[str, object]
) -> None:
    tell(region, subject, **claims)
    answer = walk(client, subject)
    assert answer.status_code == 403
    assert "Konton öppnas på inbjudan." in answer.content.decode()
    assert not is_in(client)
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 1


def test_a_provider_cannot_vouch_for_the_people_of_another(
    client: Client, siv: User, region: str
) -> None:
    User.objects.update(email="siv.ek@kommun.example")
    tell(region, "f-1", email="siv.ek@kommun.example", email_verified=True)
    assert walk(client, "f-1").status_code == 403
    assert not is_in(client)


def test_who_is_disabled_is_refused(client: Client, siv: User, region: str) -> None:
    tell(region, "d-1", email="siv.ek@lan.example", email_verified=True)
    walk(client, "d-1")
    User.objects.update(is_active=False)
    other = Client()
    walk(other, "d-1")
    assert not is_in(other)


def test_the_second_factor_is_asked_for_after_the_provider_too(
    client: Client, siv: User, region: str
) -> None:
    make_app(siv)
    tell(region, "m-1", email="siv.ek@lan.example", email_verified=True)
    answer = walk(client, "m-1")
    assert answer["Location"].startswith("/konto/tva-steg/")
    assert not is_in(client)
    client.post("/konto/tva-steg/", {"code": code_of_app()})
    assert is_in(client)


def test_a_forged_next_address_is_not_followed(client: Client, siv: User, region: str) -> None:
    tell(region, "n-1", email="siv.ek@lan.example", email_verified=True)
    assert walk(client, "n-1", next="https://evil.example/")["Location"] == "/"


def test_an_answer_that_nobody_asked_for_is_refused(client: Client, siv: User, region: str) -> None:
    answer = client.get("/konto/leverantor/region/svar/?code=x&state=y")
    assert answer.status_code == 403
    assert "Inloggningen gick inte att slutföra" in answer.content.decode()


def test_a_provider_that_is_down_is_told(
    client: Client, siv: User, region: str, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setenv("SAMHANDLING_OIDC_REGION_ISSUER", "http://127.0.0.1:1")
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": environment.identity_providers()}
    }
    answer = client.post("/konto/leverantor/region/")
    assert answer.status_code == 503
    assert "Inloggningen gick inte att slutföra" in answer.content.decode()


@pytest.mark.parametrize("part", list(OURS))
def test_a_provider_that_is_half_described_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setenv("SAMHANDLING_OIDC", "region")
    for name, value in OURS.items():
        monkeypatch.setenv(f"SAMHANDLING_OIDC_REGION_{name}", "" if name == part else value)
    with pytest.raises(ImproperlyConfigured, match=f"SAMHANDLING_OIDC_REGION_{part}"):
        environment.identity_providers()
