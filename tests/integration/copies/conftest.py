"""A copy of an installation with something in it, and empty places to put it back in."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from allauth.usersessions.models import UserSession
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.discussion.models import Attachment
from samhandling.apps.records.services import withdraw_record
from samhandling.apps.reporting.models import FrozenEdition, FrozenFile
from samhandling.apps.reporting.services import create_report
from samhandling.cli.copies.archive import Manifest
from samhandling.cli.copies.contents import Contents
from samhandling.cli.copies.copying import take_copy
from samhandling.cli.copies.places import Place, place_of
from samhandling.core.report_storage import to_json
from tests.audit_log import unguarded
from tests.factories import make_county, make_initiative
from tests.factories.initiatives import make_round
from tests.unit.render.example_report import small_report

PROTOCOL = bytes(range(256)) * 300


@dataclass(frozen=True)
class Copied:
    """The copy, what it says, and where it was taken from."""

    path: Path
    manifest: Manifest
    contents: Contents
    report_sha256: str


def fill() -> str:
    """A small county with a frozen report; the report's hash."""
    county = make_county()
    # PostgreSQL has a type of its own for addresses of the net.
    UserSession.objects.create(
        user=county.alice, ip="2001:db8::1", session_key="x" * 32, user_agent="Webbläsare"
    )
    gone = make_initiative(county.agreement, title="Språkkafé ”norr” 😀")
    withdraw_record(record=gone.record, reason="Skrevs två gånger", by=DEMO_LOADER)
    report = create_report(
        round=make_round(county.agreement, 2020),
        outline="follow_up",
        title="Rapport",
        by=DEMO_LOADER,
    )
    text = to_json(small_report())
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    edition = FrozenEdition.objects.create(
        report=report, number=1, model=json.loads(text), model_sha256=sha256, data_version="1"
    )
    Attachment.objects.create(
        record=report.record,
        name="Protokoll å.pdf",
        type_key="pdf",
        file="bilagor/ab/Protokoll å.pdf",
        size=len(PROTOCOL),
        sha256=hashlib.sha256(PROTOCOL).hexdigest(),
        author_key=county.alice.person_key,
    )
    FrozenFile.objects.create(edition=edition, format="pdf", content=bytes(range(256)), sha256="x")
    return sha256


@pytest.fixture(scope="module")
def copied(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Copied]:
    """A copy of rows that are really written, which is what pg_dump and VACUUM INTO see."""
    folder = tmp_path_factory.mktemp("copy")
    media = folder / "files"
    (media / "bilagor" / "ab").mkdir(parents=True)
    (media / "bilagor" / "ab" / "Protokoll å.pdf").write_bytes(PROTOCOL)
    (media / "tom.txt").write_bytes(b"")
    with django_db_blocker.unblock():
        try:
            sha256 = fill()
            manifest = take_copy(place_of(connection.settings_dict), media, folder / "copy.zip")
        finally:
            with unguarded():
                call_command("flush", verbosity=0, interactive=False)
    yield Copied(folder / "copy.zip", manifest, manifest.contents, sha256)


@dataclass(frozen=True)
class Target:
    """Somewhere empty of the same kind as the tests run on."""

    place: Place
    media: Path

    def is_untouched(self) -> bool:
        """Neither rows nor files, nor anything half done beside them."""
        self.place.check_empty()
        beside = [path for path in self.media.parent.iterdir() if path != self.media]
        return not self.media.exists() and beside == []


@pytest.fixture
def target(copied: Copied, tmp_path: Path) -> Iterator[Target]:
    media = tmp_path / "new" / "files"
    media.parent.mkdir()
    if connection.vendor == "sqlite":
        settings: dict[str, Any] = {**connection.settings_dict, "NAME": tmp_path / "db.sqlite3"}
        yield Target(place_of(settings), media)
        return
    name = f"new_{uuid4().hex[:8]}"
    settings = {**connection.settings_dict, "NAME": name}
    server = connection.settings_dict
    address = {"user": server["USER"], "host": server["HOST"], "dbname": "postgres"}
    with psycopg.connect(**address, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    yield Target(place_of(settings), media)
    with psycopg.connect(**address, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
