"""Whoever reads the mail of a new address changes to it, also the only administrator."""

import re

import pytest
from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet
from django.test import Client

from samhandling.apps.accounts.models import EarlierName, User
from samhandling.apps.accounts.services import AddressTaken
from samhandling.apps.audit.models import Event
from samhandling.apps.outbox.models import Message
from samhandling.apps.people.services import change_own_address
from samhandling.jobs.mails.account_changed import build
from samhandling.web.history_sentences import sentences
from tests.factories import make_user
from tests.factories.sign_in import signed_in_now

pytestmark = pytest.mark.django_db
ADDRESS, CODE, NEW = "/konto/adress/", "/konto/adress/kod/", "ny@example.org"


@pytest.fixture
def only_admin() -> User:
    return make_user(role="ADMINISTRATOR", name="Ada Min")


def mailed_code(to: str = NEW) -> str:
    found = re.search(r"Din kod: (\S+)", Message.objects.get(kind="sign-in-code", to=to).text)
    assert found is not None
    return found.group(1)


def fresh(user: User) -> User:
    return User.objects.select_related("person").get(pk=user.pk)


def test_the_only_administrator_changes_by_a_code_to_the_new_address(only_admin: User) -> None:
    old = only_admin.email
    SocialAccount.objects.create(user=only_admin, provider="gamla", uid="1")
    elsewhere, browser = signed_in_now(only_admin), signed_in_now(only_admin)
    assert old in browser.get(ADDRESS).content.decode()
    page = browser.post(ADDRESS, {"email": " NY@example.org "}, follow=True)
    assert f"Vi har skickat en kod till {NEW}." in page.content.decode()
    assert fresh(only_admin).email == old
    done = browser.post(CODE, {"code": mailed_code()}, follow=True).content.decode()
    assert "Adressen är bytt." in done and NEW in done

    user = fresh(only_admin)
    assert (user.email, user.person.work_email) == (NEW, NEW)
    assert EarlierName.objects.get(person=user.person).words == old
    assert not SocialAccount.objects.exists()
    assert browser.get("/konto/").status_code == 200
    assert elsewhere.get("/konto/").status_code == 302
    told = Message.objects.filter(kind="account_changed")
    assert set(told.values_list("to", flat=True)) == {old, NEW}
    assert "är bytt under Mitt konto" in build(told[0].ids, "sv").text
    event = Event.objects.latest("pk")
    said = "Ada Min bytte adressen som Ada Min loggar in med."
    assert str(sentences([event], user)[0].sentence) == said
    assert NEW not in str(list(event.revisions.values()))


def test_three_wrong_codes_or_another_persons_session_change_nothing(only_admin: User) -> None:
    old, browser = only_admin.email, signed_in_now(only_admin)
    assert browser.get(CODE)["Location"] == ADDRESS
    browser.post(ADDRESS, {"email": NEW})
    code = mailed_code()
    other = signed_in_now(make_user())
    assert other.post(CODE, {"code": code})["Location"] == ADDRESS
    for _try in range(2):
        page = browser.post(CODE, {"code": "00000000"}).content.decode()
        assert "Koden stämmer inte" in page
    assert browser.post(CODE, {"code": "00000000"})["Location"] == ADDRESS
    assert browser.post(CODE, {"code": code})["Location"] == ADDRESS
    assert fresh(only_admin).email == old


def test_nobody_learns_that_somebody_else_has_the_address(only_admin: User) -> None:
    other, browser = make_user(), signed_in_now(only_admin)
    pages = [
        re.sub(r'Token": "\w+|token" value="\w+|\S+@example.org', "", answer.content.decode())
        for answer in (
            browser.post(ADDRESS, {"email": email}, follow=True)
            for email in (NEW, other.email.upper())
        )
    ]
    assert pages[0] == pages[1]
    assert [one.to for one in Message.objects.filter(kind="sign-in-code")] == [NEW]
    assert "Du loggar redan in med den adressen." in (
        browser.post(ADDRESS, {"email": only_admin.email}).content.decode()
    )
    with pytest.raises(AddressTaken):
        change_own_address(user=only_admin, email=other.email)


def test_it_asks_who_one_is_and_mails_no_more_than_three_codes(only_admin: User) -> None:
    late = signed_in_now(only_admin, seconds_ago=600)
    assert late.get(ADDRESS)["Location"].startswith("/konto/bekrafta/")
    assert Client().get(ADDRESS)["Location"].startswith("/konto/logga-in/")
    browser = signed_in_now(only_admin)
    codes = [browser.post(ADDRESS, {"email": f"{n}@example.org"}).status_code for n in range(4)]
    assert codes == [302, 302, 302, 429]
    assert Message.objects.filter(kind="sign-in-code").count() == 3


@pytest.mark.parametrize("action", ["verify", "resend"])
@pytest.mark.one_database
def test_a_code_in_the_old_mailbox_opens_nothing_and_no_more_are_sent_there(
    only_admin: User, action: str
) -> None:
    old, stranger = only_admin.email, Client()
    stranger.post("/konto/kod/", {"email": old})
    code = mailed_code(old)
    change_own_address(user=only_admin, email=NEW)
    before = Message.objects.count()
    answer = stranger.post("/konto/kod/ange/", {"code": code, "action": action}, follow=True)
    assert "Koden gäller inte längre. Be om en ny." in answer.content.decode()
    assert stranger.get("/konto/").status_code == 302
    assert Message.objects.count() == before
    assert (
        stranger.post("/konto/kod/ange/", {"code": code}, follow=True).wsgi_request.user.pk is None
    )


def test_an_address_that_somebody_took_meanwhile_is_told(
    only_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, other = only_admin.email, make_user()
    # As the other's transaction looks from within one's own until it has ended.
    monkeypatch.setattr(QuerySet, "exists", lambda _rows: False)
    with pytest.raises(AddressTaken):
        change_own_address(user=only_admin, email=other.email)
    monkeypatch.undo()
    assert fresh(only_admin).email == old
