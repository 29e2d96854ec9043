"""Signing in as people do: the real pages, and the code read out of the outbox."""

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from samhandling.apps.accounts.models import User
from samhandling.apps.accounts.services import create_user
from samhandling.apps.audit.services import COMMAND_LINE
from samhandling.apps.outbox.models import Message

PASSWORD = "en lång ramsa om hösten"
LOGIN, CODE, GIVE = "/konto/logga-in/", "/konto/kod/", "/konto/kod/ange/"


@pytest.fixture(autouse=True)
def unused_limits() -> Iterator[None]:
    """No test has used up another's attempts."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def siv() -> User:
    """Somebody with an address and a password."""
    return create_user(
        email="siv.ek@lan.example", name="Siv Ek", password=PASSWORD, by=COMMAND_LINE
    )


def is_in(client: Client) -> bool:
    """Whether the client is signed in."""
    return client.get("/konto/").status_code == 200


def mailed_code(to: str = "siv.ek@lan.example") -> str:
    """The latest code in the outbox for this address."""
    message = Message.objects.filter(kind="sign-in-code", to=to).latest("pk")
    found = re.search(r"\d{4}-\d{4}", message.text)
    assert found
    return found[0]


def ask_for_code(client: Client, email: str = "siv.ek@lan.example", next: str = "") -> None:
    answer = client.post(CODE, {"email": email, "next": next})
    assert answer.status_code == 302
    assert answer["Location"].startswith(GIVE)


def sign_in_by_password(client: Client, email: str = "siv.ek@lan.example") -> None:
    client.post(LOGIN, {"username": email, "password": PASSWORD})
