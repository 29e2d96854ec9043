"""What is said of a record is kept while other initiatives change, and no longer."""

import pytest

from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.discussion.services import add_comment
from samhandling.apps.initiatives.services import update_initiative
from samhandling.web.workspace.discussion import talk
from samhandling.web.workspace.discussion.talk import talk_of
from tests.factories import County, make_county, make_initiative

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def county() -> County:
    return make_county()


def test_a_change_of_another_initiative_leaves_it_and_a_comment_shows(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, other = (
        make_initiative(county.agreement, title, owner=county.organisation)
        for title in ("Kurs", "Annan")
    )
    assert talk_of(shown.record, county.alice) is not None
    with monkeypatch.context() as patch:
        patch.setattr(talk, "_kept", None)  # nothing is worked out
        update_initiative(initiative=other, purpose="Något annat", by=county.alice)
        assert talk_of(shown.record, county.alice) is not None

    add_comment(record=shown.record, text="Bra kurs", by=county.doris)

    told = talk_of(shown.record, county.alice)
    assert told is not None
    assert [said.text for said in told.kept.comments] == ["Bra kurs"]


def test_a_part_is_read_as_soon_as_its_whole_belongs_to_the_reader(county: County) -> None:
    whole = make_initiative(county.agreement, "Utkast", sharing="DRAFT")
    part = make_initiative(parent=whole, title="Steg")
    assert talk_of(part.record, county.alice) is None

    update_initiative(initiative=whole, owner=county.organisation, by=DEMO_LOADER)

    assert talk_of(part.record, county.alice) is not None
