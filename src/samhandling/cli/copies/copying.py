"""Making a copy, proving it, and putting it back."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from samhandling.cli.copies.archive import (
    FILES,
    MakeManifest,
    Manifest,
    newer,
    open_archive,
    read_manifest,
    unpack,
    write_archive,
)
from samhandling.cli.copies.contents import differences
from samhandling.cli.copies.places import Place
from samhandling.cli.copies.refused import (
    AmongTheFiles,
    DamagedCopy,
    NoSuchFolder,
    NotEmpty,
    NothingToCopy,
    OtherDatabase,
)


def take_copy(place: Place, media: Path, to: Path) -> Manifest:
    """Copy rows and files to the new file `to`, which is whole or not there at all.

    Raises CopyRefused and OSError. Work goes on meanwhile; the rows are those of one moment.
    """
    if to.exists():
        raise NotEmpty(_("Det finns redan en fil som heter %s. Välj ett annat namn.") % to)
    if to.resolve().is_relative_to(media.resolve()):
        raise AmongTheFiles(_("Lägg kopian utanför mappen med bifogade filer: %s") % media)
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
    except (FileNotFoundError, FileExistsError, NotADirectoryError) as fault:
        raise NoSuchFolder(_("Det går inte att skriva till %(file)s.") % {"file": to}) from fault
    # On the same disk as the copy, which must have room for it anyway.
    with tempfile.TemporaryDirectory(dir=to.parent, prefix=".samhandling-") as folder:
        dump = Path(folder) / place.dump_name
        contents = place.take(dump)
        if not contents.migrations:
            # The wrong data directory or database, most likely: a copy of nothing helps nobody.
            raise NothingToCopy(
                _("Databasen är tom, så det finns inget att kopiera. Kontrollera inställningarna.")
            )
        make = MakeManifest(
            version=version("samhandling"),
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            database=place.kind,
            dump=place.dump_name,
            contents=contents,
        )
        return write_archive(to, dump, place.dump_name, media, make)


def prove_copy(place: Place, path: Path) -> Manifest:
    """Put the copy back where it is thrown away and compare everything; what it holds, and in
    `contents.files` the files that its rows tell of.

    Args: place: an installation of the same kind, which is left as it is.
    Raises CopyRefused when anything is not as it was when the copy was made.
    """
    with _opened(place, path, None) as (manifest, dump, folder):
        return _compare(manifest, place, dump, folder)


def put_back(place: Place, media: Path, path: Path) -> Manifest:
    """Make an empty installation into what the copy holds: all of it, or nothing.

    Raises CopyRefused and OSError; the installation is then as empty as it was.
    """
    place.check_empty()
    if media.exists() and any(media.iterdir()):
        raise NotEmpty(_("Det finns redan filer i %s, så inget har ändrats.") % media)
    media.parent.mkdir(parents=True, exist_ok=True)
    with _opened(place, path, media.parent) as (manifest, dump, folder):
        if place.kind == "sqlite":  # PostgreSQL compares in place, and becomes empty again
            _compare(manifest, place, dump, folder)
        files = folder / FILES
        files.mkdir(exist_ok=True)
        if media.exists():
            media.rmdir()
        files.rename(media)
        try:
            place.put_back(dump, manifest.contents)
        except BaseException:
            shutil.rmtree(media)
            raise
        return manifest


@contextmanager
def _opened(place: Place, path: Path, beside: Path | None) -> Iterator[tuple[Manifest, Path, Path]]:
    """The copy unpacked and compared with its list: (manifest, dump, folder)."""
    with (
        open_archive(path) as archive,
        tempfile.TemporaryDirectory(dir=beside, prefix=".samhandling-") as folder,
    ):
        manifest = read_manifest(archive)
        _check_known(manifest)
        if manifest.database != place.kind or manifest.dump != place.dump_name:
            text = _(
                "Kopian är av en annan sorts databas (%(theirs)s) än den här installationen har "
                "(%(ours)s). Inget har ändrats."
            )
            raise OtherDatabase(text % {"theirs": manifest.database, "ours": place.kind})
        yield manifest, unpack(archive, manifest, Path(folder)), Path(folder)


def _check_known(manifest: Manifest) -> None:
    """Raises NewerCopy when the copy has been through migrations that this program lacks."""
    ours = MigrationLoader(None, ignore_no_migrations=True)
    known = set(ours.disk_migrations) | {
        replaced for one in ours.disk_migrations.values() for replaced in one.replaces
    }
    if any(one not in known for one in manifest.contents.migrations):
        raise newer(manifest.version)


def _compare(manifest: Manifest, place: Place, dump: Path, folder: Path) -> Manifest:
    found = place.prove(dump, folder)
    wrong = differences(manifest.contents, found)
    if wrong:
        raise DamagedCopy(_("Kopian är skadad: %s.") % "; ".join(wrong[:5]))
    return replace(manifest, contents=found)
