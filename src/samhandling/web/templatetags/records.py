"""Records by name: the link that leads to where one is shown."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samhandling.apps.records.models import Record, Recorded
from samhandling.web import links
from samhandling.web.templatetags.knowledge import example_mark, unknown

register = template.Library()


@register.simple_tag
def record_link(thing: Record | Recorded | None, text: Any = "", fill: str = "") -> SafeString:
    """``{% record_link initiative %}`` or ``{% record_link body text=body.short %}``.

    ``thing`` is a record or has one. None is Okänt, with the way to fill it in. Made-up data is
    marked; what has been withdrawn is named without a link.
    """
    if thing is None:
        return unknown(fill)
    record = links.record_of(thing)
    shown = text or links.name_of(record)
    mark = format_html(" {}", example_mark()) if record.made_up else ""
    if record.withdrawn_at is not None:
        return format_html('{} <span class="muted">({})</span>{}', shown, _("tillbakadragen"), mark)
    return format_html('<a href="{}">{}</a>{}', links.url_of(record), shown, mark)


@register.simple_tag
def record_anchor(thing: Record | Recorded) -> str:
    """``id="{% record_anchor goal %}"``: where /post/<uid>/ leads on a page that shows many."""
    return links.anchor_of(thing)


@register.filter
def record_name(thing: Record | Recorded) -> str:
    """``{{ goal|record_name }}``: the name in the reader's language."""
    return links.name_of(thing)


@register.filter
def record_url(thing: Record | Recorded) -> str:
    """``{{ goal|record_url }}``: the address alone."""
    return links.url_of(thing)
