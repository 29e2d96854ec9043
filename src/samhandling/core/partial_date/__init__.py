"""Dates that are only partly known.

The county's sources say "hösten 2020", "från oktober 2018" or "efter vårterminen 2020". Such a date
keeps four things: the earliest and the latest day it may mean (either may be open), how precise it
is, and the words of the source when those say more than the days do. Nothing is rounded to a day
nobody named.
"""

from samhandling.core.partial_date.reading import (
    MAX_YEAR,
    MIN_YEAR,
    Reading,
    UnreadableDate,
    parse_swedish,
)
from samhandling.core.partial_date.telling import MONTHS_EN, MONTHS_SV, describe, describe_en
from samhandling.core.partial_date.value import (
    NO_LIMIT,
    PartialDate,
    Precision,
    Truth,
    in_force,
    in_year,
    on_day,
)

__all__ = [
    "MAX_YEAR",
    "MIN_YEAR",
    "MONTHS_EN",
    "MONTHS_SV",
    "NO_LIMIT",
    "PartialDate",
    "Precision",
    "Reading",
    "Truth",
    "UnreadableDate",
    "describe",
    "describe_en",
    "in_force",
    "in_year",
    "on_day",
    "parse_swedish",
]
