"""Search in everything: by kind, with counts, and without other organisations' drafts."""

import re
from collections.abc import Callable
from html import unescape
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.initiatives.services import add_quantity, update_initiative
from samhandling.apps.records.models import Record, RecordKind
from samhandling.apps.records.services import add_footnote, add_open_question, merge_record
from samhandling.core.knowledge import Basis
from samhandling.web.workspace.search.kinds import KINDS
from tests.factories import (
    County,
    make_funding,
    make_initiative,
    make_need,
    make_organisation,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def search(client: Client, words: str, **more: str) -> str:
    answer = client.get("/sok/", {"q": words} | more)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def total(page: str) -> int:
    return int(re.findall(r'data-count="(\d+)"', page)[0])


def hits(page: str) -> list[str]:
    found = "".join(re.findall(r'<section class="hits">.*?</section>', page, re.S))
    return re.findall(r'<a href="[^"]+">([^<]+)</a>', found)


def test_every_kind_of_record_has_a_heading() -> None:
    assert set(KINDS) == set(RecordKind.values)


def test_hits_stand_by_kind_with_their_counts(as_person: SignIn, county: County) -> None:
    make_initiative(county.agreement, "Cykelskola för nyanlända")
    make_initiative(county.agreement, "Cykelbana")
    make_need(county.agreement, "Cykelvana saknas")
    make_organisation("Cykelfrämjandet")
    page = search(as_person(county.reader), "cykel")
    assert total(page) == 4
    assert hits(page) == [
        "Cykelskola för nyanlända",
        "Cykelbana",
        "Cykelvana saknas",
        "Cykelfrämjandet",
    ]
    assert re.findall(r"<h2>([^<]+) <span[^>]*>(\d+)", page) == [
        ("Insatser", "2"),
        ("Behov och utmaningar", "1"),
        ("Organisationer", "1"),
    ]


def test_one_kind_can_be_shown_alone(as_person: SignIn, county: County) -> None:
    make_initiative(county.agreement, "Cykelskola")
    make_need(county.agreement, "Cykelvana saknas")
    client = as_person(county.reader)
    assert hits(search(client, "cykel", slag="NEED")) == ["Cykelvana saknas"]
    assert len(hits(search(client, "cykel", slag="<script>"))) == 2


def test_inflection_does_not_matter(as_person: SignIn, county: County) -> None:
    make_initiative(county.agreement, "Gemensam insats")
    assert hits(search(as_person(county.reader), "insatserna")) == ["Gemensam insats"]


@pytest.mark.parametrize(
    "words", ["projektet", "projektets", "projektet ohälsan", "ohälsans", "projekt ohälsa"]
)
def test_a_definite_form_finds_the_indefinite(
    as_person: SignIn, county: County, words: str
) -> None:
    make_initiative(county.agreement, "Projekt mot psykisk ohälsa")
    make_initiative(county.agreement, "Internationell vecka")
    assert hits(search(as_person(county.reader), words)) == ["Projekt mot psykisk ohälsa"]
    assert hits(search(as_person(county.reader), "internet")) == []


def test_twenty_five_stand_on_a_page_and_all_on_some_page(
    as_person: SignIn, county: County
) -> None:
    for number in range(20):
        make_initiative(county.agreement, f"Cykel {number}")
    for number in range(12):
        make_need(county.agreement, f"Cykelbehov {number}")
    client = as_person(county.reader)
    first, second = search(client, "cykel"), search(client, "cykel", sida="2")
    assert len(hits(first)) == 25
    assert len(set(hits(first) + hits(second))) == 32
    assert total(first) == total(second) == 32


@pytest.mark.parametrize("page", ["-1", "0", "99999", "x", "²"])
def test_a_page_that_is_not_there_is_the_nearest(
    as_person: SignIn, county: County, page: str
) -> None:
    make_initiative(county.agreement, "Cykelskola")
    assert hits(search(as_person(county.reader), "cykel", sida=page)) == ["Cykelskola"]


def test_an_empty_search_says_how_to_search(as_person: SignIn, county: County) -> None:
    client = as_person(county.reader)
    assert "Skriv ett eller flera ord" in search(client, "")
    assert "Ingenting hittades" in search(client, "finnsabsolutinte")


@pytest.mark.parametrize(
    "words", ['"*', "AND NOT", "NEAR(", "a" * 5000, "' OR 1=1 --", "\0", "zz:*"]
)
def test_hostile_words_are_only_words(as_person: SignIn, county: County, words: str) -> None:
    assert total(search(as_person(county.reader), words)) == 0


def test_drafts_and_what_hangs_on_them_are_found_by_their_owner_alone(
    as_person: SignIn, county: County
) -> None:
    draft = make_initiative(
        county.agreement, "Smygande panter", owner=county.organisation, sharing="DRAFT"
    )
    make_initiative(title="Panterns steg", parent=draft, by=county.alice)
    make_need(county.agreement, "Panterbehov", owner=county.organisation, sharing="DRAFT")
    add_quantity(initiative=draft, measure="panter i länet", value=3, by=county.alice)
    add_footnote(about=draft.record, number=1, text="Om pantern.", by=DEMO_LOADER)
    add_open_question(
        question="Hur många panter?", kind="TO_SETTLE", subjects=[draft.record], by=DEMO_LOADER
    )
    make_funding(draft, title="Panterpengar", by=county.alice)
    assert total(search(as_person(county.alice), "panter")) >= 6
    for other in (county.charlie, county.reader, county.doris):
        page = search(as_person(other), "panter")
        assert total(page) == 0, hits(page)
        assert "Ingenting hittades" in page


def test_merged_records_are_not_found(as_person: SignIn, county: County) -> None:
    kept = make_initiative(county.agreement, "Plattform")
    double = make_initiative(county.agreement, "Plattformen")
    merge_record(
        record=double.record,
        into=kept.record,
        basis=Basis.INFERRED,
        ground="Samma plattform.",
        by=DEMO_LOADER,
    )
    assert hits(search(as_person(county.reader), "plattform")) == ["Plattform"]


def test_the_name_it_had_before_a_merger_finds_what_it_was_merged_into(
    as_person: SignIn, county: County
) -> None:
    kept = make_initiative(county.agreement, "Webbstöd för kommuner", owner=county.organisation)
    make_initiative(county.agreement, "Läroböcker")
    double = make_initiative(county.agreement, "Läroplattform")
    merge = {"basis": Basis.INFERRED, "ground": "Samma sak.", "by": DEMO_LOADER}
    merge_record(record=double.record, into=kept.record, **merge)
    reader = as_person(county.reader)
    for words in ("läroplattform", "lärop"):
        page = search(reader, words)
        assert hits(page) == ["Webbstöd för kommuner"]
        assert "tidigare Läroplattform" in page
    assert "tidigare" not in search(reader, "webbstöd")
    shown = reader.get("/rok/insatser/", {"q": "läroplattform"}).content.decode()
    assert "Webbstöd för kommuner" in shown
    update_initiative(initiative=kept, purpose="Att alla hittar", by=county.alice)
    assert hits(search(reader, "läroplattform hittar")) == ["Webbstöd för kommuner"]


def test_what_was_merged_before_names_were_kept_is_found_after_the_update(
    as_person: SignIn, county: County
) -> None:
    kept = make_initiative(county.agreement, "Webbstöd")
    double = make_initiative(county.agreement, "Läroplattform")
    Record.objects.filter(pk=double.pk).update(merged_into=kept.pk, merged_basis="STATED")
    update = import_module("samhandling.apps.records.migrations.0005_merged_names_are_found")
    update.index_merged_names(apps, None)
    assert hits(search(as_person(county.reader), "läroplattform")) == ["Webbstöd"]
    assert hits(search(as_person(county.reader), "webbstöd")) == ["Webbstöd"]


def test_the_draft_of_others_that_was_merged_is_not_found(
    as_person: SignIn, county: County
) -> None:
    kept = make_initiative(county.agreement, "Webbstöd", owner=county.organisation)
    draft = make_initiative(
        county.agreement, "Smygpanter", owner=county.organisation, sharing="DRAFT"
    )
    merge = {"basis": Basis.INFERRED, "ground": "Samma sak.", "by": DEMO_LOADER}
    merge_record(record=draft.record, into=kept.record, **merge)
    update_initiative(initiative=kept, purpose="Att alla hittar", by=county.alice)
    assert total(search(as_person(county.charlie), "smygpanter")) == 0
    assert "Smygpanter" not in search(as_person(county.charlie), "webbstöd smyg")


def test_signed_out_is_sent_to_sign_in(client: Client) -> None:
    assert client.get("/sok/?q=x").status_code == 302


def test_the_number_of_queries_does_not_grow_with_the_hits(
    as_person: SignIn, county: County
) -> None:
    client = as_person(county.alice)

    def queries() -> int:
        search(client, "cykel")
        with CaptureQueriesContext(connection) as caught:
            search(client, "cykel")
        return len(caught)

    make_initiative(county.agreement, "Cykel")
    with_one = queries()
    for number in range(30):
        make_initiative(county.agreement, f"Cykel {number}")
    assert queries() == with_one <= 12
