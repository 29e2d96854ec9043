"""Each filter of the list finds what it says, alone, with several values, and beside others."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import transaction
from django.http import QueryDict
from pytest_django import DjangoDbBlocker

from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives.listing import (
    InitiativeFilter,
    counted,
    in_order,
)
from samhandling.apps.initiatives.listing import listed as listed_by
from samhandling.apps.initiatives.services import withdraw_initiative
from samhandling.apps.records.services import index_record, rename_record
from samhandling.web.workspace.initiatives import filters
from tests.factories import make_county, make_initiative
from tests.integration.list.conftest import Listed, make_listed

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def listed_for_the_file(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Listed]:
    """Made once: a test's own transaction lies inside the file's, and both are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_listed(make_county())
        transaction.set_rollback(True)


@pytest.fixture
def listed(db: None, listed_for_the_file: Listed) -> Listed:
    """What the file has, without what another test did to it in memory."""
    return deepcopy(listed_for_the_file)


def found(listed: Listed, query: str, by: Author | None = None) -> set[str]:
    """The short names of what an address finds."""
    agreement, who = listed.county.agreement, by or listed.county.reader
    criteria = filters.read(QueryDict(query), agreement, who).criteria
    names = {initiative.pk: name for name, initiative in listed.of.items()}
    return {names[pk] for pk in listed_by(agreement, criteria, who).values_list("pk", flat=True)}


ALL = {"cafe", "step", "bare", "alone", "late"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ALL),
        ("q=biblioteket", {"cafe"}),
        ("omrade=BM", {"cafe", "step"}),
        ("omrade=BM-M", {"step"}),
        ("omrade=okant", {"bare", "alone", "late"}),
        ("natverk=inget", {"alone"}),
        ("natverk=okant", {"step", "bare"}),
        ("natverk=inget&natverk=okant", {"alone", "step", "bare"}),
        ("niva=experience_exchange", {"cafe"}),
        ("niva=experience_exchange&niva=joint_action", {"cafe", "alone"}),
        ("niva=kand", {"cafe", "alone"}),
        ("niva=okant", {"step", "bare", "late"}),
        ("niva=okant&niva=joint_action", {"step", "bare", "late", "alone"}),
        ("grund=stated", {"cafe"}),
        ("grund=inferred", {"cafe", "alone"}),
        ("niva=experience_exchange&grund=inferred", set()),
        ("niva=competence_development&grund=inferred", {"cafe"}),
        ("status=ONGOING", {"cafe"}),
        ("status=ONGOING&status=DONE", {"cafe", "alone"}),
        ("status=UNKNOWN", {"step", "bare"}),
        ("agare=okant", {"step", "bare"}),
        ("finansiering=finns", {"cafe"}),
        ("finansiering=okant", {"step", "bare", "late"}),
        ("orsak=oversvamning", {"late"}),
        ("orsak=strejk", {"cafe"}),
        ("orsak=strejk&orsak=oversvamning", {"cafe", "late"}),
        ("orsak=strejk&orsak=oversvamning&avviker=ja", {"late"}),
        ("avviker=ja", {"late"}),
        ("saknar=agare", {"step", "bare"}),
        ("saknar=indikator", {"step", "bare", "alone", "late"}),
        ("saknar=finansiering", {"step", "bare", "late"}),
        ("saknar=natverk", {"step", "bare", "alone"}),
        ("saknar=niva", {"step", "bare", "late"}),
        ("saknar=status", {"step", "bare"}),
        ("saknar=agare&saknar=natverk", {"step", "bare", "alone"}),
        ("delar=hela", {"cafe", "bare", "alone", "late"}),
        ("delar=delar", {"step"}),
        ("omrade=BM&delar=hela", {"cafe"}),
        ("status=DONE&agare=okant", set()),
    ],
)
def test_a_filter_finds_exactly_its_initiatives(
    listed: Listed, query: str, expected: set[str]
) -> None:
    assert found(listed, query) == expected


def test_words_find_the_names_of_owners_and_partners(listed: Listed) -> None:
    county = listed.county
    rename_record(record=county.organisation.record, title="Skolverket")
    index_record(county.organisation.record)
    rename_record(record=county.other_organisation.record, title="Biblioteksverket")
    index_record(county.other_organisation.record)
    assert found(listed, "q=Skolverket") == {"cafe", "late"}
    assert found(listed, "q=skolv") == {"cafe", "late"}
    assert found(listed, "q=bibliotek") == {"cafe", "alone"}  # partner and words; owner


def test_filters_by_uid_find_owner_participant_network_and_need(listed: Listed) -> None:
    county = listed.county
    owner, other = county.organisation.uid, county.other_organisation.uid
    assert found(listed, f"agare={owner}") == {"cafe", "late"}
    assert found(listed, f"agare={other}&agare=okant") == {"alone", "step", "bare"}
    assert found(listed, f"part={other}") == {"cafe", "alone"}
    assert found(listed, f"natverk={county.network.uid}") == {"cafe"}
    assert found(listed, f"natverk={county.network.uid}&natverk={listed.second_network.uid}") == {
        "cafe",
        "late",
    }
    assert found(listed, f"behov={listed.need.uid}") == {"cafe"}


def test_an_inflected_word_finds_the_name(listed: Listed) -> None:
    assert found(listed, "q=insatserna") == {"bare"}
    assert found(listed, "q=upphandlingarnas+gemensam") == {"alone"}
    assert found(listed, "q=äldreträ") == {"late"}


@pytest.mark.parametrize(
    "words", ['"*', "AND NOT", "NEAR(a b)", "stems:x", "a*b", "%_'", "(", "-x", "\0", "^x"]
)
def test_signs_of_the_search_language_are_only_words(listed: Listed, words: str) -> None:
    query = QueryDict(mutable=True)
    query["q"] = words
    assert found(listed, query.urlencode()) in (set(), ALL)


def test_withdrawn_and_other_agreements_are_outside(listed: Listed) -> None:
    county = listed.county
    make_initiative(title="I en annan överenskommelse")
    withdraw_initiative(initiative=listed.of["late"], reason="Dubblett.", by=county.doris)
    assert found(listed, "") == ALL - {"late"}


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("status=<script>", "Status"),
        ("omrade=XX", "Område"),
        ("natverk=finnsinte", "Nätverk"),
        ("niva=\0", "Nivå"),
        ("avviker=nej", "Avviker från planen"),
        ("delar=hela&delar=delar", "Delar"),
    ],
)
def test_what_is_not_understood_is_told_and_asks_for_nothing_more(
    listed: Listed, query: str, label: str
) -> None:
    reading = filters.read(QueryDict(query), listed.county.agreement, listed.county.reader)
    assert [str(name) for name, _word in reading.ignored] == [label]
    if label != "Delar":
        assert reading.criteria == InitiativeFilter()


def test_a_draft_need_of_another_organisation_cannot_be_asked_for(listed: Listed) -> None:
    from tests.factories import make_need

    county = listed.county
    hidden = make_need(
        county.agreement, "Hemligt behov", owner=county.organisation, sharing="DRAFT"
    )
    seen = filters.read(QueryDict(f"behov={hidden.uid}"), county.agreement, county.alice)
    unseen = filters.read(QueryDict(f"behov={hidden.uid}"), county.agreement, county.charlie)
    assert seen.criteria.needs == (hidden.uid,)
    assert unseen.criteria.needs == ()
    assert "Hemligt" not in str(unseen.ignored)


def test_an_address_is_read_as_it_was_written(listed: Listed) -> None:
    agreement = listed.county.agreement
    url = filters.list_url(agreement, omrade="BM", niva=["experience_exchange", "okant"], q="")
    assert url == f"{listed.url}?omrade=BM&niva=experience_exchange&niva=okant"
    reading = filters.read(QueryDict(url.partition("?")[2]), agreement, listed.county.reader)
    assert reading.criteria == InitiativeFilter(
        areas=("BM",), levels=("experience_exchange", "UNKNOWN")
    )


def test_an_address_with_an_unknown_parameter_cannot_be_made(listed: Listed) -> None:
    with pytest.raises(TypeError, match="farg"):
        filters.list_url(listed.county.agreement, farg="blå")


def test_the_tree_keeps_parts_under_their_whole_whenever_they_came(listed: Listed) -> None:
    late_step = make_initiative(title="Steg som kom sist", parent=listed.of["cafe"])
    ordered = in_order(listed_by(listed.county.agreement, InitiativeFilter(), listed.county.reader))
    assert [row.title for row in ordered.select_related("record")][:3] == [
        "Språkcafé på biblioteken",
        "Steg om lokaler",
        late_step.title,
    ]


@pytest.mark.parametrize(
    "order", ["TITLE", "AREA", "NETWORK", "STATUS", "OWNER", "WHEN", "CHANGED"]
)
def test_every_order_shows_each_row_once_and_the_unknown_last(listed: Listed, order: str) -> None:
    rows = listed_by(listed.county.agreement, InitiativeFilter(), listed.county.reader)
    forward = list(in_order(rows, order).values_list("pk", flat=True))
    backward = list(in_order(rows, f"-{order}").values_list("pk", flat=True))
    assert sorted(forward) == sorted(backward) == sorted(one.pk for one in listed.of.values())
    if order == "OWNER":
        unknown = {listed.of["step"].pk, listed.of["bare"].pk}
        assert set(forward[-2:]) == set(backward[-2:]) == unknown


def test_names_are_sorted_the_swedish_way(listed: Listed) -> None:
    for title in ("Öppet hus", "ådals träff", "zonmöte", "Ärlig dialog"):
        make_initiative(listed.county.agreement, title)
    rows = listed_by(listed.county.agreement, InitiativeFilter(), listed.county.reader)
    titles = [row.title for row in in_order(rows, "TITLE").select_related("record")]
    assert titles[-6:] == [
        "zonmöte",
        "ådals träff",
        "Äldreträffar",
        "Ännu obeskriven insats",
        "Ärlig dialog",
        "Öppet hus",
    ]


def test_counts_are_those_of_the_rows_and_follow_every_change(listed: Listed) -> None:
    county = listed.county
    before = counted(county.agreement, InitiativeFilter(), county.reader)
    assert (before.total, before.wholes, before.parts) == (5, 4, 1)
    assert (before.with_level, before.with_funding) == (2, 1)
    assert counted(county.agreement, InitiativeFilter(), county.reader) == before
    make_initiative(county.agreement, "En till")
    assert counted(county.agreement, InitiativeFilter(), county.reader).total == 6
