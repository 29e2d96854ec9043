"""A disk that is full, or that can only be read (assurance row 13)."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.soak.installation import Installation
from tests.soak.verdict import verdict

RECOVERS_WITHIN = 10.0  # seconds


def full(made: Installation) -> str:
    """The disk fills up: pages say that it could not be saved; with room again all is as usual."""
    made.start()
    made.sign_in()
    uid = made.write("Före")[1]
    filler = made.folder / "filler"
    answers: list[int] = []
    kept = 0
    fill(filler)
    for number in range(40):
        title = f"Under {number} " + "x" * 180
        status, _uid, page = made.write(title)
        answers.append(status)
        kept += title in page and any(
            told in page for told in ("kunde inte sparas", "Det du skrev")
        )
    refused = [status for status in answers if status != 302]
    told = made.ask("GET", "/halsa/redo")[2].decode()
    filler.unlink()
    after = made.write("Efter")[0]
    made.kill()
    stored = made.titles()
    faults = made.faults()
    passed = (
        bool(refused)
        and set(refused) <= {200, 503}
        and kept == len(refused)
        and after == 302
        and uid in stored
        and not faults
    )
    return verdict(
        passed,
        f"{len(refused)} of 40 writes refused on a full disk ({kept} with the text on the "
        f"page, {refused.count(503)} with 503, others {sorted(set(refused) - {200, 503})}), "
        f"readiness {told}, saved again without a restart: {after == 302}, "
        f"faults: {faults or 'none'}",
    )


def fill(filler: Path) -> None:
    """Leave no room on the disk."""
    with filler.open("wb", buffering=0) as file:
        for piece in (1 << 20, 1 << 12):
            try:
                while file.write(b"\0" * piece):
                    pass
            except OSError:
                continue


@contextmanager
def small_disk(place: Path) -> Iterator[None]:
    """A disk of its own at `place`, in memory; needs root."""
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=120m", "tmpfs", place], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def read_only(made: Installation) -> str:
    """The server starts on a disk that it cannot write to: that is told, and passes by itself."""
    made.start()
    made.sign_in()
    uid = made.write("Före")[1]
    made.kill()
    remount(made.folder, "ro")
    made.start(path="/halsa/")
    answers = [made.ask("GET", "/rok/behov/")[0]]
    text = "Under " + "x" * 180
    status, _uid, page = made.write(text)
    answers.append(status)
    ready, _headers, told = made.ask("GET", "/halsa/redo")
    remount(made.folder, "rw")
    began = time.monotonic()
    while (after := made.write("Efter")[0]) != 302 and time.monotonic() - began < 60:
        time.sleep(0.1)
    back_after = time.monotonic() - began
    made.kill()
    stored = made.titles()
    faults = made.faults()
    passed = (
        set(answers) <= {200, 503}
        and text in page
        and ready == 503
        and (after, back_after <= RECOVERS_WITHIN) == (302, True)
        and uid in stored
        and text not in stored.values()
        and not faults
    )
    return verdict(
        passed,
        f"page {answers[0]}, save {status} with the text on the page: {text in page}, readiness "
        f"{ready} {told.decode()}, saved again {back_after:.1f} s after the disk could be written, "
        f"without a restart: {after == 302}, faults: {faults or 'none'}",
    )


def remount(place: Path, how: str) -> None:
    """Make the disk at `place` one that can only be read ("ro"), or be written again ("rw")."""
    began = time.monotonic()
    while subprocess.run(["mount", "-o", f"remount,{how}", place]).returncode:
        # What was just killed lets go of its files in a moment.
        if time.monotonic() - began > 10:
            raise RuntimeError(f"{place} could not be remounted")
        time.sleep(0.2)
