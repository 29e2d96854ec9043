"""What a copy brings back is done again; the guide asks the older database what that is."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from samhandling.apps.accounts.models import Person
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.initiatives.services import withdraw_initiative
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.people.services import leave
from samhandling.apps.privacy.disposal import covered_by, dispose, register_decision
from samhandling.apps.privacy.services import pseudonymise_person
from tests.factories import make_initiative, make_user

pytestmark = pytest.mark.django_db
GUIDE = Path(__file__).parents[3] / "docs" / "how-to" / "install-on-debian.md"


def answers() -> list[tuple[object, ...]]:
    found = re.findall(r'psql -d samhandling_before -c "(SELECT [^"]+)"', GUIDE.read_text("utf-8"))
    assert len(found) == 2
    rows: list[tuple[object, ...]] = []
    with connection.cursor() as cursor:
        for question in found:
            cursor.execute(question)
            rows += [tuple(row[1:]) for row in cursor.fetchall()]
    return rows


def test_the_guide_asks_for_whoever_was_forgotten_and_whatever_was_destroyed() -> None:
    today = day_of_security()
    admin, leader = make_user(role="ADMINISTRATOR"), make_user(role="PROCESS_LEADER")
    person = make_user(name="Kanarieå Fågelström").person
    leave(person=person, last_day=today - timedelta(days=1), reason="Slutat.", by=admin)
    assert answers() == []
    person = Person.objects.get(pk=person.pk)
    pseudonymise_person(person=person, reason="Bad om det.", by=admin)
    made = make_initiative(title="Kafé", sharing="SHARED")
    withdraw_initiative(initiative=made, reason="Fel", by=DEMO_LOADER)
    decision = register_decision(
        reference="RS 2020-17", decided_by="Arkivnämnden", decided_on=today, kinds=["INITIATIVE"],
        made_from=today, made_until=today, today=today, by=leader,
    )  # fmt: skip
    shown = [one.key for one in covered_by(decision, leader)]
    dispose(decision=decision, shown=shown, by=leader)
    assert answers() == [
        (f"/personer/{person.key}/",),
        ("RS 2020-17", "INITIATIVE", made.uid),
    ]
