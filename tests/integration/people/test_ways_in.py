"""An administrator changes what opens somebody's account; nobody else does."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from samhandling.apps.accounts.models import User
from samhandling.apps.accounts.services import AddressTaken
from samhandling.apps.audit.models import Event
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.outbox.models import Message
from samhandling.apps.people.services import change_ways_in
from samhandling.apps.people.services.errors import (
    AddressChangedMeanwhile,
    NothingChanged,
    OwnAddress,
)
from samhandling.jobs.mails.account_changed import build
from samhandling.web.history_sentences import sentences
from tests.factories.sign_in import make_passkey, signed_in_now
from tests.integration.people.conftest import Place

pytestmark = pytest.mark.django_db


def test_the_old_employers_mailbox_and_sign_in_open_nothing_after_a_change(place: Place) -> None:
    user = place.reader
    old, new = user.email, "lena@nya.example"
    SocialAccount.objects.create(user=user, provider="gamla", uid="1")
    make_passkey(user)
    sent = place.invites(email=old, role="COUNCIL_MEMBER")
    hers = Client()
    hers.force_login(user)
    browser, address = signed_in_now(place.admin), f"/personer/{user.person.key}/adress/"
    assert "Ta bort kopplingen" in browser.get(address).content.decode()
    told = browser.post(
        address, {"email": " Lena@NYA.example ", "reason": "Bytt arbete", "was": old}, follow=True
    )
    assert "Personen är utloggad överallt" in told.content.decode()
    user = User.objects.select_related("person").get(pk=user.pk)
    assert (user.email, user.person.work_email) == (new, new)
    assert not user.has_usable_password()
    assert not SocialAccount.objects.exists()
    assert Authenticator.objects.get().user == user  # her own
    assert hers.get("/").status_code == 302
    sent.refresh_from_db()
    assert sent.withdrawn_at is not None
    mails = Message.objects.filter(kind="account_changed")
    assert set(mails.values_list("to", flat=True)) == {old, new}
    assert "Adressen att logga in med är bytt" in build(mails[0].ids, "sv").text
    event = Event.objects.latest("pk")
    assert str(sentences([event], place.admin)[0].sentence) == (
        "Ada Min bytte adressen som Lena Ek loggar in med."
    )
    assert "nya.example" not in str(list(event.revisions.values()))


def test_a_link_to_an_organisations_sign_in_can_be_taken_away_alone(place: Place) -> None:
    user = place.reader
    SocialAccount.objects.create(user=user, provider="gamla", uid="1")
    change_ways_in(user=user, email=user.email, unlink=True, by=place.admin, reason="Slutat")
    assert not SocialAccount.objects.exists()
    assert User.objects.get(pk=user.pk).email == user.email
    (mail,) = Message.objects.all()
    assert "Kopplingen till din organisations inloggning" in build(mail.ids, "sv").text
    with pytest.raises(NothingChanged):
        change_ways_in(user=user, email=user.email, unlink=True, by=place.admin, reason="x")


def test_only_another_administrator_changes_an_address_to_one_that_is_free(place: Place) -> None:
    told = {"user": place.reader, "email": "x@y.example", "reason": "x"}
    with pytest.raises(NotAllowed):
        change_ways_in(by=place.leader, **told)  # type: ignore[arg-type]
    with pytest.raises(OwnAddress):
        change_ways_in(by=place.admin, **{**told, "user": place.admin})  # type: ignore[arg-type]
    with pytest.raises(AddressTaken):
        change_ways_in(by=place.admin, **{**told, "email": place.leader.email.upper()})  # type: ignore[arg-type]
    with pytest.raises(AddressChangedMeanwhile):
        change_ways_in(by=place.admin, was="annan@y.example", **told)  # type: ignore[arg-type]
    before = place.reader.email
    place.reader.refresh_from_db()
    assert place.reader.email == before
    leader = signed_in_now(place.leader)
    page = leader.get(f"/personer/{place.reader.person.key}/").content.decode()
    assert "/adress/" not in page
    told_there = leader.get(f"/personer/{place.reader.person.key}/organisation/").content.decode()
    assert "eller en administratör på personens sida" in told_there


def test_who_changes_organisation_gets_the_new_address_in_the_same_step(place: Place) -> None:
    user, taken = place.reader, place.convener.email
    path = f"/personer/{user.person.key}/organisation/"
    form = {
        "organisation": place.region.uid, "function": "strateg", "from_day": "2020-01-01",
        "email": "Lena@Regionen.example",
    }  # fmt: skip
    leader = signed_in_now(place.leader)
    page = leader.get(path).content.decode()
    assert 'name="email"' not in page and "under Mitt konto" in page
    assert leader.post(path, form).status_code == 302
    user.refresh_from_db()
    assert user.email != "lena@regionen.example"  # only an administrator changes it

    admin = signed_in_now(place.admin)
    form |= {"organisation": place.town.uid, "from_day": "2020-02-01"}
    page = admin.post(path, {**form, "email": taken}).content.decode()
    assert "Det finns redan en användare" in page
    assert not user.person.affiliations.filter(organisation=place.town).exists()  # neither
    assert admin.post(path, form).status_code == 302
    user.refresh_from_db()
    assert user.email == "lena@regionen.example"
    assert user.person.affiliations.get(valid_until=None).organisation == place.town
    assert Message.objects.filter(kind="account_changed").count() == 2
    form |= {"organisation": place.region.uid, "from_day": "2020-03-01", "email": user.email}
    assert admin.post(path, form).status_code == 302
    assert Message.objects.filter(kind="account_changed").count() == 2
