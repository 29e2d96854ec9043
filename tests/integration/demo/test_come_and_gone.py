"""Without the county, and with it come and gone: the database is as it was."""

from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from click.testing import CliRunner
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.models import Event
from samhandling.apps.organisations.models import Organisation
from samhandling.apps.people.models import Invitation
from samhandling.apps.records.models import Record
from samhandling.apps.records.selectors import search_records
from samhandling.cli.coverage import coverage
from samhandling.cli.demo import demo
from samhandling.demo.county_loader import load_county
from samhandling.demo.people import DEMO_PASSWORD, SIGN_INS
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


def test_who_has_signed_in_goes_with_all_that_was_noted_of_it(client: Client) -> None:
    before = rows_in_all_tables()
    load_county()
    karin = User.objects.get(email="karin@example.org")
    client.post("/konto/logga-in/", {"username": karin.email, "password": DEMO_PASSWORD})
    assert UserSession.objects.filter(user=karin).count() == Session.objects.count() == 1
    account = SocialAccount.objects.create(user=karin, provider="region", uid="1")
    SocialToken.objects.create(account=account, token="x")
    Authenticator.objects.create(user=karin, type=Authenticator.Type.TOTP, data={})
    Invitation.objects.create(
        name="Asta Ek",
        email="asta.ek@example.org",
        organisation=Organisation.objects.all()[0],
        invited_by=karin.person,
        invited_at=timezone.now(),
        expires_at=timezone.now(),
    )
    remove_county()
    connection.check_constraints()
    assert rows_in_all_tables() == before
    assert not Session.objects.exists()


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
