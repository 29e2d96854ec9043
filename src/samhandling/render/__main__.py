"""The other process of ``render_apart``: a report's stored form in, a file out."""

import json
import sys
from pathlib import Path

from samhandling.core.report_storage import from_json
from samhandling.render.apart import REFUSED
from samhandling.render.entry import render
from samhandling.render.failure import RenderFailed

if __name__ == "__main__":
    file_format, fonts_dir = sys.argv[1:]
    try:
        report = from_json(sys.stdin.buffer.read().decode())
        content = render(report, file_format, fonts_dir=Path(fonts_dir))
    except RenderFailed as failure:
        sys.stderr.write(json.dumps({"cause": failure.cause, "detail": failure.detail}))
        raise SystemExit(REFUSED) from failure
    sys.stdout.buffer.write(content)
