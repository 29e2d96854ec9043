"""Initiatives of the register that nobody told of for the year, and where they are drawn.

An initiative that somebody makes in the workspace is in the report at once: under its network, in
its own area where the network has a part, otherwise in the network's first. What has no network,
or one without a part of its own, stands with its area. Without an area it is in the annexes alone.
"""

from samhandling.apps.agreements.models import FocusArea
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.organisations.models import CollaborationBody
from samhandling.apps.reporting.drawing.initiatives import untold_block
from samhandling.apps.reporting.drawing.wording import drawn
from samhandling.apps.reporting.material import Material
from samhandling.core.report_model import Block, Paragraph, Text


def untold_of_network(m: Material, area: FocusArea, body: CollaborationBody) -> list[Block]:
    """Those of a network that are drawn in its part of this area."""
    areas = _areas_of(m, body.pk)
    own = [one for one in m.untold if one.network_id == body.pk]
    return _drawn(m, [one for one in own if _home(one, areas) == area.pk])


def untold_without_network(m: Material, area: FocusArea) -> list[Block]:
    """Those of an area that have no network, or one that has no part in the report."""
    return _drawn(
        m,
        [
            one
            for one in m.untold
            if _top(one.focus_area) == area.pk
            and (one.network_id is None or not _areas_of(m, one.network_id))
        ],
    )


def _home(one: Initiative, areas: list[int]) -> int:
    own = _top(one.focus_area)
    return own if own in areas else areas[0]


def _areas_of(m: Material, body_id: int) -> list[int]:
    """The areas in which the network has a part, in the order of the report."""
    told = [_top(report.focus_area) for report in m.network_reports if report.body_id == body_id]
    return [
        area.pk
        for area in m.focus_areas
        if area.parent_id is None
        and (area.pk in told or any(one.body_id == body_id for one in m.responsible_for(area)))
    ]


def _top(area: FocusArea | None) -> int | None:
    return None if area is None else area.parent_id or area.pk


def _drawn(m: Material, found: list[Initiative]) -> list[Block]:
    if not found:
        return []
    lead = f"Ännu inte redovisat för {m.year}, ur registret:"
    return [
        Paragraph((Text(lead),), drawn("utan redovisning", *(one.record for one in found))),
        *(untold_block(m, one) for one in found),
    ]
