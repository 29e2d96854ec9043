"""Sensitive acts ask who one is again when it was long ago, and then do what was asked."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from samhandling.apps.accounts.models import Person, RoleGrant, User
from samhandling.apps.people.models import Invitation
from samhandling.apps.people.services import close_sign_in
from samhandling.web.reauthentication import CAME_FROM, KEY, MOST_WAITING, WAITING
from tests.browsing import forms_of, self_posting
from tests.factories import make_organisation, make_user
from tests.factories.actors import PASSWORD
from tests.factories.sign_in import signed_in_now

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LONG_AGO = 5 * 60 + 1
CONFIRM = "/konto/bekrafta/"
KEPT = "Det du har fyllt i finns kvar och skickas när du har bekräftat."


@pytest.fixture(autouse=True)
def unused_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def leader(db: None) -> User:
    return make_user(role="PROCESS_LEADER", name="Karin Lind")


@pytest.fixture
def old(leader: User) -> Client:
    """Hers, signed in six minutes ago."""
    return signed_in_now(leader, seconds_ago=LONG_AGO)


@pytest.fixture
def somebody(db: None) -> Person:
    return make_user(name="Lena Ek").person


def confirmed(browser: Client, asked: HttpResponse) -> HttpResponse:
    """The answer after the password was given where the question led."""
    assert asked.status_code == 302
    assert asked["Location"].startswith(f"{CONFIRM}?next=")
    page = browser.get(asked["Location"])
    assert (KEPT in page.content.decode()) is (f"{KEY}%3D" in asked["Location"])
    (form,) = self_posting(page.content.decode())
    answer = browser.post(asked["Location"], form.changed(password=PASSWORD))
    assert answer.status_code == 302
    return browser.get(answer["Location"])


def roles_of(person: Person) -> list[str]:
    return sorted(RoleGrant.objects.filter(person=person).values_list("role", flat=True))


def test_the_form_is_asked_for_and_then_shown(old: Client, somebody: Person) -> None:
    page = confirmed(old, old.get(f"/personer/{somebody.key}/roll/"))
    assert page.status_code == 200
    assert page.request["PATH_INFO"] == f"/personer/{somebody.key}/roll/"
    # Asked once: the next act of the same minutes is done at once.
    posted = old.post(f"/personer/{somebody.key}/roll/", {"role": "COUNCIL_MEMBER"})
    assert posted["Location"] == f"/personer/{somebody.key}/"
    assert roles_of(somebody) == ["COUNCIL_MEMBER", "READER"]


def test_what_was_typed_is_done_after_confirmation(old: Client, somebody: Person) -> None:
    role = {"role": "COUNCIL_MEMBER", "valid_from": "2026-01-31", "reason": "Vald på årsmötet åäö"}
    asked = old.post(f"/personer/{somebody.key}/roll/", role)
    assert roles_of(somebody) == ["READER"]
    done = confirmed(old, asked)
    assert (done.status_code, done["Location"]) == (302, f"/personer/{somebody.key}/")
    granted = RoleGrant.objects.get(person=somebody, role="COUNCIL_MEMBER")
    assert str(granted.valid_from) == "2026-01-31"
    page = old.get(done["Location"]).content.decode()
    assert "Rollen är given." in page
    assert "Vald på årsmötet åäö" in page


def test_a_new_password_never_waits_in_the_session(old: Client, leader: User) -> None:
    new = "en helt ny ramsa om vintern, längre än fyrtio tecken"
    asked = old.post("/konto/losenord/", {"new": new, "again": new})
    assert parse_qs(urlsplit(asked["Location"]).query) == {"next": ["/konto/losenord/"]}
    page = old.get(asked["Location"]).content.decode()
    assert "Ett lösenord sparas aldrig i väntan på dig. Skriv det igen sedan." in page
    for session in Session.objects.all():
        assert "ramsa" not in str(session.get_decoded())
    answer = old.post(asked["Location"], {"password": PASSWORD, "next": "/konto/losenord/"})
    old.post(answer["Location"], {"new": new, "again": new})
    leader.refresh_from_db()
    assert leader.check_password(new)


def test_a_new_password_is_not_shown_when_the_database_is_gone(
    leader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(**told: object) -> None:
        raise OperationalError

    monkeypatch.setattr("samhandling.web.workspace.account.views.change_password", gone)
    new = "en helt ny ramsa om vintern, längre än fyrtio tecken"
    answer = signed_in_now(leader).post("/konto/losenord/", {"new": new, "again": new})
    assert answer.status_code == 503
    assert "ramsa" not in answer.content.decode()


def test_a_form_with_an_error_comes_back_at_its_own_address_with_what_was_typed(
    old: Client, somebody: Person
) -> None:
    path = f"/personer/{somebody.key}/roll/"
    page = confirmed(old, old.post(path, {"role": "READER", "valid_until": "31/2", "reason": "Ny"}))
    assert (page.status_code, page.request["PATH_INFO"]) == (200, path)
    (form,) = self_posting(page.content.decode())
    assert (form.values["valid_until"], form.values["reason"]) == (["31/2"], ["Ny"])
    assert form.action == ""
    # Sent again to where the browser is.
    here = f"{path}?{page.request['QUERY_STRING']}"
    mended = old.post(here, form.changed(role="COUNCIL_MEMBER", valid_until="2099-01-01"))
    assert mended.status_code == 302
    assert roles_of(somebody) == ["COUNCIL_MEMBER", "READER"]


def test_merging_keeps_whom_the_address_names(old: Client, somebody: Person) -> None:
    other = make_user(name="Lena Eck").person
    sent = {"name": "Lena Ek", "email": somebody.user.email, "reason": "Samma person"}
    confirmed(old, old.post(f"/personer/{somebody.key}/sla-ihop/?med={other.key}", sent))
    other.refresh_from_db()
    assert other.merged_into == somebody


def test_a_button_without_a_page_is_pressed_after_confirmation(
    old: Client, leader: User, somebody: Person
) -> None:
    close_sign_in(user=somebody.user, by=leader, reason="Borttappad telefon")
    confirmed(old, old.post(f"/personer/{somebody.key}/oppna/"))
    somebody.user.refresh_from_db()
    assert somebody.user.is_active


def test_an_invitation_waits_whole(old: Client, somebody: Person) -> None:
    town = make_organisation("Staden")
    sent = {
        "name": "Ny",
        "email": "ny@example.org",
        "organisation": town.uid,
        "function": "strateg",
    }
    asked = old.post("/personer/bjud-in/", sent)
    assert not Invitation.objects.exists()
    confirmed(old, asked)
    assert Invitation.objects.get().email == "ny@example.org"


def test_posts_of_two_tabs_wait_side_by_side_and_each_is_done_once(
    old: Client, somebody: Person
) -> None:
    path = f"/personer/{somebody.key}/roll/"
    first = old.post(path, {"role": "COUNCIL_MEMBER"})
    second = old.post(path, {"role": "COORDINATION_GROUP"})
    confirmed(old, first)
    assert roles_of(somebody) == ["COUNCIL_MEMBER", "READER"]
    done = confirmed(old, second)
    assert done.status_code == 302
    assert roles_of(somebody) == ["COORDINATION_GROUP", "COUNCIL_MEMBER", "READER"]
    # The same key again is told and does nothing.
    back = parse_qs(urlsplit(second["Location"]).query)["next"][0]
    again = old.get(back, follow=True)
    assert "Det du skickade finns inte kvar. Gör om det." in again.content.decode()
    assert [one.values.get("role") for one in forms_of(again.content.decode())].count(
        ["COORDINATION_GROUP"]
    ) == 0


def test_a_key_is_good_for_its_own_address_session_and_no_other(
    old: Client, leader: User, somebody: Person
) -> None:
    asked = old.post(f"/personer/{somebody.key}/roll/", {"role": "COUNCIL_MEMBER"})
    back = parse_qs(urlsplit(asked["Location"]).query)["next"][0]
    key = parse_qs(urlsplit(back).query)[KEY][0]
    other_session = signed_in_now(leader)
    assert other_session.get(back).status_code == 302
    assert old.get(f"/personer/{somebody.key}/avsluta/?{KEY}={key}").status_code == 302
    # Without having confirmed, the key leads to the question again.
    assert old.get(back)["Location"].startswith(CONFIRM)
    assert roles_of(somebody) == ["READER"]


def test_only_the_latest_posts_wait(old: Client, somebody: Person) -> None:
    for _one in range(MOST_WAITING + 2):
        old.post(f"/personer/{somebody.key}/roll/", {"role": "COUNCIL_MEMBER"})
    assert len(old.session[WAITING]) == MOST_WAITING


def test_what_one_may_not_is_refused_before_anybody_is_asked_who_they_are(
    somebody: Person,
) -> None:
    reader = signed_in_now(make_user(), seconds_ago=LONG_AGO)
    for path in (f"/personer/{somebody.key}/roll/", "/personer/bjud-in/", "/personer/x/sla-ihop/"):
        assert reader.get(path).status_code == reader.post(path, {}).status_code == 404
    assert reader.get("/andringar/andringar.xlsx").status_code == 404
    assert WAITING not in reader.session


# --- files ---------------------------------------------------------------------------------------


def test_a_file_of_the_log_is_handed_over_by_a_page(old: Client, somebody: Person) -> None:
    day = timezone.localdate().isoformat()
    page = confirmed(old, old.get(f"/andringar/andringar.jsonl?skal=åäö&fran={day}"))
    assert page.status_code == 200
    assert "Filen hämtas" in page.content.decode()
    file = page["Refresh"].removeprefix("0; url=")
    assert file == f"/andringar/andringar.jsonl?skal=%C3%A5%C3%A4%C3%B6&fran={day}"
    assert f'href="{file.replace("&", "&amp;")}"' in page.content.decode()
    assert 'href="/andringar/?skal=' in page.content.decode()
    assert old.get(file)["Content-Disposition"].startswith("attachment")


def test_the_file_about_somebody_is_handed_over_by_a_page(old: Client, somebody: Person) -> None:
    address = f"/personer/{somebody.key}/"
    own = re.search(r'href="([^"]*)"[^>]*>Hämta allt', old.get(address).content.decode())
    assert own
    page = old.get(confirmed(old, old.post(own[1], {"reason": "Bad om det"}))["Location"])
    assert page["Refresh"] == f"0; url={own[1]}fil/"
    assert f'href="{address}"' in page.content.decode()
    assert old.get(f"{own[1]}fil/")["Content-Disposition"].startswith("attachment")


def way_out(browser: Client, asked: HttpResponse) -> str:
    """Where "Avbryt" leads on the page that asks who one is."""
    page = browser.get(asked["Location"]).content.decode()
    (found,) = re.findall(r'<a class="button plain" href="([^"]+)">Avbryt</a>', page)
    return unescape(found)


def test_who_changes_her_mind_goes_back_to_where_she_came_from(
    old: Client, somebody: Person
) -> None:
    person, form = f"/personer/{somebody.key}/", f"/personer/{somebody.key}/roll/"
    asked = old.get(form, headers={"Referer": f"http://testserver{person}?visa=alla"})
    assert way_out(old, asked) == f"{person}?visa=alla"
    # The form itself would ask again: one goes back to where one came to that from.
    asked = old.post(form, {"role": "READER"}, headers={"Referer": f"http://testserver{form}"})
    assert way_out(old, asked) == f"{person}?visa=alla"
    # Also when the code was wrong, and from another way to confirm.
    answer = old.post(asked["Location"], {"password": "fel"})
    assert f'href="{person}?visa=alla">Avbryt' in answer.content.decode()


@pytest.mark.parametrize(
    "referer",
    [
        "",
        "https://example.org/personer/",
        "http://testserver.example.org/personer/",
        "http://testserver//example.org/",
        "http://testserver/finns-inte/",
        "javascript:alert(1)",
        "//example.org/",
        "http://[",
        "http://testserver/konto/bekrafta/",
        "http://testserver/personer/{key}/roll/",  # the very page that asks
    ],
)
def test_what_is_no_page_of_ours_to_go_back_to_is_not_gone_back_to(
    old: Client, somebody: Person, referer: str
) -> None:
    headers = {"Referer": referer.format(key=somebody.key)}
    asked = old.get(f"/personer/{somebody.key}/roll/", headers=headers)
    assert way_out(old, asked) == "/konto/"
    for forged in ("https://example.org/x/", "http://[", "", "x"):
        page = old.get("/konto/bekrafta/", {"next": forged}).content.decode()
        assert 'href="/konto/">Avbryt' in page


def test_only_the_latest_ways_are_remembered(old: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samhandling.web.reauthentication.MOST_CAME_FROM", 2)
    forms = [f"/personer/{make_user().person.key}/roll/" for _number in range(3)]
    for form in (*forms, forms[1]):
        old.get(form, headers={"Referer": "http://testserver/personer/"})
    assert list(old.session[CAME_FROM]) == [forms[2], forms[1]]
