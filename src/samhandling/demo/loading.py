"""What the loaders share: the files of the county, what has been made so far, and who says so."""

from datetime import date
from typing import Any, TypeVar

from samhandling.apps.agreements.models import Agreement, FocusArea
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.organisations import services as organisations
from samhandling.apps.organisations.models import Actor, CollaborationBody, Sector
from samhandling.apps.records import services as records
from samhandling.apps.records.models import Recorded, Source
from samhandling.core.knowledge import Basis, Completeness
from samhandling.core.partial_date import PartialDate, Precision, Reading, parse_swedish
from samhandling.demo.facts import FactsProblem, Item, open_county

T = TypeVar("T", bound=Recorded)

BY = DEMO_LOADER
YEAR = 2020
SECTORS = {
    "stat": Sector.STATE,
    "region": Sector.REGION,
    "kommun": Sector.MUNICIPALITY,
    "universitet": Sector.UNIVERSITY,
    "civilsamhälle": Sector.CIVIL_SOCIETY,
    "näringsliv": Sector.BUSINESS,
    "annan": Sector.OTHER,
}
BASES = {
    "stated": Basis.STATED,
    "inferred": Basis.INFERRED,
    "unknown": Basis.UNKNOWN,
    "external": Basis.EXTERNAL,
}
LEVEL_IDS = {
    "erfarenhetsutbyte": "V-1",
    "kompetensutveckling": "V-2",
    "gemensamma_insatser": "V-3",
}


def when(value: Any, reading: Reading = Reading.PERIOD) -> PartialDate | None:
    """A date of the facts, however exact; None where the source gives none."""
    if value is None:
        return None
    if isinstance(value, date):
        return PartialDate(value, value, Precision.DAY)
    return parse_swedish(str(value), reading=reading)


class Loading:
    """One loading of the county. `things` holds what has been made, by its key in the facts."""

    def __init__(self) -> None:
        self.facts = open_county("facts.yaml")
        self.more = open_county("additions.yaml")
        self.told = open_county("told.yaml")
        self.things: dict[str, Recorded] = {}
        self.sources: dict[str, Source] = {}

    def keep(self, key: str, thing: T) -> T:
        """Remember a thing under its key."""
        self.things[key] = thing
        return thing

    def find(self, key: str) -> Any:
        """The thing with this key. Raises FactsProblem."""
        try:
            return self.things[key]
        except KeyError:
            raise FactsProblem(f"{key} finns inte bland det som har lästs in") from None

    def body(self, key: str) -> CollaborationBody:
        """The body with this key."""
        thing = self.find(key)
        if not isinstance(thing, CollaborationBody):
            raise FactsProblem(f"{key} är inget nätverk och ingen grupp")
        return thing

    def area(self, key: str) -> FocusArea:
        """The focus area or sub-area with this key."""
        thing = self.find(key)
        if not isinstance(thing, FocusArea):
            raise FactsProblem(f"{key} är inget insatsområde")
        return thing

    def agreement(self, key: str) -> Agreement:
        """The agreement with this key."""
        thing = self.find(key)
        if not isinstance(thing, Agreement):
            raise FactsProblem(f"{key} är ingen överenskommelse")
        return thing

    def actor(self, word: str) -> Actor:
        """The actor that a key or the source's own words name; a described set is made once."""
        if word in self.things:
            thing = self.things[word]
            if not isinstance(thing, Actor):
                raise FactsProblem(f"{word} är ingen aktör")
            return thing
        if word in self.more["categories"]:
            return self._category(self.more["categories"][word])
        described = self.more["actor_sets"]
        if word in described:
            return self._actor_set(described[word])
        raise FactsProblem(f"”{word}” är ingen känd aktör")

    def function_of(self, word: str) -> str:
        """The function that the source's words give the holder of a seat."""
        described = self.more["actor_sets"]
        return str(described[word].get("function", "")) if word in described else ""

    def _category(self, item: Item) -> Actor:
        key = item["key"]
        if key not in self.things:
            made = organisations.create_category(
                name=item["name"], title_en=item["english"], source_key=key, by=BY
            )
            self.keep(key, made)
        thing = self.things[key]
        assert isinstance(thing, Actor)
        return thing

    def _actor_set(self, item: Item) -> Actor:
        if "actor" in item:
            return self.actor(item["actor"])
        key = item["key"]
        if key not in self.things:
            members = [self.actor(word) for word in item.get("members", [])]
            made = organisations.create_actor_set(
                name=item["name"],
                title_en=item["english"],
                source_key=key,
                quantifier=item.get("quantifier", ""),
                stated_count=item.get("count"),
                stated_total=item.get("total"),
                sector=item.get("sector", ""),
                members=members,
                members_state=Completeness.COMPLETE if members else Completeness.UNKNOWN,
                by=BY,
            )
            self.keep(key, made)
        thing = self.things[key]
        assert isinstance(thing, Actor)
        return thing

    def cite(self, item: Item, *things: Recorded, passage: str = "") -> None:
        """State the item's source, or sources, on the things made of it."""
        named = item["source"]
        for key in named if isinstance(named, list) else [named]:
            for thing in things:
                records.cite(thing.record, self.sources[key], passage)
                if self.sources[key].is_external:
                    records.state_basis(thing.record, "title", Basis.EXTERNAL)

    def state(self, thing: Recorded, key: str, field: str, basis: Basis) -> None:
        """State how a field is known; an inference gives its ground from the additions."""
        records.state_basis(thing.record, field, basis, self.ground(key, field))

    def ground(self, key: str, field: str) -> str:
        """Why a field is inferred or unknown, in one sentence; empty where nothing is written."""
        return str(self.more["grounds"].get(f"{key}.{field}", ""))

    def english(self, key: str) -> str:
        """The English name of an item, where it has one."""
        return str(self.more["english"].get(key, ""))

    def finish(self) -> None:
        """Raises FactsProblem when a key of any file has not been read."""
        left = [line for one in (self.facts, self.more, self.told) for line in one.unread()]
        if left:
            raise FactsProblem("ingen läser " + ", ".join(left))
