"""How well something is known: unknown, none, not applicable, inferred, made up."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samhandling.web.popovers import new_id

register = template.Library()


@register.simple_tag
def unknown(fill: str = "", what: Any = "", text: Any = "") -> SafeString:
    """``{% unknown %}`` or ``{% unknown url what="Ägare" %}``: nobody has said.

    ``fill`` is the address where it can be filled in, for those who may; ``what`` names it for
    screen readers; ``text`` replaces "Fyll i".
    """
    word = format_html('<span class="unknown">{}</span>', _("Okänt"))
    if not fill:
        return word
    named = format_html('<span class="hidden-text">: {}</span>', what) if what else ""
    return format_html(
        '{} <a class="fill-in" href="{}">{}{}</a>', word, fill, text or _("Fyll i"), named
    )


@register.simple_tag
def known_none(text: Any = "") -> SafeString:
    """``{% known_none %}``: known to be none; ``text`` replaces "Ingen"."""
    return format_html('<span class="known-none">{}</span>', text or _("Ingen"))


@register.simple_tag
def not_applicable() -> SafeString:
    """``{% not_applicable %}``: the question does not arise."""
    return format_html('<span class="not-applicable">{}</span>', _("Inte aktuellt"))


@register.simple_tag
def inferred(ground: Any = "", label: Any = "") -> SafeString:
    """``{% inferred basis.ground %}``: a mark that opens the ground of the inference in place."""
    name = new_id("grund")
    return format_html(
        '<button type="button" class="inferred-mark" popovertarget="{id}">{mark}'
        '<span class="hidden-text">, {show}</span></button>'
        '<span class="gloss" id="{id}" popover><strong>{mark_head}</strong><span>{ground}</span>'
        "</span>",
        id=name,
        mark=_("härlett"),
        show=_("visa grund"),
        mark_head=label or _("Härlett, står inte i källan"),
        ground=ground or _("Grunden är inte beskriven."),
    )


@register.simple_tag
def example_mark(made_up: bool = True) -> SafeString:
    """``{% example_mark %}`` or ``{% example_mark record.made_up %}``: the mark of made-up data."""
    if not made_up:
        return SafeString("")
    return format_html('<span class="example">{}</span>', _("exempeldata"))


@register.simple_tag
def secrecy_mark(record: Any) -> SafeString:
    """``{% secrecy_mark record %}``: that a record is marked; nothing for one that is not."""
    return secrecy_badge() if record.secrecy_marked_on else SafeString("")


def secrecy_badge() -> SafeString:
    """The badge of what is marked as perhaps secret."""
    return format_html('<span class="badge secrecy">{}</span>', _("sekretessmarkerad"))
