"""Who answers for an organisation's personal data: written, told as unknown until then."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from samhandling.apps.audit.models import Event
from samhandling.apps.organisations.models import Organisation
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.organisations.services import state_controller
from tests.browsing import version_at
from tests.factories import County, make_county, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def state(county: County) -> Callable[..., Organisation]:
    def write(**values: object) -> Organisation:
        given = {
            "organisation": county.organisation,
            "data_controller": "Kommunstyrelsen",
            "officer_email": "dataskydd@example.org",
        }
        return state_controller(**{**given, **values})  # type: ignore[arg-type]

    return write


def test_its_own_people_the_leader_and_an_administrator_may_say_it(
    county: County, state: Callable[..., Organisation]
) -> None:
    administrator = make_user(role="ADMINISTRATOR")
    for number, user in enumerate((county.alice, county.doris, administrator)):
        said = state(by=user, data_controller=f"Nämnd {number}", reason="Ny nämnd")
        assert said.data_controller == f"Nämnd {number}"
        event = Event.objects.latest("pk")
        assert (event.actor_key, event.field_names[0]) == (user.person_key, "data_controller")
    for user in (county.bob, county.charlie, county.reader):
        with pytest.raises(NotAllowed):
            state(by=user)
    county.organisation.refresh_from_db()
    assert county.organisation.data_controller == "Nämnd 2"


def test_the_page_says_unknown_until_somebody_has_said(client: Client, county: County) -> None:
    client.force_login(county.alice)
    page = reverse("actors:actor", args=[county.organisation.uid])
    form = reverse("actors:controller", args=[county.organisation.uid])
    before = client.get(page).content.decode()
    assert before.count(f'<span class="unknown">Okänt</span> <a class="fill-in" href="{form}"') == 2
    sent = {"data_controller": " Kommunstyrelsen ", "officer_email": "dataskydd@example.org"}
    assert client.post(form, sent | version_at(client, form)).status_code == 302
    after = client.get(page).content.decode()
    assert "<dd>Kommunstyrelsen" in after
    assert 'href="mailto:dataskydd@example.org"' in after


def test_what_is_no_address_is_refused_in_swedish(client: Client, county: County) -> None:
    client.force_login(county.alice)
    form = reverse("actors:controller", args=[county.organisation.uid])
    for typed in ("ombudet", "a@b", "x" * 5000 + "@example.org"):
        told = client.post(form, {"officer_email": typed} | version_at(client, form))
        assert told.status_code == 200
        assert "Skriv" in told.content.decode().split('id="id_officer_email_error"')[1][:200]
