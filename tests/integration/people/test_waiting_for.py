"""What waits for somebody's approval stands on her page, and where she leaves, with links."""

import pytest

from samhandling.apps.agreements.services import set_approval_wanted
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.initiatives.services import submit_initiative
from samhandling.apps.people.selectors.waiting import WaitingFor, waiting_for
from samhandling.apps.situation.services import submit_need
from tests.factories import make_county, make_initiative, make_need, make_user
from tests.factories.sign_in import signed_in_now

pytestmark = pytest.mark.django_db


def test_it_is_listed_and_said_whether_others_can_decide() -> None:
    county = make_county()
    set_approval_wanted(agreement=county.agreement, wanted=True, reason="", by=DEMO_LOADER)
    mine = {"owner": county.organisation, "sharing": "DRAFT", "by": county.alice}
    initiative = make_initiative(county.agreement, "Ny plats", **mine)
    initiative.network = county.network
    initiative.save(update_fields=["network"])
    need = make_need(county.agreement, **mine)
    admin = make_user(role="ADMINISTRATOR")
    bob, doris = county.bob.person, county.doris.person
    assert waiting_for(doris, doris.user) == WaitingFor()
    submit_initiative(initiative=initiative, by=county.alice)
    submit_need(need=need, by=county.alice)

    # Bob convenes the network, and Doris leads the process: each has another who can decide.
    hers = waiting_for(doris, county.doris)
    assert [(row.what, row.is_alone) for row in hers.rows] == [(initiative, False), (need, True)]
    assert [(row.what, row.is_alone) for row in waiting_for(bob, county.doris).rows] == [
        (initiative, False)
    ]
    assert waiting_for(county.alice.person, county.doris) == WaitingFor()
    # Who runs people without approving sees that there is something, and not what.
    assert waiting_for(doris, admin) == WaitingFor([], 2)

    page = signed_in_now(admin).get(f"/personer/{doris.key}/avsluta/").content.decode()
    assert "2 saker väntar på personens godkännande, som du inte har tillgång till" in page
    assert initiative.title not in page
    leads = signed_in_now(county.doris)
    for address in ("", "avsluta/"):
        page = leads.get(f"/personer/{bob.key}/{address}").content.decode()
        assert f'<a href="/insatser/{initiative.uid}/">{initiative.title}</a>' in page
        assert "(andra kan också godkänna)" in page
    page = leads.get(f"/personer/{doris.key}/").content.decode()
    assert need.uid in page and "(ingen annan kan godkänna)" in page

    county.bob.is_active = False
    county.bob.save()
    assert [row.is_alone for row in waiting_for(doris, county.doris).rows] == [True, True]
    make_user(role="COORDINATION_GROUP")
    assert [row.is_alone for row in waiting_for(doris, county.doris).rows] == [False, False]
