"""`samhandling restore`: an empty installation becomes what a copy holds."""

from pathlib import Path

import click
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling.cli.backup import summary
from samhandling.cli.copies.copying import put_back
from samhandling.cli.copies.places import place_of


@click.command(
    help=gettext_lazy(
        "Lägg tillbaka en säkerhetskopia i en tom installation. Stoppa servern först. Allt läggs "
        "tillbaka, eller inget."
    )
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    connection.close()
    place = place_of(settings.DATABASES["default"])
    manifest = put_back(place, Path(settings.MEDIA_ROOT), file)
    click.echo(_("Kopian är återställd."))
    click.echo(summary(manifest))
    click.echo(
        _(
            "Kopian togs %s. Den som har pseudonymiserats och det som har gallrats efter det är "
            "tillbaka och måste göras om: se docs/how-to/install-on-debian.md, steg 12."
        )
        % manifest.made_at
    )
    click.echo(_("Kör nu: samhandling start --no-demo --no-serve"))
