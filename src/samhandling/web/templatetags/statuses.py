"""The status of an initiative or a step: an icon and a word."""

from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from samhandling.web.templatetags.icons import sprite

register = template.Library()

STATUS_WORDS: dict[str, Promise] = {
    "PROPOSED": _("Föreslagen"),
    "UNDER_DISCUSSION": _("Diskuteras"),
    "CONDITIONAL": _("Villkorad"),
    "PLANNED": _("Planerad"),
    "ONGOING": _("Pågående"),
    "PAUSED": _("Pausad"),
    "RESUMED": _("Återupptagen"),
    "POSTPONED": _("Uppskjuten"),
    "PARTLY_DONE": _("Delvis genomförd"),
    "DONE": _("Genomförd"),
    "NOT_CARRIED_OUT": _("Ej verkställd"),
    "CLOSED": _("Avslutad"),
    "ORDINARY_OPERATIONS": _("Nu ordinarie verksamhet"),
}


@register.simple_tag
def status(code: str | None, under: Any = "") -> SafeString:
    """``{% status initiative.status %}``; ``under`` is a small line below the word.

    No code, or ``UNKNOWN``, is shown as Okänt. Raises ``KeyError`` for a code that is not a status.
    """
    if not code or code == "UNKNOWN":
        return _row("s-unknown", format_html('<span class="unknown">{}</span>', _("Okänt")), under)
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
