"""The log tells what happened and never what somebody wrote (assurance.md, row 20)."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from types import SimpleNamespace

import pytest

from samhandling.config.logging import logging_settings


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, StringIO]]:
    formatter = logging_settings("INFO", as_json=True)["formatters"]["structured"]
    factory = formatter.pop("()")
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(factory(**formatter))
    logger = logging.getLogger("tests.log")
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel("INFO")
    yield logger, written
    logger.handlers = []


def test_an_exception_is_told_by_type_and_place_not_by_its_words(
    log: tuple[logging.Logger, StringIO],
) -> None:
    logger, written = log
    try:
        raise ValueError("Anna berättade i intervjun")
    except ValueError:
        logger.exception("could not save")
    line = json.loads(written.getvalue())
    assert line["exception_type"] == "ValueError"
    assert "test_an_exception_is_told" in line["exception"]
    assert "Anna" not in written.getvalue()


def test_a_failed_request_is_told_by_page_without_what_was_searched(
    log: tuple[logging.Logger, StringIO],
) -> None:
    logger, written = log
    found = SimpleNamespace(view_name="search:results")
    request = SimpleNamespace(method="GET", path="/sok/Anna", resolver_match=found)
    logger.error(
        "Internal Server Error: /sok/?q=Anna", extra={"request": request, "status_code": 500}
    )
    line = json.loads(written.getvalue())
    assert (line["route"], line["status"]) == ("search:results", 500)
    assert "Anna" not in written.getvalue()


def test_a_line_break_cannot_forge_a_line(log: tuple[logging.Logger, StringIO]) -> None:
    logger, written = log
    logger.info("first\r\n2020-11-30 level=error forged")
    assert written.getvalue().count("\n") == 1
