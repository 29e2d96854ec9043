"""An initiative is made, and its facts are changed: what is offered, refused, kept and logged."""

import html
import re
from collections.abc import Callable

import pytest
from django.test import Client

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.models import Event
from samhandling.apps.initiatives.models import Initiative
from samhandling.core.partial_date import parse_swedish
from tests.browsing import text, version_at
from tests.factories import (
    County,
    make_agreement,
    make_category,
    make_focus_area,
    make_initiative,
    make_need,
    make_place,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SignIn = Callable[[User], Client]
LONG = "Åäö och ett långt ord. " * 218  # a little over 5 000 characters


def test_an_initiative_is_made_from_its_title_alone(county: County, as_person: SignIn) -> None:
    answer = as_person(county.alice).post(
        "/rok/insatser/ny/",
        {"title": "Ny träff", "owner": county.organisation.uid, "network": "", "sharing": "DRAFT"},
    )
    made = Initiative.objects.get(record__title="Ny träff")
    assert answer["Location"] == f"/insatser/{made.uid}/"
    assert (made.owner_id, made.network, made.focus_area) == (county.organisation.pk, None, None)


def test_nothing_typed_is_lost_when_it_cannot_be_made(county: County, as_person: SignIn) -> None:
    answer = as_person(county.alice).post(
        "/rok/insatser/ny/",
        {
            "title": "",
            "purpose": LONG,
            "when": "nån gång i vår kanske",
            "owner": county.other_organisation.uid,
            "sharing": "DRAFT",
        },
    )
    page = text(answer)
    assert answer.status_code == 200
    assert "Skriv ett namn på insatsen." in page
    assert "går inte att läsa" in page
    assert "mars 2020" in page
    assert LONG.strip() in page
    assert "nån gång i vår kanske" in page
    assert not Initiative.objects.exists()


@pytest.mark.parametrize("sharing", ["DRAFT", "SHARED"])
def test_somebody_elses_initiative_is_refused_at_the_field(
    county: County, as_person: SignIn, sharing: str
) -> None:
    answer = as_person(county.charlie).post(
        "/rok/insatser/ny/",
        {"title": "Kapad", "owner": county.organisation.uid, "sharing": sharing},
    )
    assert answer.status_code == 200
    assert "Kapad" in text(answer)
    assert not Initiative.objects.exists()
    assert as_person(county.reader).get("/rok/insatser/ny/").status_code == 404
    assert as_person(county.alice).get("/finns-inte/insatser/ny/").status_code == 404


def facts(initiative: Initiative, **changes: object) -> dict[str, object]:
    """What a browser sends from the form, with some fields changed."""
    plain = {
        "title": initiative.title,
        "owner": initiative.owner.uid if initiative.owner else "",
        "network": initiative.network.uid if initiative.network else "",
        "focus_area": initiative.focus_area.uid if initiative.focus_area else "",
        "is_conditional": "",
        "would_happen_anyway": "UNKNOWN",
        "funding_state": "UNKNOWN",
        "results_state": "UNKNOWN",
        "levels_basis": "STATED",
    }
    return plain | changes


def test_what_is_sent_unchanged_logs_nothing(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    before = Event.objects.count()
    browser = as_person(county.alice)
    page = f"/insatser/{shared.uid}/andra/"
    answer = browser.post(page, facts(shared) | version_at(browser, page))
    assert answer.status_code == 302, text(answer)
    assert Event.objects.count() == before


def test_every_fact_can_be_changed_and_is_logged_with_its_reason(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    place = make_place("Ängköping")
    browser = as_person(county.alice)
    page = f"/insatser/{shared.uid}/andra/"
    answer = browser.post(
        page,
        version_at(browser, page)
        | facts(
            shared,
            title="Språkcafé för alla åäö",
            purpose=LONG,
            when="från mars 2020",
            network="inget",
            places=[place.pk],
            levels=[level.pk for level in county.levels[:2]],
            levels_basis="INFERRED",
            levels_ground="Av namnet",
            languages=["so", "sw"],
            is_conditional="no",
            would_happen_anyway="PARTLY",
            reason="Vi vet mer nu",
        ),
    )
    assert answer.status_code == 302, text(answer)
    made = Initiative.objects.get(pk=shared.pk)
    assert made.title == "Språkcafé för alla åäö"
    assert made.purpose == LONG.strip()
    assert made.when == parse_swedish("från mars 2020")
    assert (made.network, made.has_no_network) == (None, True)
    assert [row.basis for row in made.levels.all()] == ["INFERRED", "INFERRED"]
    assert made.record.bases.get(field="levels").ground == "Av namnet"
    assert [row.code for row in made.languages.all()] == ["so", "sw"]
    assert made.is_conditional is False
    assert Event.objects.first().reason == "Vi vet mer nu"  # type: ignore[union-attr]


def test_ids_of_another_agreement_or_of_nothing_are_refused_in_fields(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    other = make_agreement()
    level = other.levels.get(key="joint_action")
    wrong = {
        "focus_area": make_focus_area(other).uid,
        "levels": [level.pk],
        "owner": "zzzzzzzzzzzz",
        "network": county.organisation.uid,
        "places": [99_999],
        "languages": ["xx"],
    }
    for field, value in wrong.items():
        answer = as_person(county.alice).post(
            f"/insatser/{shared.uid}/andra/", facts(shared, **{field: value})
        )
        assert answer.status_code == 200, field
        assert f'id="id_{field}_error"' in text(answer), field
    page = f"/insatser/{shared.uid}/behov/"
    answer = as_person(county.alice).post(page, {"needs": [make_need(other).pk]})
    assert answer.status_code == 200
    assert shared.need_links.count() == 0
    stranger = make_initiative(county.agreement, owner=county.organisation)
    answer = as_person(county.alice).post(
        f"/insatser/{shared.uid}/status/",
        {"about": stranger.uid, "status": "DONE", "told_for_year": 2020},
    )
    assert answer.status_code == 200
    assert stranger.status_events.count() == 0


def test_handing_over_is_refused_at_the_form_and_nothing_is_lost(
    county: County, as_person: SignIn
) -> None:
    mine = make_initiative(county.agreement, owner=county.organisation)
    answer = as_person(county.alice).post(
        f"/insatser/{mine.uid}/andra/",
        facts(mine, owner=county.other_organisation.uid, purpose="Ny text"),
    )
    page = text(answer)
    assert "Välj ett av alternativen i listan." in page
    assert "Ny text" in page
    assert Initiative.objects.get(pk=mine.pk).owner_id == county.organisation.pk


def offered(page: str, name: str) -> set[str]:
    """The words of a select's choices."""
    select = re.search(rf'<select name="{name}".*?</select>', page, re.DOTALL)
    assert select is not None
    return {html.unescape(word.strip()) for word in re.findall(r">([^<]+)</option>", select[0])}


def test_only_what_can_be_chosen_is_offered_as_owner_and_network(
    county: County, as_person: SignIn, draft: Initiative
) -> None:
    make_category("Näringslivet")
    new = f"/{county.agreement.slug}/insatser/ny/"
    nobody = {"Okänt", "Inget nätverk ansvarar"}
    page = text(as_person(county.alice).get(new))
    assert offered(page, "owner") == {"Okänt", county.organisation.title}
    assert offered(page, "network") == nobody
    page = text(as_person(county.bob).get(new))
    assert offered(page, "owner") == {
        "Okänt",
        county.other_organisation.title,
        county.network.title,
    }
    assert offered(page, "network") == {*nobody, county.network.title}
    page = text(as_person(county.doris).get(new))
    assert {county.organisation.title, county.network.title} < offered(page, "owner")
    assert "Näringslivet" not in offered(page, "owner")
    page = text(as_person(county.alice).get(f"/insatser/{draft.uid}/andra/"))
    assert offered(page, "owner") == {"Okänt", county.organisation.title}


def test_a_network_that_stands_there_stays_a_choice_for_the_owners_people(
    county: County, as_person: SignIn, shared: Initiative
) -> None:
    page = text(as_person(county.alice).get(f"/insatser/{shared.uid}/andra/"))
    assert county.network.title in offered(page, "network")


def test_a_draft_sent_with_another_owner_is_refused(county: County, as_person: SignIn) -> None:
    made = make_initiative(county.agreement, network=county.network, sharing="DRAFT")
    answer = as_person(county.bob).post(
        f"/insatser/{made.uid}/andra/",
        {"title": made.title, "owner": county.organisation.uid, "network": county.network.uid},
    )
    assert answer.status_code == 200
    made.refresh_from_db()
    assert made.owner_id is None
    assert as_person(county.alice).get(f"/insatser/{made.uid}/").status_code == 404
