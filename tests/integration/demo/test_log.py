"""The log of the demo county is told in words."""

import pytest

from samhandling.apps.audit.models import Event, Revision
from samhandling.web.history_words import FIELDS

# Told by sentences of their own (web.history_people).
TOLD_OTHERWISE = {"person", "sign_in"}


@pytest.mark.django_db
@pytest.mark.one_database
@pytest.mark.usefixtures("demo_county_for_reading")
def test_every_field_that_the_log_names_has_a_word() -> None:
    named = set(Revision.objects.values_list("field", flat=True))
    for names in Event.objects.values_list("field_names", flat=True):
        named |= set(names)
    assert len(named) > 15
    assert named - TOLD_OTHERWISE - FIELDS.keys() == set()
