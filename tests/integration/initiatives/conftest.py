"""A county and people who look at it."""

from collections.abc import Callable

import pytest
from django.test import Client

from samhandling.apps.accounts.models import User
from samhandling.apps.initiatives.models import Initiative
from tests.factories import County, make_county, make_initiative


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def as_person(client: Client) -> Callable[[User], Client]:
    """``as_person(county.alice)``: a browser where she is signed in."""

    def sign_in(user: User) -> Client:
        signed_in = Client()
        signed_in.force_login(user)
        return signed_in

    return sign_in


@pytest.fixture
def shared(county: County) -> Initiative:
    """A shared initiative of Alice's organisation, told by the network Bob sits in."""
    return make_initiative(
        county.agreement,
        "Språkcafé på Åsgårdens bibliotek",
        owner=county.organisation,
        network=county.network,
        focus_area=county.area,
        status="ONGOING",
    )


@pytest.fixture
def draft(county: County) -> Initiative:
    """A draft that only Alice's organisation sees."""
    return make_initiative(
        county.agreement, "Hemligt utkast", owner=county.organisation, sharing="DRAFT"
    )
