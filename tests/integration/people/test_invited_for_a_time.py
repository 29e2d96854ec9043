"""What somebody is asked to have may have a last day: said to both, given so, and never silently
nothing."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from samhandling.apps.accounts.models import Person, RoleGrant, User
from samhandling.apps.organisations.models import Affiliation, Membership
from samhandling.apps.people.models import Invitation
from samhandling.apps.people.services import accept_invitation, leave, undo_leaving
from samhandling.apps.people.services.errors import (
    InvitationOver,
    LastDayPassed,
    NothingToEnd,
    PastTime,
)
from samhandling.core.partial_date import on_day
from samhandling.jobs.mail import NotWanted
from samhandling.jobs.mails.invitation import build
from tests.factories import make_user
from tests.factories.sign_in import signed_in_now
from tests.integration.people.conftest import Place, link

pytestmark = pytest.mark.django_db
ANSWER = "/inbjudan/svara/"


def day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def words(when: date) -> str:
    return date_format(when, "j F Y")


def test_the_last_day_is_told_in_form_mail_list_and_page_and_given_with_role_and_seat(
    place: Place,
) -> None:
    leader = signed_in_now(place.leader)
    form = {
        "name": "B", "email": "b@example.org", "organisation": place.town.uid, "function": "chef",
        "role": "COUNCIL_MEMBER", "body": place.network.uid, "seat": "DEPUTY",
        "valid_until": day(30).isoformat(),
    }  # fmt: skip
    assert leader.post("/personer/bjud-in/", form).status_code == 302
    sent = Invitation.objects.get()
    told = f"till och med {words(day(30))}"
    assert (
        f"Det du bjuds in till gäller {told}."
        in build({"invitation": sent.key, "round": 1}, "sv").text
    )
    assert told in leader.get("/personer/?lage=inbjudna").content.decode()
    invited = Client()
    page = invited.get(link(sent), follow=True).content.decode()
    assert page.count(told) == 2  # the role and the seat

    invited.post(ANSWER, {"name": "B", "function": "chef"})
    person = User.objects.get(email="b@example.org").person
    grant = RoleGrant.objects.get(person=person)
    assert (grant.valid_from, grant.valid_until) == (day(0), day(30))
    seat = Membership.objects.get(person=person)
    assert seat.valid_until is not None and seat.valid_until.latest == day(30)
    assert Affiliation.objects.get(person=person).valid_until is None


def test_a_convener_gives_her_members_a_last_day(place: Place) -> None:
    convener = signed_in_now(place.convener)
    form = {
        "name": "B", "email": "b@example.org", "organisation": place.town.uid, "function": "chef",
        "valid_until": day(7).isoformat(),
    }  # fmt: skip
    assert convener.post(f"/natverk/{place.network.uid}/bjud-in/", form).status_code == 302
    user = accept_invitation(invitation=Invitation.objects.get(), by=None).user
    seat = Membership.objects.get(person=user.person)
    assert seat.valid_until is not None and seat.valid_until.latest == day(7)


def test_a_day_that_has_been_or_that_ends_nothing_is_refused_at_the_day(place: Place) -> None:
    with pytest.raises(LastDayPassed):
        place.invites(role="READER", valid_until=day(-1))
    with pytest.raises(NothingToEnd):
        place.invites(valid_until=day(1))
    assert place.invites(role="READER", valid_until=day(0)).valid_until == day(0)
    form = {
        "name": "B", "email": "b@example.org", "organisation": place.town.uid, "function": "chef",
        "valid_until": day(-1).isoformat(),
    }  # fmt: skip
    leader = signed_in_now(place.leader)
    page = leader.post("/personer/bjud-in/", {**form, "role": "READER"}).content.decode()
    assert "Sista dagen har redan varit. Välj i dag eller en senare dag." in page
    page = leader.post("/personer/bjud-in/", {**form, "valid_until": day(1)}).content.decode()
    assert "Välj en roll eller en plats, eller ta bort sista dagen." in page
    assert Invitation.objects.count() == 1


def test_what_is_over_before_it_was_answered_says_so_to_both_and_gives_nothing(
    place: Place,
) -> None:
    sent = place.invites(role="READER", valid_until=day(0))
    open_page = Client()
    open_page.get(link(sent), follow=True)
    Invitation.objects.update(valid_until=day(-1))
    sent.refresh_from_db()
    with pytest.raises(PastTime):
        accept_invitation(invitation=sent, by=None)
    told = {"name": "B", "function": "chef"}
    for page in (open_page.post(ANSWER, told, follow=True), Client().get(link(sent), follow=True)):
        text = page.content.decode()
        assert f"Inbjudan gällde till och med {words(day(-1))}." in text
        assert "Be Karin Lind om en ny inbjudan." in text and "Tacka ja" not in text
    assert not User.objects.filter(email=sent.email).exists()

    leader = signed_in_now(place.leader)
    listed = leader.get("/personer/?lage=inbjudna").content.decode()
    assert "Dagen har passerat. Ta tillbaka inbjudan och bjud in på nytt." in listed
    assert "Skicka igen" not in listed and "Ta tillbaka" in listed
    answer = leader.post(f"/personer/inbjudan/{sent.key}/igen/", follow=True).content.decode()
    assert f"Det som inbjudan gäller tog slut {words(day(-1))}." in answer
    with pytest.raises(NotWanted):
        build({"invitation": sent.key, "round": 1}, "sv")
    # It does not stand in the way of a new one.
    assert place.invites(role="READER", valid_until=day(5)).pk != sent.pk


@pytest.mark.parametrize(
    "had, asked, gets",
    [
        (None, 30, [(0, 30)]),
        ((-90, -30), None, [(-90, -30), (0, None)]),
        ((-90, 10), 30, [(-90, 10), (11, 30)]),
        ((-90, 10), None, [(-90, 10), (11, None)]),
        ((-90, 10), 5, [(-90, 10)]),
        ((-90, None), 30, [(-90, None)]),
        ((10, 20), 30, [(0, 9), (10, 20), (21, 30)]),
        ((10, 20), 5, [(0, 5), (10, 20)]),
        ((10, None), 30, [(0, 9), (10, None)]),
    ],
)
def test_what_she_has_already_is_filled_up_and_not_doubled(
    place: Place,
    had: tuple[int, int | None] | None,
    asked: int | None,
    gets: list[tuple[int, int | None]],
) -> None:
    person, body = place.reader.person, place.network
    RoleGrant.objects.filter(person=person).delete()
    if had is not None:
        ends = None if had[1] is None else day(had[1])
        RoleGrant.objects.create(
            person=person, role="COUNCIL_MEMBER", valid_from=day(had[0]), valid_until=ends
        )
        seat = Membership(person=person, body=body, role="MEMBER")
        seat.valid_from = on_day(day(had[0]))
        seat.valid_until = None if ends is None else on_day(ends)
        seat.save()
    accept_invitation(
        invitation=place.invites(
            email=place.reader.email,
            role="COUNCIL_MEMBER",
            body=body,
            seat="MEMBER",
            valid_until=None if asked is None else day(asked),
        ),
        by=place.reader,
    )
    expected = [(day(first), None if last is None else day(last)) for first, last in gets]
    grants = RoleGrant.objects.filter(person=person).order_by("valid_from")
    assert [(one.valid_from, one.valid_until) for one in grants] == expected
    seats = Membership.objects.filter(person=person).order_by("valid_from_earliest")
    assert [
        (one.valid_from and one.valid_from.earliest, one.valid_until and one.valid_until.latest)
        for one in seats
    ] == expected


def test_whoever_works_there_to_a_last_day_gets_what_lies_before_it_and_no_second_employment(
    place: Place,
) -> None:
    user = make_user(organisation=place.town)
    leave(person=user.person, last_day=day(20), close_now=False, by=place.leader)
    asked = place.invites(
        name=user.person.name, email=user.email, organisation=place.town,
        function="handläggare", role="COUNCIL_MEMBER", valid_until=day(8), person=user.person,
    )  # fmt: skip
    accept_invitation(invitation=asked, by=user)
    assert RoleGrant.objects.get(person=user.person, role="COUNCIL_MEMBER").valid_until == day(8)
    [still] = Affiliation.objects.filter(person=user.person)
    assert still.valid_until == day(20)


@pytest.mark.parametrize("asked", [21, None])
def test_who_runs_the_people_is_refused_what_lasts_longer_than_the_invited_is_here(
    place: Place, asked: int | None
) -> None:
    user = make_user(organisation=place.town)
    leave(person=user.person, last_day=day(20), by=place.leader)
    form = {
        "name": "B", "email": user.email.upper(), "organisation": place.town.uid,
        "function": "chef", "role": "COUNCIL_MEMBER",
        "valid_until": "" if asked is None else day(asked).isoformat(),
    }  # fmt: skip
    leader = signed_in_now(place.leader)
    page = leader.post("/personer/bjud-in/", form).content.decode()
    told = f"Personens sista dag är {words(day(20))}. Välj den eller en tidigare dag som sista dag"
    assert told in page and not Invitation.objects.exists()
    form["valid_until"] = day(20).isoformat()
    assert leader.post("/personer/bjud-in/", form).status_code == 302


def test_a_convener_learns_nothing_of_who_leaves_and_what_she_gives_ends_with_the_last_day(
    place: Place,
) -> None:
    user = make_user(organisation=place.town)
    leave(person=user.person, last_day=day(20), by=place.leader)
    form = {"name": "B", "organisation": place.town.uid, "function": "chef"}
    convener = signed_in_now(place.convener)
    address = f"/natverk/{place.network.uid}/bjud-in/"
    answers = [
        convener.post(address, {**form, "email": email}, follow=True).content.decode()
        for email in ("okand@example.org", user.email)
    ]
    for email, page in zip(("okand@example.org", user.email), answers, strict=True):
        assert f"Inbjudan till {email} är på väg. Den gäller i fjorton dagar." in page
        assert "sista dag" not in page
    accept_invitation(invitation=Invitation.objects.get(email=user.email), by=user)
    [seat] = Membership.objects.filter(person=user.person)
    assert seat.valid_until is not None and seat.valid_until.latest == day(20)
    undo_leaving(person=user.person, by=place.leader)
    seat.refresh_from_db()
    assert seat.valid_until is None


def test_who_leaves_works_where_she_is_invited_to_her_last_day_and_longer_when_she_stays(
    place: Place,
) -> None:
    user = make_user(organisation=place.town)
    leave(person=user.person, last_day=day(20), by=place.leader)
    sent = place.invites(
        email=user.email, organisation=place.region, role="COUNCIL_MEMBER", valid_until=day(15)
    )
    accept_invitation(invitation=sent, by=user)
    work = Affiliation.objects.get(person=user.person, organisation=place.region)
    assert work.valid_until == day(20)
    undo_leaving(person=User.objects.get(pk=user.pk).person, by=place.leader)
    work.refresh_from_db()
    assert work.valid_until is None
    assert RoleGrant.objects.get(person=user.person, role="COUNCIL_MEMBER").valid_until == day(15)


@pytest.mark.parametrize("asked", ["nothing more", "a role", "a seat"])
def test_who_left_yesterday_and_is_not_signed_out_yet_uses_no_invitation_up(
    place: Place, asked: str
) -> None:
    user = make_user(organisation=place.town)
    leave(person=user.person, last_day=day(0), by=place.leader)
    Person.objects.filter(pk=user.person_id).update(left_on=day(-1))
    more: dict[str, object] = {
        "nothing more": {"organisation": place.region},
        "a role": {"role": "COUNCIL_MEMBER"},
        "a seat": {"body": place.network, "seat": "MEMBER"},
    }[asked]  # type: ignore[assignment]
    sent = place.invites(email=user.email, **more)
    browser = signed_in_now(User.objects.get(pk=user.pk))
    browser.get(link(sent), follow=True)
    page = browser.post(ANSWER, follow=True).content.decode()
    assert "Inbjudan gäller inte längre" in page and "Klart." not in page
    with pytest.raises(InvitationOver):
        accept_invitation(invitation=sent, by=User.objects.get(pk=user.pk))
    sent.refresh_from_db()
    assert sent.accepted_at is None and sent.withdrawn_at is None
    assert not Membership.objects.filter(person=user.person).exists()
    # Who is shut out is let back in by an invitation, as before.
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert accept_invitation(invitation=sent, by=None).user.is_active
    assert Person.objects.get(pk=user.person_id).left_on is None
