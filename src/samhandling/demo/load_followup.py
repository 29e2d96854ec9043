"""The round of 2020: what networks told, lessons, recommendations, and what is left open."""

from samhandling.apps.followup import services
from samhandling.apps.followup.models import (
    FollowUpRound,
    LessonPoint,
    MethodNote,
    NetworkReport,
    NetworkStatement,
)
from samhandling.apps.initiatives.services import add_funding_path
from samhandling.apps.records import services as records
from samhandling.apps.records.models import OpenQuestion
from samhandling.apps.reporting.services import create_report
from samhandling.core.knowledge import Basis
from samhandling.core.partial_date import PartialDate, Precision, Reading
from samhandling.demo.facts import FactsProblem, Item
from samhandling.demo.loading import BASES, BY, LEVEL_IDS, Loading, when

Statement = NetworkStatement.Kind
# In the order a network's report is read.
STATEMENTS = {
    "meetings": Statement.MEETINGS,
    "plan_note": Statement.PLAN,
    "positive_effect": Statement.POSITIVE_EFFECT,
    "assessment": Statement.ASSESSMENT,
    "so_assessment": Statement.ASSESSMENT,
    "added_value": Statement.ADDED_VALUE,
    "redundancy_reason": Statement.REDUNDANCY,
    "strength": Statement.STRENGTH,
}
RATINGS = {"inget_utover_inventering": NetworkReport.AddedValue.NOTHING_BEYOND_INVENTORY}


def load_round(loading: Loading) -> FollowUpRound:
    """I-53 is the round itself; its report has the outline that the county used."""
    item = next(one for one in loading.facts["initiatives"] if one.id == "I-53")
    assert (item["area"], item["status_2020"]) == ("process", "genomford")
    meta = loading.facts["meta"]
    period = meta["reporting_period"]
    known = loading.more["round"]
    made = services.create_round(
        agreement=loading.agreement("A-ROK"),
        year=known["year"],
        title=item["title_sv"],
        title_en=known["english"],
        source_key=item.id,
        period=_period(period),
        state=FollowUpRound.State.REVIEWING,
        task_giver=loading.actor("B-RAD"),
        carried_out_by=loading.find(item["owner"]),
        next_step=item["next_step"],
        by=BY,
    )
    assert item["gloss_en"] == known["english"]
    loading.keep(item.id, made)
    loading.cite(item, made)
    loading.cite(period, made, passage=period["ref"])
    loading.state(made, item.id, "state", Basis.INFERRED)
    return made


def _period(item: Item) -> PartialDate:
    first, last = when(item["from"], Reading.START), when(item["to"], Reading.END)
    assert first is not None
    assert last is not None
    return PartialDate(first.earliest, last.latest, Precision.RANGE, item["label"])


def load_reports(loading: Loading, round: FollowUpRound) -> None:
    """What each network told for the year, and of each initiative, in the report's order."""
    reports: dict[str, NetworkReport] = {}
    for item in loading.facts["networks"]:
        if item["one_of_seven"] and "same_as" not in item:
            reports[item.id] = _load_report(loading, round, item, len(reports) + 1)
    sub_areas = {known["code"]: key for key, known in loading.more["sub_areas"].items()}
    for teller, stories in loading.told.items():
        if teller not in reports and teller not in sub_areas:
            raise FactsProblem(f"{teller} är varken ett nätverk eller ett delområde")
        for key, told in stories.items():
            initiative = loading.find(key)
            if initiative.record.merged_into_id is not None:
                initiative = loading.find(_twin(loading, key))
            services.tell_initiative(
                round=round,
                network_report=reports.get(teller),
                initiative=initiative,
                told=told,
                by=BY,
            )


def _twin(loading: Loading, key: str) -> str:
    """The initiative that another one was found to be the same as."""
    items = {item.id: item for item in loading.facts["initiatives"]}
    twin = items[items[key]["same_as"]]
    assert twin["also_reported_by"] == items[key]["network"]
    return str(twin.id)


def _load_report(loading: Loading, round: FollowUpRound, item: Item, order: int) -> NetworkReport:
    key, body = item.id, loading.body(item.id)
    approach = item["approach_to_agreement"]
    levels = [
        (loading.find(LEVEL_IDS[word]), BASES[item["levels_basis"]], False)
        for word in item["levels_used"]
    ]
    levels += [
        (loading.find(LEVEL_IDS[word]), Basis.STATED, True)
        for word in item.get("levels_planned_2021", [])
    ]
    rated = item.get("added_value_rating")
    known = loading.more["added_values"].get(key, NetworkReport.AddedValue.UNKNOWN)
    made = services.create_network_report(
        round=round,
        body=body,
        order=order,
        focus_area=loading.area(item["area"]),
        approach=loading.more["approaches"][key],
        approach_basis=BASES[approach["basis"]],
        approach_text=approach["value"],
        added_value=RATINGS[rated] if rated else known,
        statements=[
            (kind, item[name], loading.actor("O-KOM-UPP") if name == "so_assessment" else None)
            for name, kind in STATEMENTS.items()
            if item.get(name)
        ],
        levels=levels,
        needs=[loading.find(need) for need in item["challenges"]],
        plans=[loading.find(one) for one in item.get("plans_next_year", [])],
        by=BY,
    )
    for field in ("approach", "levels"):
        if ground := loading.ground(key, field):
            records.state_basis(body.record, field, Basis.INFERRED, ground)
    for order_of_path, wording in enumerate(item.get("financing_paths", []), 1):
        add_funding_path(body=body, wording=wording, order=order_of_path, by=BY)
    return made


def load_method(loading: Loading, round: FollowUpRound) -> None:
    """How the follow-up was made, and how networks stood to the agreement."""
    for order, item in enumerate(loading.facts["method"], 1):
        note = services.create_method_note(
            round=round,
            kind=MethodNote.Kind(loading.more["method_kinds"][item.id]),
            text=item["text"],
            informants=item.get("informants"),
            order=order,
            source_key=item.id,
            by=BY,
        )
        loading.cite(item, loading.keep(item.id, note))
    for order, item in enumerate(loading.facts["network_approaches"], 1):
        finding = services.create_approach_finding(
            round=round,
            text=item["text"],
            share=item.get("share", ""),
            is_rule=item.get("rule", False),
            order=order,
            source_key=item.id,
            by=BY,
        )
        loading.cite(item, loading.keep(item.id, finding))


def load_lessons(loading: Loading, round: FollowUpRound) -> None:
    """Lessons with both sides, then recommendations; what leads where must agree."""
    sign = LessonPoint.Sign
    for item in loading.facts["lessons"]:
        title, english = loading.more["lesson_titles"][item.id]
        example = loading.more["lesson_examples"].get(item.id)
        lesson = services.create_lesson(
            round=round,
            number=item["number"],
            title=title,
            title_en=english,
            source_key=item.id,
            points=[
                *((sign.PLUS, text) for text in item["positive"]),
                *((sign.MINUS, text) for text in item["negative"]),
                *((sign.ARGUMENT, text) for text in item.get("arguments", [])),
            ],
            evidence=[loading.find(key).record for key in item["evidence"]],
            good_example=item.get("good_example", ""),
            good_example_in=loading.agreement(example) if example else None,
            by=BY,
        )
        loading.cite(item, loading.keep(item.id, lesson))
    leads_to: dict[str, list[str]] = {}
    for order, item in enumerate(loading.facts["recommendations"], 1):
        lesson_key, origin, adopted_in = item["lesson"], item.get("origin"), item.get("adopted_in")
        if item["status"] is not None:
            raise FactsProblem(f"{item.id}: svaret på en rekommendation måste ha ett skäl")
        made = services.create_recommendation(
            round=round,
            text=item["text"],
            lesson=loading.find(lesson_key) if lesson_key else None,
            number=item["number"],
            applies_to=item.get("applies_to", ""),
            adopted_in=loading.agreement(adopted_in) if adopted_in else None,
            origin=loading.find(origin).record if origin else None,
            order=order,
            source_key=item.id,
            by=BY,
        )
        loading.cite(item, loading.keep(item.id, made))
        leads_to.setdefault(lesson_key, []).append(item.id)
    for item in loading.facts["lessons"]:
        if item["leads_to"] != leads_to[item.id]:
            raise FactsProblem(f"{item.id}: rekommendationerna stämmer inte")
    _check_echoes(loading)


def _check_echoes(loading: Loading) -> None:
    """A challenge that recurs in a lesson is evidence of it; a link leads to what came of it."""
    for item in loading.facts["challenges"]:
        if "recurs_in" in item:
            lesson = loading.find(item["recurs_in"])
            assert lesson.evidence_links.filter(record=loading.find(item.id).record).exists()
    for item in loading.facts["initiatives"]:
        if "links" in item:
            came_of = loading.find(item.id).record.recommendations.get()
            assert {came_of.record.source_key, came_of.lesson.record.source_key} == set(
                item["links"]
            )


def load_annotations(loading: Loading, round: FollowUpRound) -> None:
    """Footnotes, milestones and what the sources leave open, on the records they concern."""
    for number, item in enumerate(loading.facts["footnotes"], 1):
        note = records.add_footnote(
            about=loading.find(item["about"]).record,
            number=number,
            text=item["text"],
            url=item["link"] or "",
            source_key=item.id,
            by=BY,
        )
        loading.cite(item, loading.keep(item.id, note))
    for item in loading.facts["initiatives"]:
        for name in ("footnote", "participants_footnote"):
            if name in item and loading.find(item[name]).about != loading.find(item.id).record:
                raise FactsProblem(f"{item.id}: fotnoten hör till något annat")
    for item in loading.facts["dates"]:
        subject = loading.more["milestone_subjects"][item.id]
        moment = when(item["date"])
        if "precision" in item and (moment is None or item["precision"] not in moment.wording):
            raise FactsProblem(f"{item.id}: tiden är inte så noga som källan säger")
        milestone = records.add_milestone(
            event=item["event"],
            when=moment,
            about=loading.find(subject).record,
            source_key=item.id,
            by=BY,
        )
        loading.cite(item, loading.keep(item.id, milestone))
    subjects = loading.more["open_question_subjects"]
    questions = sorted(loading.facts["meta"]["ambiguities"], key=lambda item: item.id)
    for order, item in enumerate(questions, 1):
        question = records.add_open_question(
            question=item["text"],
            kind=OpenQuestion.Kind.AMBIGUITY,
            subjects=[loading.find(key).record for key in subjects[item.id]],
            order=order,
            source_key=item.id,
            by=BY,
        )
        loading.cite(item, loading.keep(item.id, question))


def load_report(loading: Loading, round: FollowUpRound) -> None:
    """The report to be written; where its headings stand in the county's own report."""
    known = loading.more["report"]
    made = create_report(
        round=round,
        outline=known["outline"],
        title=known["title"],
        source_key=known["key"],
        by=BY,
    )
    source = loading.sources["seed004"]
    for item in loading.facts["report_structure"]:
        if "heading" not in item:
            assert item["per_network_block"]
            records.cite(made.record, source, item["note"])
            continue
        records.cite(made.record, source, f"{item['heading']}, s. {item['page']}")
        for child in item.get("children", []):
            heading, page = child.rstrip(")").split(" (sida ")
            records.cite(made.record, source, f"{item['heading']}, {heading}, s. {page}")
        if "numbered" in item:
            assert item["numbered"] == round.lessons.count()
        if "count" in item:
            assert item["count"] == len(loading.facts["footnotes"])
