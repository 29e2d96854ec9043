"""`make check`: everything that can be found without running the tests."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CHECKS = {
    "code rules": [BIN / "ruff", "check", "."],
    "code format": [BIN / "ruff", "format", "--check", "."],
    "types": [BIN / "mypy"],
    "layers": [BIN / "lint-imports"],
    "security": [BIN / "bandit", "-q", "-c", "pyproject.toml", "-r", "src"],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
    "deployment settings": [
        sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING",
    ],
    "reference": [sys.executable, "docs/generate.py", "--check"],
    "translations": [BIN / "samhandling", "messages", "check"],
}  # fmt: skip


def main() -> int:
    """Run every check, show the output of those that fail; 0 when all are clean."""
    failed = []
    with tempfile.TemporaryDirectory() as data:
        environment = {
            **os.environ,
            "SAMHANDLING_DATA_DIR": data,
            "SAMHANDLING_HTTPS": "1",
            "SAMHANDLING_SECRET_KEY": "-".join(str(n) for n in range(100, 130)),
            "DATABASE_URL": "",
        }
        for name, command in CHECKS.items():
            done = subprocess.run(
                command, cwd=ROOT, env=environment, text=True, capture_output=True
            )
            print(f"{name:<22} {'ok' if done.returncode == 0 else 'FAILED'}", flush=True)
            if done.returncode:
                failed.append(name)
                print(done.stdout + done.stderr, flush=True)
    print("All checks are clean." if not failed else f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
