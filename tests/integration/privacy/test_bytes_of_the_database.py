"""What is forgotten or destroyed leaves the files of the database too: also the search index,
what was freed in the file, the write-ahead log, and every later copy.

PostgreSQL's files are its own affair (VACUUM); its copies hold living rows, which others look at.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from samhandling.apps.accounts.models import Person
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import update_initiative, withdraw_initiative
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.people.services import leave
from samhandling.apps.privacy.disposal import covered_by, dispose, register_decision
from samhandling.apps.privacy.services import pseudonymise_person
from samhandling.apps.records.models import SearchEntry
from samhandling.apps.records.selectors import search_records
from samhandling.cli.copies.places import place_of
from tests.factories import make_initiative, make_user

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.one_database,
    pytest.mark.skipif(
        not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"), reason="SQLite's files"
    ),
]
NAME = "Kanarieå Fågelström"
# The index writes of a word only what differs from the one before, and not its ending.
TRACES = (b"narie", b"gelstr")


def written(folder: Path) -> bytes:
    """All bytes of the database, of its write-ahead log and of a copy made now."""
    own = Path(connection.settings_dict["NAME"])
    copy = folder / f"{len(list(folder.iterdir()))}.sqlite3"
    place_of(connection.settings_dict).take(copy)
    files = [*own.parent.glob(f"{own.name}*"), copy]
    return b"".join(path.read_bytes() for path in files).lower()


def initiative_with_the_name() -> Initiative:
    """The name in its title, in its texts and in those it had before."""
    made = make_initiative(title=f"Kafé med {NAME}", sharing="SHARED", content=f"Ring {NAME}.")
    for number in range(20):
        update_initiative(
            initiative=made, by=DEMO_LOADER, content=f"Ring {NAME} {number}.\n" + "Text. " * 200
        )
    return made


def test_a_forgotten_name_stands_in_no_file(tmp_path: Path) -> None:
    admin, user = make_user(role="ADMINISTRATOR"), make_user(name=NAME)
    made = initiative_with_the_name()
    assert all(trace in written(tmp_path) for trace in TRACES)
    person = Person.objects.get(pk=user.person_id)
    yesterday = day_of_security() - timedelta(days=1)
    leave(person=person, last_day=yesterday, reason="Har slutat.", by=admin)
    done = pseudonymise_person(
        person=Person.objects.get(pk=person.pk), reason="Bad om det.", by=admin
    )
    assert [trace for trace in TRACES if trace in written(tmp_path)] == []
    assert [record.pk for record in search_records("kafé ring")] == [made.pk]
    assert done.name.encode().lower() in written(tmp_path)


def test_a_destroyed_initiative_stands_in_no_file(tmp_path: Path) -> None:
    leader = make_user(role="PROCESS_LEADER")
    made = initiative_with_the_name()
    kept = make_initiative(title="Språkkafé", sharing="SHARED")
    assert all(trace in written(tmp_path) for trace in TRACES)
    withdraw_initiative(
        initiative=Initiative.objects.with_record().get(pk=made.pk), reason="Fel", by=DEMO_LOADER
    )
    today = day_of_security()
    decision = register_decision(
        reference="RS 2020-17", decided_by="Arkivnämnden", decided_on=today, kinds=["INITIATIVE"],
        made_from=today, made_until=today, today=today, by=leader,
    )  # fmt: skip
    shown = [one.key for one in covered_by(decision, leader)]
    assert dispose(decision=decision, shown=shown, by=leader) == 1
    assert SearchEntry.objects.get(record=made.record).stems == ""
    assert [trace for trace in TRACES if trace in written(tmp_path)] == []
    assert [record.pk for record in search_records("språkkafé")] == [kept.pk]
