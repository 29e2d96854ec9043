"""A copy holds everything, proves itself, and comes back whole or not at all (assurance.md, 15)."""

import hashlib
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.db import connection, models
from pytest_django import Settings

from samhandling.cli.backup import backup
from samhandling.cli.copies import places
from samhandling.cli.copies.archive import MANIFEST
from samhandling.cli.copies.contents import Contents, Table, differences
from samhandling.cli.copies.copying import prove_copy, put_back, take_copy
from samhandling.cli.copies.places import place_of
from samhandling.cli.copies.refused import (
    AmongTheFiles,
    CopyRefused,
    DamagedCopy,
    NewerCopy,
    NotEmpty,
    NothingToCopy,
    OtherDatabase,
    ProgramMissing,
)
from samhandling.cli.restore import restore
from tests.integration.copies.conftest import Copied, Target

pytestmark = pytest.mark.django_db


def test_a_copy_says_what_it_holds_and_only_its_owner_may_read_it(copied: Copied) -> None:
    tables = copied.contents.tables
    assert tables["initiatives_initiative"].rows == 1
    assert tables["reporting_frozenfile"].rows == 1
    assert tables["records_record"].rows == tables["records_searchentry"].rows
    assert ("audit", "0003_append_only") in copied.contents.migrations
    assert [sha256 for _uid, _number, sha256 in copied.contents.editions] == [copied.report_sha256]
    assert stat.S_IMODE(copied.path.stat().st_mode) == 0o600
    assert [path.name for path in copied.path.parent.iterdir() if path.is_file()] == ["copy.zip"]


def test_an_empty_machine_becomes_what_was_copied(copied: Copied, target: Target) -> None:
    put_back(target.place, target.media, copied.path)
    again = take_copy(target.place, target.media, target.media.parent / "again.zip")
    assert differences(copied.contents, again.contents) == []
    assert again.contents == copied.contents
    files = {name: sum for name, sum in again.files.items() if name != again.dump}
    assert files == {name: sum for name, sum in copied.manifest.files.items() if name in files}
    assert sorted(files) == ["files/bilagor/ab/Protokoll å.pdf", "files/tom.txt"]


def test_a_copy_is_proved_without_touching_the_installation(copied: Copied, target: Target) -> None:
    assert prove_copy(target.place, copied.path).contents == copied.contents
    assert target.is_untouched()


def test_it_is_not_put_back_over_anything(copied: Copied, target: Target) -> None:
    put_back(target.place, target.media, copied.path)
    with pytest.raises(NotEmpty, match=r"Databasen är inte tom.*accounts_person"):
        put_back(target.place, target.media, copied.path)
    assert prove_copy(target.place, copied.path).contents == copied.contents


def test_files_that_are_there_already_are_not_mixed_with(copied: Copied, target: Target) -> None:
    target.media.mkdir()
    (target.media / "mine.txt").write_text("mitt")
    with pytest.raises(NotEmpty, match="finns redan filer"):
        put_back(target.place, target.media, copied.path)
    target.place.check_empty()
    assert [path.name for path in target.media.iterdir()] == ["mine.txt"]


def test_a_copy_is_not_written_over_another(copied: Copied, target: Target) -> None:
    before = copied.path.read_bytes()
    with pytest.raises(NotEmpty, match="finns redan en fil"):
        take_copy(target.place, target.media, copied.path)
    assert copied.path.read_bytes() == before


# --- copies that are not to be trusted -----------------------------------------------------------


def cut(copy: bytes) -> bytes:
    return copy[: len(copy) // 2]


def cut_a_little(copy: bytes) -> bytes:
    return copy[:-1]


def flip(place: float) -> Callable[[bytes], bytes]:
    def flipped(copy: bytes) -> bytes:
        at = int(len(copy) * place)
        return copy[:at] + bytes([copy[at] ^ 0x10]) + copy[at + 1 :]

    return flipped


BROKEN = {
    "empty": lambda copy: b"",
    "text": lambda copy: b"inte en kopia alls",
    "half": cut,
    "all but a byte": cut_a_little,
    **{f"a bit flipped at {place:.0%}": flip(place) for place in (0, 0.2, 0.5, 0.95, 0.9999)},
}


@pytest.mark.one_database
@pytest.mark.parametrize("damage", BROKEN.values(), ids=BROKEN)
def test_a_damaged_copy_is_refused_and_nothing_is_written(
    copied: Copied, target: Target, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(damage(copied.path.read_bytes()))
    for attempt in (prove_copy, put_back):
        with pytest.raises(DamagedCopy):
            if attempt is prove_copy:
                prove_copy(target.place, damaged)
            else:
                put_back(target.place, target.media, damaged)
        assert target.is_untouched()


def rewritten(
    copied: Copied,
    to: Path,
    change: Callable[[dict], None],
    more: dict[str, bytes] | None = None,
) -> Path:
    """The copy with another manifest, and perhaps more in it; its seal is right."""
    with zipfile.ZipFile(copied.path) as old, zipfile.ZipFile(to, "w") as new:
        for info in old.infolist():
            if info.filename != MANIFEST:
                new.writestr(info, old.read(info))
        manifest = json.loads(old.read(MANIFEST))
        change(manifest)
        new.writestr(MANIFEST, json.dumps(manifest))
        for name, content in (more or {}).items():
            new.writestr(name, content)
        new.comment = b"-" * 71
    content = to.read_bytes()[:-71]
    to.write_bytes(content + f"sha256:{hashlib.sha256(content).hexdigest()}".encode())
    return to


NAMES = [
    "../outside",
    "files/../../outside",
    "/etc/outside",
    "files/./x",
    "files//x",
    "files/a\\..\\b",
    "files/c:x",
    "outside",
    "files/\x00x",
]


@pytest.mark.one_database
@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_leads_out_is_refused(
    copied: Copied, target: Target, tmp_path: Path, name: str
) -> None:
    sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # of nothing

    def listed(manifest: dict) -> None:
        manifest["files"][name] = [0, sha256]

    hostile = rewritten(copied, tmp_path / "hostile.zip", listed, {name: b""})
    with pytest.raises(DamagedCopy):
        put_back(target.place, target.media, hostile)
    assert target.is_untouched()
    assert not list(tmp_path.rglob("outside"))


@pytest.mark.one_database
def test_what_is_not_listed_is_refused(copied: Copied, target: Target, tmp_path: Path) -> None:
    more = {"files/extra.txt": b"x"}
    with pytest.raises(DamagedCopy, match="inte de filer"):
        put_back(
            target.place,
            target.media,
            rewritten(copied, tmp_path / "more.zip", lambda manifest: None, more),
        )
    assert target.is_untouched()


def test_rows_that_are_not_as_when_they_were_copied_are_refused(
    copied: Copied, target: Target, tmp_path: Path
) -> None:
    def other(manifest: dict) -> None:
        manifest["contents"]["tables"]["audit_event"]["sha256"] = "0" * 64

    with pytest.raises(DamagedCopy):
        put_back(target.place, target.media, rewritten(copied, tmp_path / "other.zip", other))
    assert target.is_untouched()
    with pytest.raises(DamagedCopy, match="audit_event"):
        prove_copy(target.place, tmp_path / "other.zip")


def test_a_copy_of_a_newer_version_is_refused(
    copied: Copied, target: Target, tmp_path: Path
) -> None:
    def later_form(manifest: dict) -> None:
        manifest.update(format=2, version="7.1")

    def later_migration(manifest: dict) -> None:
        manifest["contents"]["migrations"].append(["audit", "0999_later"])

    for number, change in enumerate((later_form, later_migration)):
        with pytest.raises(NewerCopy, match="nyare version"):
            path = rewritten(copied, tmp_path / f"{number}.zip", change)
            put_back(target.place, target.media, path)
        assert target.is_untouched()


@pytest.mark.one_database
def test_a_copy_of_the_other_kind_of_database_is_refused(
    copied: Copied, target: Target, tmp_path: Path
) -> None:
    def other(manifest: dict) -> None:
        manifest["database"] = "oracle"

    with pytest.raises(OtherDatabase, match="annan sorts databas"):
        put_back(target.place, target.media, rewritten(copied, tmp_path / "x.zip", other))
    assert target.is_untouched()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite needs no programs")
def test_without_the_programs_of_postgresql_it_says_so(
    copied: Copied, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places.shutil, "which", lambda name: None)
    attempts: list[Callable[[], object]] = [
        lambda: take_copy(target.place, target.media, target.media.parent / "x.zip"),
        lambda: put_back(target.place, target.media, copied.path),
    ]
    for attempt in attempts:
        with pytest.raises(ProgramMissing, match="postgresql-client"):
            attempt()
        assert target.is_untouched()


@pytest.mark.one_database
def test_nothing_is_not_copied(target: Target) -> None:
    with pytest.raises(NothingToCopy):
        take_copy(target.place, target.media, target.media.parent / "x.zip")
    assert target.is_untouched()


@pytest.mark.one_database
def test_a_copy_is_not_put_among_the_files_that_it_copies(copied: Copied, target: Target) -> None:
    put_back(target.place, target.media, copied.path)
    before = sorted(target.media.rglob("*"))
    with pytest.raises(AmongTheFiles):
        take_copy(target.place, target.media, target.media / "copies" / "x.zip")
    assert sorted(target.media.rglob("*")) == before


@pytest.mark.one_database
def test_a_full_disk_leaves_no_half_copy(
    copied: Copied, target: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    put_back(target.place, target.media, copied.path)
    monkeypatch.setattr("samhandling.cli.copies.archive._pour", full)
    copies = tmp_path / "copies"
    with pytest.raises(OSError, match="No space"):
        take_copy(target.place, target.media, copies / "x.zip")
    assert list(copies.iterdir()) == []


def test_a_file_that_rows_tell_of_and_the_copy_lacks_is_named(
    copied: Copied, target: Target
) -> None:
    assert copied.manifest.files_lacking(copied.contents.files) == []
    names = [name for name, _sum in copied.contents.files]
    assert names == ["bilagor/ab/Protokoll å.pdf"]
    put_back(target.place, target.media, copied.path)
    lost = target.media / names[0]
    later = target.media.parent / "later.zip"
    lost.write_bytes(lost.read_bytes()[:-1])
    changed = take_copy(target.place, target.media, later)
    assert changed.files_lacking(changed.contents.files) == names
    lost.unlink()
    later.unlink()
    take_copy(target.place, target.media, later)
    proved = prove_copy(target.place, later)
    assert proved.files_lacking(proved.contents.files) == names


def test_every_column_of_files_is_compared() -> None:
    held = {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField)
    }
    assert held == {"discussion_attachment.file"}


@pytest.mark.one_database
def test_every_difference_is_told() -> None:
    was = Contents({"a": Table(1, "x"), "b": Table(1, "y"), "c": Table(1, "z")}, [], [])
    now = Contents({"a": Table(2, "x"), "b": Table(1, "!")}, [], [("uid", 1, "sum")])
    assert differences(was, now) == [
        "tabellen a: 1 rader blev 2",
        "tabellen b: innehållet är ett annat",
        "tabellen c finns bara på ett håll",
        "de frysta rapporterna är inte desamma",
    ]
    assert differences(was, was) == []


@pytest.mark.one_database
def test_all_refusals_are_sentences_for_the_one_at_the_keyboard() -> None:
    assert issubclass(DamagedCopy, CopyRefused)
    assert place_of({"ENGINE": "django.db.backends.sqlite3", "NAME": "/x"}).kind == "sqlite"


@pytest.mark.one_database
def test_the_commands_tell_how_it_went(
    copied: Copied,
    target: Target,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path / "data", target.media
    for command in ("backup", "restore"):
        monkeypatch.setattr(f"samhandling.cli.{command}.place_of", lambda database: target.place)
    done = CliRunner().invoke(restore, [str(copied.path)])
    assert (done.exit_code, done.output.splitlines()[0]) == (0, "Kopian är återställd.")
    assert "2 filer, 1 fryst rapport, version " in done.output
    assert f"Kopian togs {copied.manifest.made_at}. Den som har pseudonymiserats" in done.output
    again = CliRunner().invoke(restore, [str(copied.path)])
    assert again.exit_code == 1
    assert "Databasen är inte tom" in again.output
    made = CliRunner().invoke(backup)
    assert made.exit_code == 0
    (copy,) = (tmp_path / "data" / "backups").iterdir()
    assert f"Kopian är klar: {copy}" in made.output
    proved = CliRunner().invoke(backup, ["verify", str(copy)])
    assert proved.output.startswith("Kopian är hel och går att återställa.\n")
    assert proved.exit_code == 0
    (target.media / "bilagor" / "ab" / "Protokoll å.pdf").unlink()
    lacking = CliRunner().invoke(backup, ["--to", str(tmp_path / "lacking.zip")])
    later = CliRunner().invoke(backup, ["verify", str(tmp_path / "lacking.zip")])
    for told in (lacking, later):
        assert told.exit_code == 1
        assert told.stderr == (
            "1 bifogad fil saknas eller är inte som när den bifogades: "
            "bilagor/ab/Protokoll å.pdf; hämta den ur en äldre kopia.\n"
        )
    copy.write_bytes(copy.read_bytes()[:-5])
    refused = CliRunner().invoke(backup, ["verify", str(copy)])
    assert (refused.exit_code, refused.output) == (
        1,
        "Filen är ingen kopia av Samhandling, eller så är den skadad.\n",
    )
