"""Everything that can be talked about has a way there from the page that shows it."""

from collections import defaultdict

import pytest
from django.test import Client
from django.urls import reverse

from samhandling.apps.accounts.models import User
from samhandling.apps.agreements.models import Agreement
from samhandling.apps.discussion.permissions import can_read_discussion
from samhandling.apps.records.models import Record, RecordKind
from samhandling.web.workspace.discussion.talk import WITH_COMPONENT
from samhandling.web.workspace.records.places import place_of
from tests.factories import make_user

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


def test_no_way_leads_to_what_a_limited_role_may_not_read(
    demo_county_for_reading: None, client: Client
) -> None:
    here = Agreement.objects.get(slug="rok")
    pages = {}
    for name, scope in (("everything", None), ("here", here)):
        client.force_login(make_user(role="READER", scope=scope))
        answer = client.get(f"/overenskommelser/{here.slug}/")
        assert answer.status_code == 200
        pages[name] = answer.content.decode().count('class="talk-link')
    assert pages["everything"] > 20
    assert pages["here"] == 0
