"""What a view lets through becomes a page that says what happened and nothing more."""

from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.situation.services import withdraw_need
from samhandling.core.access import Operation
from samhandling.web.given_back import Typed, typed_in
from samhandling.web.refusals import RefusalMiddleware
from tests.factories import make_county, make_user
from tests.factories.agreements import make_agreement
from tests.factories.initiatives import make_need

pytestmark = pytest.mark.django_db
PAGE = "samhandling.web.workspace.needs.views.list_page.ListPage"


@pytest.fixture
def browser() -> Client:
    signed_in = Client()
    signed_in.force_login(make_county().alice)
    return signed_in


def test_a_database_that_does_not_answer_is_told_without_asking_it_again(browser: Client) -> None:
    fault = OperationalError("database is locked")
    with patch(PAGE, side_effect=fault):
        answer = browser.get("/rok/behov/")
    assert answer.status_code == 503
    assert "Databasen svarar inte eller är upptagen" in answer.content.decode()
    with CaptureQueriesContext(connection) as asked:
        RefusalMiddleware(lambda request: answer).process_exception(answer.wsgi_request, fault)
    assert len(asked) == 0


def test_a_refusal_looks_like_what_does_not_exist(browser: Client) -> None:
    with patch(PAGE, side_effect=NotAllowed(Operation.EDIT_NEED)):
        refused = browser.get("/rok/behov/")
    absent = browser.get("/finns-inte/behov/")
    assert refused.status_code == absent.status_code == 404
    assert "Sidan finns inte" in refused.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/post/%00/", "/insatser/a%00/", "/behov/%00/", "/natverk/%00/", "/aktorer/%00/",
        "/andringar/%00/", "/lardomar/%00/redigera/", "/post/%00/kommentarer/",
        "/post/%00/arende.xlsx", "/personer/%00/", "/personer/%00/uppgifter/", "/inbjudan/%00/",
    ],
)  # fmt: skip
def test_an_address_with_a_nul_is_not_there(browser: Client, address: str) -> None:
    administrator = Client()
    administrator.force_login(make_user(role="ADMINISTRATOR"))
    for one in (browser, administrator):
        assert one.get(address).status_code == 404
        assert one.post(address, {"title": "x"}).status_code == 404


def test_a_fault_of_ours_is_not_dressed_up(browser: Client) -> None:
    with patch(PAGE, side_effect=ZeroDivisionError), pytest.raises(ZeroDivisionError):
        browser.get("/rok/behov/")


def test_a_text_sent_to_what_is_gone_or_refused_is_given_back(browser: Client) -> None:
    need = make_need(make_agreement())
    text = "Vi behöver en lokal till i höst, <b>helst</b> nära stationen."
    sent = {"title": "x", "description": text, "password": "p" * 50}
    refused = browser.post(f"/behov/{need.uid}/andra/", sent)
    absent = browser.post("/behov/bcdfghjkmnpq/andra/", sent)
    for answer in (refused, absent):
        page = answer.content.decode()
        assert answer.status_code == 404
        assert "Vi behöver en lokal till i höst, &lt;b&gt;helst&lt;/b&gt; nära stationen." in page
        assert "ppp" not in page
    assert "Det du skrev" not in browser.get("/behov/bcdfghjkmnpq/").content.decode()


def test_short_answers_are_given_back_but_neither_codes_nor_passwords(browser: Client) -> None:
    need = make_need(make_agreement())
    sent = {
        "title": "Lokal",
        "amount_sek": "1200",
        "levels": "7",
        "kind": "NEED",
        "owner": need.uid,
        "told": "on",
        "password": "hemligt",
        "version": "title=abc",
    }
    request = browser.post("/behov/bcdfghjkmnpq/andra/", sent).wsgi_request
    assert typed_in(request) == [Typed("Namn", "Lokal"), Typed("Belopp i kronor", "1200")]


def test_who_saves_on_what_was_withdrawn_meanwhile_reads_who_did_it_and_what_was_typed() -> None:
    county = make_county()
    need = make_need(county.agreement, owner=county.organisation)
    withdraw_need(need=need, reason="Står redan i ett annat behov.", by=DEMO_LOADER)
    alice = Client()
    alice.force_login(county.alice)
    page = alice.post(f"/behov/{need.uid}/andra/", {"title": "Kort"}).content.decode()
    assert "Exempelinläsningen drog tillbaka det den" in page
    assert "Skäl: Står redan i ett annat behov." in page
    assert f'href="/post/{need.uid}/">{need.title}</a>' in page
    assert "Kort" in page


def test_who_may_not_see_what_was_withdrawn_is_not_told_of_it() -> None:
    county = make_county()
    need = make_need(county.agreement, owner=county.organisation, sharing="DRAFT")
    withdraw_need(need=need, reason="Hemligt skäl.", by=DEMO_LOADER)
    charlie = Client()
    charlie.force_login(county.charlie)
    page = charlie.post(f"/behov/{need.uid}/andra/", {"title": "Kort"}).content.decode()
    assert "Adressen kan vara felskriven" in page
    assert "Hemligt skäl" not in page and need.title not in page


def test_a_text_sent_while_the_database_is_gone_is_given_back() -> None:
    text = "Vi behöver en lokal till i höst, <b>helst</b> nära stationen."
    sent = RequestFactory().post("/rok/behov/nytt/", {"title": "x", "description": text})
    refusals = RefusalMiddleware(lambda _request: HttpResponse())
    answer = refusals.process_exception(sent, OperationalError("database or disk is full"))
    assert answer is not None and answer.status_code == 503
    page = answer.content.decode()
    assert "Det du skrev" in page
    assert "Vi behöver en lokal till i höst, &lt;b&gt;helst&lt;/b&gt; nära stationen." in page
