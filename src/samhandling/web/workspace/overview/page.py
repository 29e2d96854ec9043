"""What the overview page shows, from the overview that was read."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.audit.services import Author
from samhandling.apps.followup.overview import Overview
from samhandling.apps.followup.overview.dates import Dated
from samhandling.apps.followup.overview.gaps import OPEN, EndedBody
from samhandling.apps.followup.overview.lacking import Lack
from samhandling.apps.followup.overview.register import Deviation
from samhandling.apps.organisations.models import CollaborationBody
from samhandling.apps.organisations.permissions import may
from samhandling.apps.people.selectors.lacking import LackingBody, bodies_lacking
from samhandling.core.access import Operation
from samhandling.web.links import url_of
from samhandling.web.templatetags.languages import swedish
from samhandling.web.workspace.initiatives.filters import list_url
from samhandling.web.workspace.overview import line_of_time, matrix, words
from samhandling.web.workspace.overview.fragments import last, once
from samhandling.web.workspace.overview.matrix import Figure, network_word

WHO_SHOWN = 3


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One status with how many have it, as the tally component takes it."""

    status: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class YearFigure:
    """A number of one follow-up year."""

    year: int
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Who:
    """A network that can say more, and how many of its initiatives lack it."""

    network: CollaborationBody
    figure: Figure


@dataclass(frozen=True, slots=True)
class LackLine:
    """One thing that is missing."""

    label: Promise
    missing: Figure
    since: str
    who: list[Who]


@dataclass(frozen=True, slots=True)
class Unconvened:
    """The agreement's networks whose convener has gone, of `total`, and the longest since when."""

    rows: list[LackingBody]
    total: int
    since: date | None


@dataclass(frozen=True, slots=True)
class DatedLine:
    """One dated line, as the page words it."""

    line: Dated
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class EndedLine:
    """An ended network with what it left unfinished."""

    ended: EndedBody
    left: Figure
    unowned: Figure


def context(agreement: Agreement, overview: Overview, by: Author, today: date) -> dict[str, Any]:
    """All that the page shows. Queries: 1 beside the reader's standing, and 2 where a network has
    lost its convener."""
    shown = _told(agreement, overview, by, today)
    return shown | {"sections": _sections(overview, shown)}


def _sections(overview: Overview, shown: dict[str, Any]) -> dict[str, SafeString]:
    """The parts of numbers and dates in words.

    Beside each name stands all that the part shows; `overview.kept` stands for the names in it.
    """
    shows: dict[str, Hashable] = {
        "statuses": (overview.totals, tuple(overview.statuses)),
        "register": (
            tuple(shown["register_rows"]),
            tuple((figure, line.inferred) for line, figure in shown["causes"]),
            tuple(figure for _line, figure in shown["moved_by_network"]),
            overview.register.total,
        ),
        "lacks": (
            overview.totals.wholes,
            tuple(
                (line.missing, line.since, tuple(who.figure for who in line.who))
                for line in shown["lacks"]
            ),
            tuple((row.body.pk, row.since) for row in shown["unconvened"].rows),
            shown["unconvened"].total,
        ),
        "dates": tuple(
            tuple((line, line.line.record.made_up) for line in shown[name])
            for name in ("ahead", "recent")
        ),
    }
    return {
        name: last(overview.kept, name, what, partial(_section, name, shown))
        for name, what in shows.items()
    }


def _section(name: str, shown: dict[str, Any]) -> SafeString:
    return render_to_string(f"workspace/overview/_{name}.html", shown)


def _told(agreement: Agreement, overview: Overview, by: Author, today: date) -> dict[str, Any]:
    every, hela = list_url(agreement), list_url(agreement, delar="hela")
    totals = overview.totals
    return {
        "agreement": agreement,
        "overview": overview,
        "lead": words.lead(agreement, overview),
        "month": words.month_of(agreement, today),
        "timeline": line_of_time.lay_out(agreement, overview.dates.timeline, today),
        "is_answerable": may(by, Operation.EDIT_LESSON, agreement_id=agreement.pk),
        "waiting_ended": [_ended(agreement, line) for line in overview.waiting.uncarried],
        "unanswered": [
            YearFigure(year, n, _round(agreement, year, "?svar=saknas#rekommendationer"))
            for year, n in overview.waiting.unanswered.items()
        ],
        "blocks": matrix.blocks(agreement, overview),
        "register_rows": [_register_row(row) for row in overview.register.rows],
        "totals": {
            "every": Figure(totals.total, every),
            "wholes": Figure(totals.wholes, hela),
            "parts": Figure(totals.parts, list_url(agreement, delar="delar")),
        },
        "unknown_levels": words.unknown_levels(agreement, overview),
        "unconvened": _unconvened(overview.frame.counted_networks),
        "statuses": [
            StatusLine(status, n, list_url(agreement, status=status))
            for status, n in overview.statuses
        ],
        "most": max((n for _status, n in overview.statuses), default=1),
        "moved": Figure(overview.register.total, list_url(agreement, avviker="ja")),
        "causes": [
            (
                line,
                Figure(
                    line.count,
                    list_url(
                        agreement, avviker="ja", orsak=line.cause.key if line.cause else "okant"
                    ),
                ),
            )
            for line in overview.register.by_cause
        ],
        "moved_by_network": [
            (
                line,
                Figure(
                    line.count,
                    list_url(
                        agreement, avviker="ja", natverk=network_word(line.network, line.is_none)
                    ),
                ),
            )
            for line in overview.register.by_network
        ],
        "gaps": [
            (
                line.gap,
                words.gap_sentence(line.gap),
                Figure(
                    line.without_network,
                    list_url(
                        agreement,
                        omrade=line.gap.focus_area.code,
                        saknar="natverk",
                        delar="hela",
                    ),
                ),
            )
            for line in overview.gaps.gaps
        ],
        "ended": [_ended(agreement, line) for line in overview.gaps.bodies],
        "lacks": [_lack(agreement, overview, lack) for lack in overview.lacks],
        "ahead": [_dated(line) for line in overview.dates.ahead],
        "recent": [_dated(line) for line in overview.dates.recent],
        "latest_year": overview.latest_round.year if overview.latest_round else None,
        "report_url": reverse("reports:list", args=[agreement.slug]),
    }


def _register_row(row: Deviation) -> SafeString:
    """A row of the register in words, written once for as long as its initiative is as it is."""
    return once(
        row.kept,
        "register row",
        lambda: render_to_string("workspace/overview/_register_row.html", {"row": row}),
    )


def _round(agreement: Agreement, year: int, tail: str = "") -> str:
    return reverse("followup:round", args=[agreement.slug, year]) + tail


def _unconvened(networks: list[CollaborationBody]) -> Unconvened:
    rows = list(bodies_lacking([network.pk for network in networks]).values())
    days = [row.since for row in rows if row.since is not None]
    return Unconvened(rows, len(networks), min(days, default=None))


def _ended(agreement: Agreement, line: EndedBody) -> EndedLine:
    body = line.body.uid
    return EndedLine(
        line,
        left=Figure(line.left, list_url(agreement, natverk=body, status=OPEN)),
        unowned=Figure(line.unowned, list_url(agreement, natverk=body, status=OPEN, agare="okant")),
    )


def _lack(agreement: Agreement, overview: Overview, lack: Lack) -> LackLine:
    label, word = words.LACKS[lack.what]
    networks = overview.networks
    who = [
        Who(
            networks[network_id],
            Figure(
                n,
                list_url(agreement, saknar=word, natverk=networks[network_id].uid, delar="hela"),
            ),
        )
        for network_id, n in lack.by_network.most_common(WHO_SHOWN + 1)
        if network_id is not None
    ]
    return LackLine(
        label=label,
        missing=Figure(lack.missing, list_url(agreement, saknar=word, delar="hela")),
        since=words.since(lack),
        who=who[:WHO_SHOWN],
    )


def _dated(line: Dated) -> DatedLine:
    return DatedLine(line, words.happening(line, mark=swedish), url_of(line.record))
