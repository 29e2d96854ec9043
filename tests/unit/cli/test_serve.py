"""Where `samhandling serve` opens, and where it does not."""

import socket
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from django.core.exceptions import ImproperlyConfigured

from samhandling.cli import start
from samhandling.cli.refusal import Obstacle
from samhandling.cli.serve import port_from_environment, run_server, serve

HOST = "127.0.0.1"


@pytest.fixture
def taken() -> Iterator[int]:
    """A port where another server answers, willing to share it as ours is."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind((HOST, 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture(autouse=True)
def nothing_starts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been started."""
    started: list[str] = []

    class Server:
        def __init__(self, *_args: object, **options: object) -> None:
            started.append(f"{options['workers']} at {options['address']}:{options['port']}")

        def serve(self) -> None:
            pass

    monkeypatch.setattr("granian.Granian", Server)
    monkeypatch.setattr("samhandling.cli.serve.subprocess.Popen", None)
    monkeypatch.setattr("samhandling.cli.serve.keep_little_memory", lambda: None)
    monkeypatch.setenv("PGOPTIONS", "")
    monkeypatch.delenv("SAMHANDLING_WORKERS", raising=False)
    return started


@pytest.mark.parametrize("host", [HOST, "0.0.0.0"])
def test_a_port_that_another_server_shares_is_refused(
    taken: int, host: str, nothing_starts: list[str]
) -> None:
    with pytest.raises(Obstacle, match=f"Porten {taken} är upptagen.*med PORT") as refused:
        run_server(host, taken)
    assert refused.value.exit_code == 3
    assert nothing_starts == []


def test_nothing_is_prepared_for_a_port_that_is_taken(
    taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", str(taken))
    monkeypatch.setattr(start, "prepare", None)
    done = CliRunner().invoke(start.start)
    assert (done.exit_code, "är upptagen" in done.output) == (3, True)


def test_a_port_with_connections_that_have_just_ended_is_free(nothing_starts: list[str]) -> None:
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((HOST, 0))
        server.listen()
        port = server.getsockname()[1]
        with socket.create_connection((HOST, port)):
            server.accept()[0].close()  # this side closes first, and its port waits
    run_server(HOST, port, with_worker=False)
    assert nothing_starts == [f"1 at {HOST}:{port}"]


def test_an_address_of_another_computer_is_refused() -> None:
    with pytest.raises(Obstacle, match=r"ingen adress 192\.0\.2\.1 att öppna"):
        run_server("192.0.2.1", 8000)


@pytest.mark.parametrize("port", ["abc", "0", "-1", "99999", "80.5", "9" * 5000, "0000000199999"])
def test_what_is_no_port_is_said(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(ImproperlyConfigured, match="skriv ett heltal från 1 till 65535"):
        port_from_environment()


def test_the_port_is_8000_unless_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORT", raising=False)
    assert port_from_environment() == 8000
    monkeypatch.setenv("PORT", "65535")
    assert port_from_environment() == 65535


def test_an_option_that_is_no_port_is_wrong_use() -> None:
    assert CliRunner().invoke(serve, ["--port", "99999"]).exit_code == 2
