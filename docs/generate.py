"""`make docs`: write docs/reference from the code. With --check, only say whether it is current."""

import os
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import click
import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samhandling.config.settings")
# The gallery of components is an address of development only.
os.environ["SAMHANDLING_DEBUG"] = "0"
django.setup()

from django.apps import apps  # noqa: E402
from django.urls import URLPattern, URLResolver, get_resolver  # noqa: E402
from django.utils import translation  # noqa: E402

from samhandling.cli.main import COMMANDS, Commands  # noqa: E402
from samhandling.cli.messages import compile_catalogues  # noqa: E402
from samhandling.core import access, lifecycle  # noqa: E402

REFERENCE = Path(__file__).resolve().parent / "reference"
HEAD = "<!-- Written by `make docs`; change the code, not this file. -->\n"


def first_line(thing: object) -> str:
    """The first line of a docstring, fit for a table cell."""
    text = (getattr(thing, "__doc__", None) or "").strip()
    return text.split("\n")[0].replace("|", "\\|")


def models() -> Iterator[str]:
    yield "# Models\n"
    yield "Lowest app first. Every model with a record subclasses `Recorded` (ADR 0002); that key"
    yield "is not repeated here. The fields stand with their reasons in each app's `models`.\n"
    for config in apps.get_app_configs():
        if not config.name.startswith("samhandling.apps."):
            continue
        yield f"## {config.label}\n"
        yield "| model | what it is | points at |"
        yield "|---|---|---|"
        for model in config.get_models():
            targets = {
                field.related_model._meta.label
                for field in model._meta.get_fields()
                if field.related_model and not field.auto_created and field.name != "record"
            }
            yield f"| `{model.__name__}` | {first_line(model)} | {', '.join(sorted(targets))} |"
        yield ""


def permissions() -> Iterator[str]:
    yield "# Who may do what\n"
    yield "From `core/access.py` (ADR 0009). A role that is missing is refused. Own body and own"
    yield "organisation are those of the role; always, for a role that is limited, is within its"
    yield "limit. `tests/spec/permission_table.py` says who gets in, written by hand.\n"
    roles = list(access.Role)
    yield "| operation | " + " | ".join(role.value for role in roles) + " |"
    yield "|---" * (len(roles) + 1) + "|"
    for operation, row in access.TABLE.items():
        cells = [row[role].name.lower().replace("_", " ") for role in roles]
        yield f"| {operation} | " + " | ".join(cells) + " |"
    yield "\n# What the state allows\n"
    yield "From `core/lifecycle.py`. A dashed arrow asks for a reason.\n"
    for states, transitions in lifecycle.TABLES.items():
        yield from diagram(states, transitions)


def diagram(states: type[StrEnum], transitions: tuple[lifecycle.Transition, ...]) -> Iterator[str]:
    yield f"## {states.__name__}\n"
    yield "```mermaid\nflowchart LR"
    for step in transitions:
        arrow = "-.->" if step.needs_reason else "-->"
        yield f"  {step.source} {arrow} {step.target}"
    yield "```\n"


def addresses() -> Iterator[str]:
    yield "# Addresses\n"
    yield "| address | name | view |"
    yield "|---|---|---|"
    for pattern, name, view in sorted(walk(get_resolver())):
        yield f"| `/{pattern}` | {name} | `{view}` |"


def walk(
    resolver: URLResolver, before: str = "", space: str = ""
) -> Iterator[tuple[str, str, str]]:
    for entry in resolver.url_patterns:
        path = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from walk(entry, path, inner)
        elif isinstance(entry, URLPattern):
            view = getattr(entry.callback, "view_class", entry.callback)
            yield path, f"{space}{entry.name or ''}", f"{view.__module__}.{view.__qualname__}"


def commands() -> Iterator[str]:
    yield "# The command line\n"
    yield "Exit codes: 0 done; 1 something was found wrong; 2 wrong use; 3 something outside stands"
    yield "in the way (settings, database, disk).\n"
    root = Commands(name="samhandling")
    context = click.Context(root, info_name="samhandling", terminal_width=90)
    for name in COMMANDS:
        command = root.get_command(context, name)
        if command is not None:
            yield from command_help(command, name, context)


def command_help(command: click.Command, name: str, parent: click.Context) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent, terminal_width=90)
    yield f"## {context.command_path}\n"
    yield f"```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            inner = command.get_command(context, child)
            if inner is not None:
                yield from command_help(inner, child, context)


PAGES = {
    "models.md": models,
    "permissions.md": permissions,
    "addresses.md": addresses,
    "commands.md": commands,
}


def main() -> int:
    """Write the pages, or with --check name those that are not current."""
    stale = []
    compile_catalogues()
    with translation.override("en"):
        for name, page in PAGES.items():
            text = HEAD + "\n".join(page()).rstrip() + "\n"
            path = REFERENCE / name
            if "--check" not in sys.argv:
                REFERENCE.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
            elif not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
    if stale:
        print(f"Run `make docs`: {', '.join(stale)} is not current.")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
