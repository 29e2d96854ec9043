"""Where one is."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from samhandling.web import reauthentication

register = template.Library()


@register.simple_tag
def crumb(label: Any, url: str = "") -> SafeString:
    """``{% crumb "Insatser" url %}{% crumb initiative.title %}``: a step of the way here.

    The last one has no address: it is the page itself.
    """
    if url:
        return format_html('<li><a href="{}">{}</a></li>', url, label)
    return format_html('<li aria-current="page">{}</li>', label)


@register.simple_tag(takes_context=True)
def came_from(context: template.Context) -> str:
    """``{% came_from %}`` where one confirms who one is: the page that led there."""
    return reauthentication.came_from(context["request"])
