"""Focus areas: a code on a colour."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from samhandling.apps.records.models import Recorded
from samhandling.web.templatetags import languages
from samhandling.web.templatetags.knowledge import unknown

register = template.Library()


@register.simple_tag
def focus_area(area: Any, named: bool = False) -> SafeString:
    """``{% focus_area initiative.focus_area %}``; with ``named=True`` the title stands beside it.

    ``area`` has ``code``, ``colour`` (1–6) and ``title``. None is Okänt. The colour never stands
    alone: without ``named`` the title is there for screen readers.
    """
    if area is None:
        return unknown()
    return format_html(
        '<span class="area area-{}"><b>{}</b><span{}>{}</span></span>',
        area.colour or "none",
        area.code,
        "" if named else SafeString(' class="hidden-text"'),
        languages.named(area) if isinstance(area, Recorded) else languages.swedish(area.title),
    )
