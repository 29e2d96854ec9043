"""Mail out of the outbox to a real server: once, later when the server is down, never for ever."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
import time_machine
from click.testing import CliRunner
from django.db import connections, transaction
from django.utils import timezone
from pytest_django import Settings

from samhandling.apps.outbox import services
from samhandling.apps.outbox.models import Message, RoutineRun, State
from samhandling.cli.check import mail_problem
from samhandling.cli.outbox import outbox
from samhandling.jobs.delivery import deliver_due
from samhandling.jobs.routines import run_due_routines
from tests.integration.outbox.conftest import Server

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def put(number: int = 1, to: str = "anna@lan.example") -> Message:
    return services.put_message(kind="greeting", to=to, ids={"number": number})


def numbers(server: Server) -> list[str]:
    return [str(mail["Subject"]) for mail in server.sink.got]


def test_a_mail_is_built_when_sent_and_delivered_once(mail_server: Server) -> None:
    message = put()
    assert (deliver_due(), deliver_due()) == (1, 0)
    [mail] = mail_server.sink.got
    assert (mail["To"], mail["Subject"]) == ("anna@lan.example", "Hej nr 1")
    assert mail.get_content().strip() == "Från åäö på sv."
    assert mail["Auto-Submitted"] == "auto-generated"
    message.refresh_from_db()
    assert (message.state, message.attempts, message.claim) == (State.SENT, 1, "")


def test_a_mail_of_a_transaction_that_failed_is_never_sent(mail_server: Server) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        put()
        raise RuntimeError
    assert deliver_due() == 0


def test_a_kind_that_nobody_can_build_is_refused_at_once(mail_server: Server) -> None:
    with pytest.raises(services.UnknownKind):
        services.put_message(kind="postcard", to="anna@lan.example", ids={})


def test_a_server_that_is_down_delays_the_mail_and_loses_nothing(mail_server: Server) -> None:
    put()
    mail_server.stop()
    with time_machine.travel(NOON, tick=False) as clock:
        Message.objects.update(due_at=NOON)
        for pause in services.PAUSES[:3]:
            assert deliver_due() == 0
            message = Message.objects.get()
            assert message.due_at == timezone.now() + pause
            assert message.last_fault == "ConnectionRefusedError"
            assert deliver_due() == 0  # not before its time
            assert Message.objects.get().attempts == message.attempts
            clock.shift(pause)
        mail_server.start()
        assert deliver_due() == 1
    assert numbers(mail_server) == ["Hej nr 1"]


def test_in_the_end_it_is_given_up_where_an_administrator_sees_it(
    mail_server: Server, settings: Settings
) -> None:
    put()
    mail_server.stop()
    with time_machine.travel(NOON, tick=False) as clock:
        Message.objects.update(due_at=NOON)
        for _attempt in range(services.MOST_ATTEMPTS):
            deliver_due()
            clock.move_to(Message.objects.get().due_at)
    assert Message.objects.get().state == State.GIVEN_UP
    assert mail_problem() == "1 meddelande har inte gått iväg; kör samhandling outbox list"
    told = CliRunner().invoke(outbox, ["list"])
    assert told.exit_code == 1
    assert "försök: 10  fel: ConnectionRefusedError" in told.output
    assert "anna" not in told.output
    mail_server.start()
    assert "1 meddelande försöks igen" in CliRunner().invoke(outbox, ["retry"]).output
    assert deliver_due() == 1
    assert mail_problem() == ""


def test_an_address_that_the_server_refuses_for_good_is_not_tried_again(
    mail_server: Server,
) -> None:
    mail_server.sink.refuse = {"gone@lan.example": "550 no such user gone@lan.example"}
    mail_server.sink.refuse["full@lan.example"] = "452 mailbox full"
    gone, full, well = put(1, "gone@lan.example"), put(2, "full@lan.example"), put(3)
    assert deliver_due() == 1
    for message in (gone, full, well):
        message.refresh_from_db()
    assert (gone.state, gone.last_fault) == (State.GIVEN_UP, "SMTPRecipientsRefused 550")
    assert (full.state, full.last_fault) == (State.WAITING, "SMTPRecipientsRefused 452")
    assert well.state == State.SENT


def test_a_fault_in_one_mails_builder_stops_no_other_and_nothing_to_tell_is_dropped(
    mail_server: Server,
) -> None:
    broken = services.put_message(kind="greeting", to="a@lan.example", ids={"other": 1})
    gone, well = put(0), put(2)
    assert deliver_due() == 1
    for message in (broken, gone, well):
        message.refresh_from_db()
    assert (broken.state, broken.last_fault) == (State.WAITING, "KeyError")
    assert (gone.state, gone.last_fault) == (State.DROPPED, "NOT_WANTED")
    assert well.state == State.SENT


def test_a_sign_in_code_goes_first_is_emptied_when_sent_and_dropped_when_old(
    mail_server: Server,
) -> None:
    put()
    soon = timezone.now() + timedelta(minutes=3)
    kept, old = (
        services.put_ready_message(
            kind="sign-in", to="b@lan.example", subject="Kod", text="482910", language="sv",
            useless_after=until,
        )
        for until in (soon, timezone.now())
    )  # fmt: skip
    assert deliver_due() == 2
    assert numbers(mail_server) == ["Kod", "Hej nr 1"]
    kept.refresh_from_db()
    old.refresh_from_db()
    assert (kept.state, kept.text, kept.subject) == (State.SENT, "", "")
    assert (old.state, old.text, old.last_fault) == (State.DROPPED, "", "OUT_OF_DATE")


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_every_mail_once(mail_server: Server) -> None:
    for number in range(1, 31):
        put(number)
    sent: list[int] = []

    def worker() -> None:
        try:
            sent.append(deliver_due())
        finally:
            connections.close_all()

    workers = [Thread(target=worker) for _ in range(2)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join(60)
    assert sum(sent) == 30
    assert sorted(numbers(mail_server)) == sorted(f"Hej nr {number}" for number in range(1, 31))


def test_what_a_dead_worker_held_is_sent_by_another_and_its_late_answer_changes_nothing(
    mail_server: Server,
) -> None:
    put()
    with time_machine.travel(NOON, tick=False) as clock:
        Message.objects.update(due_at=NOON)
        held = services.take_next(NOON)
        assert held is not None
        assert deliver_due() == 0
        clock.shift(services.CLAIM + timedelta(seconds=1))
        assert deliver_due() == 1
        services.mark_failed(held, "late", timezone.now())
    message = Message.objects.get()
    assert (message.state, message.last_fault, message.due_at) == (State.SENT, "", NOON)


def test_addresses_are_forgotten_some_days_after_sending(
    mail_server: Server, settings: Settings
) -> None:
    put()
    deliver_due()
    waiting = put(2)
    with time_machine.travel(timezone.now() + timedelta(days=settings.OUTBOX_DAYS, hours=1)):
        run_due_routines()
    assert list(Message.objects.exclude(to="").values_list("pk", flat=True)) == [waiting.pk]
    assert Message.objects.exclude(pk=waiting.pk).get().ids == {}


def test_a_routine_runs_once_an_interval_whoever_asks() -> None:
    every = timedelta(hours=1)
    asked = [services.take_routine("job", every, NOON + timedelta(minutes=m)) for m in (0, 1, 60)]
    assert asked == [True, False, True]
    services.note_routine("job", "ValueError")
    assert RoutineRun.objects.get().last_fault == "ValueError"
    assert mail_problem() == "återkommande jobb har misslyckats eller inte körts på två dagar: job"


def test_without_a_mail_server_the_demo_shows_its_mail_and_a_real_installation_keeps_it(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.EMAIL_BACKEND = "samhandling.jobs.console.ConsoleBackend"
    code = {"kind": "sign-in-code", "to": "a@lan.example", "subject": "Kod", "language": "sv"}
    services.put_ready_message(text="1234-5678", **code)
    assert deliver_due() == 1
    assert "1234-5678" in capsys.readouterr().out
    settings.HTTPS, settings.DEMO_DAY = True, None
    kept = services.put_ready_message(text="8765-4321", **code)
    assert deliver_due() == 0
    assert "8765-4321" not in capsys.readouterr().out
    kept.refresh_from_db()
    assert (kept.state, kept.last_fault) == (State.WAITING, "NoMailServer")
    assert mail_problem() == "ingen e-postserver är angiven i SAMHANDLING_SMTP_URL"
