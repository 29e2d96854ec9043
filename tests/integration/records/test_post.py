"""/post/<uid>/ leads from any record to where it is shown, and tells nothing of what is hidden."""

import pytest
from django.test import Client

from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.records.models import Record
from samhandling.apps.records.services import (
    add_footnote,
    add_milestone,
    add_quantity,
    merge_record,
    withdraw_record,
)
from samhandling.core.knowledge import Basis
from samhandling.web.links import url_of
from tests.factories import make_county, make_funding, make_initiative

pytestmark = pytest.mark.django_db


def shows(client: Client, record: Record) -> str | None:
    """Where /post/ leads; None where it answers 404."""
    answer = client.get(f"/post/{record.uid}/")
    assert answer.status_code in (302, 404)
    return answer.headers.get("Location")


def test_a_merged_record_leads_to_the_survivor_and_a_withdrawn_one_nowhere(client: Client):
    county = make_county()
    client.force_login(county.reader)
    first, second, third = (make_initiative(county.agreement) for _n in range(3))
    for record, into in ((first, second), (second, third)):
        merge_record(
            record=record.record, into=into.record, basis=Basis.STATED, ground="", by=DEMO_LOADER
        )
    assert shows(client, first.record) == f"/insatser/{third.uid}/"
    assert url_of(first) == f"/post/{first.uid}/"
    withdraw_record(record=third.record, reason="Fel", by=DEMO_LOADER)
    assert shows(client, first.record) is None
    assert client.get("/post/finnsinte/").status_code == 404


def test_what_belongs_to_a_draft_is_as_hidden_as_the_draft(client: Client):
    county = make_county()
    draft = make_initiative(county.agreement, "Hemligt", owner=county.organisation, sharing="DRAFT")
    about = {"about": draft.record, "by": DEMO_LOADER}
    hidden = [
        draft.record,
        add_footnote(number=1, text="Not", **about).record,
        add_quantity(measure="deltagare", value=3, **about).record,
        add_milestone(event="Start", when=None, **about).record,
        make_funding(draft, title="medel").record,
    ]
    client.force_login(county.charlie)
    assert [shows(client, record) for record in hidden] == [None] * 5
    client.force_login(county.alice)
    assert None not in [shows(client, record) for record in hidden]


def test_who_is_signed_out_learns_nothing(client: Client):
    county = make_county()
    there = client.get(f"/post/{county.agreement.uid}/")
    absent = client.get("/post/finnsintealls/")
    assert there.status_code == absent.status_code == 302
    assert there["Location"].startswith("/konto/logga-in/")
