"""The database itself refuses to change or take away what stands in the log (assurance.md, row 19).

Run on SQLite and PostgreSQL, through the ORM and as plain SQL.
"""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from samhandling.apps.audit.models import (
    Event,
    KnownPerson,
    Reason,
    Revision,
    Verb,
    WordsClosed,
    WordsOpened,
)
from samhandling.apps.audit.services import DEMO_LOADER, ReasonMissing, words_open, write_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return write_event(
        by=DEMO_LOADER,
        verb=Verb.CHANGED,
        record_uid="x",
        record_kind="NEED",
        changes={"title": ("förut", "nu")},
        reason="Anna bad om det",
    )


def rows() -> list[object]:
    models = (Event, Revision, Reason, KnownPerson)
    return [list(model._base_manager.order_by("pk").values_list()) for model in models]


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


ORM: dict[str, Callable[[], object]] = {
    "update events": lambda: Event.objects.update(actor_key="x"),
    "save an event": lambda: Event(pk=Event.objects.get().pk, verb="SHARED").save(),
    "delete an event": lambda: Event.objects.get().delete(),
    "delete events": lambda: Event.objects.all().delete(),
    "delete revisions": lambda: Revision.objects.all().delete(),
    "rename a revision's field": lambda: Revision.objects.update(field="x"),
    "delete a reason": lambda: Reason.objects.all().delete(),
    "forget a person": lambda: KnownPerson.objects.all().delete(),
    "another key for a person": lambda: KnownPerson.objects.update(key="x"),
}
SQL = [
    "UPDATE audit_event SET at = '2001-01-01 00:00:00+00:00'",
    "UPDATE audit_event SET field_names = '[]'",
    "UPDATE audit_event SET record_uid = 'y', scope_uid = 'z'",
    "DELETE FROM audit_event",
    "DELETE FROM audit_revision",
    "DELETE FROM audit_reason",
    "UPDATE audit_revision SET field = 'x', after = 'y'",
    "UPDATE audit_knownperson SET key = 'x'",
]


@pytest.mark.parametrize("attempt", ORM.values(), ids=ORM)
def test_the_orm_cannot_change_the_log(event: Event, attempt: Callable[[], object]) -> None:
    before = rows()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        attempt()
    assert rows() == before


@pytest.mark.parametrize("statement", SQL)
def test_sql_cannot_change_the_log(event: Event, statement: str) -> None:
    before = rows()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        run(statement)
    assert rows() == before


def test_a_row_cannot_be_put_in_the_place_of_another(event: Event) -> None:
    before = rows()
    columns = "id, at, actor_key, verb, record_uid, record_kind, scope_uid, field_names"
    values = f"{event.pk}, '2001-01-01 00:00:00+00:00', 'x', 'CREATED', 'y', 'NEED', '', '[]'"
    revision = f"(id, event_id, field, before, after) VALUES (99, {event.pk}, 'title', 'x', 'y')"
    statements = (
        [
            f"INSERT OR REPLACE INTO audit_event ({columns}) VALUES ({values})",
            f"INSERT OR REPLACE INTO audit_revision {revision}",
            f"REPLACE INTO audit_reason (event_id, text) VALUES ({event.pk}, 'x')",
        ]
        if connection.vendor == "sqlite"
        else [
            f"INSERT INTO audit_event ({columns}) VALUES ({values})"
            " ON CONFLICT (id) DO UPDATE SET verb = excluded.verb",
            f"INSERT INTO audit_revision {revision}"
            " ON CONFLICT (event_id, field) DO UPDATE SET id = excluded.id",
            "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE audit_event CASCADE",
            "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE audit_reason",
        ]
    )
    for statement in statements:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            run(statement)
    assert rows() == before


WORDS: dict[str, Callable[[], object]] = {
    "name": lambda: KnownPerson.objects.update(name="Person 1"),
    "before": lambda: Revision.objects.update(before="Person 1"),
    "after": lambda: Revision.objects.update(after="Person 1"),
    "reason": lambda: Reason.objects.update(text="Person 1 bad om det"),
    "reason in SQL": lambda: run("UPDATE audit_reason SET text = 'Person 1 bad om det'"),
}


def forgotten() -> Event:
    return write_event(
        by=DEMO_LOADER,
        verb=Verb.PSEUDONYMISED,
        record_uid="",
        record_kind="USER",
        changes={"person": ("", "x")},
        reason="Bad om det",
    )


def renamed() -> Event:
    return write_event(
        by=DEMO_LOADER,
        verb=Verb.CHANGED,
        record_uid="",
        record_kind="USER",
        changes={"person": ("x", "x"), "name": ("", "")},
    )


@pytest.mark.parametrize("attempt", WORDS.values(), ids=WORDS)
def test_words_can_be_replaced_while_somebody_is_forgotten_and_at_no_other_time(
    event: Event, attempt: Callable[[], object]
) -> None:
    done = forgotten()
    before = rows()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        attempt()
    with transaction.atomic(), words_open(done):
        attempt()
    after = rows()
    assert after != before and "Person 1" in str(after)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Revision.objects.update(before="Något annat")
    assert rows() == after


def test_beside_a_new_name_only_names_can_be_replaced(event: Event) -> None:
    done = renamed()
    with transaction.atomic(), words_open(done):
        KnownPerson.objects.update(name="Nytt namn")
        for attempt in (WORDS["before"], WORDS["reason"]):
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                attempt()
    assert KnownPerson.objects.get().name == "Nytt namn"


def test_other_events_open_nothing_and_none_opens_twice(event: Event) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        WordsOpened.objects.create(event=event, closing_id=event.pk)
    done = forgotten()
    with words_open(done):
        pass
    before = list(WordsOpened.objects.values_list())
    attempts: list[Callable[[], object]] = [
        lambda: WordsClosed.objects.all()._raw_delete(connection.alias),
        lambda: WordsOpened.objects.all()._raw_delete(connection.alias),
        lambda: WordsOpened.objects.update(event=event),
        lambda: WordsClosed.objects.update(event=event),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()
    with pytest.raises(IntegrityError), transaction.atomic():
        WordsOpened.objects.create(event=done, closing_id=done.pk)
    assert list(WordsOpened.objects.values_list()) == before


@pytest.mark.django_db(transaction=True)
def test_words_that_are_opened_are_closed_before_the_transaction_ends() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        done = forgotten()
        WordsOpened.objects.create(event=done, closing_id=done.pk)
        KnownPerson.objects.update(name="Något annat")
    assert not Event.objects.exists()


@pytest.mark.parametrize("verb", [Verb.WITHDRAWN, Verb.RETURNED])
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_what_is_taken_or_sent_back_needs_a_reason(verb: Verb, reason: str) -> None:
    with pytest.raises(ReasonMissing, match="Skriv varför"):
        write_event(by=DEMO_LOADER, verb=verb, record_uid="x", record_kind="NEED", reason=reason)
    assert not Event.objects.exists()
    write_event(by=DEMO_LOADER, verb=verb, record_uid="x", record_kind="NEED", reason="Fel rad")
    assert Event.objects.get().reason == "Fel rad"


@pytest.mark.django_db(transaction=True)
def test_a_test_with_real_transactions_may_write_in_the_log() -> None:
    write_event(by=DEMO_LOADER, verb=Verb.CREATED, record_uid="x", record_kind="NEED")
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_and_the_next_one_finds_it_empty_and_guarded() -> None:
    assert not Event.objects.exists()
    write_event(by=DEMO_LOADER, verb=Verb.CREATED, record_uid="x", record_kind="NEED")
    with pytest.raises(IntegrityError, match="append-only"):
        Event.objects.all().delete()
