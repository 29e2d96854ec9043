"""The pages of the agreements: what is unknown, what is hidden, what it costs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samhandling.apps.agreements.models import (
    Agreement,
    AgreementClause,
    CollaborationPlan,
    Commitment,
    Definition,
    ScopeBoundary,
    StrategyRelation,
)
from samhandling.apps.agreements.models import SteeringDocument as Document
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.records.services import register, withdraw_record
from samhandling.core.partial_date import parse_swedish
from tests.factories import make_agreement, make_county, make_focus_area, make_initiative

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
HOSTILE = '<script>alert("å")</script>'


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def reader_of(agreement: Agreement, client: Client) -> str:
    client.force_login(make_county(slug=f"{agreement.slug}-x").reader)
    return text_of(client, f"/overenskommelser/{agreement.slug}/")


def test_unknown_none_and_not_applicable_parties_are_told_apart(client: Client):
    told = {}
    for state in ("UNKNOWN", "NONE", "NOT_APPLICABLE"):
        agreement = make_agreement(slug=state.lower().replace("_", "-"), parties_state=state)
        page = reader_of(agreement, client)
        told[state] = page[page.index('id="parter"') :].split("</section>")[0]
    assert '<span class="unknown">Okänt</span>' in told["UNKNOWN"].split("Underskrifter")[0]
    assert "Inga" in told["NONE"].split("Underskrifter")[0]
    assert "Inte aktuellt" in told["NOT_APPLICABLE"].split("Underskrifter")[0]


def test_a_period_that_is_over_is_no_and_a_half_known_one_unknown(client: Client):
    over = make_agreement(slug="over", valid_until=parse_swedish("mars 2020"))
    half = make_agreement(slug="halv", valid_until=None)
    assert "Gäller inte den 30 november 2020" in reader_of(over, client)
    assert "Okänt om den gäller den 30 november 2020" in reader_of(half, client)


def test_hostile_words_stay_words(client: Client):
    agreement = make_agreement(HOSTILE, slug="elak", purpose=HOSTILE, focus=HOSTILE)
    make_focus_area(agreement, HOSTILE, note=HOSTILE)
    own = {"agreement": agreement, "by": DEMO_LOADER, "title": HOSTILE}
    register(AgreementClause, kind="RATIONALE", **own)
    register(Commitment, order=1, **own)
    register(Definition, text=HOSTILE, **own)
    register(ScopeBoundary, is_excluded=True, proposal=HOSTILE, **own)
    register(CollaborationPlan, kind="ACTION_PLAN", note=HOSTILE, **own)
    StrategyRelation.objects.create(
        agreement=agreement,
        document=Document.objects.create(name=HOSTILE),
        kind="UNCLEAR",
        text=HOSTILE,
    )
    page = reader_of(agreement, client)
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert") >= 12


def test_a_plan_does_not_name_the_draft_it_regulates(client: Client):
    county = make_county()
    draft = make_initiative(
        county.agreement, "Hemligt utkast", owner=county.organisation, sharing="DRAFT"
    )
    register(
        CollaborationPlan,
        title="Plan",
        by=DEMO_LOADER,
        agreement=county.agreement,
        kind="ACTION_PLAN",
        regulates=draft.record,
    )
    client.force_login(county.charlie)
    assert "Hemligt utkast" not in text_of(client, "/overenskommelser/rok/")
    client.force_login(county.alice)
    assert "Hemligt utkast" in text_of(client, "/overenskommelser/rok/")


def test_a_withdrawn_agreement_is_not_found(client: Client):
    county = make_county()
    client.force_login(county.reader)
    withdraw_record(record=county.agreement.record, reason="Dubblett", by=DEMO_LOADER)
    assert client.get("/overenskommelser/rok/").status_code == 404
    assert "Ingen överenskommelse är inlagd" in text_of(client, "/overenskommelser/")


@pytest.mark.parametrize("address", ["/overenskommelser/", "/overenskommelser/rok/"])
def test_more_rows_cost_no_more_queries(client: Client, address: str):

    county = make_county()
    client.force_login(county.reader)
    own = {"agreement": county.agreement, "by": DEMO_LOADER}
    seen = []
    for wanted in (1, 3, 300):
        there = Commitment.objects.count()
        for number in range(there, wanted):
            register(Commitment, title=f"Åtagande {number}", order=number + 1, **own)
            if number < 3:
                make_agreement(slug=f"till-{number}")
                register(CollaborationPlan, title=f"Plan {number}", kind="ACTION_PLAN", **own)
                register(Definition, title=f"ord {number}", text="…", **own)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        seen.append(len(queries))
    assert len(set(seen)) == 1, seen
