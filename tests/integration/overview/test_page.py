"""The overview of an agreement, on a small made-up county."""

import pytest
from django.test import Client

from tests.factories import make_agreement, make_county, make_focus_area, make_initiative

pytestmark = pytest.mark.django_db


def test_the_overview_of_an_agreement_without_initiatives_says_what_will_be_there(client: Client):
    county = make_county()
    other = make_agreement("Hälsa", slug="htl")
    make_focus_area(other, "Trygga miljöer", code="TM")
    client.force_login(county.reader)

    page = client.get("/htl/oversikt/").content.decode()

    assert "Inga insatser är inskrivna" in page
    assert "Trygga miljöer" in page
    assert "Inget väntar på svar just nu." in page


def test_the_overview_counts_initiatives_by_area_network_and_level(client: Client):
    county = make_county()
    make_initiative(
        county.agreement, focus_area=county.area, network=county.network, status="DONE"
    )
    client.force_login(county.reader)

    page = client.get("/rok/oversikt/").content.decode()

    assert "1 insats</a>" in page
