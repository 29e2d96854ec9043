"""`samhandling worker`: sends what lies in the outbox and does what recurs."""

import click
from django.utils.translation import gettext_lazy, ngettext

from samhandling.jobs.worker import work, work_once


@click.command(
    help=gettext_lazy(
        "Skicka post och kör återkommande jobb. Avsluta med Ctrl+C. Flera arbetare kan köras "
        "samtidigt."
    )
)
@click.option("--once", is_flag=True, help=gettext_lazy("Gör det som väntar nu och avsluta."))
@click.option("--parent", type=int, hidden=True, help="End when this process has ended.")
def worker(once: bool, parent: int | None) -> None:
    if not once:
        work(parent)
        return
    sent = work_once()
    click.echo(
        ngettext("%(number)d meddelande skickat.", "%(number)d meddelanden skickade.", sent)
        % {"number": sent}
    )
