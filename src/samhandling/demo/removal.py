"""Taking the demo county out again: exactly what was loaded, and nothing that people made.

What was loaded is known from the log: every record of the county has its first event by the
loader. The log itself stays, the loader's part of it too: the database lets nobody take rows out of
it (ADR 0010).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, router, transaction
from django.db.models import QuerySet

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.accounts.services import end_every_session
from samhandling.apps.agreements.models import SteeringDocument
from samhandling.apps.audit.models import Event, Verb
from samhandling.apps.audit.services import DEMO_LOADER, write_event
from samhandling.apps.organisations.models import Affiliation, Membership
from samhandling.apps.records.models import Record, Recorded, Source
from samhandling.apps.situation.models import Cause, Place
from samhandling.demo.county_loader import is_loaded
from samhandling.demo.facts import open_county
from samhandling.demo.people import SIGN_INS

Rows = dict[type[models.Model], set[Any]]
CHUNK = 500
DEMO = "DEMO"  # what the log calls the county as a whole


class NotLoaded(LookupError):
    """There is no demo county to remove."""


@dataclass(frozen=True)
class Removed:
    """How much was taken out; `foreign` is what people had made, removed only when asked for."""

    records: int
    people: int
    foreign: int


class BuiltUpon(RuntimeError):
    """People have worked on the county: their own records, and changes to the county's."""

    def __init__(self, records: list[str], changes: int, people: list[str]) -> None:
        self.records, self.changes, self.people = records, changes, people
        super().__init__(f"{len(records)} records, {changes} changes, {len(people)} people")


@transaction.atomic
def remove_county(*, everything: bool = False) -> Removed:
    """Remove the county and its people.

    Args: everything: remove also what people have made that cannot stand without the county.
    Raises NotLoaded, and BuiltUpon (nothing is then removed). Queries: about 340, and 1 for every
    500 rows removed.
    """
    if not is_loaded():
        raise NotLoaded
    loaded = Event.objects.filter(actor_key=DEMO_LOADER.person_key, verb=Verb.CREATED)
    county = Record.objects.filter(uid__in=loaded.exclude(record_uid="").values("record_uid"))
    people = Person.objects.filter(user__email__in=[one.email for one in SIGN_INS], made_up=True)
    rows = _all_that_rests_on(_roots(county, people))
    own = set(county.values_list("pk", flat=True))
    foreign = rows[Record] - own
    if not everything:
        _refuse_if_built_upon(county, foreign, set(people.values_list("pk", flat=True)), rows)
    removed = Removed(len(own), people.count(), len(foreign))
    for user in User.objects.filter(pk__in=rows[User]):
        end_every_session(user)
    for model, keys in rows.items():
        for chunk in _chunks(keys):
            _delete(model._base_manager.filter(pk__in=chunk))
    write_event(by=DEMO_LOADER, verb=Verb.REMOVED, record_uid="", record_kind=DEMO)
    return removed


def _roots(county: QuerySet[Record], people: QuerySet[Person]) -> Rows:
    more = open_county("additions.yaml")
    documents = {name for _short, name in more["strategies"].items()}
    for agreement in open_county("facts.yaml")["agreements"]:
        documents |= {one["strategy"] for one in agreement["relation_to_other_strategies"]}
    found: Rows = defaultdict(set)
    roots: list[QuerySet[models.Model]] = [
        county,
        people,
        Cause.objects.filter(key__in=[key for key, _name in more["causes"].items()]),
        Place.objects.filter(name__in=[name for name, _it in more["places"].items()]),
        Source.objects.filter(key__in=[key for key, _it in more["sources"].items()]),
        SteeringDocument.objects.filter(name__in=documents),
    ]
    for rows in roots:
        found[rows.model] |= set(rows.values_list("pk", flat=True))
    return found


def _all_that_rests_on(rows: Rows) -> Rows:
    """The rows, and every row that points at one of them, and so on."""
    new = {model: set(keys) for model, keys in rows.items()}
    while new:
        found: Rows = defaultdict(set)
        for model, column, target in _pointers():
            for chunk in _chunks(new.get(target, set())):
                pointing = model._base_manager.filter(**{f"{column}__in": chunk})
                keys = set(pointing.values_list("pk", flat=True))
                found[model] |= keys - rows[model]
                if issubclass(model, Recorded):  # a thing and its record are one
                    found[Record] |= keys - rows[Record]
        new = {model: keys for model, keys in found.items() if keys}
        for model, keys in new.items():
            rows[model] |= keys
    return rows


def _pointers() -> Iterator[tuple[type[models.Model], str, type[models.Model]]]:
    """Every foreign key of every table: (model, column, what it points at).

    Those of other packages too: what a person signs in with and was noted when she did goes with
    her. The log points at nothing but itself.
    """
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.local_fields:
            if isinstance(column, models.ForeignKey):
                yield model, column.name, column.related_model


def _refuse_if_built_upon(
    county: QuerySet[Record], foreign: set[Any], own_people: set[int], rows: Rows
) -> None:
    titles = list(
        Record.objects.filter(pk__in=foreign).order_by("pk").values_list("title", flat=True)
    )
    changes = (
        Event.objects.exclude(actor_key=DEMO_LOADER.person_key)
        .filter(record_uid__in=county.values("uid"))
        .count()
    )
    names: set[str] = set()
    for model in (Affiliation, Membership):
        tied = model._default_manager.filter(pk__in=rows[model], person__isnull=False)
        names |= set(tied.exclude(person__in=own_people).values_list("person__name", flat=True))
    if titles or changes or names:
        raise BuiltUpon(titles, changes, sorted(names))


def _delete(rows: QuerySet[models.Model]) -> None:
    """Delete rows of one table alone: all that points at them is deleted in the same transaction.

    The foreign keys are checked when the transaction ends, on SQLite as on PostgreSQL.
    """
    rows._raw_delete(router.db_for_write(rows.model))


def _chunks(keys: Iterable[Any]) -> Iterator[list[Any]]:
    ordered = list(keys)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]
