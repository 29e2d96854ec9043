"""`samhandling start`: from an empty machine to an open workspace, safe to run again.

`make run` and `make demo` are this command, so the sequence stands in one place.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling.cli.demo import print_sign_ins
from samhandling.cli.messages import compile_catalogues
from samhandling.cli.refusal import Obstacle
from samhandling.cli.report import chosen_reports, tell_failures, write_reports
from samhandling.cli.serve import port_from_environment, refuse_taken_port, run_server
from samhandling.demo.county_loader import load_county
from samhandling.render import FORMATS
from samhandling.render.pdf import check_fonts

HOST = "127.0.0.1"

# Cuts of the typeface that no page uses; the PDF takes its fonts from the package itself.
UNUSED_FONTS = ["*.otf", "*Black*", "*Light*"]


@contextmanager
def step(text: str) -> Iterator[None]:
    """Say what is going on, then how long it took."""
    click.echo(f"  {text} … ", nl=False)
    began = time.monotonic()
    yield
    seconds = number_format(time.monotonic() - began, decimal_pos=1)
    click.echo(_("klart (%(seconds)s s)") % {"seconds": seconds})


def prepare() -> None:
    """Data directory, catalogues, static files and database, each brought up to date."""
    check_fonts(settings.FONT_DIR)  # or the static files fail, with less to say of it
    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    with step(_("Texter och typsnitt")):
        compile_catalogues()
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED_FONTS)
    with step(_("Databas")):
        call_command("migrate", interactive=False, verbosity=0)


def load_demo() -> bool:
    """The demo county, once, and its reports as files: whether every file could be written."""
    with step(_("Demolänet")):
        load_county()
    with step(_("Rapporter")):
        outcome = write_reports(chosen_reports(None, None), FORMATS, settings.OUT_DIR)
    for path in outcome.written:
        click.echo(f"    {path}")
    tell_failures(outcome.failed)
    return not outcome.failed


@click.command(help=gettext_lazy("Förbered allt, hämta in demolänet, skriv rapporten och öppna."))
@click.option(
    "--demo/--no-demo",
    default=True,
    help=gettext_lazy("Hämta in demolänet och skriv dess rapport, eller låt bli."),
)
@click.option(
    "--serve/--no-serve",
    default=True,
    help=gettext_lazy("Starta webbservern sist, eller avsluta när allt är förberett."),
)
def start(demo: bool, serve: bool) -> None:
    port = port_from_environment() if serve else None
    if port is not None:
        refuse_taken_port(HOST, port)  # before the work, rather than after it
    prepare()
    is_whole = load_demo() if demo else True
    if port is not None:
        click.echo(
            _("Samhandling är öppet på http://127.0.0.1:%(port)d – avsluta med Ctrl+C.")
            % {"port": port}
        )
    if demo:
        print_sign_ins()
    if port is None:
        if not is_whole:
            raise SystemExit(Obstacle.exit_code)
        return
    connections.close_all()  # the server's processes open their own
    run_server(HOST, port)
