"""The columns of the list of initiatives: what stands in each, on the page and in an export.

A column tells its value twice, as markup and as text, side by side so that they say the same.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from samhandling.apps.initiatives.listing_rows import (
    AreaName,
    FundingTold,
    LevelTold,
    ListRow,
    Name,
)
from samhandling.apps.initiatives.models import Funding
from samhandling.core.knowledge import Completeness
from samhandling.core.partial_date import PartialDate
from samhandling.web.templatetags.areas import focus_area
from samhandling.web.templatetags.dates import in_words, partial_date
from samhandling.web.templatetags.knowledge import known_none, not_applicable, unknown
from samhandling.web.templatetags.levels import LEVELS, levels
from samhandling.web.templatetags.statuses import STATUS_WORDS, status


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column that may be chosen: the value it takes from a row, and how that is shown and told.

    `sort` is its word in the address, empty where it has no order. `klass` "selfsaid" leaves the
    label out on a phone, where the value says what it is.
    """

    key: str
    label: Promise
    of: Callable[[ListRow], Hashable]
    shown: Callable[[Any], SafeString]
    told: Callable[[Any], str]
    sort: str = ""
    klass: str = ""
    is_default: bool = True


@lru_cache(maxsize=4096)
def cell(column: Column, value: Any, language: str) -> SafeString:
    """A whole cell. Most rows share their values with others, so each is written once and kept."""
    return format_html(
        '<td data-label="{}"{}>{}</td>',
        column.label,
        format_html(' class="{}"', column.klass) if column.klass else "",
        column.shown(value),
    )


@lru_cache(maxsize=4096)
def _told(column: Column, value: Any, language: str) -> str:
    return column.told(value)


def spoken(name: Name) -> str:
    """A name in the reader's language."""
    return (name.title_en if (get_language() or "").startswith("en") else "") or name.title


def short(name: Name) -> str:
    """The short name where there is one."""
    return name.short or spoken(name)


def _plain(text: str) -> SafeString:
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


def _area_told(area: AreaName | None) -> str:
    return f"{area.code} {area.title}" if area else _("Okänt")


_Network = tuple[Name | None, bool]


def _network_told(network: _Network) -> str:
    name, is_none = network
    if name:
        return short(name)
    return _("Inget nätverk") if is_none else _("Okänt")


def _network_shown(network: _Network) -> SafeString:
    name, is_none = network
    if name:
        return _plain(short(name))
    return known_none(_("Inget nätverk")) if is_none else unknown()


def _levels_told(told: tuple[LevelTold, ...]) -> str:
    words = []
    for one in told:
        name = str(LEVELS.get(one.level.key, one.level.label))
        is_inferred = one.basis == "INFERRED"
        words.append(_("%(level)s (härlett)") % {"level": name} if is_inferred else name)
    return ", ".join(words) or _("Okänt")


_Status = tuple[str, tuple[str, ...]]


def _status_told(told: _Status) -> str:
    code, causes = told
    word = str(STATUS_WORDS.get(code, _("Okänt")))
    return f"{word} ({', '.join(causes)})" if causes else word


def _owner_told(owner: Name | None) -> str:
    return short(owner) if owner else _("Okänt")


def _owner_shown(owner: Name | None) -> SafeString:
    return _plain(short(owner)) if owner else unknown()


_Funding = tuple[tuple[FundingTold, ...], str]


def _funding_name(told: FundingTold) -> str:
    return told.instrument or (short(told.funder) if told.funder else _("Okänd finansiär"))


def _funding_state(told: FundingTold) -> str:
    state = str(Funding.State(told.state).label)
    if told.amount is None:
        return _("%(state)s, belopp okänt") % {"state": state}
    amount = number_format(told.amount, decimal_pos=0, force_grouping=True)
    return _("%(state)s, %(amount)s kronor") % {"state": state, "amount": amount}


def _funding_told(funding: _Funding) -> str:
    told, state = funding
    said = "; ".join(f"{_funding_name(one)} ({_funding_state(one)})" for one in told)
    return said or _nothing_told(state)


def _funding_shown(funding: _Funding) -> SafeString:
    told, state = funding
    shown = SafeString("")
    for one in told:
        shown += _with_under(_funding_name(one), _funding_state(one))
    return shown or _nothing_shown(state)


_When = tuple[PartialDate | None, PartialDate | None]


def _when_told(told: _When) -> str:
    when, moved_to = told
    if moved_to is None:
        return in_words(when) if when else _("Okänt")
    moved = _("till %(time)s") % {"time": in_words(moved_to)}
    return f"{in_words(when)}, {moved}" if when else moved


def _when_shown(told: _When) -> SafeString:
    when, moved_to = told
    if moved_to is None:
        return partial_date(when)
    moved = _("till %(time)s") % {"time": in_words(moved_to)}
    return _with_under(in_words(when), moved) if when else _plain(moved)


_Partners = tuple[tuple[Name, ...], str]


def _partners_told(partners: _Partners) -> str:
    names, state = partners
    said = ", ".join(short(name) for name in names)
    if said and state == Completeness.PARTIAL:
        return _("%(names)s med flera") % {"names": said}
    return said or _nothing_told(state)


def _partners_shown(partners: _Partners) -> SafeString:
    names, state = partners
    return _plain(_partners_told(partners)) if names else _nothing_shown(state)


def _text_told(text: str) -> str:
    return text.strip() or _("Okänt")


def _text_shown(text: str) -> SafeString:
    return _plain(text) if text.strip() else unknown()


def _day(at: datetime) -> date:
    return localtime(at).date()


COLUMNS: tuple[Column, ...] = (
    Column("omrade", _l("Område"), lambda r: r.area, focus_area, _area_told, "omrade", "selfsaid"),
    Column(
        "natverk",
        _l("Nätverk"),
        lambda r: (r.network, r.has_no_network),
        _network_shown,
        _network_told,
        "natverk",
        "selfsaid",
    ),
    Column("nivaer", _l("Nivåer"), lambda r: r.levels, levels, _levels_told),
    Column(
        "status",
        _l("Status"),
        lambda r: (r.status, r.deviation.causes if r.deviation else ()),
        lambda told: status(told[0], ", ".join(told[1])),
        _status_told,
        "status",
        "selfsaid",
    ),
    Column(
        "agare",
        _l("Ägare"),
        lambda r: r.owner,
        _owner_shown,
        _owner_told,
        "agare",
        is_default=False,
    ),
    Column(
        "finansiering",
        _l("Finansiering"),
        lambda r: (r.funding, r.funding_state),
        _funding_shown,
        _funding_told,
    ),
    Column(
        "nar",
        _l("När"),
        lambda r: (r.when, r.deviation.postponed_to if r.deviation else None),
        _when_shown,
        _when_told,
        "nar",
    ),
    Column(
        "nasta",
        _l("Nästa steg"),
        lambda r: r.next_step,
        _text_shown,
        _text_told,
        is_default=False,
    ),
    Column(
        "medverkar",
        _l("Medverkar"),
        lambda r: (r.partners, r.partners_state),
        _partners_shown,
        _partners_told,
        is_default=False,
    ),
    Column(
        "malgrupp",
        _l("Målgrupp"),
        lambda r: r.target_group,
        _text_shown,
        _text_told,
        is_default=False,
    ),
    Column(
        "andrad",
        _l("Senast ändrad"),
        lambda r: _day(r.changed_at),
        lambda day: _plain(day.isoformat()),
        date.isoformat,
        "andrad",
        is_default=False,
    ),
)
DEFAULT_COLUMNS = tuple(column for column in COLUMNS if column.is_default)


def chosen_columns(query: QueryDict) -> tuple[Column, ...]:
    """The columns that the address asks for, in the order of the table; else the usual ones."""
    asked = set(query.getlist("kolumner"))
    return tuple(column for column in COLUMNS if column.key in asked) or DEFAULT_COLUMNS


def needs_partners(columns: Sequence[Column]) -> bool:
    """Does any of the columns show who takes part?"""
    return any(column.key == "medverkar" for column in columns)


def cells(row: ListRow, columns: Sequence[Column], language: str) -> SafeString:
    """The cells of a row of the page, but its head."""
    shown = SafeString("")
    for column in columns:
        shown += cell(column, column.of(row), language)
    return shown


# --- an export -----------------------------------------------------------------------------------


def export_head(columns: Sequence[Column]) -> list[str]:
    """The column heads of an export: those of the page, and what its layout says without words."""
    return [
        _("Insats"),
        *(str(column.label) for column in columns),
        _("Del av"),
        _("Diarienummer"),
        _("Sekretessmarkering"),
        _("Exempeldata"),
    ]


def export_cells(row: ListRow, columns: Sequence[Column], language: str) -> list[str]:
    """One row of an export as text, in the order of `export_head`."""
    return [
        spoken(row.name),
        *(_told(column, column.of(row), language) for column in columns),
        spoken(row.parent) if row.parent else _("Hel insats"),
        row.case_number or _("Okänt"),
        str(row.secrecy) if row.secrecy else _("nej"),
        _("exempeldata") if row.made_up else _("nej"),
    ]
