"""`samhandling serve`: the web server."""

import ctypes
import os
import subprocess  # nosec B404 - starts our own command
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling.cli.refusal import Refusal

# Of PostgreSQL, for pages alone: who waits longer is told to try again, and others get their turn.
_PATIENCE = "-c statement_timeout=30s -c lock_timeout=4s"
_ARENA_MAX, _TRIM_THRESHOLD = -8, -1  # malloc.h


def port_from_environment() -> int:
    """PORT, or 8000."""
    return int(os.environ.get("PORT") or 8000)


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
    """
    if with_worker:
        with worker_beside():
            run_server(host, port, with_worker=False)
        return
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
        workers=int(os.environ.get("SAMHANDLING_WORKERS") or 1),
        blocking_threads=4,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()


@click.command(help=gettext_lazy("Starta webbservern. Avsluta med Ctrl+C."))
@click.option("--host", default="127.0.0.1", show_default=True, help=gettext_lazy("Adress."))
@click.option("--port", type=int, default=None, help=gettext_lazy("Port; annars PORT eller 8000."))
@click.option(
    "--worker/--no-worker",
    default=True,
    help=gettext_lazy("Kör också en arbetare som skickar post, eller låt bli."),
)
def serve(host: str, port: int | None, worker: bool) -> None:
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        raise Refusal(_("Inget är förberett än. Kör först: samhandling start --no-demo --no-serve"))
    run_server(host, port or port_from_environment(), with_worker=worker)
