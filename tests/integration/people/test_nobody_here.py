"""Nothing is given to, or done with, a row that is merged into another person or forgotten."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.audit.models import Event
from samhandling.apps.organisations import services as organisations
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.organisations.services import NobodyHere
from samhandling.apps.people import services
from samhandling.apps.privacy.services import pseudonymise_person
from tests.factories import make_body, make_organisation, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def merged(admin: User) -> Person:
    kept, other = make_user(name="Siv Lund"), make_user(name="Siv Lundh").person
    services.merge_people(
        keep=kept.person, other=other, name="Siv Lund", email=kept.email, by=admin, reason="Samma"
    )
    return other


def forgotten(admin: User) -> Person:
    person = make_user(name="Siv Lund").person
    services.leave(person=person, last_day=day_of_security() - timedelta(days=1), by=admin)
    pseudonymise_person(person=person, reason="Bad om det.", by=admin)
    return person


@pytest.mark.parametrize("make", [merged, forgotten])
def test_a_person_who_is_no_longer_one_is_refused_everywhere(
    make: Callable[[User], Person],
) -> None:
    """Also where the caller holds the person as she was before it was done."""
    admin = make_user(role="ADMINISTRATOR", name="Ada Min")
    person, other = make(admin), make_user(name="Bo Ek").person
    town, today = make_organisation("Staden"), day_of_security()
    days = {"valid_from": today, "valid_until": today}
    about = Event.objects.filter(revisions__after=person.key).distinct()
    told = list(about.values_list("pk", flat=True))
    for act in (
        lambda: organisations.grant_role(person=person, role="READER", by=admin),
        lambda: organisations.seat_person(
            body=make_body("Nätet"), person=person, role="MEMBER", by=admin
        ),
        lambda: organisations.affiliate_person(
            person=person, organisation=town, function="x", by=admin
        ),
        lambda: organisations.substitute_for(person=other, substitute=person, by=admin, **days),
        lambda: organisations.substitute_for(person=person, substitute=other, by=admin, **days),
        lambda: services.let_substitute(person=person, substitute=other, by=admin, **days),
        lambda: services.change_organisation(
            person=person, organisation=town, function="x", from_day=today, by=admin
        ),
        lambda: services.rename_person(person=person, name="Åter Igen", by=admin),
        lambda: services.leave(person=person, last_day=today, by=admin),
        lambda: services.undo_leaving(person=person, by=admin),
        *(
            (
                lambda: services.close_sign_in(user=user, by=admin, reason="x"),
                lambda: services.open_sign_in(user=user, by=admin),
            )
            if (user := User.objects.filter(person=person).first())
            else ()
        ),
    ):
        with pytest.raises(NobodyHere):
            act()
    assert list(about.values_list("pk", flat=True)) == told
