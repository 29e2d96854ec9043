"""CSV and XLSX hold exactly what the page shows, on all its pages, and run no formula."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.people.models import Contact
from samhandling.web.spreadsheets import csv_lines, neutral, write_xlsx
from tests.factories import make_initiative, make_user
from tests.integration.list.conftest import Listed

SignIn = Callable[[User], Client]
Table = list[list[str]]
A_MONTH = timedelta(days=30)


def csv_of(client: Client, url: str) -> Table:
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment")
    body = answer.getvalue()
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"))


def xlsx_of(client: Client, url: str) -> Table:
    answer = client.get(url)
    assert answer.status_code == 200
    body = answer.getvalue()
    sheet = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0]
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row if cell.value)
    return [[str(cell.value) for cell in row] for row in sheet.iter_rows()]


def titles_on_page(client: Client, url: str) -> list[str]:
    page = unescape(client.get(url).content.decode())
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page)


@pytest.fixture(params=["insatser.csv", "insatser.xlsx"])
def table_of(request: pytest.FixtureRequest) -> Callable[[Client, str, str], Table]:
    """``table_of(client, list_url, query)``: the rows of an export, in both formats."""

    def fetch(client: Client, url: str, query: str = "") -> Table:
        read = csv_of if request.param.endswith("csv") else xlsx_of
        return read(client, f"{url}{request.param}?{query}")

    return fetch


@pytest.mark.django_db
def test_an_export_has_the_heads_and_values_of_the_page(
    as_person: SignIn, listed: Listed, table_of: Callable[..., Table]
) -> None:
    table = table_of(as_person(listed.county.reader), listed.url)
    assert table[0] == [
        "Insats", "Område", "Nätverk", "Nivåer", "Status", "Finansiering", "När", "Del av",
        "Diarienummer", "Sekretessmarkering", "Exempeldata",
    ]  # fmt: skip
    by_title = {row[0]: row for row in table[1:]}
    assert by_title["Språkcafé på biblioteken"][1:] == [
        "BM Bosättning och mottagande",
        "Nätverket för bosättning",
        "Erfarenhetsutbyte, Kompetensutveckling (härlett)",
        "Pågående",
        "Projektbidrag (beviljad, belopp okänt)",
        "Okänt",
        "Hel insats",
        "Okänt",
        "nej",
        "nej",
    ]
    assert by_title["Ännu obeskriven insats"][1:7] == ["Okänt"] * 6
    assert by_title["Gemensam upphandling"][2] == "Inget nätverk"
    assert by_title["Gemensam upphandling"][5] == "Ingen"
    assert by_title["Steg om lokaler"][7] == "Språkcafé på biblioteken"
    assert by_title["Äldreträffar"][4:7] == ["Uppskjuten (översvämning)", "Okänt", "till 2021"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["", "sortera=-namn", "omrade=BM", "saknar=agare&sortera=status", "q=finnsinte"]
)
def test_an_export_has_the_rows_of_all_pages_in_their_order(
    as_person: SignIn, listed: Listed, table_of: Callable[..., Table], query: str
) -> None:
    for number in range(30):
        make_initiative(listed.county.agreement, f"Insats {number:02}")
    client = as_person(listed.county.reader)
    shown = [
        title
        for page in (1, 2)
        for title in titles_on_page(client, f"{listed.url}?{query}&sida={page}")
    ]
    exported = [row[0] for row in table_of(client, listed.url, f"{query}&sida=2")[1:]]
    if len(exported) <= 25:  # page 2 is then page 1 again
        shown = shown[: len(exported)]
    assert exported == shown


@pytest.mark.django_db
def test_an_export_has_the_chosen_columns(
    as_person: SignIn, listed: Listed, table_of: Callable[..., Table]
) -> None:
    table = table_of(
        as_person(listed.county.reader), listed.url, "kolumner=agare&kolumner=medverkar&q=språkcafé"
    )
    assert table == [
        [
            "Insats",
            "Ägare",
            "Medverkar",
            "Del av",
            "Diarienummer",
            "Sekretessmarkering",
            "Exempeldata",
        ],
        [
            "Språkcafé på biblioteken",
            "Ängköpings kommun",
            "Åvestads kommun",
            "Hel insats",
            "Okänt",
            "nej",
            "nej",
        ],
    ]


@pytest.fixture
def contacts(listed: Listed) -> Listed:
    """Anna answers for `cafe`, another Anna for `step`, one of her own name for `alone`, one who
    has left for `late`; somebody of a third Anna's name has left and is nobody's namesake."""
    town, other = listed.county.organisation, listed.county.other_organisation
    today = timezone.localdate()

    def contact(of: str, person: Person, **more: Any) -> None:
        Contact.objects.create(
            record=listed.of[of].record, person=person, valid_from=today - A_MONTH, **more
        )

    contact("cafe", make_user(organisation=town, name="Anna Berg").person)
    contact("step", make_user(organisation=other, name="Anna Berg").person)
    only = make_user(organisation=town, name="Bo Ek").person
    Person.objects.filter(pk=only.pk).update(made_up=False)
    contact("alone", only)
    gone = make_user(organisation=town, name="Bo Ek").person
    gone.left_on = today - timedelta(days=1)
    gone.save()
    contact("late", gone)
    return listed


@pytest.mark.django_db
def test_contacts_are_a_column_where_they_are_asked_for_and_namesakes_are_told_apart(
    as_person: SignIn, contacts: Listed, table_of: Callable[..., Table]
) -> None:
    client = as_person(contacts.county.reader)
    query = "kolumner=kontakt"
    told = {row[0]: row[1] for row in table_of(client, contacts.url, query)}
    assert told == {
        "Insats": "Kontaktperson",
        "Språkcafé på biblioteken": "Anna Berg, handläggare, Ängköpings kommun (exempeldata)",
        "Steg om lokaler": "Anna Berg, handläggare, Åvestads kommun (exempeldata)",
        "Gemensam upphandling": "Bo Ek",
        "Äldreträffar": "Saknas",
        "Ännu obeskriven insats": "Okänt",
    }
    page = client.get(f"{contacts.url}?{query}").content.decode()
    shown = re.findall(r'data-label="Kontaktperson">(.*?)</td>', page)
    cells = {re.sub(r"<[^>]+>", "", cell) for cell in shown}
    assert cells == {
        told[title].replace("(exempeldata)", "exempeldata") for title in told if title != "Insats"
    }
    assert "Kontaktperson" not in table_of(client, contacts.url)[0]
    own = client.get(f"/insatser/{contacts.of['cafe'].uid}/").content.decode()
    assert "Anna Berg, handläggare, Ängköpings kommun" in own


@pytest.mark.django_db
def test_no_reader_gets_an_address_by_asking_for_the_contacts(
    as_person: SignIn, contacts: Listed, table_of: Callable[..., Table]
) -> None:
    alike = make_user(organisation=contacts.county.organisation, name="Anna Berg")
    file = table_of(as_person(contacts.county.reader), contacts.url, "kolumner=kontakt")
    assert "Anna Berg, handläggare, Ängköpings kommun (exempeldata)" in [row[1] for row in file]
    assert alike.email not in str(file) and "@" not in str(file)


@pytest.mark.django_db
def test_made_up_rows_say_so(
    as_person: SignIn, listed: Listed, table_of: Callable[..., Table]
) -> None:
    make_initiative(listed.county.agreement, "Påhittad träff", made_up=True)
    table = table_of(as_person(listed.county.reader), listed.url, "q=påhittad")
    assert table[1][-1] == "exempeldata"


@pytest.mark.django_db
def test_drafts_of_others_are_in_no_export(
    as_person: SignIn, listed: Listed, table_of: Callable[..., Table]
) -> None:
    county = listed.county
    make_initiative(county.agreement, "Hemligt", owner=county.organisation, sharing="DRAFT")
    assert "Hemligt" in [row[0] for row in table_of(as_person(county.alice), listed.url)]
    assert "Hemligt" not in [row[0] for row in table_of(as_person(county.charlie), listed.url)]


@pytest.mark.django_db
def test_an_english_reader_gets_the_file_in_english_to_its_last_row(
    as_person: SignIn, listed: Listed
) -> None:
    client = as_person(listed.county.reader)
    client.post("/sprak/", {"language": "en", "next": "/"})
    page = client.get(listed.url).content.decode()
    heads = [unescape(head) for head in re.findall(r'data-label="([^"]+)"', page)[:6]]
    table = csv_of(client, f"{listed.url}insatser.csv")
    assert table[0][1:7] == heads
    assert len({row[-1] for row in table[1:]}) == 1


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1", "\0=1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_becomes_text_in_csv(text: str) -> None:
    assert neutral(text).startswith("'")
    lines = b"".join(csv_lines(["Namn"], [[text]])).decode("utf-8-sig")
    (cell,) = list(csv.reader(io.StringIO(lines, newline=""), delimiter=";"))[1]
    assert cell[0] == "'"
    assert "\0" not in cell


@pytest.mark.parametrize("text", ["vanlig text", "5–6", "a=b", "2020-11-30", "", "§37", "e-post"])
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert neutral(text) == text


@pytest.mark.parametrize("text", [*DANGEROUS, "vanlig", "x" * 40_000, "\x0b\x1f"])
def test_a_workbook_holds_text_alone(text: str) -> None:
    file = io.BytesIO()
    write_xlsx(file, "Blad", ["Namn"], [[text]])
    sheet: Any = openpyxl.load_workbook(io.BytesIO(file.getvalue())).worksheets[0]
    cell = sheet["A2"]
    assert cell.data_type in ("s", "n")  # n: openpyxl's word for an empty cell
    assert cell.value is None or cell.data_type == "s"
    assert len(cell.value or "") <= 32_767


def test_csv_is_sent_in_pieces_and_its_head_at_once() -> None:
    def rows() -> Any:
        yield ["först"]
        raise AssertionError("a row was read before the head was sent")

    lines = csv_lines(["Namn"], rows())
    assert next(lines) == "\ufeffNamn\r\n".encode()
