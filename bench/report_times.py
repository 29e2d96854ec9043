"""How long the report takes in a new process and then once more: prints JSON, times in seconds.

`cpu` is what the turn used of processor time, the programs it starts included. The formats named
are made as `samhandling report` makes them, beside each other: name one for its time alone, in a
process of its own.

    SAMHANDLING_DATA_DIR=<with the demo county> python -m bench.report_times county|long pdf …

The county's report is assembled from its records each time; the long one (about thirty pages and
fifteen charts) is the one that the renderers' tests use.
"""

import json
import os
import re
import sys
import time

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samhandling.config.settings")
    django.setup()

from django.conf import settings
from django.utils import timezone

from samhandling.apps.reporting.assemble import assemble
from samhandling.apps.reporting.models import Report as ReportRow
from samhandling.core.report_model import (
    Figure,
    Report,
)
from samhandling.core.report_reading import (
    walk,
)
from samhandling.render.entry import render_all


def main(which: str, *formats: str) -> None:
    told: dict[str, object] = {}
    for turn in ("cold", "warm"):
        times: dict[str, float] = {}
        used = _processor()
        began = time.perf_counter()
        report = _report(which)
        times["assemble"] = time.perf_counter() - began
        began = time.perf_counter()
        files, failed = render_all(report, formats, fonts_dir=settings.FONT_DIR)
        if failed:
            raise SystemExit("; ".join(str(failure) for failure in failed.values()))
        times["files"] = time.perf_counter() - began
        if "pdf" in files:
            told["pages"] = len(re.findall(rb"/Type\s*/Page[^s]", files["pdf"]))
        told[turn] = times
        told[f"{turn}_cpu"] = _processor() - used
    told["charts"] = sum(isinstance(block, Figure) for block in walk(report))
    print(json.dumps(told))


def _processor() -> float:
    return sum(os.times()[:4])


def _report(which: str) -> Report:
    if which == "long":
        from tests.unit.render.example_report import long_report

        return long_report()
    row = ReportRow.objects.get(round__agreement__slug="rok", round__year=2020)
    return assemble(row, made_at=timezone.now()).report


if __name__ == "__main__":
    main(*sys.argv[1:])
