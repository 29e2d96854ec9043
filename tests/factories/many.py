"""Many rows at once, for what must not depend on how many there are.

The factories go through the services, which takes a hundredth of a second a row: three hundred
rows would take longer than all else that a test of this kind does.
"""

from collections import defaultdict
from copy import copy
from typing import Any, TypeVar

from django.db import models

from samhandling.apps.records.models import Record, Recorded

T = TypeVar("T", bound=Recorded)


def make_copies(thing: T, number: int) -> list[T]:
    """So many more rows like `thing`, each with copies of the rows that would go with it.

    Neither the log nor the index of words knows of them. Not for things of two tables, as actors.
    """
    records = Record.objects.bulk_create(
        Record(kind=thing.record.kind, title=f"{thing.record.title} {n}") for n in range(number)
    )
    made = type(thing)._base_manager.bulk_create(
        _copied(thing, record=record) for record in records
    )
    # Of each row that is copied, its copies: a row below may point at it.
    copies: dict[tuple[type[models.Model], Any], list[Any]] = defaultdict(list)
    copies[type(thing), thing.pk] = made
    for relation in type(thing)._meta.related_objects:
        if relation.one_to_many and relation.on_delete is models.CASCADE:
            below = relation.related_model._base_manager
            for row in below.filter(**{relation.field.name: thing}).order_by("pk"):
                copies[type(row), row.pk] = below.bulk_create(
                    _copied(row, pk=None, **_of_copy(row, copies, n)) for n in range(number)
                )
    return made


def _copied(row: Any, **changes: Any) -> Any:
    other = copy(row)
    other._state = models.base.ModelState()
    for name, value in changes.items():
        setattr(other, name, value)
    return other


def _of_copy(row: models.Model, copies: dict[Any, list[Any]], n: int) -> dict[str, Any]:
    """Whom the `n`th copy of `row` belongs to, where `row` belongs to what is copied too."""
    keys = [field for field in row._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    wanted = ((key, (key.related_model, getattr(row, key.attname))) for key in keys)
    return {key.name: copies[at][n] for key, at in wanted if at in copies}
