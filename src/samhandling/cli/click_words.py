"""Click's own words in the language of the command line, in one place.

Click asks Python's gettext, which has no Swedish for it, and keeps the function it asked under the
name ``_`` in each of its modules. A sentence that is not listed here stays in English.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

import click
from django.utils.translation import gettext_lazy

MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")
WORDS = {
    "Usage:": gettext_lazy("Så här skriver du:"),
    "Options": gettext_lazy("Tillval"),
    "Commands": gettext_lazy("Kommandon"),
    "Positional arguments": gettext_lazy("Uppgifter"),
    "Show this message and exit.": gettext_lazy("Visa den här hjälpen."),
    "Error: {message}": gettext_lazy("Fel: {message}"),
    "Try '{command} {option}' for help.": gettext_lazy("Hjälp får du med '{command} {option}'."),
    "No such command {name!r}.": gettext_lazy("Kommandot {name!r} finns inte."),
    "No such option {name!r}.": gettext_lazy("Tillvalet {name!r} finns inte."),
    "Missing command.": gettext_lazy("Ange ett kommando."),
    "Missing argument": gettext_lazy("Uppgift saknas:"),
    "Missing option": gettext_lazy("Tillval saknas:"),
    "Invalid value: {message}": gettext_lazy("Ogiltigt värde: {message}"),
    "Invalid value for {param_hint}: {message}": gettext_lazy(
        "Ogiltigt värde för {param_hint}: {message}"
    ),
    "Option {name!r} does not take a value.": gettext_lazy("Tillvalet {name!r} tar inget värde."),
    "Choose from:\n\t{choices}": gettext_lazy("Välj bland:\n\t{choices}"),
    "{value!r} is not a valid {number_type}.": gettext_lazy("{value!r} är inget giltigt tal."),
    "{value} is not in the range {range}.": gettext_lazy("{value} ligger inte i {range}."),
    "{value!r} is not {choice}.": gettext_lazy("{value!r} är inte {choice}."),
    "{value!r} is not one of {choices}.": gettext_lazy("{value!r} är inget av {choices}."),
    "Option {name!r} requires an argument.": gettext_lazy("Tillvalet {name!r} ska ha ett värde."),
    "Got unexpected extra argument ({args})": gettext_lazy("Detta är för mycket: {args}"),
    "Got unexpected extra arguments ({args})": gettext_lazy("Detta är för mycket: {args}"),
    "Did you mean {possibility}?": gettext_lazy("Menade du {possibility}?"),
    "(Did you mean one of: {possibilities}?)": gettext_lazy("Menade du något av {possibilities}?"),
    "{name} {filename!r} does not exist.": gettext_lazy("{filename!r} finns inte."),
    "{name} {filename!r} is a file.": gettext_lazy("{filename!r} är en fil."),
    "{name} {filename!r} is a directory.": gettext_lazy("{filename!r} är en mapp."),
    "{name} {filename!r} is not readable.": gettext_lazy("{filename!r} går inte att läsa."),
    "{name} {filename!r} is not writable.": gettext_lazy("Det går inte att skriva i {filename!r}."),
    "Repeat for confirmation": gettext_lazy("Skriv det en gång till"),
    "Error: The two entered values do not match.": gettext_lazy("Fel: de två är inte lika."),
    "Aborted!": gettext_lazy("Avbrutet."),
    "default: {default}": gettext_lazy("annars: {default}"),
    "required": gettext_lazy("måste anges"),
    # What stands for a value, and for the parts of a line.
    "[OPTIONS]": gettext_lazy("[TILLVAL]"),
    "COMMAND [ARGS]...": gettext_lazy("KOMMANDO [UPPGIFTER]..."),
    "[COMMAND] [ARGS]...": gettext_lazy("[KOMMANDO] [UPPGIFTER]..."),
    "TEXT": gettext_lazy("TEXT"),
    "INTEGER": gettext_lazy("HELTAL"),
    "INTEGER RANGE": gettext_lazy("HELTAL"),
    "DIRECTORY": gettext_lazy("MAPP"),
    "PATH": gettext_lazy("SÖKVÄG"),
    "FILE": gettext_lazy("FIL"),
    "[FACTS]": gettext_lazy("[FAKTA]"),
    "EMAIL": gettext_lazy("E-POST"),
    "NEW": gettext_lazy("NY"),
}


def word(text: str) -> str:
    """What the command line says instead of Click's English ``text``."""
    return str(WORDS.get(text, text))


def word_for_number(one: str, several: str, number: int) -> str:
    """What it says instead of Click's English that depends on a number."""
    return word(one if number == 1 else several)


def translate_click() -> None:
    """Let Click ask ``word`` and ``word_for_number`` from now on."""
    for name in MODULES:
        names = vars(import_module(f"click.{name}"))
        names["_"] = word
        if "ngettext" in names:
            names["ngettext"] = word_for_number
    # What stands for a value or for a part of a line is not asked for.
    for kind, name in _SAID_BY:
        setattr(kind, name, _in_words(getattr(kind, name)))


_SAID_BY: Final[tuple[tuple[type, str], ...]] = (
    (click.Parameter, "make_metavar"),
    (click.Argument, "make_metavar"),
    (click.Command, "collect_usage_pieces"),
    (click.Group, "collect_usage_pieces"),
)


def _in_words(says: Callable[..., str | list[str]]) -> Callable[..., str | list[str]]:
    def said(*given: Any, **named: Any) -> str | list[str]:
        found = says(*given, **named)
        return word(found) if isinstance(found, str) else [word(one) for one in found]

    return said
