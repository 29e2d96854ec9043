"""Queries whose SQL is written once a process instead of once a page.

Turning a query of many joins into SQL takes Django several times as long as the database takes to
answer it. A list that reads its rows by primary key asks the same question every time but for the
keys, so the text and the converters are kept. The price: the compiler is used directly here, and
only here.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

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


def text_of(queryset: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    """SQL and parameters of a queryset, to be kept and run by `first_column`."""
    sql, params = queryset.query.sql_with_params()
    return sql, tuple(params)


def first_column(sql: str, params: Sequence[Any], *, start: int, stop: int) -> list[Any]:
    """Rows `start` to `stop` of a kept query, its first column alone. Queries: 1."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(f"{sql} LIMIT %s OFFSET %s", [*params, max(0, stop - start), start])
        return [row[0] for row in cursor.fetchall()]
