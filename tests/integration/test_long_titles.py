"""A name heads a page: it has a bound, the same in every form that writes one."""

import pytest
from django.test import Client

from samhandling.apps.initiatives import services
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.records.models import Record
from samhandling.apps.records.services import MAX_TITLE, TitleTooLong
from samhandling.apps.situation.models import Need
from tests.browsing import text
from tests.factories import County, make_county, make_initiative, make_need, make_round

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LONG, LONGEST = "å" * (MAX_TITLE + 1), "å" * MAX_TITLE


@pytest.fixture
def county() -> County:
    return make_county()


def test_every_form_that_writes_a_name_says_how_long_it_may_be(
    client: Client, county: County
) -> None:
    client.force_login(county.doris)
    initiative = make_initiative(county.agreement, "Språkcafé", owner=county.organisation)
    need = make_need(county.agreement, "Fler tolkar")
    make_round(county.agreement, 2020)
    own, before = f"/insatser/{initiative.uid}/", Record.objects.count()
    for address, field in (
        ("/rok/insatser/ny/", "title"),
        (f"{own}andra/", "title"),
        (f"{own}andra/", "title_en"),
        (f"{own}steg/", "title"),
        (f"{own}mangder/ny/", "measure"),
        (f"{own}finansiering/ny/", "title"),
        ("/rok/behov/nytt/", "title"),
        (f"/behov/{need.uid}/andra/", "title"),
        ("/rok/uppfoljning/2020/ny-lardom/", "title"),
        ("/rok/uppfoljning/2020/ny-rekommendation/", "text"),
    ):
        answer = client.post(address, {field: LONG})
        page = text(answer)
        assert "Skriv högst 200 tecken. Nu är det 201." in page, address
        assert f'maxlength="{MAX_TITLE}"' in page, address
        assert LONG in page, address
    assert Record.objects.count() == before


def test_the_door_refuses_it_too_but_a_name_from_before_stays(county: County) -> None:
    with pytest.raises(TitleTooLong, match="Skriv högst 200 tecken"):
        make_initiative(county.agreement, LONG)
    initiative = make_initiative(county.agreement, LONGEST, owner=county.organisation)
    with pytest.raises(TitleTooLong):
        services.update_initiative(initiative=initiative, title=LONG, by=county.doris)
    with pytest.raises(TitleTooLong):
        make_need(county.agreement, LONG)
    assert not Need.objects.exists()
    Record.objects.filter(pk=initiative.pk).update(title=LONG)
    old = Initiative.objects.get()
    services.update_initiative(initiative=old, title=LONG, purpose="Att mötas", by=county.doris)
    assert (Initiative.objects.get().title, Initiative.objects.get().purpose) == (LONG, "Att mötas")
