"""The list as a page: what stands in it, what its numbers open, and what it bears."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from bench.make_data import make_initiatives
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samhandling.apps.accounts.models import User
from samhandling.apps.initiatives.services import withdraw_initiative
from samhandling.apps.people.models import Contact
from samhandling.web.workspace.initiatives.columns import COLUMNS
from samhandling.web.workspace.initiatives.list_page import PAGE_SIZE
from tests.factories import County, make_cause, make_funding, make_initiative, make_user
from tests.integration.list.conftest import Listed

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SignIn = Callable[[User], Client]


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def count_on(page: str) -> int:
    return int(re.findall(r'data-count="(\d+)"', page)[0])


def titles_on(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page)


def test_signed_out_is_sent_to_sign_in(client: Client, listed: Listed) -> None:
    for path in ("", "insatser.csv", "insatser.xlsx"):
        answer = client.get(f"{listed.url}{path}")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/konto/logga-in/")


def test_an_agreement_that_is_not_there_is_404(as_person: SignIn, listed: Listed) -> None:
    assert as_person(listed.county.alice).get("/finns-inte/insatser/").status_code == 404


def test_each_value_stands_in_its_row(as_person: SignIn, listed: Listed) -> None:
    page = text_of(as_person(listed.county.reader), listed.url)
    rows = {titles_on(row)[0]: row for row in re.findall(r"<tr[^>]*>.*?</tr>", page, re.S)[1:]}
    cafe = rows["Språkcafé på biblioteken"]
    assert ">BM<" in cafe
    assert "Nätverket för bosättning" in cafe
    assert 'aria-label="Erfarenhetsutbyte"' in cafe
    assert 'aria-label="Kompetensutveckling, härlett"' in cafe
    assert "Pågående" in cafe
    assert "Projektbidrag" in cafe
    assert "belopp okänt" in cafe
    bare = rows["Ännu obeskriven insats"]
    assert bare.count('<span class="unknown">Okänt</span>') == 6
    assert "Inget nätverk" in rows["Gemensam upphandling"]
    assert 'class="known-none">Ingen' in rows["Gemensam upphandling"]
    assert "översvämning" in rows["Äldreträffar"]
    assert "till 2021" in rows["Äldreträffar"]
    assert 'class="child"' in rows["Steg om lokaler"]


def test_a_part_without_its_whole_says_whose_it_is(as_person: SignIn, listed: Listed) -> None:
    page = text_of(as_person(listed.county.reader), f"{listed.url}?delar=delar")
    assert "Del av Språkcafé på biblioteken" in page
    assert 'class="child"' not in page


def test_every_number_of_the_page_opens_that_many(as_person: SignIn, listed: Listed) -> None:
    client = as_person(listed.county.reader)
    for query in ("", "?omrade=BM", "?niva=okant&niva=joint_action", "?saknar=agare", "?q=om"):
        page = text_of(client, f"{listed.url}{query}")
        links = re.findall(r'<a class="figure-link" href="([^"]+)"[^>]*>(?:minst )?(\d+)', page)
        assert links, query
        for url, number in links:
            assert count_on(text_of(client, url)) == int(number), (query, url)


def test_chips_take_away_one_value_each(as_person: SignIn, listed: Listed) -> None:
    client = as_person(listed.county.reader)
    page = text_of(client, f"{listed.url}?status=ONGOING&status=DONE&q=om&sida=2")
    chips = re.findall(r'<a class="chip on" href="([^"]+)">.*?</span>([^<]+)<svg', page)
    assert [(url.partition("?")[2], label.strip()) for url, label in chips] == [
        ("status=ONGOING&status=DONE", "Ord: om"),
        ("q=om&status=DONE", "Status: Pågående"),
        ("q=om&status=ONGOING", "Status: Genomförd"),
    ]


def test_what_is_not_understood_is_told(as_person: SignIn, listed: Listed) -> None:
    answer = as_person(listed.county.reader).get(f"{listed.url}?status=<script>alert(1)</script>")
    page = answer.content.decode()
    assert "har hoppats över" in page
    assert "<script>alert" not in page
    assert count_on(page) == 5


@pytest.mark.parametrize("page", ["-1", "0", "99999", "x", "9" * 400, "1.5", "²", ""])
def test_a_page_that_is_not_there_is_the_nearest(
    as_person: SignIn, listed: Listed, page: str
) -> None:
    shown = text_of(as_person(listed.county.reader), f"{listed.url}?sida={page}")
    assert len(titles_on(shown)) == 5


def test_five_thousand_signs_are_cut_and_told(as_person: SignIn, listed: Listed) -> None:
    shown = text_of(as_person(listed.county.reader), f"{listed.url}?q={'a' * 5000}")
    assert count_on(shown) == 0
    assert "har hoppats över" in shown
    assert len(shown) < 60_000


def test_hundreds_of_values_do_no_harm(as_person: SignIn, listed: Listed) -> None:
    query = "&".join(f"natverk=x{n}" for n in range(900))
    assert count_on(text_of(as_person(listed.county.reader), f"{listed.url}?{query}")) == 5


def test_no_hits_offers_the_whole_list(as_person: SignIn, listed: Listed) -> None:
    shown = text_of(as_person(listed.county.reader), f"{listed.url}?q=finnsinte&sortera=namn")
    assert "Inga insatser stämmer med urvalet" in shown
    assert f'href="{listed.url}?sortera=namn">Visa alla insatser' in shown


def test_an_empty_list_says_what_will_be_here(as_person: SignIn, county: County) -> None:
    shown = text_of(as_person(county.alice), f"/{county.agreement.slug}/insatser/")
    assert "Här kommer insatserna att stå" in shown
    assert "Skriv in den första insatsen" in shown
    reader = text_of(as_person(county.reader), f"/{county.agreement.slug}/insatser/")
    assert "Ny insats" not in reader
    assert "Skriv in den första insatsen" not in reader


def test_chosen_columns_stand_in_the_order_of_the_table(as_person: SignIn, listed: Listed) -> None:
    shown = text_of(
        as_person(listed.county.reader), f"{listed.url}?kolumner=medverkar&kolumner=agare"
    )
    heads = re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)', shown)
    assert heads == ["Insats", "Ägare", "Medverkar"]
    assert "Åvestads kommun" in shown


def test_a_filter_lays_out_its_values_without_script(as_person: SignIn, listed: Listed) -> None:
    client = as_person(listed.county.reader)
    for name in ("natverk", "agare", "part", "behov", "orsak", "saknar", "omrade", "niva"):
        shown = text_of(client, f"{listed.url}?valj={name}&status=ONGOING")
        values = re.findall(rf'<input type="checkbox" name="{name}" value="([^"]+)"', shown)
        assert values, name
        assert '<input type="hidden" name="status" value="ONGOING">' in shown
        found = count_on(text_of(client, f"{listed.url}?{name}={values[0]}"))
        assert found >= 1 or name == "saknar", (name, values[0])


def test_a_draft_of_another_organisation_is_nowhere_on_the_page(
    as_person: SignIn, listed: Listed
) -> None:
    county = listed.county
    draft = make_initiative(
        county.agreement, "Hemligt utkast", owner=county.organisation, sharing="DRAFT"
    )
    make_initiative(title="Hemligt steg", parent=draft, by=county.alice)
    own = text_of(as_person(county.alice), listed.url)
    assert count_on(own) == 7
    assert "Utkast, inte delat" in own
    for other in (county.charlie, county.reader, county.doris):
        shown = text_of(as_person(other), listed.url)
        assert count_on(shown) == 5
        assert "Hemligt" not in shown


def test_withdrawn_initiatives_leave_the_list_at_once(as_person: SignIn, listed: Listed) -> None:
    client = as_person(listed.county.reader)
    assert count_on(text_of(client, listed.url)) == 5
    withdraw_initiative(initiative=listed.of["bare"], reason="Fel.", by=listed.county.doris)
    shown = text_of(client, listed.url)
    assert count_on(shown) == 4
    assert "Ännu obeskriven insats" not in shown


def test_pages_show_every_row_once_in_each_order(as_person: SignIn, listed: Listed) -> None:
    for number in range(PAGE_SIZE + 10):
        make_initiative(listed.county.agreement, f"Samma namn {number % 3}")
    client = as_person(listed.county.reader)
    for order in ("", "namn", "-namn", "status", "-agare", "nar", "natverk", "omrade", "-andrad"):
        shown = [
            link
            for page in (1, 2)
            for link in re.findall(
                r'<th scope="row"><a href="([^"]+)"',
                text_of(client, f"{listed.url}?sortera={order}&sida={page}"),
            )
        ]
        assert len(shown) == len(set(shown)) == PAGE_SIZE + 15, order


def test_the_number_of_queries_does_not_grow_with_the_rows(
    as_person: SignIn, county: County
) -> None:
    client = as_person(county.alice)
    columns = "&".join(f"kolumner={column.key}" for column in COLUMNS)
    make_user(name="Bo Ek")
    namesake = make_user(name="Bo Ek").person
    url = f"/{county.agreement.slug}/insatser/?{columns}"

    def more(number: int) -> None:
        for _n in range(number):
            made = make_initiative(
                county.agreement,
                owner=county.organisation,
                network=county.network,
                levels=[(county.levels[0], "STATED")],
                partners=[(county.other_organisation, "PARTNER")],
                status="PAUSED",
            )
            make_funding(made, instrument="Bidrag", funder=county.organisation)
            Contact.objects.create(
                record=made.record, person=namesake, valid_from=timezone.localdate()
            )

    def queries() -> int:
        client.get(url)  # counts are kept after the first look
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url).status_code == 200
        return len(caught)

    more(1)
    with_one = queries()
    more(2)
    assert queries() == with_one
    make_cause()
    make_initiatives(297, agreement=county.agreement)
    assert queries() == with_one <= 20


def test_contacts_are_asked_for_only_where_they_are_shown(
    as_person: SignIn, listed: Listed
) -> None:
    client = as_person(listed.county.reader)
    client.get(listed.url)
    with CaptureQueriesContext(connection) as caught:
        client.get(listed.url)
    assert not [one for one in caught if "people_contact" in one["sql"]]


def test_values_that_rule_one_another_out_are_a_choice_of_one(
    as_person: SignIn, listed: Listed
) -> None:
    shown = text_of(as_person(listed.county.reader), f"{listed.url}?valj=delar")
    assert re.findall(r'<input type="radio" name="delar" value="([^"]+)"', shown) == [
        "hela",
        "delar",
    ]
