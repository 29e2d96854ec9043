"""Everything that can be talked about has a way there from the page that shows it."""

import re
from collections import defaultdict

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samhandling.apps.accounts.models import User
from samhandling.apps.agreements.models import Agreement, Commitment, JointActivity
from samhandling.apps.audit.models import Event
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.discussion.permissions import (
    can_read_discussion,
    readable_of_kind,
    readable_records,
)
from samhandling.apps.discussion.scopes import agreement_of
from samhandling.apps.discussion.selectors import comments_on
from samhandling.apps.discussion.services import add_comment, withdraw_comment
from samhandling.apps.followup.models import ApproachFinding, MethodNote
from samhandling.apps.initiatives.visibility import INSIDE, can_see
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.records.models import Record, RecordKind
from samhandling.apps.records.services import register, withdraw_record
from samhandling.web.workspace.discussion.talk import WITH_COMPONENT
from samhandling.web.workspace.records.places import place_of
from tests.factories import make_agreement, make_focus_area, make_round, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# What belongs to another record is talked about there.
PARTS = {RecordKind.FUNDING, RecordKind.QUANTITY, RecordKind.FOOTNOTE, RecordKind.MILESTONE}


def _addresses(by: User) -> dict[str, list[tuple[str, str]]]:
    """The kind and address of comments on each record of the county, by the page that shows it."""
    found = defaultdict(list)
    for record in Record.objects.live().exclude(kind__in=WITH_COMPONENT):
        if can_read_discussion(record, by) and (place := place_of(record, by)):
            address = reverse("discussion:comments", args=[record.uid])
            found[place.partition("#")[0]].append((record.kind, address))
    return found


def test_every_record_of_the_county_leads_to_what_is_said_of_it(
    demo_county_for_reading: None, client: Client
) -> None:
    leader = make_user(role="PROCESS_LEADER")
    client.force_login(leader)
    without, kinds = [], set()
    for page, records in _addresses(leader).items():
        shown = client.get(page).content.decode()
        kinds |= {kind for kind, _address in records}
        without += [(page, kind) for kind, address in records if f'href="{address}"' not in shown]
    assert without == []
    assert kinds == set(RecordKind) - WITH_COMPONENT - PARTS


def test_a_limited_role_has_a_way_to_what_lies_inside_its_agreement_and_no_further(
    demo_county_for_reading: None, client: Client
) -> None:
    rest = list(Record.objects.live().exclude(kind__in=(*WITH_COMPONENT, *PARTS)))
    pages = {
        page: records
        for page, records in _addresses(make_user(role="READER")).items()
        if any(kind in INSIDE for kind, _address in records)
    }
    all_ = {address for records in pages.values() for _kind, address in records}
    kinds = set()
    for here in Agreement.objects.filter(slug__in=("rok", "htl")):
        limited = make_user(role="READER", scope=here)
        client.force_login(limited)
        readable = {
            reverse("discussion:comments", args=[one.uid]): one
            for one in readable_records(rest, limited)
        }
        offered = set()
        for page, records in pages.items():
            answer = client.get(page).content.decode()
            shown = set(re.findall(r'href="(/post/\w+/kommentarer/)"', answer)) & all_
            inside = {address for _kind, address in records} & readable.keys()
            # A page tells of more than what has its place there, such as a network of its plans.
            assert inside <= shown <= readable.keys(), page
            offered |= inside
        assert offered == readable.keys() and len(offered) > 20
        assert {agreement_of(one) for one in readable.values()} == {(here.pk, here.uid)}
        kinds |= {one.kind for one in readable.values()}
        said = client.get(min(offered)).content.decode()
        back = re.search(r'class="lead"><a href="([^"#]+)', said)
        assert back and back[1] in pages
    assert kinds == INSIDE.keys() - WITH_COMPONENT


def test_what_is_said_inside_an_agreement_is_of_its_log_and_not_for_roles_of_another() -> None:
    here, there = make_agreement("Här", slug="har"), make_agreement("Där", slug="dar")
    area = make_focus_area(here, "Arbete")
    ours, theirs = (make_user(role="PROCESS_LEADER", scope=one) for one in (here, there))
    comment = add_comment(record=area.record, text="Hur många?", by=ours)
    event = Event.objects.latest("pk")
    assert (event.verb, event.scope_uid) == ("COMMENTED", here.uid)
    assert [said.text for said in comments_on(area.record, ours)] == ["Hur många?"]
    assert can_see(area.record, ours) and not can_see(area.record, theirs)
    assert not can_read_discussion(area.record, theirs)
    with pytest.raises(NotAllowed):
        add_comment(record=area.record, text="Vi med", by=theirs)
    with pytest.raises(NotAllowed):
        withdraw_comment(comment=comment, reason="Fel", by=theirs)
    withdraw_comment(comment=comment, reason="Fel", by=ours)


@pytest.mark.parametrize("page", ["/overenskommelser/har/", "/har/uppfoljning/2020/"])
def test_the_ways_of_a_long_page_are_found_at_once_for_a_limited_role(
    client: Client, page: str
) -> None:
    here, there = make_agreement("Här", slug="har"), make_agreement("Där", slug="dar")
    year, other_year = make_round(here, 2020), make_round(there, 2020)
    made = {"by": DEMO_LOADER}

    def add(count: int) -> None:
        for number in range(count):
            register(Commitment, title="Åta sig", agreement=here, order=number, **made)
            register(JointActivity, title="Göra", agreement=here, order=number, **made)
            register(MethodNote, title="Så här", round=year, kind="METHOD", **made)
            register(ApproachFinding, title="Det gick", round=year, **made)

    gone = register(Commitment, title="Borta", agreement=here, order=9, **made)
    withdraw_record(record=gone.record, reason="Fel", by=DEMO_LOADER)
    foreign = register(MethodNote, title="Där", round=other_year, kind="METHOD", **made)
    limited = make_user(role="READER", scope=here)
    client.force_login(limited)
    seen = []
    for count in (2, 8):
        add(count)
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            shown = client.get(page).content.decode()
        seen.append((len(re.findall(r"/kommentarer/", shown)), len(queries)))
    (few, asked), (many, asked_of_many) = seen
    assert many >= few + 16 and asked_of_many == asked
    for kind in INSIDE:
        rows = Record.objects.filter(kind=kind)
        one_by_one = {row.pk for row in rows if can_read_discussion(row, limited)}
        assert readable_of_kind(kind, limited) == one_by_one, kind
    assert foreign.pk not in readable_of_kind(RecordKind.METHOD_NOTE, limited)
