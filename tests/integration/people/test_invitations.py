"""Inviting and accepting: who may, what the link opens, and what it never opens."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samhandling.apps.accounts.models import Person, RoleGrant, User
from samhandling.apps.audit.models import Event, Reason, Revision
from samhandling.apps.organisations.models import Affiliation, Membership
from samhandling.apps.organisations.permissions import NotAllowed, standing_of
from samhandling.apps.organisations.services import OwnRole, end_role
from samhandling.apps.outbox.models import Message
from samhandling.apps.people.models import Invitation
from samhandling.apps.people.services import (
    accept_invitation,
    close_sign_in,
    close_those_who_left,
    invite,
    leave,
    resend_invitation,
    withdraw_invitation,
)
from samhandling.apps.people.services.errors import AlreadyInvited, InvitationOver, SignInFirst
from samhandling.core.access import Held, Role
from samhandling.jobs.mail import NotWanted
from samhandling.jobs.mails.invitation import build
from tests.factories import make_user
from tests.factories.sign_in import signed_in_now
from tests.integration.people.conftest import Place, link

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
OVER = "Inbjudan gäller inte längre"
ANSWER = "/inbjudan/svara/"
HOSTILE = "<script>alert(1)</script>\nBcc: x@example.org"


def opened(invitation_link: str, client: Client | None = None) -> tuple[Client, str]:
    """A browser that followed the link, and the page it came to."""
    browser = client or Client()
    return browser, browser.get(invitation_link, follow=True).content.decode()


def test_an_invited_person_becomes_a_user_with_what_was_asked_for(place: Place) -> None:
    sent = place.invites(
        email=" Nya@Example.ORG ", role="COORDINATION_GROUP", body=place.network, seat="DEPUTY"
    )
    browser, page = opened(link(sent))
    assert "Karin Lind" in page and "Nätverket" in page and "nya@example.org" in page
    answer = browser.post(ANSWER, {"name": "Nya Rättstavad", "function": "chef"}, follow=True)
    assert answer.status_code == 200 and "Välkommen" in answer.content.decode()

    user = User.objects.get(email="nya@example.org")
    assert browser.session["_auth_user_id"] == str(user.pk)
    assert (user.person.name, user.has_usable_password()) == ("Nya Rättstavad", False)
    works = Affiliation.objects.get(person=user.person)
    assert (works.organisation, works.function) == (place.town, "chef")
    assert standing_of(user).held == {
        Held(Role.PARTY_OFFICER, organisation=place.town.pk),
        Held(Role.COORDINATION_GROUP),
        Held(Role.CONVENER, body=place.network.pk),
    }


def test_the_first_session_stands_among_her_devices_and_ends_with_the_others(place: Place) -> None:
    first, _page = opened(link(place.invites()))
    first.post(ANSWER, {"name": "Nya", "function": "chef"})
    assert "(den här)" in first.get("/konto/").content.decode()
    elsewhere, unlisted = Client(), Client()
    user = User.objects.get(email="nya@example.org")
    signed_in_now(user, elsewhere)
    unlisted.force_login(user)  # a session that nothing has noted
    stranger = Client()
    stranger.force_login(place.reader)
    assert unlisted.get("/konto/").status_code == 200
    assert (
        "Du är utloggad överallt."
        in elsewhere.post("/konto/logga-ut-overallt/", follow=True).content.decode()
    )
    told = [one.get("/konto/").status_code for one in (first, elsewhere, unlisted, stranger)]
    assert told == [302, 302, 302, 200]


def test_reading_the_link_uses_nothing_up(place: Place) -> None:
    sent = place.invites()
    for _mail_filter in range(3):
        opened(link(sent))
    assert "Tacka ja" in opened(link(sent))[1]
    assert not User.objects.filter(email=sent.email).exists()


def test_the_secret_does_not_stay_in_the_address(place: Place) -> None:
    answer = Client().get(link(place.invites()))
    assert (answer.status_code, answer["Location"]) == (302, ANSWER)


def test_links_that_open_nothing_all_answer_alike(place: Place) -> None:
    used, withdrawn, old, resent, orphaned = (
        place.invites(email=f"{name}@example.org", by=by)
        for name, by in (
            ("a", place.leader), ("b", place.leader), ("c", place.leader), ("d", place.leader),
            ("e", place.admin),
        )
    )  # fmt: skip
    links = [link(one) for one in (used, withdrawn, old, resent, orphaned)]
    accept_invitation(invitation=used, by=None)
    withdraw_invitation(invitation=withdrawn, by=place.leader)
    Invitation.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    resend_invitation(invitation=resent, by=place.leader)
    User.objects.filter(pk=place.admin.pk).update(is_active=False)
    forged = [
        "/inbjudan/x/",
        f"/inbjudan/{'a' * 5000}/",
        links[3].replace(".1.", ".2."),
        link(Invitation(key=Invitation.objects.get(pk=resent.pk).key, round=3)),
    ]
    answers = [opened(address)[1] for address in [*links, *forged]]
    answers.append(Client().get(ANSWER).content.decode())
    pages = {re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page) for page in answers}
    assert len(pages) == 1 and OVER in pages.pop()
    resent.refresh_from_db()
    assert "Tacka ja" in opened(link(resent))[1]


def test_a_used_or_withdrawn_link_gives_nothing_when_it_is_answered(place: Place) -> None:
    sent = place.invites()
    first, _page = opened(link(sent))
    second, _page = opened(link(sent))
    told = {"name": "Nya", "function": "chef"}
    assert "Välkommen" in first.post(ANSWER, told, follow=True).content.decode()
    assert OVER in second.post(ANSWER, told, follow=True).content.decode()
    assert User.objects.filter(email=sent.email).count() == 1
    assert Affiliation.objects.filter(organisation=place.town).count() == 1


def test_what_the_inviter_may_not_give_any_more_is_not_given(place: Place) -> None:
    sent = place.invites(by=place.admin, role="ADMINISTRATOR")
    grant = RoleGrant.objects.get(person=place.admin.person)
    RoleGrant.objects.create(person=place.leader.person, role="ADMINISTRATOR")
    end_role(grant=grant, on=timezone.localdate(), by=place.admin, reason="Byter tjänst")
    with pytest.raises(InvitationOver):
        accept_invitation(invitation=sent, by=None)
    assert not User.objects.filter(email=sent.email).exists()


def test_who_has_an_account_signs_in_and_gets_the_role(place: Place) -> None:
    sent = place.invites(email=place.reader.email.upper(), role="COUNCIL_MEMBER")
    browser, page = opened(link(sent))
    assert "Du har redan ett konto" in page and "Tacka ja" not in page
    assert browser.post(ANSWER, {"name": "x", "function": "y"}).status_code == 302
    sent.refresh_from_db()
    assert sent.accepted_at is None
    with pytest.raises(SignInFirst):
        accept_invitation(invitation=sent, by=None)

    browser.force_login(place.reader)
    _browser, page = opened(link(sent), browser)
    assert "Tacka ja" in page
    browser.post(ANSWER, {"name": "Annat namn"})
    place.reader.person.refresh_from_db()
    assert place.reader.person.name == "Lena Ek"
    assert RoleGrant.objects.filter(person=place.reader.person, role="COUNCIL_MEMBER").count() == 1


def test_somebody_else_who_is_signed_in_cannot_take_it(place: Place) -> None:
    sent = place.invites(role="PROCESS_LEADER")
    browser = Client()
    browser.force_login(place.reader)
    _browser, page = opened(link(sent), browser)
    assert "med en annan adress" in page and "Tacka ja" not in page
    browser.post(ANSWER, {"name": "x", "function": "y"})
    sent.refresh_from_db()
    assert sent.accepted_at is None
    assert not RoleGrant.objects.filter(person=place.reader.person, role="PROCESS_LEADER").exists()


def test_a_known_person_without_account_stays_one_person(place: Place) -> None:
    known = Person.objects.create(name="Känd Sedan Förr")
    sent = place.invites(person=known)
    accepted = accept_invitation(invitation=sent, by=None, name="Känd", function="chef")
    assert accepted.user.person_id == known.pk
    assert Person.objects.filter(name__startswith="Känd").count() == 1


def test_a_convener_invites_members_to_her_own_network_and_nothing_else(place: Place) -> None:
    base = {"name": "M", "organisation": place.town, "function": "x", "by": place.convener}
    mine = {"body": place.network, "seat": "MEMBER"}
    for refused in (
        {},
        {"body": place.other_network, "seat": "MEMBER"},
        {"body": place.network, "seat": "CONVENER"},
        {**mine, "role": "READER"},
    ):
        with pytest.raises(NotAllowed):
            invite(email="m@example.org", **base, **refused)  # type: ignore[arg-type]
    sent = invite(email="m@example.org", **base, **mine)  # type: ignore[arg-type]
    user = accept_invitation(invitation=sent, by=None).user
    # A seat, and not the drafts of the organisation that the convener wrote down for her.
    assert standing_of(user).held == {Held(Role.MEMBER, body=place.network.pk)}
    seat = Membership.objects.get(person=user.person)
    assert (seat.actor_id, seat.function) == (place.town.pk, "x")


def test_nobody_invites_or_sends_again_to_herself(place: Place) -> None:
    """Nobody gives herself anything, so such a link would open nothing."""
    own = place.leader.email.upper()
    with pytest.raises(OwnRole):
        place.invites(own, role="COUNCIL_MEMBER")
    with pytest.raises(OwnRole):
        place.invites(place.convener.email, by=place.convener, body=place.network, seat="MEMBER")
    sent = place.invites(own, by=place.admin, role="COUNCIL_MEMBER")
    with pytest.raises(OwnRole):
        resend_invitation(invitation=sent, by=place.leader)
    browser = signed_in_now(place.leader)
    told = {"name": "K", "organisation": place.town.uid, "function": "x", "email": own}
    page = browser.post("/personer/bjud-in/", told).content.decode()
    assert '<a href="#id_email">E-post i arbetet</a>: Du kan inte ge dig själv en roll.' in page
    accept_invitation(invitation=sent, by=place.leader)
    assert RoleGrant.objects.filter(person=place.leader.person, role="COUNCIL_MEMBER").exists()


def test_a_convener_lets_nobody_back_in_who_was_shut_out(place: Place) -> None:
    User.objects.filter(pk=place.reader.pk).update(is_active=False)
    mine = {"body": place.network, "seat": "MEMBER", "email": place.reader.email}
    sent = place.invites(by=place.convener, **mine)
    browser, _page = opened(link(sent))
    assert OVER in browser.post(ANSWER, follow=True).content.decode()
    place.reader.refresh_from_db()
    assert not place.reader.is_active

    withdraw_invitation(invitation=sent, by=place.leader)
    accepted = accept_invitation(invitation=place.invites(**mine), by=None)
    assert accepted.user.is_active and not accepted.is_new


@pytest.mark.parametrize("act", ["closed", "left", "left by the clock"])
def test_a_link_sent_before_somebody_was_shut_out_lets_nobody_back_in(
    place: Place, act: str
) -> None:
    user = place.reader
    sent = place.invites(email=user.email, role="COUNCIL_MEMBER")
    by_name = place.invites(email="annan@example.org", person=user.person)
    unrelated = place.invites(email="helt-annan@example.org")
    if act == "closed":
        close_sign_in(user=user, by=place.admin, reason="Datorn är stulen")
    elif act == "left":
        leave(person=user.person, last_day=timezone.localdate(), by=place.leader)
        User.objects.filter(pk=user.pk).update(is_active=False)
    else:
        Person.objects.filter(pk=user.person_id).update(left_on=timezone.localdate() - DAY)
        assert close_those_who_left() == 1
    for one in (sent, by_name):
        browser, page = opened(link(one))
        assert OVER in page
        assert OVER in browser.post(ANSWER, follow=True).content.decode()
    user.refresh_from_db()
    assert not user.is_active
    assert Invitation.objects.get(withdrawn_at=None) == unrelated
    removed = Event.objects.filter(record_kind="INVITATION", verb="REMOVED")
    assert removed.count() == 2

    # Asked anew, she comes back.
    again = place.invites(email=user.email)
    assert accept_invitation(invitation=again, by=None).user.is_active


def test_only_an_administrator_lets_a_closed_administrator_back_in(place: Place) -> None:
    closed = make_user(role="ADMINISTRATOR")
    close_sign_in(user=closed, by=place.admin, reason="Datorn är stulen")
    with pytest.raises(InvitationOver):
        accept_invitation(invitation=place.invites(email=closed.email), by=None)
    closed.refresh_from_db()
    assert not closed.is_active
    sent = place.invites(email=closed.email, by=place.admin, role="READER")
    assert accept_invitation(invitation=sent, by=None).user.is_active


def test_only_administrators_make_administrators(place: Place) -> None:
    with pytest.raises(NotAllowed):
        place.invites(role="ADMINISTRATOR")
    assert place.invites(role="ADMINISTRATOR", by=place.admin).role == "ADMINISTRATOR"


def test_readers_invite_nobody(place: Place) -> None:
    with pytest.raises(NotAllowed):
        place.invites(by=place.reader)
    browser = Client()
    browser.force_login(place.reader)
    sent = place.invites()
    for path in (
        "/personer/bjud-in/",
        f"/natverk/{place.network.uid}/bjud-in/",
        f"/personer/inbjudan/{sent.key}/igen/",
        f"/personer/inbjudan/{sent.key}/ta-tillbaka/",
    ):
        assert browser.post(path, {"name": "x"}).status_code == 404
    assert Invitation.objects.get() == sent


def test_the_same_is_not_asked_twice(place: Place) -> None:
    place.invites()
    with pytest.raises(AlreadyInvited):
        place.invites(email="NYA@example.org")
    browser = Client()
    signed_in_now(place.leader, browser)
    form = {
        "name": "B", "email": "b@example.org", "organisation": place.town.uid, "function": "x",
        "seat": "MEMBER",
    }  # fmt: skip
    assert browser.post("/personer/bjud-in/", form).status_code == 302
    again = browser.post("/personer/bjud-in/", form)
    assert "Det finns redan en inbjudan" in again.content.decode()
    assert Invitation.objects.filter(email="b@example.org").count() == 1
    assert Message.objects.filter(to="b@example.org").count() == 1


def test_foreign_ids_in_the_form_are_refused(place: Place) -> None:
    browser = Client()
    signed_in_now(place.leader, browser)
    good = {
        "name": "B", "email": "b@example.org", "organisation": place.town.uid, "function": "x",
        "role": "READER", "scope": place.agreement.uid, "body": place.network.uid, "seat": "MEMBER",
    }  # fmt: skip
    need_uid = place.network.uid[::-1]
    for field, value in (
        ("organisation", place.network.uid),
        ("organisation", str(place.town.pk)),
        ("organisation", ""),
        ("body", place.town.uid),
        ("scope", need_uid),
        ("scope", place.network.uid),
        ("scope", place.town.uid),
        ("role", "ADMINISTRATOR"),
        ("role", "CONVENER"),
        ("seat", "KING"),
        ("email", "b@example.org\nBcc: c@example.org"),
        ("email", "inte en adress"),
        ("name", "x" * 201),
    ):
        answer = browser.post("/personer/bjud-in/", {**good, field: value})
        assert answer.status_code == 200, (field, value)
    assert not Invitation.objects.exists()
    assert browser.post("/personer/bjud-in/?person=finns-inte", good).status_code == 404
    assert browser.post("/personer/bjud-in/", good).status_code == 302


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\u2066", "\x07", "\ue000"])
def test_a_name_with_a_sign_that_nobody_sees_is_refused(place: Place, sign: str) -> None:
    name, told = f"Karin{sign} Lind", "Namnet har tecken som inte syns."
    browser, _page = opened(link(place.invites()))
    answer = browser.post(ANSWER, {"name": name, "function": "chef"})
    assert told in answer.content.decode()
    leader = signed_in_now(place.leader)
    key = place.reader.person.key
    assert told in leader.post(f"/personer/{key}/namn/", {"name": name}).content.decode()
    form = {
        "name": name, "email": "b@example.org", "organisation": place.town.uid, "function": "x",
        "seat": "MEMBER",
    }  # fmt: skip
    assert told in leader.post("/personer/bjud-in/", form).content.decode()
    assert not Person.objects.filter(name=name).exists()
    assert not Invitation.objects.filter(name=name).exists()


def test_the_mail_says_who_invites_to_what_and_nothing_the_inviter_wrote(place: Place) -> None:
    place.leader.person.name = HOSTILE
    place.leader.person.save()
    sent = place.invites(
        name=HOSTILE, function=HOSTILE, body=place.network, seat="MEMBER", email="a@example.org"
    )
    waiting = Message.objects.get()
    assert (waiting.kind, waiting.to, waiting.text) == ("invitation", "a@example.org", "")
    assert waiting.ids == {"invitation": sent.key, "round": 1}
    mail = build(waiting.ids, "sv")
    assert mail.subject == "Inbjudan till Samhandling"
    assert "Nätverket" in mail.text and link(sent) in mail.text
    assert "\nBcc:" not in mail.text and mail.text.count("<script>") == 1  # the inviter's name
    _browser, page = opened(link(sent))
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_a_mail_about_an_invitation_that_is_over_is_not_sent(place: Place) -> None:
    sent = place.invites()
    resend_invitation(invitation=sent, by=place.admin)
    first, second = (row.ids for row in Message.objects.order_by("pk"))
    with pytest.raises(NotWanted):
        build(first, "sv")
    assert "Ada Min" in build(second, "sv").text
    withdraw_invitation(invitation=sent, by=place.leader)
    with pytest.raises(NotWanted):
        build(second, "sv")
    with pytest.raises(InvitationOver):
        resend_invitation(invitation=sent, by=place.leader)


def test_the_log_knows_no_name_and_no_address(place: Place) -> None:
    sent = place.invites(name="Hemligt Namn", email="hemlig@example.org")
    accept_invitation(invitation=sent, by=None, name="Hemligt Namn", function="doldis")
    for model in (Event, Revision, Reason):
        for row in model.objects.values():
            assert "hemlig" not in str(row).lower()
    assert Event.objects.filter(record_kind="INVITATION").count() == 2


def test_it_can_be_accepted_for_fourteen_days(place: Place) -> None:
    sent = place.invites()
    assert sent.expires_at - sent.invited_at == timedelta(days=14)
