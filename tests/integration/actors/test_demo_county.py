"""What the registers, the matrix and the pages of networks and actors say of the demo county."""

import pytest
from django.test import Client

from samhandling.apps.accounts.models import User
from samhandling.apps.agreements.models import Agreement
from samhandling.apps.initiatives.participation import Line, Part, read_participation
from samhandling.apps.records.models import Record
from samhandling.web.links import url_of
from tests.integration.numbers import follow_numbers

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(demo_county_for_reading: None) -> Client:
    client = Client()
    client.force_login(User.objects.get(email="karin@example.org"))
    return client


def address_of(key: str) -> str:
    return url_of(Record.objects.get(source_key=key))


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def section(page: str, anchor: str) -> str:
    return page[page.index(f'id="{anchor}"') :].split("</section>")[0]


def test_the_register_counts_members_as_honestly_as_they_are_known(leader: Client):
    page = text_of(leader, "/natverk-och-aktorer/")
    row = {
        name: page[page.index(f">{name}</a>") :].split("</tr>")[0]
        for name in (
            "Rådet för social hållbarhet",
            "Samordningsgruppen",
            "Forum för samverkan (FoSam)",
            "Länsgruppen för integration",
        )
    }
    assert ">20</a>" in row["Rådet för social hållbarhet"]
    assert ">minst 2</a>" in row["Samordningsgruppen"]
    assert ">okänt antal</a>" in row["Forum för samverkan (FoSam)"]
    assert "efter vårterminen 2020" in row["Forum för samverkan (FoSam)"]
    assert ">13</a>" in row["Länsgruppen för integration"]
    assert "Visar 1–16 av 16 nätverk och grupper." in page


def test_a_network_tells_mandate_approach_value_and_what_holds_it_up(leader: Client):
    page = text_of(leader, address_of("N-FIA"))

    assert "Särskild handlingsplan" in section(page, "uppdrag")
    assert "Räcker inte" in section(page, "uppdrag")
    assert "Inget utöver inventering" in section(page, "mervarde")
    assert "räknas inte som ett fel" in section(page, "mervarde")
    assert "Källan säger inte att de är medlemmar." in section(page, "medlemmar")
    assert "Levande handlingsplan sedan 3 maj 2019" in section(page, "kontinuitet")
    assert "Ersättare för sammankallande är okänd" in section(page, "kontinuitet")
    assert "Arbetsförmedlingens två regeringsuppdrag" in section(page, "planer")
    assert page.count('class="child"') == 2


def test_a_closed_network_tells_why_and_what_was_the_alternative(leader: Client):
    page = text_of(leader, address_of("N-FOSAM"))
    life = section(page, "liv")

    assert "Startade" in life and "2016" in life
    assert "Skolverket" in life
    assert "Alternativ:" in life
    assert "6 kommuner anmälda" in life
    assert 'id="kontinuitet"' not in page


def test_a_dormant_body_shows_the_gap_it_left_and_that_nobody_took_over(leader: Client):
    life = section(text_of(leader, address_of("B-CHI")), "liv")

    assert '<span class="known-none">Ingen</span>' in life
    assert "Hälsofrågor delvis hanterade i andra nätverk" in life
    assert "Flyktinghandläggarnätverket" in life


def test_a_proposed_liaison_shows_what_is_left_to_settle(leader: Client):
    page = section(text_of(leader, address_of("B-SAM")), "struktur")
    assert page.count("Vilket mandat personen har") == 1
    assert "Läge: föreslagen." in page


def test_a_described_set_stands_as_published_beside_the_members_that_are_known(leader: Client):
    five = text_of(leader, address_of("SET-FEM-KOMMUNER"))
    every = text_of(leader, address_of("O-KOM-ALLA"))

    assert "5 av 8" in section(five, "ingar")
    assert "Inga är namngivna" in section(five, "ingar")
    assert "8 av 8" in section(every, "ingar")
    assert "Tierps kommun" in section(every, "ingar")


def test_an_organisation_shows_what_it_does_and_pays_for(leader: Client):
    page = text_of(leader, address_of("O-LST-UPP"))

    assert "010-223 30 00" in section(page, "roll")
    assert "Följer upp" in section(page, "roll")
    assert "§37" in section(page, "finansiering")
    assert "belopp okänt" in section(page, "finansiering")
    assert 'data-count="4"' in section(page, "sitter-i")


def test_a_municipality_sits_where_a_set_that_holds_it_sits(leader: Client):
    seats = section(text_of(leader, address_of("O-KOM-HAB")), "sitter-i")
    assert 'data-count="5"' in seats
    assert seats.count("genom <a") == 5


def test_the_council_shows_what_it_decides_and_its_roles(leader: Client):
    page = text_of(leader, address_of("B-RAD"))
    assert "Tar emot årlig rapport" in section(page, "uppdrag")
    assert page.count("beslutar, beställer, prioriterar") == 2


@pytest.mark.parametrize(
    "address",
    [
        *["N-FIA", "O-KOM-UPP"],
        *[
            pytest.param(one, marks=pytest.mark.one_database)
            for one in ("/natverk-och-aktorer/aktorer/", "N-RESAM", "N-LANSGR", "O-LST-UPP")
        ],
    ],
)
def test_every_number_opens_exactly_its_rows(leader: Client, address: str):
    leader.get("/overenskommelser/rok/")  # the agreement that the register counts in
    path = address if address.startswith("/") else address_of(address)
    links, wrong = follow_numbers(leader, path)
    assert wrong == []
    assert links > 1


def answers(line: Line) -> dict[str, Part]:
    return {answer.town.title: answer.part for answer in line.answers}


def test_the_matrix_keeps_unknown_apart_from_no(leader: Client):
    user = User.objects.get(email="karin@example.org")
    matrix = read_participation(Agreement.objects.get(slug="rok"), user)
    lines = {line.record.source_key: line for line in [*matrix.networks, *matrix.initiatives]}

    assert set(answers(lines["N-EKB"]).values()) == {Part.YES}
    assert set(answers(lines["N-FOSAM"]).values()) == {Part.UNKNOWN}
    assert [str(q.value.normalize()) for q in lines["N-FOSAM"].quantities] == ["6"]
    assert answers(lines["N-FORALDR"])["Uppsala kommun"] is Part.INFERRED
    assert answers(lines["I-22"])["Uppsala kommun"] is Part.YES
    assert answers(lines["I-22"])["Heby kommun"] is Part.UNKNOWN
    assert [group.title for group in lines["I-22"].published] == ["Fem av länets åtta kommuner"]
    assert answers(lines["I-11"])["Tierps kommun"] is Part.YES
    assert set(answers(lines["I-38"]).values()) == {Part.UNKNOWN}


def test_the_matrix_is_a_page_of_its_own_for_each_agreement(leader: Client):
    page = text_of(leader, "/natverk-och-aktorer/deltagande/rok/")
    assert "5 av 8 kommuner i samverkan om SO" in page
    assert "Okänt är inte nej." in page
    assert "/natverk-och-aktorer/deltagande/htl/" in page
    assert "Rådet för social hållbarhet" in text_of(leader, "/natverk-och-aktorer/deltagande/htl/")
