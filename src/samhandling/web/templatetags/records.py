"""Records by name: the link that leads to where one is shown."""

from decimal import Decimal
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samhandling.apps.discussion.permissions import can_read_discussion, readable_of_kind
from samhandling.apps.initiatives.visibility import INSIDE
from samhandling.apps.organisations.permissions import may
from samhandling.apps.records.details import Details, RecordDetails
from samhandling.apps.records.models import NameVariant, Quantity, Record, Recorded, RecordKind
from samhandling.apps.registry.permissions import can_register
from samhandling.core.access import Operation
from samhandling.core.knowledge import Basis
from samhandling.web import links
from samhandling.web.as_seen import FIELD, last_event
from samhandling.web.templatetags import languages
from samhandling.web.templatetags.footnotes import footnote_ref
from samhandling.web.templatetags.icons import icon
from samhandling.web.templatetags.knowledge import (
    example_mark,
    inferred,
    secrecy_badge,
    unknown,
)
from samhandling.web.templatetags.languages import named, swedish

register = template.Library()
register.filters.update(languages.register.filters)


@register.simple_tag
def record_link(thing: Record | Recorded | None, text: Any = "", fill: str = "") -> SafeString:
    """``{% record_link initiative %}`` or ``{% record_link body text=body.short %}``.

    ``thing`` is a record or has one. None is Okänt, with the way to fill it in. Made-up data and
    what may be secret are marked; what has been withdrawn is named without a link.
    """
    if thing is None:
        return unknown(fill)
    record = links.record_of(thing)
    shown = swedish(text) if text else named(record)
    mark = format_html(" {}", example_mark()) if record.made_up else SafeString("")
    if record.secrecy_marked_on is not None:
        mark += format_html(" {}", secrecy_badge())
    if record.withdrawn_at is not None:
        return format_html('{} <span class="muted">({})</span>{}', shown, _("tillbakadragen"), mark)
    return format_html('<a href="{}">{}</a>{}', links.url_of(record), shown, mark)


@register.simple_tag
def record_anchor(thing: Record | Recorded) -> str:
    """``id="{% record_anchor goal %}"``: where /post/<uid>/ leads on a page that shows many."""
    return links.anchor_of(thing)


@register.simple_tag(takes_context=True)
def talk_link(context: template.Context, thing: Record | Recorded) -> SafeString:
    """``{% talk_link goal %}``: the way to what is said of something shown among others.

    Nothing for who may not read it: those whose roles are all limited read what lies inside their
    own agreements. Queries: 1 for them alone, for each kind on a page.
    """
    request, record = context["request"], links.record_of(thing)
    if not may(request.user, Operation.READ_SHARED) and not _reads_talk(request, record):
        return SafeString("")
    what = _("Kommentarer: %(name)s") % {"name": Truncator(links.name_of(record)).chars(60)}
    return format_html(
        ' <a class="talk-link no-print" href="{}" title="{}" aria-label="{}">{}</a>',
        reverse("discussion:comments", args=[record.uid]),
        _("Kommentarer"),
        what,
        icon("talk"),
    )


def _reads_talk(request: HttpRequest, record: Record) -> bool:
    """May somebody whose roles are all limited read what is said of the record? Decided for all of
    its kind at once."""
    by: Any = request.user
    if record.kind not in INSIDE:
        return can_read_discussion(record, by)
    known: dict[str, frozenset[int]] = request.__dict__.setdefault("_readable_talk", {})
    if record.kind not in known:
        known[record.kind] = readable_of_kind(RecordKind(record.kind), by)
    return record.pk in known[record.kind]


@register.simple_tag
def as_seen(thing: Record | Recorded) -> SafeString:
    """``{% as_seen initiative %}`` in a form: that what it does is done to what the page shows."""
    latest = last_event(links.record_of(thing))
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, latest)


@register.filter
def record_name(thing: Record | Recorded) -> str:
    """``{{ goal|record_name }}``: the name in the reader's language."""
    return links.name_of(thing)


@register.filter
def record_url(thing: Record | Recorded) -> str:
    """``{{ goal|record_url }}``: the address alone."""
    return links.url_of(thing)


@register.simple_tag
def basis_mark(details: RecordDetails, thing: Record | Recorded, field: str) -> SafeString:
    """``{% basis_mark details agreement "purpose" %}``: marks what is not stated in the sources.

    Inferred fields open their ground; those added from outside say so; stated ones get nothing.
    """
    basis = details.of(thing).bases.get(field)
    if basis is None or basis.basis in (Basis.STATED, Basis.UNKNOWN):
        return SafeString("")
    if basis.basis == Basis.EXTERNAL:
        ground = swedish(basis.ground) or _("Står inte i källorna.")
        return inferred(ground, _("Tillagt utifrån"))
    return inferred(swedish(basis.ground))


@register.simple_tag
def note_marks(details: RecordDetails, thing: Record | Recorded) -> SafeString:
    """``{% note_marks details agreement %}``: references to the footnotes of a record."""
    return format_html_join(
        "", "{}", ((footnote_ref(note.number),) for note in details.of(thing).footnotes)
    )


@register.simple_tag
def said_of(details: RecordDetails, thing: Record | Recorded) -> Details:
    """``{% said_of details goal as said %}``: what is said about one record of a page."""
    return details.of(thing)


@register.filter
def counted(quantity: Quantity) -> str:
    """``{{ quantity|counted }}``: "80 → 100", "5 av 8", "2–3" or "7"."""
    value = _plain(quantity.value)
    if quantity.reference is None:
        return value
    reference = _plain(quantity.reference)
    match quantity.shape:
        case Quantity.Shape.CHANGE:
            return f"{reference} → {value}"
        case Quantity.Shape.SHARE:
            return _("%(n)s av %(m)s") % {"n": value, "m": reference}
    return f"{reference}–{value}"


def _plain(number: Decimal) -> str:
    return number_format(number.normalize() if number % 1 else int(number), force_grouping=True)


@register.simple_tag
def history_url(thing: Record | Recorded) -> str:
    """``{% history_url body %}``: the address of a record's history."""
    return reverse("history:record", args=[links.record_of(thing).uid])


@register.filter
def names_of(details: RecordDetails, thing: Record | Recorded) -> list[NameVariant]:
    """``{% for name in details|names_of:area %}``: the other names of one record of a page."""
    return details.of(thing).names


@register.filter
def all_of(details: RecordDetails, kind: str) -> list[Any]:
    """``{{ details|all_of:"footnotes" }}``: all footnotes, questions … of a page, each once."""
    return details.of_all(kind)


@register.filter
def quantities_of(details: RecordDetails, thing: Record | Recorded) -> list[Quantity]:
    """``{% if details|quantities_of:goal %}``: what is counted of one record of a page."""
    return details.of(thing).quantities


@register.inclusion_tag("workspace/records/_registration.html")
def registration(thing: Record | Recorded, by: Any) -> dict[str, Any]:
    """``{% registration need user %}`` on a record's own page: its case number and secrecy mark,
    with the way to change them for those who may. Queries: ≤ 1."""
    record = links.record_of(thing)
    return {"record": record, "may_register": thing is not record and can_register(thing, by)}


@register.filter
def ended(text: str) -> str:
    """``{{ area.note|ended }}``: the text with a full stop, unless it ends in a mark already."""
    text = text.rstrip()
    return text if not text or text[-1] in ".!?…:" else f"{text}."
