"""Money, counts, results, partners and needs of an initiative are written."""

from collections.abc import Callable

import pytest
from django.test import Client

from samhandling.apps.accounts.models import User
from samhandling.apps.initiatives.models import Funding, Initiative
from samhandling.apps.records.models import Quantity
from tests.browsing import text, version_at
from tests.factories import County, make_initiative, make_need

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SignIn = Callable[[User], Client]


def test_money_is_written_corrected_and_told_by_year(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    browser = as_person(county.alice)
    answer = browser.post(
        f"/insatser/{shared.uid}/finansiering/ny/",
        {"instrument": "§37", "amount_sek": "", "state": "SOUGHT", "told_for_year": 2020},
    )
    assert answer.status_code == 302, text(answer)
    money = Funding.objects.get()
    assert (money.amount_sek, money.state) == (None, "SOUGHT")
    base = f"/insatser/{shared.uid}/finansiering/{money.uid}"
    browser.post(f"{base}/lage/", {"state": "GRANTED", "told_for_year": 2020})
    browser.post(
        f"{base}/",
        {
            **version_at(browser, f"{base}/"),
            "title": "§37",
            "instrument": "§37",
            "amount_sek": "1 250 000,50",
            "funder": county.other_organisation.uid,
        },
    )
    money.refresh_from_db()
    assert (str(money.amount_sek), money.state) == ("1250000.50", "GRANTED")
    assert "1\xa0250\xa0000,5" in text(browser.get(f"/insatser/{shared.uid}/"))
    rows = b"".join(browser.get("/rok/insatser/insatser.csv"))  # type: ignore[arg-type]
    assert "1\xa0250\xa0000,50 kronor" in rows.decode("utf-8-sig")
    stranger = make_initiative(county.agreement, owner=county.organisation)
    assert browser.get(f"/insatser/{stranger.uid}/finansiering/{money.uid}/").status_code == 404
    assert as_person(county.charlie).get(f"{base}/").status_code == 404


def test_counts_are_written_corrected_and_withdrawn(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    browser = as_person(county.alice)
    new = f"/insatser/{shared.uid}/mangder/ny/"
    answer = browser.post(new, {"measure": "timmar", "shape": "CHANGE", "value": "100"})
    assert "Skriv talet att jämföra med." in text(answer)
    browser.post(new, {"measure": "timmar", "shape": "CHANGE", "value": "100", "reference": "80"})
    counted = Quantity.objects.get()
    one = f"/insatser/{shared.uid}/mangder/{counted.uid}/"
    corrected = {"measure": "timmar", "shape": "CHANGE", "value": "90", "reference": "80"}
    browser.post(one, corrected | version_at(browser, one))
    assert "80 → 90" in text(browser.get(f"/insatser/{shared.uid}/"))
    browser.post(f"{one}dra-tillbaka/", {"reason": "Fel"})
    assert "80 → 90" not in text(browser.get(f"/insatser/{shared.uid}/")).split('id="historik"')[0]
    assert browser.get(one).status_code == 404


def test_results_partners_and_needs_are_written(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    browser = as_person(county.alice)
    browser.post(f"/insatser/{shared.uid}/resultat/nytt/", {"text": "Fler i arbete"})
    result = shared.expected_results.get()
    page = f"/insatser/{shared.uid}/resultat/{result.pk}/"
    told = {"text": "Fler i arbete", "indicator": "Andel"}
    browser.post(page, told | version_at(browser, page))
    result.refresh_from_db()
    assert result.indicator == "Andel"
    page = f"/insatser/{shared.uid}/medverkande/"
    rows = {
        "partners-0-actor": county.other_organisation.uid,
        "partners-0-role": "STEERING_GROUP",
        "partners-1-actor": "",
        "partners_state": "NONE",
        **version_at(browser, page),
    }
    assert "Det finns uppgifter inskrivna" in text(browser.post(page, rows))
    assert shared.actors.count() == 0
    assert browser.post(page, rows | {"partners_state": "PARTIAL"}).status_code == 302
    assert [(row.actor_id, row.role) for row in shared.actors.all()] == [
        (county.other_organisation.pk, "STEERING_GROUP")
    ]
    assert browser.post(page, rows | {"partners-0-actor": "zzzz"}).status_code == 200
    need = make_need(county.agreement)
    page = f"/insatser/{shared.uid}/behov/"
    browser.post(page, {"needs": [need.pk]} | version_at(browser, page))
    assert [link.need_id for link in shared.need_links.all()] == [need.pk]
    browser.post(page, version_at(browser, page))
    assert shared.need_links.count() == 0
    base = f"/insatser/{shared.uid}/resultat/{result.pk}"
    assert "Skriv varför." in text(browser.post(f"{base}/dra-tillbaka/", {"reason": ""}))
    browser.post(f"{base}/dra-tillbaka/", {"reason": "Skrevs två gånger"})
    assert shared.expected_results.count() == 0
    assert "Skrevs två gånger" in text(browser.get("/tillbakadraget/"))
    browser.post(f"{base}/aterstall/")
    assert [row.indicator for row in shared.expected_results.all()] == ["Andel"]
