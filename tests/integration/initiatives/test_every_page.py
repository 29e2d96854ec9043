"""Every page about an initiative: who gets in, looking changes nothing, markup is text."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samhandling.apps.accounts.models import User
from samhandling.apps.initiatives import services
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.records.services import state_basis
from samhandling.core.knowledge import Basis
from tests.browsing import text
from tests.factories import County, make_funding, make_initiative

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SignIn = Callable[[User], Client]
HOSTILE = "<script>alert('å')</script> \"><img src=x onerror=y> {{ 7|add:7 }}"

# Pages that write about an initiative; {uid} is its own.
FORMS = [
    "/insatser/{uid}/andra/",
    "/insatser/{uid}/dela/",
    "/insatser/{uid}/dra-tillbaka/",
    "/insatser/{uid}/status/",
    "/insatser/{uid}/steg/",
    "/insatser/{uid}/medverkande/",
    "/insatser/{uid}/behov/",
    "/insatser/{uid}/finansiering/ny/",
    "/insatser/{uid}/mangder/ny/",
    "/insatser/{uid}/resultat/nytt/",
]


@pytest.mark.parametrize("address", ["/insatser/{uid}/", *FORMS])
def test_signed_out_is_sent_to_sign_in(client: Client, shared: Initiative, address: str) -> None:
    answer = client.get(address.format(uid=shared.uid))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/logga-in/")


@pytest.mark.parametrize("address", FORMS)
def test_the_owners_the_network_and_the_leader_write_and_others_find_nothing(
    county: County, shared: Initiative, draft: Initiative, as_person: SignIn, address: str
) -> None:
    one = draft if "dela" in address else shared
    page = address.format(uid=one.uid)
    assert as_person(county.alice).get(page).status_code == 200
    for outsider in (county.charlie, county.reader):
        browser = as_person(outsider)
        assert browser.get(page).status_code == 404
        assert browser.post(page, {"title": "x", "reason": "x"}).status_code == 404
    if one is shared:
        assert as_person(county.bob).get(page).status_code == 200
        assert as_person(county.doris).get(page).status_code == 200


@pytest.mark.parametrize("address", ["/insatser/{uid}/", *FORMS])
def test_a_draft_is_not_there_for_another_organisation_on_any_page(
    county: County, draft: Initiative, as_person: SignIn, address: str
) -> None:
    for outsider in (county.bob, county.charlie, county.doris, county.reader):
        assert as_person(outsider).get(address.format(uid=draft.uid)).status_code == 404


@pytest.mark.parametrize("address", ["/insatser/{uid}/", *FORMS])
def test_what_was_never_there_is_404(county: County, as_person: SignIn, address: str) -> None:
    assert as_person(county.alice).get(address.format(uid="zzzzzzzzzzzz")).status_code == 404


@pytest.mark.parametrize("address", ["/insatser/{uid}/", "/rok/insatser/ny/", *FORMS])
def test_looking_changes_nothing(
    county: County, shared: Initiative, draft: Initiative, as_person: SignIn, address: str
) -> None:
    browser = as_person(county.alice)
    uid = draft.uid if "dela" in address else shared.uid
    browser.get(address.format(uid=uid))  # chooses the agreement
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert browser.get(address.format(uid=uid)).status_code == 200
    writes = [q["sql"] for q in seen if q["sql"].split(" ")[0] in ("INSERT", "UPDATE", "DELETE")]
    assert writes == []


def test_hostile_markup_is_shown_as_text_everywhere(county: County, as_person: SignIn) -> None:
    made = make_initiative(
        county.agreement, HOSTILE, owner=county.organisation, purpose=HOSTILE, content=HOSTILE
    )
    services.add_part(initiative=made, title=HOSTILE, by=county.alice)
    services.add_expected_result(initiative=made, text=HOSTILE, by=county.alice)
    services.add_quantity(initiative=made, measure=HOSTILE, value=1, by=county.alice)
    make_funding(made, instrument=HOSTILE[:120])
    state_basis(made.record, "owner", Basis.INFERRED, HOSTILE)
    browser = as_person(county.alice)
    for address in ["/insatser/{uid}/", *FORMS]:
        page = text(browser.get(address.format(uid=made.uid), follow=True))
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address
        assert "&lt;script&gt;alert" in page, address
