"""What a network tells for a year: written, changed, logged, shown, and in the report."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samhandling.apps.audit.models import Event
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.followup import services
from samhandling.apps.followup.models import InitiativeReport, NetworkReport, NetworkStatement
from samhandling.apps.followup.services import NotToBeTold
from samhandling.apps.initiatives.services import record_status
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.reporting.material import gather
from samhandling.apps.situation.services import withdraw_need
from samhandling.web.history_sentences import sentences
from tests.browsing import version_at
from tests.factories import (
    County,
    make_agreement,
    make_county,
    make_initiative,
    make_need,
    make_organisation,
    make_round,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    """A county whose network tells in the round of 2021."""
    return make_county()


@pytest.fixture
def report(county: County) -> NetworkReport:
    """The network's report of 2021, with nothing told yet."""
    round_ = make_round(county.agreement, 2021)
    return services.create_network_report(round=round_, body=county.network, by=county.doris)


def told(report: NetworkReport, **values: object) -> NetworkReport:
    """What the network tells of its cooperation, with nothing told where nothing is said."""
    empty: dict[str, object] = {
        "approach": "UNKNOWN",
        "approach_text": "",
        "added_value": "UNKNOWN",
        "statements": [],
        "levels": [],
        "planned_levels": [],
        "needs": [],
    }
    return services.change_network_report(report=report, **(empty | values))  # type: ignore[arg-type]


def last_sentences(county: County, number: int) -> list[str]:
    """The latest sentences of the log, newest first, without links."""
    return [
        one.sentence for one in sentences(Event.objects.all()[:number], county.doris, link=False)
    ]


def test_what_a_network_tells_of_its_cooperation_is_kept_and_logged_once(
    county: County, report: NetworkReport
):
    other = make_organisation("Utredaren")
    NetworkStatement.objects.create(
        report=report, kind="ASSESSMENT", text="Utifrån sett", said_by=other, order=1
    )
    level = county.levels[0]
    say = {
        "approach": "SPECIAL_PLAN",
        "approach_text": "Enligt planen",
        "added_value": "NONE",
        "statements": [("MEETINGS", "Varje månad"), ("MEETINGS", "En heldag")],
        "levels": [level],
    }
    before = Event.objects.count()

    told(report, **say, by=county.doris)
    told(report, **say, by=county.doris)

    report.refresh_from_db()
    assert (report.approach, report.approach_basis) == ("SPECIAL_PLAN", "STATED")
    assert (report.approach_text, report.added_value) == ("Enligt planen", "NONE")
    assert sorted(report.statements.values_list("kind", "text", "said_by")) == [
        ("ASSESSMENT", "Utifrån sett", other.pk),
        ("MEETINGS", "En heldag", None),
        ("MEETINGS", "Varje månad", None),
    ]
    assert list(report.levels.values_list("level", "basis", "is_planned")) == [
        (level.pk, "STATED", False)
    ]
    assert Event.objects.count() == before + 2  # and that the round is under way
    assert last_sentences(county, 2) == [
        "Doris Lind skrev vad nätverket eller gruppen ”Nätverket för bosättning” berättar "
        "för 2021.",
        "Doris Lind ändrade läge för uppföljningen ”Uppföljning 2021” från planerad till "
        "uppgifter samlas in.",
    ]


def test_what_was_inferred_stays_inferred_until_it_is_told_otherwise(
    county: County, report: NetworkReport
):
    one, other = county.levels[:2]
    report.levels.create(level=one, basis="INFERRED")
    report.approach, report.approach_basis = "ORDINARY_MANDATE", "INFERRED"
    report.save()

    told(report, approach="ORDINARY_MANDATE", levels=[one, other], by=county.doris)
    assert (report.approach, report.approach_basis) == ("ORDINARY_MANDATE", "INFERRED")
    assert list(report.levels.values_list("level", "basis")) == [
        (one.pk, "INFERRED"),
        (other.pk, "STATED"),
    ]

    told(report, levels=[other], by=county.doris)
    assert (report.approach, report.approach_basis) == ("UNKNOWN", "")
    assert list(report.levels.values_list("level", "basis")) == [(other.pk, "STATED")]


def test_a_planned_round_is_under_way_from_what_is_first_told(
    county: County, report: NetworkReport
):
    assert report.round.state == "PLANNED"

    told(report, by=county.doris)  # nothing
    report.round.refresh_from_db()
    assert report.round.state == "PLANNED"

    told(report, added_value="NONE", by=county.doris)
    report.round.refresh_from_db()
    assert report.round.state == "COLLECTING"


def test_what_a_network_raises_is_of_the_year_and_the_log_names_it(
    county: County, report: NetworkReport
):
    one, other = (make_need(county.agreement, name) for name in ("Mandat", "Resurser"))

    told(report, needs=[one, other], by=county.doris)
    told(report, needs=[other], by=county.doris)

    assert [row.need for row in report.needs.all()] == [other]
    [latest] = sentences(Event.objects.all()[:1], county.doris)
    assert [(row.label, row.before, row.after) for row in latest.changes] == [
        ("Behov som lyfts", "Mandat; Resurser", "Resurser")
    ]


@pytest.mark.one_database
def test_the_form_offers_the_networks_needs_and_keeps_what_it_cannot_show(
    client: Client, county: County, report: NetworkReport
):
    about = make_need(county.agreement, "Mandat", subject=county.network.record)
    make_need(county.agreement, "Nätverkets utkast", subject=county.network.record, sharing="DRAFT")
    make_need(county.agreement, "Någon annans")
    gone = make_need(county.agreement, "Borttaget", subject=county.network.record)
    told(report, needs=[gone], by=county.doris)
    withdraw_need(need=gone, reason="Fel", by=DEMO_LOADER)
    client.force_login(county.bob)
    form = f"/rok/uppfoljning/2021/natverk/{county.network.uid}/beratta/"

    page = client.get(form).content.decode()
    assert re.findall(r'name="needs" value="(\d+)"', page) == [str(about.pk)]
    client.post(form, {"needs": [about.pk], **version_at(client, form)})

    assert {row.need for row in report.needs.all()} == {about, gone}


@pytest.mark.one_database
def test_what_was_written_of_the_years_status_is_proposed_until_something_is_told(
    client: Client, county: County, report: NetworkReport
):
    made = make_initiative(county.agreement, "Språkvän", network=county.network)
    for year, reason in ((2020, "Förra året"), (2021, "Pausad i mars"), (2021, "Igång igen")):
        record_status(
            initiative=made, status="ONGOING", told_for_year=year, reason=reason, by=DEMO_LOADER
        )
    client.force_login(county.bob)
    form = f"/rok/uppfoljning/2021/natverk/{county.network.uid}/insatser/{made.uid}/"

    assert "Pausad i mars\nIgång igen</textarea>" in client.get(form).content.decode()
    client.post(form, {"told": "", **version_at(client, form)})

    assert InitiativeReport.objects.get().told == ""
    assert "Pausad i mars" not in client.get(form).content.decode()


def test_an_initiative_is_told_of_once_and_anew_and_leaves_what_is_untold(
    county: County, report: NetworkReport
):
    made = make_initiative(county.agreement, "Språkvän", network=county.network)
    say = {"round": report.round, "network_report": report, "initiative": made}
    assert gather(report.round_id).untold == [made]

    services.tell_initiative(**say, told="Startade i mars", is_planned=True, by=county.doris)
    services.tell_initiative(**say, told="Startade i april", by=county.doris)
    services.tell_initiative(**say, told="Startade i april", is_planned=False, by=county.doris)

    [row] = InitiativeReport.objects.all()
    assert (row.told, row.network_report, row.order) == ("Startade i april", report, 1)
    assert report.plans.count() == 0
    assert gather(report.round_id).untold == []
    assert last_sentences(county, 3) == [
        "Doris Lind tog bort insatsen ”Språkvän” ur nätverkets plan för 2022.",
        "Doris Lind ändrade vad som berättas om insatsen ”Språkvän” för 2021.",
        "Doris Lind redovisade insatsen ”Språkvän” för 2021.",
    ]
    [_gone, changed, first] = sentences(Event.objects.all()[:3], county.doris)
    assert [(one.before, one.after) for one in changed.changes] == [
        ("Startade i mars", "Startade i april")
    ]
    assert [one.after for one in first.changes] == ["Startade i mars"]


def test_a_draft_and_an_initiative_of_another_agreement_are_not_told_of(
    county: County, report: NetworkReport
):
    draft = make_initiative(county.agreement, network=county.network, sharing="DRAFT")
    foreign = make_initiative(make_agreement(slug="annan"), network=county.network)

    for one in (draft, foreign):
        with pytest.raises(NotToBeTold):
            services.tell_initiative(
                round=report.round, network_report=report, initiative=one, by=county.doris
            )
    assert InitiativeReport.objects.count() == 0


def test_who_answers_for_a_network_alone_tells_of_its_own_initiatives_in_its_own_round(
    county: County, report: NetworkReport
):
    of_another = make_initiative(county.agreement, network=None)
    own = make_initiative(county.agreement, network=county.network)
    earlier = make_round(county.agreement, 2020)

    for round_, one in ((report.round, of_another), (earlier, own)):
        with pytest.raises(NotToBeTold):
            services.tell_initiative(
                round=round_, network_report=report, initiative=one, by=county.bob
            )
    services.tell_initiative(
        round=report.round, network_report=report, initiative=of_another, by=county.doris
    )
    [row] = InitiativeReport.objects.all()
    assert row.initiative == of_another


@pytest.mark.one_database
def test_a_proposal_that_has_grown_is_neither_saved_unseen_nor_said_to_be_saved(
    client: Client, county: County, report: NetworkReport
):
    made = make_initiative(county.agreement, network=county.network)
    say = {"initiative": made, "status": "ONGOING", "told_for_year": 2021, "by": DEMO_LOADER}
    record_status(reason="ett", **say)
    client.force_login(county.bob)
    form = f"/rok/uppfoljning/2021/natverk/{county.network.uid}/insatser/{made.uid}/"
    opened = version_at(client, form)

    record_status(reason="två", **say)
    answer = client.post(form, {"told": "ett", **opened})

    assert answer.status_code == 302
    assert InitiativeReport.objects.get().told == "ett"


def test_only_those_who_answer_for_the_network_tell(county: County, report: NetworkReport):
    made = make_initiative(county.agreement, network=county.network)

    for who in (county.alice, county.charlie, county.reader):
        with pytest.raises(NotAllowed):
            told(report, by=who)
        with pytest.raises(NotAllowed):
            services.tell_initiative(
                round=report.round, network_report=report, initiative=made, by=who
            )
    told(report, approach="SPECIAL_PLAN", by=county.bob)
    assert NetworkReport.objects.get().approach == "SPECIAL_PLAN"


@pytest.mark.one_database
def test_a_status_of_an_earlier_year_is_shown_with_that_year(
    client: Client, county: County, report: NetworkReport
):
    made = make_initiative(
        county.agreement, "Språkvän", network=county.network, status="DONE", told_for_year=2019
    )
    services.tell_initiative(
        round=report.round, network_report=report, initiative=made, by=county.doris
    )
    client.force_login(county.reader)
    page = f"/rok/uppfoljning/2021/natverk/{county.network.uid}/"
    assert '<span class="under">berättat 2019</span>' in client.get(page).content.decode()

    record_status(initiative=made, status="DONE", told_for_year=2021, by=DEMO_LOADER)
    assert "berättat 20" not in client.get(page).content.decode()


@pytest.mark.one_database
def test_the_page_offers_what_is_left_and_takes_what_is_told(
    client: Client, county: County, report: NetworkReport
):
    whole = make_initiative(county.agreement, "Språkvän", network=county.network)
    make_initiative(county.agreement, "Annans", network=None)
    client.force_login(county.doris)
    page = f"/rok/uppfoljning/2021/natverk/{county.network.uid}/"
    one = f"{page}insatser/{whole.uid}/"
    assert f'href="{one}"' in client.get(page).content.decode()

    answer = client.post(
        one, {"told": "Fler än väntat", "is_planned": "on", **version_at(client, one)}, follow=True
    )

    shown = answer.content.decode()
    assert "Insatsen är redovisad för 2021." in shown
    assert "Fler än väntat" in shown
    assert 'id="inte-redovisade"' not in shown
    assert 'id="nasta-ar"' in shown

    form = f"{page}beratta/"
    answer = client.post(
        form,
        {
            "approach": "SPECIAL_PLAN",
            "said_meetings": "Varje månad\r\n\r\nEn heldag\r\n",
            **version_at(client, form),
        },
        follow=True,
    )

    assert "Särskild handlingsplan" in answer.content.decode()
    assert list(report.statements.values_list("kind", "text")) == [
        ("MEETINGS", "Varje månad"),
        ("MEETINGS", "En heldag"),
    ]
    assert "Har inte berättat" not in client.get("/rok/uppfoljning/2021/").content.decode()


@pytest.mark.one_database
def test_who_may_not_tell_reads_the_page_without_its_forms(
    client: Client, county: County, report: NetworkReport
):
    made = make_initiative(county.agreement, "Språkvän", network=county.network)
    client.force_login(county.reader)
    page = f"/rok/uppfoljning/2021/natverk/{county.network.uid}/"

    shown = client.get(page).content.decode()

    assert "Språkvän" in shown
    assert "/beratta/" not in shown
    assert f"/insatser/{made.uid}/" in shown  # the initiative's own page
    assert f"{page}insatser/" not in shown


@pytest.mark.one_database
def test_the_page_of_a_network_costs_the_same_however_much_is_left(
    client: Client, county: County, report: NetworkReport
):
    client.force_login(county.doris)
    page = f"/rok/uppfoljning/2021/natverk/{county.network.uid}/"
    costs = []
    for more in (1, 2, 20):
        for _number in range(more):
            make_initiative(county.agreement, network=county.network)
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        costs.append(len(queries))

    assert costs[0] == costs[1] == costs[2] <= 45, costs
