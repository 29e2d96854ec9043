"""The overview of an agreement, on a small made-up county."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samhandling.apps.agreements.services import assign_network
from samhandling.apps.followup.services import create_recommendation
from samhandling.apps.initiatives.services import record_status
from samhandling.apps.records.services import merge_record, withdraw_record
from samhandling.core.knowledge import Basis
from tests.factories import (
    make_agreement,
    make_body,
    make_cause,
    make_county,
    make_focus_area,
    make_initiative,
    make_round,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


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
    make_initiative(county.agreement, focus_area=county.area, network=county.network, status="DONE")
    client.force_login(county.reader)

    page = client.get("/rok/oversikt/").content.decode()

    assert "1 insats</a>" in page


@pytest.mark.parametrize("address", ["/", "/rok/oversikt/"])
def test_the_signed_out_are_led_to_the_sign_in(client: Client, address: str):
    make_county()

    answer = client.get(address)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/logga-in/")


def test_the_start_page_leads_to_the_agreement_last_looked_at(client: Client):
    county = make_county()
    make_agreement("Hälsa", slug="htl")
    client.force_login(county.reader)
    assert client.get("/")["Location"] == "/rok/oversikt/"

    client.get("/htl/oversikt/")

    assert client.get("/")["Location"] == "/htl/oversikt/"


def test_an_agreement_that_is_not_there_is_not_found(client: Client):
    client.force_login(make_county().reader)

    assert client.get("/finns-inte/oversikt/").status_code == 404


def test_an_empty_database_says_what_to_do_first(client: Client):
    client.force_login(make_user())

    page = client.get("/").content.decode()

    assert "Här finns ingen överenskommelse än." in page
    assert "samhandling demo load" in page


def test_what_waits_is_worded_for_those_who_can_answer_and_for_others(client: Client):
    county = make_county()
    held = make_round(county.agreement)
    create_recommendation(round=held, text="Ge mandat", by=county.doris)

    client.force_login(county.doris)
    assert "En sak väntar på dig" in client.get("/rok/oversikt/").content.decode()
    client.force_login(county.charlie)
    assert "En sak väntar på svar" in client.get("/rok/oversikt/").content.decode()


def test_a_suggested_merger_with_the_draft_of_others_is_not_told(client: Client):
    county = make_county()
    mine = {"owner": county.organisation, "by": county.alice}
    draft = make_initiative(county.agreement, "Hemligt utkast", sharing="DRAFT", **mine)
    shared = make_initiative(county.agreement, "Öppen insats")
    merge_record(
        record=shared.record,
        into=draft.record,
        basis=Basis.INFERRED,
        ground="Samma pengar",
        by=county.doris,
    )

    for user, is_told in ((county.alice, True), (county.charlie, False)):
        client.force_login(user)
        page = client.get("/rok/oversikt/").content.decode()
        assert ("sammanslagna på förslag" in page) is is_told
        assert ("Hemligt utkast" in page) is is_told


def test_a_change_shows_at_once(client: Client):
    county = make_county()
    client.force_login(county.reader)
    assert "Inga insatser är inskrivna" in client.get("/rok/oversikt/").content.decode()

    initiative = make_initiative(county.agreement, focus_area=county.area)
    assert "1 insats</a>" in client.get("/rok/oversikt/").content.decode()

    withdraw_record(record=initiative.record, reason="Skriven två gånger", by=county.doris)
    assert "Inga insatser är inskrivna" in client.get("/rok/oversikt/").content.decode()


def test_hostile_names_are_shown_as_text(client: Client):
    nasty = "<script>alert('x')</script>\"><img src=x>"
    county = make_county()
    body = make_body(nasty, state="CLOSED")
    area = make_focus_area(county.agreement, nasty, code="<b>")
    assign_network(agreement=county.agreement, body=body, by=county.doris)
    cause = make_cause(nasty)
    moved = make_initiative(county.agreement, nasty, focus_area=area, network=body)
    record_status(
        initiative=moved,
        status="POSTPONED",
        told_for_year=2020,
        reason=nasty,
        causes=[(cause, "", "STATED")],
        by=county.doris,
    )
    client.force_login(county.doris)

    page = client.get("/rok/oversikt/").content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;" in page


def test_the_cost_of_the_overview_does_not_grow_with_its_initiatives(client: Client):
    county = make_county()
    cause = make_cause()
    client.force_login(county.reader)
    make_initiative(county.agreement, focus_area=county.area, network=county.network)
    client.get("/rok/oversikt/")
    costs = []
    for more in (1, 2, 40):
        for _n in range(more):
            moved = make_initiative(
                county.agreement, focus_area=county.area, network=county.network
            )
            record_status(
                initiative=moved,
                status="PAUSED",
                told_for_year=2020,
                causes=[(cause, "", "STATED")],
                by=county.doris,
            )
        with CaptureQueriesContext(connection) as first:
            client.get("/rok/oversikt/")
        with CaptureQueriesContext(connection) as again:
            client.get("/rok/oversikt/")
        costs.append((len(first), len(again)))

    assert costs[0] == costs[1] == costs[2]
    assert costs[0][0] <= 25, costs
    assert costs[0][1] <= 10, costs
