"""The 2020 report carries every fact of the county's own report, under the right heading.

The expectation is read from the facts file alone, never from the loader or the drawing code: where
an item must stand follows from its own keys (area, network, who, lesson, about).
"""

from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files
from typing import Any

import pytest
import yaml

from samhandling.apps.records.models import Record
from samhandling.apps.reporting.assemble import assemble
from samhandling.apps.reporting.models import Report as ReportRow
from samhandling.core.report_model import (
    Block,
    Report,
)
from samhandling.core.report_reading import (
    blocks_under,
    footnotes,
    inline_text,
    plain_text,
    record_uids,
)

FACTS: dict[str, Any] = yaml.safe_load(
    files("samhandling.demo").joinpath("county", "facts.yaml").read_text("utf-8")
)
CARRIED_OUT = "Genomförda insatser"
LESSONS = "Lärdomar och rekommendationer"
ASSIGNMENT = ("Bakgrund", "Uppdragsbeskrivning")
METHOD = ("Bakgrund", "Metod")
SCOPE = ("Bakgrund", "Avgränsning")
AREAS = {
    "FA-ROK-1": "Bosättning och mottagande",
    "FA-ROK-2": "Arbete och utbildning",
    "FA-ROK-3": "Hälsa och föräldraskap",
}
NETWORK_AREAS = {
    "N-FLYKT": "FA-ROK-1",
    "N-FIA": "FA-ROK-2",
    "N-RESAM": "FA-ROK-2",
    "N-FOSAM": "FA-ROK-2",
    "N-LANSGR": "FA-ROK-3",
    "N-FORALDR": "FA-ROK-3",
}
# I-30 is no initiative; I-41 is told first in its network's text, before the list of the others.
NOT_IN_LIST_ORDER = {"I-30", "I-41"}
# Items that the report does not carry, each with the reason.
EXEMPT = {
    "O-NARINGSLIV": "a category that is named only among the readers; M-6 carries the word",
    "Q-16": "counts the source's own notes; that there are thirteen is a test of its own below",
    "O-IQ": "the sender is inferred from an address; the address itself stands in note F-10",
}


def path_of_network(key: str) -> tuple[str, ...]:
    names = {item["id"]: item["name"] for item in FACTS["networks"]}
    return (CARRIED_OUT, AREAS[NETWORK_AREAS[key]], names[key])


def path_of_initiative(item: dict[str, Any], by_id: dict[str, Any]) -> tuple[str, ...]:
    if item.get("area") == "process":
        return ASSIGNMENT
    parent = by_id.get(item.get("parent", ""), {})
    network = item.get("network", parent.get("network"))
    if network:
        return path_of_network(network)
    return (CARRIED_OUT, AREAS[item["area"]])


def expected() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every item of the report's source with the headings it must stand under, from outside in."""
    initiatives = {item["id"]: item for item in FACTS["initiatives"]}
    for item in FACTS["initiatives"]:
        yield item["id"], path_of_initiative(item, initiatives)
    for item in FACTS["networks"]:
        if item["id"] in NETWORK_AREAS:
            yield item["id"], path_of_network(item["id"])
    yield "N-SAM", ASSIGNMENT
    yield "N-EKB", (LESSONS,)
    yield "N-CIV", path_of_network("N-FIA")
    yield "A-ROK", ASSIGNMENT
    for item in FACTS["agreements"][1]["focus_areas"]:
        yield item["id"], (CARRIED_OUT,)
    for item in FACTS["agreements"][1]["target_groups"]:
        yield item["id"], SCOPE
    yield "P-HTL", (LESSONS,)
    yield "P-ROK", ASSIGNMENT
    for item in FACTS["plans"]:
        if item.get("network") in NETWORK_AREAS:
            yield item["id"], path_of_network(item["network"])
    yield "B-RAD", ASSIGNMENT
    yield "B-SAM", ASSIGNMENT
    for key in ("B-CHI", "B-HSVO"):
        yield key, (CARRIED_OUT, AREAS["FA-ROK-3"])
    yield "B-WG-CIV", path_of_network("N-FIA")
    yield "B-WG-JORD", path_of_network("N-LANSGR")
    yield "B-STYR-PROJ", path_of_network("N-FIA")
    for item in FACTS["network_approaches"]:
        yield item["id"], ASSIGNMENT
    lessons_with = {key: lesson["id"] for lesson in FACTS["lessons"] for key in lesson["evidence"]}
    for item in FACTS["challenges"]:
        if item["source"] != "seed004":
            continue
        who = item["who"]
        if who in NETWORK_AREAS:
            yield item["id"], path_of_network(who)
        elif who in AREAS:
            yield item["id"], (CARRIED_OUT, AREAS[who])
        elif item["type"] == "begrepp":
            yield item["id"], SCOPE
        elif item["id"] in lessons_with:
            yield item["id"], (LESSONS,)
        else:
            yield item["id"], path_of_network("N-FIA")
    for item in (*FACTS["lessons"], *FACTS["recommendations"]):
        yield item["id"], (LESSONS,)
    for item in FACTS["definitions"]:
        if item["source"] == "seed004":
            yield item["id"], SCOPE
    for item in FACTS["levels"]:
        yield item["id"], SCOPE
    for item in FACTS["method"]:
        yield (
            item["id"],
            ASSIGNMENT
            if item["id"] in {"M-1", "M-4", "M-5"}
            else (SCOPE if item["id"] == "M-7" else METHOD),
        )
    for item in FACTS["scope_boundaries"]:
        if item["source"] == "seed004":
            yield item["id"], SCOPE
    for item in (*FACTS["quantities"], *FACTS["dates"], *FACTS["footnotes"]):
        if item["source"] == "seed004" and item["id"] not in EXEMPT:
            yield item["id"], ()


EXPECTED = list(expected())
ORGANISATIONS = [
    (item["id"], item["name"].replace(" (kategori)", ""))
    for item in FACTS["organisations"]
    if "seed004" in item["source"] and item["id"] not in EXEMPT
]


@pytest.fixture(scope="module")
def report(demo_county_for_reading: None) -> Report:
    row = ReportRow.objects.get(round__year=2020, round__agreement__slug="rok")
    return assemble(row, made_at=datetime.fromisoformat("2020-11-30T12:00:00+01:00")).report


@pytest.fixture(scope="module")
def uids(report: Report) -> dict[str, str]:
    return dict(Record.objects.filter(source_key__isnull=False).values_list("source_key", "uid"))


def carried(blocks: tuple[Block, ...] | Report) -> frozenset[str]:
    return record_uids(blocks)


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "path"), EXPECTED, ids=[key for key, _ in EXPECTED])
def test_every_item_stands_under_its_heading(
    report: Report, uids: dict[str, str], key: str, path: tuple[str, ...]
) -> None:
    found = carried(blocks_under(report, path))
    notes = {note.source_key for note in footnotes(report)}
    assert uids[key] in found or key in notes, f"{key} is missing under {' / '.join(path)}"


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "name"), ORGANISATIONS, ids=[key for key, _ in ORGANISATIONS])
def test_every_organisation_is_named(report: Report, key: str, name: str) -> None:
    assert name.casefold() in plain_text(report).casefold()


def test_every_item_of_the_source_is_expected_or_exempt() -> None:
    known = {key for key, _ in EXPECTED} | EXEMPT.keys() | {key for key, _ in ORGANISATIONS}
    missing = []
    for section, items in FACTS.items():
        if section in {"meta", "report_structure", "agreement_structure"}:
            continue
        for item in items:
            source = item.get("source", "")
            sources = source if isinstance(source, list) else [source]
            if "seed004" in sources and item["id"] not in known:
                missing.append(item["id"])
    assert missing == []


@pytest.mark.django_db
def test_headings_come_in_the_order_of_the_source(report: Report) -> None:
    source = [row for row in FACTS["report_structure"] if "heading" in row]
    wanted: list[str] = []
    for row in source:
        if row["heading"] != "Fotnoter":
            wanted.append(row["heading"])
            wanted += [child.rsplit(" (", 1)[0] for child in row.get("children", [])]
    texts = [block.text for block in report.blocks if type(block).__name__ == "Heading"]
    assert [text for text in texts if text in wanted] == wanted


@pytest.mark.django_db
def test_notes_are_thirteen_in_the_order_of_the_source(report: Report) -> None:
    wanted = [item["id"] for item in FACTS["footnotes"]]
    assert [note.source_key for note in footnotes(report)] == wanted
    for note, item in zip(footnotes(report), FACTS["footnotes"], strict=True):
        if item["link"]:
            assert item["link"] in inline_text(note.inlines)


@pytest.mark.django_db
def test_initiatives_of_a_network_keep_the_order_of_the_source(
    report: Report, uids: dict[str, str]
) -> None:
    for network in NETWORK_AREAS:
        wanted = [
            item["id"]
            for item in FACTS["initiatives"]
            if item.get("network") == network
            and not item.get("parent")
            and item["id"] not in NOT_IN_LIST_ORDER
        ]
        text_order = []
        for block in blocks_under(report, path_of_network(network)):
            origin = getattr(block, "origin", None)
            if getattr(origin, "what", "") == "insatsen":
                text_order.append(origin.record_uids[0])
        keys = {uid: key for key, uid in uids.items()}
        assert [keys[uid] for uid in text_order if keys.get(uid) in wanted] == wanted


@pytest.mark.django_db
def test_each_network_names_who_answers_and_who_coordinates(report: Report) -> None:
    authorities = {item["id"]: item["name"] for item in FACTS["organisations"]}
    for item in FACTS["networks"]:
        if item["id"] in NETWORK_AREAS:
            text = plain_text(blocks_under(report, path_of_network(item["id"])))
            assert f"Ansvarigt nätverk: {item['name']}" in text
            wanted = authorities[item["coordinating_authority"]]
            assert f"Ansvarig samordnande myndighet: {wanted}" in text
