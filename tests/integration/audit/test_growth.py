"""What reading the log asks of the database grows with the log, and not with its square.

Counted in steps of SQLite's own machine, so that neither the clock nor the load decides.
"""

from typing import Any

import pytest
from django.db import connection

from samhandling.apps.audit.models import Event
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import submit_initiative
from samhandling.web.history_visibility import visible_events
from tests.factories import make_agreement, make_body, make_initiative, make_organisation, make_user
from tests.factories.many import make_copies

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_database,
]


def steps_of_counting(by: Any) -> int:
    """Steps, in fifties, that counting what `by` may see of the log takes."""
    told: list[int] = []
    connection.ensure_connection()
    connection.connection.set_progress_handler(lambda: told.append(1), 50)
    try:
        visible_events(Event.objects.all(), by).count()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return len(told)


def more_of(initiative: Initiative, number: int) -> None:
    """So many more like it, each with an event that tells of it."""
    Event.objects.bulk_create(
        Event(
            actor_key="person",
            verb="CREATED",
            record_uid=copied.record.uid,
            record_kind="INITIATIVE",
            scope_uid=initiative.agreement.record.uid,
        )
        for copied in make_copies(initiative, number)
    )


@pytest.mark.parametrize("role", ["PROCESS_LEADER", "READER", "ADMINISTRATOR", "convener"])
def test_reading_the_log_grows_with_the_log_and_not_with_its_square(role: str) -> None:
    agreement, body, owner = make_agreement(wants_approval=True), make_body(), make_organisation()
    by = make_user(body=body) if role == "convener" else make_user(role=role)
    kinds = [
        make_initiative(agreement, sharing=sharing, owner=owner, network=body)
        for sharing in ("SHARED", "DRAFT", "DRAFT")
    ]
    submit_initiative(initiative=kinds[-1], by=DEMO_LOADER)
    for initiative in kinds:
        more_of(initiative, 40)
    few = steps_of_counting(by)
    for initiative in kinds:
        more_of(initiative, 280)
    many = steps_of_counting(by)
    assert Event.objects.filter(verb="CREATED", actor_key="person").count() == 3 * 320
    assert many < 16 * few  # eight times as many; their square is sixty-four times
