"""The log says whose seat was given, given back or ended, by key, and calls her by her name now."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from samhandling.apps.accounts.models import Person
from samhandling.apps.audit.models import Event, Revision
from samhandling.apps.organisations.models import Membership
from samhandling.apps.organisations.services import end_seat, seat_person
from samhandling.apps.organisations.services.endings import log_actor
from samhandling.apps.people.services import (
    appoint_convener,
    leave,
    rename_person,
    take_over_body,
    undo_leaving,
)
from samhandling.web.history_sentences import sentences
from tests.factories import make_user
from tests.factories.sign_in import signed_in_now
from tests.integration.people.conftest import Place

pytestmark = pytest.mark.django_db
WHERE = "nätverket eller gruppen ”Nätverket”"


def day(days: int = 0) -> date:
    return timezone.localdate() + timedelta(days=days)


def of_seats() -> list[str]:
    """What the log says of seats, the latest first."""
    events = Event.objects.filter(revisions__field="seats").order_by("-pk")
    return [str(one.sentence) for one in sentences(events, None, link=False)]


def test_it_says_who_got_and_who_lost_the_seat_and_follows_the_name(place: Place) -> None:
    seat = seat_person(
        body=place.network, person=place.reader.person, role="MEMBER", by=place.leader,
        valid_from=day(-5),
    )  # fmt: skip
    assert of_seats() == [f"Karin Lind gav Lena Ek platsen som medlem i {WHERE}."]
    end_seat(seat=seat, last_day=day(-1), by=place.leader)
    rename_person(person=place.reader.person, name="Lena Alm", by=place.leader)
    assert of_seats() == [
        f"Karin Lind avslutade Lena Alms plats som medlem i {WHERE}.",
        f"Karin Lind gav Lena Alm platsen som medlem i {WHERE}.",
    ]
    kept = Revision.objects.filter(event__revisions__field="seats", field="person")
    key = place.reader.person.key
    assert list(kept.values_list("before", "after")) == [(key, key)] * 2
    # On the page of the network and of the person.
    browser = signed_in_now(place.leader)
    pages = (f"/andringar/{place.network.uid}/", f"/personer/{key}/")
    for page in pages:
        assert "gav Lena Alm platsen som medlem i" in browser.get(page).content.decode()


def test_what_one_takes_or_ends_oneself_is_said_without_the_name_twice(place: Place) -> None:
    leave(person=place.convener.person, last_day=day(-1), by=place.leader)
    assert of_seats()[0] == (
        f"Karin Lind avslutade Samira Holms plats som sammankallande i {WHERE}."
    )
    deputy = make_user(organisation=place.region, name="Eva Ny")
    seat_person(body=place.network, person=deputy.person, role="DEPUTY", by=place.leader)
    take_over_body(body=place.network, by=deputy)
    assert of_seats()[0] == f"Eva Ny tog platsen som sammankallande i {WHERE}."
    hers = seat_person(
        body=place.network, person=place.leader.person, role="MEMBER", by=place.admin
    )
    end_seat(seat=hers, last_day=day(3), by=place.leader)
    assert of_seats()[0].startswith(f"Karin Lind avslutade sin plats som medlem i {WHERE}. Platsen")


def test_a_seat_that_is_given_back_or_filled_anew_is_whose_it_is(place: Place) -> None:
    person = place.convener.person
    leave(person=person, last_day=day(-1), by=place.leader)
    undo_leaving(person=Person.objects.get(pk=person.pk), by=place.leader)
    assert of_seats()[0] == f"Karin Lind gav Samira Holm platsen som sammankallande i {WHERE}."
    leave(person=Person.objects.get(pk=person.pk), last_day=day(-1), by=place.leader)
    appoint_convener(body=place.network, person=place.reader.person, by=place.leader)
    assert of_seats()[0] == f"Karin Lind gav Lena Ek platsen som sammankallande i {WHERE}."


def test_what_was_logged_before_the_log_knew_whose_keeps_its_words(place: Place) -> None:
    log_actor(place.network, "ADDED", "seats", "MEMBER", place.leader)
    assert of_seats() == [f"Karin Lind fyllde i plats för {WHERE}: medlem."]
    nobodys = Membership.objects.create(body=place.network, role="MEMBER", function="chef", order=9)
    end_seat(seat=nobodys, last_day=day(-1), by=place.leader)
    assert of_seats()[0] == f"Karin Lind tog bort plats för {WHERE}, tidigare medlem."
