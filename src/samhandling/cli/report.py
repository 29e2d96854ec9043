"""`samhandling report`: the follow-up report as files."""

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samhandling.apps.reporting.assemble import assemble
from samhandling.apps.reporting.models import Report
from samhandling.apps.reporting.outline import OutlineError
from samhandling.cli.refusal import Refusal
from samhandling.render import FORMATS, render


def chosen_reports(agreement: str | None, year: int | None) -> list[Report]:
    """The reports of an agreement (slug) and a year; without a year, the latest year of each."""
    reports = Report.objects.live().select_related("record", "round__record", "round__agreement")
    if agreement is not None:
        reports = reports.filter(round__agreement__slug=agreement)
    if year is not None:
        reports = reports.filter(round__year=year)
    found = list(reports.order_by("round__agreement__slug", "-round__year"))
    latest: dict[int, int] = {}
    for report in found:
        latest.setdefault(report.round.agreement_id, report.round.year)
    return [report for report in found if report.round.year == latest[report.round.agreement_id]]


def write_reports(
    reports: Iterable[Report], formats: Iterable[str], folder: Path
) -> tuple[list[Path], list[str]]:
    """Write each report in each format: (files, what in the texts could not be resolved).

    A file is `uppfoljningsrapport-<year>`, with the agreement's slug between when several have the
    same year. A file is replaced whole or not at all. Raises OutlineError and RenderFailed.
    """
    reports = list(reports)
    years = Counter(report.round.year for report in reports)
    folder.mkdir(parents=True, exist_ok=True)
    files, doubts = [], []
    for report in reports:
        year, slug = report.round.year, report.round.agreement.slug
        name = f"uppfoljningsrapport-{slug}-{year}" if years[year] > 1 else None
        made = assemble(report, made_at=timezone.now())
        for section, problems in made.problems.items():
            doubts += [f"{report.title}, {section}: {problem.message}" for problem in problems]
        for file_format in formats:
            path = folder / f"{name or f'uppfoljningsrapport-{year}'}.{file_format}"
            unfinished = path.with_suffix(f".{os.getpid()}.unfinished")
            try:
                unfinished.write_bytes(
                    render(made.report, file_format, fonts_dir=settings.FONT_DIR)
                )
                unfinished.replace(path)
            finally:
                unfinished.unlink(missing_ok=True)
            files.append(path)
    return files, doubts


@click.command(
    help=gettext_lazy("Skriv uppföljningsrapporten som filer, ur posterna som de är nu.")
)
@click.option("--agreement", help=gettext_lazy("Överenskommelsens kortnamn i adressen, som rok."))
@click.option("--year", type=int, help=gettext_lazy("Uppföljningens år; annars det senaste."))
@click.option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    help=gettext_lazy("Bara detta format; kan ges flera gånger. Annars alla."),
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help=gettext_lazy("Mappen som filerna skrivs i; annars out."),
)
def report(
    agreement: str | None, year: int | None, formats: tuple[str, ...], out: Path | None
) -> None:
    reports = chosen_reports(agreement, year)
    if not reports:
        raise Refusal(_("Det finns ingen rapport för den överenskommelsen och det året."))
    try:
        files, doubts = write_reports(reports, formats or FORMATS, out or settings.OUT_DIR)
    except OutlineError as error:
        raise Refusal(str(error)) from error
    for doubt in doubts:
        click.echo(doubt, err=True)
    for path in files:
        click.echo(path)
    if doubts:
        click.echo(
            ngettext(
                "%(n)d hänvisning i texterna leder ingenstans.",
                "%(n)d hänvisningar i texterna leder ingenstans.",
                len(doubts),
            )
            % {"n": len(doubts)},
            err=True,
        )
        raise SystemExit(1)
