"""What each command writes, held against COMMANDS of permission_table.py: rows, log and files.

A command is run as whoever may log in to the server would run it; what takes long in it and writes
nothing here (serving pages, preparing a machine, rendering PDF) is left out.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest
import time_machine
from click.testing import CliRunner
from django.conf import settings
from django.db import connection
from django.utils import timezone

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.models import Event
from samhandling.apps.organisations.models import Organisation
from samhandling.apps.outbox.models import Message, State
from samhandling.apps.outbox.services import put_message
from samhandling.apps.people.services import invite
from samhandling.cli import messages as catalogues
from samhandling.cli import serve, start
from samhandling.cli.copies.copying import take_copy
from samhandling.cli.copies.places import place_of
from samhandling.cli.main import COMMANDS, Commands
from tests import databases
from tests.factories.sign_in import make_app
from tests.spec import permission_table

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_database,
    pytest.mark.usefixtures("demo_county_for_reading"),
]

WRITES = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "([a-z]+)_')


@dataclass(frozen=True)
class Line:
    """One line of COMMANDS."""

    author: str
    files: str
    apps: frozenset[str]


def read_commands() -> dict[str, Line]:
    found = {}
    for text in re.sub(r"\n +", " ", permission_table.COMMANDS.strip()).splitlines():
        name, rest = re.fullmatch(r"(\w+(?: [a-z]\S+)?) +(.*)", text).groups()  # type: ignore[union-attr]
        author, files, *apps = rest.split()
        found[name] = Line(author, files, frozenset(apps) - {"-"})
    return found


LINES = read_commands()


def all_commands() -> dict[str, click.Command]:
    root = Commands(name="samhandling")
    context = click.Context(root, info_name="samhandling")
    found = {}
    for name in COMMANDS:
        command = root.get_command(context, name)
        assert command
        if isinstance(command, click.Group):
            found |= {f"{name} {child}": one for child, one in command.commands.items()}
        if not isinstance(command, click.Group) or command.invoke_without_command:
            found[name] = command
    return found


def test_every_command_has_a_line() -> None:
    assert set(LINES) == set(all_commands())


@dataclass
class Place:
    """Where a command is run: a folder of its own, and what there is to write about."""

    folder: Path
    patch: pytest.MonkeyPatch
    given: list[str] = field(default_factory=list)

    def files(self) -> dict[str, bytes]:
        """Every file there, by its name."""
        found = [path for path in self.folder.rglob("*") if path.is_file()]
        return {path.name: path.read_bytes() for path in found}


def copy_made(place: Place) -> None:
    """A copy of an installation with its tables, to be proved or put back."""
    here = place_of({**connection.settings_dict, "NAME": databases.file("county")})
    take_copy(here, place.folder / "files", place.folder / "one.zip")
    place.given = [str(place.folder / "one.zip")]


def something_to_copy(place: Place) -> None:
    here = place_of({**connection.settings_dict, "NAME": databases.file("county")})
    place.patch.setattr("samhandling.cli.backup.place_of", lambda _database: here)
    place.given = ["--to", str(place.folder / "copy.zip")]


def an_empty_machine(place: Place) -> None:
    copy_made(place)
    here = place_of({**connection.settings_dict, "NAME": place.folder / "database"})
    restore = import_module("samhandling.cli.restore")
    place.patch.setattr(restore, "place_of", lambda _database: here)
    # The connection of the tests goes to another database, and is in a transaction.
    place.patch.setattr(restore, "connection", type("Closed", (), {"close": lambda: None}))


def somebody_missing(place: Place) -> None:
    User.objects.get(email="lena@example.org").delete()


def a_catalogue(place: Place) -> None:
    """That of the checkout, in another place, with few texts to look for."""
    path = place.folder / "catalogue.po"
    shutil.copyfile(catalogues.catalogue_path(), path)
    place.patch.setattr(catalogues, "catalogue_path", lambda: path)
    place.patch.setattr(catalogues, "texts_in_source", dict)


def mail_given_up(place: Place) -> None:
    message = put_message(kind="invitation", to="nobody@example.org", ids={})
    Message.objects.filter(pk=message.pk).update(state=State.GIVEN_UP)


def something_due(place: Place) -> None:
    """An invitation that nobody has answered for a year."""
    with time_machine.travel(timezone.now() - timedelta(days=365)):
        invite(
            name="Ny Person",
            email="nyast@example.org",
            organisation=Organisation.objects.live()[0],
            function="strateg",
            by=User.objects.get(email="karin@example.org"),
        )


def a_report(place: Place) -> None:
    place.given = ["--format", "html", "--out", str(place.folder)]


def no_server(place: Place) -> None:
    (place.folder / "staticfiles.json").touch()
    place.patch.setattr(settings, "STATIC_ROOT", place.folder)
    place.patch.setattr(serve, "run_server", lambda *_args, **_options: None)


def a_prepared_machine(place: Place) -> None:
    place.patch.setattr(start, "call_command", lambda *_args, **_options: None)
    place.patch.setattr(start, "FORMATS", ("html",))
    place.given = ["--no-serve"]


def somebody_new(place: Place) -> None:
    place.given = ["siv@example.org", "--name", "Siv Ek", "--password", "en ramsa om hösten"]
    place.given.append("--administrator")


def a_second_factor(place: Place) -> None:
    make_app(User.objects.get(email="karin@example.org"))
    place.given = ["karin@example.org"]


def another_address(place: Place) -> None:
    place.given = ["karin@example.org", "karin.ny@example.org", "--reason", "Nytt namn"]


def one_look(place: Place) -> None:
    something_due(place)
    place.given = ["--once"]


BEFORE: dict[str, Callable[[Place], None]] = {
    "backup": something_to_copy,
    "backup verify": copy_made,
    "demo load": somebody_missing,
    "messages check": a_catalogue,
    "messages compile": a_catalogue,
    "messages update": a_catalogue,
    "outbox list": mail_given_up,
    "outbox retry": mail_given_up,
    "report": a_report,
    "restore": an_empty_machine,
    "retention": something_due,
    "serve": no_server,
    "start": a_prepared_machine,
    "user change-address": another_address,
    "user create": somebody_new,
    "user reset-second-factor": a_second_factor,
    "worker": one_look,
}
# These tell what they found by how they end.
FINDS = {"check", "messages check", "outbox list"}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    for name in ("DATA_DIR", "OUT_DIR"):
        monkeypatch.setattr(settings, name, tmp_path)
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path / "files")
    yield Place(tmp_path, monkeypatch)


@pytest.mark.parametrize("name", LINES)
def test_a_command_writes_what_its_line_says(name: str, place: Place) -> None:
    BEFORE.get(name, lambda _place: None)(place)
    before, last = place.files(), Event.objects.latest("pk").pk
    written: set[str] = set()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        written.update(WRITES.findall(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        done = CliRunner().invoke(all_commands()[name], place.given)
    line, after = LINES[name], place.files()
    assert name in FINDS or done.exit_code == 0, done.output
    authors = set(Event.objects.filter(pk__gt=last).values_list("actor_key", flat=True))
    assert authors == ({line.author} - {"-"})
    assert written == line.apps
    new = {path for path, content in after.items() if before.get(path) != content}
    assert {re.split(r"\W", path)[0] for path in new} == ({line.files} - {"-"})
    assert set(before) <= set(after)
