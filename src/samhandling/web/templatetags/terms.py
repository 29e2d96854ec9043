"""Words that open their explanation where they stand."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samhandling.web.glossary import explain
from samhandling.web.popovers import new_id
from samhandling.web.templatetags.languages import swedish

register = template.Library()


@register.simple_tag
def term(key: str, label: Any = "") -> SafeString:
    """``{% term "level" %}`` or ``{% term "level" "nivå" %}``: a word of samhandling.web.glossary.

    Raises ``KeyError`` for a key that is not in the glossary.
    """
    word = explain(key)
    return opens(label or word.word, word.word, word.text)


@register.simple_tag
def definition(label: Any, head: Any, text: Any, source: Any = "") -> SafeString:
    """``{% definition "nyanlända" definition.term definition.text agreement.title %}``.

    A word that an agreement itself defines; ``source`` says who defines it so.
    """
    said = _("Så används ordet i %(source)s.") % {"source": "{}"}
    used = format_html(said, swedish(source)) if source else ""
    return opens(swedish(label), swedish(head), swedish(text), used)


def opens(label: Any, head: Any, text: Any, source: Any = "") -> SafeString:
    """A button in running text and the explanation that it opens."""
    return format_html(
        '<button type="button" class="term" popovertarget="{id}">{label}</button>'
        '<span class="gloss" id="{id}" popover><strong>{head}</strong><span>{text}</span>{source}'
        "</span>",
        id=new_id("ord"),
        label=label,
        head=head,
        text=text,
        source=format_html('<span class="muted">{}</span>', source) if source else "",
    )
