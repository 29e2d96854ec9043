"""Every number on the overview opens exactly the rows it counts."""

import pytest
from django.test import Client

from samhandling.apps.accounts.models import User
from samhandling.apps.agreements.services import assign_network
from samhandling.apps.people.services import appoint_convener, close_sign_in
from tests.factories import (
    make_county,
    make_focus_area,
    make_initiative,
    make_organisation,
    make_user,
)
from tests.integration.numbers import follow_numbers

pytestmark = pytest.mark.django_db


@pytest.mark.one_database
@pytest.mark.usefixtures("demo_county_for_reading")
@pytest.mark.parametrize("email", ["karin@example.org", "lena@example.org"])
def test_every_number_of_the_demo_countys_overview_opens_its_rows(client: Client, email: str):
    client.force_login(User.objects.get(email=email))

    links, wrong = follow_numbers(client, "/rok/oversikt/")

    assert wrong == []
    assert links > 80


@pytest.mark.usefixtures("demo_county_for_reading")
def test_the_other_agreements_numbers_open_their_rows_too(client: Client):
    client.force_login(User.objects.get(email="lena@example.org"))

    links, wrong = follow_numbers(client, "/htl/oversikt/")

    assert wrong == []
    assert links >= 1


def test_numbers_hold_with_drafts_merged_unknown_and_ended_things(client: Client):
    county = make_county(slug="exempel")
    sub = make_focus_area(county.agreement, "Delområde", code="BM-X", parent=county.area)
    mine = {"owner": county.organisation, "by": county.alice}
    draft = make_initiative(county.agreement, "Hemligt utkast", sharing="DRAFT", **mine)
    make_initiative(county.agreement, focus_area=sub, network=county.network, status="PAUSED")
    make_initiative(county.agreement, focus_area=county.area, has_no_network=True)
    make_initiative(county.agreement, status="UNKNOWN")
    whole = make_initiative(county.agreement, focus_area=county.area, network=county.network)
    make_initiative(parent=whole, title="Ett steg", part_kind="STEP", status="POSTPONED")
    stranger = make_user(organisation=make_organisation())

    for user, expected in ((county.alice, 5), (stranger, 4)):
        client.force_login(user)
        links, wrong = follow_numbers(client, "/exempel/oversikt/")
        page = client.get("/exempel/oversikt/").content.decode()
        assert wrong == []
        assert links > 10
        assert f"{expected} insatser</a>" in page
    assert draft.title not in page


def test_a_network_whose_convener_is_shut_out_is_counted_until_somebody_takes_over(client: Client):
    county = make_county(slug="exempel")
    assign_network(agreement=county.agreement, body=county.network, by=county.doris)
    make_initiative(county.agreement, focus_area=county.area, network=county.network)
    client.force_login(county.alice)
    row = 'href="#utan-sammankallande" data-number="1">1</a> <span class="muted">av 1 nätverk'
    assert row not in client.get("/exempel/oversikt/").content.decode()
    admin = make_user(role="ADMINISTRATOR")
    close_sign_in(user=county.bob, by=admin, reason="Datorn är stulen")

    links, wrong = follow_numbers(client, "/exempel/oversikt/")
    assert (wrong, links > 3) == ([], True)
    assert row in client.get("/exempel/oversikt/").content.decode()
    appoint_convener(body=county.network, person=county.charlie.person, by=admin)
    assert row not in client.get("/exempel/oversikt/").content.decode()
