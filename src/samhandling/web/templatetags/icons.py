"""Icons, from one sprite file."""

from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


def sprite(symbol: str) -> str:
    """Address of a symbol in static/img/icons.svg: i-… icons, s-… statuses, l-… levels."""
    return f"{static('img/icons.svg')}#{symbol}"


@register.simple_tag
def icon(name: str) -> SafeString:
    """``{% icon "plus" %}``: decoration beside a word, hidden from screen readers."""
    return _icon(name)


@lru_cache(maxsize=128)
def _icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', sprite(f"i-{name}")
    )
