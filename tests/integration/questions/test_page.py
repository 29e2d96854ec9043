"""The open questions: all of them, with what they concern, and none about hidden drafts."""

import pytest
from django.test import Client

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.records.services import add_open_question
from tests.factories import make_county, make_initiative

pytestmark = pytest.mark.django_db


def test_a_question_about_nothing_but_a_draft_is_hidden_from_others(client: Client):
    county = make_county(slug="exempel")
    draft = make_initiative(
        county.agreement, "Hemligt utkast", owner=county.organisation, sharing="DRAFT"
    )
    own = {"kind": "AMBIGUITY", "by": DEMO_LOADER}
    add_open_question(question="Bara om utkastet?", subjects=[draft.record], **own)
    add_open_question(
        question="<b>Om båda?</b>", subjects=[draft.record, county.agreement.record], **own
    )
    client.force_login(county.charlie)
    page = client.get("/fragor/").content.decode()
    assert "Bara om utkastet?" not in page and "Hemligt utkast" not in page
    assert "&lt;b&gt;Om båda?&lt;/b&gt;" in page
    client.force_login(county.alice)
    assert "Bara om utkastet?" in client.get("/fragor/").content.decode()


@pytest.mark.usefixtures("demo_county_for_reading")
def test_the_thirteen_ambiguities_stand_with_the_records_they_concern(client: Client):
    client.force_login(User.objects.get(email="lena@example.org"))
    page = client.get("/fragor/").content.decode()
    for number in range(1, 14):
        assert f"AMB-{number:02}" in page
    row = page[page.index("AMB-10") :].split("</li>")[0]
    assert "Länets åtta kommuner" in row
    assert page.count('<li id="p-') == 16
