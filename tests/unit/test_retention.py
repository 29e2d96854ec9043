"""Everything held about people ends by a rule or is kept for a reason, and never both."""

from datetime import date

import pytest

from samhandling.apps.privacy.holdings import HOLDINGS
from samhandling.apps.privacy.retention_words import (
    COUNTED_FROM,
    KEPT_BECAUSE,
    THEN,
    TITLES,
    WHY,
    period_words,
)
from samhandling.core.retention import KEPT, RULES, CountedFrom, Kept, Then, rules_for


def test_every_holding_is_under_a_rule_or_kept_for_a_reason() -> None:
    """A new table with people fails here until somebody has decided how long it is held."""
    ended = {table for rule in RULES.values() for table in rule.tables}
    assert set(HOLDINGS) - ended == set(KEPT)
    assert not ended & set(KEPT)
    # Sessions of the browser name nobody in a column, but hold who is signed in.
    assert ended - set(HOLDINGS) == {"sessions.Session"}


def test_every_rule_and_reason_has_its_words() -> None:
    assert set(TITLES) == set(WHY) == set(RULES)
    assert set(COUNTED_FROM) == set(CountedFrom)
    assert set(THEN) == set(Then)
    assert set(KEPT_BECAUSE) == set(Kept)


def test_a_rule_counts_whole_days() -> None:
    assert RULES["sessions"].last_day_due(date(2020, 11, 30)) == date(2020, 11, 23)
    assert [rule.key for rule in rules_for("people.Invitation")] == [
        "unanswered-invitations",
        "answered-invitations",
    ]
    assert rules_for("discussion.Comment") == ()


@pytest.mark.parametrize(
    ("days", "words"), [(1, "1 dag"), (30, "30 dagar"), (365, "1 år"), (730, "2 år")]
)
def test_periods_are_told_as_people_say_them(days: int, words: str) -> None:
    assert period_words(days) == words
