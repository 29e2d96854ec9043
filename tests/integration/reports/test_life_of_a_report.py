"""A report from its first section to the edition the council received."""

import hashlib
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samhandling.apps.accounts.models import User
from samhandling.apps.agreements.models import AreaResponsibility
from samhandling.apps.audit.services import write_event
from samhandling.apps.initiatives.models import InitiativeLevel
from samhandling.apps.initiatives.services import record_status
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.reporting import services
from samhandling.apps.reporting.models import Report, ReportSection
from samhandling.apps.reporting.selectors import model_of
from samhandling.core.lifecycle import ReasonMissing, ReportState, TransitionNotAllowed
from samhandling.core.report_reading import (
    plain_text,
)
from samhandling.core.report_storage import (
    digest,
)
from samhandling.core.take_over import CannotTakeOver
from samhandling.render import FORMATS, RenderFailed
from tests.browsing import forms_of, version_at
from tests.factories import County, make_county, make_initiative, make_round

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def report(county: County) -> Report:
    make_initiative(county.agreement, "Boskola för alla", status="ONGOING", focus_area=county.area)
    return services.create_report(
        round=make_round(county.agreement),
        outline="follow_up",
        title="Uppföljningsrapport 2020",
        by=county.doris,
    )


def receive(report: Report, county: County, today: date | None = None) -> Report:
    for state in (ReportState.IN_REVIEW, ReportState.SENT, ReportState.RECEIVED):
        report = services.move_report(report=report, to=state, by=county.doris, today=today)
    return report


def test_saved_text_stands_in_the_report_and_names_its_author(
    client: Client, county: County, report: Report
) -> None:
    client.force_login(county.doris)
    address = reverse("reports:section", args=[report.uid, "assignment"])
    written = {"text": "Året präglades av *en sak*: åäö."}
    client.post(address, written | version_at(client, address))
    section = report.sections.get(key="assignment")
    assert (section.text, section.author_name, section.state) == (
        "Året präglades av *en sak*: åäö.",
        "Doris Lind",
        "STARTED",
    )
    page = client.get(reverse("reports:read", args=[report.uid])).content.decode()
    assert "Året präglades av <em>en sak</em>: åäö." in page


def test_hostile_markup_in_a_section_is_text(
    client: Client, county: County, report: Report
) -> None:
    client.force_login(county.doris)
    hostile = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    address = reverse("reports:section", args=[report.uid, "method"])
    client.post(address, {"text": hostile} | version_at(client, address))
    page = client.get(reverse("reports:read", args=[report.uid])).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_what_cannot_be_looked_up_is_told_to_the_writer(
    client: Client, county: County, report: Report
) -> None:
    client.force_login(county.doris)
    address = reverse("reports:section", args=[report.uid, "method"])
    page = client.post(address, {"text": "Se [[I-999]] och [^F-99].", "preview": ""})
    assert "Det finns ingen post I-999." in page.content.decode()
    assert "Det finns ingen fotnot F-99." in page.content.decode()
    assert not report.sections.exists()


def press(client: Client, report: Report, to: str, page: str | None = None) -> str:
    """The button of the report's page that moves it; `page` was read before. What is answered."""
    address = reverse("reports:move", args=[report.uid])
    page = page or client.get(reverse("reports:read", args=[report.uid])).content.decode()
    [form] = [
        form for form in forms_of(page) if form.action == address and form.values.get("to") == [to]
    ]
    return client.post(address, form.values, follow=True).content.decode()


def test_a_report_that_somebody_has_written_in_since_it_was_read_is_not_sent_on(
    client: Client, county: County, report: Report
) -> None:
    client.force_login(county.doris)
    read = client.get(reverse("reports:read", args=[report.uid])).content.decode()
    services.write_section(
        report=report, key="method", text="Ett sent tillägg.", is_done=True, by=county.doris
    )
    assert "har ändrats sedan du öppnade sidan" in press(client, report, "IN_REVIEW", read)
    report.refresh_from_db()
    assert report.state == "DRAFT"
    assert "Rapporten har flyttats vidare" in press(client, report, "IN_REVIEW")
    report.refresh_from_db()
    assert report.state == "IN_REVIEW"


def test_a_reader_reads_but_does_not_write(client: Client, county: County, report: Report) -> None:
    client.force_login(county.reader)
    assert client.get(reverse("reports:read", args=[report.uid])).status_code == 200
    answer = client.post(reverse("reports:section", args=[report.uid, "method"]), {"text": "x"})
    assert answer.status_code == 404
    moved = client.post(reverse("reports:move", args=[report.uid]), {"to": "IN_REVIEW"})
    assert moved.status_code == 404
    report.refresh_from_db()
    assert report.state == "DRAFT"
    assert ReportSection.objects.filter(text="x").count() == 0


def test_only_those_who_may_write_a_section_get_its_form(
    client: Client, county: County, report: Report
) -> None:
    AreaResponsibility.objects.create(focus_area=county.area, body=county.network)
    own, other = "area-bm", "method"
    expected = {
        county.doris: {own: True, other: True},
        county.bob: {own: True, other: False},
        county.alice: {own: False, other: False},
        county.reader: {own: False, other: False},
    }
    for user, sections in expected.items():
        client.force_login(user)
        for key, may_write in sections.items():
            address = reverse("reports:section", args=[report.uid, key])
            page = client.get(address).content.decode()
            assert ("Spara som skrivet" in page) is may_write, (user, key)
            written = {"text": f"Av {user.display_name}"}
            saved = client.post(
                address, written | (version_at(client, address) if may_write else {})
            )
            assert saved.status_code == (302 if may_write else 404), (user, key)


def test_writing_is_offered_to_those_who_may_write_and_reading_to_others(
    client: Client, county: County, report: Report
) -> None:
    addresses = (
        reverse("overview:index", args=["rok"]),
        reverse("reports:read", args=[report.uid]),
    )

    def offered(user: User) -> list[bool]:
        client.force_login(user)
        overview, read = (client.get(address).content.decode() for address in addresses)
        assert ("Läs uppföljningen 2020" in overview) is (
            "Skriv uppföljningen 2020" not in overview
        )
        return ["Skriv uppföljningen 2020" in overview, "</svg>Skriv</a>" in read]

    assert offered(county.bob) == [False, False]  # a convener, of what answers for nothing
    AreaResponsibility.objects.create(focus_area=county.area, body=county.network)
    expected = {county.doris: True, county.bob: True, county.alice: False, county.reader: False}
    for user, may_write in expected.items():
        assert offered(user) == [may_write, may_write], user


def test_a_report_with_references_that_lead_nowhere_is_not_sent(
    client: Client, county: County, report: Report
) -> None:
    services.write_section(
        report=report, key="method", text="Se [[I-999]].", is_done=True, by=county.doris
    )
    services.move_report(report=report, to=ReportState.IN_REVIEW, by=county.doris)
    client.force_login(county.doris)
    answer = press(client, report, "SENT")
    assert "Metod: Det finns ingen post I-999." in answer
    report.refresh_from_db()
    assert report.state == "IN_REVIEW"


def test_signed_out_is_sent_to_sign_in(client: Client, report: Report) -> None:
    answer = client.get(reverse("reports:read", args=[report.uid]))
    assert answer.status_code == 302
    assert answer["Location"].startswith(settings.LOGIN_URL)


def test_a_report_that_is_sent_is_locked(client: Client, county: County, report: Report) -> None:
    client.force_login(county.doris)
    address = reverse("reports:section", args=[report.uid, "method"])
    late = {"text": "För sent"} | version_at(client, address)
    services.move_report(report=report, to=ReportState.IN_REVIEW, by=county.doris)
    services.move_report(report=report, to=ReportState.SENT, by=county.doris)
    page = client.post(address, late)
    assert "Rapporten är skickad" in page.content.decode()
    assert not report.sections.filter(text="För sent").exists()


def test_taking_back_needs_a_reason(county: County, report: Report) -> None:
    services.move_report(report=report, to=ReportState.IN_REVIEW, by=county.doris)
    with pytest.raises(ReasonMissing):
        services.move_report(report=report, to=ReportState.DRAFT, by=county.doris)
    report.refresh_from_db()
    assert report.state == "IN_REVIEW"


def test_steps_cannot_be_skipped(county: County, report: Report) -> None:
    with pytest.raises(TransitionNotAllowed):
        services.move_report(report=report, to=ReportState.RECEIVED, by=county.doris)


def test_only_the_process_leader_moves_a_report(county: County, report: Report) -> None:
    with pytest.raises(NotAllowed):
        services.move_report(report=report, to=ReportState.IN_REVIEW, by=county.alice)


def test_a_received_report_is_frozen_with_four_files_and_their_hashes(
    county: County, report: Report
) -> None:
    report = receive(report, county)
    edition = report.editions.get()
    assert edition.number == 1
    assert sorted(file.format for file in edition.files.all()) == sorted(FORMATS)
    for file in edition.files.all():
        assert hashlib.sha256(bytes(file.content)).hexdigest() == file.sha256
    assert digest(model_of(edition)) == edition.model_sha256


def test_an_edition_keeps_the_day_its_records_were_told_as_of(
    county: County, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "render_apart", lambda _model, name, **_: name.encode())
    report = receive(report, county, today=date(2020, 11, 30))
    services.freeze_edition(
        report=report, by=county.doris, change_note="Rättat.", today=date(2020, 12, 4)
    )
    frozen = [model_of(edition).meta for edition in report.editions.all()]
    assert [meta.as_of for meta in frozen] == ["2020-11-30", "2020-12-04"]
    assert ("Uppgifterna som de stod den", "30 november 2020") in frozen[0].cover
    assert frozen[0].made_at[:10] == timezone.localdate().isoformat()


def test_later_changes_of_records_never_touch_a_frozen_edition(
    client: Client, county: County, report: Report
) -> None:
    report = receive(report, county)
    edition = report.editions.get()
    before = plain_text(model_of(edition))
    initiative = report.round.agreement.initiatives.get()
    record_status(initiative=initiative, status="DONE", told_for_year=2020, by=county.doris)
    edition.refresh_from_db()
    assert plain_text(model_of(edition)) == before
    assert "Pågående" in before
    client.force_login(county.reader)
    page = client.get(reverse("reports:edition", args=[report.uid, 1])).content.decode()
    assert "Pågående" in page
    live = client.get(reverse("reports:read", args=[report.uid])).content.decode()
    assert "Genomförd" in live


def test_a_correction_is_a_new_edition_that_says_what_changed(
    county: County, report: Report
) -> None:
    report = receive(report, county)
    with pytest.raises(services.SectionNeedsReason):
        services.freeze_edition(report=report, by=county.doris)
    second = services.freeze_edition(
        report=report, by=county.doris, change_note="Rättat antal kommuner."
    )
    assert (second.number, second.change_note) == (2, "Rättat antal kommuner.")


def correction(client: Client, address: str, note: str) -> dict[str, list[str]]:
    """What the page's form sends, with what has changed written in it."""
    page = client.get(address).content.decode()
    [form] = [form for form in forms_of(page) if "reason" in form.values]
    return form.changed(reason=note)


def test_a_correction_is_frozen_as_the_page_was_read(
    client: Client, county: County, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "render_apart", lambda _model, name, **_: name.encode())
    report = receive(report, county)
    client.force_login(county.doris)
    address = reverse("reports:editions", args=[report.uid])
    first, second = (correction(client, address, note) for note in ("En not.", "En not till."))
    assert client.post(address, first).status_code == 302
    assert report.editions.count() == 2
    answer = client.post(address, second).content.decode()
    assert "har ändrats sedan du öppnade sidan" in answer and "En not till." in answer
    assert report.editions.count() == 2


def test_nothing_is_frozen_when_a_file_cannot_be_made(
    county: County, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.move_report(report=report, to=ReportState.IN_REVIEW, by=county.doris)
    services.move_report(report=report, to=ReportState.SENT, by=county.doris)
    monkeypatch.setattr(settings, "FONT_DIR", settings.PROJECT_DIR / "no-such-fonts")
    with pytest.raises(RenderFailed):
        services.move_report(report=report, to=ReportState.RECEIVED, by=county.doris)
    report.refresh_from_db()
    assert report.state == "SENT"
    assert report.editions.count() == 0


def test_taken_over_text_replaces_the_drawn_and_tells_when_records_change(
    client: Client, county: County, report: Report
) -> None:
    services.take_over_section(report=report, key="assignment", by=county.doris)
    section = report.sections.get(key="assignment")
    assert county.agreement.title in section.text
    assert county.agreement.uid in section.taken_over_uids
    client.force_login(county.doris)
    address = reverse("reports:section", args=[report.uid, "assignment"])
    assert "är oförändrade" in client.get(address).content.decode()
    county.agreement.adopted_at = "vid ett annat möte"
    county.agreement.save()
    write_event(
        by=county.doris,
        verb="CHANGED",
        record_uid=county.agreement.uid,
        record_kind="AGREEMENT",
        changes={"adopted_at": ("", "vid ett annat möte")},
    )
    assert "har ändrats sedan den togs över" in client.get(address).content.decode()


def test_tables_cannot_be_taken_over(county: County, report: Report) -> None:
    with pytest.raises(CannotTakeOver):
        services.take_over_section(report=report, key="annex-initiatives", by=county.doris)


def test_files_are_downloads_that_no_browser_shows(
    client: Client, county: County, report: Report
) -> None:
    client.force_login(county.reader)
    answer = client.get(reverse("reports:download", args=[report.uid, "pdf"]))
    assert answer["Content-Disposition"] == 'attachment; filename="uppfoljningsrapport-2020.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content.startswith(b"%PDF-")


def test_a_renderer_that_fails_gives_a_message_and_no_error_page(
    client: Client, county: County, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "FONT_DIR", settings.PROJECT_DIR / "no-such-fonts")
    client.force_login(county.reader)
    answer = client.get(reverse("reports:download", args=[report.uid, "pdf"]), follow=True)
    assert answer.status_code == 200
    assert "saknas i installationen" in answer.content.decode()


def test_every_drawn_number_opens_exactly_its_rows(
    client: Client, county: County, report: Report
) -> None:
    for number in range(3):
        made = make_initiative(county.agreement, f"Insats {number}", status="DONE")
        InitiativeLevel.objects.create(initiative=made, level=county.levels[0], basis="STATED")
    client.force_login(county.reader)
    page = client.get(reverse("reports:read", args=[report.uid])).content.decode()
    address = page.split('href="/rapporter/' + report.uid + "/rader/")[1].split('"')[0]
    rows = client.get(f"/rapporter/{report.uid}/rader/{address}")
    assert 'data-count="4"' in rows.content.decode()
    assert client.get(f"/rapporter/{report.uid}/rader/0123456789abcdef/").status_code == 404
