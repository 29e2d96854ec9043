"""The matrix as the page shows it: each number with the address of exactly its rows.

A row is written once for its numbers: all else in it stands until something but initiatives changes
(`Overview.kept`). A change of an initiative moves the numbers of a row or two out of a hundred.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samhandling.apps.agreements.models import (
    Agreement,
    CollaborationLevel,
    CoverageGap,
    FocusArea,
)
from samhandling.apps.followup.models import NetworkReportLevel
from samhandling.apps.followup.overview import Overview
from samhandling.apps.followup.overview.matrix import Block, Row
from samhandling.apps.organisations.models import CollaborationBody
from samhandling.web.links import name_of
from samhandling.web.templatetags.figures import figure_link
from samhandling.web.workspace.initiatives.filters import list_url
from samhandling.web.workspace.overview.fragments import once


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the address of exactly the rows it counts."""

    number: int
    url: str


@dataclass(frozen=True, slots=True)
class SubFigure:
    """How many of a row's initiatives lie in one sub-area; 0 where it only answers for it."""

    area: FocusArea
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One network in one area. Without a network: `is_none` known to have none, else unknown.

    `cells`: the numbers by level and of unknown level; `deviating`: the last cell.
    """

    network: CollaborationBody | None
    is_none: bool
    told: list[NetworkReportLevel]
    cells: SafeString
    total: Figure
    deviating: SafeString
    sub_areas: list[SubFigure]
    gaps: list[CoverageGap]
    has_ended: bool


@dataclass(frozen=True, slots=True)
class MatrixBlock:
    """One focus area with its rows, as written, and its sum. `area` None: the area is unknown."""

    area: FocusArea | None
    rows: list[SafeString]
    total: Figure


def blocks(agreement: Agreement, overview: Overview) -> list[MatrixBlock]:
    """The matrix, area by area. Queries: 0."""
    most = max((row.total for block in overview.matrix for row in block.rows), default=0) or 1
    return [_block(agreement, overview, block, most) for block in overview.matrix]


def network_word(network: CollaborationBody | None, is_none: bool) -> str:
    """What the list's address calls a network, none or unknown."""
    if network is not None:
        return network.uid
    return "inget" if is_none else "okant"


def _block(agreement: Agreement, overview: Overview, block: Block, most: int) -> MatrixBlock:
    code = block.area.code if block.area else "okant"
    rows = [_written(agreement, overview, code, row, most) for row in block.rows]
    total = Figure(block.total, list_url(agreement, omrade=code, delar="hela"))
    return MatrixBlock(block.area, rows, total)


def _written(
    agreement: Agreement, overview: Overview, code: str, row: Row, most: int
) -> SafeString:
    """The row in words. Args: most: the largest sum of any row, which the bars are drawn by."""

    def write() -> SafeString:
        return render_to_string(
            "workspace/overview/_matrix_row.html",
            {
                "row": _row(agreement, overview.levels, code, row),
                "latest_round": overview.latest_round,
                "most_in_row": most,
            },
        )

    return once(overview.kept, ("matrix row", code, row.numbers, most), write)


def _row(agreement: Agreement, levels: list[CollaborationLevel], code: str, row: Row) -> MatrixRow:
    def url(**more: str) -> str:
        network = network_word(row.network, row.is_none)
        asked = {"omrade": code, "natverk": network, "delar": "hela"} | more
        return list_url(agreement, **asked)

    of_levels = (
        cell(row.by_level.get(level.pk, 0), url(niva=level.key), capfirst(name_of(level)))
        for level in levels
    )
    unknown = cell(row.unknown_level, url(niva="okant"), _("Okänd nivå"), "unknown-cell")
    subs = [SubFigure(area, n, url(omrade=area.code)) for area, n in row.by_sub_area]
    named = {sub.area.pk for sub in subs}
    subs += [SubFigure(area, 0, "") for area in row.answers_for if area.pk not in named]
    return MatrixRow(
        network=row.network,
        is_none=row.is_none,
        told=row.told,
        cells=SafeString("".join([*of_levels, unknown])),
        total=Figure(row.total, url()),
        deviating=cell(row.deviating, url(avviker="ja", delar=""), _("Avviker")),
        sub_areas=subs,
        gaps=row.gaps,
        has_ended=row.network is not None and row.network.state in ("CLOSED", "DORMANT"),
    )


def cell(number: int, url: str, label: str | Promise, klass: str = "") -> SafeString:
    """One number of the matrix as a cell that leads to its rows."""
    return _cell(number, url, str(label), klass, get_language() or "")


# An overview has a thousand cells and a change moves a few of them; the others are known already.
@lru_cache(maxsize=8192)
def _cell(number: int, url: str, label: str, klass: str, language: str) -> SafeString:
    names = ["number", klass, "" if number else "nought"]
    return format_html(
        '<td class="{}" data-label="{}">{}</td>',
        " ".join(filter(None, names)),
        label,
        figure_link(number, url),
    )
