"""`samhandling backup`: a copy of everything, in one file."""

from datetime import UTC, datetime
from pathlib import Path

import click
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samhandling.cli.copies.archive import Manifest
from samhandling.cli.copies.copying import prove_copy, take_copy
from samhandling.cli.copies.places import place_of

MOST_NAMED = 5  # files told by name


@click.group(
    invoke_without_command=True,
    help=gettext_lazy(
        "Gör en säkerhetskopia av allt: databasen och filerna, i en enda fil. Arbetet kan "
        "fortsätta under tiden."
    ),
)
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    help=gettext_lazy(
        "Fil eller mapp att skriva till; annars mappen backups i datamappen, med dagens tid som "
        "namn."
    ),
)
@click.pass_context
def backup(context: click.Context, to: Path | None) -> None:
    if context.invoked_subcommand is not None:
        return
    to = to or Path(settings.DATA_DIR) / "backups"
    if to.suffix != ".zip":
        to = to / f"samhandling-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.zip"
    place = place_of(settings.DATABASES["default"])
    manifest = take_copy(place, Path(settings.MEDIA_ROOT), to.resolve())
    click.echo(_("Kopian är klar: %s") % to.resolve())
    click.echo(summary(manifest))
    tell_of_lacking(manifest)


@backup.command(
    help=gettext_lazy(
        "Pröva en kopia: lägg tillbaka den på ett tillfälligt ställe och jämför allt med det som "
        "kopierades."
    )
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    manifest = prove_copy(place_of(settings.DATABASES["default"]), file)
    click.echo(_("Kopian är hel och går att återställa."))
    click.echo(summary(manifest))
    tell_of_lacking(manifest)


def tell_of_lacking(manifest: Manifest) -> None:
    """Says which files the rows tell of that the copy does not hold as they were attached, and ends
    the command with exit code 1; silent when all are there."""
    lacking = manifest.files_lacking(manifest.contents.files)
    if lacking:
        click.echo(f"{files_lacking(lacking)}.", err=True)
        raise SystemExit(1)


def files_lacking(names: list[str]) -> str:
    """That these attached files are lost or changed, and what to do."""
    said = ngettext(
        "%(n)d bifogad fil saknas eller är inte som när den bifogades: %(names)s; hämta den ur en "
        "äldre kopia",
        "%(n)d bifogade filer saknas eller är inte som när de bifogades: %(names)s; hämta dem ur "
        "en äldre kopia",
        len(names),
    )
    more = ", …" if len(names) > MOST_NAMED else ""
    return said % {"n": len(names), "names": ", ".join(names[:MOST_NAMED]) + more}


def summary(manifest: Manifest) -> str:
    """What a copy holds, in a line."""
    rows = ngettext("%(number)d rad", "%(number)d rader", manifest.contents.rows)
    files = len(manifest.files) - 1
    reports = len(manifest.contents.editions)
    return ", ".join(
        [
            rows % {"number": manifest.contents.rows},
            ngettext("%(number)d tabell", "%(number)d tabeller", len(manifest.contents.tables))
            % {"number": len(manifest.contents.tables)},
            ngettext("%(number)d fil", "%(number)d filer", files) % {"number": files},
            ngettext("%(number)d fryst rapport", "%(number)d frysta rapporter", reports)
            % {"number": reports},
            _("version %s") % manifest.version,
        ]
    )
