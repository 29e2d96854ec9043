"""`samhandling retention`: ends what the rules of retention say, or tells what it would end."""

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samhandling.apps.audit.services import COMMAND_LINE
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.outbox.services import note_run
from samhandling.apps.privacy.retention import EVERY, RETENTION, carry_out, due_on
from samhandling.apps.privacy.retention_words import THEN, TITLES


@click.command(
    help=gettext_lazy(
        "Gallra det som har sparats så länge som reglerna säger. Arbetaren gör det varje dygn."
    )
)
@click.option(
    "--dry-run",
    is_flag=True,
    help=gettext_lazy("Visa bara vad som skulle hända; inget ändras."),
)
def retention(dry_run: bool) -> None:
    if dry_run:
        _tell()
        return
    ended = carry_out(today=day_of_security(), by=COMMAND_LINE)
    note_run(RETENTION, EVERY, timezone.now())
    for one in ended:
        click.echo(_("%(what)s: %(rows)s") % {"what": TITLES[one.rule.key], "rows": _st(one.count)})
    if not ended:
        click.echo(_("Inget att gallra i dag."))


def _tell() -> None:
    for due in due_on(day_of_security()):
        title = TITLES[due.rule.key]
        if due.count and due.oldest:
            click.echo(
                _("%(what)s: %(rows)s, den äldsta räknas från %(day)s. %(then)s.")
                % {
                    "what": title,
                    "rows": _st(due.count),
                    "day": due.oldest.isoformat(),
                    "then": THEN[due.rule.then],
                }
            )
        else:
            click.echo(_("%(what)s: inget att gallra.") % {"what": title})
        for needed in due.needed:
            click.echo(
                _("Kan inte pseudonymiseras än: %(name)s. %(why)s")
                % {"name": needed.person.name, "why": " ".join(needed.why)}
            )
    click.echo(_("Inget har ändrats."))


def _st(count: int) -> str:
    return ngettext("%(number)d rad", "%(number)d rader", count) % {"number": count}
