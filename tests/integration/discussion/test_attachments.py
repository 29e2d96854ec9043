"""Files on records: what is taken, who fetches it and how it is served (assurance.md, row 7)."""

import hashlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from samhandling.apps.audit.models import Event
from samhandling.apps.audit.services import ReasonMissing
from samhandling.apps.discussion import errors, services
from samhandling.apps.discussion.models import Attachment
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import share_initiative, withdraw_initiative
from samhandling.apps.organisations.permissions import NotAllowed
from tests.factories import County
from tests.factories.files import docx, pdf, png
from tests.integration.needs.test_needs import SignIn

pytestmark = pytest.mark.django_db
HTML = b"<!doctype html><script>alert(1)</script>"


def file(name: str, content: bytes, kind: str = "application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=kind)


def attach(
    record: object, by: object, name: str = "Beslut.pdf", content: bytes = b""
) -> Attachment:
    content = content or pdf()
    return services.add_attachment(
        record=record,  # type: ignore[arg-type]
        name=name,
        content=file(name, content),
        by=by,  # type: ignore[arg-type]
    )


def kept_files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.fixture(autouse=True)
def own_media(tmp_path: Path) -> object:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


def test_a_file_is_kept_under_a_name_that_says_nothing(county: County, shared: Initiative) -> None:
    made = attach(shared.record, county.alice, "../../Å hemligt\r\n.pdf")
    assert made.name == "Å hemligt.pdf"
    assert (made.type_key, made.size) == ("PDF", len(pdf()))
    assert made.sha256 == hashlib.sha256(pdf()).hexdigest()
    (kept,) = kept_files()
    assert kept.read_bytes() == pdf()
    assert kept.relative_to(settings.MEDIA_ROOT).as_posix() == made.file.name
    assert "hemligt" not in made.file.name
    assert made.file.name.count(".") == 0
    event = Event.objects.get(verb="ATTACHED")
    assert (event.record_uid, event.scope_uid) == (shared.uid, county.agreement.uid)


def test_it_is_served_as_a_download_and_nothing_else(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    made = attach(shared.record, county.alice, 'Bild "å"; x=1.png', png())
    answer = as_person(county.reader).get(f"/post/{shared.uid}/bilagor/{made.uid}/")
    assert b"".join(answer.streaming_content) == png()
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''Bild%20%C3%A5%3B%20x%3D1.png"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bild.png", HTML, "Filen heter .png men innehåller något annat."),
        ("bild.png", b"<svg onload='alert(1)'/>", "Filen heter .png men innehåller något annat."),
        ("bild.png", png() + HTML, "Det ligger något mer i filen än det ska."),
        ("sida.html", HTML, "Den sortens fil går inte att bifoga."),
        ("brev.docm", docx(), "Den sortens fil går inte att bifoga."),
        ("brev.docx", docx({"word/vbaProject.bin": "x"}), "Filen innehåller makron."),
        ("tom.pdf", b"", "Filen är tom."),
        ("x" * 300 + ".html", HTML, "Den sortens fil går inte att bifoga."),
    ],
)
def test_what_is_refused_is_said_in_words_and_nothing_is_kept(
    county: County, shared: Initiative, as_person: SignIn, name: str, content: bytes, said: str
) -> None:
    answer = as_person(county.alice).post(
        f"/post/{shared.uid}/bilagor/ny/", {"file": file(name, content, "image/png")}
    )
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert Attachment.objects.count() == 0
    assert kept_files() == []
    assert not Event.objects.filter(verb="ATTACHED").exists()


@override_settings(ATTACHMENT_MAX_BYTES=2_000_000)
def test_a_file_over_the_limit_is_stopped_while_it_arrives(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    big = pdf() + b"0" * 5_000_000
    answer = as_person(county.alice).post(
        f"/post/{shared.uid}/bilagor/ny/", {"file": file("stor.pdf", big)}
    )
    assert "Filen är för stor. Den får vara högst 2\xa0MB." in answer.content.decode() or (
        "Filen är för stor. Den får vara högst 2 MB." in answer.content.decode()
    )
    assert "Välj en fil." not in answer.content.decode()
    with pytest.raises(errors.FileTooBig):
        attach(shared.record, county.alice, "stor.pdf", big)
    assert kept_files() == []


@override_settings(ATTACHMENTS_PER_RECORD=2)
def test_a_record_holds_so_many_files_and_withdrawing_makes_room(
    county: County, shared: Initiative
) -> None:
    first = attach(shared.record, county.alice)
    attach(shared.record, county.alice)
    with pytest.raises(errors.TooManyFiles, match="redan 2 bilagor"):
        attach(shared.record, county.alice)
    assert len(kept_files()) == 2
    services.withdraw_attachment(attachment=first, reason="Fel", by=county.alice)
    attach(shared.record, county.alice)


def test_a_file_that_cannot_be_entered_in_the_database_is_not_left_behind(
    county: County, shared: Initiative, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("samhandling.apps.discussion.services.attachments.write_event", full)
    with pytest.raises(OSError, match="disk full"):
        attach(shared.record, county.alice)
    assert kept_files() == []
    assert Attachment.objects.count() == 0


def test_who_may_not_see_the_record_finds_no_file(
    county: County, draft: Initiative, shared: Initiative, as_person: SignIn
) -> None:
    made = attach(draft.record, county.alice)
    charlie = as_person(county.charlie)
    for path in ("", "dra-tillbaka/"):
        assert charlie.get(f"/post/{draft.uid}/bilagor/{made.uid}/{path}").status_code == 404
        # Nor through a record that they may see.
        assert charlie.get(f"/post/{shared.uid}/bilagor/{made.uid}/{path}").status_code == 404
    with pytest.raises(NotAllowed):
        attach(draft.record, county.charlie)
    with pytest.raises(NotAllowed):
        attach(shared.record, county.reader)
    assert as_person(county.alice).get(f"/post/{draft.uid}/bilagor/{made.uid}/").status_code == 200
    share_initiative(initiative=draft, by=county.alice)
    assert charlie.get(f"/post/{draft.uid}/bilagor/{made.uid}/").status_code == 200
    withdraw_initiative(initiative=draft, reason="Slut", by=county.alice)
    assert charlie.get(f"/post/{draft.uid}/bilagor/{made.uid}/").status_code == 404


def test_a_withdrawn_file_is_kept_but_not_served(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    made = attach(shared.record, county.alice)
    with pytest.raises(NotAllowed):
        services.withdraw_attachment(attachment=made, reason="x", by=county.charlie)
    with pytest.raises(ReasonMissing, match="varför bilagan dras tillbaka"):
        services.withdraw_attachment(attachment=made, reason="", by=county.alice)
    doris = as_person(county.doris)
    page = doris.get(f"/insatser/{shared.uid}/").content.decode()
    assert "Beslut.pdf" in page
    doris.post(f"/post/{shared.uid}/bilagor/{made.uid}/dra-tillbaka/", {"reason": "Fel fil"})
    assert len(kept_files()) == 1
    assert doris.get(f"/post/{shared.uid}/bilagor/{made.uid}/").status_code == 404
    assert f'bilagor/{made.uid}/"' not in doris.get(f"/insatser/{shared.uid}/").content.decode()
    history = doris.get(f"/andringar/{shared.uid}/").content.decode()
    assert "Fel fil" in history
    assert "drog tillbaka bilagan Beslut.pdf" in history


def test_a_file_that_is_gone_from_the_disk_is_not_found(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    made = attach(shared.record, county.alice)
    kept_files()[0].unlink()
    assert as_person(county.alice).get(f"/post/{shared.uid}/bilagor/{made.uid}/").status_code == 404


def test_no_address_serves_the_files_by_their_place(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    made = attach(shared.record, county.alice)
    alice = as_person(county.alice)
    for address in (f"/media/{made.file.name}", f"/files/{made.file.name}", f"/{made.file.name}"):
        assert alice.get(address).status_code == 404


@pytest.mark.one_database
def test_markup_in_a_file_name_is_text(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    attach(shared.record, county.alice, "&lt;b&gt; 'x' & <i onclick=y>.pdf")
    page = as_person(county.alice).get(f"/insatser/{shared.uid}/").content.decode()
    assert "&amp;lt;b&amp;gt; &#x27;x&#x27; &amp; i onclick=y.pdf</a>" in page
    assert "<i onclick" not in page
