"""What the agreements' pages say of the demo county."""

import pytest
from django.test import Client

from samhandling.apps.accounts.models import User
from tests.integration.numbers import follow_numbers

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def leader(demo_county_for_reading: None) -> Client:
    client = Client()
    client.force_login(User.objects.get(email="karin@example.org"))
    return client


def test_the_integration_agreement_says_what_the_county_knows_of_it(leader: Client):
    page = text_of(leader, "/overenskommelser/rok/")

    assert "Gäller den 30 november 2020" in page
    assert "22 november 2018" in page
    assert "Bosättning och mottagande" in page
    assert "Förhållandet är inte klarlagt" in page
    assert "samlingsord" in page
    assert "Hälsofrågor delvis hanterade i andra nätverk" in page
    assert "Källorna räknar inte upp målen." in page
    assert page.count("härlett<span") >= 2  # purpose and goal are inferred


def test_the_health_agreement_has_a_period_nobody_knows(leader: Client):
    page = text_of(leader, "/overenskommelser/htl/")

    assert "Okänt om den gäller den 30 november 2020" in page
    assert "Giltighetstiden framgår inte." in page
    assert "Återgivet med våra ord, inte den antagna texten." in page
    assert "Källorna namnger inga parter." in page
    assert page.count("<li id=") >= 25
    for word in ("Beslut:", "Koordinering:", "Genomförande:", "Sjukdagar", "Finns inte i källorna"):
        assert word in page


def test_every_number_of_an_agreement_opens_its_rows(leader: Client):
    for address in ("/overenskommelser/rok/", "/overenskommelser/htl/"):
        links, wrong = follow_numbers(leader, address)
        assert wrong == []
        assert links >= (4 if "rok" in address else 0)


def test_the_list_shows_each_agreement_and_the_countys_line_of_time(leader: Client):
    page = text_of(leader, "/overenskommelser/")

    assert page.index("Regional överenskommelse") < page.index("Hälsa, trygghet")
    assert "januari 2019 – <time" in page or "januari 2019</time> – " in page
    assert page.count('<li id="p-') == 18
