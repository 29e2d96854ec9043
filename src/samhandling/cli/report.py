"""`samhandling report`: the follow-up report as files."""

import errno
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samhandling.apps.reporting.assemble import assemble
from samhandling.apps.reporting.models import Report
from samhandling.apps.reporting.outline import OutlineError
from samhandling.cli.refusal import Obstacle, Refusal
from samhandling.render import FORMATS, Cause, RenderFailed
from samhandling.render.entry import render_all


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


def no_report_found() -> str:
    """What to say when there is nothing to write: which reports there are instead."""
    known = Report.objects.live().values_list("round__agreement__slug", "round__year")
    if not known:
        return _("Det finns ingen rapport än.")
    return _("Den rapporten finns inte. Det finns: %(known)s.") % {
        "known": ", ".join(f"{slug} {year}" for slug, year in known)
    }


@dataclass(frozen=True)
class Outcome:
    """What became of the files: written, not written and why, and doubtful references in texts."""

    written: list[Path] = field(default_factory=list)
    failed: dict[Path, RenderFailed] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)


def write_reports(reports: Iterable[Report], formats: Iterable[str], folder: Path) -> Outcome:
    """Write each report in each format that can be made.

    A file is `uppfoljningsrapport-<year>`, with the agreement's slug between when several have the
    same year. Each file is put in place whole; where a file cannot be made, an old one of its name
    is left as it was. Raises OutlineError, OSError.
    """
    reports, formats = list(reports), tuple(formats)
    years = Counter(report.round.year for report in reports)
    made: dict[Path, bytes] = {}
    outcome = Outcome()
    for report in reports:
        year, slug = report.round.year, report.round.agreement.slug
        name = f"{slug}-{year}" if years[year] > 1 else str(year)
        assembled = assemble(report, made_at=timezone.localtime(), as_of=settings.DEMO_DAY)
        for section, problems in assembled.problems.items():
            outcome.doubts.extend(
                f"{report.title}, {section}: {problem.message}" for problem in problems
            )
        files, failed = render_all(assembled.report, formats, fonts_dir=settings.FONT_DIR)
        stem = f"uppfoljningsrapport-{name}"
        made |= {folder / f"{stem}.{kind}": content for kind, content in files.items()}
        outcome.failed.update({folder / f"{stem}.{kind}": why for kind, why in failed.items()})
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in made.items():
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            unfinished.write_bytes(content)
            unfinished.replace(path)
            outcome.written.append(path)
        except OSError as fault:
            if fault.errno != errno.ENOSPC:
                raise
            outcome.failed[path] = RenderFailed(Cause.DISK_FULL)
        finally:
            unfinished.unlink(missing_ok=True)
    return outcome


def tell_failures(failed: dict[Path, RenderFailed]) -> None:
    """Say which files were not written and why, on standard error."""
    for path, failure in failed.items():
        click.echo(
            _("%(file)s är inte skriven. %(why)s") % {"file": path, "why": failure}, err=True
        )
        if path.exists():
            click.echo(_("Filen som ligger där är en äldre."), err=True)


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
        raise Refusal(no_report_found())
    try:
        outcome = write_reports(reports, formats or FORMATS, out or settings.OUT_DIR)
    except OutlineError as error:
        raise Refusal(str(error)) from error
    for doubt in outcome.doubts:
        click.echo(doubt, err=True)
    for path in outcome.written:
        click.echo(path)
    tell_failures(outcome.failed)
    if outcome.doubts:
        click.echo(
            ngettext(
                "%(n)d hänvisning i texterna leder ingenstans.",
                "%(n)d hänvisningar i texterna leder ingenstans.",
                len(outcome.doubts),
            )
            % {"n": len(outcome.doubts)},
            err=True,
        )
    if outcome.failed:
        raise SystemExit(Obstacle.exit_code)
    if outcome.doubts:
        raise SystemExit(1)
