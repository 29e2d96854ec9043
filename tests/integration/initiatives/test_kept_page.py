"""The page of an initiative is kept while other things change, and never shows what was."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samhandling.apps.accounts.models import User
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import set_needs, update_initiative
from samhandling.apps.records.services import merge_record
from samhandling.apps.situation.services import update_need
from samhandling.core.knowledge import Basis
from samhandling.web.workspace.initiatives import kept_page
from tests.browsing import text
from tests.factories import County, make_county, make_funding, make_initiative, make_need

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def shown(county: County) -> Initiative:
    return make_initiative(county.agreement, "Gemensam kurs", owner=county.organisation)


@pytest.fixture
def other(county: County) -> Initiative:
    return make_initiative(county.agreement, "Helt annan insats", owner=county.organisation)


@pytest.fixture
def page(client: Client, county: County, shown: Initiative) -> Callable[[], str]:
    client.force_login(county.alice)
    return lambda: client.get(f"/insatser/{shown.uid}/").content.decode()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The uid of each page that is worked out."""
    uids: list[str] = []
    plain = kept_page._made

    def counted(uid: str, by: object) -> object:
        uids.append(uid)
        return plain(uid, by)  # type: ignore[arg-type]

    monkeypatch.setattr(kept_page, "_made", counted)
    return uids


def test_a_change_of_another_initiative_leaves_the_page_as_it_was(
    county: County, shown: Initiative, other: Initiative, page, made: list[str]
) -> None:
    page()
    for purpose in ("Något annat", "Något tredje"):
        update_initiative(initiative=other, purpose=purpose, by=county.alice)
        assert "Gemensam kurs" in page()
    assert made == [shown.uid]


def test_a_change_of_the_initiative_itself_shows(
    county: County, shown: Initiative, page, made: list[str]
) -> None:
    page()
    update_initiative(initiative=shown, purpose="Alla ska kunna svenska", by=county.alice)
    assert "Alla ska kunna svenska" in page()
    assert made == [shown.uid, shown.uid]


def test_many_changes_elsewhere_are_looked_through_or_the_page_is_made_anew(
    county: County, shown: Initiative, other: Initiative, page
) -> None:
    page()
    update_initiative(initiative=shown, purpose="Alla ska kunna svenska", by=county.alice)
    for number in range(60):
        update_initiative(initiative=other, purpose=f"Något annat {number}", by=county.alice)
    assert "Alla ska kunna svenska" in page()


def test_one_that_comes_to_belong_to_it_shows(
    county: County, shown: Initiative, other: Initiative, page
) -> None:
    page()
    make_initiative(title="Ny delkurs", parent=shown)
    assert "Ny delkurs" in page()
    update_initiative(initiative=other, follows=shown, by=county.alice)
    assert "Helt annan insats" in page()


def test_one_that_is_merged_into_it_shows(
    county: County, shown: Initiative, other: Initiative, page
) -> None:
    page()
    merge_record(
        record=other.record,
        into=shown.record,
        basis=Basis.STATED,
        ground="Samma kurs",
        by=county.doris,
    )
    assert "Helt annan insats" in page()


def test_new_names_of_what_it_tells_of_show(
    county: County, shown: Initiative, other: Initiative, page
) -> None:
    part = make_initiative(title="Delkurs", parent=shown)
    need = make_need(county.agreement, "Fler behöver språk")
    update_initiative(initiative=shown, follows=other, by=county.alice)
    set_needs(initiative=shown, needs=[need], by=county.alice)
    for told in (part, other):
        page()
        update_initiative(initiative=told, title=f"Nytt namn {told.pk}", by=county.alice)
        assert f"Nytt namn {told.pk}" in page()
    update_need(need=need, title="Behov med nytt namn", by=county.doris)
    assert "Behov med nytt namn" in page()


def test_one_it_no_longer_follows_keeps_its_present_name_in_the_history(
    county: County, shown: Initiative, other: Initiative, page
) -> None:
    update_initiative(initiative=shown, follows=other, by=county.alice)
    update_initiative(initiative=shown, follows=None, by=county.alice)
    page()
    update_initiative(initiative=other, title="Annan insats med nytt namn", by=county.alice)
    assert "Annan insats med nytt namn" in page()


def test_money_that_another_initiative_comes_to_share_shows(
    county: County, shown: Initiative, page
) -> None:
    page()
    make_funding(shown, instrument="§37-medel")
    assert "§37-medel" in page()


def test_what_is_kept_of_a_page_is_kept_for_the_same_standing_and_language_only(
    county: County, shared: Initiative, draft: Initiative, as_person: Callable[[User], Client]
) -> None:
    alice, reader = as_person(county.alice), as_person(county.reader)
    for _twice in range(2):
        assert "Fyll i" in text(alice.get(f"/insatser/{shared.uid}/"))
        assert "Fyll i" not in text(reader.get(f"/insatser/{shared.uid}/"))
        assert alice.get(f"/insatser/{draft.uid}/").status_code == 200
        assert reader.get(f"/insatser/{draft.uid}/").status_code == 404
    with CaptureQueriesContext(connection) as asked:
        alice.get(f"/insatser/{shared.uid}/")
    assert len(asked) < 12
    update_initiative(
        initiative=shared,
        by=county.alice,
        levels=[(county.levels[0], "INFERRED")],
        bases={"levels": ("INFERRED", "Första grunden")},
    )
    assert "Första grunden" in text(reader.get(f"/insatser/{shared.uid}/"))
    update_initiative(
        initiative=shared, by=county.alice, bases={"levels": ("INFERRED", "Andra grunden")}
    )
    assert "Andra grunden" in text(reader.get(f"/insatser/{shared.uid}/"))
    reader.post("/sprak/", {"language": "en"})
    assert 'lang="en"' in text(reader.get(f"/insatser/{shared.uid}/"))
