"""`samhandling coverage`: the facts, the places and the database must agree."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.initiatives.models import Initiative, StatusEvent
from samhandling.apps.records.models import Quantity, Record
from samhandling.cli.coverage import coverage
from samhandling.demo.coverage import examine
from samhandling.demo.facts import county_text, read_facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_county_for_reading")]


def facts() -> dict[str, Any]:
    return read_facts(county_text("facts.yaml"))


def problems(data: dict[str, Any]) -> list[str]:
    return examine(data, is_loaded=True).problems


def run(tmp_path: Path, data: object) -> Result:
    path = tmp_path / "facts.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return CliRunner().invoke(coverage, [str(path), "--quiet"])


def test_every_fact_of_the_county_is_found_in_the_database() -> None:
    found = examine(facts(), is_loaded=True)
    assert found.problems == []
    assert found.compared == found.facts > 1900


def test_the_command_prints_section_key_and_place() -> None:
    done = CliRunner().invoke(coverage)
    assert done.exit_code == 0
    rows = [line.split() for line in done.output.splitlines()]
    assert ["initiatives", "owner"] in [row[:2] for row in rows]
    assert ["plans", "living_document", "agreements.CollaborationPlan.is_living"] in rows
    assert "290 poster med id" in done.output


@pytest.mark.one_database
def test_an_unknown_key_fails_and_names_item_and_key(tmp_path: Path) -> None:
    data = facts()
    data["recommendations"][0]["urgency"] = "hög"
    done = run(tmp_path, data)
    assert done.exit_code == 1
    assert "R-1a: urgency har ingen plats i modellen." in done.output


@pytest.mark.one_database
def test_an_unknown_item_fails(tmp_path: Path) -> None:
    data = facts()
    data["commitments"].append({"id": "K-05", "text": "Nytt åtagande.", "source": "seed000"})
    done = run(tmp_path, data)
    assert done.exit_code == 1
    assert "K-05 finns inte i databasen." in done.output


def _owner(data: dict[str, Any]) -> None:
    data["initiatives"][3]["owner"] = "O-AF"


def _level(data: dict[str, Any]) -> None:
    data["networks"][1]["levels_used"] = ["kompetensutveckling", "gemensamma_insatser"]


def _date(data: dict[str, Any]) -> None:
    data["agreements"][1]["adopted"] = "2018-11-23"


def _number(data: dict[str, Any]) -> None:
    data["quantities"][7]["value"] = "80→90"


def _code(data: dict[str, Any]) -> None:
    data["area_criteria"][0]["direction"] = "over"


def _count(data: dict[str, Any]) -> None:
    data["agreements"][1]["action_plan"]["handed_to_networks"] = 8


def _status(data: dict[str, Any]) -> None:
    data["initiatives"][0]["status_2020"] = "pagaende"


def _known(data: dict[str, Any]) -> None:
    data["recommendations"][0]["number"] = None


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_owner, "I-02b: owner = O-AF återfinns inte i initiatives.Initiative.owner."),
        (_date, "A-ROK: adopted = 2018-11-23 återfinns inte i agreements.Agreement.adopted."),
        (_number, "Q-08: value = 80→90 återfinns inte i records.Quantity.value"),
        (_code, "X-1: direction = over återfinns inte i agreements.AreaCriterion.direction."),
        (_count, "A-ROK: action_plan.handed_to_networks = 8"),
        (_status, "I-01: status_2020 = pagaende"),
        (_known, "R-1a: number = None återfinns inte i followup.Recommendation.number."),
        (_level, "N-FLYKT: levels_used"),
    ],
)
def test_a_fact_that_the_database_contradicts_fails(
    change: Callable[[dict[str, Any]], None], said: str
) -> None:
    data = facts()
    change(data)
    found = problems(data)
    assert len(found) == 1
    assert said in found[0]


@pytest.mark.one_database
def test_something_lost_from_the_database_fails() -> None:
    Quantity.objects.filter(about__source_key="I-23").update(value=90)
    Agreement.objects.filter(slug="rok").update(purpose="")
    Initiative.objects.filter(record__source_key="I-12").update(owner=None)
    StatusEvent.objects.filter(initiative__record__source_key="I-02b").update(
        postponed_to_earliest=None, postponed_to_latest=None, postponed_to_precision=""
    )
    keys = {line.split(":")[0] for line in problems(facts())}
    assert keys == {"Q-08", "I-23", "A-ROK", "I-12", "I-02b"}


@pytest.mark.one_database
def test_an_invented_value_for_what_the_source_leaves_open_fails() -> None:
    Initiative.objects.filter(record__source_key="I-09").first().funding.update(amount_sek=100_000)  # type: ignore[union-attr]
    lines = problems(facts())
    assert [line.split(" = ")[0] for line in lines] == [
        "I-09: funding.amount",
        "I-26: funding.amount",
    ]


def test_a_lost_record_fails() -> None:
    Record.objects.filter(source_key="S-3").update(source_key="S-99")
    assert problems(facts()) == ["S-3 finns inte i databasen."]
