"""What stands round every page: navigation, chosen agreement, banner, foot; and the open pages."""

from datetime import date

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import include, path
from pytest_django.asserts import assertContains, assertNotContains
from pytest_django.fixtures import Settings

from samhandling.apps.accounts.models import Person, RoleGrant, User
from samhandling.apps.agreements.models import Agreement, Definition
from samhandling.apps.records.models import Record, RecordKind


def page(request: HttpRequest, agreement: str = "") -> HttpResponse:
    """A page that says nothing but what stands round it."""
    return render(request, "workspace/layout.html")


def area(name: str, *patterns: object) -> object:
    return path("", include((list(patterns), name)))


urlpatterns = [
    area("overview", path("<slug:agreement>/oversikt/", page, name="index")),
    area("initiatives", path("<slug:agreement>/insatser/", page, name="list")),
    area("actors", path("natverk-och-aktorer/", page, name="list")),
    path("", include("samhandling.config.urls")),
]


def make_agreement(slug: str, title: str) -> Agreement:
    record = Record.objects.create(kind=RecordKind.AGREEMENT, title=title)
    return Agreement.objects.create(
        record=record, slug=slug, short_name=slug.upper(), focus_area_term="insatsområde"
    )


@pytest.fixture
def person(db: None) -> User:
    person = Person.objects.create(name="Karin <Exempel>")
    RoleGrant.objects.create(person=person, role="READER")
    return User.objects.create(email="karin@exempel.se", person=person)


@pytest.fixture
def signed_in(client: Client, person: User, settings: Settings) -> Client:
    settings.ROOT_URLCONF = __name__
    make_agreement("rok", "Integration och etablering")
    make_agreement("htl", "Hälsa och trygghet")
    client.force_login(person)
    return client


def test_the_line_of_the_page_one_is_on_is_marked(signed_in: Client) -> None:
    said = signed_in.get("/rok/insatser/")
    assertContains(said, '<a href="/rok/insatser/" aria-current="page">Insatser</a>', html=True)
    assertContains(said, '<a href="/rok/oversikt/">Översikt</a>', html=True)


def test_the_chosen_agreement_is_the_one_in_the_address_and_is_remembered(
    signed_in: Client,
) -> None:
    assertContains(signed_in.get("/natverk-och-aktorer/"), 'href="/rok/insatser/"')
    assertContains(signed_in.get("/htl/oversikt/"), 'href="/htl/insatser/"')
    remembered = signed_in.get("/natverk-och-aktorer/")
    assertContains(remembered, 'href="/htl/insatser/"')
    assertContains(remembered, '<a href="/htl/oversikt/" aria-current="true">')


def test_an_address_with_an_agreement_that_does_not_exist_chooses_none(signed_in: Client) -> None:
    assertContains(signed_in.get("/finns-inte/insatser/"), 'href="/rok/insatser/"')


def test_without_any_agreement_the_lines_that_need_one_are_left_out(
    client: Client, person: User, settings: Settings
) -> None:
    settings.ROOT_URLCONF = __name__
    client.force_login(person)
    said = client.get("/natverk-och-aktorer/")
    assertContains(said, ">Nätverk och aktörer</a>")
    assertNotContains(said, ">Insatser</a>")


def test_the_person_is_named_escaped_and_signs_out_by_post(signed_in: Client) -> None:
    said = signed_in.get("/rok/insatser/")
    assertContains(said, "Karin &lt;Exempel&gt;")
    assertContains(said, 'method="post" action="/konto/logga-ut/"')


def test_the_frame_costs_eight_queries(
    signed_in: Client, django_assert_num_queries: object
) -> None:
    signed_in.get("/rok/insatser/")
    # session, user, the person's name, three for the roles, the agreements, the unread notices
    with django_assert_num_queries(8):  # type: ignore[operator]
        signed_in.get("/rok/insatser/")


def test_the_demos_day_is_told_on_every_page_and_only_in_a_demo(
    client: Client, db: None, settings: Settings
) -> None:
    settings.DEMO_DAY = date(2020, 11, 30)
    assertContains(client.get("/om-uppgifterna/"), "Läget den 30 november 2020.")
    settings.DEMO_DAY = None
    said = client.get("/om-uppgifterna/")
    assertNotContains(said, 'class="demo-day"')
    assertContains(said, "Inget i den här installationen ska vara påhittat.")


@pytest.mark.parametrize("address", ["/om-uppgifterna/", "/ordlista/", "/tillganglighet/"])
def test_the_pages_about_samhandling_are_open_and_each_leads_to_the_others(
    client: Client, db: None, address: str
) -> None:
    said = client.get(address)
    assert said.status_code == 200
    for other in ("/om-uppgifterna/", "/ordlista/", "/tillganglighet/"):
        assertContains(said, f'href="{other}"')
    assertNotContains(said, 'id="meny"')


def test_the_address_to_write_to_is_the_installations_own(
    client: Client, db: None, settings: Settings
) -> None:
    settings.SUPPORT_EMAIL = "stod@lan.example"
    for address in ("/om-uppgifterna/", "/tillganglighet/"):
        assertContains(client.get(address), 'href="mailto:stod@lan.example"')


def test_the_agreements_own_words_are_for_those_who_are_signed_in(signed_in: Client) -> None:
    agreement = Agreement.objects.get(slug="rok")
    record = Record.objects.create(kind=RecordKind.DEFINITION, title="nyanländ")
    Definition.objects.create(record=record, agreement=agreement, text="Mottagen i en kommun.")
    assertContains(signed_in.get("/ordlista/"), "Mottagen i en kommun.")
    signed_in.logout()
    assertNotContains(signed_in.get("/ordlista/"), "Mottagen i en kommun.")


def test_the_language_can_be_changed_and_the_page_says_which_it_is(
    client: Client, db: None
) -> None:
    assertContains(client.get("/ordlista/"), '<html lang="sv">')
    answer = client.post("/sprak/", {"language": "en", "next": "/ordlista/"})
    assert answer["Location"] == "/ordlista/"
    assertContains(client.get("/ordlista/"), '<html lang="en">')


@pytest.mark.parametrize("name", ["400", "403_csrf", "500", "503"])
def test_error_pages_need_neither_a_database_nor_a_request(name: str) -> None:
    said = render_to_string(f"{name}.html")
    assert said.count("<h1>") == 1
    assert "data-draft-keep" in said


def test_error_pages_do_not_ask_who_is_there() -> None:
    class Unreachable:
        def __getattr__(self, name: str) -> object:
            raise OperationalError(name)

    request = RequestFactory().get("/rok/insatser/")
    request.user = request.session = Unreachable()  # type: ignore[assignment]
    assert "går inte att nå just nu" in render(request, "503.html").content.decode()


def test_the_page_that_cannot_be_reached_says_why() -> None:
    assert "Disken &lt;full&gt;" in render_to_string("503.html", {"reason": "Disken <full>"})


def test_a_page_that_is_missing_keeps_the_frame(signed_in: Client) -> None:
    said = signed_in.get("/finns/inte/alls/")
    assert said.status_code == 404
    assertContains(said, "Sidan finns inte", status_code=404)
    assertContains(said, 'id="meny"', status_code=404)


def test_no_page_has_inline_script_or_style(signed_in: Client) -> None:
    for address in ("/rok/insatser/", "/om-uppgifterna/", "/ordlista/", "/tillganglighet/"):
        text = signed_in.get(address).content.decode()
        assert " style=" not in text
        assert "<style" not in text
        assert text.count("<script") == text.count("<script src=")
        assert " onclick=" not in text


def test_the_gallery_is_not_there_outside_debug(signed_in: Client) -> None:
    assert signed_in.get("/galleri/").status_code == 404
