"""Does every fact of the county have a place in the model, and is it there?

`examine` looks at a facts file key by key. A place must exist and may be a text column only for
free text; and when the county is loaded, what the facts say must be found there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from samhandling.apps.records.models import Record
from samhandling.core.partial_date import Reading, UnreadableDate
from samhandling.demo.facts import open_county
from samhandling.demo.load_work import read_quantity
from samhandling.demo.loading import LEVEL_IDS, when
from samhandling.demo.places import ANCHORS, EXCEPTIONS, SECTIONS, Place

AN_ID = re.compile(r"[A-Z]{1,3}(-[\w]+)+")
DATE_PARTS = ("precision", "earliest", "latest")


class NoSuchColumn(LookupError):
    """A place names a relation or column that the model does not have."""


@dataclass(frozen=True)
class Target:
    """Where a path ends: the name to print, what kind of end it is and how to ask for it."""

    name: str
    lookups: tuple[str, ...]
    is_text: bool = False
    is_date: bool = False
    is_relation: bool = False


@dataclass(frozen=True)
class Fact:
    """One key of one item, and the record that it is told of."""

    section: str
    item: str
    anchor: str
    key: str
    value: Any


@dataclass
class Coverage:
    """What was found: one row for each section and key, and what is wrong."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    facts: int = 0
    items: int = 0
    compared: int = 0


def facts_of(data: dict[str, Any]) -> Iterator[Fact]:
    """Every key of every item, nested ones with dots; ids in keys are written as *."""
    for section, content in data.items():
        anchor = ANCHORS.get(section, "")
        if isinstance(content, list) and all(isinstance(one, list) for one in content):
            yield Fact(section, anchor, anchor, "", [part for one in content for part in one])
        else:
            yield from _walk(section, anchor, anchor, "", content)


def _walk(section: str, item: str, anchor: str, prefix: str, content: Any) -> Iterator[Fact]:
    if isinstance(content, list):
        for part in content:
            yield from _walk(section, item, anchor, prefix, part)
    elif isinstance(content, dict):
        if "id" in content:
            item = anchor = str(content["id"])
        for name, value in content.items():
            step = "*" if AN_ID.fullmatch(str(name)) else str(name)
            key = f"{prefix}.{step}" if prefix else step
            yield Fact(section, item, anchor, key, value)
            yield from _walk(section, item, anchor, key, value)


@cache
def resolve(path: str) -> Target:
    """Walk a dotted path from Record. Raises NoSuchColumn. Queries: none."""
    model: type[models.Model] | None = Record
    steps = path.split(".")
    name = owner = ""
    lookup: list[str] = []
    for number, step in enumerate(steps, 1):
        if model is None:
            raise NoSuchColumn(path)
        try:
            column = model._meta.get_field(step)
        except FieldDoesNotExist:
            is_last = number == len(steps)
            if is_last and hasattr(model, f"{step}_precision"):
                label = f"{model._meta.label}.{step}"
                column_name = "__".join([*lookup, step])
                parts = tuple(f"{column_name}_{part}" for part in DATE_PARTS)
                return Target(label, parts, is_date=True)
            raise NoSuchColumn(path) from None
        lookup.append(step)
        if isinstance(column, models.Field):
            # A thing's name is a column of its record; say whose record it is.
            is_own = model is Record and number > 1 and steps[number - 2] == "record"
            name = f"{owner}.record.{step}" if is_own else f"{model._meta.label}.{step}"
        else:  # a relation read from its other end
            name = f"{column.related_model._meta.label}.{column.field.name}"
        owner = model._meta.label
        model = column.related_model if column.is_relation else None
    if model is None:
        is_text = isinstance(column, models.TextField | models.JSONField)
        is_title = path.split(".")[-1] in {"title", "title_en"}
        return Target(name, ("__".join(lookup),), is_text=is_text or is_title)
    end = "__".join(lookup)
    return Target(name, (f"{end}__pk", *_source_key(model, end)), is_relation=True)


def _source_key(model: type[models.Model], end: str) -> tuple[str, ...]:
    """The look-up of the source key of a row at the end of a path, where it can have one."""
    if model is Record:
        return (f"{end}__source_key",)
    if any(column.name == "record" for column in model._meta.get_fields()):
        return (f"{end}__record__source_key",)
    return ()


def examine(data: dict[str, Any], *, is_loaded: bool) -> Coverage:
    """Look at every fact of a facts file. Args: is_loaded: compare with the database too."""
    coverage = Coverage()
    found_rows: dict[tuple[str, str], set[str]] = {}
    facts = list(facts_of(data))
    coverage.facts = len(facts)
    coverage.items = len({fact.anchor for fact in facts if fact.key.split(".")[-1] == "id"})
    told: list[tuple[Fact, tuple[Place, ...]]] = []
    for fact in facts:
        places = place_of(fact)
        if places is None:
            coverage.problems.append(
                _("%(item)s: %(key)s har ingen plats i modellen.")
                % {"item": fact.item or fact.section, "key": fact.key}
            )
            continue
        names = found_rows.setdefault((fact.section, fact.key), set())
        broken = False
        for place in places:
            problem, name = _check_place(fact, place)
            names.add(name)
            if problem:
                coverage.problems.append(problem)
                broken = True
        if not broken:
            told.append((fact, places))
    coverage.rows = [
        (section, key, ", ".join(sorted(names))) for (section, key), names in found_rows.items()
    ]
    if is_loaded:
        _compare_all(coverage, told)
    coverage.problems = list(dict.fromkeys(coverage.problems))
    return coverage


def place_of(fact: Fact) -> tuple[Place, ...] | None:
    """The places of a fact's key; those of the item itself go before those of its section."""
    own = EXCEPTIONS.get(fact.item, {})
    return own.get(fact.key) or SECTIONS.get(fact.section, {}).get(fact.key)


def _check_place(fact: Fact, place: Place) -> tuple[str, str]:
    names = {"item": fact.item or fact.section, "key": fact.key, "place": place.path}
    try:
        target = resolve(place.path)
        for path in place.only:
            resolve(path)
    except NoSuchColumn:
        return _("%(item)s: %(key)s pekar på %(place)s, som inte finns i modellen.") % names, "–"
    if target.is_text and not place.free_text:
        return (
            _("%(item)s: %(key)s är ingen fritext men pekar på textkolumnen %(place)s.") % names,
            target.name,
        )
    return "", target.name


# --- comparing with the database -----------------------------------------------------------------


class Words:
    """What the source's own words stand for among the records."""

    def __init__(self) -> None:
        more = open_county("additions.yaml")
        self.keys: dict[str, str] = dict(LEVEL_IDS)
        for word, item in more["actor_sets"].items():
            self.keys[word] = item["actor"] if "actor" in item else item["key"]
        for word, item in more["categories"].items():
            self.keys[word] = item["key"]
        for name in ("other_subjects", "quantity_subjects"):
            for word, key in more[name].items():
                self.keys[word] = key
        for key, item in more["sub_areas"].items():
            self.keys[item["word"]] = key
        self.places: dict[str, list[str]] = dict(more["geography"].items())

    def of(self, value: Any, path: str) -> list[Any]:
        """A fact's value as the values that must be found at `path`."""
        parts = value if isinstance(value, list) else [value]
        if path.endswith("places.name"):
            return [name for part in parts for name in self.places[part]]
        if not resolve(path).is_relation:
            return parts
        return [self.keys.get(part, part) if isinstance(part, str) else part for part in parts]


def _compare_all(coverage: Coverage, told: list[tuple[Fact, tuple[Place, ...]]]) -> None:
    words = Words()
    anchors = {fact.anchor for fact, _places in told}
    known_records = Record.objects.filter(source_key__in=anchors).values_list(
        "source_key", "merged_into__source_key"
    )
    there = {key: twin for key, twin in known_records if key is not None}
    for anchor in sorted(anchors - set(there)):
        coverage.problems.append(_("%(item)s finns inte i databasen.") % {"item": anchor})
    stored = _stored_at(told, there)
    for fact, places in told:
        if fact.anchor not in there:
            continue
        values: list[Any] = []
        for place in places:
            known = stored[repr(place)]
            values += known.get(fact.anchor, [])
            values += known.get(there[fact.anchor] or "", [])
        coverage.compared += 1
        if not _agrees(fact, places, values, words):
            coverage.problems.append(
                _("%(item)s: %(key)s = %(value)s återfinns inte i %(place)s.")
                % {
                    "item": fact.item or fact.section,
                    "key": fact.key,
                    "value": fact.value,
                    "place": ", ".join(resolve(place.path).name for place in places),
                }
            )


def _stored_at(
    told: list[tuple[Fact, tuple[Place, ...]]], there: dict[str, str | None]
) -> dict[str, dict[str, list[Any]]]:
    """What is stored at each place, by record. Queries: 1 for each place."""
    asked: dict[str, tuple[Place, set[str]]] = {}
    for fact, places in told:
        for place in places:
            anchors = asked.setdefault(repr(place), (place, set()))[1]
            anchors |= {fact.anchor, there.get(fact.anchor) or fact.anchor}
    return {key: _stored(place, anchors) for key, (place, anchors) in asked.items()}


def _stored(place: Place, anchors: set[str]) -> dict[str, list[Any]]:
    target = resolve(place.path)
    conditions = {path.replace(".", "__"): value for path, value in place.only.items()}
    rows = (
        Record.objects.filter(source_key__in=anchors, **conditions)
        .values_list("source_key", *target.lookups)
        .distinct()
    )
    found: dict[str, list[Any]] = {}
    for anchor, *values in rows:
        if target.is_date:
            value = tuple(values[1:]) if values[0] else None
        else:  # a relation is named by its source key where it has one
            value = values[-1] or values[0]
        if value not in (None, ""):
            found.setdefault(anchor, []).append(value)
    return found


def _agrees(fact: Fact, places: tuple[Place, ...], values: list[Any], words: Words) -> bool:
    place = places[0]
    if place.counts:
        return len(values) == fact.value
    if place.codes is not None:
        parts = fact.value if isinstance(fact.value, list) else [fact.value]
        if all(part in place.codes or part is None for part in parts):
            return all(_any_of(place.codes.get(part), values) for part in parts)
        return False
    if fact.value is None or fact.value == []:
        return not values
    if isinstance(fact.value, dict):
        keys = [key for key in fact.value if AN_ID.fullmatch(str(key))]
        return bool(values) and set(keys) <= set(values)
    if place.free_text or not place.compare:
        return bool(values)
    if resolve(place.path).is_date:
        return any(days in values for days in _days(fact.value))
    if fact.section == "quantities" and fact.key == "value":
        _shape, *numbers = read_quantity(fact.value)
        return {Decimal(number) for number in numbers if number is not None} == set(values)
    return all(_is_there(part, values) for part in words.of(fact.value, place.path))


def _any_of(code: Any, values: list[Any]) -> bool:
    if code is None or code == "":
        return not values
    wanted = code if isinstance(code, tuple) else (code,)
    return any(one in values for one in wanted)


def _is_there(part: Any, values: list[Any]) -> bool:
    return part in values or str(part) in {str(value) for value in values}


def _days(value: Any) -> Iterator[tuple[date | None, date | None]]:
    """The days a date of the facts may be stored as, as a period, a start or an end."""
    for reading in Reading:
        try:
            moment = when(value, reading)
        except UnreadableDate:
            continue
        if moment is not None:
            yield moment.earliest, moment.latest
