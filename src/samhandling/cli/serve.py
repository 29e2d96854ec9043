"""`samhandling serve`: the web server."""

import os

import click
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling.cli.refusal import Refusal


def port_from_environment() -> int:
    """PORT, or 8000."""
    return int(os.environ.get("PORT") or 8000)


def run_server(host: str, port: int) -> None:
    """Serve until interrupted. One process serves all; more processes are for PostgreSQL."""
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
def serve(host: str, port: int | None) -> None:
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        raise Refusal(_("Inget är förberett än. Kör först: samhandling start --no-serve"))
    run_server(host, port or port_from_environment())
