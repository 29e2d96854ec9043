"""The demo county's follow-up: its values, its numbers, and 2021 that leaves 2020 as it was."""

import re

import pytest
from django.test import Client

from samhandling.apps.accounts.models import User
from samhandling.apps.agreements.models import Agreement, CollaborationLevel
from samhandling.apps.followup import services
from samhandling.apps.followup.models import NetworkReport, Recommendation
from samhandling.apps.followup.selectors import untold_of
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import record_status
from samhandling.apps.organisations.models import CollaborationBody
from samhandling.apps.records.models import Record
from samhandling.apps.records.services import add_quantity
from samhandling.apps.reporting.material import gather
from tests.factories import make_initiative
from tests.integration.numbers import follow_numbers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_county_for_reading")]


@pytest.fixture
def karin() -> User:
    """The process leader of the demo county."""
    return User.objects.get(email="karin@example.org")


@pytest.fixture
def page_of(client: Client, karin: User):
    """The text of a page as the process leader sees it, without what differs at every request."""
    client.force_login(karin)

    def read(address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 200, address
        text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
        return re.sub(r"X-CSRFToken[^}]+}|(?<=grund-)\w+|(?<=ord-)\w+", "", text)

    return read


@pytest.mark.parametrize(
    ("key", "networks"), [("I-01", "Flyktinghandläggarnätverket"), ("I-09", "FIA, ReSam")]
)
def test_an_initiative_names_every_network_that_tells_of_it(page_of, key: str, networks: str):
    found = Initiative.objects.get(record__source_key=key)
    page = re.sub(r"<[^>]+>", "", page_of(f"/insatser/{found.uid}/"))
    assert f"Rapporteras av {networks}\n" in page or f"Rapporteras av {networks} " in page


def test_the_round_of_2020_shows_what_the_sources_tell(page_of):
    page = page_of("/rok/uppfoljning/2020/")

    assert "januari–november 2020" in page
    assert "6 nätverk</a> har berättat" in page
    assert "4 lärdomar</a>" in page
    assert "8 rekommendationer</a>" in page
    assert "(7 intervjuade)" in page
    assert "Publicerat: ”de flesta”." in page
    assert page.count("Väntar på svar.</p>") == 8
    assert "Hälsa, trygghet och goda livsvillkor" in page  # the good example's agreement


def test_the_round_lists_what_nobody_has_told_of_for_the_year(page_of, client: Client):
    assert "Alla delade insatser är redovisade för året." in page_of("/rok/uppfoljning/2020/")
    network = CollaborationBody.objects.by_key("N-FIA")
    new = {"title": "Språkcafé i Tierp", "network": network.uid, "sharing": "SHARED"}
    assert client.post("/rok/insatser/ny/", new).status_code == 302
    agreement = Agreement.objects.get(slug="rok")
    make_initiative(agreement, "Ett utkast", network=network, sharing="DRAFT")

    page = page_of("/rok/uppfoljning/2020/").partition('id="oredovisade"')[2]
    rows = page.partition("</table>")[0]

    made = Record.objects.get(title="Språkcafé i Tierp")
    assert 'data-count="1"' in rows
    assert f'href="/insatser/{made.uid}/"' in rows
    assert f'href="/rok/uppfoljning/2020/natverk/{network.uid}/"' in rows
    assert "Ett utkast" not in rows


def test_the_round_and_its_report_agree_on_what_is_untold(karin: User):
    agreement = Agreement.objects.get(slug="rok")
    new = services.start_round(agreement=agreement, year=2021, by=karin)
    by_key = Initiative.objects.by_key
    for key in ("I-02b", "I-26"):  # a part of I-02, and the twin of I-09
        services.tell_initiative(round=new, initiative=by_key(key), told="", by=karin)
    make_initiative(agreement, "Ett utkast", sharing="DRAFT")

    untold = {one.record.source_key for one in untold_of(new)}

    assert untold == {one.record.source_key for one in gather(new.pk).untold}
    assert {"I-01", "I-08"} <= untold
    assert not {"I-02", "I-02b", "I-09", "I-22", "I-26"} & untold


def test_a_recommendation_numbered_as_its_lesson_says_the_number_as_the_lessons(page_of):
    Recommendation.objects.filter(record__source_key="R-3").update(number=9)

    page = page_of("/rok/uppfoljning/2020/")

    assert re.findall(r'<p class="saying"><span[^>]*>(\d+)\.', page) == ["9"]
    assert re.findall(r">(lärdom \d)</a>", page) == [
        *["lärdom 1"] * 2,
        *["lärdom 2"] * 2,
        "lärdom 3",
        "lärdom 4",
    ]


@pytest.mark.parametrize(
    "address", ["/rok/uppfoljning/", "/rok/uppfoljning/2020/", "/htl/uppfoljning/"]
)
def test_every_number_of_the_follow_up_opens_its_rows(client: Client, karin: User, address: str):
    client.force_login(karin)

    links, wrong = follow_numbers(client, address)

    assert wrong == []
    assert links > 3 or address.startswith("/htl")


def test_recommendations_can_be_shown_by_what_was_answered(page_of, karin: User):
    held = Recommendation.objects.by_key("R-4")
    services.respond_to_recommendation(
        recommendation=held, answer="ACCEPTED", reason="Rådet är enigt", by=karin
    )

    assert 'id="rekommendationer" data-count="7"' in page_of("/rok/uppfoljning/2020/?svar=saknas")
    accepted = page_of("/rok/uppfoljning/2020/?svar=antas")
    assert 'id="rekommendationer" data-count="1"' in accepted
    assert "Rådet är enigt" in accepted
    assert "7 rekommendationer från uppföljningen 2020" in page_of("/rok/oversikt/")


@pytest.mark.parametrize(
    "key",
    ["L-1", "R-5", "M-2", "AP-1", "I-53"],
    ids=["lesson", "advice", "note", "finding", "round"],
)
def test_every_record_of_a_round_has_an_address_that_leads_to_it(
    client: Client, karin: User, key: str
):
    record = Record.objects.get(source_key=key)
    client.force_login(karin)

    answer = client.get(f"/post/{record.uid}/")

    assert answer["Location"] == f"/rok/uppfoljning/2020/#p-{record.uid}"
    assert f'id="p-{record.uid}"' in client.get(answer["Location"]).content.decode()


def test_filling_in_2021_leaves_the_pages_of_2020_as_they_were(page_of, karin: User):
    agreement = Agreement.objects.get(slug="rok")
    before = page_of("/rok/uppfoljning/2020/")
    told_address = f"/rok/uppfoljning/2020/natverk/{_body().uid}/"
    told_before = page_of(told_address)

    started = services.start_round(agreement=agreement, year=2021, by=karin)
    report = NetworkReport.objects.get(round=started, body=_body())
    level = CollaborationLevel.objects.get(agreement=agreement, order=3)
    report.levels.create(level=level, basis="STATED")
    report.statements.create(kind="ASSESSMENT", text="Året 2021 gick trögt")
    moved = Initiative.objects.by_key("I-02b")
    record_status(initiative=moved, status="DONE", told_for_year=2021, by=karin)
    add_quantity(about=moved.record, measure="deltagare", value=12, told_for_year=2021, by=karin)
    services.create_lesson(round=started, number=1, title="Ny lärdom 2021", by=karin)
    services.create_recommendation(round=started, text="Nytt råd 2021", by=karin)

    assert page_of("/rok/uppfoljning/2020/") == before
    after = page_of("/rok/uppfoljning/2021/")
    assert "Ny lärdom 2021" in after
    assert "Bra verktyg" not in after
    assert "Viktigt dialogforum." in told_before
    assert "Uppskjuten" in told_before
    assert page_of(told_address) == told_before
    told_2021 = page_of(told_address.replace("2020", "2021"))
    assert "Året 2021 gick trögt" in told_2021
    assert "Viktigt dialogforum." not in told_2021


def test_the_overview_shows_the_last_levels_told_when_a_new_year_is_still_empty(
    page_of, karin: User
):
    before = page_of("/rok/oversikt/").count("of-network")

    services.start_round(agreement=Agreement.objects.get(slug="rok"), year=2021, by=karin)

    page = page_of("/rok/oversikt/")
    assert page.count("of-network") == before
    assert '<span class="under">2020</span>' in page


def test_the_new_round_does_not_ask_the_network_that_was_closed(karin: User):
    started = services.start_round(agreement=Agreement.objects.get(slug="rok"), year=2021, by=karin)

    names = [report.body.title for report in started.network_reports.all()]

    assert len(names) == 5
    assert "Forum för samverkan (FoSam)" not in names


def _body():
    return Initiative.objects.by_key("I-02").network


@pytest.mark.one_database
def test_the_numbers_still_hold_when_an_empty_year_has_been_started(client: Client, karin: User):
    services.start_round(agreement=Agreement.objects.get(slug="rok"), year=2021, by=karin)
    client.force_login(karin)

    for address in ("/rok/uppfoljning/", "/rok/uppfoljning/2021/", "/rok/oversikt/"):
        assert follow_numbers(client, address)[1] == []
