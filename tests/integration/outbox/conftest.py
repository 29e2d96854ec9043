"""A real mail server on loopback, and a kind of mail to send to it."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default as modern
from threading import Event
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pytest_django import Settings

from samhandling.jobs.mail import Mail, NotWanted


@dataclass
class Sink:
    """A mail server that keeps what it gets. `refuse` makes it say no to an address."""

    got: list[EmailMessage] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    arrived: Event = field(default_factory=Event)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: object, session: object, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: N802
        message = BytesParser(policy=modern).parsebytes(envelope.content)
        assert isinstance(message, EmailMessage)
        self.got.append(message)
        self.arrived.set()
        return "250 OK"


class Server:
    """A sink's server, on a port that is chosen once, so that it can go down and come back."""

    def __init__(self, sink: Sink, port: int) -> None:
        self.sink, self.port = sink, port
        self.running: Controller | None = None

    def start(self) -> None:
        self.running = Controller(self.sink, hostname="127.0.0.1", port=self.port)
        self.running.start()

    def stop(self) -> None:
        if self.running is not None:
            self.running.stop()
        self.running = None


def build_greeting(ids: dict[str, str | int], language: str) -> Mail:
    """A mail of the tests; number 0 is gone."""
    if ids["number"] == 0:
        raise NotWanted
    return Mail(f"Hej nr {ids['number']}", f"Från åäö på {language}.\n")


@pytest.fixture
def mail_server(settings: Settings, unused_port: int) -> Iterator[Server]:
    """A mail server that runs, and settings that send to it."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused_port
    settings.MAIL_BUILDERS = {"greeting": f"{__name__}.build_greeting"}
    server = Server(Sink(), unused_port)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def unused_port() -> int:
    """A port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
