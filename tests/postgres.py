"""A private PostgreSQL for the tests: own directory, Unix socket only, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote


def programs() -> Path | None:
    """The directory with initdb and pg_ctl, None when PostgreSQL is not installed."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return installed[-1].parent if installed else None


def run_as() -> dict[str, object]:
    """PostgreSQL refuses to run as root, so root lends it another user."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise RuntimeError("No user to run PostgreSQL as.")


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """Start a cluster and give its DATABASE_URL; it is stopped and removed at the end.

    Args: durable: write as a real server does, for drills about what a crash costs.
    """
    bin_dir = programs()
    if bin_dir is None:
        raise RuntimeError("PostgreSQL is not installed.")
    user = run_as()
    root = Path(tempfile.mkdtemp(prefix="samhandling-pg-"))
    if user:
        os.chown(root, int(str(user["user"])), int(str(user["group"])))
    data = root / "data"

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [bin_dir / program, "-D", data, *arguments],
            check=True,
            cwd=root,
            stdout=subprocess.DEVNULL,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            **user,  # type: ignore[call-overload]
        )

    try:
        run("initdb", "-U", "samhandling", "-A", "trust", "-E", "UTF8", "--no-sync")
        # Nothing need outlive the tests: they are about behaviour, and what a crash costs is
        # measured elsewhere. synchronous_commit stays as the application asks for it.
        options = f"-c listen_addresses='' -k {root}"
        if not durable:
            options += " -c fsync=off -c full_page_writes=off"
        run("pg_ctl", "-w", "-l", str(root / "log"), "-o", options, "start")
        try:
            yield f"postgresql://samhandling@/samhandling?host={quote(str(root), safe='')}"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(root, ignore_errors=True)
