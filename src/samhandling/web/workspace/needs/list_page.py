"""The list of needs: which ones an address asks for, and how many of each kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samhandling.apps.agreements.models import Agreement, FocusArea
from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives import permissions as initiatives
from samhandling.apps.initiatives.models import Initiative, InitiativeNeed
from samhandling.apps.records.models import Record
from samhandling.apps.records.selectors import record_ids_matching
from samhandling.apps.situation.models import Need
from samhandling.apps.situation.permissions import visible_to
from samhandling.web.links import name_of
from samhandling.web.workspace.initiatives.filters import list_url as initiatives_url

PAGE_SIZE = 25
WORDS, KIND, AREA, SUBJECT, MET, PAGE = "q", "slag", "omrade", "galler", "mots", "sida"
UNKNOWN, YES, NO = "okant", "ja", "nej"
PARAMETERS = (WORDS, KIND, AREA, SUBJECT, MET)
LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of the form above the list."""

    name: str
    label: str
    options: list[Option]


@dataclass(frozen=True, slots=True)
class Line:
    """A count that opens exactly the needs it counts."""

    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """A need and the initiatives that meet it."""

    need: Need
    met: int
    met_url: str


def list_url(agreement: Agreement, **parameters: str) -> str:
    """The address of exactly these needs, such as `list_url(agreement, slag="RISK", mots="nej")`.

    Raises TypeError for a parameter that the list does not know.
    """
    unknown = set(parameters) - {*PARAMETERS, PAGE}
    if unknown:
        raise TypeError(f"the list of needs has no parameter {', '.join(sorted(unknown))}")
    pairs = [(name, value) for name, value in parameters.items() if value]
    address = reverse("needs:list", args=[agreement.slug])
    return f"{address}?{urlencode(pairs)}" if pairs else address


def listed(agreement: Agreement, asked: dict[str, str], by: Author | None) -> QuerySet[Need]:
    """The live needs of `agreement` that `by` may see and that the address asks for."""
    found = visible_to(Need.objects.live().filter(agreement=agreement), by)
    if words := asked.get(WORDS):
        ids = record_ids_matching(words)
        found = found.filter(pk__in=ids) if ids is not None else found.none()
    if kind := asked.get(KIND):
        found = found.filter(kind=kind)
    if area := asked.get(AREA):
        in_area = Q(focus_area__code=area) | Q(focus_area__parent__code=area)
        found = found.filter(Q(focus_area=None) if area == UNKNOWN else in_area)
    if subject := asked.get(SUBJECT):
        found = found.filter(Q(subject=None) if subject == UNKNOWN else Q(subject__uid=subject))
    if met := asked.get(MET):
        meeting = met_by(agreement, by).values("need")
        found = found.filter(pk__in=meeting) if met == YES else found.exclude(pk__in=meeting)
    return found


def met_by(agreement: Agreement, by: Author | None) -> QuerySet[InitiativeNeed]:
    """Links from live initiatives that `by` may see."""
    seen = initiatives.visible_to(Initiative.objects.live().filter(agreement=agreement), by)
    return InitiativeNeed.objects.filter(initiative__in=seen.values("pk"))


class ListPage:
    """The list that an address asks for, as the person may see it. Queries: 9."""

    def __init__(self, query: QueryDict, agreement: Agreement, by: Author | None) -> None:
        self.agreement = agreement
        self.by = by
        self.everything = visible_to(Need.objects.live().filter(agreement=agreement), by)
        self.kinds = dict(self.everything.order_by().values_list("kind").annotate(n=Count("pk")))
        self.areas = list(
            FocusArea.objects.live().filter(agreement=agreement).select_related("record")
        )
        # Which they are is asked first: as a condition on the records PostgreSQL, when it has not
        # counted its tables yet, works the needs out anew for every record.
        named = list(self.everything.order_by().values_list("subject", flat=True).distinct())
        self.subjects = list(Record.objects.filter(pk__in=named).order_by("title"))
        self.asked = self._understood(query)
        self.words = self.asked.get(WORDS, "")
        self.path = reverse("needs:list", args=[agreement.slug])
        self.page = self._page(query.get(PAGE))

    def _understood(self, query: QueryDict) -> dict[str, str]:
        """The parameters that mean something; others are left out."""
        known: dict[str, Iterable[str]] = {
            KIND: Need.Kind.values,
            AREA: [UNKNOWN, *(area.code for area in self.areas)],
            SUBJECT: [UNKNOWN, *(record.uid for record in self.subjects)],
            MET: [YES, NO],
        }
        asked = {name: query.get(name, "") for name in known}
        words = query.get(WORDS, "").replace("\0", "").strip()[:LONGEST_WORDS]
        understood = {name: value for name, value in asked.items() if value in known[name]}
        return understood | ({WORDS: words} if words else {})

    def _page(self, number: Any) -> Page[Any]:
        linked = (
            met_by(self.agreement, self.by)
            .filter(need=OuterRef("pk"))
            .order_by()
            .values("need")
            .annotate(n=Count("pk"))
            .values("n")
        )
        found = (
            listed(self.agreement, self.asked, self.by)
            .select_related("record", "subject", "focus_area__record")
            .annotate(met=Coalesce(Subquery(linked), 0))
            .order_by("record__title", "pk")
        )
        return Paginator(found, PAGE_SIZE).get_page(number)

    @property
    def rows(self) -> list[Row]:
        """The needs of this page, each with the count of initiatives that meet it."""
        return [
            Row(
                need,
                need.met,
                initiatives_url(self.agreement, behov=need.uid),
            )
            for need in self.page
        ]

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def is_filtered(self) -> bool:
        return bool(self.asked)

    @property
    def summary(self) -> str:
        """What is counted, in words."""
        return ngettext(
            "%(total)s behov eller utmaning i urvalet.",
            "%(total)s behov och utmaningar i urvalet.",
            self.total,
        ) % {"total": self.total}

    @property
    def by_kind(self) -> list[Line]:
        """How many there are of each kind, all of them, most first."""
        counted = sorted(self.kinds.items(), key=lambda pair: (-pair[1], pair[0]))
        return [
            Line(
                str(Need.Kind(kind).label).capitalize(),
                count,
                list_url(self.agreement, slag=kind),
            )
            for kind, count in counted
        ]

    @property
    def most(self) -> int:
        return max(self.kinds.values(), default=0)

    @property
    def filters(self) -> list[Filter]:
        """The selects above the list."""
        unknown = (UNKNOWN, _("Okänt"))
        kinds = [(k, str(Need.Kind(k).label).capitalize()) for k in Need.Kind.values]
        areas = [(a.code, f"{a.code} {name_of(a)}") for a in self.areas]
        subjects = [(r.uid, name_of(r)) for r in self.subjects]
        met = [(YES, _("Möts av någon insats")), (NO, _("Ingen insats är kopplad"))]
        return [
            self._filter(KIND, _("Slag"), [k for k in kinds if k[0] in self.kinds]),
            self._filter(AREA, _("Insatsområde"), [*areas, unknown]),
            self._filter(SUBJECT, _("Gäller"), [*subjects, unknown]),
            self._filter(MET, _("Insatser"), met),
        ]

    def _filter(self, name: str, label: str, pairs: list[tuple[str, str]]) -> Filter:
        chosen = self.asked.get(name)
        return Filter(name, label, [Option(v, words, v == chosen) for v, words in pairs])

    @property
    def chips(self) -> list[Line]:
        """What is asked for, each with the address without it."""
        found = []
        for one in self.filters:
            for option in one.options:
                if option.is_chosen:
                    found.append(Line(f"{one.label}: {option.label}", 0, self._without(one.name)))
        if self.words:
            found.append(Line(f"”{self.words}”", 0, self._without(WORDS)))
        return found

    def _without(self, name: str) -> str:
        return list_url(self.agreement, **{k: v for k, v in self.asked.items() if k != name})
