"""The earlier words of a comment are in the history as long as the comment is not withdrawn."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from samhandling.apps.audit.models import Event
from samhandling.apps.discussion import services
from samhandling.apps.discussion.errors import MayNotSee
from samhandling.apps.discussion.models import Comment, ItemEvent
from samhandling.apps.discussion.selectors import people_near
from samhandling.apps.discussion.withdrawals import last_withdrawal, number_of
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.people.services import close_sign_in
from samhandling.web.history_sentences import Sentence, sentences
from samhandling.web.history_visibility import visible_events
from tests.factories import County, make_user
from tests.factories.sign_in import signed_in_now
from tests.integration.needs.test_needs import SignIn

pytestmark = pytest.mark.django_db
LONG = "Kvarnhjulet snurrar. " * 9


@pytest.fixture
def edited(county: County, shared: Initiative) -> Comment:
    """A comment that first was short, then long."""
    comment = services.add_comment(record=shared.record, text="Glasberget", by=county.alice)
    services.edit_comment(comment=comment, text=LONG, by=county.alice)
    return comment


def edits(by: object) -> list[Sentence]:
    events = visible_events(Event.objects.filter(verb="COMMENT_EDITED"), by)  # type: ignore[arg-type]
    return sentences(events, by)  # type: ignore[arg-type]


def words(by: object) -> list[tuple[str, str, str]]:
    return [(one.label, one.before, one.after) for row in edits(by) for one in row.changes]


def withdraw(comment: Comment, county: County) -> None:
    services.withdraw_comment(comment=comment, reason="Röjer ett namn", by=county.doris)


def files(browser: Client) -> str:
    """Both files of the log, as text."""
    lines = b"".join(browser.get("/andringar/andringar.jsonl").streaming_content).decode()
    book = browser.get("/andringar/andringar.xlsx")
    content = b"".join(book.streaming_content) if book.streaming else book.content
    rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return lines + "\n".join(str(row) for row in rows)


def test_words_are_folded_out_however_short_and_stand_in_no_sentence(
    county: County, edited: Comment
) -> None:
    assert words(county.reader) == [("Kommentar", "Glasberget", LONG.strip())]
    services.edit_comment(comment=edited, text="Efter", by=county.alice)
    services.edit_comment(comment=edited, text="Sist", by=county.alice)
    assert words(county.reader)[0] == ("Kommentar", "Efter", "Sist")
    for row in edits(county.reader):
        assert "ändrade en kommentar om insatsen" in row.sentence
        assert not any(
            word in row.sentence for word in ("Glasberget", "Kvarnhjulet", "Efter", "Sist")
        )


def test_words_of_a_withdrawn_comment_are_told_nowhere_until_it_is_restored(
    county: County, edited: Comment, as_person: SignIn
) -> None:
    pages = [f"/insatser/{edited.record.uid}/", f"/andringar/{edited.record.uid}/", "/andringar/"]
    reader, doris = as_person(county.reader), signed_in_now(county.doris)

    def told(word: str) -> list[bool]:
        shown = [
            browser.get(page).content.decode() for browser in (reader, doris) for page in pages
        ]
        return [word in page for page in [*shown, files(doris)]]

    assert told("Glasberget") == [True] * 7
    withdraw(edited, county)
    assert told("Glasberget") == told("Kvarnhjulet") == [False] * 7
    assert told("ändrade en kommentar") == [True] * 7
    services.restore_comment(
        comment=edited, seen=number_of(last_withdrawal(edited)), by=county.doris
    )
    assert told("Glasberget") == [True] * 7


def test_another_comment_that_is_withdrawn_hides_nothing(county: County, edited: Comment) -> None:
    other = services.add_comment(record=edited.record, text="Annat", by=county.alice)
    services.edit_comment(comment=other, text="Annat igen", by=county.alice)
    withdraw(other, county)
    assert words(county.alice) == [("Kommentar", "Glasberget", LONG.strip())]


def test_who_is_told_later_is_said_with_the_edit_and_as_long_as_its_words(
    county: County, edited: Comment, as_person: SignIn
) -> None:
    def said() -> str:
        return strip_tags(edits(county.reader)[0].sentence)

    chosen = [county.doris.person, county.charlie.person]
    services.edit_comment(comment=edited, text=edited.text, mentioned=chosen, by=county.alice)
    also = "sa också till Charlie Öst och Doris Lind"
    assert f"Alice Ek {also}" in said() and edits(county.reader)[0].changes == []
    assert also in as_person(county.reader).get("/andringar/").content.decode()
    assert also in files(signed_in_now(county.doris))
    words = {"text": "Fråga @Bob Ås", "by": county.alice}
    services.edit_comment(comment=edited, **words)
    assert "ändrade en kommentar om insatsen" in said() and "sa till Bob" in said()
    assert [one.label for one in edits(county.reader)[0].changes] == ["Kommentar"]
    withdraw(edited, county)
    assert "ändrade en kommentar" in said() and "Bob" not in said()
    assert "Doris" not in strip_tags(edits(county.reader)[1].sentence)


def test_who_changes_a_comment_can_name_others_when_all_near_are_told(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    comment = services.add_comment(record=shared.record, text="Hej", by=county.alice)
    url = f"/post/{shared.uid}/kommentarer/{comment.pk}/andra/"
    near = people_near(shared.record, county.alice)
    assert near and "Ska också få veta" in as_person(county.alice).get(url).content.decode()
    services.edit_comment(comment=comment, text="Hej", mentioned=near, by=county.alice)
    page = as_person(county.alice).get(url).content.decode()
    assert "Ska också få veta" not in page
    assert "Skriv @ och hela namnet på den som också ska få veta." in page


def test_a_comment_is_corrected_though_somebody_it_told_has_left(
    county: County, shared: Initiative
) -> None:
    comment = services.add_comment(
        record=shared.record, text="Hej @Charlie Öst, på tisdg", by=county.alice
    )
    gone = make_user(role="READER", name="Gun Ek")
    for user in (county.charlie, gone):
        close_sign_in(user=user, reason="Slutar", by=county.doris)
    services.edit_comment(comment=comment, text="Hej @Charlie Öst, på tisdag", by=county.alice)
    assert comment.text == "Hej @Charlie Öst, på tisdag"
    assert list(comment.mentioned.all()) == [county.charlie.person]
    with pytest.raises(MayNotSee, match="Gun Ek"):
        services.edit_comment(comment=comment, text="Hej", mentioned=[gone.person], by=county.alice)


def test_an_edit_of_which_comment_nobody_knows_tells_no_words(
    county: County, edited: Comment
) -> None:
    ItemEvent.objects.all().delete()
    assert words(county.alice) == []
    assert len(edits(county.alice)) == 1


def test_one_query_more_and_only_where_comments_were_edited(
    county: County, edited: Comment
) -> None:
    services.edit_comment(comment=edited, text="Sist", by=county.alice)

    def queries(verb: str) -> int:
        events = list(Event.objects.filter(verb=verb, record_uid=edited.record.uid))
        sentences(events, county.doris)  # texts of queries are kept
        with CaptureQueriesContext(
            connection,
        ) as asked:
            sentences(events, county.doris)
        return len(asked)

    assert queries("COMMENT_EDITED") == queries("COMMENTED") + 1


def test_an_edit_is_not_taken_for_a_withdrawal(county: County, edited: Comment) -> None:
    """Who withdrew it herself may restore it, whatever was edited before and after."""
    services.withdraw_comment(comment=edited, reason="Fel", by=county.alice)
    seen = number_of(last_withdrawal(edited))
    services.restore_comment(comment=edited, seen=seen, by=county.alice)
    services.edit_comment(comment=edited, text="Rätt", by=county.alice)
    assert number_of(last_withdrawal(edited)) == seen
    withdraw(edited, county)
    assert number_of(last_withdrawal(edited)) > seen
