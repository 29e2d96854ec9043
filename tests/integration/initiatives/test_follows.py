"""What an initiative follows on: written by name or address, never what one may not see."""

from collections.abc import Callable

import pytest
from django.test import Client

from samhandling.apps.accounts.models import User
from samhandling.apps.initiatives import services
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import FollowsItself
from samhandling.apps.organisations.permissions import NotAllowed
from tests.browsing import forms_of
from tests.factories import County, make_agreement, make_initiative

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SEVERAL = "Flera insatser heter så."
NONE = "Hittar ingen annan insats"


@pytest.fixture
def earlier(county: County) -> Initiative:
    return make_initiative(county.agreement, "Språkstöd åren före", owner=county.organisation)


def form_at(browser: Client, initiative: Initiative) -> dict[str, list[str]]:
    """What the page of its facts sends when nobody touches it."""
    page = browser.get(f"/insatser/{initiative.uid}/andra/").content.decode()
    [form] = [form for form in forms_of(page) if "title" in form.values]
    return form.values


def write(browser: Client, initiative: Initiative, text: str) -> str:
    """Saves what it follows on; the page that answers."""
    sent = form_at(browser, initiative) | {"follows": [text]}
    answer = browser.post(f"/insatser/{initiative.uid}/andra/", sent, follow=True)
    initiative.refresh_from_db()
    return answer.content.decode()


def test_it_is_found_by_name_and_by_address_and_can_be_taken_away(
    county: County, shared: Initiative, earlier: Initiative, as_person: SignIn
) -> None:
    alice = as_person(county.alice)
    assert earlier.title in write(alice, shared, "  Språkstöd åren före ")
    assert shared.follows == earlier
    assert form_at(alice, shared)["follows"] == ["Språkstöd åren före"]
    write(alice, shared, "")
    assert shared.follows is None
    write(alice, shared, f"https://samhandling.example/insatser/{earlier.uid}/?q=1#behov")
    assert shared.follows == earlier


def test_a_name_that_several_have_asks_for_the_address(
    county: County, shared: Initiative, earlier: Initiative, as_person: SignIn
) -> None:
    alice = as_person(county.alice)
    twin = make_initiative(county.agreement, earlier.title, owner=county.organisation)
    assert SEVERAL in write(alice, shared, earlier.title)
    assert shared.follows is None
    write(alice, shared, f"/insatser/{twin.uid}/")
    assert shared.follows == twin
    # What stands there is kept when the rest of the form is saved.
    assert SEVERAL not in write(alice, shared, twin.title)
    assert shared.follows == twin


def test_itself_and_what_is_foreign_hidden_or_gone_is_not_found(
    county: County, shared: Initiative, earlier: Initiative, as_person: SignIn
) -> None:
    alice = as_person(county.alice)
    hidden = make_initiative(
        county.agreement, "Annans", owner=county.other_organisation, sharing="DRAFT"
    )
    foreign = make_initiative(make_agreement(), "I en annan överenskommelse")
    services.withdraw_initiative(initiative=earlier, reason="Fel", by=county.alice)
    for one in (shared, hidden, foreign, earlier):
        for text in (one.title, f"/insatser/{one.uid}/"):
            assert NONE in write(alice, shared, text)
            assert shared.follows is None
    assert NONE in write(alice, shared, "<script>alert('å')</script>")


def test_a_ring_is_refused(
    county: County, shared: Initiative, earlier: Initiative, as_person: SignIn
) -> None:
    between = make_initiative(county.agreement, "Däremellan", follows=earlier)
    services.update_initiative(initiative=shared, follows=between, by=county.alice)
    with pytest.raises(FollowsItself):
        services.update_initiative(initiative=earlier, follows=shared, by=county.alice)
    page = write(as_person(county.alice), earlier, shared.title)
    assert "följer redan på den här" in page
    assert earlier.follows is None


def test_what_one_may_not_see_is_neither_named_nor_lost(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    hidden = make_initiative(
        county.agreement, "Annans", owner=county.other_organisation, sharing="DRAFT"
    )
    with pytest.raises(NotAllowed):
        services.update_initiative(initiative=shared, follows=hidden, by=county.alice)
    Initiative.objects.filter(pk=shared.pk).update(follows=hidden)
    alice = as_person(county.alice)
    assert "follows" not in form_at(alice, shared)
    assert "Annans" not in write(alice, shared, "")
    assert shared.follows == hidden
