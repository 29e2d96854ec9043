"""What is held about people: what, why, for how long, and who answers for it (GDPR, art. 13)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samhandling.apps.agreements.models import Party
from samhandling.apps.organisations.models import Affiliation, Organisation
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.privacy.holdings import HOLDINGS
from samhandling.apps.privacy.retention_words import (
    COUNTED_FROM,
    KEPT_BECAUSE,
    THEN,
    days_of,
    period_words,
)
from samhandling.core.retention import KEPT, Rule, rules_for
from samhandling.web.workspace.about.offices import offices_to_ask


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of personal data: what it is, why it is there and what ends it."""

    title: Promise
    purpose: Promise
    ends: list[str]


@require_safe
@login_not_required
def personal_data(request: HttpRequest) -> HttpResponse:
    """The notice to those whose data is held; open to everybody. Queries: 2."""
    return render(
        request,
        "workspace/about/personal_data.html",
        {
            "kinds": list(kinds()),
            "organisations": organisations_that_answer(),
            "support_email": settings.SUPPORT_EMAIL,
            "offices": offices_to_ask(),
        },
    )


def kinds() -> Iterator[Kind]:
    """Every kind of data about people, with the periods of `core.retention`."""
    for table, holding in HOLDINGS.items():
        ends = [_told(rule) for rule in rules_for(table)]
        if table in KEPT:
            ends.append(str(KEPT_BECAUSE[KEPT[table]]))
        yield Kind(holding.title, holding.purpose, ends)


def _told(rule: Rule) -> str:
    return _("%(then)s %(period)s efter %(from)s.") % {
        "then": THEN[rule.then],
        "period": period_words(days_of(rule)),
        "from": COUNTED_FROM[rule.counted_from],
    }


def organisations_that_answer() -> list[Organisation]:
    """The organisations that are party to an agreement or whose people work here today."""
    today = day_of_security()
    works = Affiliation.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=today),
        Q(valid_until=None) | Q(valid_until__gte=today),
    )
    found = Organisation.objects.live().with_record()
    found = found.filter(
        Q(pk__in=works.values("organisation")) | Q(pk__in=Party.objects.values("actor"))
    )
    return list(found.order_by("record__title"))
