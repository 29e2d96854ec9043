"""Run every command of docs/how-to/install-on-debian.md, in order, on this machine.

For a throw-away Debian 12 (a container or virtual machine), as root:

    python3 tests/deploy/run_page.py --really [--from=7] [path of the checkout]

--from goes on from a block, when those before it have been run.

Where systemd does not run, `systemctl` is stood in for: start runs what the unit's ExecStart says,
as its user and with its EnvironmentFile; stop ends exactly that. Exit code 1 at the first failure.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

PAGE = Path("docs/how-to/install-on-debian.md")
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SOURCE = Path("/opt/samhandling/source")
STAND_IN = r"""#!/bin/bash
# Stands in for systemctl where systemd does not run: start and stop of our units and of nginx.
set -euo pipefail
verb=$1; shift
[ "${1:-}" = --now ] && { verb=start; shift; }
for unit in "$@"; do
  unit=${unit%.service}
  file=/etc/systemd/system/$unit.service
  pidfile=/run/stand-in-$unit.pid
  case "$verb $unit" in
    "reload nginx") nginx -s reload 2>/dev/null || nginx;;
    *" samhandling-backup.timer") ;;
    "start "*)
      program=$(sed -n 's/^ExecStart=//p' "$file")
      user=$(sed -n 's/^User=//p' "$file")
      settings=$(sed -n 's/^EnvironmentFile=//p' "$file")
      (set -a; . "$settings"; set +a; cd /
       exec setsid runuser -u "$user" -- $program >>/var/log/stand-in-$unit.log 2>&1 </dev/null) &
      echo $! >"$pidfile";;
    "stop "*)
      if [ -f "$pidfile" ]; then
        kill -TERM -- "-$(cat "$pidfile")" 2>/dev/null || kill -TERM "$(cat "$pidfile")" || true
        for _ in $(seq 100); do kill -0 "$(cat "$pidfile")" 2>/dev/null || break; sleep 0.1; done
        rm -f "$pidfile"
      fi;;
  esac
done
"""


def has_systemd() -> bool:
    """Whether systemd is what runs this machine."""
    return Path("/run/systemd/system").is_dir()


def prepare(checkout: Path, folder: Path) -> dict[str, str]:
    """The checkout where the page expects it, and the stand-ins; the environment to run in."""
    if checkout != SOURCE:
        shutil.rmtree(SOURCE, ignore_errors=True)
        SOURCE.mkdir(parents=True)
        subprocess.run(
            f"git -C {checkout} archive HEAD | tar -x -C {SOURCE}", shell=True, check=True
        )
    environment = {
        **os.environ,
        "DEBIAN_FRONTEND": "noninteractive",
        "PATH": "/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin",
    }
    for name in list(environment):
        if name.startswith(("SAMHANDLING_", "PYTHON")) or name == "DATABASE_URL":
            del environment[name]
    if not has_systemd():
        (folder / "systemctl").write_text(STAND_IN)
        (folder / "systemctl").chmod(0o755)
        environment["PATH"] = f"{folder}:{environment['PATH']}"
    return environment


def main() -> int:
    """Run the blocks; 0 when all of them ended well."""
    if "--really" not in sys.argv or os.geteuid() != 0:
        print(__doc__)
        return 2
    given = [word for word in sys.argv[1:] if not word.startswith("-")]
    checkout = Path(given[0] if given else ".").resolve()
    folder = Path("/run/samhandling-stand-in")
    folder.mkdir(exist_ok=True)
    environment = prepare(checkout, folder)
    began = time.monotonic()
    first = next((int(word[7:]) for word in sys.argv if word.startswith("--from=")), 1)
    for number, block in enumerate(BLOCK.findall((SOURCE / PAGE).read_text("utf-8")), 1):
        if number < first:
            continue
        print(f"--- {number}\n{block}", end="", flush=True)
        at = time.monotonic()
        done = subprocess.run(
            ["/bin/bash", "-euo", "pipefail", "-c", block], env=environment, cwd="/"
        )
        print(f"    {time.monotonic() - at:.1f} s, exit code {done.returncode}", flush=True)
        if done.returncode:
            return 1
        if "postgresql-client" in block and not has_systemd():
            subprocess.run(["pg_ctlcluster", "15", "main", "start"], check=False)
    print(f"Every command ran, in {time.monotonic() - began:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
