"""`samhandling start --no-serve`, which is `make demo`."""

import pytest
from click.testing import CliRunner

from samhandling.cli import start as command
from samhandling.demo.people import DEMO_PASSWORD, SIGN_INS


@pytest.fixture(autouse=True)
def nothing_prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "prepare", lambda: None)
    monkeypatch.setattr(command, "load_demo", lambda: None)


def test_the_demos_sign_ins_are_told_without_a_server() -> None:
    told = CliRunner().invoke(command.start, ["--no-serve"]).output
    assert [person.email for person in SIGN_INS if person.email not in told] == []
    assert DEMO_PASSWORD in told


def test_without_the_demo_nobody_is_named() -> None:
    assert CliRunner().invoke(command.start, ["--no-demo", "--no-serve"]).output == ""
