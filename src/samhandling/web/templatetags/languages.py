"""What stays in Swedish on a page in another language, marked as Swedish.

A screen reader reads it aloud in Swedish then (WCAG 3.1.2). On a Swedish page nothing is marked.
"""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from samhandling.apps.records.models import Record, Recorded
from samhandling.web import links

register = template.Library()


@register.filter
def swedish(text: Any) -> Any:
    """``{{ area.note|swedish }}``: what somebody has written, in the Swedish it is written in."""
    if not text or (get_language() or "sv").startswith("sv"):
        return text
    return format_html('<span lang="sv">{}</span>', text)


@register.filter
def named(thing: Record | Recorded, how: str = "") -> Any:
    """``{{ goal|named }}`` in running text: the name in the reader's language, else in Swedish.

    ``{{ goal|named:"capital" }}`` begins it with a capital.
    """
    name = links.name_of(thing)
    shown = name[:1].upper() + name[1:] if how == "capital" else name
    return shown if name != links.record_of(thing).title else swedish(shown)
