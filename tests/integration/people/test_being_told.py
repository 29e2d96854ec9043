"""Who gets something to answer for is told, and who substitutes is told as the one away is."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from samhandling.apps.accounts.models import User
from samhandling.apps.notices.models import Notice
from samhandling.apps.organisations.selectors import convener_ids, people_reaching
from samhandling.apps.organisations.services import grant_role
from samhandling.apps.people.services import (
    appoint_convener,
    leave,
    let_substitute,
    name_contact,
)
from samhandling.core.access import Operation
from tests.factories import make_agreement, make_initiative, make_user
from tests.integration.people.conftest import Place

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def today() -> date:
    return timezone.localdate()


def told(user: User) -> list[tuple[str, int]]:
    return list(Notice.objects.filter(person=user.person).values_list("kind", "record_id"))


def test_a_substitute_is_told_while_the_time_lasts(place: Place) -> None:
    agreement = make_agreement()
    second, stranger = make_user(), make_user()

    def reaching(day: date) -> set[int]:
        return people_reaching(
            Operation.APPROVE_SHARING, day, agreement_id=agreement.pk, body_ids=[place.network.pk]
        )

    before = reaching(today())
    for one, other in ((place.leader, place.reader), (place.convener, second)):
        let_substitute(
            person=one.person,
            substitute=other.person,
            valid_from=today(),
            valid_until=today() + A_DAY,
            by=place.admin,
        )
    assert reaching(today()) == before | {place.reader.person_id, second.person_id}
    assert stranger.person_id not in reaching(today())
    assert convener_ids([place.network.pk], today()) == {
        place.convener.person_id,
        second.person_id,
    }
    assert reaching(today() + 2 * A_DAY) == before


def test_who_is_appointed_or_named_or_given_a_role_is_told(place: Place) -> None:
    initiative = make_initiative(make_agreement(), owner=place.region, network=place.network)
    colleague = make_user(organisation=place.region)
    name_contact(initiative=initiative, person=colleague.person, by=place.convener)
    assert told(colleague) == [("RESPONSIBILITY", initiative.pk)]
    name_contact(initiative=initiative, person=None, by=colleague)
    assert told(colleague) == [("RESPONSIBILITY", initiative.pk)]
    leave(person=place.convener.person, last_day=today() - A_DAY, by=place.leader)
    appoint_convener(body=place.network, person=colleague.person, by=place.leader)
    assert sorted(told(colleague)) == sorted(
        [("RESPONSIBILITY", initiative.pk), ("RESPONSIBILITY", place.network.pk)]
    )
    grant_role(
        person=place.reader.person,
        role="COUNCIL_MEMBER",
        scope=initiative.agreement.record,
        by=place.leader,
    )
    assert told(place.reader) == [("ROLE_GIVEN", None)]
