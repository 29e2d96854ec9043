"""Every record of the demo county is found where its address leads."""

from collections import Counter

import pytest
from django.test import Client
from django.urls import resolve

from samhandling.apps.accounts.models import User
from samhandling.apps.records.models import Record, RecordKind
from samhandling.web.workspace.records.places import place_of

pytestmark = pytest.mark.django_db

EXAMPLES = 5
"""Pages of one record opened of each kind; those that hold several records are all opened."""


@pytest.mark.one_database
@pytest.mark.usefixtures("demo_county_for_reading")
def test_every_record_of_the_demo_county_is_shown_where_its_address_leads(client: Client):
    karin = User.objects.get(email="karin@example.org")
    client.force_login(karin)
    pages: dict[str, str] = {}
    opened: Counter[str] = Counter()
    lost = []
    # The round's own page sums its lessons and notes up itself.
    summed_up = Record.objects.filter(
        kind=RecordKind.QUANTITY, quantity__about__kind=RecordKind.ROUND
    )
    for record in Record.objects.exclude(pk__in=summed_up):
        place = place_of(record, karin)
        assert place, record.source_key
        address, _hash, anchor = place.partition("#")
        view = resolve(address).view_name
        if address not in pages and (anchor or opened[view] < EXAMPLES):
            opened[view] += 1
            answer = client.get(address)
            assert answer.status_code == 200, (record.source_key, address)
            pages[address] = answer.content.decode()
        if anchor and f'id="{anchor}"' not in pages[address]:
            lost.append((record.source_key, place))
    assert lost == []
