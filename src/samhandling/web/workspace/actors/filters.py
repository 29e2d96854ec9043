"""The registers' filters, words and orders as they stand in the address."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samhandling.apps.organisations.models import Actor, CollaborationBody, Sector
from samhandling.apps.records.selectors import record_ids_matching

UNKNOWN = "okant"
MAX_WORDS_LENGTH = 200
Label = str | Promise


@dataclass(frozen=True, slots=True)
class Filter:
    """One parameter of the address, the column it asks about and its choices (code, label)."""

    name: str
    column: str
    label: Label
    choices: tuple[tuple[str, Label], ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice that is on, and the address without it."""

    label: Label
    url: str


@dataclass(frozen=True, slots=True)
class Field:
    """A filter as a select: its options are (code, label, is chosen)."""

    name: str
    label: Label
    options: list[tuple[str, Label, bool]]


BODY_FILTERS = (
    Filter("slag", "kind", _("Slag"), tuple(CollaborationBody.Kind.choices)),
    Filter(
        "lage",
        "state",
        _("Läge"),
        (*CollaborationBody.State.choices, (UNKNOWN, _("okänt"))),
    ),
)
ACTOR_FILTERS = (
    Filter(
        "slag",
        "actor_kind",
        _("Slag"),
        tuple(choice for choice in Actor.Kind.choices if choice[0] != Actor.Kind.BODY),
    ),
    Filter("sektor", "sector", _("Sektor"), (*Sector.choices, (UNKNOWN, _("okänd")))),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an address asks for."""

    words: str
    chosen: dict[str, list[str]]
    chips: list[Chip]
    fields: list[Field]
    clear_url: str

    @property
    def is_empty(self) -> bool:
        return not self.words and not any(self.chosen.values())


def read(query: QueryDict, filters: Iterable[Filter]) -> Reading:
    """Understand an address. What it asks for that does not exist is left out."""
    words = query.get("q", "").replace("\0", "").strip()[:MAX_WORDS_LENGTH]
    chosen: dict[str, list[str]] = {}
    chips: list[Chip] = []
    fields: list[Field] = []
    if words:
        chips.append(Chip(words, _without(query, "q", query.get("q", ""))))
    for one in filters:
        known = dict(one.choices)
        chosen[one.name] = [
            code for code in dict.fromkeys(query.getlist(one.name)) if code in known
        ]
        for code in chosen[one.name]:
            chips.append(Chip(known[code], _without(query, one.name, code)))
        options = [(code, label, code in chosen[one.name]) for code, label in one.choices]
        fields.append(Field(one.name, one.label, options))
    return Reading(words, chosen, chips, fields, "?")


def narrowed(found: QuerySet[Any], reading: Reading, filters: Iterable[Filter]) -> QuerySet[Any]:
    """The rows that the address asks for: OR within a parameter, AND between them."""
    for one in filters:
        codes = reading.chosen[one.name]
        if codes:
            named = Q(**{f"{one.column}__in": [code for code in codes if code != UNKNOWN]})
            found = found.filter(named | Q(**{one.column: ""}) if UNKNOWN in codes else named)
    if reading.words:
        ids = record_ids_matching(reading.words)
        found = found.none() if ids is None else found.filter(pk__in=ids)
    return found


def _without(query: QueryDict, name: str, value: str) -> str:
    rest = query.copy()
    rest.setlist(name, [other for other in rest.getlist(name) if other != value])
    rest.pop("sida", None)
    return f"?{rest.urlencode()}"


def swedish(text: str) -> str:
    """A key that sorts å, ä and ö last, and capitals beside small letters."""
    return text.lower().replace("å", "{1").replace("ä", "{2").replace("ö", "{3")
