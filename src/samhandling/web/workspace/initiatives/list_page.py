"""What the list of initiatives shows: its rows, its chips, menus and sums."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise, cached_property
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.audit.services import Author
from samhandling.apps.followup.overview.known import count_all
from samhandling.apps.initiatives.listing import ListCounts, counted, pks_between
from samhandling.apps.initiatives.listing_rows import ListRow
from samhandling.apps.situation.models import Sharing
from samhandling.web.templatetags.figures import figure_link
from samhandling.web.templatetags.knowledge import example_mark, secrecy_badge
from samhandling.web.workspace.initiatives import filters
from samhandling.web.workspace.initiatives.address import Address, Pairs
from samhandling.web.workspace.initiatives.columns import (
    COLUMNS,
    DEFAULT_COLUMNS,
    cells,
    chosen_columns,
    rows_for,
)
from samhandling.web.workspace.initiatives.filters import BY_NAME, PARAMETERS, Parameter
from samhandling.web.workspace.initiatives.values import spoken

PAGE_SIZE = 25
_UNSHARED: dict[str, Promise] = {
    Sharing.DRAFT: gettext_lazy("Utkast, inte delat"),
    Sharing.SUBMITTED: gettext_lazy("Väntar på godkännande"),
    Sharing.RETURNED: gettext_lazy("Återlämnad, inte delad"),
}
_SOME_UID = "0" * 12  # stands in for each row's own: one look-up of the address serves them all
CHOOSING = "valj"  # the parameter whose values are laid out to choose between


@dataclass(frozen=True, slots=True)
class Link:
    """Something to press: a label and where it leads."""

    label: Any
    url: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row ready for the template. is_part: it stands under its whole or another part of it."""

    is_part: bool
    head: SafeString
    cells: SafeString


@dataclass(frozen=True, slots=True)
class Option:
    """A value to tick, and whether it is asked for already."""

    word: str
    label: Any
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """The values of one parameter, laid out to choose between."""

    parameter: Parameter
    options: Sequence[Option]
    keep: Pairs
    close_url: str

    @property
    def is_single(self) -> bool:
        """The values rule one another out."""
        return self.parameter.field in filters.SINGLE and len(self.options) > 1


class ListPage:
    """The list that an address asks for, as the person may see it.

    Queries: 1 a parameter that asks for codes or uids, then 6: last event, order, rows, levels,
    funding, deviations; 1 more to count after a change, 1 for partners, 2 to 4 for contacts.
    """

    def __init__(self, query: QueryDict, agreement: Agreement, by: Author | None) -> None:
        self.query = query
        self.agreement = agreement
        self.by = by
        self.reading = filters.read(query, agreement, by)
        self.order = filters.read_order(query)
        self.columns = chosen_columns(query)
        self.address = Address(
            reverse("initiatives:list", args=[agreement.slug]), tuple(self._pairs())
        )

    def _pairs(self) -> list[tuple[str, str]]:
        words = self.reading.criteria.words
        pairs = [(filters.WORDS, words)] if words else []
        pairs += [(choice.parameter.name, choice.word) for choice in self.reading.choices]
        if self.order:
            pairs.append((filters.SORT, str(self.query[filters.SORT])))
        if self.query.getlist(filters.COLUMNS):
            pairs += [(filters.COLUMNS, column.key) for column in self.columns]
        return pairs

    # --- rows ------------------------------------------------------------------------------------

    @cached_property
    def counts(self) -> ListCounts:
        if self.reading.criteria.is_empty:
            return count_all(self.agreement, self.by)
        return counted(self.agreement, self.reading.criteria, self.by)

    @cached_property
    def page(self) -> "Page[int]":
        # A range stands for the rows: the paginator only counts, the rows are read by their keys.
        pages = Paginator(range(self.counts.total), PAGE_SIZE)
        asked = self.query.get(filters.PAGE, "1")
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1
        return pages.page(max(1, min(number, pages.num_pages)))

    @cached_property
    def rows(self) -> list[ShownRow]:
        start = self.page.start_index() - 1
        pks = pks_between(
            self.agreement,
            self.reading.criteria,
            self.by,
            self.order,
            start,
            start + PAGE_SIZE,
        )
        language = get_language() or ""
        address = reverse("initiatives:detail", args=[_SOME_UID])
        shown: list[ShownRow] = []
        whole: int | None = None
        for row in rows_for(pks, self.columns):
            is_part = row.parent_id is not None and row.parent_id == whole
            head = self._head(row, address.replace(_SOME_UID, row.uid), tells_whole=not is_part)
            shown.append(ShownRow(is_part, head, cells(row, self.columns, language)))
            whole = row.parent_id if is_part else row.pk
        return shown

    def _head(self, row: ListRow, url: str, *, tells_whole: bool) -> SafeString:
        """What a row is called, as a link, and what must be known beside it."""
        head = format_html('<a href="{}">{}</a>', url, spoken(row.name))
        if row.made_up:
            head += self._example
        if row.secrecy:
            head += self._secrecy
        if row.parent and tells_whole:
            said = _("Del av %(whole)s") % {"whole": spoken(row.parent)}
            head += format_html('<span class="under">{}</span>', said)
        if row.sharing in _UNSHARED:
            head += format_html('<span class="under">{}</span>', _UNSHARED[row.sharing])
        return head

    @cached_property
    def _secrecy(self) -> SafeString:
        return format_html(" {}", secrecy_badge())

    @cached_property
    def _example(self) -> SafeString:
        return format_html(" {}", example_mark())

    # --- what is asked for -----------------------------------------------------------------------

    @property
    def is_filtered(self) -> bool:
        return not self.reading.criteria.is_empty

    @property
    def everything_url(self) -> str:
        """The whole list, in the same order and with the same columns."""
        kept = [p for p in self.address.pairs if p[0] in (filters.SORT, filters.COLUMNS)]
        return Address(self.address.path, tuple(kept)).url()

    @cached_property
    def chips(self) -> list[Link]:
        chips = []
        if words := self.reading.criteria.words:
            label = _("Ord: %(words)s") % {"words": words}
            chips.append(Link(label, self.address.without(filters.WORDS).url()))
        for choice in self.reading.choices:
            name = choice.parameter.name
            label = _("%(filter)s: %(value)s") % {
                "filter": choice.parameter.label,
                "value": choice.label,
            }
            chips.append(Link(label, self.address.without(name, choice.word).url()))
        return chips

    @property
    def menu(self) -> list[Link]:
        """The filters that may be added; pressing one lays out its values."""
        return [
            Link(parameter.label, self.address.with_only(CHOOSING, parameter.name).url())
            for parameter in PARAMETERS
        ]

    @cached_property
    def panel(self) -> Panel | None:
        """The values of the filter that is being chosen; None when none is. Queries: at most 1."""
        parameter = BY_NAME.get(self.query.get(CHOOSING, ""))
        if parameter is None:
            return None
        chosen = set(self.address.words(parameter.name))
        found = parameter.look_up(self.agreement, self.by, None) if parameter.look_up else ()
        named = {word: label for word, (_value, label) in parameter.fixed.items()}
        options = [Option(w, label, w in chosen) for w, label in (*found, *named.items())]
        kept = self.address.without(parameter.name)
        return Panel(parameter, options, kept.pairs, self.address.url())

    @property
    def is_wide(self) -> bool:
        """More columns than the page has room for."""
        return len(self.columns) > len(DEFAULT_COLUMNS)

    @property
    def column_options(self) -> list[Option]:
        shown = {column.key for column in self.columns}
        return [Option(column.key, column.label, column.key in shown) for column in COLUMNS]

    @property
    def kept_by_columns(self) -> Pairs:
        return self.address.without(filters.COLUMNS).pairs

    @property
    def kept_by_search(self) -> Pairs:
        return self.address.without(filters.WORDS).pairs

    @property
    def exports(self) -> list[Link]:
        asked = urlencode(self.address.pairs)
        return [
            Link(_("Kalkylblad (XLSX)"), f"{self._export('initiatives:list_xlsx')}?{asked}"),
            Link(_("Textfil (CSV)"), f"{self._export('initiatives:list_csv')}?{asked}"),
            Link(_("Länk till den här vyn"), self.address.url()),
        ]

    @property
    def export_label(self) -> str:
        total = number_format(self.counts.total, force_grouping=True)
        return _("Exportera %(total)s") % {"total": total}

    def _export(self, name: str) -> str:
        return reverse(name, args=[self.agreement.slug])

    # --- sums ------------------------------------------------------------------------------------

    @property
    def summary(self) -> SafeString:
        """How many there are of what, each number a link to exactly those rows."""
        counts = self.counts
        return format_html(
            _("Visar {first}–{last} av {total}: {wholes} och {parts}."),
            first=number_format(self.page.start_index(), force_grouping=True),
            last=number_format(self.page.end_index(), force_grouping=True),
            total=figure_link(counts.total, self.address.url()),
            wholes=self._figure(
                counts.wholes,
                ngettext("%(n)s insats", "%(n)s insatser", counts.wholes),
                self.address.with_only("delar", "hela"),
            ),
            parts=self._figure(
                counts.parts,
                ngettext("%(n)s delinsats", "%(n)s delinsatser", counts.parts),
                self.address.with_only("delar", "delar"),
            ),
        )

    @property
    def known(self) -> SafeString:
        """Of how many the level and the funding are known."""
        counts = self.counts
        return format_html(
            _("Nivån är känd för {levels}, finansieringen för {funding}."),
            levels=figure_link(counts.with_level, self._known("niva", "kand").url()),
            funding=figure_link(counts.with_funding, self._known("finansiering", "finns").url()),
        )

    def _known(self, name: str, any_known: str) -> Address:
        """The rows of this list where a parameter has a known value."""
        asked = [word for word in self.address.words(name) if word != "okant"]
        return self.address.with_only(name, *(asked or [any_known]))

    def _figure(self, number: int, words: str, address: Address) -> SafeString:
        shown = words % {"n": number_format(number, force_grouping=True)}
        return figure_link(number, address.url(), text=shown)
