"""`samhandling serve`: the web server."""

import ctypes
import errno
import os
import re
import socket
import subprocess  # nosec B404 - starts our own command
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling.cli.refusal import Obstacle, Refusal

# Of PostgreSQL, for pages alone: who waits longer is told to try again, and others get their turn.
_PATIENCE = "-c statement_timeout=30s -c lock_timeout=4s"
_HIGHEST_PORT = 65535
_MOST_WORKERS = 100
_ARENA_MAX, _TRIM_THRESHOLD = -8, -1  # malloc.h


def port_from_environment() -> int:
    """PORT, or 8000. Raises ImproperlyConfigured for what is no port."""
    return _whole_number("PORT", os.environ.get("PORT", ""), 8000, _HIGHEST_PORT)


def _whole_number(name: str, value: str, default: int, highest: int) -> int:
    value = value.strip()
    if not value:
        return default
    if not re.fullmatch("[0-9]{1,9}", value) or not 1 <= int(value) <= highest:
        raise ImproperlyConfigured(
            _("%(name)s är %(value)r; skriv ett heltal från 1 till %(highest)d.")
            % {"name": name, "value": value, "highest": highest}
        )
    return int(value)


def refuse_taken_port(host: str, port: int) -> None:
    """Raise Obstacle unless a server can be opened there.

    The web server asks the system to share its port (SO_REUSEPORT), for the sake of its own
    processes: another one on the same port would then get every other visitor, and say nothing.
    """
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            # As servers do: connections that have just ended do not keep the port.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            text = _("Porten %(port)d är upptagen av ett annat program. Välj en annan med PORT.")
        elif fault.errno == errno.EACCES:
            text = _("Porten %(port)d är förbehållen systemet. Välj en över 1023 med PORT.")
        else:
            text = _("Datorn har ingen adress %(host)s att öppna. Välj en annan med --host.")
        raise Obstacle(text % {"host": host, "port": port}) from fault


@contextmanager
def worker_beside() -> Iterator[None]:
    """A worker process while the server runs; it ends with the server, however that ends."""
    command = [sys.executable, "-m", "samhandling.cli.main", "worker", "--parent", str(os.getpid())]
    worker = subprocess.Popen(command)  # nosec B603 - nothing of it comes from outside
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=15)  # a mail on its way gets time to be finished
        except subprocess.TimeoutExpired:
            worker.kill()


def keep_little_memory() -> None:
    """Let the C library give back what threads have freed, and not keep a store for each of them.

    As MALLOC_ARENA_MAX and MALLOC_TRIM_THRESHOLD_ would, for this process and those it forks: some
    eight MiB of a web process that has shown every kind of page. Elsewhere than glibc: nothing.
    """
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
        mallopt(_ARENA_MAX, 2)
        mallopt(_TRIM_THRESHOLD, 128 * 1024)


def run_server(host: str, port: int, *, with_worker: bool = True) -> None:
    """Serve until interrupted. One process serves all; more processes are for PostgreSQL.

    Args: with_worker: run a worker beside the server, so that one machine needs no more.
    Raises Obstacle when the port is taken.
    """
    refuse_taken_port(host, port)
    if with_worker:
        with worker_beside():
            run_server(host, port, with_worker=False)
        return
    workers = _whole_number(
        "SAMHANDLING_WORKERS", os.environ.get("SAMHANDLING_WORKERS", ""), 1, _MOST_WORKERS
    )
    keep_little_memory()
    os.environ.setdefault("PGOPTIONS", _PATIENCE)
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "samhandling.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()


@click.command(help=gettext_lazy("Starta webbservern. Avsluta med Ctrl+C."))
@click.option("--host", default="127.0.0.1", show_default=True, help=gettext_lazy("Adress."))
@click.option(
    "--port",
    type=click.IntRange(1, _HIGHEST_PORT),
    default=None,
    help=gettext_lazy("Port; annars PORT eller 8000."),
)
@click.option(
    "--worker/--no-worker",
    default=True,
    help=gettext_lazy("Kör också en arbetare som skickar post, eller låt bli."),
)
def serve(host: str, port: int | None, worker: bool) -> None:
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        raise Refusal(_("Inget är förberett än. Kör först: samhandling start --no-demo --no-serve"))
    run_server(host, port or port_from_environment(), with_worker=worker)
