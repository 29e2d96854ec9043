"""What has been held as long as the rules let it is ended, on its day and not before."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from click.testing import CliRunner
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.audit.models import Event, Reason, Revision, Verb
from samhandling.apps.audit.services import COMMAND_LINE
from samhandling.apps.notices.models import DigestChoice, Follow, Notice
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.outbox.models import Message, RoutineRun
from samhandling.apps.outbox.services import put_message
from samhandling.apps.people.models import Contact, Departure, Invitation
from samhandling.apps.people.services import (
    close_sign_in,
    leave,
    open_sign_in,
    resend_invitation,
    withdraw_invitation,
)
from samhandling.apps.people.services.accepting import accept_invitation
from samhandling.apps.people.services.errors import InvitationOver
from samhandling.apps.privacy import retention as job
from samhandling.apps.privacy.gone import gone_since
from samhandling.apps.privacy.retention import carry_out, due_on
from samhandling.cli.retention import retention
from samhandling.core.retention import RULES
from samhandling.jobs.routines import ROUTINES, run_due_routines
from tests.factories import make_initiative, make_person
from tests.integration.people.conftest import Place, place

__all__ = ["place"]
pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)  # what the time is counted from
NAME, ADDRESS = "Kanarieå Fågelström", "kanarie.fagelstrom@example.org"


def at(day: date, hour: int = 12) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def ended_on(day: date) -> dict[str, int]:
    return {one.rule.key: one.count for one in carry_out(today=day, by=COMMAND_LINE)}


def everything() -> dict[str, list[Any]]:
    """Every row of every table."""
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models()
    }


def invitation_until(place: Place, day: date) -> Invitation:
    made = place.invites(name=NAME, email=ADDRESS)
    Invitation.objects.filter(pk=made.pk).update(expires_at=at(day, 23))
    return made


def unanswered(place: Place) -> None:
    invitation_until(place, DAY)


def accepted(place: Place) -> None:
    with time_machine.travel(at(DAY)):
        accept_invitation(invitation=place.invites(name=NAME, email=ADDRESS), by=None)


def taken_back(place: Place) -> None:
    with time_machine.travel(at(DAY)):
        withdraw_invitation(invitation=place.invites(name=NAME, email=ADDRESS), by=place.leader)


def session(place: Place) -> None:
    UserSession.objects.create(
        user=place.reader, ip="127.0.0.1", session_key="a" * 32, last_seen_at=at(DAY, 23)
    )


def expired_session(place: Place) -> None:
    Session.objects.create(session_key="b" * 32, session_data="", expire_date=at(DAY, 23))


def mail(place: Place) -> None:
    put_message(kind="account_changed", to=ADDRESS, ids={"what": "x"})
    Message.objects.update(state="GIVEN_UP", created_at=at(DAY, 23))


def read_notice(place: Place) -> None:
    notice(place, read_at=at(DAY, 23))


def old_notice(place: Place) -> None:
    notice(place, made_at=at(DAY, 23))


def notice(place: Place, **when: datetime) -> None:
    values = {"person": place.reader.person, "kind": "COMMENTED", "event_id": 1, **when}
    Notice.objects.create(record=make_initiative().record, **values)


def second_step(place: Place) -> None:
    Authenticator.objects.create(user=place.reader, type="totp", data={"secret": "x"})
    gone(place.reader)


def provider(place: Place) -> None:
    SocialAccount.objects.create(user=place.reader, provider="region", uid="1")
    gone(place.reader)


def followed(place: Place) -> None:
    Follow.objects.create(person=place.reader.person, record=make_initiative().record)
    gone(place.reader)


def digest(place: Place) -> None:
    DigestChoice.objects.create(person=place.reader.person, rhythm="OFF")
    gone(place.reader)


def departure(place: Place) -> None:
    Departure.objects.create(person=place.reader.person)
    gone(place.reader)


def left(place: Place) -> None:
    gone(place.reader)


def gone(user: User) -> None:
    """As `leave` and the routine leave somebody whose last day was DAY."""
    user.person.roles.update(valid_until=DAY, valid_from=None)
    Person.objects.filter(pk=user.person_id).update(left_on=DAY)
    User.objects.filter(pk=user.pk).update(is_active=False)


Case = tuple[Callable[[Place], None], str, int]
CASES: dict[str, Case] = {
    "unanswered invitation": (unanswered, "unanswered-invitations", 30),
    "accepted invitation": (accepted, "answered-invitations", 30),
    "invitation taken back": (taken_back, "answered-invitations", 30),
    "session": (session, "sessions", 7),
    "expired session": (expired_session, "sessions", 7),
    "mail": (mail, "mail", 14),
    "read notice": (read_notice, "read-notices", 180),
    "old notice": (old_notice, "old-notices", 730),
    "second step": (second_step, "ways-in", 90),
    "provider": (provider, "ways-in", 90),
    "follow": (followed, "own-choices", 90),
    "digest": (digest, "own-choices", 90),
    "departure": (departure, "departures", 90),
    "person": (left, "people-who-left", 730),
}


@pytest.mark.parametrize(("make", "rule", "days"), CASES.values(), ids=CASES)
def test_a_rule_ends_it_on_its_day_and_not_before(
    place: Place, make: Callable[[Place], None], rule: str, days: int
) -> None:
    make(place)
    assert RULES[rule].days == days
    day = DAY + timedelta(days=days)
    before = everything()
    assert rule not in ended_on(day - timedelta(days=1))
    found = {due.rule.key: (due.count, due.oldest) for due in due_on(day)}
    assert found[rule] == (1, DAY)
    assert everything()[RULES[rule].tables[0]] == before[RULES[rule].tables[0]]
    assert ended_on(day)[rule] == 1
    assert rule not in ended_on(day + timedelta(days=1))  # once is enough


def test_it_is_ended_also_long_after_its_day(place: Place) -> None:
    unanswered(place)
    assert ended_on(DAY + timedelta(days=1000)) == {"unanswered-invitations": 1}


def test_every_rule_is_tried_on_its_day() -> None:
    assert {rule for _make, rule, _days in CASES.values()} == set(RULES)


def test_a_dry_run_changes_nothing(place: Place) -> None:
    for make in (accepted, session, expired_session, mail, read_notice, second_step, digest):
        make(place)
    invitation_until(place, DAY)
    before = everything()
    with time_machine.travel(at(DAY + timedelta(days=731))):
        told = CliRunner().invoke(retention, ["--dry-run"])
        assert due_on(DAY + timedelta(days=731))
    assert everything() == before
    assert told.exit_code == 0
    assert (
        "Inbjudningar som inte besvarades: 1 rad, den äldsta räknas från 2026-03-02. "
        "Namn och adress tas bort.\n"
    ) in told.output
    assert told.output.endswith("Inget har ändrats.\n")


def test_nothing_of_whoever_never_answered_is_left_anywhere(place: Place) -> None:
    invitation = invitation_until(place, DAY)
    assert NAME in str(everything()) and ADDRESS in str(everything())
    ended_on(DAY + timedelta(days=30))
    # The mail was never sent: it is given up within days, and its address goes by its own rule.
    Message.objects.update(state="DROPPED", created_at=at(DAY))
    ended_on(DAY + timedelta(days=30))
    stored = str(everything()).casefold()
    for word in (NAME.casefold(), ADDRESS, "kanarie", "fågelström"):
        assert word not in stored
    kept = Invitation.objects.get(pk=invitation.pk)
    assert (kept.organisation, kept.invited_by) == (place.town, place.leader.person)


def test_an_emptied_invitation_is_shown_no_more_and_cannot_be_sent_again(place: Place) -> None:
    invitation = invitation_until(place, DAY)
    browser = Client()
    browser.force_login(place.leader)
    assert NAME in browser.get("/personer/?lage=inbjudna").content.decode()
    ended_on(DAY + timedelta(days=30))
    assert "Ingen inbjudan väntar" in browser.get("/personer/?lage=inbjudna").content.decode()
    with pytest.raises(InvitationOver):
        resend_invitation(invitation=invitation, by=place.leader)


def test_the_log_says_how_many_by_which_rule_and_nothing_else(place: Place) -> None:
    unanswered(place)
    before = Event.objects.count()
    ended_on(DAY + timedelta(days=30))
    assert Event.objects.count() == before + 1
    event = Event.objects.latest("pk")
    assert (event.verb, event.record_kind, event.actor_key) == (
        Verb.DISPOSED, "RETENTION", "system-cli",
    )  # fmt: skip
    told = Revision.objects.filter(event=event).values_list("field", "before", "after")
    assert list(told) == [("rule", "", "unanswered-invitations"), ("rows", "", "1")]
    browser = Client()
    browser.force_login(place.leader)
    words = browser.get("/andringar/").content.decode()
    assert "gallrade enligt bevaranderegeln ”Inbjudningar som inte besvarades”: 1 st." in words
    browser.force_login(place.reader)
    assert "bevaranderegeln" not in browser.get("/andringar/").content.decode()


def test_a_run_that_is_killed_leaves_whole_batches_and_the_next_goes_on(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        made = place.invites(email=f"{number}@example.org")
        Invitation.objects.filter(pk=made.pk).update(expires_at=at(DAY))
    monkeypatch.setattr(job, "BATCH", 2)
    real, calls = job.write_event, []

    def dies(**told: Any) -> Any:
        calls.append(told)
        if len(calls) == 2:
            raise SystemExit
        return real(**told)

    monkeypatch.setattr(job, "write_event", dies)
    with pytest.raises(SystemExit):
        ended_on(DAY + timedelta(days=30))
    assert Invitation.objects.filter(email="").count() == 2
    assert Event.objects.filter(verb=Verb.DISPOSED).count() == 1
    assert ended_on(DAY + timedelta(days=30))["unanswered-invitations"] == 3
    rows = Revision.objects.filter(event__verb=Verb.DISPOSED, field="rows")
    assert [int(row.after) for row in rows] == [2, 2, 1]


def test_of_two_runs_at_once_one_counts_each_row(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second has chosen the same rows when the first is done with them."""
    unanswered(place)
    rows = job._ROWS["unanswered-invitations"][0]
    chosen = rows.find(DAY)
    assert chosen.count() == 1
    assert ended_on(DAY + timedelta(days=30))["unanswered-invitations"] == 1
    assert chosen.filter(pk__in=[Invitation.objects.get().pk]).update(name="", email="") == 0


def test_a_session_that_still_lasts_stays(place: Place) -> None:
    session(place)
    day = DAY + timedelta(days=7)
    Session.objects.create(
        session_key="a" * 32, session_data="", expire_date=at(day + timedelta(days=1))
    )
    assert ended_on(day) == {}
    assert UserSession.objects.count() == 1


def test_who_left_but_can_sign_in_again_keeps_her_second_step(place: Place) -> None:
    second_step(place)
    User.objects.filter(pk=place.reader.pk).update(is_active=True)
    assert "ways-in" not in ended_on(DAY + timedelta(days=91))
    assert Authenticator.objects.count() == 1


def test_who_left_is_forgotten_everywhere_with_the_rule_as_the_reason(place: Place) -> None:
    Person.objects.filter(pk=place.reader.person_id).update(name=NAME)
    User.objects.filter(pk=place.reader.pk).update(email=ADDRESS)
    EmailAddress.objects.create(user=place.reader, email=ADDRESS, verified=True)
    gone(place.reader)
    ended_on(DAY + timedelta(days=730))
    assert NAME not in str(everything()) and ADDRESS not in str(everything())
    assert Reason.objects.latest("pk").text == "Gallringsregel: 2 år efter sista dagen."
    assert Event.objects.latest("pk").verb == Verb.PSEUDONYMISED


def test_a_last_day_far_back_is_counted_from_the_day_it_was_written_down(place: Place) -> None:
    """2025 typed for 2026, or worse: nobody's name goes the same night."""
    person = place.reader.person
    with time_machine.travel(at(DAY)):
        leave(person=person, last_day=date(2021, 1, 1), by=place.leader)
    Authenticator.objects.create(user=place.reader, type="totp", data={"secret": "x"})
    assert ended_on(DAY) == {}
    assert "ways-in" not in ended_on(DAY + timedelta(days=89))
    assert {due.rule.key: due.oldest for due in due_on(DAY + timedelta(days=90))}["ways-in"] == DAY
    assert ended_on(DAY + timedelta(days=90))["ways-in"] == 1
    assert "people-who-left" not in ended_on(DAY + timedelta(days=729))
    assert Person.objects.get(pk=person.pk).pseudonymised_at is None
    assert ended_on(DAY + timedelta(days=730)) == {"people-who-left": 1}


def test_a_last_day_that_is_corrected_is_counted_from_the_correction(place: Place) -> None:
    for typed_on in (DAY, DAY + timedelta(days=10)):
        with time_machine.travel(at(typed_on)):
            leave(person=place.reader.person, last_day=date(2021, 1, 1), by=place.leader)
    assert "people-who-left" not in ended_on(DAY + timedelta(days=739))
    assert ended_on(DAY + timedelta(days=740))["people-who-left"] == 1


def test_who_never_left_but_was_shut_out_is_counted_from_that_day(place: Place) -> None:
    Authenticator.objects.create(user=place.reader, type="totp", data={"secret": "x"})
    Follow.objects.create(person=place.reader.person, record=make_initiative().record)
    with time_machine.travel(at(DAY)):
        close_sign_in(user=place.reader, by=place.leader, reason="Har slutat")
    assert ended_on(DAY + timedelta(days=89)) == {}
    assert ended_on(DAY + timedelta(days=90)) == {"ways-in": 1, "own-choices": 1}
    due = due_on(DAY + timedelta(days=730))[-1]
    assert (due.rule.key, due.count, [one.person.pk for one in due.needed]) == (
        "people-who-left", 0, [place.reader.person_id],
    )  # fmt: skip
    place.reader.person.roles.update(valid_until=DAY)
    assert "people-who-left" not in ended_on(DAY + timedelta(days=729))
    assert ended_on(DAY + timedelta(days=730))["people-who-left"] == 1


def test_who_is_let_in_again_is_not_gone(place: Place) -> None:
    with time_machine.travel(at(DAY)):
        close_sign_in(user=place.reader, by=place.leader, reason="Har slutat")
        open_sign_in(user=User.objects.get(pk=place.reader.pk), by=place.leader)
    assert gone_since() == {}


def test_nobody_on_whom_something_hangs_is_forgotten_and_it_is_told_why(place: Place) -> None:
    Person.objects.filter(pk=place.reader.person_id).update(name=NAME)
    gone(place.reader)
    Contact.objects.create(
        person=place.reader.person, record=make_initiative().record, valid_from=DAY
    )
    day = DAY + timedelta(days=730)
    assert "people-who-left" not in ended_on(day)
    due = next(due for due in due_on(day) if due.rule.key == "people-who-left")
    assert (due.count, due.oldest) == (0, None)
    assert [(one.person.name, one.why) for one in due.needed] == [
        (NAME, ["Är kontaktperson för 1 post."])
    ]
    with time_machine.travel(at(day)):
        told = CliRunner().invoke(retention, ["--dry-run"]).output
        assert f"Kan inte pseudonymiseras än: {NAME}. Är kontaktperson för 1 post.\n" in told
    Contact.objects.update(valid_until=DAY)
    assert ended_on(day)["people-who-left"] == 1


def test_people_who_never_left_or_were_merged_are_left_alone(place: Place) -> None:
    survivor = make_person("Kvar Sson")
    make_person(NAME, left_on=DAY, merged_into=survivor)
    assert ended_on(DAY + timedelta(days=5000)) == {}
    assert Person.objects.filter(pseudonymised_at=None).count() == Person.objects.count()


def test_nobody_else_carries_it_out(place: Place) -> None:
    unanswered(place)
    with pytest.raises(NotAllowed):
        carry_out(today=DAY + timedelta(days=30), by=place.reader)
    assert Invitation.objects.get().email == ADDRESS


def test_the_worker_does_it_once_a_day_and_the_command_counts_as_one(place: Place) -> None:
    unanswered(place)
    assert ROUTINES["retention"].every == timedelta(days=1)
    with time_machine.travel(at(DAY + timedelta(days=29))):
        done = CliRunner().invoke(retention)
        assert (done.exit_code, done.output) == (0, "Inget att gallra i dag.\n")
    with time_machine.travel(at(DAY + timedelta(days=30), 11)):
        run_due_routines()
        assert Invitation.objects.get().email == ADDRESS
    with time_machine.travel(at(DAY + timedelta(days=30), 13)):
        run_due_routines()
    assert Invitation.objects.get().email == ""
    assert RoutineRun.objects.get(name="retention").last_fault == ""
    assert Event.objects.filter(actor_key="system-clock", verb=Verb.DISPOSED).count() == 1


def test_the_page_tells_the_rules_what_is_due_and_when_it_was_done(place: Place) -> None:
    unanswered(place)
    leave(person=place.convener.person, last_day=DAY, by=place.leader)
    browser = Client()
    browser.force_login(place.admin)
    words = browser.get("/bevarande/").content.decode()
    assert "Det har aldrig gjorts här." in words
    for told in ("Inbjudningar som inte besvarades", "30 dagar", "2 år", "Kommentarer"):
        assert told in words
    with time_machine.travel(at(DAY + timedelta(days=30))):
        CliRunner().invoke(retention)
    assert "Senast gjort 1 april 2026 12:00." in browser.get("/bevarande/").content.decode()
    browser.force_login(place.convener)
    assert browser.get("/bevarande/").status_code in (302, 404)
