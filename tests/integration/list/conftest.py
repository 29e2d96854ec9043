"""A county whose initiatives differ in everything that the list can ask for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import translation

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import (
    add_expected_result,
    record_driver,
    record_status,
)
from samhandling.apps.organisations.models import CollaborationBody
from samhandling.apps.situation.models import Cause, Need
from samhandling.core.partial_date import parse_swedish
from tests.factories import (
    County,
    make_body,
    make_cause,
    make_county,
    make_focus_area,
    make_funding,
    make_initiative,
    make_need,
)
from tests.factories.sign_in import signed_in_now


@dataclass(frozen=True)
class Listed:
    """The county and its initiatives by a short name."""

    county: County
    of: dict[str, Initiative]
    second_network: CollaborationBody
    need: Need
    flood: Cause
    strike: Cause

    @property
    def url(self) -> str:
        return f"/{self.county.agreement.slug}/insatser/"


@pytest.fixture(autouse=True)
def _in_swedish() -> Iterator[None]:
    """What a page was shown in last does not stay with the next test."""
    with translation.override("sv"):
        yield


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def as_person() -> Callable[[User], Client]:
    """``as_person(county.alice)``: a browser where she is signed in."""

    return signed_in_now


@pytest.fixture
def listed(county: County) -> Listed:
    """See `make_listed`."""
    return make_listed(county)


def make_listed(county: County) -> Listed:
    """Five initiatives: `cafe` with its part `step`, `bare` of which nothing is known, `alone`
    without a network, and `late` that was moved."""
    agreement = county.agreement
    sub_area = make_focus_area(agreement, "Mottagande", code="BM-M", parent=county.area)
    second = make_body("Nätverket för hälsa")
    need = make_need(agreement, "Fler mötesplatser")
    flood, strike = (
        make_cause("översvämning", key="oversvamning"),
        make_cause("strejk", key="strejk"),
    )
    exchange, competence, joint = county.levels
    cafe = make_initiative(
        agreement,
        "Språkcafé på biblioteken",
        owner=county.organisation,
        network=county.network,
        focus_area=county.area,
        levels=[(exchange, "STATED"), (competence, "INFERRED")],
        partners=[(county.other_organisation, "PARTNER")],
        needs=[(need, False, "STATED")],
        status="ONGOING",
    )
    add_expected_result(initiative=cafe, text="Fler möts.", indicator="Antal besök", by=DEMO_LOADER)
    make_funding(cafe, instrument="Projektbidrag", state="GRANTED")
    record_driver(initiative=cafe, cause=strike, by=DEMO_LOADER)
    step = make_initiative(title="Steg om lokaler", parent=cafe, focus_area=sub_area)
    bare = make_initiative(agreement, "Ännu obeskriven insats")
    alone = make_initiative(
        agreement,
        "Gemensam upphandling",
        has_no_network=True,
        owner=county.other_organisation,
        levels=[(joint, "INFERRED")],
        funding_state="NONE",
        status="DONE",
    )
    late = make_initiative(agreement, "Äldreträffar", network=second, owner=county.organisation)
    record_status(
        initiative=late,
        status="POSTPONED",
        told_for_year=2020,
        postponed_to=parse_swedish("2021"),
        causes=[(flood, "", "STATED")],
        by=DEMO_LOADER,
    )
    of = {"cafe": cafe, "step": step, "bare": bare, "alone": alone, "late": late}
    return Listed(county, of, second, need, flood, strike)
