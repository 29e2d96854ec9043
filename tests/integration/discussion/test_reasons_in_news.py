"""Under Nytt nobody reads why something was done that the history does not tell them of."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

from samhandling.apps.accounts.models import User
from samhandling.apps.agreements.services import set_approval_wanted
from samhandling.apps.audit.models import Event
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.discussion.services import follow_record
from samhandling.apps.initiatives import services as initiatives
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.notices.models import Notice
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.people.services import change_organisation
from samhandling.apps.situation import services as needs
from samhandling.apps.situation.models import Need
from tests.factories import County, make_initiative, make_need, make_user
from tests.factories.sign_in import signed_in_now

pytestmark = pytest.mark.django_db
WHY = "Målgruppen saknas"


def give_back(thing: Initiative | Need, by: User) -> None:
    if isinstance(thing, Initiative):
        initiatives.return_initiative(initiative=thing, reason=WHY, by=by)
    else:
        needs.return_need(need=thing, reason=WHY, by=by)


def submit(thing: Initiative | Need, by: User) -> None:
    if isinstance(thing, Initiative):
        initiatives.submit_initiative(initiative=thing, by=by)
    else:
        needs.submit_need(need=thing, by=by)


def approve(thing: Initiative | Need, by: User) -> None:
    if isinstance(thing, Initiative):
        initiatives.approve_initiative(initiative=thing, by=by)
    else:
        needs.approve_need(need=thing, by=by)


def kinds(user: User) -> list[str]:
    rows = Notice.objects.filter(person=user.person)
    return list(rows.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("make", [make_initiative, make_need])
def test_why_a_draft_went_back_stays_with_those_it_belonged_to(
    county: County, make: Callable[..., Any]
) -> None:
    set_approval_wanted(agreement=county.agreement, wanted=True, reason="", by=DEMO_LOADER)
    owner = county.organisation
    stays = make_user(organisation=owner, name="Alva Ek")
    approves = make_user(role="COORDINATION_GROUP", name="Kajsa Ås")
    thing = make(county.agreement, "Ny mötesplats", owner=owner, sharing="DRAFT", by=stays)
    follow_record(record=thing.record, by=county.alice)
    change_organisation(
        person=county.alice.person, organisation=county.other_organisation,
        function="", from_day=day_of_security(), by=county.doris,
    )  # fmt: skip
    submit(thing, stays)
    follow_record(record=thing.record, by=approves)
    Notice.objects.all().delete()
    give_back(thing, county.doris)
    assert [kinds(one) for one in (stays, county.alice, approves)] == [["RETURNED"], [], []]
    # As it was told before those who did not see it were left out.
    event = Event.objects.get(verb="RETURNED")
    for one in (county.alice, approves):
        Notice.objects.create(
            person=one.person, kind="RETURNED", record=thing.record, event_id=event.pk
        )
    submit(thing, stays)
    approve(thing, county.doris)
    for one in (stays, county.alice, approves):
        page = signed_in_now(one).get("/nytt/").content.decode()
        log = signed_in_now(one).get(f"/andringar/{thing.uid}/").content.decode()
        assert "lämnade tillbaka ”Ny mötesplats”" in page
        assert (WHY in page, WHY in log) == (one == stays, one == stays)
    assert [kinds(one)[-1] for one in (county.alice, approves)] == ["APPROVED", "APPROVED"]
    english = signed_in_now(stays)
    english.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert f'<span lang="sv">{WHY}</span>' in english.get("/nytt/").content.decode()
