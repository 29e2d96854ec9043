"""A database server that is stopped, slow, cut off or put back in time (rows 14 and 15)."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import psycopg

from tests import postgres
from tests.soak.installation import Installation, socket_folder
from tests.soak.proxy import Proxy
from tests.soak.verdict import verdict

RECOVERS_WITHIN = 10.0  # seconds
TELLS_WITHIN = 5.0
LATENCY = 0.5  # seconds, each way that the database answers


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


def slow(made: Installation) -> str:
    """The way to the database is slow and then cut: pages wait, then say so, then work again."""
    direct = made.database_url
    with Proxy(socket_folder(direct)) as proxy:
        made.database_url = proxy.url_for(direct)
        made.start()
        made.sign_in()
        quick = timed(made, "/rok/behov/")
        proxy.latency = LATENCY
        slowed = timed(made, "/rok/behov/")
        uid = made.write("Långsam åäö")[1]
        proxy.latency = 0.0
        with psycopg.connect(direct) as other:
            other.execute("LOCK TABLE situation_need")
            locked = timed(made, "/rok/behov/")
            other.rollback()
        proxy.cut()
        cut = timed(made, "/rok/behov/")
        ready, alive = made.ask("GET", "/halsa/redo")[0], made.ask("GET", "/halsa/")[0]
        proxy.join()
        began = time.monotonic()
        while (back := made.ask("GET", "/rok/behov/")[0]) != 200:
            if time.monotonic() - began > 60:
                break
            time.sleep(0.1)
        back_after = time.monotonic() - began
        made.kill()
        made.database_url = direct
    stored = made.titles()
    faults = made.faults()
    passed = (
        (quick[0], slowed[0], locked[0], cut[0]) == (200, 200, 503, 503)
        and (ready, alive, back) == (503, 200, 200)
        and max(locked[1], cut[1]) <= TELLS_WITHIN
        and back_after <= RECOVERS_WITHIN
        and stored.get(uid) == "Långsam åäö"
        and not faults
    )
    return verdict(
        passed,
        f"a page {quick[1]:.2f} s, with {LATENCY * 1000:.0f} ms to each answer of the database "
        f"{slowed[1]:.1f} s and right, saved: {uid in stored}; its table locked: {locked[0]} "
        f"after {locked[1]:.1f} s; cut off: {cut[0]} after "
        f"{cut[1]:.1f} s, readiness {ready}, alive {alive}; {back} again {back_after:.1f} s after "
        f"it was joined, faults: {faults or 'none'}",
    )


def timed(made: Installation, path: str) -> tuple[int, float]:
    """The status of a page, and the seconds it took."""
    began = time.monotonic()
    status = made.ask("GET", path)[0]
    return status, time.monotonic() - began


def back_in_time(made: Installation) -> str:
    """A base copy and PostgreSQL's archived log give the database as it was at a chosen moment."""
    folder = socket_folder(made.database_url)
    archive, copy = folder / "archive", folder / "copy"
    for place in (archive, copy):
        place.mkdir(mode=0o700)
        lend(place)
    with psycopg.connect(made.database_url, autocommit=True) as admin:
        admin.execute("ALTER SYSTEM SET archive_mode = on")
        admin.execute(f"ALTER SYSTEM SET archive_command = 'cp %p {archive}/%f'".encode())
    options = f"-c listen_addresses='' -k {folder}"
    run_pg_ctl(folder, "-w", "-m", "fast", "-l", str(folder / "log"), "-o", options, "restart")
    made.start()
    made.sign_in()
    first = made.write("Före kopian")[1]
    run_as_postgres("pg_basebackup", "-h", folder, "-U", "samhandling", "-D", copy, "-c", "fast")
    run_as_postgres("pg_verifybackup", copy)
    second = made.write("Före stunden")[1]
    with psycopg.connect(made.database_url, autocommit=True) as admin:
        [(moment,)] = admin.execute("SELECT clock_timestamp()::text").fetchall()
    third = made.write("Efter stunden")[1]
    with psycopg.connect(made.database_url, autocommit=True) as admin:
        admin.execute("SELECT pg_switch_wal()")
        began = time.monotonic()
        while admin.execute(ARCHIVED).fetchall() == [(None,)] and time.monotonic() - began < 60:
            time.sleep(0.1)
    made.kill()
    run_pg_ctl(folder, "-m", "immediate", "stop")
    # The machine is gone: what is left is the copy and the archive.
    began = time.monotonic()
    shutil.rmtree(folder / "data")
    copy.rename(folder / "data")
    with (folder / "data" / "postgresql.auto.conf").open("a") as settings:
        settings.write(
            f"restore_command = 'cp {archive}/%f %p'\n"
            f"recovery_target_time = '{moment}'\n"
            "recovery_target_action = promote\n"
        )
    (folder / "data" / "recovery.signal").touch()
    lend(folder / "data" / "recovery.signal")
    run_pg_ctl(folder, "-w", "-l", str(folder / "log"), "-o", options, "start")
    while made.rows("SELECT pg_is_in_recovery()") != [(False,)]:
        time.sleep(0.1)
    opened = made.start()
    restored_after = time.monotonic() - began
    page = made.ask("GET", "/rok/behov/")[0]
    made.kill()
    stored = made.titles()
    faults = made.faults()
    passed = {first, second} <= stored.keys() and third not in stored and page == 200 and not faults
    return verdict(
        passed,
        f"put back to the moment between two writes: the one before is there "
        f"{second in stored}, the one after is not {third not in stored}; running again "
        f"{restored_after:.1f} s after the machine was lost (the server itself {opened:.1f} s), "
        f"faults: {faults or 'none'}",
    )


ARCHIVED = "SELECT last_archived_wal FROM pg_stat_archiver"


def lend(place: Path) -> None:
    """Give a file to the user that PostgreSQL runs as."""
    if user := postgres.run_as():
        os.chown(place, int(str(user["user"])), int(str(user["group"])))


def run_as_postgres(program: str, *arguments: str | Path) -> None:
    """A program of PostgreSQL, as the user it runs as."""
    bin_dir = postgres.programs()
    assert bin_dir is not None
    subprocess.run(
        [bin_dir / program, *arguments],
        check=True,
        cwd="/",
        stdout=subprocess.DEVNULL,
        **postgres.run_as(),  # type: ignore[call-overload]
    )
