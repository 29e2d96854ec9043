"""Change a record and every output changes; fill in the next year and none does."""

import io
import re
import subprocess
import zipfile
from datetime import datetime
from html import unescape

import pytest
from django.conf import settings

from samhandling.apps.agreements.models import Agreement, AreaResponsibility, CollaborationPlan
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.followup.models import FollowUpRound
from samhandling.apps.followup.selectors import untold_of
from samhandling.apps.followup.services import start_round, tell_initiative
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import (
    create_initiative,
    record_status,
    share_initiative,
)
from samhandling.apps.organisations.models import CollaborationBody
from samhandling.apps.records.models import OpenQuestion, Quantity, Record
from samhandling.apps.records.services import add_quantity
from samhandling.apps.reporting.assemble import assemble
from samhandling.apps.reporting.models import Report as ReportRow
from samhandling.apps.reporting.services import create_report
from samhandling.apps.situation.models import Need, Sharing
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
    after = model()
    assert conference.uid not in record_uids(blocks_under(after, path))
    # Told by another than its own network: the point says where it belongs.
    assert plain_text(after.blocks).count(f"Insatsen hör nu till {fia}.") == 1


@pytest.mark.parametrize(
    ("network", "area", "path"),
    [
        ("N-FIA", "AU", ("Arbete och utbildning", "Forum för en inkluderande arbetsmarknad (FIA)")),
        # In an area where the network has no part, or in none, it stands in the network's first.
        ("N-FIA", "HF", ("Arbete och utbildning", "Forum för en inkluderande arbetsmarknad (FIA)")),
        ("N-FIA", None, ("Arbete och utbildning", "Forum för en inkluderande arbetsmarknad (FIA)")),
        (None, "AU", ("Arbete och utbildning",)),
    ],
)
def test_an_initiative_that_nobody_has_told_of_stands_where_it_belongs_and_says_so(
    network: str | None, area: str | None, path: tuple[str, ...]
) -> None:
    agreement = Agreement.objects.get(slug="rok")
    made = create_initiative(
        agreement=agreement,
        title="Språkcaféer i Knivsta",
        network=CollaborationBody.objects.by_key(network) if network else None,
        focus_area=agreement.focus_areas.get(code=area) if area else None,
        by=DEMO_LOADER,
    )
    under = ("Genomförda insatser", *path)
    assert made.uid not in record_uids(blocks_under(model(), under))
    share_initiative(initiative=made, by=DEMO_LOADER)
    drawn = blocks_under(model(), under)
    assert made.uid in record_uids(drawn)
    said = plain_text(drawn)
    assert said.count("Ännu inte redovisat för 2020, ur registret:") == 1
    assert said.count("Språkcaféer i Knivsta") == 1
    round = FollowUpRound.objects.get(year=2020, agreement=agreement)
    assert [one.pk for one in untold_of(round)] == [made.pk]
    report = round.network_reports.get(body__record__source_key="N-RESAM")
    tell_initiative(round=round, network_report=report, initiative=made, told="", by=DEMO_LOADER)
    assert "Ännu inte redovisat" not in plain_text(model().blocks)
    assert not untold_of(round).exists()


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

    row = create_report(round=new, outline="follow_up", title="Rapport 2021", by=DEMO_LOADER)
    of_2021 = plain_text(assemble(row, made_at=MADE_AT).report.blocks)
    assert "Blev av." in of_2021
    of_its_months = "Rapporten täcker januari–november 2020, inte december."
    assert (before.count(of_its_months), of_2021.count(of_its_months)) == (1, 0)
    assert "Målgruppen är nyanlända enligt definitionen" in of_2021


@pytest.mark.parametrize("kind", [Initiative, Need])
@pytest.mark.parametrize("half", [0, 1])
def test_what_is_withdrawn_is_not_named_anywhere_in_the_report(
    kind: type[Initiative | Need], half: int
) -> None:
    """Every second one at a time: what hangs together stands side by side, and one is left."""
    named = record_uids(model()) & set(kind.objects.values_list("record__uid", flat=True))
    gone = set(
        sorted(named, key=list(kind.objects.values_list("record__uid", flat=True)).index)[half::2]
    )
    assert len(gone) > 10
    _withdraw(*Record.objects.filter(uid__in=gone))
    after = model()
    assert record_uids(after) & named == named - gone
    for title in Record.objects.filter(uid__in=gone).values_list("title", flat=True):
        assert title not in plain_text(after)


@pytest.mark.parametrize("kind", [Initiative, Need])
def test_what_is_a_draft_again_is_not_named_anywhere_in_the_report(
    kind: type[Initiative | Need],
) -> None:
    named = record_uids(model()) & set(kind.objects.values_list("record__uid", flat=True))
    kind.objects.filter(record__uid__in=named).update(sharing=Sharing.DRAFT, shared_at=None)
    assert record_uids(model()) & named == frozenset()


def test_what_is_withdrawn_leaves_the_plan_of_next_year_and_what_follows_on_it() -> None:
    title = "Sammanställning av boskolerapporten"
    assert title in plain_text(model())
    _withdraw(Record.objects.get(title=title))
    assert title not in plain_text(model())
    follower, followed = Initiative.objects.by_key("I-04"), Initiative.objects.by_key("I-33")
    follower.follows = followed
    follower.save()
    assert f"Följer på: {followed.title}" in plain_text(model())
    plan = CollaborationPlan.objects.by_key("P-RESAM")
    assert plan.uid in record_uids(model())
    _withdraw(followed.record, plan.record)
    assert followed.title not in plain_text(model())
    assert plan.uid not in record_uids(model())


def test_a_question_about_something_withdrawn_alone_is_not_asked() -> None:
    asked = OpenQuestion.objects.filter(kind="AMBIGUITY").with_record()[0]
    assert asked.title in plain_text(model())
    for subject in asked.subjects.all():
        _withdraw(subject)
    assert asked.title not in plain_text(model())


def _withdraw(*gone: Record) -> None:
    Record.objects.filter(pk__in=[one.pk for one in gone]).update(
        withdrawn_at=MADE_AT, withdrawn_reason="Dubblett."
    )
