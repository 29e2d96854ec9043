"""The notice about personal data and the ways to write to somebody, signed in or not."""

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from samhandling.apps.agreements.models import Party
from samhandling.apps.organisations.services import state_controller
from samhandling.apps.privacy.holdings import HOLDINGS
from samhandling.web.workspace.about.personal_data import kinds
from tests.factories import County, make_county, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return make_county()


def read(client: Client, name: str) -> str:
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    return answer.content.decode()


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1])).split())


def test_every_kind_says_what_why_and_for_how_long() -> None:
    told = {str(kind.title): kind for kind in kinds()}
    assert len(told) == len(HOLDINGS)
    assert [kind.title for kind in told.values() if not (str(kind.purpose) and kind.ends)] == []
    assert told["Andra steg"].ends == [
        "Tas bort 90 dagar efter personens sista dag (eller dagen då den skrevs in, om det var "
        "senare). Utan sista dag räknas dagen då inloggningen stängdes."
    ]
    assert told["Det personen har gjort"].ends[0].startswith("Bevaras: loggen")


def test_it_says_who_sees_it_and_what_is_kept_beside_the_database(client: Client) -> None:
    said = words(read(client, "about:personal_data"))
    assert "Utanför Samhandling finns serverns loggar" in said
    assert "säkerhetskopior av allt" in said
    assert "sina inloggningar: tid, IP-adress och webbläsare." in said
    assert "Vem som ser uppgifterna" in said
    assert "De som driver servern kommer åt allt." in said


def test_the_mail_period_is_the_installations_own(settings: Settings) -> None:
    settings.OUTBOX_DAYS = 5
    [post] = [kind for kind in kinds() if str(kind.title) == "Post"]
    assert " 5 dagar efter " in post.ends[0]


def test_it_is_read_signed_out_and_tells_unknown_as_unknown(client: Client, county: County) -> None:
    party = make_organisation("Bålsta förbund")
    Party.objects.create(agreement=county.agreement, actor=party)
    make_organisation("Utan del i något")
    state_controller(
        organisation=county.organisation,
        data_controller="Kommunstyrelsen",
        officer_email="dataskydd@example.org",
        by=county.doris,
    )
    page = read(client, "about:personal_data")
    said = words(page)
    assert "Ängköpings kommun Kommunstyrelsen exempeldata dataskydd@example.org" in said
    assert "Bålsta förbund Okänt Okänt" in said
    assert "Utan del i något" not in said
    assert "artikel 26" in said
    assert "klaga hos Integritetsskyddsmyndigheten (IMY)" in said
    assert "Mitt konto, Allt som finns om dig" in said
    assert "står det i loggen vem som gjorde det och varför" in said
    assert reverse("privacy:mine") not in page
    client.force_login(county.reader)
    assert reverse("privacy:mine") in read(client, "about:personal_data")


@pytest.mark.parametrize("name", ["accessibility", "records", "personal_data"])
def test_without_an_address_of_its_own_the_page_names_the_coordinating_office(
    client: Client, county: County, settings: Settings, name: str
) -> None:
    settings.SUPPORT_EMAIL, settings.DEMO_DAY = "", None
    assert "Säg till den som bjöd in dig" in words(read(client, f"about:{name}"))
    office = make_organisation("Länskansliet", email="kansli@example.org", phone="010-1")
    county.agreement.followed_up_by = office
    county.agreement.save()
    page = read(client, f"about:{name}")
    assert "Länskansliet, kansli@example.org , telefon 010-1" in words(page)
    assert "localhost" not in page.split("<main", 1)[1]
    settings.DEMO_DAY = date(2020, 11, 30)
    assert "Länskansliet" not in read(client, f"about:{name}")
    settings.DEMO_DAY = None
    settings.SUPPORT_EMAIL = "stod@example.org"
    page = read(client, f"about:{name}")
    assert 'href="mailto:stod@example.org"' in page
    assert "Länskansliet" not in page


def test_the_accessibility_statement_has_its_day_method_and_supervisor(client: Client) -> None:
    said = words(read(client, "about:accessibility"))
    assert "Redogörelsen sågs över den 22 november 2026." in said
    assert "delvis är förenlig med lagen" in said
    assert "axe-core" in said
    assert "Myndigheten för digital förvaltning" in said
    client.cookies["django_language"] = "en"
    assert "The statement was reviewed on" in words(read(client, "about:accessibility"))
