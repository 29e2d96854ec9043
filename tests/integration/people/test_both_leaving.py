"""Both who are in a substitution leave: it never outlasts either, and all of it comes back."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from django.utils import timezone

from samhandling.apps.accounts.models import Person, Substitution, User
from samhandling.apps.notices.models import Notice
from samhandling.apps.organisations.services import end_substitution
from samhandling.apps.people.models import Departure
from samhandling.apps.people.services import Undone, leave, let_substitute, undo_leaving
from tests.factories.sign_in import signed_in_now
from tests.integration.people.conftest import Place

pytestmark = pytest.mark.django_db


def day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def substituting(place: Place, first: int = 0, last: int = 40) -> None:
    let_substitute(
        person=place.convener.person,
        substitute=place.reader.person,
        valid_from=day(first),
        valid_until=day(last),
        by=place.leader,
    )


def goes(user: User, days: int, place: Place) -> None:
    leave(person=Person.objects.get(pk=user.person_id), last_day=day(days), by=place.leader)


def stays(user: User, place: Place) -> Undone:
    return undo_leaving(person=Person.objects.get(pk=user.person_id), by=place.leader)


def days() -> list[tuple[int, int]]:
    return [
        ((row.valid_from - day(0)).days, (row.valid_until - day(0)).days)
        for row in Substitution.objects.all()
    ]


def staying(user: User) -> int:
    return Notice.objects.filter(person=user.person, kind=Notice.Kind.STAYING).count()


def test_what_comes_back_ends_with_the_others_last_day_and_the_rest_when_she_stays(
    place: Place,
) -> None:
    substituting(place)
    goes(place.convener, 5, place)
    goes(place.reader, 20, place)
    assert days() == [(0, 5)]
    assert stays(place.convener, place).held == 1
    assert days() == [(0, 20)] and staying(place.reader) == 1
    assert stays(place.reader, place) == Undone(given_back=2, hindered=0, held=0)  # and her role
    assert days() == [(0, 40)]


def test_a_later_last_day_gives_no_more_than_the_other_is_here_for(place: Place) -> None:
    substituting(place)
    goes(place.convener, 5, place)
    goes(place.reader, 10, place)
    goes(place.convener, 30, place)
    assert days() == [(0, 10)]
    stays(place.reader, place)
    assert days() == [(0, 30)]
    stays(place.convener, place)
    assert days() == [(0, 40)]


def test_nobody_is_told_that_what_the_other_holds_back_holds_again(place: Place) -> None:
    substituting(place)
    goes(place.convener, 5, place)
    goes(place.reader, 3, place)
    undone = stays(place.convener, place)
    assert (undone.hindered, undone.held) == (0, 1)
    assert days() == [(0, 3)] and staying(place.reader) == 0
    stays(place.reader, place)
    assert days() == [(0, 40)] and staying(place.convener) == 2


@pytest.mark.parametrize(
    ("ends", "begins"),
    [((5, 3), 0), ((3, 3), 0), ((3, 5), 4), ((8, 30), 12), ((-2, -1), 0)],
)
def test_in_whatever_order_they_go_and_stay_all_of_it_comes_back(
    place: Place, ends: tuple[int, int], begins: int
) -> None:
    both = dict(zip((place.convener, place.reader), ends, strict=True))
    for going in permutations(both):
        for back in permutations(both):
            Substitution.objects.all().delete()
            substituting(place, begins)
            for one in going:
                goes(one, both[one], place)
            assert all(last <= max(min(ends), begins) for _first, last in days())
            stays(back[0], place)
            still = both[back[1]]
            held = [(begins, min(still, 40))] if begins <= still else []
            assert days() == held
            assert stays(back[1], place).hindered == 0
            assert days() == [(begins, 40)]
            assert not Departure.objects.exists()


def test_what_somebody_ended_meanwhile_stays_ended(place: Place) -> None:
    substituting(place)
    goes(place.convener, 10, place)
    end_substitution(substitution=Substitution.objects.get(), last_day=day(6), by=place.leader)
    goes(place.reader, 3, place)
    undone = stays(place.convener, place)
    assert (undone.hindered, undone.held) == (1, 0)
    stays(place.reader, place)
    assert days() == [(0, 6)]


def test_the_page_says_in_one_message_what_came_back_and_what_did_not(place: Place) -> None:
    substituting(place)
    goes(place.convener, 5, place)
    goes(place.reader, 3, place)
    browser = signed_in_now(place.leader)
    address = f"/personer/{place.convener.person.key}/angra/"
    page = browser.post(address, follow=True).content.decode()
    assert (
        "Avslutet är ångrat. Det som upphörde gäller igen, men inte allt. "
        "1 tid som ersättare tar ändå slut när den andra personen slutar." in page
    )
    assert "har kommit i dess ställe" not in page and "Det som upphörde gäller igen." not in page
