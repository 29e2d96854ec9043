"""From a report as data to files. Imports core only; knows neither Django nor the database."""

from samhandling.render.apart import render_apart
from samhandling.render.entry import FORMATS, MEDIA_TYPES, render, render_all
from samhandling.render.failure import Cause, RenderFailed

__all__ = [
    "FORMATS",
    "MEDIA_TYPES",
    "Cause",
    "RenderFailed",
    "render",
    "render_all",
    "render_apart",
]
