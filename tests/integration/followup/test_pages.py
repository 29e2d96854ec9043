"""The follow-up's pages and forms: who reaches them, what they keep, what they cost."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samhandling.apps.audit.models import Event
from samhandling.apps.followup import services
from samhandling.apps.followup.models import FollowUpRound, InitiativeReport, Lesson, Recommendation
from samhandling.apps.followup.selectors import contents_of, summaries, year_followed_up
from samhandling.web import clock
from samhandling.web.history_sentences import sentences
from tests.browsing import version_at
from tests.factories import County, make_body, make_county, make_initiative, make_need, make_round

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NASTY = "<script>alert('x')</script>\"><img src=x>"


@pytest.fixture
def county() -> County:
    """A county with one round."""
    made = make_county()
    make_round(made.agreement, 2020)
    return made


def round_of(county: County):
    """The county's only round."""
    return county.agreement.rounds.get()


def fill(county: County, number: int) -> None:
    """That many lessons, recommendations with answers, and networks that have told."""
    held = round_of(county)
    for n in range(number):
        need = make_need(county.agreement)
        lesson = services.create_lesson(
            round=held,
            number=Lesson.objects.count() + 1,
            title=f"Lärdom {n}",
            points=[("PLUS", "bra"), ("MINUS", "mindre bra")],
            evidence=[need.record],
            by=county.doris,
        )
        advice = services.create_recommendation(
            round=held, text=f"Råd {n}", lesson=lesson, origin=need.record, by=county.doris
        )
        services.respond_to_recommendation(
            recommendation=advice,
            answer="ACCEPTED",
            reason="Ja",
            given_by=county.network,
            by=county.doris,
        )
        services.create_network_report(
            round=held, body=make_body(), approach="ORDINARY_MANDATE", by=county.doris
        )


@pytest.mark.parametrize("address", ["/rok/uppfoljning/", "/rok/uppfoljning/2020/"])
def test_the_cost_of_a_page_does_not_grow_with_what_it_holds(
    client: Client, county: County, address: str
):
    client.force_login(county.doris)
    costs = []
    for more in (1, 2, 20):
        fill(county, more)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        costs.append(len(queries))

    assert costs[0] == costs[1] == costs[2] <= 45, costs


def test_the_signed_out_are_led_to_the_sign_in(client: Client, county: County):
    for address in (
        "/rok/uppfoljning/",
        "/rok/uppfoljning/2020/",
        "/rok/uppfoljning/2020/ny-lardom/",
    ):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/konto/logga-in/")


def test_those_who_may_not_write_find_no_forms_and_no_links_to_them(client: Client, county: County):
    fill(county, 1)
    lesson, advice = Lesson.objects.get(), Recommendation.objects.get()
    client.force_login(county.bob)

    page = client.get("/rok/uppfoljning/2020/").content.decode()
    assert "Ny lärdom" not in page
    assert "Skriv svaret" not in page
    for address in (
        "/rok/uppfoljning/2020/ny-lardom/",
        "/rok/uppfoljning/2020/ny-rekommendation/",
        f"/lardomar/{lesson.uid}/redigera/",
        f"/rekommendationer/{advice.uid}/redigera/",
        f"/rekommendationer/{advice.uid}/svara/",
    ):
        assert client.get(address).status_code == 404, address
        assert client.post(address, {"title": "x"}).status_code == 404, address
    assert client.post("/rok/uppfoljning/starta/").status_code == 404


def test_rounds_agreements_and_lessons_that_are_not_there_are_not_found(
    client: Client, county: County
):
    client.force_login(county.doris)

    for address in (
        "/finns-inte/uppfoljning/",
        "/rok/uppfoljning/2031/",
        "/lardomar/bcdfghjkmnpq/redigera/",
        "/rekommendationer/bcdfghjkmnpq/svara/",
    ):
        assert client.get(address).status_code == 404, address
    assert client.get("/rok/uppfoljning/starta/").status_code == 405


def test_a_lesson_is_written_numbered_and_shown(client: Client, county: County):
    need = make_need(county.agreement, "Mandat saknas")
    client.force_login(county.doris)

    answer = client.post(
        "/rok/uppfoljning/2020/ny-lardom/",
        {
            "title": "Samverkan behöver mandat",
            "plus": "ger helhetsbild\n\n når många ",
            "minus": "saknar mandat",
            "evidence": [str(need.pk)],
        },
    )

    lesson = Lesson.objects.get()
    assert answer["Location"] == f"/rok/uppfoljning/2020/#p-{lesson.uid}"
    assert (lesson.number, lesson.title) == (1, "Samverkan behöver mandat")
    assert list(lesson.points.values_list("sign", "text")) == [
        ("PLUS", "ger helhetsbild"),
        ("PLUS", "når många"),
        ("MINUS", "saknar mandat"),
    ]
    page = client.get("/rok/uppfoljning/2020/").content.decode()
    assert "1. Samverkan behöver mandat" in page
    assert "Mandat saknas" in page


def test_looking_for_evidence_keeps_what_was_typed_and_saves_nothing(
    client: Client, county: County
):
    make_need(county.agreement, "Kommunerna saknar resurser")
    client.force_login(county.doris)

    page = client.post(
        "/rok/uppfoljning/2020/ny-lardom/",
        {"title": "", "plus": "halvskriven tanke", "words": "resurser", "sok_underlag": "1"},
    ).content.decode()

    assert "halvskriven tanke" in page
    assert "Kommunerna saknar resurser" in page
    assert "fault" not in page
    assert not Lesson.objects.exists()


def test_a_draft_need_of_others_can_neither_be_found_nor_tied(client: Client, county: County):
    secret = make_need(
        county.agreement, "Hemligt behov", sharing="DRAFT", owner=county.organisation,
        by=county.alice,
    )  # fmt: skip
    client.force_login(county.doris)
    address = "/rok/uppfoljning/2020/ny-lardom/"

    found = client.post(address, {"title": "x", "words": "hemligt", "sok_underlag": "1"})
    tied = client.post(address, {"title": "x", "evidence": [str(secret.pk)]})

    assert "Hemligt behov" not in found.content.decode()
    assert "Hemligt behov" not in tied.content.decode()
    assert not Lesson.objects.exists()


def test_a_draft_that_a_recommendation_comes_from_is_named_only_to_its_owner(
    client: Client, county: County
):
    secret = make_need(
        county.agreement, "Hemligt behov", sharing="DRAFT", owner=county.organisation,
        by=county.alice,
    )  # fmt: skip
    services.create_recommendation(
        round=round_of(county), text="Ge mandat", origin=secret.record, by=county.doris
    )

    for user, is_named in ((county.alice, True), (county.charlie, False)):
        client.force_login(user)
        page = client.get("/rok/uppfoljning/2020/").content.decode()
        assert ("Hemligt behov" in page) is is_named


def test_what_the_writer_may_not_see_stays_tied_when_they_save(client: Client, county: County):
    secret = make_need(
        county.agreement, "Hemligt behov", sharing="DRAFT", owner=county.organisation,
        by=county.alice,
    )  # fmt: skip
    lesson = services.create_lesson(
        round=round_of(county), number=1, title="Lärdom", points=[], evidence=[secret.record],
        by=county.doris,
    )  # fmt: skip
    advice = services.create_recommendation(
        round=round_of(county), text="Ge mandat", origin=secret.record, by=county.doris
    )
    client.force_login(county.doris)

    for address, anew in (
        (f"/lardomar/{lesson.uid}/redigera/", {"title": "Lärdom igen"}),
        (f"/rekommendationer/{advice.uid}/redigera/", {"text": "Ge mandat igen"}),
    ):
        assert "Hemligt behov" not in client.get(address).content.decode()
        client.post(address, anew | version_at(client, address))

    lesson.refresh_from_db()
    advice.refresh_from_db()
    assert (lesson.title, list(lesson.evidence.all())) == ("Lärdom igen", [secret.record])
    assert (advice.title, advice.origin) == ("Ge mandat igen", secret.record)


def test_a_faulty_answer_keeps_what_was_typed(client: Client, county: County):
    fill(county, 1)
    advice = Recommendation.objects.get()
    client.force_login(county.doris)

    answer = client.post(
        f"/rekommendationer/{advice.uid}/svara/",
        {"answer": "PARTLY", "reason": "Ett långt skäl", "when": "någon gång 32 mars"},
    )

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Ett långt skäl" in page
    assert "någon gång 32 mars" in page
    assert advice.responses.count() == 1


def test_an_answer_has_been_given(client: Client, county: County):
    fill(county, 1)
    advice = Recommendation.objects.get()
    client.force_login(county.doris)

    answer = client.post(
        f"/rekommendationer/{advice.uid}/svara/",
        {"answer": "PARTLY", "reason": "Ett långt skäl", "when": "2190"},
    )

    page = answer.content.decode()
    assert "Tiden har inte kommit än." in page
    assert 'id="id_when_error"' in page
    assert "Ett långt skäl" in page
    assert advice.responses.count() == 1


def test_an_answer_is_shown_with_its_reason_and_who_gave_it(client: Client, county: County):
    held = services.create_recommendation(round=round_of(county), text="Ge mandat", by=county.doris)
    client.force_login(county.doris)

    client.post(
        f"/rekommendationer/{held.uid}/svara/",
        {
            "answer": "PARTLY",
            "reason": "Först efter beredning",
            "given_by": county.network.pk,
            "when": "november 2020",
        },
    )

    page = client.get("/rok/uppfoljning/2020/").content.decode()
    assert "Antas delvis" in page
    assert "Först efter beredning" in page
    assert "november 2020" in page


def test_a_recommendation_is_written_and_changed(client: Client, county: County):
    fill(county, 1)
    lesson = Lesson.objects.get()
    client.force_login(county.doris)

    client.post(
        "/rok/uppfoljning/2020/ny-rekommendation/",
        {"text": "Beskriv ansvaret", "lesson": lesson.pk, "applies_to": "efter 2021"},
    )
    made = Recommendation.objects.get(record__title="Beskriv ansvaret")
    assert (made.number, made.applies_to) == (lesson.number, "efter 2021")

    page = f"/rekommendationer/{made.uid}/redigera/"
    anew = {"text": "Beskriv ansvaret tydligt", "addressee": county.network.pk}
    client.post(page, anew | version_at(client, page))
    made.refresh_from_db()
    assert (made.title, made.number, made.addressee_id) == (
        "Beskriv ansvaret tydligt",
        None,
        county.network.pk,
    )


def test_the_next_year_is_started_with_a_button(client: Client, county: County):
    client.force_login(county.doris)

    offered = client.get("/rok/uppfoljning/").content.decode()
    assert '<input type="hidden" name="year" value="2021">' in offered

    answer = client.post("/rok/uppfoljning/starta/", {"year": "2021"})

    assert answer["Location"] == "/rok/uppfoljning/2021/"
    assert "Uppföljning 2021" in client.get("/rok/uppfoljning/").content.decode()


@pytest.mark.parametrize(
    ("year", "said"),
    [
        ("2020", "Uppföljningen 2020 finns redan."),
        (
            "2022",
            "Uppföljningen 2022 kan inte startas än.",
        ),
        ("", ""),
    ],
)
def test_only_the_year_that_was_offered_is_started(
    client: Client, county: County, monkeypatch: pytest.MonkeyPatch, year: str, said: str
):
    monkeypatch.setattr(clock, "today", lambda: date(2020, 11, 30))
    client.force_login(county.doris)

    page = client.post("/rok/uppfoljning/starta/", {"year": year}, follow=True).content.decode()

    assert said in page
    assert [one.year for one in FollowUpRound.objects.all()] == [2020]


def test_no_year_after_the_next_is_offered(
    client: Client, county: County, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(clock, "today", lambda: date(2019, 11, 30))
    client.force_login(county.doris)
    assert "Starta uppföljningen" not in client.get("/rok/uppfoljning/").content.decode()


def test_a_round_started_by_mistake_is_withdrawn_and_restored(client: Client, county: County):
    started = services.start_round(agreement=county.agreement, year=2021, by=county.doris)
    services.create_network_report(round=started, body=county.network, by=county.doris)
    client.force_login(county.doris)
    on_its_page = f'href="/rok/uppfoljning/2021/natverk/{county.network.uid}/"'
    assert on_its_page in client.get(f"/natverk/{county.network.uid}/").text
    assert f"/post/{started.uid}/dra-tillbaka/" in client.get("/rok/uppfoljning/2021/").text

    gone = client.post(f"/post/{started.uid}/dra-tillbaka/", {"reason": "Fel år"}, follow=True)

    assert "Fel år" in gone.text
    listed = client.get("/rok/uppfoljning/").text
    assert f"/post/{started.uid}/" in listed
    assert "Starta uppföljningen" not in listed
    again = client.post("/rok/uppfoljning/starta/", {"year": "2021"}, follow=True).text
    assert "Uppföljningen 2021 är tillbakadragen. Återställ den i stället" in again
    assert on_its_page not in client.get(f"/natverk/{county.network.uid}/").text
    client.post(f"/post/{started.uid}/aterstall/")
    assert client.get("/rok/uppfoljning/2021/").status_code == 200


def test_a_round_with_something_in_it_is_not_withdrawn(client: Client, county: County):
    started = services.start_round(agreement=county.agreement, year=2021, by=county.doris)
    services.create_network_report(
        round=started, body=county.network, approach_text="Efter plan", by=county.doris
    )
    client.force_login(county.doris)

    assert "dra-tillbaka" not in client.get("/rok/uppfoljning/2021/").text
    told = client.post(f"/post/{started.uid}/dra-tillbaka/", {"reason": "Fel år"}).text

    assert "Uppföljningen 2021 har fått innehåll och kan inte dras tillbaka." in told
    assert FollowUpRound.objects.live().filter(year=2021).exists()


def test_what_is_started_in_english_has_a_swedish_name_and_an_english_one(
    client: Client, county: County
):
    client.force_login(county.doris)
    client.post("/rok/uppfoljning/starta/", {"year": "2021"}, HTTP_ACCEPT_LANGUAGE="en")
    client.post("/rok/rapporter/ny/", {"year": "2021"}, HTTP_ACCEPT_LANGUAGE="en")

    made = FollowUpRound.objects.get(year=2021)
    assert (made.title, made.record.title_en) == ("Uppföljning 2021", "Follow-up 2021")
    report = made.written_reports.get()
    assert report.title == "Uppföljningsrapport 2021"
    assert report.record.title_en == "Follow-up report 2021"


def test_own_words_are_shown_and_count_as_told_where_the_way_of_working_is_unknown(
    client: Client, county: County
):
    report = services.create_network_report(
        round=round_of(county), body=county.network, approach_text="Efter egen plan",
        by=county.doris,
    )  # fmt: skip
    client.force_login(county.doris)

    for address in (
        "/rok/uppfoljning/2020/",
        f"/rok/uppfoljning/2020/natverk/{county.network.uid}/",
        f"/natverk/{county.network.uid}/",
    ):
        assert "Efter egen plan" in client.get(address).text, address
    assert [line.report for line in contents_of(round_of(county)).told] == [report]
    assert summaries(county.agreement)[0].told == 1


@pytest.mark.parametrize("what", ["needs", "plans"])
def test_needs_and_plans_count_as_told(county: County, what: str):
    made = {
        "needs": lambda: make_need(county.agreement),
        "plans": lambda: make_initiative(county.agreement),
    }[what]()
    services.create_network_report(
        round=round_of(county), body=county.network, by=county.doris, **{what: [made]}
    )
    assert len(contents_of(round_of(county)).told) == 1
    assert summaries(county.agreement)[0].told == 1


def test_hostile_markup_is_shown_as_text(client: Client, county: County):
    lesson = services.create_lesson(
        round=round_of(county),
        number=1,
        title=NASTY,
        points=[("PLUS", NASTY), ("MINUS", NASTY), ("ARGUMENT", NASTY)],
        good_example=NASTY,
        by=county.doris,
    )
    advice = services.create_recommendation(
        round=round_of(county), text=NASTY, lesson=lesson, applies_to=NASTY, by=county.doris
    )
    services.respond_to_recommendation(
        recommendation=advice, answer="REJECTED", reason=NASTY, by=county.doris
    )
    client.force_login(county.doris)

    for address in (
        "/rok/uppfoljning/2020/",
        f"/lardomar/{lesson.uid}/redigera/",
        f"/rekommendationer/{advice.uid}/redigera/",
        f"/rekommendationer/{advice.uid}/svara/",
        "/rok/oversikt/",
    ):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address


def test_a_started_round_is_filled_in_and_its_state_moved(client: Client, county: County):
    held = round_of(county)
    client.force_login(county.doris)
    address = "/rok/uppfoljning/2020/redigera/"
    shown = client.get("/rok/uppfoljning/2020/").text
    assert shown.count(f'class="fill-in" href="{address}"') == 3
    assert "Det skrivs i avsnittet Metod i årets rapport, när den är" in shown

    form = {
        "state": "REVIEWING",
        "task_giver": county.network.uid,
        "carried_out_by": county.organisation.uid,
        "next_step": "Rapport till rådet",
    }

    answer = client.post(address, {**form, **version_at(client, address)})

    assert answer["Location"] == "/rok/uppfoljning/2020/"
    held.refresh_from_db()
    assert (held.state, held.next_step) == ("REVIEWING", "Rapport till rådet")
    assert held.task_giver_id == county.network.pk
    assert held.carried_out_by_id == county.organisation.pk
    assert "fill-in" not in client.get("/rok/uppfoljning/2020/").text
    [told] = sentences(Event.objects.all()[:1], county.doris, link=False)
    assert told.sentence == (
        "Doris Lind ändrade uppdragsgivare, genomförs av, nästa steg och läge "
        "för uppföljningen ”Uppföljning 2020”."
    )
    client.post(address, {**form, "state": "CLOSED", **version_at(client, address)})
    [told] = sentences(Event.objects.all()[:1], county.doris, link=False)
    assert told.sentence == (
        "Doris Lind ändrade läge för uppföljningen ”Uppföljning 2020” från granskas till avslutad."
    )


def test_what_is_not_described_leads_to_the_section_where_it_is_written(
    client: Client, county: County
):
    client.force_login(county.doris)
    client.post("/rok/rapporter/ny/", {"year": "2020"})
    report = round_of(county).written_reports.get()

    shown = client.get("/rok/uppfoljning/2020/").text

    assert f'<a href="/rapporter/{report.uid}/avsnitt/method/">Metod i årets rapport</a>' in shown
    assert client.get(f"/rapporter/{report.uid}/avsnitt/method/").status_code == 200


def test_the_process_leader_tells_of_what_no_network_can_tell_of(client: Client, county: County):
    held = round_of(county)
    services.create_network_report(round=held, body=county.network, by=county.doris)
    theirs = make_initiative(county.agreement, "Nätverkets", network=county.network)
    closed = make_initiative(county.agreement, "Nedlagdas", network=make_body(state="CLOSED"))
    nobodys = make_initiative(county.agreement, "Ingens", network=None)
    draft = make_initiative(county.agreement, "Utkast", network=None, sharing="DRAFT")
    page = "/rok/uppfoljning/2020/"
    client.force_login(county.doris)

    shown = client.get(page).text
    assert f'href="{page}natverk/{county.network.uid}/insatser/{theirs.uid}/"' in shown
    for one in (closed, nobodys):
        address = f"{page}insatser/{one.uid}/"
        assert f'href="{address}"' in shown
        form = {"told": f"{one.title} startade", **version_at(client, address)}
        assert client.post(address, form)["Location"] == f"{page}#utan-natverk"
        assert f"{one.title} startade" in client.get(page).text
        assert f"{one.title} startade" in client.get(address).text  # it can be told anew
    for one in (theirs, draft):
        assert client.get(f"{page}insatser/{one.uid}/").status_code == 404
    told = InitiativeReport.objects.filter(network_report=None)
    assert {one.initiative_id for one in told} == {closed.pk, nobodys.pk}
    client.force_login(county.bob)
    assert f"{page}insatser/" not in client.get(page).text
    assert client.get(f"{page}insatser/{nobodys.uid}/").status_code == 404


def test_a_part_is_drawn_below_its_whole_and_elsewhere_named_a_part_of_it(
    client: Client, county: County
):
    report = services.create_network_report(
        round=round_of(county), body=county.network, by=county.doris
    )
    whole, other = (make_initiative(county.agreement, one) for one in ("Helheten", "Annan"))
    first, strange, late = (
        make_initiative(county.agreement, name, parent=parent, part_kind="PART")
        for name, parent in (("Första", whole), ("Främmande", other), ("Sena", whole))
    )
    for one in (whole, first, strange, late):
        services.tell_initiative(
            round=report.round, network_report=report, initiative=one, by=county.doris
        )
    client.force_login(county.doris)

    shown = client.get(f"/rok/uppfoljning/2020/natverk/{county.network.uid}/").text

    rows = shown.partition('id="insatser"')[2].partition("</table>")[0].split("<tr")[2:]
    assert ['class="child"' in row for row in rows] == [False, True, False, False]
    assert ["del av Annan" in row for row in rows] == [False, False, True, False]
    assert ["del av Helheten" in row for row in rows] == [False, False, False, True]


@pytest.mark.parametrize(
    ("rounds", "year"),
    [
        ({}, 2021),
        ({2020: "CLOSED"}, 2021),
        ({2020: "COLLECTING"}, 2020),
        ({2020: "REVIEWING", 2021: "PLANNED"}, 2021),
        ({2020: "REVIEWING", 2022: "PLANNED"}, 2020),
        ({2022: "COLLECTING"}, 2022),
    ],
)
def test_what_is_told_now_belongs_to_the_year_that_is_followed_up(
    county: County, rounds: dict[int, str], year: int
):
    round_of(county).delete()
    for one, state in rounds.items():
        make_round(county.agreement, one, state=state)

    assert year_followed_up(county.agreement.pk, date(2021, 2, 1)) == year


def test_a_status_is_told_for_the_year_that_is_followed_up(client: Client, county: County):
    made = make_initiative(county.agreement)
    FollowUpRound.objects.update(state="COLLECTING")
    client.force_login(county.doris)

    shown = client.get(f"/insatser/{made.uid}/status/").text

    assert 'name="told_for_year" value="2020"' in shown


def test_an_empty_new_year_leaves_what_a_network_told_on_its_page(client: Client, county: County):
    services.create_network_report(
        round=round_of(county), body=county.network, approach="SPECIAL_PLAN", by=county.doris
    )
    client.force_login(county.doris)
    services.start_round(agreement=county.agreement, year=2021, by=county.doris)

    page = client.get(f"/natverk/{county.network.uid}/").text

    assert "Sagt i uppföljningen 2020" in page
    assert "Nätverket har inte berättat något för 2021 än." in page
    assert f'href="/rok/uppfoljning/2021/natverk/{county.network.uid}/"' in page
    assert "Särskild handlingsplan" in client.get("/natverk-och-aktorer/").text
