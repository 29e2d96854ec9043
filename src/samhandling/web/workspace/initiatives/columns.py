"""The columns of the list of initiatives: what stands in each, on the page and in an export.

What a column takes from a row is told in `values`.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling.apps.initiatives.listing_rows import ContactTold, ListRow, rows_of
from samhandling.apps.people.selectors.contacts import contacts_of, names_of_contacts
from samhandling.web.templatetags.areas import focus_area
from samhandling.web.templatetags.levels import levels
from samhandling.web.templatetags.statuses import status
from samhandling.web.workspace.initiatives import values


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


COLUMNS: tuple[Column, ...] = (
    Column(
        "omrade",
        gettext_lazy("Område"),
        lambda r: r.area,
        focus_area,
        values.area_told,
        "omrade",
        "selfsaid",
    ),
    Column(
        "natverk",
        gettext_lazy("Nätverk"),
        lambda r: (r.network, r.has_no_network),
        values.network_shown,
        values.network_told,
        "natverk",
        "selfsaid",
    ),
    Column("nivaer", gettext_lazy("Nivåer"), lambda r: r.levels, levels, values.levels_told),
    Column(
        "status",
        gettext_lazy("Status"),
        lambda r: (r.status, r.deviation.causes if r.deviation else ()),
        lambda told: status(told[0], ", ".join(told[1])),
        values.status_told,
        "status",
        "selfsaid",
    ),
    Column(
        "agare",
        gettext_lazy("Ägare"),
        lambda r: r.owner,
        values.owner_shown,
        values.owner_told,
        "agare",
        is_default=False,
    ),
    Column(
        "kontakt",
        gettext_lazy("Kontaktperson"),
        lambda r: r.contact,
        values.contact_shown,
        values.contact_told,
        is_default=False,
    ),
    Column(
        "finansiering",
        gettext_lazy("Finansiering"),
        lambda r: (r.funding, r.funding_state),
        values.funding_shown,
        values.funding_told,
    ),
    Column(
        "nar",
        gettext_lazy("När"),
        lambda r: (r.when, r.deviation.postponed_to if r.deviation else None),
        values.when_shown,
        values.when_told,
        "nar",
    ),
    Column(
        "nasta",
        gettext_lazy("Nästa steg"),
        lambda r: r.next_step,
        values.text_shown,
        values.text_told,
        is_default=False,
    ),
    Column(
        "medverkar",
        gettext_lazy("Medverkar"),
        lambda r: (r.partners, r.partners_state),
        values.partners_shown,
        values.partners_told,
        is_default=False,
    ),
    Column(
        "malgrupp",
        gettext_lazy("Målgrupp"),
        lambda r: r.target_group,
        values.text_shown,
        values.text_told,
        is_default=False,
    ),
    Column(
        "andrad",
        gettext_lazy("Senast ändrad"),
        lambda r: values.day(r.changed_at),
        lambda day: values.plain(day.isoformat()),
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


def rows_for(pks: Sequence[int], columns: Sequence[Column]) -> list[ListRow]:
    """At most 500 initiatives by primary key, with what the columns show. What none of them shows
    is not asked for. Queries: those of `rows_of`, and 2 to 4 more with contacts."""
    keys = {column.key for column in columns}
    rows = rows_of(pks, with_partners="medverkar" in keys)
    if "kontakt" not in keys:
        return rows
    contacts = contacts_of(pks)
    names = names_of_contacts(contacts.values())
    told = {
        pk: ContactTold(names[now.person.pk], now.person.made_up) if now.person else ContactTold()
        for pk, now in contacts.items()
        if now.person or now.is_lacking
    }
    return [replace(row, contact=told.get(row.pk)) for row in rows]


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
        values.spoken(row.name),
        *(_told(column, column.of(row), language) for column in columns),
        values.spoken(row.parent) if row.parent else _("Hel insats"),
        row.case_number or _("Okänt"),
        str(row.secrecy) if row.secrecy else _("nej"),
        _("exempeldata") if row.made_up else _("nej"),
    ]
