"""Delete is withdrawal with a reason, and can be taken back by those who may."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from samhandling.apps.audit.models import Event, Verb
from samhandling.apps.followup.services import create_lesson, create_recommendation
from samhandling.apps.initiatives import services
from samhandling.apps.initiatives.models import Funding, Initiative
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.records.models import Quantity
from samhandling.apps.records.services import AlreadyWithdrawn, ReasonMissing
from samhandling.apps.situation.services import withdraw_need
from samhandling.web.workspace.records.withdrawal import KINDS
from tests.factories.county import County, make_county
from tests.factories.initiatives import make_initiative, make_need, make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def initiative(county: County) -> Initiative:
    return make_initiative(county.agreement, "Språkcafé", owner=county.organisation)


@dataclass
class Things:
    """One live thing of each kind that can be withdrawn."""

    by_kind: dict[str, Any]


@pytest.fixture
def things(county: County, initiative: Initiative) -> Things:
    by, round = county.doris, make_round(county.agreement, 2020)
    return Things(
        {
            "INITIATIVE": initiative,
            "NEED": make_need(county.agreement, "Lokaler saknas"),
            "FUNDING": services.add_funding(by=by, initiatives=[initiative], title="Bidrag"),
            "QUANTITY": services.add_quantity(
                initiative=initiative, measure="timmar", value=80, by=by
            ),
            "ROUND": make_round(county.agreement, 2021),
            "LESSON": create_lesson(round=round, number=1, title="Mandat behövs", by=by),
            "RECOMMENDATION": create_recommendation(round=round, text="Ge mandat", by=by),
        }
    )


def withdraw(browser: Client, kind: str, thing: Any, reason: str) -> Any:
    page = {
        "INITIATIVE": f"/insatser/{thing.uid}/dra-tillbaka/",
        "NEED": f"/behov/{thing.uid}/dra-tillbaka/",
    }.get(kind, f"/post/{thing.uid}/dra-tillbaka/")
    if kind == "QUANTITY":
        holder = Initiative.objects.get(pk=thing.about_id)
        page = f"/insatser/{holder.uid}/mangder/{thing.uid}/dra-tillbaka/"
    return browser.post(page, {"reason": reason})


def as_person(user: Any) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def test_every_kind_is_tried_here(things: Things) -> None:
    assert set(things.by_kind) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_withdrawn_says_so_and_comes_back(
    county: County, things: Things, kind: str
) -> None:
    thing = things.by_kind[kind]
    browser, reader = as_person(county.doris), as_person(county.reader)
    assert "Skriv varför." in withdraw(browser, kind, thing, " ").content.decode()
    assert withdraw(browser, kind, thing, "Skrevs två gånger").status_code == 302
    assert not type(thing).objects.live().filter(pk=thing.pk).exists()
    assert withdraw(browser, kind, thing, "Igen").status_code == 404

    told = reader.get(f"/post/{thing.uid}/", follow=True).content.decode()
    assert "Skrevs två gånger" in told
    assert "Återställ<" not in told
    assert thing.title not in reader.get("/tillbakadraget/").content.decode()
    assert reader.post(f"/post/{thing.uid}/aterstall/").status_code == 404
    assert not type(thing).objects.live().filter(pk=thing.pk).exists()

    asked = browser.get(f"/post/{thing.uid}/aterstall/").content.decode()
    assert f'action="/post/{thing.uid}/aterstall/"' in asked

    listed = browser.get("/tillbakadraget/").content.decode()
    assert thing.title in listed
    assert "Skrevs två gånger" in listed
    assert browser.post(f"/post/{thing.uid}/aterstall/").status_code == 302
    assert type(thing).objects.live().filter(pk=thing.pk).exists()
    assert thing.title not in browser.get("/tillbakadraget/").content.decode()
    events = Event.objects.filter(record_uid=thing.uid).order_by("pk")
    assert [event.verb for event in events][-2:] == [Verb.WITHDRAWN, Verb.RESTORED]
    assert browser.post(f"/post/{thing.uid}/aterstall/").status_code == 404


def test_parts_come_back_with_their_whole_but_not_those_withdrawn_before(
    county: County, initiative: Initiative
) -> None:
    by = county.alice
    earlier = services.add_part(initiative=initiative, title="Steg 1", by=by)
    later = services.add_part(initiative=initiative, title="Steg 2", by=by)
    services.withdraw_initiative(initiative=earlier, reason="Behövdes inte", by=by)
    services.withdraw_initiative(initiative=initiative, reason="Blev inte av", by=by)
    alone = Initiative.objects.select_related("record", "parent__record").get(pk=later.pk)
    with pytest.raises(NotAllowed):
        services.restore_initiative(initiative=alone, by=by)
    held = Initiative.objects.select_related("record").get(pk=initiative.pk)
    services.restore_initiative(initiative=held, by=by)
    assert set(Initiative.objects.live()) == {initiative, later}


def test_the_page_of_a_withdrawn_initiative_leads_to_where_it_is_restored(
    county: County, initiative: Initiative
) -> None:
    browser = as_person(county.alice)
    page = f"/insatser/{initiative.uid}/"
    link = f'href="/post/{initiative.uid}/aterstall/"'
    assert link not in browser.get(page).content.decode()
    services.withdraw_initiative(initiative=initiative, reason="Fel", by=county.alice)
    assert link in browser.get(page).content.decode()
    assert link not in as_person(county.reader).get(page).content.decode()


def test_withdrawn_money_leaves_the_page_of_its_initiative_and_comes_back(
    county: County, initiative: Initiative
) -> None:
    by, browser = county.alice, as_person(county.alice)
    money = services.add_funding(by=by, initiatives=[initiative], title="Bidrag från länet")
    shown = f'id="p-{money.uid}"'
    page = f"/insatser/{initiative.uid}/"
    assert shown in browser.get(page).content.decode()
    services.withdraw_funding(funding=money, reason="Fel", by=by)
    assert shown not in browser.get(page).content.decode()
    services.restore_funding(funding=money, by=by)
    assert shown in browser.get(page).content.decode()


def test_a_withdrawn_draft_is_not_found_by_others(county: County) -> None:
    draft = make_initiative(
        county.agreement, "Hemligt", owner=county.organisation, sharing="DRAFT", by=county.alice
    )
    services.withdraw_initiative(initiative=draft, reason="Fel", by=county.alice)
    stranger = as_person(county.doris)
    assert stranger.get(f"/post/{draft.uid}/").status_code == 404
    assert stranger.post(f"/post/{draft.uid}/aterstall/").status_code == 404
    assert "Hemligt" not in stranger.get("/tillbakadraget/").content.decode()
    assert "Hemligt" in as_person(county.alice).get("/tillbakadraget/").content.decode()


def test_money_of_a_hidden_draft_is_as_hidden(county: County) -> None:
    draft = make_initiative(
        county.agreement, "Hemligt", owner=county.organisation, sharing="DRAFT", by=county.alice
    )
    money = services.add_funding(by=county.alice, initiatives=[draft], title="Hemliga pengar")
    services.withdraw_funding(funding=money, reason="Fel", by=county.alice)
    assert as_person(county.doris).get(f"/post/{money.uid}/").status_code == 404
    assert as_person(county.alice).get(f"/post/{money.uid}/").status_code == 200
    assert not Funding.objects.live().exists()


def test_a_second_withdrawal_does_not_take_the_first_reason(county: County) -> None:
    need = make_need(county.agreement, owner=county.organisation)
    twice = type(need).objects.select_related("record").get(pk=need.pk)
    withdraw_need(need=need, reason="Dubblett", by=county.alice)
    with pytest.raises(AlreadyWithdrawn):
        withdraw_need(need=twice, reason="Något annat", by=county.alice)
    twice.record.refresh_from_db()
    assert twice.record.withdrawn_reason == "Dubblett"


def test_a_withdrawn_result_keeps_its_words_and_needs_a_reason(
    county: County, initiative: Initiative
) -> None:
    by = county.alice
    result = services.add_expected_result(initiative=initiative, text="Fler klarar B1", by=by)
    with pytest.raises(ReasonMissing):
        services.withdraw_expected_result(result=result, reason=" ", by=by)
    services.withdraw_expected_result(result=result, reason="Mäts inte längre", by=by)
    assert not initiative.expected_results.exists()
    services.restore_expected_result(result=result, by=by)
    assert [row.text for row in initiative.expected_results.all()] == ["Fler klarar B1"]
    assert Quantity.objects.count() == 0
