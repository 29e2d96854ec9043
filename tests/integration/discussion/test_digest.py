"""One calm mail with only what is new, when one has chosen to have it."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone

from samhandling.apps.discussion.services import add_comment
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import update_initiative, withdraw_initiative
from samhandling.apps.notices.models import Notice
from samhandling.apps.notices.services import choose_rhythm, mark_read
from samhandling.apps.outbox.models import Message
from samhandling.jobs.delivery import deliver_due
from samhandling.jobs.digests import latest_morning, put_digests
from samhandling.jobs.routines import ROUTINES
from tests.factories import County, make_initiative
from tests.integration.needs.test_needs import SignIn

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


# A Friday, and the Monday after it.
FRIDAY, MONDAY = at("2026-11-20T14:00"), at("2026-11-23T07:00")


@pytest.fixture
def news(county: County, shared: Initiative) -> Initiative:
    """Charlie was mentioned on Friday."""
    add_comment(record=shared.record, text="Hej @Charlie Öst", by=county.alice)
    Notice.objects.update(made_at=FRIDAY)
    return shared


def delivered() -> list[str]:
    Message.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    deliver_due()
    return [one.body for one in mail.outbox]


@pytest.mark.parametrize(
    ("rhythm", "now", "morning"),
    [
        ("WEEKLY", "2026-11-23T07:00", "2026-11-23T06:00"),
        ("WEEKLY", "2026-11-23T05:59", "2026-11-16T06:00"),
        ("WEEKLY", "2026-11-25T12:00", "2026-11-23T06:00"),
        ("DAILY", "2026-11-25T12:00", "2026-11-25T06:00"),
        ("DAILY", "2026-11-25T05:00", "2026-11-24T06:00"),
        ("DAILY", "2026-11-22T12:00", "2026-11-20T06:00"),
        ("DAILY", "2026-11-23T05:00", "2026-11-20T06:00"),
    ],
)
def test_digests_are_due_in_the_morning(rhythm: str, now: str, morning: str) -> None:
    assert latest_morning(rhythm, at(now)) == at(morning)


def test_it_comes_on_monday_with_what_is_new_and_never_twice(
    county: County, news: Initiative
) -> None:
    assert put_digests(FRIDAY + timedelta(hours=1)) == 0
    # Bob convenes the network and follows nothing by himself; Charlie was mentioned.
    assert put_digests(MONDAY) == 2
    assert put_digests(MONDAY + timedelta(minutes=30)) == 0
    assert put_digests(MONDAY + timedelta(days=7)) == 0
    bodies = delivered()
    assert sorted(one.to[0] for one in mail.outbox) == sorted(
        [county.bob.email, county.charlie.email]
    )
    (charlies,) = [body for body in bodies if "Charlie Öst" in body]
    said = news.record.comments.get()
    assert charlies.startswith("Hej Charlie Öst!")
    assert f"- Alice Ek nämnde dig i en kommentar om ”{news.title}”." in charlies
    assert (
        f"{settings.SITE_ADDRESS}post/{news.uid}/kommentarer/"
        f"?kommentar={said.pk}#kommentar-{said.pk}\n"
    ) in charlies
    assert "/konto/aviseringar/" in charlies


def test_the_link_works_after_signing_in(county: County, news: Initiative) -> None:
    address = f"/post/{news.uid}/kommentarer/?kommentar=1"
    client = Client()
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"] == (
        f"{settings.LOGIN_URL}?next=/post/{news.uid}/kommentarer/%3Fkommentar%3D1"
    )
    client.force_login(county.charlie)
    assert client.get(address).status_code == 200


def test_who_wants_none_gets_none_and_the_daily_one_comes_on_weekdays(
    county: County, news: Initiative
) -> None:
    choose_rhythm(rhythm="OFF", by=county.bob)
    choose_rhythm(rhythm="DAILY", by=county.charlie)
    assert put_digests(at("2026-11-21T09:00")) == 0
    assert put_digests(at("2026-11-23T09:00")) == 1
    assert Message.objects.get().to == county.charlie.email


def test_what_is_read_or_out_of_sight_meanwhile_makes_no_line_and_no_mail(
    county: County, news: Initiative
) -> None:
    other = make_initiative(county.agreement, "Kvar att se", owner=county.organisation)
    add_comment(record=other.record, text="Du med @Charlie Öst", by=county.alice)
    Notice.objects.update(made_at=FRIDAY)
    assert put_digests(MONDAY) == 2
    withdraw_initiative(initiative=news, reason="Slut", by=county.alice)
    (body,) = delivered()
    assert "Kvar att se" in body
    assert news.title not in body
    assert Message.objects.get(to=county.bob.email).state == "DROPPED"


def test_all_read_before_it_is_sent_means_no_mail(county: County, news: Initiative) -> None:
    put_digests(MONDAY)
    mark_read(by=county.charlie)
    mark_read(by=county.bob)
    assert delivered() == []


def test_a_new_owner_is_told_of_the_responsibility(county: County, news: Initiative) -> None:
    update_initiative(initiative=news, owner=county.network, network=None, by=county.doris)
    kinds = Notice.objects.filter(person=county.bob.person).values_list("kind", flat=True)
    assert "RESPONSIBILITY" in set(kinds)


@override_settings(SITE_ADDRESS="https://samhandling.example.org/")
def test_hostile_names_stay_one_line_of_plain_text(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    shared.record.title = "Rad ett\nhttps://evil.example/ <b onclick=x>&amp;"
    shared.record.save()
    add_comment(record=shared.record, text="Hemligt i brevet @Charlie Öst", by=county.alice)
    Notice.objects.exclude(person=county.charlie.person).delete()
    Notice.objects.update(made_at=FRIDAY)
    put_digests(MONDAY)
    (body,) = delivered()
    assert "om ”Rad ett https://evil.example/ <b onclick=x>&amp;”." in body
    assert "https://samhandling.example.org/post/" in body
    # What was said stays in the workspace.
    assert "Hemligt" not in body
    assert mail.outbox[0].subject == "1 sak är ny för dig i Samhandling"


def test_the_worker_looks_for_digests_by_itself() -> None:
    assert ROUTINES["digests"].run == "samhandling.jobs.digests.put_digests"
