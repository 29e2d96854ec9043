"""Drawn blocks by name: what an outline may list. Each takes the material, some also an area."""

from collections.abc import Callable

from samhandling.apps.agreements.models import FocusArea
from samhandling.apps.reporting.drawing import (
    annexes,
    areas,
    background,
    lessons,
    networks,
    overviews,
    registers,
)
from samhandling.apps.reporting.material import Material
from samhandling.core.report_model import (
    Block,
)

DRAWINGS: dict[str, Callable[[Material], list[Block]]] = {
    drawing.__name__: drawing
    for drawing in (
        overviews.summary,
        background.agreement_origin,
        background.workshops,
        background.handing_over,
        background.approach_findings,
        background.round_assignment,
        background.method,
        background.target_groups,
        background.definitions,
        background.levels,
        background.scope_boundaries,
        background.carried_out_intro,
        lessons.lessons,
        lessons.other_recommendations,
        overviews.level_matrix,
        overviews.status_chart,
        registers.planned_last_year,
        registers.postponements,
        registers.participation,
        overviews.coverage_gaps,
        registers.milestones,
        annexes.initiative_annex,
        annexes.open_questions,
        annexes.contact,
    )
}
AREA_DRAWINGS: dict[str, Callable[[Material, FocusArea], list[Block]]] = {
    drawing.__name__: drawing for drawing in (areas.area_without_network, networks.area_networks)
}
