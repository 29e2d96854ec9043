"""The columns of the list of initiatives: what stands in each, on the page and in an export.

A column tells its value twice, as markup and as text, side by side so that they say the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from samhandling.apps.initiatives.listing_rows import FundingTold, ListRow, Name
from samhandling.apps.initiatives.models import Funding
from samhandling.core.knowledge import Completeness
from samhandling.web.templatetags.areas import focus_area
from samhandling.web.templatetags.dates import in_words, partial_date
from samhandling.web.templatetags.knowledge import example_mark, known_none, not_applicable, unknown
from samhandling.web.templatetags.levels import LEVELS, levels
from samhandling.web.templatetags.statuses import STATUS_WORDS, status

NOTHING = SafeString("")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that may be chosen. `sort` is its word in the address, empty where it has no order.

    `klass` "selfsaid" leaves the label out on a phone, where the value says what it is.
    """

    key: str
    label: Promise
    shown: Callable[[ListRow], SafeString]
    told: Callable[[ListRow], str]
    sort: str = ""
    klass: str = ""
    is_default: bool = True


def spoken(name: Name) -> str:
    """A name in the reader's language."""
    return (name.title_en if _is_english() else "") or name.title


def short(name: Name) -> str:
    """The short name where there is one."""
    return name.short or spoken(name)


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


# --- one value each, as text ---------------------------------------------------------------------


def _area_told(row: ListRow) -> str:
    return f"{row.area.code} {row.area.title}" if row.area else _("Okänt")


def _network_told(row: ListRow) -> str:
    if row.network:
        return short(row.network)
    return _("Inget nätverk") if row.has_no_network else _("Okänt")


def _levels_told(row: ListRow) -> str:
    names = (
        (LEVELS.get(told.level.key, told.level.label), told.basis == "INFERRED")
        for told in row.levels
    )
    words = [
        _("%(level)s (härledd)") % {"level": name} if is_inferred else str(name)
        for name, is_inferred in names
    ]
    return ", ".join(words) or _("Okänt")


def _causes(row: ListRow) -> str:
    return ", ".join(row.deviation.causes) if row.deviation else ""


def _status_told(row: ListRow) -> str:
    word = str(STATUS_WORDS.get(row.status, _("Okänt")))
    causes = _causes(row)
    return f"{word} ({causes})" if causes else word


def _owner_told(row: ListRow) -> str:
    return short(row.owner) if row.owner else _("Okänt")


def _funding_name(told: FundingTold) -> str:
    return told.instrument or (short(told.funder) if told.funder else _("Okänd finansiär"))


def _funding_state(told: FundingTold) -> str:
    state = str(Funding.State(told.state).label)
    if told.amount is None:
        return _("%(state)s, belopp okänt") % {"state": state}
    amount = number_format(told.amount, decimal_pos=0, force_grouping=True)
    return _("%(state)s, %(amount)s kronor") % {"state": state, "amount": amount}


def _funding_told(row: ListRow) -> str:
    if row.funding:
        return "; ".join(f"{_funding_name(one)} ({_funding_state(one)})" for one in row.funding)
    return _without_rows(row.funding_state)


def _without_rows(state: str) -> str:
    match state:
        case Completeness.NONE:
            return _("Ingen")
        case Completeness.NOT_APPLICABLE:
            return _("Inte aktuellt")
    return _("Okänt")


def _when_told(row: ListRow) -> str:
    if row.deviation and row.deviation.postponed_to:
        moved = _("flyttad till %(time)s") % {"time": in_words(row.deviation.postponed_to)}
        return f"{in_words(row.when)}, {moved}" if row.when else moved
    return in_words(row.when) if row.when else _("Okänt")


def _partners_told(row: ListRow) -> str:
    names = ", ".join(short(name) for name in row.partners)
    if not names:
        return _without_rows(row.partners_state)
    if row.partners_state == Completeness.PARTIAL:
        return _("%(names)s med flera") % {"names": names}
    return names


def _text_told(text: str) -> str:
    return text.strip() or _("Okänt")


def _changed_told(row: ListRow) -> str:
    return date_format(localtime(row.changed_at), "Y-m-d")


# --- the same as markup --------------------------------------------------------------------------


def _plain(text: str) -> SafeString:
    return format_html('<span class="cell">{}</span>', text)


def _network_shown(row: ListRow) -> SafeString:
    if row.network is None and row.has_no_network:
        return known_none(_("Inget nätverk"))
    return _plain(short(row.network)) if row.network else unknown()


def _funding_shown(row: ListRow) -> SafeString:
    if not row.funding:
        return _nothing_shown(row.funding_state)
    shown = NOTHING
    for one in row.funding:
        shown += format_html(
            '<span class="cell">{}<span class="under">{}</span></span>',
            _funding_name(one),
            _funding_state(one),
        )
    return shown


def _nothing_shown(state: str) -> SafeString:
    match state:
        case Completeness.NONE:
            return known_none()
        case Completeness.NOT_APPLICABLE:
            return not_applicable()
    return unknown()


def _when_shown(row: ListRow) -> SafeString:
    if row.deviation is None or row.deviation.postponed_to is None:
        return partial_date(row.when)
    moved = _("till %(time)s") % {"time": in_words(row.deviation.postponed_to)}
    if row.when is None:
        return _plain(moved)
    return format_html(
        '<span class="cell">{}<span class="under">{}</span></span>', in_words(row.when), moved
    )


def _partners_shown(row: ListRow) -> SafeString:
    return _plain(_partners_told(row)) if row.partners else _nothing_shown(row.partners_state)


def _text_shown(text: str) -> SafeString:
    return _plain(text) if text.strip() else unknown()


def title_cell(row: ListRow, above: int | None) -> SafeString:
    """The head of a row: its name as a link, and what must be known beside it.

    Args: above: primary key of the whole whose row or part stands just above; its name is not
    repeated.
    """
    notes = NOTHING
    if row.parent and row.parent_id != above:
        part_of = _("Del av %(whole)s") % {"whole": spoken(row.parent)}
        notes += format_html('<span class="under">{}</span>', part_of)
    if row.is_draft:
        notes += format_html('<span class="under">{}</span>', _("Utkast, syns bara för er"))
    mark = format_html(" {}", example_mark()) if row.made_up else NOTHING
    return format_html(
        '<a href="{}">{}</a>{}{}',
        reverse("initiatives:detail", args=[row.uid]),
        spoken(row.name),
        mark,
        notes,
    )


COLUMNS: tuple[Column, ...] = (
    Column(
        "omrade", _l("Område"), lambda row: focus_area(row.area), _area_told, "omrade", "selfsaid"
    ),
    Column("natverk", _l("Nätverk"), _network_shown, _network_told, "natverk", "selfsaid"),
    Column("nivaer", _l("Nivåer"), lambda row: levels(row.levels), _levels_told),
    Column(
        "status",
        _l("Status"),
        lambda row: status(row.status, _causes(row)),
        _status_told,
        "status",
        "selfsaid",
    ),
    Column(
        "agare",
        _l("Ägare"),
        lambda row: _plain(short(row.owner)) if row.owner else unknown(),
        _owner_told,
        "agare",
    ),
    Column("finansiering", _l("Finansiering"), _funding_shown, _funding_told),
    Column("nar", _l("När"), _when_shown, _when_told, "nar"),
    Column(
        "nasta",
        _l("Nästa steg"),
        lambda row: _text_shown(row.next_step),
        lambda row: _text_told(row.next_step),
        is_default=False,
    ),
    Column("medverkar", _l("Medverkar"), _partners_shown, _partners_told, is_default=False),
    Column(
        "malgrupp",
        _l("Målgrupp"),
        lambda row: _text_shown(row.target_group),
        lambda row: _text_told(row.target_group),
        is_default=False,
    ),
    Column(
        "andrad",
        _l("Senast ändrad"),
        lambda row: _plain(_changed_told(row)),
        _changed_told,
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


# --- an export -----------------------------------------------------------------------------------


def export_head(columns: Sequence[Column]) -> list[str]:
    """The column heads of an export: those of the page, and what its layout says without words."""
    return [_("Insats"), *(str(column.label) for column in columns), _("Del av"), _("Exempeldata")]


def export_cells(row: ListRow, columns: Sequence[Column]) -> list[str]:
    """One row of an export as text, in the order of `export_head`."""
    return [
        spoken(row.name),
        *(column.told(row) for column in columns),
        spoken(row.parent) if row.parent else _("Hel insats"),
        _("exempeldata") if row.made_up else _("nej"),
    ]
