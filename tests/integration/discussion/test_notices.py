"""What is new for a person: told, counted, read, followed, and hidden with what it is about."""

import pytest

from samhandling.apps.discussion import services
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import share_initiative, withdraw_initiative
from samhandling.apps.notices.models import Follow, Notice
from samhandling.apps.notices.selectors import rhythm_of, unread_count
from samhandling.apps.notices.services import choose_rhythm, mark_read
from samhandling.apps.organisations.permissions import NotAllowed
from tests.factories import County
from tests.integration.needs.test_needs import SignIn

pytestmark = pytest.mark.django_db


def say(county: County, thing: Initiative, text: str = "Hej @Charlie Öst") -> None:
    services.add_comment(record=thing.record, text=text, by=county.alice)


def test_the_header_of_every_page_counts_what_is_unread(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    charlie = as_person(county.charlie)
    assert 'class="badge"' not in charlie.get("/nytt/").content.decode()
    say(county, shared)
    say(county, shared)
    assert '<span class="badge">2<span' in charlie.get("/sok/").content.decode()
    assert unread_count(county.alice) == 0


def test_opening_one_reads_it_and_leads_to_the_comment(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    say(county, shared)
    charlie = as_person(county.charlie)
    page = charlie.get("/nytt/").content.decode()
    assert "Alice Ek nämnde dig i en kommentar om ”Språkcafé på Åsgårdens bibliotek”." in page
    notice = Notice.objects.get(person=county.charlie.person)
    assert charlie.get(f"/nytt/{notice.pk}/").status_code == 405
    answer = charlie.post(f"/nytt/{notice.pk}/")
    said = shared.record.comments.get()
    assert answer["Location"] == (
        f"/post/{shared.uid}/kommentarer/?kommentar={said.pk}#kommentar-{said.pk}"
    )
    assert charlie.get(answer["Location"]).status_code == 200
    assert unread_count(county.charlie) == 0


def test_nobody_opens_or_reads_what_another_was_told(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    say(county, shared)
    notice = Notice.objects.get(person=county.charlie.person)
    assert as_person(county.alice).post(f"/nytt/{notice.pk}/").status_code == 404
    as_person(county.alice).post("/nytt/lasta/")
    assert mark_read(by=county.alice, notice_id=notice.pk) == 0
    assert unread_count(county.charlie) == 1
    as_person(county.charlie).post("/nytt/lasta/")
    assert unread_count(county.charlie) == 0


def test_what_one_may_no_longer_see_is_not_told(
    county: County, draft: Initiative, as_person: SignIn
) -> None:
    share_initiative(initiative=draft, by=county.alice)
    say(county, draft)
    withdraw_initiative(initiative=draft, reason="Slut", by=county.alice)
    charlie = as_person(county.charlie)
    page = charlie.get("/nytt/").content.decode()
    assert "Gäller något som du inte längre har tillgång till." in page
    assert draft.title not in page
    notice = Notice.objects.get(person=county.charlie.person)
    page = charlie.post(f"/nytt/{notice.pk}/", follow=True).content.decode()
    assert "Det går inte längre att visa." in page


def test_following_and_stopping(county: County, shared: Initiative, as_person: SignIn) -> None:
    doris = as_person(county.doris)
    doris.post(f"/post/{shared.uid}/folj/", {"folj": "ja"})
    doris.post(f"/post/{shared.uid}/folj/", {"folj": "ja"})
    assert "Du följer posten" in doris.get(f"/insatser/{shared.uid}/").content.decode()
    say(county, shared)
    assert unread_count(county.doris) == 1
    assert shared.title in doris.get("/konto/aviseringar/").content.decode()
    doris.post(f"/post/{shared.uid}/folj/", {"folj": "nej"})
    say(county, shared)
    assert unread_count(county.doris) == 1
    assert shared.title not in doris.get("/konto/aviseringar/").content.decode()


def test_another_organisations_draft_is_not_followed(county: County, draft: Initiative) -> None:
    with pytest.raises(NotAllowed):
        services.follow_record(record=draft.record, by=county.charlie)
    assert Follow.objects.filter(person=county.charlie.person).count() == 0


def test_the_rhythm_is_weekly_until_another_is_chosen(county: County, as_person: SignIn) -> None:
    assert rhythm_of(county.alice.person) == "WEEKLY"
    alice = as_person(county.alice)
    alice.post("/konto/aviseringar/", {"rhythm": "OFF"})
    assert rhythm_of(county.alice.person) == "OFF"
    page = alice.post("/konto/aviseringar/", {"rhythm": "HOURLY"}).content.decode()
    assert "Välj ett av alternativen i listan." in page
    with pytest.raises(ValueError, match="HOURLY"):
        choose_rhythm(rhythm="HOURLY", by=county.alice)


@pytest.mark.one_database
@pytest.mark.parametrize("many", [1, 3, 300])
def test_the_number_of_notices_does_not_cost_queries(
    county: County,
    shared: Initiative,
    as_person: SignIn,
    django_assert_max_num_queries: object,
    many: int,
) -> None:
    say(county, shared)
    known = Notice.objects.get(person=county.charlie.person)
    Notice.objects.bulk_create(
        Notice(
            person=county.charlie.person,
            kind="COMMENTED",
            record=shared.record,
            event_id=known.event_id + n,
        )
        for n in range(1, many)
    )
    charlie = as_person(county.charlie)
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        assert charlie.get("/nytt/").status_code == 200
