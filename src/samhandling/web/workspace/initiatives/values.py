"""What is known of an initiative in a cell of the list.

A value is told twice, as text and as markup, side by side so that they say the same.
"""

from datetime import date, datetime

from django.template.defaultfilters import floatformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samhandling.apps.initiatives.listing_rows import (
    AreaName,
    ContactTold,
    FundingTold,
    LevelTold,
    Name,
)
from samhandling.apps.initiatives.models import Funding
from samhandling.core.knowledge import Completeness
from samhandling.core.partial_date import PartialDate
from samhandling.web.templatetags.dates import in_words, partial_date
from samhandling.web.templatetags.knowledge import example_mark, known_none, not_applicable, unknown
from samhandling.web.templatetags.levels import LEVELS
from samhandling.web.templatetags.statuses import STATUS_WORDS


def spoken(name: Name) -> str:
    """A name in the reader's language."""
    return (name.title_en if (get_language() or "").startswith("en") else "") or name.title


def short(name: Name) -> str:
    """The short name where there is one."""
    return name.short or spoken(name)


def plain(text: str) -> SafeString:
    """A text that stands alone in its cell."""
    return format_html('<span class="cell">{}</span>', text)


def _with_under(text: str, under: str) -> SafeString:
    return format_html('<span class="cell">{}<span class="under">{}</span></span>', text, under)


# --- nothing is listed: known to be none, not applicable, or unknown -----------------------------


def _nothing_told(state: str) -> str:
    match state:
        case Completeness.NONE:
            return _("Ingen")
        case Completeness.NOT_APPLICABLE:
            return _("Inte aktuellt")
    return _("Okänt")


def _nothing_shown(state: str) -> SafeString:
    match state:
        case Completeness.NONE:
            return known_none()
        case Completeness.NOT_APPLICABLE:
            return not_applicable()
    return unknown()


# --- one column each: as text, as markup ---------------------------------------------------------


def area_told(area: AreaName | None) -> str:
    return f"{area.code} {area.title}" if area else _("Okänt")


_Network = tuple[Name | None, bool]


def network_told(network: _Network) -> str:
    name, is_none = network
    if name:
        return short(name)
    return _("Inget nätverk") if is_none else _("Okänt")


def network_shown(network: _Network) -> SafeString:
    name, is_none = network
    if name:
        return plain(short(name))
    return known_none(_("Inget nätverk")) if is_none else unknown()


def levels_told(told: tuple[LevelTold, ...]) -> str:
    words = []
    for one in told:
        name = str(LEVELS.get(one.level.key, one.level.label))
        is_inferred = one.basis == "INFERRED"
        words.append(_("%(level)s (härlett)") % {"level": name} if is_inferred else name)
    return ", ".join(words) or _("Okänt")


_Status = tuple[str, tuple[str, ...]]


def status_told(told: _Status) -> str:
    code, causes = told
    word = str(STATUS_WORDS.get(code, _("Okänt")))
    return f"{word} ({', '.join(causes)})" if causes else word


def owner_told(owner: Name | None) -> str:
    return short(owner) if owner else _("Okänt")


def owner_shown(owner: Name | None) -> SafeString:
    return plain(short(owner)) if owner else unknown()


def contact_told(contact: ContactTold | None) -> str:
    if contact is None:
        return _("Okänt")
    if not contact.name:
        return _("Saknas")
    if contact.made_up:
        return _("%(name)s (exempeldata)") % {"name": contact.name}
    return contact.name


def contact_shown(contact: ContactTold | None) -> SafeString:
    if contact is None:
        return unknown()
    if not contact.name:
        return format_html('<span class="lacks">{}</span>', _("Saknas"))
    mark = example_mark(contact.made_up)
    return format_html('<span class="cell">{}{}{}</span>', contact.name, " " if mark else "", mark)


_Funding = tuple[tuple[FundingTold, ...], str]


def _funding_name(told: FundingTold) -> str:
    return told.instrument or (short(told.funder) if told.funder else _("Okänd finansiär"))


def _funding_state(told: FundingTold) -> str:
    state = str(Funding.State(told.state).label)
    if told.amount is None:
        return _("%(state)s, belopp okänt") % {"state": state}
    amount = floatformat(told.amount, "-2g")
    return _("%(state)s, %(amount)s kronor") % {"state": state, "amount": amount}


def funding_told(funding: _Funding) -> str:
    told, state = funding
    said = "; ".join(f"{_funding_name(one)} ({_funding_state(one)})" for one in told)
    return said or _nothing_told(state)


def funding_shown(funding: _Funding) -> SafeString:
    told, state = funding
    shown = SafeString("")
    for one in told:
        shown += _with_under(_funding_name(one), _funding_state(one))
    return shown or _nothing_shown(state)


_When = tuple[PartialDate | None, PartialDate | None]


def when_told(told: _When) -> str:
    when, moved_to = told
    if moved_to is None:
        return in_words(when) if when else _("Okänt")
    moved = _("till %(time)s") % {"time": in_words(moved_to)}
    return f"{in_words(when)}, {moved}" if when else moved


def when_shown(told: _When) -> SafeString:
    when, moved_to = told
    if moved_to is None:
        return partial_date(when)
    moved = _("till %(time)s") % {"time": in_words(moved_to)}
    return _with_under(in_words(when), moved) if when else plain(moved)


_Partners = tuple[tuple[Name, ...], str]


def partners_told(partners: _Partners) -> str:
    names, state = partners
    said = ", ".join(short(name) for name in names)
    if said and state == Completeness.PARTIAL:
        return _("%(names)s med flera") % {"names": said}
    return said or _nothing_told(state)


def partners_shown(partners: _Partners) -> SafeString:
    names, state = partners
    return plain(partners_told(partners)) if names else _nothing_shown(state)


def text_told(text: str) -> str:
    return text.strip() or _("Okänt")


def text_shown(text: str) -> SafeString:
    return plain(text) if text.strip() else unknown()


def day(at: datetime) -> date:
    """The day here at that moment."""
    return localtime(at).date()
