"""Queries whose SQL is written once a process instead of once a page.

Turning a query of many joins into SQL takes Django several times as long as the database takes to
answer it. A page that reads its rows by key asks the same questions every time but for the keys, so
the text is kept. The price: the compiler is used directly here, and only here.
"""

import copy
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)

# Keys are filled up to the next of these by repeating the last, so that few texts are kept.
_SIZES = (25, 100, 500)
MAX_KEYS = _SIZES[-1]


class ByKeys:
    """A query of values by primary keys: `ByKeys(lambda keys: Model.objects.filter(pk__in=keys)…)`.

    The queryset must be one of `values_list` and depend on nothing but the keys.
    """

    def __init__(self, make: Callable[[Sequence[int]], QuerySet[Any, Any]]) -> None:
        self._make = make
        self._compiled = lru_cache(maxsize=len(_SIZES))(self._compile)

    def rows(self, keys: Sequence[int]) -> Iterator[Sequence[Any]]:
        """The rows of at most MAX_KEYS keys, as `values_list` would give them. Queries: 1."""
        if not keys:
            return
        size = next(size for size in _SIZES if size >= len(keys))
        sql, params, places, converters = self._compiled(size)
        filled = [*keys, *[keys[-1]] * (size - len(keys))]
        values = list(params)
        for place, key in zip(places, filled, strict=True):
            values[place] = key
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            found = cursor.fetchall()
        for row in found:
            columns = list(row)
            for column, (functions, expression) in converters:
                for function in functions:
                    columns[column] = function(columns[column], expression, connection)
            yield columns

    def _compile(self, size: int) -> tuple[str, tuple[Any, ...], list[int], list[Any]]:
        # Negative numbers are nobody's key, so their places among the parameters are the keys'.
        stand_ins = list(range(-size, 0))
        compiler = self._make(stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        place_of = {value: place for place, value in enumerate(params) if value in stand_ins}
        chosen = [column[0] for column in compiler.select[: compiler.col_count]]
        converters = list(compiler.get_converters(chosen).items())
        return sql, params, [place_of[value] for value in stand_ins], converters


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a text was written for, beside the number of its keys."""

    key: Hashable
    words: tuple[Any, ...] = field(compare=False)


@dataclass(frozen=True, slots=True)
class _Text:
    """A query that is written: its queryset and compiler, and which parameters are which keys."""

    queryset: Any
    compiler: Any
    converters: dict[int, Any]
    sql: str
    params: tuple[Any, ...]
    places: list[tuple[int, int]]


class _Written:
    """Stands in a queryset for its query: answers with the compiler that has its text already."""

    def __init__(self, text: _Text, params: Sequence[Any]) -> None:
        self._text = text
        self._params = params

    def get_compiler(self, using: str) -> Any:
        ready = copy.copy(self._text.compiler)
        ready.connection = connections[using]
        ready.as_sql = lambda: (self._text.sql, self._params)
        ready.get_converters = lambda _columns: self._text.converters
        return ready


class Prepared(Generic[M]):
    """A query of whole objects by keys: `Prepared(lambda keys: Model.objects.filter(pk__in=keys))`.

    The keys stand in `__in`; they are numbers, or words with `by_word`. The queryset must depend on
    nothing else but what is given as `shape`: never on the clock. It may select related objects;
    what is prefetched is asked in the ordinary way.
    """

    _SIZES = (0, 1, 4, 25, 100, 500)

    def __init__(
        self, make: Callable[..., QuerySet[M, Any]], *, by_word: bool = False, kept: int = 64
    ) -> None:
        self._make = make
        self._by_word = by_word
        self._written = lru_cache(maxsize=kept)(self._write)

    def of(self, *keys: Any, shape: Hashable = None, words: tuple[Any, ...] = ()) -> list[M]:
        """The objects of these keys, in the queryset's order. Queries: 1, none without keys.

        More than 500 keys are asked in pieces, and each piece is in order by itself.

        Args: shape: all that decides the text beside the keys, such as a reader's standing; words:
        what `make` takes after the keys, which may differ only where `shape` does.
        """
        found: list[M] = []
        for start in range(0, len(keys), MAX_KEYS):
            found += self._piece(keys[start : start + MAX_KEYS], _Shape(shape, words))
        return found

    def every(self) -> list[M]:
        """The objects of a queryset that takes no keys. Queries: 1."""
        return list(self._piece((), _Shape(None, ())))

    def _piece(self, keys: Sequence[Any], shape: _Shape) -> Iterable[M]:
        size = next(size for size in self._SIZES if size >= len(keys))
        text = self._written(size, shape)
        if text is None:
            return []
        params = list(text.params)
        for place, number in text.places:
            params[place] = keys[min(number, len(keys) - 1)]
        plain = text.queryset
        asked = type(plain)(model=plain.model, query=_Written(text, params), using=plain.db)
        asked._iterable_class = plain._iterable_class
        asked._prefetch_related_lookups = plain._prefetch_related_lookups
        return list(asked)

    def _write(self, size: int, shape: _Shape) -> _Text | None:
        # Nobody's keys, so their places among the parameters are the keys' own.
        stand_ins = [f"\0{n}" if self._by_word else -1 - n for n in range(size)]
        number_of = {value: number for number, value in enumerate(stand_ins)}
        queryset = self._make(stand_ins, *shape.words)
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        kind = str if self._by_word else int
        places = [
            (place, number_of[value])
            for place, value in enumerate(params)
            if isinstance(value, kind) and value in number_of
        ]
        chosen = [column[0] for column in compiler.select[: compiler.col_count]]
        converters = compiler.get_converters(chosen)
        return _Text(queryset, compiler, converters, sql, tuple(params), places)


def text_of(queryset: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    """SQL and parameters of a queryset, to be kept and run by `first_column`."""
    sql, params = queryset.query.sql_with_params()
    return sql, tuple(params)


def first_column(sql: str, params: Sequence[Any], *, start: int, stop: int) -> list[Any]:
    """Rows `start` to `stop` of a kept query, its first column alone. Queries: 1."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(f"{sql} LIMIT %s OFFSET %s", [*params, max(0, stop - start), start])
        return [row[0] for row in cursor.fetchall()]
