"""The list of what is withdrawn: as many questions for many lines as for few, and nothing left out
unsaid."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samhandling.apps.accounts.models import User
from samhandling.apps.discussion import services
from samhandling.apps.discussion.models import Attachment, Comment
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import withdraw_funding
from samhandling.apps.records import withdrawn
from samhandling.apps.records.models import Record
from samhandling.apps.situation.services import withdraw_need
from samhandling.web.workspace.records.withdrawn_list import withdrawn_for
from tests.factories import (
    County,
    make_county,
    make_funding,
    make_initiative,
    make_need,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def shared(county: County) -> Initiative:
    return make_initiative(county.agreement, "Språkcafé", owner=county.organisation)


def commented(thing: Initiative, by: User, reason: str = "Fel") -> Comment:
    comment = services.add_comment(record=thing.record, text="Hej", by=by)
    services.withdraw_comment(comment=comment, reason=reason, by=by)
    return comment


def attached(thing: Initiative, by: User) -> None:
    content = SimpleUploadedFile("a.txt", b"Hej")
    file = services.add_attachment(record=thing.record, name="a.txt", content=content, by=by)
    services.withdraw_attachment(attachment=file, reason="Fel", by=by)


def asked(by: User) -> tuple[int, int]:
    """How many lines the person gets, and how many questions that took."""
    known = User.objects.get(pk=by.pk)
    withdrawn_for(known)  # what is asked once a request
    with CaptureQueriesContext(connection) as queries:
        found = withdrawn_for(known)
    return len(found.lines), len(queries)


def test_many_comments_files_and_grants_take_no_more_questions_than_few(county: County) -> None:
    limited = make_user(role="PROCESS_LEADER", scope=county.agreement)
    people = (county.alice, county.doris, limited)

    def made(count: int) -> None:
        for number in range(count):
            one = make_initiative(county.agreement, f"Insats {number}", owner=county.organisation)
            commented(one, county.alice)
            attached(one, county.alice)
            money = make_funding(one, by=county.alice)
            withdraw_funding(funding=money, reason="Fel", by=county.alice)

    made(3)
    few = [asked(by) for by in people]
    made(9)
    many = [asked(by) for by in people]
    assert [lines for lines, _queries in few] == [9] * 3
    assert [lines for lines, _queries in many] == [36] * 3
    assert [queries for _lines, queries in many] == [queries for _lines, queries in few]


def pages_of(browser: Client, address: str = "/tillbakadraget/") -> list[str]:
    """What the list says, page by page, as its own links lead."""
    said = re.sub(r"\s+", " ", browser.get(address).content.decode())
    older = re.search(r'href="(/tillbakadraget/\?till=[^"]+)"', said)
    return [said, *(pages_of(browser, older[1]) if older else [])]


def reasons(page: str) -> list[str]:
    return re.findall(r"<td data-label=\"Skäl\">(.*?)</td>", page)


@pytest.mark.parametrize("piece", [1, 2, 200])
def test_what_has_no_room_stands_on_a_page_further_on_and_the_page_says_so(
    county: County, shared: Initiative, monkeypatch: pytest.MonkeyPatch, client: Client, piece: int
) -> None:
    monkeypatch.setattr(withdrawn, "MOST_WITHDRAWN", 2)
    monkeypatch.setattr(withdrawn, "_PIECE", piece)
    need = make_need(county.agreement, "Lokaler")
    commented(shared, county.alice, "Första")
    withdraw_need(need=need, reason="Behovet", by=county.doris)
    for reason in ("Andra", "Tredje"):
        commented(shared, county.alice, reason)
        commented(shared, county.doris, f"{reason}, Doris")
    attached(shared, county.alice)
    client.force_login(county.doris)
    pages = pages_of(client)
    assert [reasons(page) for page in pages] == [
        ["Fel", "Tredje, Doris", "Tredje"],
        ["Andra, Doris", "Andra", "Behovet"],
        ["Första"],
    ]
    more = "Det finns mer som drogs tillbaka tidigare."
    assert [more in page for page in pages] == [True, True, False]
    assert ["Här står det som drogs tillbaka senast" in page for page in pages] == [
        False, True, True,
    ]  # fmt: skip
    # What others withdrew takes no room from one's own.
    client.force_login(county.alice)
    assert [reasons(page) for page in pages_of(client)] == [["Fel", "Tredje", "Andra"], ["Första"]]
    client.force_login(county.reader)
    (only,) = pages_of(client)
    assert more not in only and "Inget att återställa" in only


@pytest.mark.parametrize(
    "till",
    [
        *("", "i går", "2020-11-30", "9" * 5000, "\0"),
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "9999-12-31T23:30:00-00:00"),
    ],
)
def test_a_moment_that_is_none_shows_the_latest(
    county: County, shared: Initiative, client: Client, till: str
) -> None:
    commented(shared, county.alice)
    client.force_login(county.alice)
    answer = client.get("/tillbakadraget/", {"till": till})
    assert reasons(answer.content.decode()) == ["Fel"]


def test_a_page_from_before_anything_was_withdrawn_says_so(
    county: County, shared: Initiative, client: Client
) -> None:
    commented(shared, county.alice)
    client.force_login(county.alice)
    page = client.get("/tillbakadraget/", {"till": "1999-12-31T23:00:00Z"}).content.decode()
    assert "Här står det som drogs tillbaka senast 1 januari 2000 kl. 00.00." in page
    assert "Inget av det som drogs tillbaka så tidigt kan återställas av dig." in page
    assert 'href="/tillbakadraget/"' in page


def test_many_of_one_moment_stand_each_once_over_as_many_pages_as_they_need(
    county: County, shared: Initiative, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    monkeypatch.setattr(withdrawn, "MOST_WITHDRAWN", 2)
    for number in range(5):
        commented(shared, county.alice, f"Kommentar {number}")
        attached(shared, county.alice)
    withdraw_need(need=make_need(county.agreement, "Lokaler"), reason="Behovet", by=county.doris)
    then = timezone.now()
    Comment.objects.update(withdrawn_at=then)
    Attachment.objects.update(withdrawn_at=then)
    Record.objects.filter(withdrawn_at__isnull=False).update(withdrawn_at=then)
    client.force_login(county.doris)
    said = [reasons(page) for page in pages_of(client)]
    assert said == [
        ["Behovet", "Kommentar 4", "Kommentar 3"],
        ["Kommentar 2", "Kommentar 1"],
        ["Kommentar 0", "Fel", "Fel"],
        ["Fel", "Fel"],
        ["Fel"],
    ]
