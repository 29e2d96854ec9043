"""Change a record and every output changes; fill in the next year and none does."""

import io
import re
import subprocess
import zipfile
from datetime import datetime
from html import unescape

import pytest
from django.conf import settings

from samhandling.apps.agreements.models import AreaResponsibility
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.followup.models import FollowUpRound
from samhandling.apps.followup.services import start_round, tell_initiative
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import record_status
from samhandling.apps.organisations.models import CollaborationBody
from samhandling.apps.records.models import Quantity
from samhandling.apps.records.services import add_quantity
from samhandling.apps.reporting.assemble import assemble
from samhandling.apps.reporting.models import Report as ReportRow
from samhandling.core.report_model import (
    Report,
)
from samhandling.core.report_reading import (
    blocks_under,
    plain_text,
    record_uids,
)
from samhandling.render import FORMATS
from samhandling.render.entry import render

pytestmark = pytest.mark.django_db
MADE_AT = datetime.fromisoformat("2020-11-30T12:00:00+01:00")


@pytest.fixture(autouse=True)
def county(demo_county_for_reading: None) -> None:
    """Every test here changes the demo county; each change is rolled back."""


def model() -> Report:
    row = ReportRow.objects.get(round__year=2020, round__agreement__slug="rok")
    return assemble(row, made_at=MADE_AT).report


def words_of(content: bytes, file_format: str) -> str:
    """What a file says, with white space folded."""
    if file_format == "pdf":
        text = subprocess.run(
            ["pdftotext", "-", "-"], input=content, capture_output=True, check=True
        ).stdout.decode()
    elif file_format == "html":
        text = _without_tags(content.decode())
    else:
        name = "word/document.xml" if file_format == "docx" else "content.xml"
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            text = _without_tags(archive.read(name).decode())
    return " ".join(text.split())


def _without_tags(markup: str) -> str:
    # ODT writes a space between two runs as an element of its own.
    return unescape(re.sub(r"<[^>]*>", "", re.sub(r"<text:s( [^>]*)?/>", " ", markup)))


def files() -> dict[str, str]:
    report = model()
    return {
        name: words_of(render(report, name, fonts_dir=settings.FONT_DIR), name) for name in FORMATS
    }


def test_a_changed_quantity_status_and_responsible_network_reach_all_four_files() -> None:
    before = files()
    quantity = Quantity.objects.get(record__source_key="Q-08")
    quantity.value = 90
    quantity.save()
    conference = Initiative.objects.by_key("I-04")
    record_status(
        initiative=conference, status="NOT_CARRIED_OUT", told_for_year=2020, by=DEMO_LOADER
    )
    responsibility = AreaResponsibility.objects.get(body__record__source_key="N-FLYKT")
    responsibility.body = CollaborationBody.objects.by_key("N-EKB")
    responsibility.save()
    after = files()
    title = conference.title
    for name in FORMATS:
        assert "från 80 till 100 timmar" in before[name], name
        assert "från 80 till 90 timmar" in after[name], name
        assert "från 80 till 100 timmar" not in after[name], name
        story = after[name].split(title, 1)[1] if title in after[name] else after[name]
        assert "Ej verkställd" in story, name
        new = "Länsgruppen för ensamkommande barn och unga (EKB-nätverket)"
        assert before[name].count(new) < after[name].count(new), name
        assert "Nätverk som redovisar" in after[name], name


def test_an_initiative_told_by_another_network_stands_under_the_other_network() -> None:
    fia = "Forum för en inkluderande arbetsmarknad (FIA)"
    path = ("Genomförda insatser", "Arbete och utbildning", fia)
    conference = Initiative.objects.by_key("I-04")
    assert conference.uid in record_uids(blocks_under(model(), path))
    story = conference.reports.get(round__year=2020)
    story.network_report = story.round.network_reports.get(body__record__source_key="N-RESAM")
    story.save()
    assert conference.uid not in record_uids(blocks_under(model(), path))


def test_filling_in_2021_leaves_the_report_of_2020_as_it_was() -> None:
    before = plain_text(model().blocks)
    agreement = FollowUpRound.objects.get(year=2020).agreement
    new = start_round(agreement=agreement, year=2021, by=DEMO_LOADER)
    told = new.network_reports.get(body__record__source_key="N-FLYKT")
    told.levels.create(level=agreement.levels.get(key="joint_action"), basis="STATED")
    told.statements.create(kind="ASSESSMENT", text="Samverkan var svårare 2021.")
    postponed = Initiative.objects.by_key("I-02b")
    tell_initiative(
        round=new, network_report=told, initiative=postponed, told="Blev av.", by=DEMO_LOADER
    )
    record_status(initiative=postponed, status="DONE", told_for_year=2021, by=DEMO_LOADER)
    add_quantity(
        about=Initiative.objects.by_key("I-23").record,
        measure="timmar samhällsorientering",
        value=120,
        reference=100,
        shape="CHANGE",
        told_for_year=2021,
        by=DEMO_LOADER,
    )
    postponed.refresh_from_db()
    assert postponed.status == "DONE"
    assert plain_text(model().blocks) == before
