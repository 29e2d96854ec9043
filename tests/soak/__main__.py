"""`make soak`: what is acknowledged stays, whatever happens to the server, disk or database.

    python -m tests.soak [--writes 1000] [--kills 20] [--only crash|full|restart]
        [--database SQLite|PostgreSQL]

Assurance rows 12, 13 and 14. Prints a line of figures for each drill; exit code 1 when one fails.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests import postgres
from tests.soak.installation import Installation, installed, socket_folder

RECOVERS_WITHIN = 10.0  # seconds
TELLS_WITHIN = 5.0


def crash(made: Installation, writes: int, kills: int) -> str:
    """Kill -9 the server again and again while two people write; every acknowledged need stays."""
    made.start()
    made.sign_in()
    acknowledged: dict[str, str] = {}
    asked = 0
    opened: list[float] = []
    chance = random.Random(2020)
    lock = threading.Lock()
    is_open = threading.Event()
    is_open.set()
    done = threading.Event()

    def keep_writing(who: int) -> None:
        nonlocal asked
        while not done.is_set():
            is_open.wait()
            with lock:
                asked += 1
                title = f"Behov {who}-{asked} åäö"
            try:
                status, uid, _page = made.write(title)
            except OSError:
                continue  # nobody answered: not acknowledged
            with lock:
                if uid:
                    acknowledged[uid] = title
                elif status not in {503}:
                    raise RuntimeError(f"writing answers {status}")
                if len(acknowledged) >= writes:
                    done.set()

    writers = [threading.Thread(target=keep_writing, args=(n,), daemon=True) for n in (1, 2)]
    for writer in writers:
        writer.start()
    for kill in range(1, kills + 1):
        goal = writes * kill / (kills + 1)
        while len(acknowledged) < goal and any(writer.is_alive() for writer in writers):
            time.sleep(0.01)
        time.sleep(chance.random() * 0.2)
        made.kill()
        is_open.clear()
        opened.append(made.start())
        is_open.set()
    while not done.is_set() and any(writer.is_alive() for writer in writers):
        done.wait(0.2)
    for writer in writers:
        writer.join(timeout=60)
    made.kill()
    stored = made.titles()
    lost = [uid for uid, title in acknowledged.items() if stored.get(uid) != title]
    faults = made.faults()
    passed = not lost and not faults and len(acknowledged) >= writes
    return verdict(
        passed,
        f"{len(acknowledged)} acknowledged of {asked} asked, {kills} times kill -9, "
        f"{len(lost)} lost, faults: {faults or 'none'}, open again after at most "
        f"{max(opened, default=0):.1f} s",
    )


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
        title = f"Under {number} " + "x" * 400
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


def restart(made: Installation) -> str:
    """Stop PostgreSQL under a running server: 503 with Retry-After; back when it is back."""
    made.start()
    made.sign_in()
    folder = socket_folder(made.database_url)
    run_pg_ctl(folder, "-m", "immediate", "stop")
    began = time.monotonic()
    status, headers, _page = made.ask("GET", "/rok/behov/")
    told_after = time.monotonic() - began
    ready = made.ask("GET", "/halsa/redo")
    alive = made.ask("GET", "/halsa/")[0]
    options = f"-c listen_addresses='' -k {folder}"
    run_pg_ctl(folder, "-w", "-l", str(folder / "log"), "-o", options, "start")
    began = time.monotonic()
    while (back := made.ask("GET", "/rok/behov/")[0]) != 200:
        if time.monotonic() - began > 60:
            break
        time.sleep(0.1)
    back_after = time.monotonic() - began
    passed = (
        (status, headers.get("Retry-After"), ready[0], alive, back) == (503, "5", 503, 200, 200)
        and told_after <= TELLS_WITHIN
        and back_after <= RECOVERS_WITHIN
    )
    return verdict(
        passed,
        f"without database: {status} with Retry-After {headers.get('Retry-After')} after "
        f"{told_after:.1f} s, readiness {ready[0]} {ready[2].decode()}, alive {alive}; "
        f"{back} again {back_after:.1f} s after the database",
    )


def run_pg_ctl(folder: Path, *arguments: str) -> None:
    bin_dir = postgres.programs()
    assert bin_dir is not None
    subprocess.run(
        [bin_dir / "pg_ctl", "-D", folder / "data", *arguments],
        check=True,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        **postgres.run_as(),  # type: ignore[call-overload]
    )


def verdict(passed: bool, figures: str) -> str:
    return f"{'passed' if passed else 'FAILED'}: {figures}"


def main() -> int:
    """Run the drills and print what came of them."""
    parser = argparse.ArgumentParser(prog="tests.soak")
    parser.add_argument("--writes", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--only", choices=["crash", "full", "restart"])
    parser.add_argument("--database", choices=["SQLite", "PostgreSQL"])
    chosen = parser.parse_args()
    drills: list[tuple[str, str, Callable[[Installation], str]]] = [
        ("crash", "SQLite", lambda made: crash(made, chosen.writes, chosen.kills)),
        ("crash", "PostgreSQL", lambda made: crash(made, chosen.writes, chosen.kills)),
        ("full", "SQLite", full),
        ("restart", "PostgreSQL", restart),
    ]
    lines = []
    for name, database, drill in drills:
        if chosen.only not in {None, name} or chosen.database not in {None, database}:
            continue
        with tempfile.TemporaryDirectory(prefix="samhandling-soak-") as folder:
            place = Path(folder) / "data"
            if name == "full" and os.geteuid() != 0:
                told = "NOT RUN: only root can make a small disk"
            elif name == "full":
                with small_disk(place), installed(place, "") as made:
                    told = drill(made)
            elif database == "SQLite":
                with installed(place, "") as made:
                    told = drill(made)
            elif postgres.programs() is None:
                told = "FAILED: PostgreSQL is not installed"
            else:
                with postgres.server(durable=True) as url:
                    server = url.replace("/samhandling?", "/postgres?")
                    with psycopg.connect(server, autocommit=True) as admin:
                        admin.execute("CREATE DATABASE samhandling")
                    with installed(place, url) as made:
                        told = drill(made)
        lines.append(f"{name} on {database}: {told}")
        print(lines[-1], flush=True)
    return int(any("FAILED" in line for line in lines))


if __name__ == "__main__":
    sys.exit(main())
