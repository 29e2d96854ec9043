"""Nobody gets in unasked, and every answer carries the strict headers."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_sign_in_page_is_open_and_strict(client: Client) -> None:
    answer = client.get("/konto/logga-in/")
    assert answer.status_code == 200
    policy = dict(
        part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


def test_swedish_until_another_language_is_chosen(client: Client) -> None:
    swedish = client.get("/konto/logga-in/", headers={"accept-language": "en"})
    assert swedish["Content-Language"] == "sv"
    client.post("/sprak/", {"language": "en", "next": "/konto/logga-in/"})
    assert client.get("/konto/logga-in/")["Content-Language"] == "en"


def test_a_form_without_its_token_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/konto/logga-in/", {"username": "x"}).status_code == 403
    assert strict.post("/sprak/", {"language": "en"}).status_code == 403
