"""Times that may be only partly known."""

from datetime import date, datetime

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language

from samhandling.core.partial_date import PartialDate, Precision, describe, describe_en
from samhandling.web.templatetags.knowledge import unknown

register = template.Library()

_MACHINE = {Precision.DAY: "%Y-%m-%d", Precision.MONTH: "%Y-%m", Precision.YEAR: "%Y"}


@register.filter
def in_words(when: PartialDate) -> str:
    """``{{ when|in_words }}``: plain words in the reader's language.

    The source's Swedish words where only those are known.
    """
    return describe_en(when) if (get_language() or "").startswith("en") else describe(when)


@register.simple_tag
def partial_date(when: PartialDate | date | None, fill: str = "", what: str = "") -> SafeString:
    """``{% partial_date agreement.valid_from %}``. None is Okänt, with the way to fill it in.

    Takes a plain date or datetime too. Becomes a ``time`` element when the day, month or year is
    known, else words.
    """
    if when is None:
        return unknown(fill, what=what)
    if isinstance(when, datetime):
        when = (localtime(when) if is_aware(when) else when).date()
    if isinstance(when, date):
        when = PartialDate(when, when, Precision.DAY)
    text = in_words(when)
    if (pattern := _MACHINE.get(when.precision)) and when.earliest:
        return format_html('<time datetime="{}">{}</time>', when.earliest.strftime(pattern), text)
    if text == when.wording and (get_language() or "sv") != "sv":
        return format_html('<span class="figures" lang="sv">{}</span>', text)
    return format_html('<span class="figures">{}</span>', text)


@register.simple_tag
def short_day(day: date | datetime) -> SafeString:
    """``{% short_day event.at %}``: 12 nov. 2020, for lists where the day is a label."""
    if isinstance(day, datetime):
        day = (localtime(day) if is_aware(day) else day).date()
    return format_html(
        '<time datetime="{}">{}</time>', day.isoformat(), date_format(day, "j M Y").lower()
    )
