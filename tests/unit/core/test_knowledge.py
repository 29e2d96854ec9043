"""Counts are as honest as the lists behind them."""

import pytest

from samhandling.core.knowledge import (
    Completeness,
    combined,
    describe_count,
    describe_count_en,
)

COMPLETE, PARTIAL, UNKNOWN, NONE, NOT_APPLICABLE = (
    Completeness.COMPLETE,
    Completeness.PARTIAL,
    Completeness.UNKNOWN,
    Completeness.NONE,
    Completeness.NOT_APPLICABLE,
)


@pytest.mark.parametrize(
    ("n", "completeness", "swedish", "english"),
    [
        (3, COMPLETE, "3", "3"),
        (0, COMPLETE, "inga", "none"),
        (3, PARTIAL, "minst 3", "at least 3"),
        (0, PARTIAL, "okänt antal", "unknown number"),
        (3, UNKNOWN, "minst 3", "at least 3"),
        (0, UNKNOWN, "okänt antal", "unknown number"),
        (0, NONE, "inga", "none"),
        (0, NOT_APPLICABLE, "ej aktuellt", "not applicable"),
    ],
)
def test_a_count_says_how_much_it_knows(
    n: int, completeness: Completeness, swedish: str, english: str
) -> None:
    assert describe_count(n, completeness) == swedish
    assert describe_count_en(n, completeness) == english


@pytest.mark.parametrize(("n", "completeness"), [(1, NONE), (1, NOT_APPLICABLE), (-1, COMPLETE)])
def test_a_count_that_contradicts_its_list_is_refused(n: int, completeness: Completeness) -> None:
    with pytest.raises(ValueError):
        describe_count(n, completeness)


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([], NOT_APPLICABLE),
        ([NOT_APPLICABLE], NOT_APPLICABLE),
        ([COMPLETE, NONE, NOT_APPLICABLE], COMPLETE),
        ([NONE, NONE], NONE),
        ([UNKNOWN, UNKNOWN], UNKNOWN),
        ([UNKNOWN, COMPLETE], PARTIAL),
        ([PARTIAL], PARTIAL),
    ],
)
def test_lists_counted_together_are_as_complete_as_the_least(
    parts: list[Completeness], whole: Completeness
) -> None:
    assert combined(parts) is whole
