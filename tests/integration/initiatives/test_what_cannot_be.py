"""Numbers and times that cannot be are refused where they are wrong, and stay as typed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from samhandling.apps.accounts.models import User
from samhandling.apps.initiatives import services
from samhandling.apps.initiatives.models import Funding, Initiative
from samhandling.apps.records.impossible import Impossible
from samhandling.apps.records.models import Quantity
from samhandling.core.partial_date import parse_swedish
from samhandling.web import clock
from tests.browsing import text, version_at
from tests.factories import County

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SignIn = Callable[[User], Client]


def refused(answer: Any, field: str, sentence: str, *typed: str) -> None:
    """The form is back with the sentence at the field, and all that was typed."""
    page = text(answer)
    assert answer.status_code == 200
    assert f'id="id_{field}_error"' in page
    assert sentence in page
    assert all(f'value="{one}"' in page for one in typed)


@pytest.mark.parametrize(
    ("shape", "value", "reference", "field", "sentence"),
    [
        ("SHARE", "9", "8", "reference", "Det kan inte vara fler än alla."),
        ("RANGE", "2", "5", "reference", "Det nedre värdet är större än det övre."),
        ("COUNT", "-3", "", "value", "Skriv ett tal som är minst 0."),
        ("CHANGE", "3", "-1", "reference", "Skriv ett tal som är minst 0."),
    ],
)
def test_numbers_that_cannot_be_are_neither_added_nor_corrected_to(
    county: County,
    shared: Initiative,
    as_person: SignIn,
    shape: str,
    value: str,
    reference: str,
    field: str,
    sentence: str,
) -> None:
    browser, page = as_person(county.alice), f"/insatser/{shared.uid}/mangder/ny/"
    sent = {"measure": "kommuner", "shape": shape, "value": value, "reference": reference}
    refused(browser.post(page, sent), field, sentence, "kommuner", value)
    held = services.add_quantity(
        initiative=shared, measure="kommuner", value=5, shape="SHARE", reference=8, by=county.alice
    )
    page = f"/insatser/{shared.uid}/mangder/{held.uid}/"
    sent |= version_at(browser, page)
    refused(browser.post(page, sent), field, sentence, "kommuner", value)
    assert [(row.value, row.reference) for row in Quantity.objects.all()] == [(5, 8)]


def test_all_of_all_and_a_range_of_one_can_be(county: County, shared: Initiative) -> None:
    for shape in ("SHARE", "RANGE"):
        services.add_quantity(
            initiative=shared, measure="år", value=8, shape=shape, reference=8, by=county.alice
        )
    assert Quantity.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        (
            {"status": "POSTPONED", "when": "mars 2020", "postponed_to": "februari 2020"},
            "postponed_to",
            "Den nya tiden ligger före den tid då det blev så.",
        ),
        (
            {"status": "PAUSED", "postponed_to": "2019"},
            "postponed_to",
            "Den nya tiden ligger före 2020, som ändringen hör till.",
        ),
        (
            {"status": "PAUSED", "when": "2035"},
            "when",
            "Tiden ligger efter 2020, som ändringen hör till.",
        ),
        ({"status": "CLOSED", "when": "2021"}, "when", "Tiden ligger efter 2020"),
    ],
)
def test_a_status_is_of_its_year_and_is_postponed_to_later(
    county: County,
    shared: Initiative,
    as_person: SignIn,
    sent: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    sent = {"about": shared.uid, "told_for_year": "2020", "reason": "Sjukdom"} | sent
    answer = as_person(county.alice).post(f"/insatser/{shared.uid}/status/", sent)
    refused(answer, field, sentence, sent[field])
    assert "Sjukdom" in text(answer)
    assert shared.status_events.count() == 1


def test_what_is_done_has_been_done_but_an_end_may_be_known_ahead(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    ahead = f"december {clock.today().year + 1}"
    sent = {"about": shared.uid, "told_for_year": clock.today().year + 1, "when": ahead}
    browser, page = as_person(county.alice), f"/insatser/{shared.uid}/status/"
    far = {"status": "PARTLY_DONE", "when": "2135", "told_for_year": "2020"}
    refused(browser.post(page, far), "when", "Tiden har inte kommit än.", "2135")
    refused(
        browser.post(page, sent | {"status": "DONE"}), "when", "Tiden har inte kommit än.", ahead
    )
    assert browser.post(page, sent | {"status": "CLOSED"}).status_code == 302


def test_a_new_time_that_may_be_later_is_taken(county: County, shared: Initiative) -> None:
    event = services.record_status(
        initiative=shared,
        status="POSTPONED",
        told_for_year=2020,
        when=parse_swedish("mars 2020"),
        postponed_to=parse_swedish("2020"),
        by=county.alice,
    )
    assert event.postponed_to == parse_swedish("2020")


def test_a_year_of_follow_up_is_not_after_the_next(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    browser, year = as_person(county.alice), clock.today().year + 2
    sentence = f"Året kan inte vara senare än {year - 1}."
    sent = {"measure": "kommuner", "value": "6", "told_for_year": year}
    page = f"/insatser/{shared.uid}/mangder/ny/"
    refused(browser.post(page, sent), "told_for_year", sentence, "kommuner")
    sent = {"instrument": "projektmedel", "told_for_year": year}
    page = f"/insatser/{shared.uid}/finansiering/ny/"
    refused(browser.post(page, sent), "told_for_year", sentence, "projektmedel")


def test_money_does_not_end_before_it_is_granted(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    browser, page = as_person(county.alice), f"/insatser/{shared.uid}/finansiering/"
    sentence = "Pengarna kan inte ta slut innan de beviljades eller började användas."
    sent = {"state": "GRANTED", "when": "maj 2020", "ends": "2019", "told_for_year": "2020"}
    refused(browser.post(f"{page}ny/", sent), "ends", sentence, "maj 2020", "2019")
    money = services.add_funding(
        initiatives=[shared], instrument="projektmedel", ends=parse_swedish("2019"), by=county.alice
    )
    later = {"state": "IN_USE", "when": "maj 2020", "told_for_year": "2020"}
    refused(browser.post(f"{page}{money.uid}/lage/", later), "when", sentence, "maj 2020")
    later["when"] = "2021"
    told = "Tiden ligger efter 2020, som ändringen hör till."
    refused(browser.post(f"{page}{money.uid}/lage/", later), "when", told, "2021")
    services.record_funding_state(
        funding=money,
        state="GRANTED",
        told_for_year=2019,
        when=parse_swedish("mars 2019"),
        by=county.alice,
    )
    sent = {"ends": "2018"} | version_at(browser, f"{page}{money.uid}/")
    refused(browser.post(f"{page}{money.uid}/", sent), "ends", sentence, "2018")
    assert [row.ends for row in Funding.objects.all()] == [parse_swedish("2019")]
    with pytest.raises(Impossible, match="som är minst 0"):
        services.add_funding(initiatives=[shared], amount_sek=-1, by=county.alice)
