"""Search in everything that has a name."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives.searching import found_by_kind, page_of
from samhandling.apps.records.details import openly_merged
from samhandling.apps.records.models import Record
from samhandling.apps.records.stemming import holds_any
from samhandling.apps.registry.selectors import case_with
from samhandling.web.links import name_of, url_of
from samhandling.web.rate_limits import rate_limited
from samhandling.web.workspace.search.kinds import KINDS

PAGE_SIZE = 25
MAX_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found; `earlier`: names it had before a merger and is found by."""

    title: str
    url: str
    made_up: bool
    case_number: str
    secrecy_marked_on: date | None
    earlier: list[str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of hits, how many there are, and the address of those alone."""

    label: Promise
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind that stand on this page."""

    label: Promise
    count: int
    hits: list[Hit]


@require_safe
@rate_limited("search")
def results(request: HttpRequest) -> HttpResponse:
    """Everything that holds the words, by kind. Queries: 2 and 1 a kind on the page, 1 for a case
    of that number; 1 more after a change."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:MAX_LENGTH]
    by: Author = request.user  # type: ignore[assignment]
    found = found_by_kind(words, by)
    chosen = request.GET.get("slag", "")
    if chosen not in found:
        chosen = ""
    wanted = [(kind, found[kind]) for kind in KINDS if kind in found and chosen in ("", kind)]
    total = sum(found.values())
    page = _page(request, sum(number for _kind, number in wanted))
    start = page.start_index() - 1
    records = page_of(words, by, wanted, start, start + PAGE_SIZE) if wanted else []
    merged = openly_merged(records)
    groups = [
        Group(
            KINDS[kind],
            found[kind],
            [_hit(row, _earlier(words, merged.get(row.pk, []))) for row in rows],
        )
        for kind, rows in groupby(records, key=lambda record: record.kind)
    ]
    kinds = [
        Kind(KINDS[kind], found[kind], _address(words, kind), kind == chosen)
        for kind in KINDS
        if kind in found
    ]
    told: dict[str, Any] = {
        "search_words": words,
        "groups": groups,
        "kinds": kinds,
        "chosen": chosen,
        "everything_url": _address(words),
        "total": total,
        "page": page,
        "case": case_with(words, by) if total else None,
    }
    return render(request, "workspace/search/results.html", told)


def _earlier(words: str, merged: list[Record]) -> list[str]:
    """The names among those of what was merged that hold any of the words."""
    return [name_of(one) for one in merged if holds_any(f"{one.title} {one.title_en}", words)]


def _hit(record: Record, earlier: list[str]) -> Hit:
    return Hit(
        name_of(record),
        url_of(record),
        record.made_up,
        record.case_number,
        record.secrecy_marked_on,
        earlier,
    )


def _address(words: str, kind: str = "") -> str:
    asked = {"q": words} | ({"slag": kind} if kind else {})
    return f"{reverse('search:results')}?{urlencode(asked)}"


def _page(request: HttpRequest, total: int) -> "Page[int]":
    pages = Paginator(range(total), PAGE_SIZE)
    asked = request.GET.get("sida", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1
    return pages.page(max(1, min(number, pages.num_pages)))
