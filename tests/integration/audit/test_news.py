"""What has happened since, read from the log itself."""

import pytest

from samhandling.apps.audit.keeping import LOOKED_AT, MOST_FOLLOWED, Happened, news_since
from samhandling.apps.audit.models import Event
from tests.audit_log import start_log_now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_log(db: None) -> None:
    start_log_now()


def happen(*uids: str) -> None:
    for uid in uids:
        Event.objects.create(
            actor_key="a", verb="CHANGED", record_uid=uid, record_kind="INITIATIVE"
        )


def told(news: list[Happened] | None) -> list[str] | None:
    return None if news is None else [one.record_uid for one in news]


def test_it_follows_more_events_than_name_the_state() -> None:
    happen(*(f"old{n}" for n in range(LOOKED_AT + 5)))
    before, unknown = news_since(None)
    assert unknown is None
    happen(*(f"new{n}" for n in range(LOOKED_AT + 5)))

    now, news = news_since(before)

    assert told(news) == [f"new{n}" for n in reversed(range(LOOKED_AT + 5))]
    assert [one.record_uid for one in now] == told(news)[:LOOKED_AT]  # type: ignore[index]
    assert news_since(now) == (now, [])


def test_a_young_log_is_followed_from_its_first_event() -> None:
    before, _unknown = news_since(None)
    assert before == ()
    happen("first", "second")
    assert told(news_since(before)[1]) == ["second", "first"]


def test_too_much_to_follow_cannot_be_told() -> None:
    before, _unknown = news_since(None)
    happen(*(f"new{n}" for n in range(MOST_FOLLOWED)))
    now, news = news_since(before)
    assert news is None
    assert len(now) == LOOKED_AT


def test_another_log_cannot_be_told_and_is_known_from_then_on() -> None:
    happen(*(f"uid{n}" for n in range(LOOKED_AT)))
    now, _unknown = news_since(None)
    elsewhere = tuple(
        Happened(one.number + 5, "another time", one.record_uid, "INITIATIVE") for one in now
    )
    assert news_since(elsewhere) == (now, None)
