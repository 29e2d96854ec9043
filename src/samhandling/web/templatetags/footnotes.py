"""References to footnotes, and the way back."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def footnote_ref(number: int) -> SafeString:
    """``{% footnote_ref 1 %}``: the raised number; its note is ``_components/footnotes.html``."""
    return format_html(
        '<a class="note-ref" id="ref-{n}" href="#not-{n}" aria-label="{name}">{n}</a>',
        n=number,
        name=_("Fotnot %(number)s") % {"number": number},
    )
