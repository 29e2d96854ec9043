"""People: a name and where they work, no picture."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from samhandling.web.templatetags.knowledge import example_mark, unknown

register = template.Library()


@register.simple_tag
def person(someone: Any, role: Any = "", called: str = "") -> SafeString:
    """``{% person membership.person role="sammankallande" %}``. None is Okänt.

    ``someone`` has ``name`` and perhaps ``made_up``, which is marked; ``called`` is said instead of
    the name, where others have the same.
    """
    if someone is None:
        return unknown()
    return format_html(
        '<span class="person-name">{}{}{}</span>',
        called or someone.name,
        format_html(", {}", role) if role else "",
        format_html(" {}", example_mark()) if getattr(someone, "made_up", False) else "",
    )
