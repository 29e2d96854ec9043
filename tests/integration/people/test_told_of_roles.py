"""Whoever gets or loses something is told, by a notice that leads to her own account."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.utils import timezone, translation
from django.utils.formats import date_format

from samhandling.apps.accounts.models import Person, RoleGrant, Substitution, User
from samhandling.apps.audit.models import Event
from samhandling.apps.audit.services import write_event
from samhandling.apps.discussion.news import lines
from samhandling.apps.notices.models import Notice
from samhandling.apps.notices.selectors import notices_of
from samhandling.apps.notices.services import tell
from samhandling.apps.organisations.models import Affiliation, Membership
from samhandling.apps.organisations.services import (
    end_role,
    end_seat,
    end_substitution,
    grant_role,
    seat_person,
)
from samhandling.apps.outbox.models import Message
from samhandling.apps.people.models import Departure
from samhandling.apps.people.services import (
    accept_invitation,
    leave,
    let_substitute,
    undo_leaving,
)
from samhandling.jobs.delivery import deliver_due
from samhandling.jobs.digests import put_digests
from samhandling.web.history_sentences import sentences
from samhandling.web.history_visibility import visible_events
from tests.factories import make_initiative, make_user
from tests.factories.sign_in import signed_in_now
from tests.integration.people.conftest import Place

pytestmark = pytest.mark.django_db


def day(days: int = 0) -> date:
    return timezone.localdate() + timedelta(days=days)


def told(user: User) -> str:
    """The page of what is new."""
    page: str = signed_in_now(user).get("/nytt/").content.decode()
    return page


def kinds(user: User) -> list[str]:
    return [notice.kind for notice in notices_of(user)]


def test_a_role_for_the_whole_is_told_when_it_is_given_and_when_it_ends(place: Place) -> None:
    person = place.reader.person
    grant = grant_role(person=person, role="COUNCIL_MEMBER", by=place.leader)
    assert "Karin Lind gav dig rollen rådsledamot." in told(place.reader)
    reason = "Skäl som hon läser"
    end_role(grant=grant, on=day(1), by=place.admin, reason=reason)
    page = told(place.reader)
    assert "Ada Min avslutade rollen rådsledamot för dig." in page and reason in page
    assert kinds(place.reader) == ["ROLE_ENDED", "ROLE_GIVEN"]
    browser = signed_in_now(place.reader)
    notice = Notice.objects.filter(person=person).last()
    assert notice is not None
    answer = browser.post(f"/nytt/{notice.pk}/")
    assert answer["Location"] == "/konto/#roller"
    account = browser.get("/konto/").content.decode()
    assert 'id="roller"' in account and "Rådsledamot" in account
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert kinds(place.leader) == kinds(place.admin) == []


def words(days: int) -> str:
    return date_format(day(days), "j F Y")


def logged() -> str:
    """The latest sentence of the log."""
    return str(sentences(Event.objects.order_by("-pk")[:1], None, link=False)[0].sentence)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (0, None, ""),
        (3, None, "gäller från och med {first}."),
        (0, 5, "gäller till och med {last}."),
        (3, 5, "gäller från och med {first} till och med {last}."),
    ],
)
def test_the_days_of_a_role_and_of_a_seat_are_told_and_logged(
    place: Place, first: int, last: int | None, said: str
) -> None:
    person = place.reader.person
    until = None if last is None else day(last)
    days = said.format(first=words(first), last=words(last or 0))
    grant_role(
        person=person, role="COUNCIL_MEMBER", by=place.leader,
        valid_from=day(first), valid_until=until,
    )  # fmt: skip
    tail = f" Rollen {days}" if said else ""
    assert logged() == f"Karin Lind gav Lena Ek rollen rådsledamot.{tail}"
    assert f">Karin Lind gav dig rollen rådsledamot.{tail}<" in told(place.reader)
    seat_person(
        body=place.network, person=person, role="MEMBER", by=place.leader,
        valid_from=day(first), valid_until=until,
    )  # fmt: skip
    tail = f" Platsen {days}" if said else ""
    body = "nätverket eller gruppen ”Nätverket”"
    assert logged() == f"Karin Lind gav Lena Ek platsen som medlem i {body}.{tail}"
    given = f">Karin Lind gav dig platsen som medlem i ”Nätverket”.{tail}<"
    assert given in told(place.reader)


@pytest.mark.parametrize(
    ("begins", "last", "said"),
    [
        (-5, -1, ""),  # over at once
        (-5, 0, " {what} gäller till och med {day}."),
        (-5, 4, " {what} gäller till och med {day}."),
        (9, 4, ""),  # taken away before it began
    ],
)
def test_the_last_day_of_what_ends_is_told_and_logged(
    place: Place, begins: int, last: int, said: str
) -> None:
    person = place.reader.person
    grant = grant_role(
        person=person, role="COUNCIL_MEMBER", by=place.leader, valid_from=day(begins)
    )
    seat = seat_person(
        body=place.network, person=person, role="DEPUTY", by=place.leader, valid_from=day(begins)
    )
    Notice.objects.all().delete()
    end_role(grant=grant, on=day(last + 1), by=place.leader, reason="Klart")
    tail = said.format(what="Rollen", day=words(last))
    assert logged() == f"Karin Lind avslutade rollen rådsledamot för Lena Ek.{tail}"
    assert f">Karin Lind avslutade rollen rådsledamot för dig.{tail}<" in told(place.reader)
    end_seat(seat=seat, last_day=day(last), by=place.leader)
    tail = said.format(what="Platsen", day=words(last))
    body = "nätverket eller gruppen ”Nätverket”"
    assert logged() == f"Karin Lind avslutade Lena Eks plats som ersättare i {body}.{tail}"
    ended = f">Karin Lind avslutade din plats som ersättare i ”Nätverket”.{tail}<"
    assert ended in told(place.reader)


def test_a_role_for_an_agreement_is_told_with_the_agreement(place: Place) -> None:
    grant = grant_role(
        person=place.reader.person, role="COUNCIL_MEMBER", scope=place.agreement.record,
        by=place.leader,
    )  # fmt: skip
    assert f"gav dig rollen rådsledamot för ”{place.agreement.title}”." in told(place.reader)
    end_role(grant=grant, on=day(1), by=place.leader, reason="Klart")
    with translation.override("en"):
        ended = lines(notices_of(place.reader), place.reader)[0]
    assert ended.of_me is not None and ended.of_me.role == "council member"
    assert ended.of_me.scope == place.agreement.record


def test_both_are_told_of_a_substitute_and_of_its_end(place: Place) -> None:
    made = let_substitute(
        person=place.convener.person, substitute=place.reader.person,
        valid_from=day(), valid_until=day(5), by=place.leader,
    )  # fmt: skip
    until = f" Det gäller till och med {words(5)}."
    assert f"Karin Lind lät dig ersätta Samira Holm under en tid.{until}<" in told(place.reader)
    assert f"Karin Lind lät Lena Ek ersätta dig under en tid.{until}<" in told(place.convener)
    assert logged() == f"Karin Lind lät Lena Ek ersätta Samira Holm under en tid.{until}"
    account = signed_in_now(place.reader).get("/konto/").content.decode()
    assert "Du ersätter Samira Holm och har samma roller och platser" in account
    end_substitution(substitution=made, last_day=day(1), by=place.leader)
    until = f" Sista dagen är {words(1)}."
    assert f"avslutade tiden då du ersätter Samira Holm.{until}<" in told(place.reader)
    assert f"avslutade tiden då Lena Ek ersätter dig.{until}<" in told(place.convener)
    assert logged().endswith(f"ersätter Samira Holm.{until}")


def test_a_substitution_that_begins_later_tells_both_days(place: Place) -> None:
    made = let_substitute(
        person=place.convener.person, substitute=place.reader.person,
        valid_from=day(3), valid_until=day(5), by=place.leader,
    )  # fmt: skip
    days = f" Det gäller från och med {words(3)} till och med {words(5)}."
    assert f"Karin Lind lät dig ersätta Samira Holm under en tid.{days}<" in told(place.reader)
    end_substitution(substitution=made, last_day=day(1), by=place.leader)
    assert "avslutade tiden då du ersätter Samira Holm.<" in told(place.reader)


def test_what_one_does_or_says_yes_to_oneself_is_not_told(place: Place) -> None:
    let_substitute(
        person=place.leader.person, substitute=place.reader.person,
        valid_from=day(), valid_until=day(5), by=place.leader,
    )  # fmt: skip
    assert (kinds(place.leader), kinds(place.reader)) == ([], ["SUBSTITUTION"])
    Notice.objects.all().delete()
    sent = place.invites(
        email=place.reader.email, role="COUNCIL_MEMBER", body=place.network, seat="MEMBER"
    )
    accept_invitation(invitation=sent, by=place.reader)
    assert not Notice.objects.exists()
    assert RoleGrant.objects.filter(person=place.reader.person, role="COUNCIL_MEMBER").exists()


def test_leaving_is_one_notice_to_her_and_to_her_substitute(place: Place) -> None:
    Substitution.objects.create(
        person=place.convener.person, substitute=place.reader.person,
        valid_from=day(), valid_until=day(60),
    )  # fmt: skip
    reason = "Flyttar till Skåne"
    leave(person=place.convener.person, last_day=day(30), by=place.leader, reason=reason)
    assert kinds(place.convener) == kinds(place.reader) == ["LEAVING"]
    assert reason in told(place.convener) and reason not in told(place.reader)
    assert "Karin Lind skrev att din sista dag är" in told(place.convener)
    assert "Karin Lind skrev att Samira Holm slutar, sista dag" in told(place.reader)
    undo_leaving(person=place.convener.person, by=place.leader)
    assert kinds(place.convener) == ["STAYING", "LEAVING"]
    assert "Karin Lind ångrade att du slutar." in told(place.convener)
    assert kinds(place.reader) == ["STAYING", "LEAVING"]
    again = "Karin Lind ångrade att Samira Holm slutar. Då gäller också tiden som ersättare igen."
    assert again in told(place.reader)


def test_the_forms_say_who_reads_a_reason_and_so_it_is(place: Place) -> None:
    person = place.reader.person
    whole = grant_role(person=person, role="COUNCIL_MEMBER", by=place.leader)
    scope = place.agreement.record
    part = grant_role(person=person, role="COUNCIL_MEMBER", scope=scope, by=place.leader)
    leader = signed_in_now(place.leader)

    def says(page: str) -> str:
        found = re.search(
            r"(?:Valfritt\. )?Läses [^<]*",
            leader.get(f"/personer/{person.key}/{page}/").content.decode(),
        )
        return found[0] if found else ""

    keepers, everybody = "i loggen av dem som sköter personer.", "alla som får läsa historiken."
    assert says(f"roll/{whole.pk}/avsluta") == f"Läses av personen, och {keepers}"
    assert says(f"roll/{part.pk}/avsluta") == f"Läses av personen, och av {everybody}"
    in_file = "Står också i filen med allt som finns om personen."
    assert says("stang") == f"Läses {keepers} {in_file}"
    assert says("avsluta") == f"Valfritt. Läses av personen, och {keepers}"
    leave(person=person, last_day=day(3), by=place.leader, reason="Sjuk")
    other = make_user(name="Nils Berg")
    read = {
        by.pk: [one.why for one in sentences(visible_events(Event.objects.all(), by), by)]
        for by in (place.leader, other)
    }
    assert "Sjuk" in read[place.leader.pk]
    assert "Personen slutar." in read[other.pk] and "Sjuk" not in read[other.pk]


def test_a_later_last_day_tells_whoever_substitutes_through_all_of_the_time_again(
    place: Place,
) -> None:
    Substitution.objects.create(
        person=place.convener.person, substitute=place.reader.person,
        valid_from=day(), valid_until=day(20),
    )  # fmt: skip
    leave(person=place.convener.person, last_day=day(10), by=place.leader)
    leave(person=place.convener.person, last_day=day(30), by=place.leader)
    assert kinds(place.reader) == ["STAYING", "LEAVING"]
    page = told(place.reader)
    assert f"slutar senare, sista dag {date_format(day(30), 'j F Y')}. Då gäller tiden" in page
    # Nothing of it ends with the leaving any more, so nothing begins again when it is undone.
    undo_leaving(person=Person.objects.get(pk=place.convener.person_id), by=place.leader)
    assert kinds(place.reader) == ["STAYING", "LEAVING"]


@pytest.mark.parametrize("hinder", ["over", "taken away", "the substitute has left"])
def test_nobody_is_told_of_a_substitution_that_does_not_hold_again(
    place: Place, hinder: str
) -> None:
    away, stands_in = place.convener.person, place.reader.person
    made = Substitution.objects.create(
        person=away, substitute=stands_in, valid_from=day(-20), valid_until=day(60)
    )
    leave(person=away, last_day=day(-1), by=place.leader)
    match hinder:
        case "over":
            departure = Departure.objects.get(person=away)
            departure.ended[-1]["fields"]["valid_until"] = str(day(-1))
            departure.save()
        case "taken away":
            made.delete()
        case _:
            leave(person=stands_in, last_day=day(-1), by=place.leader)
    Notice.objects.all().delete()
    # The account alone does not make somebody a substitute who has left.
    User.objects.filter(person=stands_in).update(is_active=True)
    undo_leaving(person=Person.objects.get(pk=away.pk), by=place.leader)
    assert not Substitution.objects.filter(valid_until=day(60)).exists()
    assert kinds(place.reader) == []


def test_who_is_substituted_for_is_told_when_the_substitute_stays(place: Place) -> None:
    Substitution.objects.create(
        person=place.convener.person, substitute=place.reader.person,
        valid_from=day(), valid_until=day(60),
    )  # fmt: skip
    leave(person=place.reader.person, last_day=day(-1), by=place.leader)
    undo_leaving(person=Person.objects.get(pk=place.reader.person_id), by=place.leader)
    assert kinds(place.convener) == ["STAYING", "LEAVING"]
    assert "ångrade att Lena Ek slutar. Då gäller också" in told(place.convener)


def test_the_digest_has_it_too_with_a_way_to_the_account(place: Place) -> None:
    person = place.reader.person
    grant_role(person=person, role="COUNCIL_MEMBER", by=place.leader, valid_from=day(20))
    seat_person(
        body=place.network, person=person, role="MEMBER", by=place.leader, valid_until=day(30)
    )
    assert put_digests(timezone.now() + timedelta(days=8)) == 1
    Message.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    deliver_due()
    (sent,) = mail.outbox
    assert sent.to == [place.reader.email]
    role = f"- Karin Lind gav dig rollen rådsledamot. Rollen gäller från och med {words(20)}.\n"
    seat = f"medlem i ”Nätverket”. Platsen gäller till och med {words(30)}.\n"
    assert role in sent.body and seat in sent.body
    assert "/konto/#roller" in sent.body


def test_who_loses_the_last_role_reads_of_it_in_the_mail_and_on_the_page_it_leads_to(
    place: Place,
) -> None:
    leaving = place.convener
    Affiliation.objects.filter(person=leaving.person).delete()
    grant = RoleGrant.objects.create(person=leaving.person, role="READER")
    end_role(grant=grant, on=day(), by=place.leader, reason="Klart")
    hidden = make_initiative(place.agreement, owner=place.region)
    event = write_event(
        by=place.leader, verb="CHANGED", record_uid=hidden.uid, record_kind=hidden.record.kind
    )
    tell(person_ids=[leaving.person_id], kind="COMMENTED", record=hidden.record, event=event)
    end_seat(seat=Membership.objects.get(person=leaving.person), last_day=day(-1), by=place.leader)
    assert put_digests(timezone.now() + timedelta(days=8)) == 1
    Message.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    deliver_due()
    (sent,) = mail.outbox
    assert "- Karin Lind avslutade rollen läsare för dig." in sent.body
    assert "- Karin Lind avslutade din plats som sammankallande.\n" in sent.body
    ways = {urlsplit(word).path for word in sent.body.split() if word.startswith("http")}
    assert ways == {"/konto/", "/nytt/", "/konto/aviseringar/"}
    browser = signed_in_now(leaving)
    assert [browser.get(way).status_code for way in sorted(ways)] == [200, 200, 200]

    refused = browser.get("/")
    assert refused.status_code == 403
    assert 'står det under <a href="/nytt/">Nytt</a>' in refused.content.decode()
    page = browser.get("/nytt/").content.decode()
    assert "Karin Lind avslutade rollen läsare för dig." in page
    assert "Karin Lind avslutade din plats som sammankallande." in page
    assert page.count("Gäller något som du inte längre har tillgång till.") == 1
    assert "Be processledaren eller den som sköter installationen" in page
    assert hidden.title not in page and "Nätverket" not in page
    for notice in notices_of(leaving).exclude(record=hidden.record):
        assert browser.post(f"/nytt/{notice.pk}/")["Location"] == "/konto/#roller"
    assert browser.post("/nytt/lasta/")["Location"] == "/nytt/"
    assert not notices_of(leaving).filter(read_at=None).exists()


@pytest.mark.one_database
@pytest.mark.parametrize("many", [1, 20])
def test_the_number_of_them_costs_no_queries(
    place: Place, django_assert_max_num_queries: object, many: int
) -> None:
    for n in range(many):
        grant_role(
            person=place.reader.person, role="COUNCIL_MEMBER", by=place.leader,
            valid_from=day(2 * n), valid_until=day(2 * n),
        )  # fmt: skip
    rows = list(notices_of(place.reader))
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert len(lines(rows, place.reader)) == many
