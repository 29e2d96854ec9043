"""The database itself refuses to change or take away what stands in the log (assurance.md, row 19).

Run on SQLite and PostgreSQL, through the ORM and as plain SQL.
"""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from samhandling.apps.audit.models import Event, KnownPerson, Reason, Revision, Verb
from samhandling.apps.audit.services import DEMO_LOADER, ReasonMissing, write_event

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


def test_words_can_be_replaced_and_nothing_else_with_them(event: Event) -> None:
    assert KnownPerson.objects.filter(key=DEMO_LOADER.person_key).update(name="Person 1") == 1
    assert Revision.objects.update(before="[borttaget]", after="[borttaget]") == 1
    assert Reason.objects.update(text="[borttaget] bad om det") == 1
    again = Event.objects.get()
    assert again.reason == "[borttaget] bad om det"
    assert list(again.revisions.values_list("field", "before")) == [("title", "[borttaget]")]


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
