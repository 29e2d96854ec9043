"""The file that a copy is: the rows, the files, and a list of what there shall be.

A zip file: `manifest.json`, the database's dump, and `files/…`. Its comment, the very last bytes,
is the SHA-256 of all bytes before it, so that no bit can change unseen. Nothing in it is believed
before it has been compared with the manifest too, and no name in it is used as a path.
"""

import hashlib
import json
import os
import re
import zipfile
import zlib
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any
from uuid import uuid4

from django.utils.translation import gettext as _

from samhandling.cli.copies.contents import Contents, Table
from samhandling.cli.copies.refused import DamagedCopy, NewerCopy

FORMAT = 1
MANIFEST = "manifest.json"
FILES = "files/"
MOST_MANIFEST = 20_000_000  # bytes; a list of some hundred thousand files
_PIECE = 1 << 20
_SEAL = b"sha256:"
_SEAL_LENGTH = len(_SEAL) + 64
_NAME = re.compile(r"[^\x00-\x1f\\:]+")


# What zipfile and zlib raise for a file that is cut off or has a flipped bit.
BROKEN: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    zlib.error,
)
UNREADABLE: tuple[type[Exception], ...] = (KeyError, TypeError, ValueError, *BROKEN)


@dataclass(frozen=True)
class Manifest:
    """What a copy holds. `files` are names within it → (bytes, SHA-256), the dump's too."""

    version: str
    made_at: str
    database: str
    dump: str
    contents: Contents
    files: dict[str, tuple[int, str]]

    def files_lacking(self, told: list[tuple[str, str]]) -> list[str]:
        """Those of the files that rows tell of that are not in the copy as they were attached."""
        return [name for name, sum in told if self.files.get(FILES + name, (0, ""))[1] != sum]

    def to_json(self) -> str:
        stored = asdict(self)
        del stored["contents"]["files"]  # the rows say it
        return json.dumps({"format": FORMAT, **stored}, ensure_ascii=False, indent=1)


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """The list. Raises DamagedCopy, and NewerCopy when it is of a form not known here."""
    try:
        if archive.getinfo(MANIFEST).file_size > MOST_MANIFEST:
            raise ValueError("the manifest is too large")
        read = json.loads(archive.read(MANIFEST))
        form = int(read["format"])
    except UNREADABLE as fault:
        raise DamagedCopy(_("Filen är ingen kopia av Samhandling, eller så är den skadad.")) from (
            fault
        )
    if form > FORMAT:
        raise newer(str(read.get("version", "?")))
    try:
        return _manifest(read)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise DamagedCopy(_("Kopians förteckning är skadad.")) from fault


def _manifest(read: dict[str, Any]) -> Manifest:
    found = read["contents"]
    contents = Contents(
        tables={
            str(name): Table(int(one["rows"]), str(one["sha256"]))
            for name, one in found["tables"].items()
        },
        migrations=[(str(app), str(name)) for app, name in found["migrations"]],
        editions=[(str(uid), int(number), str(sum)) for uid, number, sum in found["editions"]],
    )
    files = {str(name): (int(size), str(sum)) for name, (size, sum) in read["files"].items()}
    datetime.fromisoformat(read["made_at"])
    manifest = Manifest(
        version=str(read["version"]),
        made_at=str(read["made_at"]),
        database=str(read["database"]),
        dump=str(read["dump"]),
        contents=contents,
        files=files,
    )
    if manifest.dump not in files or not all(
        name == manifest.dump or _is_ours(name) for name in files
    ):
        raise ValueError("a name that no copy has")
    return manifest


def _is_ours(name: str) -> bool:
    """Whether the name is that of a file below `files/`, and of nothing else wherever it is put."""
    path = PurePosixPath(name)
    return (
        name.startswith(FILES)
        and str(path) == name
        and not path.is_absolute()
        and ".." not in path.parts
        and bool(_NAME.fullmatch(name))
    )


def newer(version: str) -> NewerCopy:
    """The refusal of what a later version made."""
    text = _(
        "Kopian är gjord av en nyare version (%(version)s). Installera den versionen eller en "
        "senare, och återställ sedan. Inget har ändrats."
    )
    return NewerCopy(text % {"version": version})


def write_archive(
    to: Path, dump: Path, dump_name: str, media: Path, make: "MakeManifest"
) -> Manifest:
    """Write the copy beside its place and move it there when it is whole and on the disk."""
    unfinished = to.with_name(f".{to.name}.{uuid4().hex[:8]}")
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                files = {dump_name: _add(archive, dump, dump_name)}
                for path in sorted(media.rglob("*")):
                    if path.is_file() and not path.is_symlink():
                        name = FILES + path.relative_to(media).as_posix()
                        files[name] = _add(archive, path, name)
                manifest = make(files)
                archive.writestr(MANIFEST, manifest.to_json())
                archive.comment = b"-" * _SEAL_LENGTH
            seal = _seal(file)
            file.seek(-_SEAL_LENGTH, os.SEEK_END)
            file.write(seal)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(to)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def open_archive(path: Path) -> zipfile.ZipFile:
    """The copy, when not a bit of it has changed. Raises DamagedCopy, and OSError of this machine.

    Reads the whole file once.
    """
    broken = DamagedCopy(_("Filen är ingen kopia av Samhandling, eller så är den skadad."))
    with path.open("rb") as file:
        seal = _seal(file)
        if file.read() != seal:
            raise broken
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile as fault:
        raise broken from fault


def _seal(file: IO[bytes]) -> bytes:
    """The comment that closes a copy, worked out; the file stands where it begins afterwards."""
    left = max(0, file.seek(0, os.SEEK_END) - _SEAL_LENGTH)
    file.seek(0)
    digest = hashlib.sha256()
    while left and (piece := file.read(min(left, _PIECE))):
        digest.update(piece)
        left -= len(piece)
    return _SEAL + digest.hexdigest().encode()


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> tuple[int, str]:
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
        return _pour(source, target)


def _pour(source: IO[bytes], target: IO[bytes], most: int | None = None) -> tuple[int, str]:
    """Copy all bytes, at most `most`; (bytes, SHA-256) of them."""
    digest, size = hashlib.sha256(), 0
    while piece := source.read(_PIECE):
        size += len(piece)
        if most is not None and size > most:
            raise EOFError("longer than the manifest says")
        digest.update(piece)
        target.write(piece)
    return size, digest.hexdigest()


def unpack(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> Path:
    """Lay out what the manifest lists below `folder`, each file compared with it; the dump's path.

    Raises DamagedCopy at the first file that is missing, added, or another than it was.
    """
    present = [info.filename for info in archive.infolist() if info.filename != MANIFEST]
    if sorted(present) != sorted(manifest.files):
        raise DamagedCopy(_("Kopian är skadad: den innehåller inte de filer den ska."))
    for name, (size, sum) in manifest.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with archive.open(name) as source, path.open("xb") as target:
                found = _pour(source, target, most=size)
        except BROKEN as fault:
            if isinstance(fault, OSError) and fault.errno is not None:
                raise  # the disk of this machine, not the copy
            raise _damaged(name) from fault
        if found != (size, sum):
            raise _damaged(name)
    return folder / manifest.dump


def _damaged(name: str) -> DamagedCopy:
    return DamagedCopy(_("Kopian är skadad: %(name)s är inte som den var.") % {"name": name})


class MakeManifest:
    """Makes the manifest when the files have been summed up."""

    def __init__(self, *, version: str, made_at: str, database: str, dump: str, contents: Contents):
        self.known = {
            "version": version,
            "made_at": made_at,
            "database": database,
            "dump": dump,
            "contents": contents,
        }

    def __call__(self, files: dict[str, tuple[int, str]]) -> Manifest:
        return Manifest(files=files, **self.known)  # type: ignore[arg-type]
