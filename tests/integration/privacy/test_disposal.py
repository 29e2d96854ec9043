"""Nothing public is destroyed without a decision; what a decision covers is, everywhere."""

import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.test import Client, override_settings
from django.utils import timezone

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.models import Disposal, DisposalDecision, Event, Reason, Revision, Verb
from samhandling.apps.audit.services import DEMO_LOADER, words_open, write_event
from samhandling.apps.discussion.models import Attachment, Comment
from samhandling.apps.discussion.selectors import comments_on
from samhandling.apps.discussion.services import (
    add_attachment,
    add_comment,
    edit_comment,
    restore_attachment,
    restore_comment,
    withdraw_attachment,
    withdraw_comment,
)
from samhandling.apps.discussion.withdrawals import last_withdrawal, number_of
from samhandling.apps.followup.models import InitiativeReport
from samhandling.apps.initiatives.models import Funding, Initiative
from samhandling.apps.initiatives.services import (
    add_expected_result,
    add_funding,
    restore_initiative,
    share_initiative,
    update_initiative,
    withdraw_initiative,
)
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.privacy import destroying
from samhandling.apps.privacy.destroying import destroy_bytes
from samhandling.apps.privacy.disposal import (
    KINDS,
    DecisionIncomplete,
    ListChanged,
    NothingCovered,
    covered_by,
    dispose,
    register_decision,
)
from samhandling.apps.records.models import Record
from samhandling.apps.records.services import (
    Destroyed,
    add_footnote,
    add_name_variant,
    add_quantity,
    merge_record,
    restore_record,
)
from samhandling.apps.reporting.models import FrozenEdition
from samhandling.apps.reporting.services import create_report
from samhandling.apps.situation.models import Need
from samhandling.apps.situation.services import restore_need, withdraw_need
from samhandling.core.knowledge import Basis
from samhandling.core.partial_date import on_day
from samhandling.core.retention import DESTROYED
from samhandling.jobs.routines import end_what_is_due
from samhandling.web.history_sentences import sentences
from tests.factories import make_initiative, make_need, make_organisation, make_round, make_user
from tests.factories.files import pdf

pytestmark = pytest.mark.django_db
SECRET = "kanariefågel"
TOWN = "Staden"


@pytest.fixture(autouse=True)
def own_media(tmp_path: Path) -> object:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


@pytest.fixture
def leader() -> User:
    return make_user(role="PROCESS_LEADER", name="Karin Lind")


@pytest.fixture
def initiative() -> Initiative:
    return make_initiative(owner=make_organisation(TOWN), title="Språkkafé", sharing="SHARED")


def day() -> date:
    return timezone.localdate()


def decided(by: User, *kinds: str, **more: Any) -> DisposalDecision:
    told: dict[str, Any] = {
        "reference": "RS 2020-17", "decided_by": "Arkivnämnden", "decided_on": day(),
        "kinds": kinds or [str(kind) for kind in KINDS], "made_from": day(), "made_until": day(),
        "today": day(), "by": by,
    } | more  # fmt: skip
    return register_decision(**told)


def disposed(decision: DisposalDecision, by: User) -> int:
    return dispose(decision=decision, shown=[one.key for one in covered_by(decision, by)], by=by)


def withdrawn_comment(record: Record, by: User) -> Comment:
    comment = add_comment(record=record, text=f"Först {SECRET}", by=by)
    edit_comment(comment=comment, text=f"Sedan {SECRET}", by=by)
    edit_comment(comment=comment, text=f"Till sist {SECRET}", by=by)
    withdraw_comment(comment=comment, reason=f"Nämner {SECRET}", by=by)
    return comment


def withdrawn_file(record: Record, by: User) -> Attachment:
    made = add_attachment(
        record=record,
        name=f"{SECRET}.pdf",
        content=SimpleUploadedFile(f"{SECRET}.pdf", pdf()),
        by=by,
    )
    withdraw_attachment(attachment=made, reason=f"Nämner {SECRET}", by=by)
    return made


def everything() -> str:
    """Every text of every table."""
    return str([list(model._base_manager.values_list()) for model in apps.get_models()])


def kept_files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_withdrawn_comment_is_destroyed_with_its_earlier_words(
    initiative: Initiative, leader: User
) -> None:
    comment = withdrawn_comment(initiative.record, leader)
    other = add_comment(record=initiative.record, text="Något annat", by=leader)
    edit_comment(comment=other, text="Ändrat annat", by=leader)
    assert SECRET in everything()
    assert disposed(decided(leader, "COMMENT"), leader) == 1
    assert SECRET not in everything()
    comment.refresh_from_db()
    assert (comment.text, comment.withdrawn_reason) == (DESTROYED, DESTROYED)
    edits = Revision.objects.filter(field="comment").values_list("before", "after")
    assert list(edits) == [(DESTROYED, DESTROYED), (DESTROYED, DESTROYED),
                           ("Något annat", "Ändrat annat")]  # fmt: skip
    told = sentences(Event.objects.filter(verb="COMMENT_EDITED").order_by("pk"), leader)
    assert [[one.before for one in row.changes] for row in told] == [[], [], ["Något annat"]]


def test_a_withdrawn_file_is_destroyed_to_the_last_byte(
    initiative: Initiative, leader: User
) -> None:
    withdrawn_file(initiative.record, leader)
    add_attachment(
        record=initiative.record,
        name="Annan.pdf",
        content=SimpleUploadedFile("Annan.pdf", pdf()),
        by=leader,
    )
    assert len(kept_files()) == 2
    assert disposed(decided(leader, "ATTACHMENT"), leader) == 1
    assert SECRET not in everything()
    (kept,) = kept_files()
    left = Attachment.objects.get(name=DESTROYED)
    assert (left.sha256, left.size, left.file.name) == ("", 0, "")
    assert Attachment.objects.get(name="Annan.pdf").file.path == str(kept)
    assert "Annan.pdf" in everything()


def restored(item: Comment | Attachment, by: User) -> None:
    """What is withdrawn stands again."""
    item.refresh_from_db()
    seen = number_of(last_withdrawal(item))
    if isinstance(item, Comment):
        restore_comment(comment=item, seen=seen, by=by)
    else:
        restore_attachment(attachment=item, seen=seen, by=by)


def test_what_was_withdrawn_twice_is_destroyed_with_every_reason_of_both(
    initiative: Initiative, leader: User
) -> None:
    """Also when others of the same record were withdrawn, for the same reason, and stand again."""
    record = initiative.record
    comment, file = withdrawn_comment(record, leader), withdrawn_file(record, leader)
    kept = add_comment(record=record, text="Kvar", by=leader)
    withdraw_comment(comment=kept, reason="Av misstag", by=leader)
    restored(kept, leader)
    for item in (comment, file):
        restored(item, leader)
    edit_comment(comment=comment, text=f"Än en gång {SECRET}", by=leader)
    withdraw_comment(comment=comment, reason=f"Fortfarande {SECRET}", by=leader)
    withdraw_attachment(attachment=file, reason=f"Fortfarande {SECRET}", by=leader)
    assert everything().count(SECRET) > 10
    assert disposed(decided(leader), leader) == 2
    assert SECRET not in everything()
    assert kept_files() == []
    reasons = Reason.objects.filter(event__verb__endswith="WITHDRAWN").order_by("pk")
    assert [one.text for one in reasons] == [
        DESTROYED, DESTROYED, "Av misstag", DESTROYED, DESTROYED
    ]  # fmt: skip
    kept.refresh_from_db()
    assert (kept.text, kept.withdrawn_at) == ("Kvar", None)


def test_reasons_that_are_kept_beside_the_log_go_too(leader: User) -> None:
    """Of what was said of a draft and withdrawn after it was shared."""
    officer = make_user(organisation=make_organisation("Staden"))
    draft = make_initiative(owner=officer.person.affiliations.get().organisation, sharing="DRAFT")
    comment = add_comment(record=draft.record, text="Först", by=officer)
    other = add_comment(record=draft.record, text="Annat", by=officer)
    share_initiative(initiative=draft, by=officer)
    for item, reason in ((comment, f"Nämner {SECRET}"), (other, "Av misstag"), (comment, SECRET)):
        withdraw_comment(comment=item, reason=reason, by=officer)
        restored(item, officer)
    withdraw_comment(comment=comment, reason=SECRET, by=officer)
    assert everything().count(SECRET) == 3
    assert disposed(decided(leader), leader) == 1
    assert SECRET not in everything()
    gone, kept = comments_on(draft.record, officer)[::-1]
    assert (gone.is_destroyed, gone.taken_back) == (True, ())
    assert [one.reason for one in kept.taken_back] == ["Av misstag"]


def test_what_is_restored_is_no_more_covered(initiative: Initiative, leader: User) -> None:
    comment = withdrawn_comment(initiative.record, leader)
    file = withdrawn_file(initiative.record, leader)
    decision = decided(leader)
    shown = [one.key for one in covered_by(decision, leader)]
    assert len(shown) == 2
    restored(file, leader)
    with pytest.raises(ListChanged):
        dispose(decision=decision, shown=shown, by=leader)
    restored(comment, leader)
    assert covered_by(decision, leader) == []
    with pytest.raises(NothingCovered):
        dispose(decision=decision, shown=[], by=leader)
    assert len(kept_files()) == 1


def test_what_stands_again_goes_with_its_record(initiative: Initiative, leader: User) -> None:
    for item in (
        withdrawn_comment(initiative.record, leader),
        withdrawn_file(initiative.record, leader),
    ):
        restored(item, leader)
    withdraw_initiative(initiative=initiative, reason="Fel", by=DEMO_LOADER)
    assert disposed(decided(leader, "INITIATIVE"), leader) == 1
    assert SECRET not in everything()
    assert kept_files() == []


def test_what_is_destroyed_is_not_restored(initiative: Initiative, leader: User) -> None:
    comment = withdrawn_comment(initiative.record, leader)
    file = withdrawn_file(initiative.record, leader)
    disposed(decided(leader), leader)
    for item in (comment, file):
        with pytest.raises(Destroyed, match="gallrad och kan inte återställas"):
            restored(item, leader)
        assert item.withdrawn_at is not None


def test_an_initiative_is_destroyed_with_all_that_hangs_on_it(
    initiative: Initiative, leader: User
) -> None:
    update_initiative(initiative=initiative, by=DEMO_LOADER, content=SECRET, title=f"Om {SECRET}")
    record = Record.objects.get(pk=initiative.pk)
    add_expected_result(initiative=initiative, text=SECRET, by=DEMO_LOADER)
    add_quantity(about=record, measure=SECRET, value=3, by=DEMO_LOADER)
    add_footnote(about=record, number=1, text=SECRET, by=DEMO_LOADER)
    add_name_variant(record, SECRET)
    add_comment(record=record, text=SECRET, by=leader)
    withdrawn_file(record, leader)
    InitiativeReport.objects.create(
        round=make_round(initiative.agreement), initiative=initiative, told=SECRET
    )
    twin = make_initiative(title=f"Också om {SECRET}", sharing="SHARED", content=SECRET)
    merge_record(record=twin.record, into=record, basis=Basis.STATED, ground=SECRET, by=DEMO_LOADER)
    initiative = Initiative.objects.with_record().get(pk=initiative.pk)
    withdraw_initiative(initiative=initiative, reason=f"Nämner {SECRET}", by=DEMO_LOADER)
    (one,) = covered_by(decided(leader, "INITIATIVE"), leader)
    assert (one.name, one.comments, one.files, one.editions) == (f"Om {SECRET}", 1, 1, 0)
    assert disposed(DisposalDecision.objects.get(), leader) == 1
    assert SECRET not in everything()
    assert kept_files() == []
    kinds = sorted(Disposal.objects.values_list("kind", flat=True))
    assert kinds == ["ATTACHMENT", "COMMENT", "INITIATIVE", "INITIATIVE", "PART", "PART"]


def test_money_goes_with_what_alone_it_was_for(initiative: Initiative, leader: User) -> None:
    other = make_initiative(title="Annan", sharing="SHARED")
    need = make_need(title="Behov", sharing="SHARED")
    told: dict[str, Any] = {
        "instrument": SECRET, "amount_sek": 1234567, "funder": make_organisation("Fonden"),
        "state": "GRANTED", "told_for_year": day().year,
        "when": replace(on_day(day()), wording=SECRET),
        "ends": replace(on_day(day()), wording=SECRET), "by": DEMO_LOADER,
    }  # fmt: skip
    alone = add_funding(initiatives=[initiative], **told)
    shared = add_funding(
        initiatives=[initiative, other],
        **told | {"instrument": "Statsbidrag", "when": None, "ends": None},
    )
    with_need = add_funding(
        initiatives=[initiative],
        needs=[need],
        **told | {"instrument": "EU", "when": None, "ends": None},
    )
    withdraw_initiative(initiative=initiative, reason="Fel", by=DEMO_LOADER)
    (one,) = covered_by(decided(leader, "INITIATIVE"), leader)
    assert one.money == 1
    assert disposed(DisposalDecision.objects.get(), leader) == 1
    assert SECRET not in everything()
    gone = Funding.objects.select_related("record").get(pk=alone.pk)
    assert (gone.record.title, gone.instrument) == (DESTROYED, DESTROYED)
    assert (gone.amount_sek, gone.funder, gone.ends) == (None, None, None)
    assert [event.when for event in gone.events.all()] == [None]
    assert not Record.objects.live().filter(pk=gone.pk).exists()
    assert Disposal.objects.get(kind="PART").record_uid == gone.uid
    ties = [
        (money.record.title, list(money.initiatives.all()), list(money.needs.all()))
        for money in Funding.objects.select_related("record").order_by("pk")
    ]
    assert ties == [
        (DESTROYED, [], []), ("Statsbidrag", [other], []), ("EU", [], [need])
    ]  # fmt: skip
    assert list(Record.objects.live().filter(pk__in=[shared.pk, with_need.pk])) == [
        shared.record, with_need.record
    ]  # fmt: skip


def test_before_the_press_stands_all_that_goes_with_it(
    initiative: Initiative, leader: User, client: Client
) -> None:
    add_funding(initiatives=[initiative], instrument="Bidrag", by=DEMO_LOADER)
    for text in ("Fler möts", "Fler talar"):
        add_expected_result(initiative=initiative, text=text, by=DEMO_LOADER)
    add_quantity(about=initiative.record, measure="deltagare", value=3, by=DEMO_LOADER)
    withdraw_initiative(initiative=initiative, reason="Fel", by=DEMO_LOADER)
    decision = decided(leader)
    sign_in(client, leader)
    page = client.get(f"/gallring/{decision.pk}/").content.decode()
    assert "Med den försvinner 1 finansiering, 2 väntade resultat, 1 sifferuppgift." in page


def test_a_need_is_destroyed_and_cannot_be_restored(leader: User) -> None:
    need = make_need(title=f"Om {SECRET}", description=SECRET, sharing="SHARED")
    withdraw_need(need=need, reason=SECRET, by=DEMO_LOADER)
    assert disposed(decided(leader, "NEED"), leader) == 1
    assert SECRET not in everything()
    again = Need.objects.with_record().get(pk=need.pk)
    with pytest.raises(NotAllowed):
        restore_need(need=again, by=DEMO_LOADER)
    with pytest.raises(Destroyed):
        restore_record(record=again.record, by=DEMO_LOADER)


def test_a_part_that_is_destroyed_stays_so_when_its_whole_is_restored(leader: User) -> None:
    whole = make_initiative(title="Hel", sharing="SHARED")
    part = make_initiative(parent=whole, part_kind="STEP", title="Del", sharing="SHARED")
    withdraw_initiative(initiative=whole, reason="Fel", by=DEMO_LOADER)
    Record.objects.filter(pk=whole.pk).update(created_at=timezone.now() - timedelta(days=9))
    assert disposed(decided(leader, "INITIATIVE"), leader) == 1
    restore_initiative(
        initiative=Initiative.objects.select_related("record", "agreement__record").get(
            pk=whole.pk
        ),
        by=DEMO_LOADER,
    )
    assert Record.objects.get(pk=whole.pk).withdrawn_at is None
    assert Record.objects.get(pk=part.pk).is_destroyed


def test_what_is_left_says_what_when_by_whom_and_by_which_decision(
    initiative: Initiative, leader: User
) -> None:
    comment = withdrawn_comment(initiative.record, leader)
    decision = decided(leader)
    disposed(decision, leader)
    left = Disposal.objects.get()
    assert (left.decision, left.kind, left.record_uid, left.item, left.actor_key) == (
        decision, "COMMENT", initiative.uid, str(comment.pk), leader.person_key,
    )  # fmt: skip
    event = Event.objects.latest("pk")
    assert (event.verb, event.reason) == (Verb.DISPOSED, "Gallringsbeslut RS 2020-17")
    browser = Client()
    browser.force_login(leader)
    words = browser.get(f"/andringar/{initiative.uid}/").content.decode()
    assert "Karin Lind gallrade en kommentar om insatsen" in words
    assert "Gallringsbeslut RS 2020-17" in words


def test_a_frozen_edition_is_told_of_and_stays(initiative: Initiative, leader: User) -> None:
    report = create_report(
        round=make_round(initiative.agreement),
        outline="follow_up",
        title="Uppföljningsrapport",
        by=DEMO_LOADER,
    )
    told = {"text": SECRET, "uids": [initiative.uid]}
    FrozenEdition.objects.create(
        report=report, number=1, model=told, model_sha256="x", data_version="1"
    )
    withdraw_initiative(initiative=initiative, reason="Fel", by=DEMO_LOADER)
    (one,) = covered_by(decided(leader), leader)
    assert one.editions == 1
    disposed(DisposalDecision.objects.get(), leader)
    assert FrozenEdition.objects.get().model == told


# --- what a decision does not cover


def test_what_is_not_withdrawn_or_of_other_kinds_and_days_stays(
    initiative: Initiative, leader: User
) -> None:
    add_comment(record=initiative.record, text="Kvar", by=leader)
    comment = withdrawn_comment(initiative.record, leader)
    assert covered_by(decided(leader, "ATTACHMENT"), leader) == []
    for moved, covered in ((-1, 0), (0, 1), (1, 0)):
        other = day() + timedelta(days=moved)
        decision = decided(leader, "COMMENT", made_from=other, made_until=other)
        assert [one.item for one in covered_by(decision, leader)] == [str(comment.pk)] * covered
    with pytest.raises(NothingCovered):
        dispose(decision=decided(leader, "ATTACHMENT"), shown=[], by=leader)


def test_drafts_are_their_owners_and_not_listed(leader: User) -> None:
    draft = make_initiative(owner=make_organisation(TOWN), sharing="DRAFT")
    withdraw_initiative(initiative=draft, reason="Fel", by=DEMO_LOADER)
    Comment.objects.create(
        record=draft.record, circle="OWN", text="x", author_key="y",
        withdrawn_at=timezone.now(), withdrawn_reason="z",
    )  # fmt: skip
    assert covered_by(decided(leader), leader) == []


def test_nothing_is_destroyed_but_what_was_shown(initiative: Initiative, leader: User) -> None:
    withdrawn_comment(initiative.record, leader)
    decision = decided(leader)
    shown = [one.key for one in covered_by(decision, leader)]
    withdrawn_comment(initiative.record, leader)
    for keys in (shown, [], [*shown, "COMMENT:x:9:0:0"]):
        with pytest.raises(ListChanged):
            dispose(decision=decision, shown=keys, by=leader)
    assert not Disposal.objects.exists()
    assert Comment.objects.filter(text=DESTROYED).count() == 0


def test_it_is_done_once(initiative: Initiative, leader: User) -> None:
    withdrawn_comment(initiative.record, leader)
    decision = decided(leader)
    disposed(decision, leader)
    with pytest.raises(NothingCovered):
        disposed(decision, leader)
    assert covered_by(decided(leader), leader) == []


def test_nobody_but_the_process_leader_of_the_whole_may(
    initiative: Initiative, leader: User
) -> None:
    withdrawn_comment(initiative.record, leader)
    decision = decided(leader)
    shown = [one.key for one in covered_by(decision, leader)]
    others = [
        make_user(),
        make_user(role="ADMINISTRATOR"),
        make_user(role="PROCESS_LEADER", scope=initiative.agreement),
    ]
    for other in others:
        with pytest.raises(NotAllowed):
            decided(other)
        with pytest.raises(NotAllowed):
            dispose(decision=decision, shown=shown, by=other)
    assert not Disposal.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"reference": " "},
        {"decided_by": ""},
        {"kinds": ["PART"]},
        {"decided_on": date(2999, 1, 1)},
        {"made_until": date(1999, 1, 1)},
    ],
)
def test_a_decision_says_all_that_it_must(leader: User, wrong: dict[str, Any]) -> None:
    with pytest.raises(DecisionIncomplete):
        decided(leader, **wrong)
    assert not DisposalDecision.objects.exists()


def test_bytes_that_a_crash_left_lying_are_removed_by_the_worker(
    initiative: Initiative, leader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    withdrawn_file(initiative.record, leader)
    monkeypatch.setattr("samhandling.apps.privacy.disposal.destroy_bytes", lambda: 0)
    disposed(decided(leader), leader)
    assert len(kept_files()) == 1
    end_what_is_due()
    assert kept_files() == []
    assert destroy_bytes() == 0


# --- the database refuses


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


WITHOUT_DECISION: dict[str, Callable[[], object]] = {
    "log, emptied": lambda: Revision.objects.update(before=""),
    "log, marked": lambda: Revision.objects.update(after=DESTROYED),
    "reason, emptied": lambda: Reason.objects.update(text=""),
    "reason, marked": lambda: Reason.objects.update(text=DESTROYED),
    "comment": lambda: Comment.objects.update(text=DESTROYED),
    "file's name": lambda: Attachment.objects.update(name=DESTROYED),
    "file's place": lambda: Attachment.objects.update(file=""),
    "file's sum": lambda: Attachment.objects.update(sha256=""),
    "comment, in SQL": lambda: run(f"UPDATE discussion_comment SET text = '{DESTROYED}'"),
    "the service's own step": lambda: destroying.destroy_comment(
        Comment.objects.select_related("record").get()
    ),
}


@pytest.mark.parametrize("attempt", WITHOUT_DECISION.values(), ids=WITHOUT_DECISION)
def test_the_database_destroys_nothing_without_a_disposal(
    initiative: Initiative, leader: User, attempt: Callable[[], object]
) -> None:
    withdrawn_comment(initiative.record, leader)
    withdrawn_file(initiative.record, leader)
    other = make_initiative()
    Disposal.objects.create(
        decision=decided(leader), kind="COMMENT", record_uid=other.uid, item="0", actor_key="x"
    )
    before = everything()
    with pytest.raises(IntegrityError, match="by a disposal decision alone"), transaction.atomic():
        attempt()
    assert everything() == before


def test_a_comment_opens_no_other_words_of_its_record_and_none_afterwards(
    initiative: Initiative, leader: User
) -> None:
    """A disposal of one comment, written by hand in a transaction that says so."""
    comment = withdrawn_comment(initiative.record, leader)
    update_initiative(initiative=initiative, by=leader, content="Nytt", reason="Fel")
    made = Disposal.objects.create(
        decision=decided(leader), kind="COMMENT", record_uid=initiative.uid, item=str(comment.pk),
        actor_key="x",
    )  # fmt: skip
    told = Revision.objects.filter(field="content")

    def destroy(rows: QuerySet[Any], column: str = "after") -> int:
        with transaction.atomic():
            return rows.update(**{column: DESTROYED})

    event = write_event(
        by=leader, verb=Verb.DISPOSED, record_uid=initiative.uid, record_kind="INITIATIVE"
    )
    with words_open(event, made):
        with pytest.raises(IntegrityError, match="by a disposal decision alone"):
            destroy(told)
        with pytest.raises(IntegrityError, match="by a disposal decision alone"):
            destroy(Reason.objects.filter(event__verb=Verb.CHANGED), "text")
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            Revision.objects.filter(field="comment").update(after="Något annat")
        assert destroy(Revision.objects.filter(field="comment", after__contains="Sedan")) == 1
    with pytest.raises(IntegrityError, match="by a disposal decision alone"):
        destroy(Revision.objects.filter(field="comment"))
    again = write_event(
        by=leader, verb=Verb.DISPOSED, record_uid=initiative.uid, record_kind="INITIATIVE"
    )
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        words_open(again, made),
    ):
        pass


def test_decisions_and_what_is_left_are_never_changed(initiative: Initiative, leader: User) -> None:
    withdrawn_comment(initiative.record, leader)
    disposed(decided(leader), leader)
    before = everything()
    attempts: list[Callable[[], object]] = [
        lambda: Disposal.objects.all()._raw_delete(connection.alias),
        lambda: Disposal.objects.update(kind="NEED"),
        lambda: DisposalDecision.objects.all()._raw_delete(connection.alias),
        lambda: DisposalDecision.objects.update(made_until=date(2999, 1, 1)),
        lambda: DisposalDecision.objects.update(kinds=["NEED"]),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()
    assert everything() == before


# --- the pages


def sign_in(client: Client, user: User) -> None:
    """As somebody who has just shown who she is."""
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "email": user.email}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def test_the_way_from_a_decision_to_the_destroyed(
    initiative: Initiative, leader: User, client: Client
) -> None:
    withdrawn_comment(initiative.record, leader)
    sign_in(client, leader)
    assert 'href="/gallring/"' in client.get("/tillbakadraget/").content.decode()
    told = {
        "reference": "RS 2020-17", "decided_by": "Arkivnämnden", "decided_on": str(day()),
        "kinds": ["COMMENT"], "made_from": str(day()), "made_until": str(day()),
    }  # fmt: skip
    made = client.post("/gallring/nytt-beslut/", told)
    page = client.get(made.headers["Location"]).content.decode()
    assert "Kommentar om Språkkafé" in page and "Det går inte att ångra" in page
    assert SECRET not in page
    found = re.search(r'name="shown" value="([^"]+)"', page)
    assert found
    assert client.post(made.headers["Location"], {"shown": found[1]}).status_code == 200
    assert not Disposal.objects.exists()  # nobody said that she is sure
    done = client.post(made.headers["Location"], {"shown": found[1], "sure": "on"}, follow=True)
    assert "1 uppgift är gallrad." in done.content.decode()
    assert Comment.objects.get().text == DESTROYED


def test_it_asks_who_one_is_first(initiative: Initiative, leader: User, client: Client) -> None:
    decision = decided(leader)
    client.force_login(leader)
    answer = client.get(f"/gallring/{decision.pk}/")
    assert answer.status_code == 302
    assert "/gallring/" not in answer.headers["Location"].partition("?")[0]


def test_the_page_of_the_destroyed_says_so_and_offers_no_way_back(
    initiative: Initiative, leader: User, client: Client
) -> None:
    withdraw_initiative(initiative=initiative, reason="Fel", by=DEMO_LOADER)
    disposed(decided(leader), leader)
    sign_in(client, leader)
    page = client.get(f"/insatser/{initiative.uid}/").content.decode()
    assert "Det drogs tillbaka och har sedan gallrats efter ett beslut." in page
    assert "aterstall" not in page
    assert DESTROYED not in client.get("/tillbakadraget/").content.decode()
