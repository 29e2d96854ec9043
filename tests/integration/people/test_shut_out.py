"""Whose sign-in is closed leaves everything behind as who leaves, until somebody takes over."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.models import Revision
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.organisations.models import Membership
from samhandling.apps.people.models import Contact
from samhandling.apps.people.selectors.contacts import contact_of
from samhandling.apps.people.selectors.lacking import bodies_lacking, what_lacks_somebody
from samhandling.apps.people.services import (
    appoint_convener,
    close_sign_in,
    name_contact,
    open_sign_in,
    take_over_contact,
)
from samhandling.apps.people.services.errors import NotLacking
from tests.factories import make_agreement, make_initiative, make_user, sit_in
from tests.factories.sign_in import signed_in_now
from tests.integration.people.conftest import Place

pytestmark = pytest.mark.django_db


def today() -> date:
    return timezone.localdate()


@pytest.fixture
def initiative(place: Place) -> Initiative:
    """Of the convener's, who alone works for its owner."""
    made = make_initiative(make_agreement(), owner=place.region, network=place.network)
    name_contact(initiative=made, person=place.convener.person, by=place.convener)
    return made


def shut(place: Place) -> None:
    close_sign_in(user=place.convener, by=place.admin, reason="Datorn är stulen")


def test_a_network_an_initiative_and_an_organisation_lack_somebody_from_that_day(
    place: Place, initiative: Initiative
) -> None:
    found = what_lacks_somebody(place.reader)
    assert (found.bodies, found.contacts, found.organisations) == ([], [], [])
    assert contact_of(initiative.pk).person == place.convener.person
    shut(place)
    found = what_lacks_somebody(place.reader)
    assert [(row.body, row.since) for row in found.bodies] == [(place.network, today())]
    assert [(row.record.pk, row.since) for row in found.contacts] == [(initiative.pk, today())]
    assert [(row.organisation, row.since) for row in found.organisations] == [
        (place.region, today())
    ]
    lacks = contact_of(initiative.pk)
    assert (lacks.person, lacks.is_lacking, lacks.lacks_since) == (None, True, today())

    browser, told = signed_in_now(place.leader), "Saknas sedan"
    assert told in browser.get(f"/insatser/{initiative.uid}/").content.decode()
    assert told in browser.get(f"/natverk/{place.network.uid}/").content.decode()
    assert told in browser.get("/natverk-och-aktorer/").content.decode()
    page = browser.get("/saknar-ansvarig/").content.decode()
    for name in (place.network.title, initiative.title, place.region.title):
        assert name in page
    open_sign_in(user=User.objects.get(pk=place.convener.pk), by=place.admin)
    assert what_lacks_somebody(place.reader).number == 0
    assert contact_of(initiative.pk).person == place.convener.person


def test_of_an_unknown_day_it_is_said_that_the_sign_in_is_closed(place: Place) -> None:
    User.objects.filter(pk=place.convener.pk).update(is_active=False)
    assert not Revision.objects.filter(field="sign_in").exists()
    assert [row.since for row in bodies_lacking([place.network.pk]).values()] == [None]
    browser, told = signed_in_now(place.leader), "Saknas: inloggningen är stängd"
    assert told in browser.get(f"/natverk/{place.network.uid}/").content.decode()
    assert told in browser.get("/natverk-och-aktorer/").content.decode()
    assert "Inloggningen är stängd" in browser.get("/saknar-ansvarig/").content.decode()


def test_another_who_convenes_or_somebody_without_account_is_enough(place: Place) -> None:
    other = make_user()
    sit_in(place.network, person=other.person, role="CHAIR")
    shut(place)
    assert bodies_lacking([place.network.pk]) == {}
    User.objects.filter(pk=other.pk).delete()
    assert bodies_lacking([place.network.pk]) == {}


def test_who_takes_over_has_it_alone_also_when_the_other_is_let_in_again(
    place: Place, initiative: Initiative
) -> None:
    shut(place)
    colleague = make_user(organisation=place.region)
    appoint_convener(body=place.network, person=colleague.person, by=place.leader)
    with pytest.raises(NotLacking):
        appoint_convener(body=place.network, person=place.reader.person, by=place.leader)
    assert take_over_contact(initiative=initiative, by=colleague) is not None
    with pytest.raises(NotLacking):
        take_over_contact(initiative=initiative, by=colleague)
    assert bodies_lacking([place.network.pk]) == {}
    assert contact_of(initiative.pk).person == colleague.person

    open_sign_in(user=User.objects.get(pk=place.convener.pk), by=place.admin)
    yesterday = today() - timedelta(days=1)
    (seat,) = Membership.objects.filter(person=place.convener.person)
    assert seat.valid_until is not None and seat.valid_until.latest == yesterday
    assert not Contact.objects.filter(person=place.convener.person, valid_until=None).exists()
