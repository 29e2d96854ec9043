"""Numbers that open the rows behind them."""

from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samhandling.web.templatetags.knowledge import unknown

register = template.Library()


@register.simple_tag
def figure_link(
    number: Any, url: str = "", text: Any = "", at_least: bool = False, about: Any = ""
) -> SafeString:
    """``{% figure_link count url %}``: a number that is a link to exactly the rows it counts.

    ``text`` replaces the bare number ("43 insatser", made with ngettext); ``about`` says to screen
    readers what is counted; ``at_least=True`` for a list that is known to be partial. None is
    Okänt. Nought has no rows to open and is plain. The bare number stands in ``data-number``: a
    test opens every such link and compares with the ``data-count`` told there.
    """
    if number is None:
        return unknown()
    shown = text or _shown(number)
    if at_least:
        shown = _("minst %(number)s") % {"number": shown}
    named = format_html('<span class="hidden-text"> {}</span>', about) if about else ""
    if not url or number == 0:
        return format_html('<span class="figures">{}{}</span>', shown, named)
    return format_html(
        '<a class="figure-link" href="{}" data-number="{}">{}{}</a>', url, number, shown, named
    )


def _shown(number: Any) -> str:
    return number_format(number, force_grouping=True) if isinstance(number, int) else str(number)
