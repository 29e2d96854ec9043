"""Every key of the county's facts has a place in the model; whatever has none is named."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from samhandling.demo import places
from samhandling.demo.coverage import NoSuchColumn, examine, facts_of, resolve
from samhandling.demo.facts import FactsProblem, Item, county_text, read_facts


@pytest.fixture
def facts() -> dict[str, Any]:
    """The county's own facts, to be changed."""
    return deepcopy(read_facts(county_text("facts.yaml")))


@pytest.fixture
def sections(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, dict[str, Any]]]:
    """The declared places, to be changed."""
    changeable = {name: dict(keys) for name, keys in places.SECTIONS.items()}
    monkeypatch.setattr("samhandling.demo.coverage.SECTIONS", changeable)
    yield changeable


def problems(facts: dict[str, Any]) -> list[str]:
    return examine(facts, is_loaded=False).problems


def test_every_key_of_every_item_has_a_place(facts: dict[str, Any]) -> None:
    found = examine(facts, is_loaded=False)
    assert found.problems == []
    assert found.items == 290
    assert all(where for _section, _key, where in found.rows)


def test_a_key_that_loses_its_place_is_named_with_its_item(
    facts: dict[str, Any], sections: dict[str, dict[str, Any]]
) -> None:
    del sections["lessons"]["good_example"]
    assert problems(facts) == ["L-2: good_example har ingen plats i modellen."]


def test_a_nested_key_needs_a_place_of_its_own(
    facts: dict[str, Any], sections: dict[str, dict[str, Any]]
) -> None:
    del sections["initiatives"]["funding.granted_to"]
    assert problems(facts) == ["I-20: funding.granted_to har ingen plats i modellen."]


def test_a_new_key_in_the_facts_fails(facts: dict[str, Any]) -> None:
    facts["initiatives"][3]["budget"] = 5
    facts["organisations"][0]["contact"]["fax"] = "018"
    assert problems(facts) == [
        "O-LST-UPP: contact.fax har ingen plats i modellen.",
        "I-02b: budget har ingen plats i modellen.",
    ]


def test_a_new_key_in_an_item_without_id_fails(facts: dict[str, Any]) -> None:
    facts["agreements"][1]["excluded_scope"][0]["reason"] = "avgränsat"
    assert problems(facts) == ["A-ROK: excluded_scope.reason har ingen plats i modellen."]


def test_a_new_section_fails(facts: dict[str, Any]) -> None:
    facts["budgets"] = [{"id": "BU-1"}]
    assert problems(facts) == ["BU-1: id har ingen plats i modellen."]


def test_a_place_that_the_model_does_not_have_fails(
    facts: dict[str, Any], sections: dict[str, dict[str, Any]]
) -> None:
    sections["recommendations"]["adopted_in"] = places.at("recommendation.taken_up_in")
    assert problems(facts) == [
        "R-2a: adopted_in pekar på recommendation.taken_up_in, som inte finns i modellen."
    ]


@pytest.mark.parametrize("path", ["agreement.purpose", "agreement.record.title"])
def test_a_text_column_may_not_hold_what_is_no_free_text(
    path: str, facts: dict[str, Any], sections: dict[str, dict[str, Any]]
) -> None:
    sections["agreements"]["followed_up_by"] = places.at(path)
    assert problems(facts) == [
        f"A-ROK: followed_up_by är ingen fritext men pekar på textkolumnen {path}."
    ]


def test_a_json_column_may_not_hold_what_is_no_free_text(
    facts: dict[str, Any], sections: dict[str, dict[str, Any]]
) -> None:
    sections["report_structure"]["count"] = places.at("report.editions.model")
    assert len(problems(facts)) == 1


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("initiative.owner", "initiatives.Initiative.owner"),
        ("initiative.when", "initiatives.Initiative.when"),
        ("initiative.parts", "initiatives.Initiative.parent"),
        ("agreement.goals.record.title", "agreements.Goal.record.title"),
        ("actor.collaborationbody.led_by", "organisations.CollaborationBody.led_by"),
    ],
)
def test_a_path_is_told_as_model_and_column(path: str, name: str) -> None:
    assert resolve(path).name == name


def test_a_path_beyond_a_column_is_refused() -> None:
    with pytest.raises(NoSuchColumn):
        resolve("initiative.status.label")


def test_ids_used_as_keys_are_one_kind_of_key() -> None:
    item = {"id": "I-35", "roles": {"B-SAM": ["plattform"], "N-LANSGR": ["hinder"]}}
    keys = [fact.key for fact in facts_of({"initiatives": [item]})]
    assert keys == ["id", "roles", "roles.*", "roles.*"]


def test_what_nobody_reads_is_told() -> None:
    item = Item({"id": "X-1", "name": "namn", "deep": {"a": 1, "b": [{"c": 2}]}}, "prov")
    assert item["deep"]["a"] == 1
    assert list(item.unread()) == ["X-1: id", "X-1: name", "prov.deep: b"]


def test_a_missing_key_is_told_with_its_item() -> None:
    with pytest.raises(FactsProblem, match="X-1: namn saknas"):
        Item({"id": "X-1"}, "prov")["namn"]


@pytest.mark.parametrize("text", ["- en lista", "a: [", ""])
def test_a_file_that_holds_no_facts_is_refused(text: str) -> None:
    with pytest.raises(FactsProblem):
        read_facts(text)
