"""`samhandling check`: is this installation fit to work in?"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pypandoc
from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samhandling.apps.discussion.models import Attachment
from samhandling.apps.outbox.selectors import in_need_of_someone, routines_in_trouble
from samhandling.cli.backup import files_lacking
from samhandling.cli.messages import catalogue_path
from samhandling.render.failure import RenderFailed
from samhandling.render.pdf import check_fonts

Finding = tuple[str, str]


def findings() -> Iterator[Finding]:
    """(what was looked at, what is wrong with it); nothing wrong is an empty text."""
    yield _("Datamappen"), data_directory_problem(Path(settings.DATA_DIR))
    yield _("Databasen"), database_problem()
    yield _("Bifogade filer"), attached_files_problem()
    yield _("Statiska filer"), static_files_problem()
    yield _("Texter på engelska"), catalogue_problem()
    yield _("Typsnittet"), font_problem()
    yield _("Pandoc, som skriver Word och ODT"), pandoc_problem()
    yield _("Posten"), mail_problem()
    yield _("Inställningarna"), settings_problem()


def data_directory_problem(path: Path) -> str:
    """Empty when files can be written there and there is room for them."""
    if not path.is_dir() or not os.access(path, os.W_OK):
        return _("det går inte att skriva i %(path)s") % {"path": path}
    free = shutil.disk_usage(path).free // 1_000_000
    if free < settings.LEAST_FREE_MB:
        return _("bara %(free)d MB kvar på disken") % {"free": free}
    return ""


def database_problem() -> str:
    """Empty when the database answers and has every table it should have."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return _("den svarar inte")
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return _("den är inte förberedd; kör samhandling start --no-demo --no-serve")
    return ""


def attached_files_problem() -> str:
    """Empty when every attached file is there in the size it had. Reads no file; a copy does."""
    kept = Attachment.objects.exclude(file="").exclude(sha256="").order_by("file")
    try:
        told = list(kept.values_list("file", "size"))
    except DatabaseError:
        return _("databasen svarar inte")
    folder = Path(settings.MEDIA_ROOT)
    lacking = [name for name, size in told if _size(folder / name) != size]
    return files_lacking(lacking) if lacking else ""


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def static_files_problem() -> str:
    """Empty when the pages' style and script have been collected."""
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return ""
    return _("de är inte förberedda; kör samhandling start --no-demo --no-serve")


def catalogue_problem() -> str:
    """Empty when the catalogue has been compiled since it was changed."""
    source = catalogue_path()
    compiled = source.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
        return ""
    return _("de är inte förberedda; kör samhandling start --no-demo --no-serve")


def font_problem() -> str:
    """Empty when the report's typeface is installed."""
    try:
        check_fonts(settings.FONT_DIR)
    except RenderFailed as error:
        return str(error)
    return ""


def pandoc_problem() -> str:
    """Empty when pandoc can be started."""
    try:
        pypandoc.get_pandoc_version()
    except OSError:
        return _("programmet saknas")
    return ""


def mail_problem() -> str:
    """Empty when mail goes out: a server is named, and nothing waits too long or was given up."""
    if (
        settings.HTTPS
        and not settings.DEMO_DAY
        and settings.EMAIL_BACKEND.endswith("ConsoleBackend")
    ):
        return _("ingen e-postserver är angiven i SAMHANDLING_SMTP_URL")
    try:
        waiting = in_need_of_someone(timezone.now()).count()
        failing = [routine.name for routine in routines_in_trouble(timezone.now())]
    except DatabaseError:
        return _("databasen svarar inte")
    if waiting:
        return ngettext(
            "%(number)d meddelande har inte gått iväg; kör samhandling outbox list",
            "%(number)d meddelanden har inte gått iväg; kör samhandling outbox list",
            waiting,
        ) % {"number": waiting}
    if failing:
        return _("återkommande jobb har misslyckats eller inte körts på två dagar: %(names)s") % {
            "names": ", ".join(failing)
        }
    return ""


def settings_problem() -> str:
    """Empty when Django finds nothing wrong; in a real installation its strict checks count too."""
    found = checks.run_checks(include_deployment_checks=settings.HTTPS)
    return "; ".join(
        f"{finding.id}: {finding.msg}" for finding in found if finding.level >= checks.WARNING
    )


@click.command(help=gettext_lazy("Kontrollera att installationen är i ordning."))
def check() -> None:
    wrong = 0
    for what, problem in findings():
        wrong += bool(problem)
        click.echo(f"{what}: {problem or _('i ordning')}")
    if wrong:
        raise SystemExit(1)
