"""The entry of `samhandling`: which commands there are, and what a failure looks like.

Exit codes: 0 done; 1 the command looked and found something wrong; 2 wrong use of the command
(click's own); 3 something outside stands in the way (settings, database, disk).
"""

import errno
import os
import sys
from importlib import import_module
from pathlib import Path

import click
import django
import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext as _

from samhandling.cli.click_words import translate_click
from samhandling.render.failure import RenderFailed

PACKAGE = Path(__file__).resolve().parents[1]
COMMANDS = {
    "start": "samhandling.cli.start",
    "serve": "samhandling.cli.serve",
    "worker": "samhandling.cli.worker",
    "outbox": "samhandling.cli.outbox",
    "demo": "samhandling.cli.demo",
    "coverage": "samhandling.cli.coverage",
    "report": "samhandling.cli.report",
    "user": "samhandling.cli.user",
    "retention": "samhandling.cli.retention",
    "check": "samhandling.cli.check",
    "backup": "samhandling.cli.backup",
    "restore": "samhandling.cli.restore",
    "messages": "samhandling.cli.messages",
}
_NO_FOLDER = {errno.ENOENT, errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ENAMETOOLONG}


class Commands(click.Group):
    """A group that imports a command's module when the command is asked for.

    The module holds a click command under the command's own name.
    """

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command = getattr(import_module(COMMANDS[name]), name)
        assert isinstance(command, click.Command)
        return command


def explain(error: Exception) -> str | None:
    """What stands in the way, in words for the person at the keyboard; None for a real bug."""
    if isinstance(error, ImproperlyConfigured | OSError) and not settings.configured:
        # The settings themselves are what is wrong: only the texts are needed now.
        settings.configure(LANGUAGE_CODE="sv", LOCALE_PATHS=[PACKAGE / "locale"])
        django.setup()
        translation.activate(os.environ.get("SAMHANDLING_LANGUAGE", "sv"))
    if isinstance(error, ImproperlyConfigured):
        return _("Inställningarna går inte att använda: %(reason)s") % {"reason": error}
    if isinstance(error, RenderFailed):
        return str(error)
    if isinstance(error, DatabaseError | psycopg.Error):
        text = str(error).lower()
        if "locked" in text:
            return _(
                "Databasen är upptagen av ett annat program. Inget har ändrats; försök igen strax."
            )
        if "full" in text or "no space" in text:
            return _("Disken är full. Inget har ändrats; gör plats och försök igen.")
        if "no such table" in text or "does not exist" in text:
            return _(
                "Databasen är inte förberedd. Kör först: samhandling start --no-demo --no-serve"
            )
        if "unable to open" in text or "connection" in text or "resolve host" in text:
            return _(
                "Databasen går inte att nå. Kontrollera DATABASE_URL och SAMHANDLING_DATA_DIR."
            )
    if isinstance(error, OSError):
        if error.errno == errno.ENOSPC:
            return _("Disken är full. Inget har ändrats; gör plats och försök igen.")
        if error.errno in {errno.EACCES, errno.EROFS, errno.EPERM}:
            return _("Det går inte att skriva till %(file)s.") % {"file": error.filename}
        if error.errno in _NO_FOLDER and _is_chosen(error.filename):
            return _(
                "Det går inte att skriva till %(file)s, för där finns ingen mapp att skriva i."
                " Ange en annan mapp."
            ) % {"file": error.filename}
    return None


def _is_chosen(name: object) -> bool:
    """Is it a place that people have chosen? That a file of the program is missing is a bug."""
    return isinstance(name, str | os.PathLike) and PACKAGE not in Path(name).parents


def main() -> None:
    """Run the command line; texts are Swedish unless SAMHANDLING_LANGUAGE says en."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samhandling.config.settings")
    try:
        django.setup()
        translation.activate(os.environ.get("SAMHANDLING_LANGUAGE", "sv"))
        translate_click()
        cli = Commands(
            name="samhandling",
            help=_("Samhandling från kommandoraden. Ge --help efter ett kommando för mer."),
        )
        cli(prog_name="samhandling")
    except Exception as error:
        if (message := explain(error)) is None:
            raise
        click.echo(message, err=True)
        sys.exit(3)


if __name__ == "__main__":
    main()
