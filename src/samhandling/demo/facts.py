"""Facts as they are read: every key must be read by somebody, or the loading fails.

So nothing that the county's documents say can be left out of the demo by oversight.
"""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import yaml


class FactsProblem(ValueError):
    """The files of the demo county do not fit together; the message names the item and the key."""


class Item:
    """A mapping of a facts file that remembers which of its keys have been read."""

    def __init__(self, data: dict[str, Any], where: str) -> None:
        self._where = str(data.get("id", where))
        self._values = {str(key): _wrap(value, f"{where}.{key}") for key, value in data.items()}
        self._read: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        if key not in self._values:
            raise FactsProblem(f"{self._where}: {key} saknas")
        self._read.add(key)
        return self._values[key]

    def get(self, key: str, default: Any = None) -> Any:
        """The value of `key`, or `default` where there is no such key."""
        return self[key] if key in self._values else default

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def items(self) -> Iterator[tuple[str, Any]]:
        """Every key with its value; reads them all."""
        for key in self._values:
            yield key, self[key]

    @property
    def id(self) -> str:
        return str(self["id"])

    def unread(self) -> Iterator[str]:
        """ "item: key" of every key nobody has read, here and below."""
        for key, value in self._values.items():
            if key not in self._read:
                yield f"{self._where}: {key}"
            else:
                yield from _unread(value)


def _wrap(value: Any, where: str) -> Any:
    if isinstance(value, dict):
        return Item(value, where)
    if isinstance(value, list):
        return [_wrap(part, where) for part in value]
    return value


def _unread(value: Any) -> Iterator[str]:
    if isinstance(value, Item):
        yield from value.unread()
    elif isinstance(value, list):
        for part in value:
            yield from _unread(part)


def county_text(name: str) -> str:
    """The text of one file of the county, such as "facts.yaml"."""
    return files("samhandling.demo").joinpath("county", name).read_text("utf-8")


def read_facts(text: str) -> dict[str, Any]:
    """Plain data of a facts file. Raises FactsProblem when it is no such file."""
    try:
        # Both loaders are the safe ones; the first is the same in C, and ten times as fast.
        data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # nosec B506
    except yaml.YAMLError as error:
        raise FactsProblem(f"filen går inte att läsa som YAML: {error}") from error
    if not isinstance(data, dict):
        raise FactsProblem("filen innehåller inga avsnitt")
    return data


def open_county(name: str) -> Item:
    """One file of the county, ready to be read key by key."""
    return Item(read_facts(county_text(name)), name)
