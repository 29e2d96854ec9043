"""A case as a page and as one file."""

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.discussion.services import add_attachment, add_comment
from samhandling.apps.records.models import Record
from samhandling.apps.registry.permissions import REGISTERED
from samhandling.web.history_words import FIELDS
from samhandling.web.workspace.records.case_file import column_names
from tests.factories import County, make_initiative, make_need

pytestmark = pytest.mark.django_db

Register = Callable[..., Record]
SignIn = Callable[[User], Client]


def rows_of(client: Client, uid: str) -> list[tuple[str, ...]]:
    answer = client.get(reverse("records:case_file", args=[uid]))
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    return [tuple(cell or "" for cell in row) for row in sheet.iter_rows(values_only=True)]  # type: ignore[misc]


def test_a_case_is_all_its_records_however_the_number_is_spaced(
    county: County, as_person: SignIn, register: Register
) -> None:
    register(make_initiative(county.agreement, "Boskola"), "RS 2020-1")
    register(make_need(county.agreement, "Bostäder"), "rs  2020-1")
    register(make_need(county.agreement, "Annat"), "RS 2020-11")
    client = as_person(county.reader)
    page = client.get(reverse("records:registered"), {"nummer": " RS 2020-1 "}).content.decode()
    assert "Ärende RS 2020-1" in page
    assert "Boskola</a>" in page
    assert "Bostäder</a>" in page
    assert "Annat</a>" not in page
    hit = client.get(reverse("search:results"), {"q": "RS 2020-1"}).content.decode()
    assert "2 poster har diarienumret" in hit
    everything = client.get(reverse("records:registered")).content.decode()
    assert "Annat</a>" in everything


def test_a_case_number_that_nobody_has_says_so(county: County, as_person: SignIn) -> None:
    page = as_person(county.reader).get(reverse("records:registered"), {"nummer": "9" * 5000})
    assert page.status_code == 200
    assert "Inget ärende har det numret" in page.content.decode()


def test_the_file_has_the_fields_words_files_and_history_of_each_record(
    county: County, as_person: SignIn, register: Register
) -> None:
    initiative = make_initiative(
        county.agreement, "=Boskola", owner=county.organisation, purpose="Att bo", status="ONGOING"
    )
    register(initiative, "RS 1", marked=True)
    add_comment(record=initiative.record, text="Hör med kommunen.", by=county.alice)
    add_attachment(
        record=initiative.record,
        name="underlag.txt",
        content=SimpleUploadedFile("underlag.txt", b"Underlag"),
        by=county.alice,
    )
    head, *rows = rows_of(as_person(county.reader), initiative.uid)
    assert head == ("Post", "Slag", "Del", "Uppgift", "Innehåll", "När", "Vem")
    assert {row[:2] for row in rows} == {("=Boskola", "Insats")}
    told = {(row[2], row[3]): row[4] for row in rows}
    assert told["Registrering", "Diarienummer"] == "RS 1"
    assert told["Registrering", "Sekretessmarkering"].startswith("OSL 18 kap. 1 §, 2020-11-03")
    assert told["Uppgifter", "Syfte"] == "Att bo"
    assert told["Uppgifter", "Ägare"] == "Ängköpings kommun"
    assert told["Uppgifter", "Status"] == "2020: pågående"
    comments = [row for row in rows if row[2] == "Kommentar"]
    assert [(row[4], row[6]) for row in comments] == [("Hör med kommunen.", "Alice Ek")]
    [file] = [row[4] for row in rows if row[2] == "Bilaga"]
    assert file.startswith("underlag.txt (8 byte, SHA-256 ")
    history = [row[4] for row in rows if row[2] == "Historik"]
    assert any("diarienummer" in said for said in history)


def test_a_case_never_tells_of_drafts_that_are_not_ones_own(
    county: County, as_person: SignIn, register: Register
) -> None:
    draft = make_initiative(
        county.agreement, "Hemligt utkast", owner=county.organisation, sharing="DRAFT"
    )
    shared = make_need(county.agreement, "Delat behov")
    register(draft, "RS 1")
    register(shared, "RS 1")
    other, own = as_person(county.charlie), as_person(county.alice)
    assert "Hemligt utkast" not in str(rows_of(other, shared.uid))
    assert "Hemligt utkast" in str(rows_of(own, shared.uid))
    assert other.get(reverse("records:case_file", args=[draft.uid])).status_code == 404
    page = reverse("records:registered")
    for address in (page, f"{page}?nummer=RS+1"):
        assert "Hemligt utkast" not in other.get(address).content.decode()


def test_what_has_no_case_has_no_file(county: County, as_person: SignIn) -> None:
    need = make_need(county.agreement, by=DEMO_LOADER)
    answer = as_person(county.doris).get(reverse("records:case_file", args=[need.uid]))
    assert answer.status_code == 404


def test_every_field_of_the_file_has_a_word() -> None:
    lacking = [
        f"{kind}.{name}"
        for kind, rows in REGISTERED.items()
        for name in column_names(rows().model)
        if name not in FIELDS
    ]
    assert lacking == []
