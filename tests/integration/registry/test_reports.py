"""A report that draws on what may be secret is looked at before it leaves the house."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from samhandling.apps.audit.models import Event
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.records.models import Record
from samhandling.apps.reporting import services
from samhandling.apps.reporting.assemble import assemble
from samhandling.apps.reporting.models import Report
from samhandling.apps.reporting.selectors import model_of
from samhandling.core.lifecycle import ReportState
from samhandling.core.report_model import Callout
from samhandling.core.report_reading import plain_text
from samhandling.render import FORMATS
from samhandling.render.entry import render
from tests.browsing import forms_of
from tests.factories import County, make_initiative, make_need, make_round
from tests.spec.test_report_follows_the_records import words_of

pytestmark = pytest.mark.django_db

Register = Callable[..., Record]


@pytest.fixture
def initiative(county: County) -> Initiative:
    return make_initiative(county.agreement, "Boskola", status="ONGOING", focus_area=county.area)


@pytest.fixture
def report(county: County, initiative: Initiative) -> Report:
    report = services.create_report(
        round=make_round(county.agreement), outline="follow_up", title="Rapport", by=county.doris
    )
    return services.move_report(report=report, to=ReportState.IN_REVIEW, by=county.doris)


def looked(report: Report) -> list[str]:
    rows = Event.objects.filter(record_uid=report.uid, field_names=["secrecy_looked"])
    return [event.revisions.get().after for event in rows.order_by("pk")]


def test_a_report_of_unmarked_records_asks_nothing(county: County, report: Report) -> None:
    sent = services.move_report(report=report, to=ReportState.SENT, by=county.doris)
    assert (sent.state, looked(sent)) == ("SENT", [])


def test_it_is_not_sent_before_somebody_says_to_have_looked(
    county: County, report: Report, initiative: Initiative, register: Register
) -> None:
    register(initiative, marked=True)
    with pytest.raises(services.SecrecyNotLookedAt, match="Boskola"):
        services.move_report(report=report, to=ReportState.SENT, by=county.doris)
    report.refresh_from_db()
    assert (report.state, looked(report)) == ("IN_REVIEW", [])
    sent = services.move_report(
        report=report, to=ReportState.SENT, by=county.doris, looked_at=[initiative.uid]
    )
    assert (sent.state, looked(sent)) == ("SENT", [initiative.uid])
    event = Event.objects.filter(field_names=["secrecy_looked"]).get()
    assert event.actor_key == county.doris.person_key


@pytest.mark.one_database
def test_what_was_marked_after_it_was_sent_stops_the_freezing(
    county: County, report: Report, initiative: Initiative, register: Register
) -> None:
    sent = services.move_report(report=report, to=ReportState.SENT, by=county.doris)
    register(initiative, marked=True)
    with pytest.raises(services.SecrecyNotLookedAt):
        services.move_report(report=sent, to=ReportState.RECEIVED, by=county.doris)
    assert sent.editions.count() == 0
    got = services.move_report(
        report=sent, to=ReportState.RECEIVED, by=county.doris, looked_at=[initiative.uid]
    )
    assert (got.state, got.editions.count(), looked(got)) == ("RECEIVED", 1, [initiative.uid])
    with pytest.raises(services.SecrecyNotLookedAt):
        services.freeze_edition(report=got, by=county.doris, change_note="Ett namn")
    again = services.freeze_edition(
        report=got, by=county.doris, change_note="Ett namn", looked_at=[initiative.uid]
    )
    assert again.number == 2


WARNING = "Rapporten kan innehålla uppgifter som omfattas av sekretess"


@pytest.mark.one_database
def test_every_file_made_of_it_says_so_first_until_it_is_frozen(
    county: County, report: Report, initiative: Initiative, register: Register
) -> None:
    made_at = datetime(2026, 11, 22, tzinfo=UTC)
    assert WARNING not in plain_text(assemble(report, made_at=made_at).report)
    register(initiative, marked=True)
    model = assemble(report, made_at=made_at).report
    first = model.blocks[0]
    assert isinstance(first, Callout)
    assert (first.title, plain_text(first.blocks)) == (
        WARNING,
        "Den bygger på minst en sekretessmarkerad post. Se över vad den berättar ur dem innan den "
        "skickas, fryses eller lämnas ut.",
    )
    for file_format in FORMATS:
        content = render(model, file_format, fonts_dir=settings.FONT_DIR)
        assert WARNING in words_of(content, file_format), file_format
    got = report
    for state in (ReportState.SENT, ReportState.RECEIVED):
        got = services.move_report(
            report=got, to=state, by=county.doris, looked_at=[initiative.uid]
        )
    assert WARNING not in plain_text(model_of(got.editions.get()))


def test_a_mark_on_what_the_report_does_not_tell_of_asks_nothing(
    county: County, report: Report, register: Register
) -> None:
    register(make_need(county.agreement, "Utkast", sharing="DRAFT"), marked=True)
    sent = services.move_report(report=report, to=ReportState.SENT, by=county.doris)
    assert (sent.state, looked(sent)) == ("SENT", [])


@pytest.mark.one_database
def test_the_page_names_them_and_the_tick_sends_it(
    client: Client, county: County, report: Report, initiative: Initiative, register: Register
) -> None:
    register(initiative, marked=True)
    client.force_login(county.doris)
    page, move = (reverse(f"reports:{name}", args=[report.uid]) for name in ("read", "move"))
    said = client.get(page).content.decode()
    assert "Rapporten bygger på sekretessmarkerade poster" in said
    assert f'<input type="hidden" name="marked" value="{initiative.uid}">' in said
    assert "Jag har sett över den sekretessmarkerade posten" in said

    def seen() -> dict[str, list[str]]:
        """What the button that sends it posts, as the page stands now."""
        forms = forms_of(client.get(page).content.decode())
        [form] = [one for one in forms if one.action == move and one.values.get("to") == ["SENT"]]
        return form.values

    # Neither the list without the tick nor a tick for something else.
    for sent in (
        {"to": "SENT", "marked": [initiative.uid]},
        {"to": "SENT", "looked": "on", "marked": ["bbbbbbbbbbbb"]},
    ):
        told = client.post(move, {**seen(), **sent}, follow=True).content.decode()
        assert "Se över det först, och intyga att du har gjort det: Boskola" in told
    report.refresh_from_db()
    assert report.state == "IN_REVIEW"

    client.post(move, {**seen(), "looked": "on"})
    report.refresh_from_db()
    assert report.state == "SENT"
    history = client.get(reverse("history:record", args=[report.uid])).content.decode()
    assert "Doris Lind har sett över det sekretessmarkerade i" in history
    assert "Boskola" in history
