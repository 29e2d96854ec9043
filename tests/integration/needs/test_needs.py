"""Needs: written through one door, listed, filtered, counted, and hidden while drafts."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.models import Event
from samhandling.apps.initiatives.models import InitiativeNeed
from samhandling.apps.initiatives.services import link_need
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.records.selectors import search_records
from samhandling.apps.situation import services
from samhandling.apps.situation.models import Need
from samhandling.apps.situation.permissions import can_edit, can_read, editable_by, visible_to
from tests.browsing import confirm, text, version_at
from tests.factories import (
    County,
    make_agreement,
    make_copies,
    make_initiative,
    make_need,
    make_organisation,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SignIn = Callable[[User], Client]
HOSTILE = "<script>alert('å')</script> \"><img src=x onerror=y>"
LONG = "Åäö och ett långt ord. " * 218


def titles(page: str) -> list[str]:
    """Names of the rows of the list, in order."""
    return re.findall(r'<th scope="row"><a href="/behov/[^"]+">([^<]+)</a>', page)


def test_a_need_needs_its_words_only_and_is_found_by_them(county: County) -> None:
    made = services.create_need(
        agreement=county.agreement,
        title="Lokaler saknas",
        owner=county.organisation,
        description="Bibliotek",
        by=county.alice,
    )
    made.refresh_from_db()
    assert (made.kind, made.subject, made.focus_area, made.sharing) == (
        "UNKNOWN",
        None,
        None,
        "DRAFT",
    )
    assert list(search_records("biblioteket")) == [made.record]
    with pytest.raises(services.TitleMissing):
        services.create_need(
            agreement=county.agreement, title=" ", owner=county.organisation, by=county.alice
        )


def test_only_the_owners_people_and_the_leader_write(county: County) -> None:
    with pytest.raises(NotAllowed):
        services.create_need(
            agreement=county.agreement, title="x", owner=county.organisation, by=county.charlie
        )
    with pytest.raises(services.DraftWouldBeLost, match="bara för ägarens egna"):
        services.create_need(
            agreement=county.agreement, title="x", owner=county.organisation, by=county.doris
        )
    shared = make_need(county.agreement, owner=county.organisation)
    for refused in (county.charlie, county.reader):
        with pytest.raises(NotAllowed):
            services.update_need(need=shared, description="x", by=refused)
        with pytest.raises(NotAllowed):
            services.share_need(need=shared, by=refused)
        with pytest.raises(NotAllowed):
            services.withdraw_need(need=shared, reason="x", by=refused)
    services.update_need(need=shared, description="Ny", by=county.doris)
    with pytest.raises(services.WouldLoseReach):
        services.update_need(need=shared, owner=county.other_organisation, by=county.alice)


def test_a_draft_need_is_handed_to_nobody_its_author_does_not_belong_to(county: County) -> None:
    own = make_organisation()
    leader = make_user(organisation=own, role="PROCESS_LEADER")
    for by, owner in ((county.bob, county.other_organisation), (leader, own)):
        draft = services.create_need(
            agreement=county.agreement, title="Hemligt", owner=owner, by=by
        )
        with pytest.raises(services.WouldLoseReach):
            services.update_need(need=draft, owner=county.organisation, by=by)
        assert Need.objects.get(pk=draft.pk).owner_id == owner.pk
    shared = make_need(county.agreement, owner=own)
    services.update_need(need=shared, owner=county.organisation, by=leader)
    assert Need.objects.get(pk=shared.pk).owner_id == county.organisation.pk


def test_predicates_and_filters_agree_for_everybody(county: County) -> None:
    make_need(county.agreement, owner=county.organisation, sharing="DRAFT")
    make_need(county.agreement, owner=county.other_organisation)
    make_need(county.agreement)
    rows = list(Need.objects.select_related("record"))
    for by in (county.alice, county.bob, county.charlie, county.doris, county.reader, None):
        seen = set(visible_to(Need.objects.all(), by).values_list("pk", flat=True))
        assert seen == {row.pk for row in rows if can_read(row, by)}
        mine = set(editable_by(Need.objects.all(), by).values_list("pk", flat=True))
        assert mine == {row.pk for row in rows if can_edit(row, by)}
    assert not can_read(rows[0], county.doris)


def test_a_change_is_logged_before_and_after(county: County) -> None:
    need = make_need(county.agreement, owner=county.organisation, description="Förut")
    services.update_need(need=need, description="Nu", kind="RISK", reason="Rättat", by=county.alice)
    event = Event.objects.first()
    assert event is not None
    assert event.reason == "Rättat"
    assert {row.field: (row.before, row.after) for row in event.revisions.all()} == {
        "description": ("Förut", "Nu"),
        "kind": ("UNKNOWN", "RISK"),
    }


PAGES = [
    "/behov/{uid}/",
    "/behov/{uid}/andra/",
    "/behov/{uid}/dela/",
    "/behov/{uid}/dra-tillbaka/",
]


@pytest.mark.parametrize("address", [*PAGES, "/rok/behov/", "/rok/behov/nytt/"])
def test_signed_out_is_sent_to_sign_in(county: County, client: Client, address: str) -> None:
    need = make_need(county.agreement)
    answer = client.get(address.format(uid=need.uid))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/logga-in/")


@pytest.mark.parametrize("address", PAGES)
def test_a_draft_and_what_is_absent_look_the_same_to_others(
    county: County, as_person: SignIn, address: str
) -> None:
    draft = make_need(county.agreement, "Hemligt behov", owner=county.organisation, sharing="DRAFT")
    for outsider in (county.bob, county.charlie, county.doris, county.reader):
        browser = as_person(outsider)
        assert browser.get(address.format(uid=draft.uid)).status_code == 404
        assert "Hemligt behov" not in text(browser.get("/rok/behov/"))
    browser = as_person(county.alice)
    assert browser.get(address.format(uid="zzzzzzzzzzzz")).status_code == 404
    assert browser.get(address.format(uid=draft.uid)).status_code == 200
    assert "Hemligt behov" in text(browser.get("/rok/behov/"))


@pytest.mark.parametrize("address", PAGES[1:])
def test_others_see_a_shared_need_but_do_not_write(
    county: County, as_person: SignIn, address: str
) -> None:
    need = make_need(county.agreement, owner=county.organisation)
    for outsider in (county.charlie, county.reader):
        browser = as_person(outsider)
        assert browser.get(f"/behov/{need.uid}/").status_code == 200
        assert browser.get(address.format(uid=need.uid)).status_code == 404
        assert browser.post(address.format(uid=need.uid), {"title": "x"}).status_code == 404
    assert as_person(county.reader).get("/rok/behov/nytt/").status_code == 404


def test_a_need_is_written_changed_shared_and_withdrawn(county: County, as_person: SignIn) -> None:
    browser = as_person(county.alice)
    answer = browser.post(
        "/rok/behov/nytt/",
        {
            "title": "Lokaler saknas på Åsgården",
            "kind": "RESOURCES",
            "owner": county.organisation.uid,
            "subject": county.network.uid,
            "description": LONG,
            "sharing": "DRAFT",
        },
    )
    need = Need.objects.get()
    assert answer["Location"] == f"/behov/{need.uid}/"
    assert (need.subject, need.description) == (county.network.record, LONG.strip())
    page = f"/behov/{need.uid}/"
    form = {
        "title": "Lokaler saknas",
        "kind": "RISK",
        "owner": county.organisation.uid,
        "description": HOSTILE,
    }
    assert (
        browser.post(f"{page}andra/", form | version_at(browser, f"{page}andra/")).status_code
        == 302
    )
    shown = text(browser.get(page))
    assert "Lokaler saknas" in shown
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown
    assert "Det går inte att ångra" in text(browser.get(f"{page}dela/"))
    assert Need.objects.get().sharing == "DRAFT"
    confirm(browser, f"{page}dela/")
    assert as_person(county.charlie).get(page).status_code == 200
    assert "Skriv varför." in text(browser.post(f"{page}dra-tillbaka/", {"reason": ""}))
    browser.post(f"{page}dra-tillbaka/", {"reason": "Dubblett"})
    assert not Need.objects.live().exists()


def test_faults_are_told_at_the_field_and_nothing_is_lost(
    county: County, as_person: SignIn
) -> None:
    other = make_agreement()
    wrong = {
        "kind": "HITTEPÅ",
        "owner": county.other_organisation.uid,
        "subject": make_need(other).uid,
        "focus_area": "zzzzzzzzzzzz",
        "title": "",
    }
    for field, value in wrong.items():
        sent = {
            "title": "Nytt",
            "kind": "RISK",
            "owner": county.organisation.uid,
            "description": LONG,
            "sharing": "DRAFT",
            field: value,
        }
        answer = as_person(county.alice).post("/rok/behov/nytt/", sent)
        assert answer.status_code == 200, field
        assert f'id="id_{field}_error"' in text(answer), field
        assert LONG.strip() in text(answer), field
    assert not Need.objects.filter(agreement=county.agreement).exists()


def test_the_list_filters_searches_and_counts_what_it_shows(
    county: County, as_person: SignIn
) -> None:
    rooms = make_need(county.agreement, "Lokaler saknas", kind="RESOURCES", focus_area=county.area)
    make_need(county.agreement, "Mandat saknas", kind="MANDATE", subject=county.network.record)
    make_need(county.agreement, "Pengar saknas", kind="RESOURCES")
    make_need(make_agreement(), "Annan överenskommelse", kind="RESOURCES")
    meeting = make_initiative(county.agreement)
    hidden = make_initiative(county.agreement, owner=county.organisation, sharing="DRAFT")
    for one in (meeting, hidden):
        link_need(initiative=one, need=rooms, by=county.alice if one is hidden else county.doris)
    browser = as_person(county.reader)

    def shown(query: str = "") -> list[str]:
        return titles(text(browser.get(f"/rok/behov/{query}")))

    assert shown() == ["Lokaler saknas", "Mandat saknas", "Pengar saknas"]
    assert shown("?slag=RESOURCES") == ["Lokaler saknas", "Pengar saknas"]
    assert shown("?omrade=BM") == ["Lokaler saknas"]
    assert shown("?omrade=okant") == ["Mandat saknas", "Pengar saknas"]
    assert shown(f"?galler={county.network.uid}") == ["Mandat saknas"]
    assert shown("?mots=ja") == ["Lokaler saknas"]
    assert shown("?mots=nej") == ["Mandat saknas", "Pengar saknas"]
    assert shown("?q=lokal") == ["Lokaler saknas"]
    assert shown("?q=finnsinte") == []
    assert shown("?slag=HITTEPÅ&galler=zzz&sida=99") == shown()
    page = text(browser.get("/rok/behov/"))
    # Every count of a kind opens as many rows as it says.
    counts = re.findall(r'class="figure-link" href="(/rok/behov/\?slag=[A-Z]+)"[^>]*>(\d+)<', page)
    assert {url: int(n) for url, n in counts} == {
        "/rok/behov/?slag=RESOURCES": 2,
        "/rok/behov/?slag=MANDATE": 1,
    }
    for url, n in counts:
        assert len(titles(text(browser.get(url)))) == int(n)
    # The draft that also meets the need is counted for its owner alone.
    link = f'href="/rok/insatser/\\?behov={rooms.uid}"[^>]*>(\\d+)<'
    assert re.findall(link, page) == ["1"]
    assert re.findall(link, text(as_person(county.alice).get("/rok/behov/"))) == ["2"]


def test_an_empty_list_says_what_will_be_here(county: County, as_person: SignIn) -> None:
    assert "Skriv in det första behovet" in text(as_person(county.alice).get("/rok/behov/"))
    reader = text(as_person(county.reader).get("/rok/behov/"))
    assert "Här kommer behov" in reader
    assert "/behov/nytt/" not in reader
    assert as_person(county.alice).get("/finns-inte/behov/").status_code == 404


@pytest.mark.parametrize("many", [3, 60])
def test_list_and_page_cost_the_same_for_few_and_many(
    county: County, as_person: SignIn, many: int
) -> None:
    browser = as_person(county.alice)

    def cost(address: str) -> int:
        browser.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(address).status_code == 200
        return len(seen)

    one = make_need(
        county.agreement, subject=county.network.record, focus_area=county.area, kind="RISK"
    )
    link_need(initiative=make_initiative(county.agreement), need=one, by=county.doris)
    few = cost("/rok/behov/"), cost(f"/behov/{one.uid}/")
    need = make_need(
        county.agreement, subject=county.network.record, focus_area=county.area, kind="RISK"
    )
    for linked, owner in ((need, None), (one, county.organisation)):
        initiative = make_initiative(county.agreement, owner=owner)
        link_need(initiative=initiative, need=linked, by=county.doris)
        make_copies(initiative, many - 2)
    for link, other in zip(need.initiative_links.all(), make_copies(need, many - 2), strict=False):
        InitiativeNeed.objects.filter(pk=link.pk).update(need=other)
    assert (Need.objects.count(), InitiativeNeed.objects.filter(need=one).count()) == (many, many)
    assert (cost("/rok/behov/"), cost(f"/behov/{one.uid}/")) == few
    assert max(few) < 45


@pytest.mark.parametrize("address", ["/rok/behov/", "/rok/behov/nytt/", *PAGES])
def test_looking_changes_nothing(county: County, as_person: SignIn, address: str) -> None:
    need = make_need(county.agreement, owner=county.organisation, sharing="DRAFT")
    browser = as_person(county.alice)
    browser.get("/rok/behov/")  # chooses the agreement
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(address.format(uid=need.uid)).status_code == 200
    writes = [q["sql"] for q in seen if q["sql"].split(" ")[0] in ("INSERT", "UPDATE", "DELETE")]
    assert writes == []
