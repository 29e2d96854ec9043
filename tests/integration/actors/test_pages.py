"""Networks and actors: filters, drafts, hostile words, and what a page costs."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samhandling.apps.agreements.models import NetworkAssignment
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.followup.models import NetworkReport, NetworkStatement
from samhandling.apps.followup.network import read_network
from samhandling.apps.initiatives.models import InitiativeActor
from samhandling.apps.initiatives.participation import Part, read_participation
from samhandling.apps.organisations.models import (
    Actor,
    ActorSet,
    BodyLifecycleEvent,
    Mandate,
)
from samhandling.apps.organisations.selectors import members_known, members_of_sets
from samhandling.apps.records.services import merge_record, register, withdraw_record
from samhandling.core.knowledge import Basis, Completeness
from samhandling.core.partial_date import on_day
from tests.factories import (
    County,
    make_body,
    make_county,
    make_funding,
    make_initiative,
    make_need,
    make_organisation,
    make_person,
    make_round,
    sit_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
HOSTILE = '<script>alert("å")</script>'


@pytest.fixture
def county() -> County:
    return make_county()


def get(client: Client, user, address: str) -> str:
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def page_of(thing) -> str:
    return f"/natverk/{thing.uid}/" if thing.record.kind == "BODY" else f"/aktorer/{thing.uid}/"


def test_the_address_narrows_the_register(client: Client, county: County):
    make_body("Länets råd", kind="COUNCIL")
    make_body("Tyst grupp", state="", kind="WORKING_GROUP")
    make_body("Nedlagda nätverket", state="CLOSED")

    def shown(query: str) -> set[str]:
        page = get(client, county.reader, f"/natverk-och-aktorer/{query}")
        names = {"Länets råd", "Tyst grupp", "Nedlagda nätverket", county.network.title}
        return {name for name in names if f">{name}</a>" in page}

    assert shown("?slag=COUNCIL") == {"Länets råd"}
    assert shown("?lage=okant") == {"Tyst grupp"}
    assert shown("?lage=CLOSED&lage=okant") == {"Nedlagda nätverket", "Tyst grupp"}
    assert shown("?q=nedlagda") == {"Nedlagda nätverket"}
    assert shown("?q=finnsinte") == set()
    assert shown("?slag=SKRÄP") == shown("")
    assert len(shown("")) == 4


def test_the_address_orders_the_register_as_swedish_does(client: Client, county: County):
    for name in ("Östra", "Ärlig", "Åsen", "Zebra"):
        make_organisation(name)
    page = get(client, county.reader, "/natverk-och-aktorer/aktorer/?sortera=namn")
    order = [page.index(f">{name}</a>") for name in ("Zebra", "Åsen", "Ärlig", "Östra")]
    assert order == sorted(order)
    page = get(client, county.reader, "/natverk-och-aktorer/aktorer/?sortera=-namn")
    assert page.index(">Östra</a>") < page.index(">Zebra</a>")


def test_merged_and_withdrawn_bodies_are_in_no_register(client: Client, county: County):
    survivor, merged, gone = make_body("Kvar"), make_body("Sammanslagen"), make_body("Borttagen")
    merge_record(
        record=merged.record,
        into=survivor.record,
        basis=Basis.INFERRED,
        ground="Samma",
        by=DEMO_LOADER,
    )
    withdraw_record(record=gone.record, reason="Fel", by=DEMO_LOADER)
    page = get(client, county.reader, "/natverk-och-aktorer/")
    assert ">Kvar</a>" in page
    assert "Sammanslagen" not in page and "Borttagen" not in page
    assert client.get(page_of(gone)).status_code == 404
    answer = client.get(page_of(merged), follow=True)
    assert answer.redirect_chain[-1][0] == page_of(survivor)


def test_a_draft_is_nowhere_on_the_pages_of_others(client: Client, county: County):
    draft = make_initiative(
        county.agreement,
        "Hemligt utkast",
        owner=county.organisation,
        network=county.network,
        sharing="DRAFT",
    )
    InitiativeActor.objects.create(initiative=draft, actor=county.other_organisation)
    make_funding(draft, funder=county.other_organisation, title="Hemliga pengar")
    make_need(county.agreement, "Hemligt behov", subject=county.network.record, sharing="DRAFT")
    addresses = [page_of(county.network), page_of(county.organisation)]
    addresses += [page_of(county.other_organisation), "/natverk-och-aktorer/aktorer/"]
    addresses += ["/natverk-och-aktorer/deltagande/rok/"]
    for address in addresses:
        assert "Heml" not in get(client, county.charlie, address), address
        assert "1 insats" not in get(client, county.charlie, address), address
    assert "Hemligt utkast" in get(client, county.alice, page_of(county.organisation))
    assert "Hemligt utkast" in get(client, county.alice, page_of(county.network))


def test_members_are_counted_through_sets_and_partly_when_a_set_is_not_spelled_out():
    body = make_body(members_state="COMPLETE")
    two = [make_organisation(), make_organisation()]
    named = register(
        ActorSet,
        title="Båda",
        by=DEMO_LOADER,
        actor_kind=Actor.Kind.SET,
        members_state="COMPLETE",
    )
    named.members.set(two)
    sit_in(body, actor=named)
    sit_in(body, actor=two[0])
    sit_in(body, function="landshövdingen", role="CHAIR")
    sit_in(body, person=make_person(), role="CONVENER")  # made up, so not counted
    assert members_known(body, body.seats.all(), members_of_sets()) == (3, Completeness.COMPLETE)

    some = register(ActorSet, title="Några", by=DEMO_LOADER, actor_kind=Actor.Kind.SET)
    sit_in(body, actor=some)
    assert members_known(body, body.seats.all(), members_of_sets()) == (3, Completeness.PARTIAL)


def test_sets_within_sets_and_in_circles_come_to_an_end():
    town = make_organisation()
    own = {"by": DEMO_LOADER, "actor_kind": Actor.Kind.SET, "members_state": "COMPLETE"}
    inner, outer = (register(ActorSet, title=title, **own) for title in ("inre", "yttre"))
    inner.members.set([town, outer])
    outer.members.set([inner])
    found = members_of_sets()
    assert found[outer.pk].ids == found[inner.pk].ids == {town.pk}


def test_a_municipality_is_a_no_only_where_the_list_is_complete(county: County):
    full = make_body("Fullt", members_state="COMPLETE")
    half = make_body("Halvt", members_state="PARTIAL")
    none = make_body("Tomt", members_state="NONE")
    for body in (full, half, none):
        NetworkAssignment.objects.create(agreement=county.agreement, body=body)
    sit_in(full, actor=county.organisation)
    make_initiative(county.agreement, owner=county.other_organisation, network=half)
    matrix = read_participation(county.agreement, county.reader)
    told = {
        line.thing.title: {answer.town.pk: answer.part for answer in line.answers}
        for line in matrix.networks
    }
    mine, other = county.organisation.pk, county.other_organisation.pk
    assert told["Fullt"][mine] is Part.YES and told["Fullt"][other] is Part.NO
    assert told["Halvt"][mine] is Part.UNKNOWN and told["Halvt"][other] is Part.INFERRED
    assert told["Tomt"][mine] is told["Tomt"][other] is Part.NO


def test_what_is_told_for_a_year_stays_when_the_next_year_says_otherwise(
    client: Client, county: County
):
    values = {2020: "NOTHING_BEYOND_INVENTORY", 2021: "NONE"}
    for year, value in values.items():
        NetworkReport.objects.create(
            round=make_round(county.agreement, year), body=county.network, added_value=value
        )
    page = get(client, county.reader, page_of(county.network))
    value = page[page.index('id="mervarde"') :].split("</section>")[0]
    assert value.index("Inget mervärde") < value.index("Inget utöver inventering")
    assert "uppföljningen 2021" in value and ">2020</th>" in value


def test_hostile_words_stay_words(client: Client, county: County):
    body = make_body(HOSTILE, description=HOSTILE, meeting_rhythm=HOSTILE, members_note=HOSTILE)
    Mandate.objects.create(body=body, text=HOSTILE)
    sit_in(body, function=HOSTILE)
    sit_in(body, person=make_person(HOSTILE), role="CONVENER")
    register(
        BodyLifecycleEvent, title=HOSTILE, by=DEMO_LOADER, body=body, kind="STARTED", reason=HOSTILE
    )
    report = NetworkReport.objects.create(
        round=make_round(county.agreement), body=body, approach_text=HOSTILE, approach="UNKNOWN"
    )
    NetworkStatement.objects.create(report=report, kind="ASSESSMENT", text=HOSTILE)
    owner = make_organisation(HOSTILE, note=HOSTILE, phone=HOSTILE[:40])
    make_initiative(county.agreement, HOSTILE, network=body, owner=owner)
    for address in (
        page_of(body),
        page_of(owner),
        "/natverk-och-aktorer/",
        "/natverk-och-aktorer/aktorer/",
    ):
        page = get(client, county.reader, address)
        assert "<script>alert" not in page, address
        assert "&lt;script&gt;alert" in page, address
    address = "/natverk-och-aktorer/?q=%3Cscript%3E&sortera=%3Cscript%3E&sida=-1&slag=%00"
    assert "<script>" not in get(client, county.reader, address).replace("<script src", "")


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("address", ["/natverk-och-aktorer/", "/natverk-och-aktorer/aktorer/"])
def test_the_registers_cost_the_same_with_1_3_and_60_rows(
    client: Client, county: County, address: str
):
    client.force_login(county.reader)
    seen = []
    for wanted in (1, 3, 60):
        for _n in range(len(seen) and (3 if wanted == 3 else 57)):
            actor = make_organisation()
            body = make_body(coordinating_authority=actor)
            sit_in(body, actor=actor)
        seen.append(queries_of(client, address))
    assert len(set(seen)) == 1, seen


def test_pages_and_matrix_cost_the_same_with_1_3_and_60_initiatives(client: Client, county: County):
    client.force_login(county.reader)
    addresses = [
        page_of(county.network),
        page_of(county.organisation),
        "/natverk-och-aktorer/deltagande/rok/",
    ]
    seen: dict[str, list[int]] = {address: [] for address in addresses}
    there = 0
    for wanted in (1, 3, 60):
        for _n in range(there, wanted):
            partner = make_organisation()
            row = make_initiative(
                county.agreement, network=county.network, owner=county.organisation
            )
            InitiativeActor.objects.create(initiative=row, actor=partner)
            make_funding(row, funder=county.organisation, title="medel", amount_sek=Decimal(5))
            make_need(county.agreement, subject=county.network.record)
        there = wanted
        for address in addresses:
            seen[address].append(queries_of(client, address))
    assert all(len(set(counts)) == 1 for counts in seen.values()), seen


def test_a_network_whose_convener_has_left_says_since_when_and_who_it_was(
    client: Client, county: County
):
    body = make_body("Nätverket för bad")
    sit_in(
        body,
        person=make_person("Bodil Blom"),
        role="CONVENER",
        valid_until=on_day(date(2020, 3, 31)),
    )
    register = get(client, county.reader, "/natverk-och-aktorer/?q=bad")
    assert "Saknas sedan 1 april 2020" in register
    assert "Bodil Blom" not in register
    page = get(client, county.reader, page_of(body))
    assert "Saknas sedan 1 april 2020" in page
    assert "Utse någon" not in page
    assert page.count("Bodil Blom") == 1
    assert page.index("<h3>Tidigare</h3>") < page.index("Bodil Blom")


def test_a_seat_that_is_over_counts_as_no_member_and_no_sign(client: Client, county: County):
    body = make_body("Nätverket för bad")
    for role in ("CONVENER", "MEMBER"):
        gone = make_organisation(f"Var {role}")
        sit_in(body, actor=gone, role=role, valid_until=on_day(date(2020, 3, 31)))
    sit_in(body, actor=county.organisation, role="MEMBER")
    network = read_network(body, county.reader)
    assert network.members[0] == 1
    assert network.facts.has_convener is False
    assert len(network.past_seats) == 2
