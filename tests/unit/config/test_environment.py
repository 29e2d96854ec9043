"""Settings from the environment: what is understood, what is refused."""

import stat
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from samhandling.config import environment


def test_without_an_address_the_database_is_a_file_in_the_data_directory(tmp_path: Path) -> None:
    entry = environment.database("", tmp_path)
    assert entry["ENGINE"] == "django.db.backends.sqlite3"
    assert entry["NAME"] == tmp_path / "samhandling.sqlite3"


def test_a_postgresql_address_is_taken_apart() -> None:
    entry = environment.database(
        "postgresql://anna:h%40mlig@db.example:6432/samhandling?sslmode=require", Path()
    )
    assert {key: entry[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "samhandling",
        "USER": "anna",
        "PASSWORD": "h@mlig",
        "HOST": "db.example",
        "PORT": "6432",
    }
    assert entry["OPTIONS"]["sslmode"] == "require"
    assert entry["OPTIONS"]["pool"]["max_size"] == 8


def test_a_socket_directory_is_the_host() -> None:
    entry = environment.database("postgres://anna@/samhandling?host=%2Frun%2Fpostgresql", Path())
    assert entry["HOST"] == "/run/postgresql"
    assert "host" not in entry["OPTIONS"]


def test_another_database_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        environment.database("mysql://anna@db/samhandling", Path())


def test_the_secret_key_is_made_once_and_only_the_owner_can_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SAMHANDLING_SECRET_KEY")
    first = environment.secret_key(tmp_path / "new", required=False)
    assert len(first) > 50
    assert environment.secret_key(tmp_path / "new", required=False) == first
    assert stat.S_IMODE((tmp_path / "new" / "secret-key").stat().st_mode) == 0o600


def test_a_real_installation_must_bring_its_secret_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SAMHANDLING_SECRET_KEY")
    with pytest.raises(ImproperlyConfigured, match="SAMHANDLING_SECRET_KEY"):
        environment.secret_key(tmp_path, required=True)


@pytest.mark.parametrize("key", ["x", "replace-me", "k" * 49])
def test_a_real_installation_does_not_start_with_a_key_that_can_be_guessed(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMHANDLING_SECRET_KEY", key)
    with pytest.raises(ImproperlyConfigured, match="för kort"):
        environment.secret_key(tmp_path, required=True)
    assert environment.secret_key(tmp_path, required=False) == key


@pytest.mark.parametrize(("value", "expected"), [("2020-11-30", date(2020, 11, 30)), ("", None)])
def test_the_demo_day_is_a_date_or_nothing(
    monkeypatch: pytest.MonkeyPatch, value: str, expected: date | None
) -> None:
    monkeypatch.setenv("SAMHANDLING_DEMO_DAY", value)
    assert environment.day("SAMHANDLING_DEMO_DAY") == expected


def test_a_demo_day_in_another_form_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMHANDLING_DEMO_DAY", "30 november 2020")
    with pytest.raises(ImproperlyConfigured, match="2020-11-30"):
        environment.day("SAMHANDLING_DEMO_DAY")


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("Yes", True), ("0", False), ("nej", False), ("", True)]
)
def test_a_flag_falls_back_to_its_default_only_when_empty(
    monkeypatch: pytest.MonkeyPatch, value: str, expected: bool
) -> None:
    monkeypatch.setenv("SAMHANDLING_X", value)
    assert environment.flag("SAMHANDLING_X", default=True) is expected


def test_a_checkout_has_its_own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAMHANDLING_DATA_DIR", raising=False)
    monkeypatch.delenv("SAMHANDLING_OUT_DIR", raising=False)
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "src" / "samhandling").mkdir(parents=True)
    assert environment.data_dir(tmp_path) == tmp_path / "var"
    assert environment.out_dir(tmp_path, tmp_path / "var") == tmp_path / "out"


def test_an_installed_program_never_puts_data_beside_the_python_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SAMHANDLING_DATA_DIR", raising=False)
    monkeypatch.delenv("SAMHANDLING_OUT_DIR", raising=False)
    with pytest.raises(ImproperlyConfigured, match="SAMHANDLING_DATA_DIR"):
        environment.data_dir(tmp_path)
    monkeypatch.setenv("SAMHANDLING_DATA_DIR", str(tmp_path / "data"))
    assert environment.data_dir(tmp_path) == tmp_path / "data"
    assert environment.out_dir(tmp_path, tmp_path / "data") == tmp_path / "data" / "out"


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://anna:h%40mlig@mail.example", 587, True, False),
        ("smtps://anna:h%40mlig@mail.example:2465", 2465, False, True),
        ("smtp+plain://anna:h%40mlig@mail.example", 25, False, False),
    ],
)
def test_an_address_of_a_mail_server_is_taken_apart(
    url: str, port: int, tls: bool, ssl: bool
) -> None:
    found = environment.mail_server(url)
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example", port)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("anna", "h@mlig")
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (tls, ssl)


def test_a_mail_server_that_is_no_address_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="smtp://"):
        environment.mail_server("mail.example:587")


@pytest.mark.parametrize("value", ["0", "-1", "två"])
def test_a_number_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SAMHANDLING_OUTBOX_DAYS", value)
    with pytest.raises(ImproperlyConfigured, match="heltal"):
        environment.number("SAMHANDLING_OUTBOX_DAYS", 14)
