"""Report outlines: headings, drawn blocks and prompts as data, so a county changes them freely.

See docs/how-to/change-a-report-outline.md for the file's form.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_NAME = re.compile(r"[a-z][a-z0-9_]*")


class OutlineError(ValueError):
    """An outline file that cannot be used; the message says where and why, in Swedish."""


@dataclass(frozen=True)
class Section:
    """A heading with what is drawn and written under it.

    `each` names what the section is repeated for ("focus_areas"); `leave_out_when_empty` drops a
    heading under which nothing is drawn, written or nested.
    """

    key: str
    heading: str
    draw: tuple[str, ...] = ()
    prompt: str = ""
    each: str = ""
    leave_out_when_empty: bool = False
    sections: tuple["Section", ...] = ()

    def walk(self) -> Iterator["Section"]:
        """This section and all under it, in order."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True)
class Outline:
    """A whole report's outline. `title` may name {year}, `subtitle` {agreement}."""

    name: str
    title: str
    subtitle: str
    footnotes_heading: str
    sections: tuple[Section, ...]

    def walk(self) -> Iterator[Section]:
        """Every section, in order."""
        for section in self.sections:
            yield from section.walk()


@cache
def load_outline(name: str) -> Outline:
    """The outline `data/outlines/<name>.toml`. Raises OutlineError."""
    if not _NAME.fullmatch(name):
        raise OutlineError(f"”{name}” är inte ett namn på en disposition.")
    source = files("samhandling.data").joinpath("outlines", f"{name}.toml")
    if not source.is_file():
        raise OutlineError(f"Det finns ingen disposition som heter ”{name}”.")
    return read_outline(name, source.read_text("utf-8"))


def read_outline(name: str, text: str) -> Outline:
    """Read an outline from TOML text. Raises OutlineError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise OutlineError(f"Dispositionen ”{name}” går inte att läsa: {error}") from error
    outline = Outline(
        name=name,
        title=_text(data, "title", name),
        subtitle=str(data.get("subtitle", "")),
        footnotes_heading=str(data.get("footnotes_heading", "")),
        sections=tuple(_section(item, name) for item in data.get("section", [])),
    )
    keys = [section.key for section in outline.walk()]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise OutlineError(f"Dispositionen ”{name}” har samma nyckel två gånger: {twice[0]}.")
    if not keys:
        raise OutlineError(f"Dispositionen ”{name}” har inga avsnitt.")
    return outline


def _section(data: dict[str, Any], name: str) -> Section:
    return Section(
        key=_text(data, "key", name),
        heading=_text(data, "heading", name),
        draw=tuple(data.get("draw", ())),
        prompt=str(data.get("prompt", "")),
        each=str(data.get("each", "")),
        leave_out_when_empty=data.get("when_empty") == "leave_out",
        sections=tuple(_section(item, name) for item in data.get("section", [])),
    )


def _text(data: dict[str, Any], key: str, name: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise OutlineError(f"Dispositionen ”{name}” saknar ”{key}” i ett avsnitt.")
    return value
