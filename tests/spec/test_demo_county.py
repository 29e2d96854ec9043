"""The demo county says what the county's two documents say, and no more."""

from datetime import date

import pytest

from samhandling.apps.agreements.models import (
    Agreement,
    AgreementClause,
    CollaborationPlan,
    CoverageGap,
    Definition,
    FocusArea,
    NetworkAssignment,
    StructureProposal,
)
from samhandling.apps.followup.models import (
    FollowUpRound,
    InitiativeReport,
    Lesson,
    NetworkReport,
    Recommendation,
)
from samhandling.apps.initiatives.models import (
    Funding,
    Initiative,
    InitiativeCause,
    InitiativeLevel,
    StatusEvent,
)
from samhandling.apps.organisations.models import (
    ActorSet,
    BodyLifecycleEvent,
    CollaborationBody,
    LiaisonSeat,
    Mandate,
)
from samhandling.apps.records.models import (
    FieldBasis,
    Footnote,
    Milestone,
    NameVariant,
    OpenQuestion,
    Quantity,
    Record,
)
from samhandling.apps.situation.models import Need, NeedsWorkshopSeries
from samhandling.core.partial_date import PartialDate, Precision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_county_for_reading")]


def initiative(key: str) -> Initiative:
    return Initiative.objects.by_key(key)


def body(key: str) -> CollaborationBody:
    return CollaborationBody.objects.by_key(key)


def keys(rows: object) -> list[str]:
    return [row.record.source_key for row in rows]  # type: ignore[attr-defined]


# --- agreements ----------------------------------------------------------------------------------


def test_the_agreement_on_integration_was_adopted_on_22_november_2018() -> None:
    rok = Agreement.objects.get(slug="rok")
    assert rok.adopted == PartialDate(date(2018, 11, 22), date(2018, 11, 22), Precision.DAY)
    assert rok.valid_from is not None
    assert rok.valid_from.earliest == date(2019, 1, 1)
    assert rok.valid_until is not None
    assert rok.valid_until.latest == date(2021, 12, 31)


def test_the_agreement_on_health_has_no_date_party_or_signature() -> None:
    htl = Agreement.objects.get(slug="htl")
    assert (htl.adopted, htl.valid_from, htl.valid_until) == (None, None, None)
    assert (htl.parties_state, htl.signatures_state) == ("UNKNOWN", "UNKNOWN")
    assert not htl.parties.exists()


def test_the_purpose_and_goal_of_the_agreement_on_integration_are_inferred() -> None:
    rok = Agreement.objects.get(slug="rok")
    purpose = FieldBasis.objects.get(record=rok.record, field="purpose")
    goal = FieldBasis.objects.get(record=rok.goals.get().record, field="title")
    assert (purpose.basis, goal.basis) == ("INFERRED", "INFERRED")
    assert "behovsworkshopparna" in purpose.ground


@pytest.mark.parametrize(
    ("slug", "codes"),
    [
        ("htl", ["GL", "LV", "EI", "TM"]),
        ("rok", ["BM", "AU", "HF"]),
    ],
)
def test_focus_areas_have_their_codes(slug: str, codes: list[str]) -> None:
    top = FocusArea.objects.filter(agreement__slug=slug, parent=None)
    assert [area.code for area in top] == codes


def test_clauses_are_marked_as_paraphrase_and_stand_under_their_headings() -> None:
    clauses = AgreementClause.objects.filter(agreement__slug="htl")
    assert clauses.filter(kind="HEADING").count() == 5
    assert not clauses.filter(is_paraphrase=False).exists()
    prerequisite = clauses.filter(kind="PREREQUISITE").first()
    assert prerequisite is not None
    assert prerequisite.parent is not None
    assert prerequisite.parent.title == "Insatser för samverkan"


def test_seven_networks_are_counted_and_two_are_not() -> None:
    assigned = NetworkAssignment.objects.filter(agreement__slug="rok")
    assert keys(row.body for row in assigned.filter(is_counted=True)) == [
        "B-SAM",
        "N-FLYKT",
        "N-FIA",
        "N-RESAM",
        "N-FOSAM",
        "N-LANSGR",
        "N-FORALDR",
    ]
    outside = {row.body.record.source_key: row.scope for row in assigned.filter(is_counted=False)}
    assert outside == {"N-EKB": "OUTSIDE", "N-CIV": "UNKNOWN"}


def test_the_annexed_plan_exists_but_its_content_is_not_known() -> None:
    plan = CollaborationPlan.objects.by_key("P-HTL")
    assert (plan.kind, plan.content_available, plan.adopted) == ("ANNEX", False, None)
    living = CollaborationPlan.objects.by_key("P-FIA")
    assert (living.is_living, living.content_available) == (True, None)


def test_a_newly_arrived_person_is_so_for_two_to_three_years() -> None:
    definition = Definition.objects.by_key("D-NYANLAND")
    assert (definition.years_min, definition.years_max) == (2, 3)
    assert Definition.objects.by_key("D-SAMVERKAN").is_umbrella


# --- actors --------------------------------------------------------------------------------------


def test_the_coordination_group_is_one_of_the_networks_and_one_record() -> None:
    double = Record.objects.get(source_key="N-SAM")
    assert double.merged_into == body("B-SAM").record
    assert double.merged_basis == "STATED"


def test_four_of_the_eight_municipalities_are_named_by_the_report() -> None:
    county = ActorSet.objects.by_key("O-KOM-ALLA")
    assert (county.stated_count, county.members.count()) == (8, 8)
    added = county.members.filter(record__citations__source__is_external=True)
    assert sorted(keys(added)) == ["O-KOM-ALV", "O-KOM-ENK", "O-KOM-HAB", "O-KOM-KNI"]


def test_a_described_set_keeps_its_number_and_says_who_is_not_known() -> None:
    five = ActorSet.objects.by_key("SET-FEM-KOMMUNER")
    assert (five.stated_count, five.stated_total) == (5, 8)
    assert (five.members.count(), five.members_state) == (0, "UNKNOWN")


def test_the_centre_for_health_went_dormant_in_2019_and_nobody_took_over() -> None:
    centre = body("B-CHI")
    event = centre.lifecycle.get()
    assert (centre.state, centre.successor, centre.successor_state) == ("DORMANT", None, "NONE")
    assert event.when is not None
    assert event.when.precision == Precision.YEAR


def test_mandates_that_are_told_not_to_suffice_say_who_told_so() -> None:
    told = {
        mandate.body.record.source_key: mandate.to_prioritise_ground.source_key
        for mandate in Mandate.objects.filter(to_prioritise="NO")
        if mandate.to_prioritise_ground
    }
    assert told == {"N-FLYKT": "C-02", "N-FIA": "C-25", "N-FORALDR": "C-16"}
    assert Mandate.objects.exclude(to_prioritise="NO").filter(to_prioritise="UNKNOWN").count() == 5


# --- initiatives ---------------------------------------------------------------------------------


def test_counts_of_what_counts() -> None:
    assert Initiative.objects.count() == 55
    assert Initiative.objects.live().count() == 54
    assert Need.objects.count() == 30
    assert Initiative.objects.filter(sharing="DRAFT").count() == 0
    assert Footnote.objects.count() == 13
    assert Milestone.objects.count() == 18


def test_items_of_the_list_that_are_no_initiatives_are_what_they_are() -> None:
    closing = BodyLifecycleEvent.objects.by_key("I-30")
    assert (closing.kind, closing.body) == ("CLOSED", body("N-FOSAM"))
    assert closing.when is not None
    assert closing.when.wording == "efter vårterminen 2020"
    assert closing.left_behind == initiative("I-31").record
    gap = CoverageGap.objects.by_key("I-32")
    assert (gap.caused_by, gap.focus_area.code) == (body("B-CHI"), "HF-H")
    assert keys(row.body for row in gap.handlings.all()) == ["N-FLYKT", "N-LANSGR"]
    proposal = StructureProposal.objects.by_key("I-35")
    assert (proposal.state, proposal.roles.count()) == ("PROPOSED", 6)
    liaison = LiaisonSeat.objects.by_key("I-36")
    assert {liaison.first_body, liaison.second_body} == {body("B-HSVO"), body("B-SAM")}
    assert liaison.record.open_questions.filter(kind="TO_SETTLE").count() == 3
    workshops = NeedsWorkshopSeries.objects.by_key("I-52")
    assert (workshops.owner, workshops.themes.count()) == (None, 3)
    assert workshops.participants.count() == 11
    assert FollowUpRound.objects.by_key("I-53").year == 2020


def test_the_consultation_ended_nobody_knows_how() -> None:
    event = initiative("I-38").status_events.get()
    assert (event.status, event.basis) == ("UNKNOWN", "UNKNOWN")
    assert event.inferred_status == "NOT_CARRIED_OUT"
    assert initiative("I-38").status == "UNKNOWN"


@pytest.mark.parametrize(
    ("key", "states"),
    [("I-05", ["GRANTED"]), ("I-11", ["PREPARED", "SOUGHT"])],
)
def test_granted_and_sought_are_states_of_money_alone(key: str, states: list[str]) -> None:
    one = initiative(key)
    event = one.status_events.get()
    assert (one.status, event.basis, event.inferred_status) == ("UNKNOWN", "UNKNOWN", "")
    money = one.funding.get()
    assert [event.state for event in money.events.all()] == states
    assert (money.state, money.amount_sek) == (states[-1], None)


def test_courses_were_paused_in_march_and_taken_up_again_in_the_autumn_term() -> None:
    paused, resumed = initiative("I-25").status_events.all()
    assert (paused.status, resumed.status) == ("PAUSED", "RESUMED")
    assert paused.when is not None
    assert (paused.when.earliest, paused.when.latest) == (date(2020, 3, 1), date(2020, 3, 31))
    assert resumed.when is not None
    assert (resumed.when.precision, resumed.when.earliest) == (Precision.TERM, date(2020, 7, 1))
    cause = paused.causes.get()
    assert (cause.cause.key, cause.basis) == ("covid-19", "INFERRED")


def test_covid_moved_three_steps_and_drove_three_initiatives() -> None:
    covid = InitiativeCause.objects.filter(cause__key="covid-19")
    moved = covid.filter(kind="MADE_DEVIATE", basis="STATED")
    assert sorted(keys(row.initiative for row in moved)) == ["I-02b", "I-02c", "I-03b"]
    assert {row.event.postponed_to_earliest.year for row in moved if row.event} == {2021}
    drove = covid.filter(kind="DROVE")
    assert sorted(keys(row.initiative for row in drove)) == ["I-18", "I-24", "I-39"]


def test_one_initiative_told_by_two_networks() -> None:
    one, other = initiative("I-09"), initiative("I-26")
    assert (other.record.merged_into, other.record.merged_basis) == (one.record, "INFERRED")
    told = InitiativeReport.objects.filter(initiative=one, network_report__isnull=False)
    assert keys(row.network_report.body for row in told if row.network_report) == [
        "N-FIA",
        "N-RESAM",
    ]
    assert one.funding.get() == other.funding.get()
    assert Funding.objects.count() == 6


def test_levels_of_single_initiatives_are_stated_for_four_alone() -> None:
    stated = InitiativeLevel.objects.filter(basis="STATED")
    assert sorted({row.initiative.record.source_key or "" for row in stated}) == [
        "I-01",
        "I-02",
        "I-02c",
        "I-40",
    ]
    inferred = InitiativeLevel.objects.filter(basis="INFERRED")
    for row in inferred:
        ground = FieldBasis.objects.get(record=row.initiative.record, field="levels").ground
        assert ground, row.initiative.record.source_key


@pytest.mark.parametrize("key", ["I-02", "I-06", "I-15"])
def test_what_the_source_does_not_name_stays_unknown(key: str) -> None:
    one = initiative(key)
    assert (one.funding_state, one.would_happen_anyway) == ("UNKNOWN", "UNKNOWN")
    assert not one.funding.exists()
    assert one.results_state == "UNKNOWN"


def test_no_partner_named_is_unknown_and_some_named_is_partial() -> None:
    assert initiative("I-02").partners_state == "UNKNOWN"
    assert initiative("I-04").partners_state == "PARTIAL"
    assert not Initiative.objects.filter(partners_state="COMPLETE").exists()


def test_no_network_answers_for_the_two_health_initiatives() -> None:
    found = Initiative.objects.filter(has_no_network=True)
    assert sorted(keys(found)) == ["I-33", "I-34"]
    assert {one.focus_area.code for one in found if one.focus_area} == {"HF-H"}


def test_the_child_rights_stair_has_three_steps() -> None:
    steps = initiative("I-02").parts.order_by("order")
    assert [(step.record.source_key, step.part_kind) for step in steps] == [
        ("I-02a", "STEP"),
        ("I-02b", "STEP"),
        ("I-02c", "STEP"),
    ]
    assert [step.status for step in steps] == ["DONE", "POSTPONED", "POSTPONED"]


def test_every_status_is_told_for_2020() -> None:
    assert set(StatusEvent.objects.values_list("told_for_year", flat=True)) == {2020}


def test_hours_of_civic_orientation_went_from_80_to_100() -> None:
    hours = Quantity.objects.get(about__source_key="I-23")
    assert (hours.shape, hours.reference, hours.value) == ("CHANGE", 80, 100)
    share = Quantity.objects.get(about__source_key="I-22")
    assert (share.shape, share.value, share.reference) == ("SHARE", 5, 8)
    assert (hours.told_for_year, share.told_for_year) == (2020, 2020)


# --- the round -----------------------------------------------------------------------------------


def test_six_networks_reported_in_the_reports_order() -> None:
    assert keys(report.body for report in NetworkReport.objects.all()) == [
        "N-FLYKT",
        "N-FIA",
        "N-RESAM",
        "N-FOSAM",
        "N-LANSGR",
        "N-FORALDR",
    ]


def test_the_labour_forum_told_all_three_levels() -> None:
    report = NetworkReport.objects.get(body=body("N-FIA"))
    assert [(row.level.key, row.basis) for row in report.levels.all()] == [
        ("experience_exchange", "STATED"),
        ("competence_development", "STATED"),
        ("joint_action", "STATED"),
    ]
    assert report.added_value == "NOTHING_BEYOND_INVENTORY"


def test_every_initiative_is_told_in_the_reports_order() -> None:
    told = InitiativeReport.objects.all()
    assert keys(row.initiative for row in told)[:3] == ["I-01", "I-02", "I-02a"]
    without = told.filter(network_report=None)
    assert keys(row.initiative for row in without) == ["I-33", "I-34"]
    county_group = told.filter(network_report__body=body("N-LANSGR"))
    assert keys(row.initiative for row in county_group) == ["I-41", "I-37", "I-38", "I-39", "I-40"]
    live = set(Initiative.objects.live().values_list("pk", flat=True))
    assert set(told.values_list("initiative", flat=True)) == live


def test_what_the_municipality_judged_is_not_put_in_the_networks_mouth() -> None:
    report = NetworkReport.objects.get(body=body("N-RESAM"))
    said = [row.said_by for row in report.statements.filter(kind="ASSESSMENT")]
    assert [actor.record.source_key if actor else None for actor in said] == [None, "O-KOM-UPP"]


def test_lessons_lead_to_recommendations_that_nobody_has_answered() -> None:
    assert [lesson.number for lesson in Lesson.objects.all()] == [1, 2, 3, 4]
    led = {lesson.number: keys(lesson.recommendations.all()) for lesson in Lesson.objects.all()}
    assert led == {1: ["R-1a", "R-1b"], 2: ["R-2a", "R-2b"], 3: ["R-3"], 4: ["R-4"]}
    adopted = Recommendation.objects.by_key("R-2a")
    assert adopted.adopted_in == Agreement.objects.get(slug="htl")
    assert not any(row.responses.exists() for row in Recommendation.objects.all())


def test_thirteen_open_questions_stand_on_the_records_they_concern() -> None:
    questions = OpenQuestion.objects.filter(kind="AMBIGUITY")
    assert keys(questions) == [f"AMB-{number:02d}" for number in range(1, 14)]
    assert all(question.subjects.exists() for question in questions)
    double = questions.by_key("AMB-06")
    assert sorted(double.subjects.values_list("source_key", flat=True)) == ["I-09", "I-26"]


def test_other_spellings_are_remembered() -> None:
    assert set(NameVariant.objects.values_list("record__source_key", "name")) == {
        ("N-RESAM", "Resam"),
        ("B-HSVO", "Tjänstledning HSVO"),
        ("FA-ROK-3", "hälsa"),
        ("FA-ROK-3", "föräldraskap"),
    }


def test_every_fact_cites_its_document() -> None:
    made_here = ("SET-", "CAT-")
    uncited = [
        record.source_key or record.title
        for record in Record.objects.filter(citations=None)
        if not (record.source_key or "").startswith(made_here)
    ]
    # Counts that an item carries are cited through their item.
    assert uncited == ["möten per år"]


def test_every_inference_gives_its_ground() -> None:
    assert FieldBasis.objects.filter(basis="INFERRED").count() >= 20
    assert not FieldBasis.objects.filter(basis="INFERRED", ground="").exists()
