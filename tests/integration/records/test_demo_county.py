"""Every record of the demo county is found where its address leads."""

import pytest
from django.test import Client

from samhandling.apps.accounts.models import User
from samhandling.apps.records.models import Record, RecordKind

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("demo_county_for_reading")
def test_every_record_of_the_demo_county_is_shown_where_its_address_leads(client: Client):
    client.force_login(User.objects.get(email="karin@example.org"))
    pages: dict[str, str] = {}
    lost = []
    # The round's own page sums its lessons and notes up itself.
    summed_up = Record.objects.filter(
        kind=RecordKind.QUANTITY, quantity__about__kind=RecordKind.ROUND
    )
    for record in Record.objects.exclude(pk__in=summed_up):
        place = client.get(f"/post/{record.uid}/").headers.get("Location")
        assert place, record.source_key
        address, _hash, anchor = place.partition("#")
        if address not in pages:
            answer = client.get(address)
            assert answer.status_code == 200, (record.source_key, address)
            pages[address] = answer.content.decode()
        if anchor and f'id="{anchor}"' not in pages[address]:
            lost.append((record.source_key, place))
    assert lost == []
