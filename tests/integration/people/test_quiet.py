"""Who has had nothing here for long leaves, though nobody thought of saying so."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from samhandling.apps.accounts.models import Person, Substitution, User
from samhandling.apps.audit.models import Event, Reason
from samhandling.apps.audit.services import COMMAND_LINE
from samhandling.apps.organisations.models import Affiliation
from samhandling.apps.organisations.permissions import standing_of
from samhandling.apps.people.models import Contact
from samhandling.apps.people.services import let_the_quiet_leave, open_sign_in
from samhandling.apps.privacy.retention import carry_out, due_on
from samhandling.jobs.routines import close_accounts
from tests.factories import make_initiative, make_person, sit_in
from tests.integration.people.conftest import Place

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def on(day: date) -> time_machine.travel:
    return time_machine.travel(timezone.make_aware(datetime.combine(day, time(12))))


def after(days: int) -> date:
    return DAY + timedelta(days=days)


@pytest.fixture
def ended(place: Place) -> User:
    """Somebody whose role, seat and employment have run out, the last of them on DAY."""
    person = place.reader.person
    person.roles.update(valid_from=date(2020, 1, 1), valid_until=after(-10))
    seat = {"valid_until_earliest": after(-30), "valid_until_latest": after(-30)}
    sit_in(place.network, person=person, **seat)
    Affiliation.objects.create(
        person=person, organisation=place.town, function="x", valid_until=DAY
    )
    return place.reader


def test_who_has_had_nothing_for_ninety_days_leaves_and_is_forgotten_in_time(ended: User) -> None:
    with on(after(89)):
        close_accounts()
    assert User.objects.get(pk=ended.pk).is_active
    with on(after(90)):
        close_accounts()
    person = Person.objects.get(pk=ended.person_id)
    assert person.left_on == DAY
    assert not User.objects.get(pk=ended.pk).is_active
    assert Reason.objects.latest("pk").text == (
        "Har inte haft någon roll, plats eller tjänst på 90 dagar."
    )
    assert Event.objects.latest("pk").actor_key == "system-clock"
    with on(after(91)):
        close_accounts()
    assert Event.objects.filter(revisions__field="left_on").count() == 1
    # Two years from the day on which it was written down.
    assert due_on(after(90 + 729))[-1].count == 0
    assert due_on(after(90 + 730))[-1].count == 1
    carry_out(today=after(90 + 730), by=COMMAND_LINE)
    assert Person.objects.get(pk=person.pk).pseudonymised_at is not None


@pytest.mark.parametrize("has", ["role", "seat", "work", "substitutes", "invited", "opened"])
def test_who_has_anything_stays(place: Place, ended: User, has: str) -> None:
    person = ended.person
    with on(after(90)):
        match has:
            case "role":
                person.roles.update(valid_until=after(90))
            case "seat":
                sit_in(place.other_network, person=person)
            case "work":
                Affiliation.objects.update(valid_until=after(365))
            case "substitutes":
                Substitution.objects.create(
                    person=place.convener.person, substitute=person,
                    valid_from=after(90), valid_until=after(90),
                )  # fmt: skip
            case "invited":
                place.invites(email=ended.email, person=person)
            case "opened":
                User.objects.filter(pk=ended.pk).update(is_active=False)
                open_sign_in(user=User.objects.get(pk=ended.pk), by=place.leader)
        assert let_the_quiet_leave() == 0
    assert Person.objects.get(pk=person.pk).left_on is None


def test_a_person_of_the_records_leaves_with_the_last_seat(place: Place) -> None:
    seated, unknown = make_person("Platt Sson"), make_person("Okänd Sson")
    days = {"valid_until_earliest": DAY, "valid_until_latest": DAY}
    sit_in(place.network, person=seated, **days)
    with on(after(90)):
        assert let_the_quiet_leave() == 1
    assert Person.objects.get(pk=seated.pk).left_on == DAY
    assert Person.objects.get(pk=unknown.pk).left_on is None  # there is no day to count from


def test_an_account_that_never_got_anything_leaves_too(place: Place) -> None:
    place.reader.person.roles.all().delete()
    User.objects.filter(pk=place.reader.pk).update(
        created_at=timezone.make_aware(datetime.combine(DAY, time(12)))
    )
    with on(after(89)):
        assert let_the_quiet_leave() == 0
    with on(after(90)):
        assert let_the_quiet_leave() == 1
    assert standing_of(User.objects.get(pk=place.reader.pk)).held == standing_of(None).held


def test_what_hung_on_the_quiet_lacks_somebody_from_then_on(ended: User) -> None:
    contact = Contact.objects.create(
        person=ended.person, record=make_initiative().record, valid_from=after(5)
    )
    with on(after(95)):
        assert let_the_quiet_leave() == 1
    contact.refresh_from_db()
    assert contact.valid_until == after(5) == Person.objects.get(pk=ended.person_id).left_on
