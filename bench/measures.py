"""The measurements: each returns rows for the table."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urljoin, urlsplit

from bench.servers import Answer, Server

FLOOR_LIST, FLOOR_CSV = "/items/", "/items.csv"
PAGES_WALKED = 3  # of each kind of address


@dataclass(frozen=True)
class Row:
    """A line of the table. `reached` is None where there is no goal."""

    what: str
    measured: str
    reference: str
    goal: str
    reached: bool | None
    numbers: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Pairs:
    """Medians of pages fetched in turn with another, in milliseconds; `cpu` of the processor."""

    page_ms: float
    other_ms: float
    page_cpu_ms: float
    other_cpu_ms: float
    times: int

    @property
    def ratio(self) -> float:
        return self.page_ms / self.other_ms

    @property
    def cpu_ratio(self) -> float:
        return self.page_cpu_ms / self.other_cpu_ms

    def numbers(self) -> dict[str, float]:
        return {
            "page_ms": round(self.page_ms, 2),
            "other_ms": round(self.other_ms, 2),
            "ratio": round(self.ratio, 2),
            "cpu_ratio": round(self.cpu_ratio, 2),
            "pairs": self.times,
        }


def in_pairs(
    page: tuple[Server, str],
    other: tuple[Server, str],
    times: int,
    before: Callable[[], None] | None = None,
) -> Pairs:
    """Fetch two pages in turn, so that what disturbs one disturbs the other.

    `before` is called before each fetch of the first page, outside the time.
    """
    for _warming in range(3):
        other[0].get(other[1])
        page[0].get(page[1])
    page_s: list[float] = []
    other_s: list[float] = []
    page_cpu: list[float] = []
    other_cpu: list[float] = []
    for _turn in range(times):
        _fetch(other, other_s, other_cpu)
        if before is not None:
            before()
        _fetch(page, page_s, page_cpu)
    return Pairs(
        median(page_s) * 1000,
        median(other_s) * 1000,
        median(page_cpu) * 1000,
        median(other_cpu) * 1000,
        times,
    )


def _fetch(page: tuple[Server, str], seconds: list[float], cpu: list[float]) -> Answer:
    server, path = page
    used = server.cpu_seconds()
    answer = server.get(path)
    cpu.append(server.cpu_seconds() - used)
    seconds.append(answer.seconds)
    return answer


def beside_floor(
    what: str,
    page: tuple[Server, str],
    floor: Server,
    times: int,
    most: float | None,
    others: str,
    before: Callable[[], None] | None = None,
) -> Row:
    """A page against the plain list of 25 rows."""
    pairs = in_pairs(page, (floor, FLOOR_LIST), times, before)
    return Row(
        what,
        f"{pairs.page_ms:.1f} ms = {pairs.ratio:.2f} × floor",
        f"{pairs.cpu_ratio:.2f} × its processor; floor {pairs.other_ms:.1f} ms; {others}",
        "" if most is None else f"≤ {most:g} × floor",
        None if most is None else pairs.ratio <= most,
        pairs.numbers(),
    )


def growth(
    what: str, large: Server, small: Server, paths: tuple[str, str], times: int, sizes: str
) -> Row:
    """A page with many initiatives against the same with few. Flat: the same but for the noise."""
    pairs = in_pairs((large, paths[0]), (small, paths[1]), times)
    return Row(
        f"{what}, {sizes}",
        f"{pairs.page_ms:.1f} ms = {pairs.ratio:.2f} ×",
        f"{pairs.other_ms:.1f} ms",
        "flat (≤ 1.25 ×)",
        pairs.ratio <= 1.25,
        pairs.numbers(),
    )


# Which event is written once more, as a change writes one.
OF_ONE = "record_kind = 'INITIATIVE' AND record_uid = ?"
OF_ANOTHER = "record_kind = 'INITIATIVE' AND record_uid <> ?"
OF_THE_AGREEMENT = "record_kind = 'AGREEMENT' AND record_uid <> ?"


def change(database: Path, initiative: str, event: str = OF_ONE) -> None:
    """Log one more event in a database, as a change of an initiative or of an agreement does."""
    with sqlite3.connect(database, timeout=10) as base:
        _log_again(base, event, initiative)
    base.close()


def change_status(database: Path, slug: str) -> None:
    """Give any initiative of an agreement another status and log it, so that numbers move."""
    with sqlite3.connect(database, timeout=10) as base:
        [(pk, uid)] = base.execute(
            "SELECT r.id, r.uid FROM initiatives_initiative i "
            "JOIN records_record r ON r.id = i.record_id "
            "JOIN agreements_agreement a ON a.record_id = i.agreement_id "
            "WHERE a.slug = ? ORDER BY random() LIMIT 1",
            [slug],
        )
        base.execute(
            "UPDATE initiatives_initiative SET status = "
            "CASE status WHEN 'ONGOING' THEN 'DONE' ELSE 'ONGOING' END WHERE record_id = ?",
            [pk],
        )
        _log_again(base, OF_ONE, uid)
    base.close()


def _log_again(base: sqlite3.Connection, event: str, uid: str) -> None:
    names = [row[1] for row in base.execute("PRAGMA table_info(audit_event)")]
    copied = ", ".join(f'"{name}"' for name in names if name != "id")
    base.execute(
        f"INSERT INTO audit_event ({copied}) "
        f"SELECT {copied} FROM audit_event WHERE {event} ORDER BY id DESC LIMIT 1",
        [uid],
    )


def csv_rows(server: Server, path: str, floor: Server, times: int) -> list[Row]:
    """The export of all initiatives: time, first byte and memory, beside a plain streamed CSV."""
    server.get(path)
    floor.get(FLOOR_CSV)
    server.forget_peak()
    before = server.resident()
    pairs: list[tuple[Answer, Answer]] = []
    for _turn in range(times):
        plain = floor.get(FLOOR_CSV)
        pairs.append((server.get(path), plain))
    grown = server.peak() - before
    seconds, plain_s = (median(one[side].seconds for one in pairs) for side in (0, 1))
    first = median(one.first_byte for one, _plain in pairs)
    lines, plain_lines = (one.body.count(b"\n") - 1 for one in pairs[0])
    ratio = (seconds / lines) / (plain_s / plain_lines)
    return [
        Row(
            f"CSV of {lines} initiatives",
            f"{seconds * 1000:.0f} ms = {ratio:.2f} × plain a row",
            f"plain Django {plain_s * 1000:.0f} ms for {plain_lines}; Redmine 1 230 ms",
            "≤ 1.5 × plain",
            ratio <= 1.5,
            {"ms": round(seconds * 1000), "plain_ms": round(plain_s * 1000), "ratio": ratio},
        ),
        Row(
            "   its first byte",
            f"{first * 1000:.0f} ms",
            "Redmine 1 200 ms",
            "≤ 100 ms",
            first <= 0.1,
            {"ms": round(first * 1000, 1)},
        ),
        Row(
            "   memory while it is sent",
            f"+{grown:.1f} MiB",
            "",
            "≤ +20 MiB",
            grown <= 20,
            {"mib": round(grown, 1)},
        ),
    ]


# --- memory --------------------------------------------------------------------------------------

_LINK = re.compile(r"<a\s[^>]*?href=\"([^\"]+)\"", re.IGNORECASE)
_OWN = re.compile(r"/[\w-]{12}(?=/|$)|/\d+(?=/|$)")


def walk(server: Server) -> int:
    """Follow the links from the start page, a few of each kind of address; how many pages."""
    queue, seen, kinds = ["/"], {"/"}, {"": 0}
    walked = 0
    while queue:
        path = queue.pop(0)
        kind = _OWN.sub("/x", path)
        if kinds.get(kind, 0) >= PAGES_WALKED:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        status, leads_to, body = server.follow(path)
        walked += status == 200
        found = [leads_to] if leads_to else _LINK.findall(body.decode(errors="replace"))
        for link in found:
            target = urlsplit(urljoin(path, link))
            if target.scheme or target.netloc or target.query or target.path in seen:
                continue
            seen.add(target.path)
            queue.append(target.path)
    return walked


def memory_row(server: Server) -> Row:
    """The process that answers, after every kind of page has been shown, reports among them."""
    pages = walk(server)
    rss, pss = server.resident(), server.proportional()
    return Row(
        f"memory of one web process after {pages} pages",
        f"{rss:.0f} MiB (PSS {pss:.0f})",
        "Redmine 5: 400–1 000 MB; Akvo RSR 360–500 MB",
        "≤ 150 MB",
        rss * 1.048576 <= 150,
        {"rss_mib": round(rss, 1), "pss_mib": round(pss, 1), "pages": pages},
    )


# --- reports -------------------------------------------------------------------------------------


def report_rows(which: str, environment: dict[str, str]) -> list[Row]:
    """A report in a process that has made none yet, and once more in the same.

    The PDF alone and the three formats together each get a process of their own.
    """
    one = _report_times(environment, which, "pdf")
    all_three = _report_times(environment, which, "pdf", "docx", "odt")
    name = f"report, {one['pages']} pages, {one['charts']} figures"
    pdf, three = sum(one["cold"].values()), sum(all_three["cold"].values())
    others = "typst 0.7–1.0 s with 16 charts; LibreOffice 1.1 s; WeasyPrint 6.5 s"
    return [
        Row(
            f"{name}: PDF, cold",
            f"{pdf:.2f} s (warm {sum(one['warm'].values()):.2f} s)",
            others,
            "≤ 1.5 s",
            pdf <= 1.5,
            {
                f"{turn}_{part}_s": round(one[turn][part], 3)
                for turn in ("cold", "warm")
                for part in one[turn]
            },
        ),
        Row(
            "   PDF, DOCX and ODT, cold",
            f"{three:.2f} s, {all_three['cold_cpu']:.2f} s of processor",
            ", ".join(f"{part} {time:.2f}" for part, time in all_three["cold"].items()),
            "≤ 3 s",
            three <= 3,
        ),
    ]


def _report_times(environment: dict[str, str], *words: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.report_times", *words],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told
