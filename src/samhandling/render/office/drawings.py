"""The drawings of an office file, as PNG: figures and the shapes of levels."""

from __future__ import annotations

from pathlib import Path

from samhandling.core.report_model import Figure, LevelMark, Report
from samhandling.core.report_reading import all_inlines, walk
from samhandling.render.charts import mark_svg
from samhandling.render.pdf import figure_svg, rasterise


def drawings_of(report: Report, fonts_dir: Path) -> dict[str, bytes]:
    """Every drawing of the report as PNG, by its SVG; set in one run. Raises ``RenderFailed``."""
    svgs: dict[str, None] = {}
    figures = [block for block in walk(report) if isinstance(block, Figure)]
    for number, figure in enumerate(figures, start=1):
        svgs[figure_svg(figure, number, report.language)] = None
    for inline in all_inlines(report):
        if isinstance(inline, LevelMark):
            svgs[mark_drawing(inline)] = None
    names = list(svgs)
    return dict(zip(names, rasterise(names, fonts_dir), strict=True))


def mark_drawing(mark: LevelMark) -> str:
    """The shape as SVG, without its label: equal shapes are one picture."""
    return mark_svg(LevelMark("", mark.shape, mark.is_stated))
