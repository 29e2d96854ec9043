"""Heads of columns that sort, with the order in the address."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.core.paginator import Paginator
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samhandling.web.templatetags.icons import icon

register = template.Library()

SORT_PARAMETER = "sortera"
PAGE_PARAMETER = "sida"


@register.simple_tag(takes_context=True)
def sort_head(
    context: template.Context, key: str, label: Any, default: str = "", number: bool = False
) -> SafeString:
    """``{% sort_head "namn" "Insats" default="namn" %}``: a ``th`` that sorts its column.

    The order lies in the address as ``?sortera=namn`` or ``-namn``; a second press turns it round.
    ``default`` is the order when the address says nothing. Filters stay, the page number does not.
    """
    asked = context["request"].GET
    current = asked.get(SORT_PARAMETER) or default
    kept = [(k, v) for k, v in asked.lists() if k not in (SORT_PARAMETER, PAGE_PARAMETER)]
    turned = f"-{key}" if current == key else key
    order = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    return format_html(
        '<th scope="col"{}{}><a class="sort" href="?{}">{}{}<span class="hidden-text">{}</span></a>'
        "</th>",
        SafeString(' class="number"') if number else "",
        format_html(' aria-sort="{}"', order) if order else "",
        urlencode([*kept, (SORT_PARAMETER, turned)], doseq=True),
        label,
        icon("up"),
        _(", sortera"),
    )


@register.filter
def pages_near(paginator: "Paginator[Any]", number: int) -> Iterator[int | str]:
    """``{% for n in page.paginator|pages_near:page.number %}``: page numbers with gaps left out."""
    return paginator.get_elided_page_range(number, on_each_side=2, on_ends=1)
