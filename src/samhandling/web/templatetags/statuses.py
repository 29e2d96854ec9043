"""The status of an initiative or a step: an icon and a word."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from samhandling.apps.initiatives.models import Status
from samhandling.web.templatetags.icons import sprite

register = template.Library()

STATUS_WORDS: dict[str, Any] = {
    code.value: code.label for code in Status if code is not Status.UNKNOWN
}


@register.simple_tag
def status(code: str | None, under: Any = "") -> SafeString:
    """``{% status initiative.status %}``; ``under`` is a small line below the word.

    No code, or ``UNKNOWN``, is shown as Okänt. Raises ``KeyError`` for a code that is not a status.
    """
    if not code or code == Status.UNKNOWN:
        return _row(
            "s-unknown", format_html('<span class="unknown">{}</span>', Status.UNKNOWN.label), under
        )
    return _row(f"s-{code.lower().replace('_', '-')}", STATUS_WORDS[code], under)


def _row(symbol: str, word: Any, under: Any) -> SafeString:
    tail = format_html('<span class="under">{}</span>', under) if under else ""
    return format_html(
        '<span class="status"><svg class="icon" aria-hidden="true"><use href="{}"/></svg>'
        "<span>{}{}</span></span>",
        sprite(symbol),
        word,
        tail,
    )
