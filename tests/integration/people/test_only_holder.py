"""Who alone answers for the whole, or for text in a report, leaves something behind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.people.selectors.hanging import hanging_on
from samhandling.apps.people.selectors.lacking import LackingRole, what_lacks_somebody
from samhandling.apps.people.services import close_sign_in, leave
from samhandling.apps.reporting.models import ReportSection
from samhandling.apps.reporting.services import create_report
from tests.factories import make_agreement, make_round, make_user
from tests.factories.sign_in import signed_in_now
from tests.integration.people.conftest import Place

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def test_the_only_process_leader_leaves_the_role_behind(place: Place) -> None:
    leader = place.leader.person
    browser = signed_in_now(place.admin)
    hers = hanging_on(leader)
    assert [row.role for row in hers.alone_as] == ["PROCESS_LEADER"] and not hers.is_nothing
    page = browser.get(f"/personer/{leader.key}/avsluta/").content.decode()
    assert "Ensam processledare" in page
    assert hanging_on(place.reader.person).is_nothing
    assert what_lacks_somebody(place.reader).roles == []
    leave(person=leader, last_day=timezone.localdate() - A_DAY, by=place.admin)
    found = what_lacks_somebody(place.reader)
    assert found.roles == [LackingRole("processledare", timezone.localdate())]
    assert found.number == 1
    page = browser.get("/saknar-ansvarig/").content.decode()
    assert "Roller som ingen har" in page and "Processledare" in page


def test_a_second_holder_is_one_who_can_sign_in(place: Place) -> None:
    second = make_user(role="PROCESS_LEADER")
    assert hanging_on(place.leader.person).alone_as == []
    close_sign_in(user=second, by=place.admin, reason="Stulen dator")
    assert [row.role for row in hanging_on(place.leader.person).alone_as] == ["PROCESS_LEADER"]
    close_sign_in(user=place.leader, by=place.admin, reason="Stulen dator")
    lacking = [LackingRole("processledare", timezone.localdate())]
    assert what_lacks_somebody(place.reader).roles == lacking


def test_a_section_that_is_not_written_hangs_on_its_owner(place: Place) -> None:
    report = create_report(
        round=make_round(make_agreement()), outline="follow_up", title="Rapport", by=DEMO_LOADER
    )
    section = ReportSection.objects.create(report=report, key="x", owner=place.reader.person)
    assert hanging_on(place.reader.person).sections == [section]
    page = signed_in_now(place.leader).get(f"/personer/{place.reader.person.key}/")
    assert "Avsnitt som inte är skrivet" in page.content.decode()
    ReportSection.objects.update(state="WRITTEN")
    assert hanging_on(place.reader.person).is_nothing
