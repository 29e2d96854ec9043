"""Changing lessons and recommendations, answering, and starting a new year."""

import pytest

from samhandling.apps.audit.models import Event
from samhandling.apps.followup import services
from samhandling.apps.followup.models import FollowUpRound, NetworkReport
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.records.services import ReasonMissing
from samhandling.core.partial_date import parse_swedish
from tests.factories import make_body, make_county, make_need, make_round

pytestmark = pytest.mark.django_db


def make_lesson(county, round=None, **fields):
    """A lesson with one point of each sign that rests on one need."""
    need = make_need(county.agreement, "Mandat saknas")
    values = {
        "number": 1,
        "title": "Samverkan behöver mandat",
        "points": [("PLUS", "ger helhetsbild"), ("MINUS", "saknar mandat")],
        "evidence": [need.record],
    } | fields
    return services.create_lesson(
        round=round or make_round(county.agreement), by=county.doris, **values
    )


def test_a_changed_lesson_keeps_its_number_and_logs_what_differs():
    county = make_county()
    lesson = make_lesson(county)
    other = make_need(county.agreement, "Resurser saknas")

    services.change_lesson(
        lesson=lesson,
        title="Samverkan behöver mandat och resurser",
        points=[("MINUS", "saknar mandat"), ("ARGUMENT", "sidouppdrag")],
        evidence=[other.record, other.record],
        good_example="Ett annat län",
        by=county.doris,
    )

    lesson.refresh_from_db()
    assert (lesson.number, lesson.title) == (1, "Samverkan behöver mandat och resurser")
    assert list(lesson.points.values_list("sign", "text")) == [
        ("MINUS", "saknar mandat"),
        ("ARGUMENT", "sidouppdrag"),
    ]
    assert [record.title for record in lesson.evidence.all()] == ["Resurser saknas"]
    event = Event.objects.first()
    assert set(event.field_names) == {"title", "points", "evidence", "good_example"}
    revisions = {row.field: (row.before, row.after) for row in event.revisions.all()}
    assert revisions["evidence"] == ("Mandat saknas", "Resurser saknas")


def test_a_lesson_saved_as_it_was_leaves_no_trace_in_the_log():
    county = make_county()
    lesson = make_lesson(county)
    before = Event.objects.count()

    services.change_lesson(
        lesson=lesson,
        title=lesson.title,
        points=[("PLUS", "ger helhetsbild"), ("MINUS", "saknar mandat")],
        evidence=list(lesson.evidence.all()),
        by=county.doris,
    )

    assert Event.objects.count() == before


def test_a_recommendation_takes_the_number_of_its_lesson():
    county = make_county()
    lesson = make_lesson(county, number=3)
    held = services.create_recommendation(round=lesson.round, text="Ge mandat", by=county.doris)

    services.change_recommendation(
        recommendation=held, text="Ge mandat", lesson=lesson, by=county.doris
    )
    held.refresh_from_db()
    assert held.number == 3

    services.change_recommendation(recommendation=held, text="Ge mandat", by=county.doris)
    held.refresh_from_db()
    assert held.number is None


def test_a_lesson_of_another_year_cannot_be_the_ground_of_a_recommendation():
    county = make_county()
    earlier = make_lesson(county, make_round(county.agreement, 2019))
    held = services.create_recommendation(
        round=make_round(county.agreement, 2020), text="Ge mandat", by=county.doris
    )

    with pytest.raises(services.ForeignToRound):
        services.change_recommendation(
            recommendation=held, text="Ge mandat", lesson=earlier, by=county.doris
        )


def test_an_answer_needs_its_reason_and_earlier_answers_stay():
    county = make_county()
    held = services.create_recommendation(
        round=make_round(county.agreement), text="Ge mandat", by=county.doris
    )
    given = {"recommendation": held, "by": county.doris}

    with pytest.raises(ReasonMissing):
        services.respond_to_recommendation(answer="REJECTED", reason="  ", **given)
    services.respond_to_recommendation(answer="REJECTED", reason="Ryms inte i uppdraget", **given)
    services.respond_to_recommendation(
        answer="PARTLY",
        reason="Efter ny beredning",
        given_by=county.network,
        when=parse_swedish("december 2020"),
        **given,
    )

    assert list(held.responses.values_list("answer", "reason")) == [
        ("REJECTED", "Ryms inte i uppdraget"),
        ("PARTLY", "Efter ny beredning"),
    ]
    event = Event.objects.first()
    assert (event.verb, event.reason) == ("ANSWERED", "Efter ny beredning")


@pytest.mark.parametrize("who", ["alice", "bob", "charlie", "reader"])
def test_only_the_process_leader_writes_lessons_answers_and_rounds(who: str):
    county = make_county()
    lesson = make_lesson(county)
    held = services.create_recommendation(round=lesson.round, text="Ge mandat", by=county.doris)
    by = getattr(county, who)
    before = Event.objects.count()

    with pytest.raises(NotAllowed):
        services.change_lesson(lesson=lesson, title="X", points=[], evidence=[], by=by)
    with pytest.raises(NotAllowed):
        services.change_recommendation(recommendation=held, text="X", by=by)
    with pytest.raises(NotAllowed):
        services.respond_to_recommendation(
            recommendation=held, answer="ACCEPTED", reason="Ja", by=by
        )
    with pytest.raises(NotAllowed):
        services.start_round(agreement=county.agreement, year=2021, by=by)
    assert Event.objects.count() == before


def test_a_new_round_asks_the_networks_of_the_last_and_copies_nothing_they_told():
    county = make_county()
    first = make_round(county.agreement, 2020, next_step="rapport till rådet")
    closed = make_body("Det nedlagda nätverket", state="CLOSED")
    for order, body in enumerate([closed, county.network], 1):
        services.create_network_report(
            round=first,
            body=body,
            focus_area=county.area,
            approach="SPECIAL_PLAN",
            statements=[("ASSESSMENT", "Det gick bra", None)],
            levels=[(county.levels[0], "STATED", False)],
            order=order,
            by=county.doris,
        )

    started = services.start_round(agreement=county.agreement, year=2021, by=county.doris)

    (report,) = NetworkReport.objects.filter(round=started)
    assert (report.body, report.focus_area) == (county.network, county.area)
    assert (report.approach, report.added_value) == ("UNKNOWN", "UNKNOWN")
    assert not report.statements.exists()
    assert not report.levels.exists()
    assert (started.state, started.next_step, started.task_giver) == ("PLANNED", "", None)


def test_a_year_has_one_round():
    county = make_county()
    make_round(county.agreement, 2021)

    with pytest.raises(services.RoundExists) as fault:
        services.start_round(agreement=county.agreement, year=2021, by=county.doris)

    assert str(fault.value) == "Uppföljningen 2021 finns redan."
    assert FollowUpRound.objects.count() == 1
