"""What lands in the log of the server: enough to follow a request, nothing that somebody wrote.

Canary texts are planted in every place where a person can write, and looked for in the output
(assurance.md, row 20).
"""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from unittest.mock import patch

import pytest
from django.test import Client

from samhandling.config.logging import logging_settings
from tests.factories import County, make_county, make_need

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
CANARY = "Kanariefågel Persson 19121212-1212"


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Everything that a real installation would write, at the level it has."""
    formatter = logging_settings("INFO", as_json=True)["formatters"]["structured"]
    factory = formatter.pop("()")
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(factory(**formatter))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel("DEBUG")
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def county() -> County:
    return make_county()


def lines(log: StringIO) -> list[dict]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def requests(log: StringIO) -> list[dict]:
    return [line for line in lines(log) if line["event"] == "request"]


def test_a_request_is_one_line_with_who_what_and_how(log: StringIO, county: County) -> None:
    client = Client()
    client.force_login(county.alice)
    answer = client.get("/rok/behov/", {"q": CANARY}, headers={"x-request-id": "from-proxy-1"})
    assert answer["X-Request-ID"] == "from-proxy-1"
    (line,) = requests(log)
    assert isinstance(line.pop("duration_ms"), int)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "logger": "samhandling.web.operations.request_log",
        "request_id": "from-proxy-1",
        "method": "GET",
        "route": "needs:list",
        "status": 200,
        "user": county.alice.person_key,
    }


@pytest.mark.parametrize("given", ["", "short", "x" * 65, 'a"b\r\nlevel=error', "åäöåäöåäö"])
def test_a_request_name_that_is_no_name_is_not_taken(log: StringIO, given: str) -> None:
    answer = Client().get("/halsa/", headers={"x-request-id": given})
    assert answer["X-Request-ID"] != given
    assert [line["request_id"] for line in requests(log)] == [answer["X-Request-ID"]]


def test_nothing_that_somebody_writes_is_in_the_log(log: StringIO, county: County) -> None:
    need = make_need(county.agreement, owner=county.organisation)
    client = Client(raise_request_exception=False)
    client.force_login(county.alice)
    texts = dict.fromkeys(TEXTS, f"{CANARY}\r\nlevel=error event=forged")
    for path in (f"/behov/{need.uid}/andra/", f"/behov/{need.uid}/dra-tillbaka/", "/sprak/"):
        client.get(path, {"q": CANARY})
        client.post(path, texts)
    client.get("/sok/", {"q": CANARY})
    client.get(f"/{CANARY}/")
    client.get("/andringar/", {"skal": CANARY, "person": CANARY})
    with patch("samhandling.web.workspace.needs.views.list_page.ListPage") as page:
        page.side_effect = ValueError(CANARY)
        assert client.get("/rok/behov/", {"q": CANARY}).status_code == 500
    stranger = Client(headers={"user-agent": CANARY.encode().decode("latin-1")})
    stranger.post("/konto/logga-in/", texts)
    stranger.get("/konto/logga-in/", {"next": f"//{CANARY}"})
    Client(enforce_csrf_checks=True).post("/konto/logga-in/", texts)
    written = log.getvalue()
    assert len(requests(log)) >= 12
    assert "Kanarie" not in written
    assert "19121212" not in written
    assert "forged" not in written
    assert all(line.startswith("{") for line in written.splitlines())


TEXTS = [
    "title", "description", "reason", "text", "username", "login", "email", "password", "code",
    "next", "q", "language",
]  # fmt: skip
