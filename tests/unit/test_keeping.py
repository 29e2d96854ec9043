"""Which events of the log are news, told from its last ones alone."""

from samhandling.apps.audit.keeping import LOOKED_AT, Happened, since


def log(*numbers: int, at: str = "2020-11-30") -> tuple[Happened, ...]:
    """The last events of a log, latest first."""
    rows = [Happened(number, at, f"uid{number}", "INITIATIVE") for number in numbers]
    return tuple(sorted(rows, key=lambda row: -row.number)[:LOOKED_AT])


def test_nothing_new() -> None:
    assert since(log(1, 2), log(1, 2)) == []
    assert since((), ()) == []


def test_what_is_new_is_told_latest_first() -> None:
    assert since(log(1, 2), log(1, 2, 3, 4)) == list(log(3, 4))
    assert since((), log(1)) == list(log(1))


def test_an_event_that_is_committed_late_is_news_though_its_number_is_lower() -> None:
    assert since(log(1, 3), log(1, 2, 3)) == list(log(2))


def test_events_that_slide_out_of_sight_are_not_gone() -> None:
    before, now = log(*range(1, 61)), log(*range(1, 71))
    assert since(before, now) == list(log(*range(61, 71)))


def test_so_many_that_some_may_be_out_of_sight_cannot_be_told() -> None:
    assert since(log(*range(1, 61)), log(*range(1, 111))) is None
    assert since(log(1), log(*range(1, 200))) is None


def test_another_log_is_not_taken_for_this_one() -> None:
    assert since(log(1, 2, 3), log(1, 2)) is None  # restored to an earlier day
    assert since(log(1, 2), log(1, 2, at="2020-12-01")) is None
    assert since(log(1), ()) is None
