"""From a report as data to files. Imports core only; knows neither Django nor the database.

`samhandling.render.entry` makes files in this process; what stands here loads no renderer.
"""

from samhandling.render.apart import render_apart
from samhandling.render.failure import Cause, RenderFailed
from samhandling.render.formats import FORMATS, MEDIA_TYPES

__all__ = [
    "FORMATS",
    "MEDIA_TYPES",
    "Cause",
    "RenderFailed",
    "render_apart",
]
