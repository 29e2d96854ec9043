"""A reason that is half written stays in the browser wherever a long one is asked for."""

import re

import pytest

from samhandling.apps.reporting import services
from samhandling.core.lifecycle import ReportState
from tests.factories import make_county, make_round, make_user
from tests.factories.sign_in import signed_in_now

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

WRITTEN_IN = re.compile(r"<form([^>]*)>(?:(?!</form>).)*?<textarea[^>]* name=\"(\w+)\"", re.DOTALL)


def test_every_long_answer_is_kept_in_the_browser_until_it_is_saved() -> None:
    county = make_county()
    report = services.create_report(
        round=make_round(county.agreement), outline="follow_up", title="Rapport", by=county.doris
    )
    services.write_section(report=report, key="method", text="Så", is_done=True, by=county.doris)
    services.move_report(report=report, to=ReportState.IN_REVIEW, by=county.doris)
    person = county.charlie.person
    runs = signed_in_now(make_user(role="ADMINISTRATOR", name="Ada Ek"))
    leads = signed_in_now(county.doris)
    pages = [
        (runs, f"/personer/{person.key}/uppgifter/", ["reason"]),
        (runs, f"/personer/{person.key}/pseudonymisera/", ["reason"]),
        (leads, f"/rapporter/{report.uid}/", ["text", "reason"]),
        (leads, f"/rapporter/{report.uid}/avsnitt/method/", ["text", "reason"]),
    ]
    for browser, address, names in pages:
        found = WRITTEN_IN.findall(browser.get(address).content.decode())
        kept = {name: "data-draft" in form for form, name in found}
        assert kept == dict.fromkeys(names, True), address
