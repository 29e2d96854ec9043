"""A day that is typed is one that the calendar, the database and a sum of days can hold."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from samhandling.web.date_field import DayField


@pytest.mark.parametrize("typed", ["1900-01-01", "2026-11-22", "2199-12-31"])
def test_a_day_that_can_be_meant_is_taken(typed: str) -> None:
    assert DayField().clean(typed) == date.fromisoformat(typed)


@pytest.mark.parametrize("typed", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_far_away_is_refused_in_words(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        DayField().clean(typed)
    assert refused.value.messages == ["Välj en dag mellan år 1900 och 2199."]


def test_no_day_may_be_unknown() -> None:
    assert DayField(required=False).clean("") is None
