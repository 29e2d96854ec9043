"""Leaving can be undone and moved; what has been in force stays on record."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from samhandling.apps.accounts.models import Person, RoleGrant, Substitution, User
from samhandling.apps.audit.models import Event
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.organisations.models import Affiliation, Membership
from samhandling.apps.organisations.permissions import NotAllowed, standing_of
from samhandling.apps.organisations.services import OwnRole, end_role, end_seat, end_substitution
from samhandling.apps.people.models import Contact, Departure
from samhandling.apps.people.services import (
    Undone,
    close_sign_in,
    close_those_who_left,
    leave,
    let_substitute,
    name_contact,
    open_sign_in,
    take_over_contact,
    undo_leaving,
)
from samhandling.apps.people.services.changing import end_contact
from samhandling.apps.people.services.errors import NothingToUndo
from samhandling.apps.records.fields import columns_of
from samhandling.core.partial_date import on_day
from samhandling.web.history_sentences import sentences
from tests.factories import make_agreement, make_initiative, make_user
from tests.factories.sign_in import signed_in_now
from tests.integration.people.conftest import Place

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
A_MONTH = timedelta(days=30)


def today() -> date:
    return timezone.localdate()


def fresh(user: User) -> User:
    """As the next request finds her."""
    return User.objects.get(pk=user.pk)


def state(person: Person) -> dict[str, set[tuple[object, ...]]]:
    """All that the person has, with its period."""
    return {
        "works": set(
            Affiliation.objects.filter(person=person).values_list(
                "organisation", "function", "valid_from", "valid_until"
            )
        ),
        "roles": set(
            RoleGrant.objects.filter(person=person).values_list(
                "role", "scope", "valid_from", "valid_until"
            )
        ),
        "seats": set(
            Membership.objects.filter(person=person).values_list(
                "body",
                "role",
                "valid_from_earliest",
                "valid_until_latest",
                "valid_until_precision",
            )
        ),
        "contacts": set(
            Contact.objects.filter(person=person).values_list("record", "valid_from", "valid_until")
        ),
        "away": set(
            Substitution.objects.filter(person=person).values_list(
                "substitute", "valid_from", "valid_until"
            )
        ),
    }


@pytest.fixture
def rich(place: Place) -> Person:
    """The convener with one of everything: begun long ago, ending later, not yet begun."""
    person = place.convener.person
    initiative = make_initiative(make_agreement(), owner=place.region, network=place.network)
    name_contact(initiative=initiative, person=person, by=place.convener)
    Contact.objects.update(valid_from=today() - A_MONTH)
    for role, begins, ends in (
        ("READER", -90, None),
        ("COUNCIL_MEMBER", -90, 90),
        ("COORDINATION_GROUP", 40, 80),
    ):
        RoleGrant.objects.create(
            person=person,
            role=role,
            valid_from=today() + begins * A_DAY,
            valid_until=None if ends is None else today() + ends * A_DAY,
        )
    let_substitute(
        person=person,
        substitute=place.reader.person,
        valid_from=today() - A_DAY,
        valid_until=today() + A_MONTH,
        by=place.leader,
    )
    return person


@pytest.mark.parametrize("days", [-1, 0, 20])
def test_undoing_gives_back_all_that_ended_as_it_was(place: Place, rich: Person, days: int) -> None:
    before, held = state(rich), standing_of(fresh(place.convener)).held
    leave(person=rich, last_day=today() + days * A_DAY, by=place.leader)
    assert state(rich) != before
    assert fresh(place.convener).is_active is (days >= 0)
    undone = undo_leaving(person=Person.objects.get(pk=rich.pk), by=place.leader)
    assert undone == Undone(given_back=7, hindered=0)
    assert state(rich) == before
    assert standing_of(fresh(place.convener)).held == held
    assert fresh(place.convener).is_active and fresh(place.convener).person.left_on is None
    assert not Departure.objects.exists()
    told = str(sentences(Event.objects.filter(verb="RESTORED"), place.leader)[0].sentence)
    assert told == "Karin Lind ångrade att Samira Holm slutar."


def test_what_the_clock_closed_is_opened_and_what_a_reason_closed_stays(
    place: Place, rich: Person
) -> None:
    leave(person=rich, last_day=today(), by=place.leader)
    Person.objects.filter(pk=rich.pk).update(left_on=today() - A_DAY)
    assert close_those_who_left() == 1
    undo_leaving(person=Person.objects.get(pk=rich.pk), by=place.leader)
    assert fresh(place.convener).is_active
    close_sign_in(user=fresh(place.convener), by=place.leader, reason="Stulen dator")
    leave(person=Person.objects.get(pk=rich.pk), last_day=today() - A_DAY, by=place.leader)
    undo_leaving(person=Person.objects.get(pk=rich.pk), by=place.leader)
    assert not fresh(place.convener).is_active


@pytest.mark.parametrize(("first", "then"), [(30, 60), (60, 30), (-1, 60)])
def test_another_last_day_moves_what_the_earlier_one_set(
    place: Place, rich: Person, first: int, then: int
) -> None:
    leave(person=rich, last_day=today() + first * A_DAY, by=place.leader)
    leave(person=Person.objects.get(pk=rich.pk), last_day=today() + then * A_DAY, by=place.leader)
    day = today() + then * A_DAY
    assert Person.objects.get(pk=rich.pk).left_on == day
    assert Affiliation.objects.get(person=rich).valid_until == day
    assert Membership.objects.get(person=rich).valid_until_latest == day
    assert Contact.objects.get(person=rich).valid_until == day
    assert RoleGrant.objects.get(person=rich, role="COUNCIL_MEMBER").valid_until == day
    begun_by_then = RoleGrant.objects.filter(person=rich, role="COORDINATION_GROUP")
    assert [row.valid_until for row in begun_by_then] == ([day] if then == 60 else [])
    assert fresh(place.convener).is_active
    undo_leaving(person=Person.objects.get(pk=rich.pk), by=place.leader)
    assert RoleGrant.objects.get(person=rich, role="READER").valid_until is None


def test_what_somebody_took_over_meanwhile_stays_with_them(place: Place, rich: Person) -> None:
    colleague = make_user(organisation=place.region)
    leave(person=rich, last_day=today() - A_DAY, by=place.leader)
    record = Contact.objects.get(person=rich).record
    initiative = Initiative.objects.get(pk=record.pk)
    take_over_contact(initiative=initiative, by=colleague)
    grant = RoleGrant.objects.get(person=rich, role="READER")
    grant.valid_until = today() - 5 * A_DAY
    grant.save()
    undone = undo_leaving(person=Person.objects.get(pk=rich.pk), by=place.leader)
    assert undone == Undone(given_back=5, hindered=2)
    assert Contact.objects.get(record=record, valid_until=None).person == colleague.person
    grant.refresh_from_db()
    assert grant.valid_until == today() - 5 * A_DAY


def test_who_may_not_give_a_role_does_not_give_it_back(place: Place) -> None:
    second = make_user(role="ADMINISTRATOR")
    leave(person=second.person, last_day=today() - A_DAY, by=place.admin)
    gone = Person.objects.get(pk=second.person_id)
    for by in (place.leader, place.convener):
        with pytest.raises(NotAllowed):
            undo_leaving(person=gone, by=by)
    page = signed_in_now(place.leader).get(f"/personer/{gone.key}/").content.decode()
    assert "Ångra avslutet" not in page
    assert undo_leaving(person=gone, by=place.admin).given_back == 1


def test_nobody_stays_longer_by_her_own_hand(place: Place) -> None:
    leader = place.leader.person
    leave(person=leader, last_day=today() + A_MONTH, by=place.admin)
    again = Person.objects.get(pk=leader.pk)
    with pytest.raises(OwnRole):
        undo_leaving(person=again, by=fresh(place.leader))
    with pytest.raises(OwnRole):
        leave(person=again, last_day=today() + 2 * A_MONTH, by=fresh(place.leader))
    undo_leaving(person=again, by=place.admin)
    with pytest.raises(NothingToUndo):
        undo_leaving(person=again, by=place.admin)


def test_a_sign_in_opened_without_the_rest_forgets_what_ended(place: Place, rich: Person) -> None:
    leave(person=rich, last_day=today() - A_DAY, by=place.leader)
    open_sign_in(user=fresh(place.convener), by=place.leader)
    assert standing_of(fresh(place.convener)).body_ids == set()
    with pytest.raises(NothingToUndo):
        undo_leaving(person=Person.objects.get(pk=rich.pk), by=place.leader)


def test_the_page_offers_to_undo_and_tells_what_did_not_come_back(
    place: Place, rich: Person
) -> None:
    browser = signed_in_now(place.leader)
    root = f"/personer/{rich.key}/"
    assert "Ångra avslutet" not in browser.get(root).content.decode()
    browser.post(root + "avsluta/", {"last_day": today()})
    page = browser.get(root).content.decode()
    assert "Ångra avslutet" in page and "Ändra sista dagen" in page
    RoleGrant.objects.filter(person=rich, role="READER").update(valid_until=today() - A_DAY)
    page = browser.post(root + "angra/", follow=True).content.decode()
    assert "Avslutet är ångrat" in page
    assert "1 roll eller plats kom inte tillbaka" in page
    code = "Personen kan logga in igen, med en kod till sin e-post."
    assert code not in page
    page = browser.post(root + "angra/", follow=True).content.decode()
    assert "Det finns inget avslut att ångra" in page and code not in page
    # Whoever was shut out has no password any more.
    browser.post(root + "avsluta/", {"last_day": today(), "close_now": "on"})
    assert code in browser.post(root + "angra/", follow=True).content.decode()
    assert fresh(place.convener).is_active and not fresh(place.convener).has_usable_password()


def test_what_has_been_in_force_is_never_taken_away(place: Place, rich: Person) -> None:
    """A mistyped year ends it with its first day; only what was given today goes."""
    long_ago, began = date(2016, 1, 1), today() - A_MONTH
    seat = Membership.objects.get(person=rich)
    Membership.objects.filter(pk=seat.pk).update(**columns_of("valid_from", on_day(began)))
    grant = RoleGrant.objects.get(person=rich, role="READER")
    away = Substitution.objects.get(person=rich)
    contact = Contact.objects.get(person=rich)
    seat.refresh_from_db()
    end_seat(seat=seat, last_day=long_ago, by=place.leader)
    end_role(grant=grant, on=long_ago, by=place.leader, reason="Fel år")
    end_substitution(substitution=away, last_day=long_ago, by=place.leader)
    end_contact(contact, long_ago)
    assert Membership.objects.get(person=rich).valid_until_latest == began
    assert RoleGrant.objects.get(pk=grant.pk).valid_until == grant.valid_from
    assert Substitution.objects.get(person=rich).valid_until == today() - A_DAY
    assert Contact.objects.get(person=rich).valid_until == began
    fresh_role = RoleGrant.objects.create(person=rich, role="PROCESS_LEADER", valid_from=today())
    end_role(grant=fresh_role, on=today(), by=place.leader, reason="Fel person")
    assert not RoleGrant.objects.filter(pk=fresh_role.pk).exists()


def test_the_history_tells_the_last_day_in_words(place: Place) -> None:
    leave(person=place.reader.person, last_day=date(2030, 1, 21), by=place.leader)
    event = Event.objects.filter(verb="CHANGED").latest("pk")
    told = str(sentences(Event.objects.filter(pk=event.pk), place.leader)[0].sentence)
    assert told == "Karin Lind skrev att Lena Ek slutar, sista dag 21 januari 2030."


def test_merging_has_the_button_of_what_cannot_be_undone(place: Place) -> None:
    one, other = place.reader.person, place.convener.person
    page = signed_in_now(place.leader).get(f"/personer/{one.key}/sla-ihop/?med={other.key}")
    assert '<button class="button stop">Slå ihop</button>' in page.content.decode()
