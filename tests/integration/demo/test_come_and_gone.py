"""Without the county, and with it come and gone: the database is as it was."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection

from samhandling.apps.audit.models import Event
from samhandling.apps.records.models import Record
from samhandling.apps.records.selectors import search_records
from samhandling.cli.coverage import coverage
from samhandling.cli.demo import demo
from samhandling.demo.county_loader import load_county
from samhandling.demo.people import SIGN_INS
from samhandling.demo.removal import NotLoaded, remove_county
from tests.audit_log import start_log_now
from tests.factories import make_county, make_initiative
from tests.integration.demo.tables import rows_in_all_tables

pytestmark = pytest.mark.django_db


def test_removal_leaves_the_database_as_it_was_and_it_can_be_loaded_again() -> None:
    other = make_county(slug="annan")
    make_initiative(other.agreement, title="Språkkafé")
    start_log_now()  # the factories write as the loader does
    before = rows_in_all_tables()
    load_county()
    events = Event.objects.count()
    removed = remove_county()
    connection.check_constraints()
    assert (removed.people, removed.foreign) == (len(SIGN_INS), 0)
    assert rows_in_all_tables() == before
    assert not search_records("samhällsorientering").exists()
    latest = Event.objects.first()
    assert latest is not None
    assert (latest.verb, latest.record_kind, latest.actor_key) == ("REMOVED", "DEMO", "system-demo")
    assert Event.objects.count() == events + 1
    loaded = load_county()
    assert loaded.is_new
    assert loaded.records == removed.records == 336
    assert Record.objects.exclude(merged_into=None).count() == 2


def test_there_must_be_something_to_remove() -> None:
    with pytest.raises(NotLoaded):
        remove_county()
    refused = CliRunner().invoke(demo, ["remove"])
    assert (refused.exit_code, refused.output) == (1, "Demolänet är inte inläst.\n")


def test_without_the_county_only_the_places_are_looked_at() -> None:
    done = CliRunner().invoke(coverage, ["--quiet"])
    assert done.exit_code == 0
    assert "inget jämfördes med databasen" in done.output


def test_a_file_that_is_no_facts_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text("- bara\n- en lista\n", "utf-8")
    done = CliRunner().invoke(coverage, [str(path)])
    assert done.exit_code == 1
    assert "Filen går inte att läsa" in done.output
