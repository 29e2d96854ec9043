"""Each item of the county's facts, read here once more and by other means than the loader's.

This is the slow and obvious reading: no place, no tracker and no mapping of the demo is used.
"""

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
import yaml

from samhandling.apps.agreements.models import Agreement, AreaResponsibility
from samhandling.apps.followup.models import LessonPoint, NetworkReport
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.organisations.models import CollaborationBody
from samhandling.apps.records.models import Footnote, Milestone, Quantity, Record
from samhandling.apps.situation.models import Need

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_county_for_reading")]

FACTS: dict[str, Any] = yaml.safe_load(
    files("samhandling.demo").joinpath("county", "facts.yaml").read_text("utf-8")
)
OTHER_THINGS = {"I-30", "I-32", "I-35", "I-36", "I-52", "I-53"}
SWEDISH_STATUS = {
    "genomford": "Genomförd",
    "pagaende": "Pågående",
    "delvis": "Delvis genomförd",
    "uppskjuten": "Uppskjuten",
    "pausad_aterupptagen": "Återupptagen",
    "ej_verkstalld": "Ej verkställd",
    "avslutad": "Avslutad",
    "foreslagen": "Föreslagen",
    "planerad": "Planerad",
    "villkorad": "Villkorad",
    "diskuteras": "Diskuteras",
    "beviljad": "Okänt",
    "ansokan_forbereds": "Okänt",
    None: "Okänt",
}


def titled() -> Iterator[tuple[str, str]]:
    """(id, what it is called) of every item of the sections that are plain lists."""
    for section, content in FACTS.items():
        if section == "meta":
            yield from ((item["id"], item["text"]) for item in content["ambiguities"])
            continue
        for item in content:
            if not isinstance(item, dict) or "id" not in item:
                continue
            for name in ("name", "title_sv", "term", "indicator", "event", "unit", "text"):
                if name in item:
                    yield item["id"], item[name]
                    break
            for nested in [*item.get("focus_areas", []), *item.get("target_groups", [])]:
                yield nested["id"], nested["name"]


def key_of(thing: Any) -> str | None:
    return thing.record.source_key if thing is not None else None


def test_every_item_with_an_id_is_a_record_with_its_name() -> None:
    stored = dict(Record.objects.exclude(source_key=None).values_list("source_key", "title"))
    told = dict(titled())
    lessons = {item["id"] for item in FACTS["lessons"]}  # lessons are told in points
    assert {key: stored.get(key) for key in told} == told
    assert lessons <= set(stored)
    assert len(told) + len(lessons) == 290


def test_every_record_with_a_document_cites_the_document_of_its_item() -> None:
    for section in FACTS.values():
        for item in section:
            if isinstance(item, dict) and "id" in item:
                named = item["source"]
                wanted = set(named if isinstance(named, list) else [named])
                record = Record.objects.get(source_key=item["id"])
                cited = set(record.citations.values_list("source__key", flat=True))
                assert wanted <= cited, item["id"]


@pytest.mark.parametrize(
    "item",
    [one for one in FACTS["initiatives"] if one["id"] not in OTHER_THINGS],
    ids=lambda item: item["id"],
)
def test_an_initiative_is_what_its_item_says(item: dict[str, Any]) -> None:
    one = Initiative.objects.by_key(item["id"])
    assert one.record.title_en == item["gloss_en"]
    assert key_of(one.owner) == item.get("owner")
    assert key_of(one.parent) == item.get("parent")
    if "network" in item:
        assert key_of(one.network) == item["network"]
    if "area" in item:
        area = one.focus_area
        assert area is not None
        assert item["area"] in {key_of(area), key_of(area.parent)}
    levels = {row.level.title.replace(" ", "_") for row in one.levels.all()}
    assert levels == set(item.get("level") or [])
    event = one.status_events.last()
    assert event is not None
    assert event.get_status_display() == SWEDISH_STATUS[item["status_2020"]]
    partners = one.actors.filter(role="PARTNER")
    assert partners.count() == len(item.get("partners") or [])
    named = {word for word in item.get("partners", []) if word[:2] in ("O-", "N-", "B-")}
    assert named <= {key_of(row.actor) or "" for row in partners}
    assert one.target_group == item.get("target_group", "")
    assert one.purpose == item.get("purpose", "")
    assert one.summary == item.get("note", "")
    assert one.funding.exists() == bool(item.get("funding"))
    if isinstance(item.get("dates"), date):
        assert one.when is not None
        assert (one.when.earliest, one.when.latest) == (item["dates"], item["dates"])
    if "dates" not in item:
        assert one.when is None
    notes = set(one.record.footnotes.values_list("record__source_key", flat=True))
    assert notes == ({item["footnote"]} if "footnote" in item else set())


@pytest.mark.parametrize("item", FACTS["challenges"], ids=lambda item: item["id"])
def test_a_need_is_told_of_whom_its_item_says(item: dict[str, Any]) -> None:
    need = Need.objects.by_key(item["id"])
    slug = {"seed000": "htl", "seed004": "rok"}[item["source"]]
    assert (need.agreement.slug, need.sharing) == (slug, "SHARED")
    assert need.subject is not None
    if "-" in item["who"]:
        assert need.subject.source_key == item["who"]
    reporters = {
        network["id"]
        for network in FACTS["networks"]
        if item["id"] in network.get("challenges", [])
    }
    told = need.reported_by.values_list("report__body__record__source_key", flat=True)
    assert set(told) == reporters


@pytest.mark.parametrize(
    "item",
    [one for one in FACTS["networks"] if one["one_of_seven"] and "same_as" not in one],
    ids=lambda item: item["id"],
)
def test_a_network_is_what_its_item_says(item: dict[str, Any]) -> None:
    network = CollaborationBody.objects.by_key(item["id"])
    assert key_of(network.coordinating_authority) == item["coordinating_authority"]
    assert network.mandates.get().text == item["mandate"]
    report = NetworkReport.objects.get(body=network)
    now = {row.level.title.replace(" ", "_") for row in report.levels.filter(is_planned=False)}
    assert now == set(item["levels_used"])
    assert {row.basis for row in report.levels.filter(is_planned=False)} == {
        item["levels_basis"].upper()
    }
    assert report.approach_text == item["approach_to_agreement"]["value"]
    said = set(report.statements.values_list("text", flat=True))
    for name in ("meetings", "assessment", "so_assessment", "added_value", "redundancy_reason"):
        if item.get(name):
            assert item[name] in said
    assert [key_of(row.initiative) for row in report.plans.all()] == item.get("plans_next_year", [])
    answers_for = AreaResponsibility.objects.filter(body=network)
    assert key_of(answers_for.get().focus_area) == item["area"]


@pytest.mark.parametrize("item", FACTS["agreements"], ids=lambda item: item["id"])
def test_an_agreement_is_what_its_item_says(item: dict[str, Any]) -> None:
    one = Agreement.objects.by_key(item["id"])
    assert (one.short_name, one.purpose, one.focus) == (
        item["short"],
        item["purpose"],
        item.get("focus", ""),
    )
    assert one.goals.get().title == item["goal"]
    assert key_of(one.decided_by) == item["decided_by"]
    assert (one.adopted is None) == (item["adopted"] is None)
    clauses = {clause.title for clause in one.clauses.all()}
    for name in ("rationale", "risk_note", "level_of_work", "autonomy_rule", "reporting"):
        if name in item:
            assert item[name] in clauses
    for area in item["focus_areas"]:
        responsible = AreaResponsibility.objects.filter(
            focus_area__record__source_key=area["id"]
        ).values_list("body__record__source_key", flat=True)
        assert list(responsible) == area.get("responsible_network", [])
    for boundary in item.get("excluded_scope", []):
        excluded = one.scope_boundaries.get(record__title=boundary["text"])
        assert (excluded.is_excluded, excluded.proposal) == (True, boundary["proposal"])


@pytest.mark.parametrize("item", FACTS["lessons"], ids=lambda item: item["id"])
def test_a_lesson_has_both_its_sides_and_its_evidence(item: dict[str, Any]) -> None:
    points = LessonPoint.objects.filter(lesson__record__source_key=item["id"])
    for sign, name in (("PLUS", "positive"), ("MINUS", "negative"), ("ARGUMENT", "arguments")):
        texts = list(points.filter(sign=sign).values_list("text", flat=True))
        assert texts == item.get(name, [])
    links = Record.objects.get(source_key=item["id"]).lesson.evidence_links
    assert list(links.values_list("record__source_key", flat=True)) == item["evidence"]


def test_footnotes_have_their_number_link_and_subject() -> None:
    stored = {
        note.record.source_key: (note.number, note.url, note.about.source_key)
        for note in Footnote.objects.all()
    }
    assert stored == {
        item["id"]: (number, item["link"] or "", item["about"])
        for number, item in enumerate(FACTS["footnotes"], 1)
    }


def test_quantities_have_their_numbers() -> None:
    for item in FACTS["quantities"]:
        stored = Quantity.objects.by_key(item["id"])
        numbers = [int(stored.value)]
        if stored.reference is not None:
            numbers.append(int(stored.reference))
        shown = "".join(sign if sign.isdigit() else " " for sign in str(item["value"])).split()
        assert sorted(numbers) == sorted(int(one) for one in shown), item["id"]


def test_milestones_have_their_times() -> None:
    for item in FACTS["dates"]:
        when = Milestone.objects.by_key(item["id"]).when
        assert when is not None
        said = str(item["date"])
        if isinstance(item["date"], date):
            assert when.earliest == when.latest == date.fromisoformat(said)
        elif said[:4].isdigit():
            assert str(when.earliest).startswith(said)
            assert str(when.latest).startswith(said)
        else:
            assert said in (when.wording, "våren 2021")
            assert str(when.earliest)[:7] in ("2020-07", "2021-01")
