"""Loading the county twice changes nothing, and removing it leaves nothing of it behind."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from click.testing import CliRunner
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from samhandling.apps.accounts.models import User
from samhandling.apps.agreements.models import Agreement
from samhandling.apps.audit.models import Event
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import create_initiative, update_initiative
from samhandling.apps.records.models import Record, SearchEntry
from samhandling.cli.demo import demo
from samhandling.demo.county_loader import is_loaded, load_county
from samhandling.demo.people import DEMO_PASSWORD, SIGN_INS
from samhandling.demo.removal import BuiltUpon, remove_county
from samhandling.web.history_sentences import sentences
from tests.integration.demo.tables import rows_in_all_tables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_county_for_reading")]


def karin() -> User:
    return User.objects.get(email="karin@example.org")


def test_the_people_can_sign_in_and_are_marked_as_made_up() -> None:
    users = User.objects.filter(email__in=[one.email for one in SIGN_INS])
    assert len(users) == len(SIGN_INS) == 6
    assert all(user.check_password(DEMO_PASSWORD) for user in users)
    assert all(user.person.made_up for user in users)


def test_loading_again_adds_nothing_and_keeps_what_people_wrote() -> None:
    one = Initiative.objects.by_key("I-08")
    update_initiative(initiative=one, title="Lärcenter i Gottsunda", by=karin())
    before = rows_in_all_tables()
    assert not load_county().is_new
    assert rows_in_all_tables() == before
    assert Initiative.objects.by_key("I-08").title == "Lärcenter i Gottsunda"


def test_a_person_who_was_deleted_comes_back() -> None:
    User.objects.get(email="lena@example.org").delete()
    assert load_county().people == 1


def test_a_loaded_county_is_found_by_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        assert is_loaded()


def test_removal_is_refused_when_somebody_has_changed_a_record() -> None:
    one = Initiative.objects.by_key("I-08")
    update_initiative(initiative=one, title="Lärcenter i Gottsunda", by=karin())
    before = rows_in_all_tables()
    with pytest.raises(BuiltUpon) as refusal:
        remove_county()
    assert (refusal.value.records, refusal.value.changes) == ([], 1)
    assert rows_in_all_tables() == before


def test_removal_names_what_people_have_made_and_takes_it_when_asked_to() -> None:
    create_initiative(
        agreement=Agreement.objects.get(slug="rok"),
        title="Språkkafé i Tierp",
        sharing="SHARED",
        by=karin(),
    )
    refused = CliRunner().invoke(demo, ["remove"])
    assert refused.exit_code == 1
    assert "Demolänet står kvar" in refused.output
    assert "Språkkafé i Tierp" in refused.output
    assert Record.objects.filter(title="Språkkafé i Tierp").exists()
    done = CliRunner().invoke(demo, ["remove", "--all"])
    assert done.exit_code == 0
    assert "336 poster" in done.output
    assert "1 post som byggde på det" in done.output
    connection.check_constraints()
    assert not Record.objects.exists()
    assert not SearchEntry.objects.exists()
    # What was done stays in the log, whatever is removed, but its words are not shown any more.
    told = sentences(Event.objects.exclude(actor_key="system-demo"), None)
    assert [strip_tags(one.sentence) for one in told] == [
        "Karin Lind skapade något som inte finns kvar."
    ]


def test_all_goes_when_somebody_has_signed_in_and_worked(client: Client) -> None:
    client.post("/konto/logga-in/", {"username": karin().email, "password": DEMO_PASSWORD})
    assert Session.objects.count() == UserSession.objects.count() == 1
    Authenticator.objects.create(user=karin(), type=Authenticator.Type.TOTP, data={})
    made = {"title": "Språkkafé i Tierp", "sharing": "SHARED"}
    assert client.post("/rok/insatser/ny/", made).status_code == 302
    own = f"/insatser/{Record.objects.get(title='Språkkafé i Tierp').uid}/"
    told = {"status": "ONGOING", "told_for_year": "2020"}
    assert client.post(f"{own}status/", told).status_code == 302
    lesson = {"title": "Börja i tid"}
    assert client.post("/rok/uppfoljning/2020/ny-lardom/", lesson).status_code == 302
    assert CliRunner().invoke(demo, ["remove"]).exit_code == 1
    assert Session.objects.count() == 1

    done = CliRunner().invoke(demo, ["remove", "--all"])

    assert (done.exit_code, done.exception) == (0, None)
    assert "2 poster som byggde på det" in done.output
    connection.check_constraints()
    assert not Record.objects.exists()
    assert not User.objects.exists()
    assert not (Session.objects.exists() or UserSession.objects.exists())
    assert client.get("/rok/insatser/").status_code == 302  # to the sign-in


def test_the_command_tells_who_to_sign_in_as() -> None:
    done = CliRunner().invoke(demo, ["load"])
    assert done.exit_code == 0
    assert "Demolänet finns redan" in done.output
    assert "karin@example.org" in done.output
