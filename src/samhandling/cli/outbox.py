"""`samhandling outbox`: mail that has not gone out, for those who look after the installation."""

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samhandling.apps.outbox.selectors import in_need_of_someone
from samhandling.apps.outbox.services import retry_given_up


@click.group(help=gettext_lazy("Post som väntar på att skickas."))
def outbox() -> None:
    pass


@outbox.command("list", help=gettext_lazy("Visa post som har misslyckats eller väntat för länge."))
def list_waiting() -> None:
    messages = list(in_need_of_someone(timezone.now()))
    if not messages:
        click.echo(_("All post har gått iväg."))
        return
    for message in messages:
        click.echo(
            _("%(number)d  %(kind)s  %(state)s  försök: %(attempts)d  fel: %(fault)s")
            % {
                "number": message.pk,
                "kind": message.kind,
                "state": message.get_state_display(),
                "attempts": message.attempts,
                "fault": message.last_fault or "–",
            }
        )
    raise SystemExit(1)


@outbox.command(help=gettext_lazy("Försök igen med post som inte gick att skicka."))
def retry() -> None:
    number = retry_given_up()
    click.echo(
        ngettext(
            "%(number)d meddelande försöks igen.", "%(number)d meddelanden försöks igen.", number
        )
        % {"number": number}
    )
