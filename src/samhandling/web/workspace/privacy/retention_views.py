"""The page of what is kept for how long, and what is due now."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.outbox.selectors import run_of
from samhandling.apps.people.permissions import check_can_run_people
from samhandling.apps.privacy.holdings import HOLDINGS
from samhandling.apps.privacy.retention import RETENTION, Needed, due_on
from samhandling.apps.privacy.retention_words import (
    COUNTED_FROM,
    KEPT_BECAUSE,
    THEN,
    TITLES,
    WHY,
    period_words,
)
from samhandling.core.retention import KEPT
from samhandling.web.signed_in import signed_in


@dataclass(frozen=True, slots=True)
class Line:
    """A rule in words, with what is due under it now."""

    title: Promise
    why: Promise
    period: str
    counted_from: Promise
    then: Promise
    count: int
    oldest: date | None
    needed: list[Needed]


@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """The rules, what they would end today, and when they were last carried out."""
    check_can_run_people(signed_in(request))
    lines = [
        Line(
            title=TITLES[due.rule.key],
            why=WHY[due.rule.key],
            period=period_words(due.days),
            counted_from=COUNTED_FROM[due.rule.counted_from],
            then=THEN[due.rule.then],
            count=due.count,
            oldest=due.oldest,
            needed=due.needed,
        )
        for due in due_on(day_of_security())
    ]
    shown = {
        "lines": lines,
        "needed": [one for line in lines for one in line.needed],
        "kept": [
            ([HOLDINGS[table].title for table, reason in KEPT.items() if reason is why], because)
            for why, because in KEPT_BECAUSE.items()
        ],
        "run": run_of(RETENTION),
    }
    return render(request, "workspace/privacy/retention.html", shown)
