"""What was withdrawn stands again: who may, what is refused, and that nobody is told twice."""

import re
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.utils import timezone

from samhandling.apps.accounts.models import User
from samhandling.apps.agreements.services import set_approval_wanted
from samhandling.apps.audit.models import Event, Reason
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.discussion import errors, services
from samhandling.apps.discussion.models import Attachment, Comment, ItemEvent
from samhandling.apps.discussion.selectors import comments_on
from samhandling.apps.discussion.withdrawals import last_withdrawal, number_of
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import (
    approve_initiative,
    return_initiative,
    share_initiative,
    submit_initiative,
    withdraw_initiative,
)
from samhandling.apps.notices.models import Notice
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.records.services import AlreadyWithdrawn
from samhandling.apps.registry.selectors import case_with
from samhandling.apps.registry.services import register_in_diary
from samhandling.web.workspace.records.case_file import rows_of_case
from tests.factories import County, make_user
from tests.factories.files import pdf
from tests.factories.sign_in import signed_in_now
from tests.integration.needs.test_needs import SignIn

pytestmark = pytest.mark.django_db
QUICKER = "Det är redan återställt."


@pytest.fixture(autouse=True)
def own_media(tmp_path: Path) -> object:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


def said(initiative: Initiative, by: User, text: str = "Fel plats") -> Comment:
    return services.add_comment(record=initiative.record, text=text, by=by)


def attached(initiative: Initiative, by: User) -> Attachment:
    content = SimpleUploadedFile("Beslut.pdf", pdf())
    return services.add_attachment(
        record=initiative.record, name=content.name or "", content=content, by=by
    )


def withdraw(item: Comment | Attachment, by: User, reason: str = "Av misstag") -> int:
    """Withdraws it; which withdrawal that was."""
    item.refresh_from_db()
    if isinstance(item, Comment):
        services.withdraw_comment(comment=item, reason=reason, by=by)
    else:
        services.withdraw_attachment(attachment=item, reason=reason, by=by)
    return number_of(last_withdrawal(item))


def restore(item: Comment | Attachment, by: User, seen: int | None = None) -> None:
    seen = number_of(last_withdrawal(item)) if seen is None else seen
    if isinstance(item, Comment):
        services.restore_comment(comment=item, seen=seen, by=by)
    else:
        services.restore_attachment(attachment=item, seen=seen, by=by)


def path(item: Comment | Attachment) -> str:
    place = f"kommentarer/{item.pk}" if isinstance(item, Comment) else f"bilagor/{item.uid}"
    return f"/post/{item.record.uid}/{place}/aterstall/"


def text(browser: Client, address: str) -> str:
    return re.sub(r"\s+", " ", browser.get(address).content.decode())


def press(browser: Client, page: str, address: str) -> str:
    """Presses the button of a page that was opened; what the next page says."""
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found
    answer = browser.post(address, {"seen": found[1]}, follow=True)
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize("make", [said, attached])
def test_it_stands_where_it_stood_and_the_log_says_so(
    make: object, county: County, shared: Initiative
) -> None:
    item: Comment | Attachment = make(shared, county.alice)  # type: ignore[operator]
    withdraw(item, county.doris)
    restore(item, county.doris)
    item.refresh_from_db()
    assert (item.withdrawn_at, item.withdrawn_reason) == (None, "")
    kind = "COMMENT" if isinstance(item, Comment) else "ATTACHMENT"
    told = Event.objects.filter(record_uid=shared.uid).order_by("-pk")[:2]
    assert [(one.verb, one.actor_key, one.reason) for one in told] == [
        (f"{kind}_RESTORED", county.doris.person_key, ""),
        (f"{kind}_WITHDRAWN", county.doris.person_key, "Av misstag"),
    ]


@pytest.mark.parametrize("make", [said, attached])
def test_those_who_keep_order_may_and_its_author_who_withdrew_it_herself(
    make: object, county: County, shared: Initiative
) -> None:
    item: Comment | Attachment = make(shared, county.alice)  # type: ignore[operator]
    withdraw(item, county.alice)
    for other in (county.charlie, county.bob, county.reader):
        with pytest.raises(NotAllowed):
            restore(item, other)
    restore(item, county.alice)
    withdraw(item, county.doris)
    with pytest.raises(NotAllowed):
        restore(item, county.alice)  # somebody else found that it should not stand
    restore(item, county.doris)
    assert ItemEvent.objects.count() == 4


def test_what_was_said_of_a_draft_is_restored_by_those_who_read_it(
    county: County, draft: Initiative
) -> None:
    comment = said(draft, county.alice)
    withdraw(comment, county.alice)
    share_initiative(initiative=draft, by=county.alice)
    with pytest.raises(NotAllowed):
        restore(comment, county.doris)
    restore(comment, county.alice)
    comment.refresh_from_db()
    assert comment.withdrawn_at is None


def test_why_it_was_withdrawn_is_kept_for_those_who_read_it_and_told_to_nobody_else(
    county: County, draft: Initiative, as_person: SignIn
) -> None:
    comment = said(draft, county.alice, "Fråga Nils")
    share_initiative(initiative=draft, by=county.alice)
    for reason in ("Nämner Nils", "Nämner honom igen"):
        withdraw(comment, county.alice, reason)
        restore(comment, county.alice)
    register_in_diary(
        record=draft.record, case_number="RS 1", provision="", marked_on=None, authority="",
        today=date(2020, 11, 30), by=county.alice,
    )  # fmt: skip
    assert not Reason.objects.filter(text__contains="Nämner").exists()
    (shown,) = comments_on(draft.record, county.alice)
    assert [one.reason for one in shown.taken_back] == ["Nämner honom igen", "Nämner Nils"]
    pages = [
        f"/insatser/{draft.uid}/",
        f"/post/{draft.uid}/kommentarer/",
        f"/andringar/{draft.uid}/",
        "/andringar/",
        "/tillbakadraget/",
        "/nytt/",
    ]
    told = "Kommentaren var tillbakadragen av det här skälet: Nämner Nils"
    alice, doris = as_person(county.alice), signed_in_now(county.doris)
    assert [told in text(alice, page) for page in pages] == [True, True] + [False] * 4
    for browser in (doris, as_person(county.reader), as_person(county.charlie)):
        assert [page for page in pages if "Nämner" in text(browser, page)] == []
    log = b"".join(doris.get("/andringar/andringar.jsonl").streaming_content).decode()
    assert '"COMMENT_RESTORED"' in log and "Nämner" not in log
    mine, hers = (
        str(list(rows_of_case(case_with("RS 1", by), by))) for by in (county.alice, county.doris)
    )
    assert "Återställd, var tillbakadragen: Nämner Nils" in mine and "Nämner" not in hers


def test_why_is_kept_for_those_whose_log_begins_after_the_record_went_back(
    county: County, draft: Initiative, as_person: SignIn
) -> None:
    """Said and withdrawn while it waited for approval, restored when it waited the second time."""
    set_approval_wanted(agreement=county.agreement, wanted=True, reason="", by=DEMO_LOADER)
    submit_initiative(initiative=draft, by=county.alice)
    comment = said(draft, county.doris, "Fråga Nils")
    seen = withdraw(comment, county.doris, "Nämner Nils")
    return_initiative(initiative=draft, reason="Skriv mer", by=county.doris)
    submit_initiative(initiative=draft, by=county.alice)
    comment.refresh_from_db()
    restore(comment, county.doris, seen)
    group = make_user(role="COORDINATION_GROUP")
    told = "Kommentaren var tillbakadragen av det här skälet: Nämner Nils"
    thread, history = f"/post/{draft.uid}/kommentarer/", f"/andringar/{draft.uid}/"
    for by in (county.doris, group):
        assert "Nämner" not in text(as_person(by), history)
        assert told in text(as_person(by), thread)
    # Its own people read the whole history, and need not be told twice.
    assert "Nämner Nils" in text(as_person(county.alice), history)
    assert "Nämner" not in text(as_person(county.alice), thread)
    approve_initiative(initiative=draft, by=county.doris)
    assert told in text(as_person(county.doris), thread)
    assert "Nämner" not in text(as_person(county.reader), thread)


def test_why_it_was_withdrawn_follows_the_comment_to_all_who_read_it(
    county: County, draft: Initiative, as_person: SignIn
) -> None:
    """Said while it waited, withdrawn by its own people when it was theirs, restored when it
    waited again: those who approve read the comment, and so why it was away (ADR 0016)."""
    set_approval_wanted(agreement=county.agreement, wanted=True, reason="", by=DEMO_LOADER)
    submit_initiative(initiative=draft, by=county.alice)
    comment = said(draft, county.alice, "Fråga Nils")
    return_initiative(initiative=draft, reason="Skriv mer", by=county.doris)
    thread = f"/post/{draft.uid}/kommentarer/"
    form = text(as_person(county.alice), f"{thread}{comment.pk}/dra-tillbaka/")
    assert "Läses av alla som får läsa kommentaren, också om den återställs." in form
    withdraw(comment, county.alice, "Nämner Nils")
    submit_initiative(initiative=draft, by=county.alice)
    doris = as_person(county.doris)
    assert "Kommentaren är tillbakadragen. Skäl: Nämner Nils" in text(doris, thread)
    restore(comment, county.alice)
    told = "Kommentaren var tillbakadragen av det här skälet: Nämner Nils"
    assert told in text(doris, thread)
    assert "Nämner" not in text(doris, f"/andringar/{draft.uid}/")


def test_nobody_is_told_again(county: County, shared: Initiative) -> None:
    comment = said(shared, county.alice, "Vad tror du, @Charlie Öst?")
    told = list(Notice.objects.order_by("pk").values_list("person", "kind", "event_id"))
    assert [kind for _person, kind, _event in told].count("MENTIONED") == 1
    withdraw(comment, county.alice)
    restore(comment, county.alice)
    services.edit_comment(comment=comment, text="Vad säger du, @Charlie Öst?", by=county.alice)
    assert list(Notice.objects.order_by("pk").values_list("person", "kind", "event_id")) == told


@pytest.mark.parametrize("make", [said, attached])
def test_of_two_at_once_the_second_is_told(
    make: object, county: County, shared: Initiative, as_person: SignIn
) -> None:
    item: Comment | Attachment = make(shared, county.alice)  # type: ignore[operator]
    first = withdraw(item, county.alice)
    stale = type(item)._base_manager.select_related("record").get(pk=item.pk)
    alice, doris = as_person(county.alice), as_person(county.doris)
    mine, hers = text(alice, path(item)), text(doris, path(item))
    done = press(doris, hers, path(item))
    assert "är återställd." in done
    assert QUICKER in press(alice, mine, path(item))
    assert alice.get(path(item)).status_code == 404
    with pytest.raises(errors.NotWithdrawn):
        restore(stale, county.alice, first)
    # Withdrawn again meanwhile, for another reason: nobody restores what they have not read.
    withdraw(item, county.doris, "Röjer ett namn")
    answer = press(doris, hers, path(item))
    assert "dragits tillbaka på nytt sedan du öppnade sidan" in answer
    assert "Röjer ett namn" in answer
    with pytest.raises(errors.WithdrawnAnew):
        restore(item, county.doris, first)


@pytest.mark.parametrize("make", [said, attached])
def test_of_two_who_withdraw_at_once_the_reason_of_the_first_stays(
    make: object, county: County, shared: Initiative
) -> None:
    item: Comment | Attachment = make(shared, county.alice)  # type: ignore[operator]
    stale = type(item)._base_manager.select_related("record").get(pk=item.pk)
    withdraw(item, county.alice, "Min")
    with pytest.raises(AlreadyWithdrawn):
        if isinstance(stale, Comment):
            services.withdraw_comment(comment=stale, reason="Hennes", by=county.doris)
        else:
            services.withdraw_attachment(attachment=stale, reason="Hennes", by=county.doris)
    item.refresh_from_db()
    assert item.withdrawn_reason == "Min"


@pytest.mark.parametrize("make", [said, attached])
def test_what_belongs_to_a_withdrawn_record_waits_for_it(
    make: object, county: County, shared: Initiative, as_person: SignIn
) -> None:
    item: Comment | Attachment = make(shared, county.alice)  # type: ignore[operator]
    seen = withdraw(item, county.alice)
    alice, charlie = as_person(county.alice), as_person(county.charlie)
    page = text(alice, path(item))
    withdraw_initiative(initiative=shared, reason="Slut", by=county.alice)
    assert "Posten som det hör till är tillbakadragen." in press(alice, page, path(item))
    answer = alice.get(path(item))
    assert answer["Location"] == f"/post/{shared.uid}/"
    assert path(item) not in text(alice, "/tillbakadraget/")
    # What is told does not depend on whether there is such a comment.
    absent = path(item).replace(f"/{path(item).split('/')[4]}/", "/999999/")
    assert alice.get(absent)["Location"] == charlie.get(absent)["Location"] == answer["Location"]
    item.record.withdrawn_at = None  # as somebody knew it who was quicker
    with pytest.raises(errors.RecordWithdrawn):
        restore(item, county.alice, seen)


def test_a_file_that_is_gone_or_has_no_room_is_not_restored(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    file = attached(shared, county.alice)
    withdraw(file, county.alice)
    alice = as_person(county.alice)
    with override_settings(ATTACHMENTS_PER_RECORD=1):
        attached(shared, county.alice)
        page = text(alice, path(file))
        assert "Det finns redan 1 bilagor här." in press(alice, page, path(file))
    Path(file.file.path).unlink()
    assert "Filen finns inte kvar och kan inte återställas." in press(alice, page, path(file))
    page = text(alice, path(file))
    assert "Filen finns inte kvar och kan inte återställas." in page
    assert 'name="seen"' not in page
    file.refresh_from_db()
    assert file.withdrawn_at is not None


def test_the_way_there_is_shown_to_those_who_may(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    mine, hers = said(shared, county.alice), said(shared, county.charlie)
    file, judged = attached(shared, county.alice), attached(shared, county.alice)
    items = {mine: county.alice, hers: county.doris, file: county.alice, judged: county.doris}
    for item, by in items.items():
        withdraw(item, by)
    ways = [f'href="{path(item)}"' for item in items]
    seen = {}
    for name in ("alice", "bob", "charlie", "doris", "reader"):
        browser = as_person(getattr(county, name))
        own = text(browser, f"/insatser/{shared.uid}/")
        listed = text(browser, "/tillbakadraget/")
        assert "Kommentaren är tillbakadragen. Skäl: Av misstag" in own
        seen[name] = [[way in page for way in ways] for page in (own, listed)]
        talk = text(browser, f"/post/{shared.uid}/kommentarer/")
        assert [way in talk for way in ways[:2]] == seen[name][0][:2]
    all_, none = [[True] * 4] * 2, [[False] * 4] * 2
    own_alone = [[True, False, True, False]] * 2
    assert seen == {
        "alice": own_alone, "bob": none, "charlie": none, "doris": all_, "reader": none,
    }  # fmt: skip


def test_the_whole_way_through_the_pages(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    comment, file = said(shared, county.alice, "Kom på torsdag"), attached(shared, county.alice)
    doris, reader = as_person(county.doris), as_person(county.reader)
    for item in (comment, file):
        own = path(item).replace("aterstall", "dra-tillbaka")
        asked = text(doris, own)
        assert "kan återställas av processledaren" in asked and "ångra" not in asked
        done = doris.post(own, {"reason": "Fel ärende"}, follow=True).content.decode()
        assert "är tillbakadragen. Den kan återställas." in done
        assert reader.get(path(item)).status_code == 404
        assert reader.post(path(item), {"seen": "1"}).status_code == 404
    page = text(doris, path(comment))
    assert "Kom på torsdag" in page and "Fel ärende" in page and "Doris" in page
    assert "Kom på torsdag" not in text(reader, f"/post/{shared.uid}/kommentarer/")
    assert "Kommentaren är återställd." in press(doris, page, path(comment))
    assert "Kom på torsdag" in text(reader, f"/post/{shared.uid}/kommentarer/")
    page = text(doris, path(file))
    assert "Beslut.pdf går att hämta igen" in page
    assert "Bilagan är återställd." in press(doris, page, path(file))
    fetched = reader.get(f"/post/{shared.uid}/bilagor/{file.uid}/")
    assert b"".join(fetched.streaming_content) == pdf()
    history = re.sub(r"<[^>]+>", "", text(doris, f"/andringar/{shared.uid}/"))
    assert "återställde en kommentar om insatsen" in history
    assert "återställde bilagan Beslut.pdf till insatsen" in history


def test_what_never_was_withdrawn_cannot_be_restored(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    comment = said(shared, county.alice)
    doris = as_person(county.doris)
    assert doris.get(path(comment)).status_code == 404
    assert doris.post(path(comment), {"seen": "0"}).status_code == 404


def test_what_was_withdrawn_before_this_was_written_down_finds_its_event(
    county: County, shared: Initiative, draft: Initiative
) -> None:
    """Migration 0004: the same reason twice, another's, a file's, and one that the log keeps."""
    items: list[Comment | Attachment] = [said(shared, county.alice) for _n in range(3)]
    items += [attached(shared, county.alice), said(draft, county.alice)]
    share_initiative(initiative=draft, by=county.alice)
    for item, reason in zip(items, ("Fel", "Fel", "Annat", "Fel", "Inre"), strict=True):
        withdraw(item, county.alice, reason)
    assert Reason.objects.filter(text="Inre").count() == 0
    as_written = list(ItemEvent.objects.order_by("pk").values_list("comment", "attachment"))
    events = list(ItemEvent.objects.order_by("pk").values_list("event_id", flat=True))
    # Two at the same moment, as another computer's clock may have it.
    Comment.objects.filter(pk=items[1].pk).update(
        withdrawn_at=Comment.objects.get(pk=items[0].pk).withdrawn_at
    )
    Comment.objects.create(
        record=shared.record, circle="ALL", text="x", author_key="y", withdrawn_reason="Fel",
        withdrawn_at=timezone.now(),
    )  # fmt: skip
    ItemEvent.objects.all().delete()
    migration = "samhandling.apps.discussion.migrations.0004_events_of_the_withdrawn"
    import_module(migration).find_events(apps, None)
    found = ItemEvent.objects.order_by("event_id")
    assert list(found.values_list("comment", "attachment")) == as_written
    assert [one.event_id for one in found] == events
