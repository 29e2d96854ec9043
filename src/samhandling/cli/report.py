"""`samhandling report`: a round's report as files."""

import sys
import tempfile
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling.apps.reporting.assemble import assemble
from samhandling.apps.reporting.models import Report
from samhandling.apps.reporting.outline import OutlineError
from samhandling.render import FORMATS, RenderFailed, render


def write_reports(agreement: str, year: int, formats: list[str], folder: Path) -> list[Path]:
    """Write the report of an agreement's round as `uppfoljningsrapport-<year>.<format>`.

    Every file is made before the first is put in place, so a failure leaves the old files whole.
    Raises Report.DoesNotExist, OutlineError, RenderFailed, OSError.
    """
    row = Report.objects.select_related("record", "round__record").get(
        round__agreement__slug=agreement, round__year=year
    )
    model = assemble(row, made_at=timezone.localtime()).report
    made = {name: render(model, name, fonts_dir=settings.FONT_DIR) for name in formats}
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in made.items():
        path = folder / f"uppfoljningsrapport-{year}.{name}"
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(content)
        temporary = Path(file.name)
        temporary.chmod(0o644)
        temporary.replace(path)
        paths.append(path)
    return paths


@click.command(help=gettext_lazy("Skriv en uppföljningsrapport som Word, PDF, ODT och webbsida."))
@click.option("--agreement", default="rok", help=gettext_lazy("Överenskommelsens korta adress."))
@click.option("--year", type=int, default=2020, help=gettext_lazy("Uppföljningens år."))
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(list(FORMATS)),
    help=gettext_lazy("Filformat; kan ges flera gånger. Alla om inget anges."),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("out"),
    help=gettext_lazy("Mapp för filerna."),
)
def report(agreement: str, year: int, formats: tuple[str, ...], out: Path) -> None:
    try:
        paths = write_reports(agreement, year, list(formats or FORMATS), out)
    except Report.DoesNotExist:
        known = [
            f"{slug} {when}"
            for slug, when in Report.objects.values_list("round__agreement__slug", "round__year")
        ]
        message = _("Det finns ingen rapport för %(agreement)s %(year)d.") % {
            "agreement": agreement,
            "year": year,
        }
        if known:
            message += " " + _("Det finns: %(known)s.") % {"known": ", ".join(known)}
        click.echo(message, err=True)
        sys.exit(1)
    except (OutlineError, RenderFailed) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    for path in paths:
        click.echo(path)
