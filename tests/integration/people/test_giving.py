"""What is given is given once, for a time, and not beyond somebody's last day."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from samhandling.apps.accounts.models import Person, RoleGrant
from samhandling.apps.organisations.models import Affiliation, Membership
from samhandling.apps.organisations.services import (
    Leaves,
    PeriodBackwards,
    RoleAlreadyHeld,
    affiliate_person,
    grant_role,
    seat_person,
)
from samhandling.apps.people.services import (
    appoint_convener,
    leave,
    let_substitute,
    name_contact,
    undo_leaving,
)
from tests.factories import make_agreement, make_initiative
from tests.factories.sign_in import signed_in_now
from tests.integration.people.conftest import Place

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def today() -> date:
    return timezone.localdate()


def test_a_seat_that_is_given_twice_is_one(place: Place) -> None:
    person = place.reader.person
    given = {"body": place.network, "person": person, "role": "MEMBER", "by": place.leader}
    first = seat_person(valid_from=today(), **given)
    assert seat_person(valid_from=today(), **given).pk == first.pk
    with pytest.raises(RoleAlreadyHeld):
        seat_person(valid_from=today() + A_DAY, **given)
    with pytest.raises(RoleAlreadyHeld):
        seat_person(valid_from=today() - 9 * A_DAY, valid_until=today(), **given)
    with pytest.raises(PeriodBackwards):
        seat_person(valid_from=today(), valid_until=today() - A_DAY, **given)
    seat_person(valid_from=today() - 9 * A_DAY, valid_until=today() - A_DAY, **given)
    assert Membership.objects.filter(person=person).count() == 2
    browser = signed_in_now(place.leader)
    form = {"body": place.network.uid, "role": "DEPUTY"}
    for _time in range(2):
        assert browser.post(f"/personer/{person.key}/plats/", form).status_code == 302
    assert Membership.objects.filter(person=person, role="DEPUTY").count() == 1


def test_a_seat_has_the_period_of_its_form(place: Place) -> None:
    browser = signed_in_now(place.leader)
    days = {"valid_from": today() + A_DAY, "valid_until": today() + 9 * A_DAY}
    form = {"body": place.network.uid, "role": "DEPUTY", **days}
    browser.post(f"/personer/{place.reader.person.key}/plats/", form)
    seat = Membership.objects.get(person=place.reader.person)
    assert (seat.valid_from.earliest, seat.valid_until.latest) == tuple(days.values())  # type: ignore[union-attr]
    backwards = form | {"valid_until": today()}
    answer = browser.post(f"/personer/{place.reader.person.key}/plats/", backwards)
    assert "Sista dagen ligger före första dagen" in answer.content.decode()


def test_nothing_is_given_beyond_the_last_day(place: Place) -> None:
    person, by = place.reader.person, place.leader
    initiative = make_initiative(make_agreement(), owner=place.region, network=place.network)
    last = today() + 5 * A_DAY
    leave(person=person, last_day=last, by=by)
    leave(person=place.convener.person, last_day=today() - A_DAY, by=by)
    before = (RoleGrant.objects.count(), Membership.objects.count(), Affiliation.objects.count())
    for give in (
        lambda: grant_role(person=person, role="COUNCIL_MEMBER", by=by),
        lambda: grant_role(person=person, role="COUNCIL_MEMBER", valid_until=last + A_DAY, by=by),
        lambda: seat_person(body=place.network, person=person, role="MEMBER", by=by),
        lambda: affiliate_person(person=person, organisation=place.town, function="x", by=by),
        lambda: appoint_convener(body=place.network, person=person, by=by),
        lambda: name_contact(initiative=initiative, person=person, by=by),
        lambda: let_substitute(
            person=by.person,
            substitute=person,
            valid_from=today(),
            valid_until=last + A_DAY,
            by=by,
        ),
    ):
        with pytest.raises(Leaves):
            give()
    after = (RoleGrant.objects.count(), Membership.objects.count(), Affiliation.objects.count())
    assert before == after
    grant_role(person=person, role="COUNCIL_MEMBER", valid_until=last, by=by)
    page = signed_in_now(by).post(f"/personer/{person.key}/roll/", {"role": "COORDINATION_GROUP"})
    assert "Personens sista dag är" in page.content.decode()
    undo_leaving(person=Person.objects.get(pk=person.pk), by=by)
    grant_role(person=person, role="COORDINATION_GROUP", by=by)
