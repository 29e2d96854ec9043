"""The list of needs and the page of one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.models import Event
from samhandling.apps.followup.models import LessonEvidence, ReportedNeed
from samhandling.apps.initiatives.models import InitiativeNeed
from samhandling.apps.organisations.permissions import standing_of
from samhandling.apps.records.details import details_of, merged_into
from samhandling.apps.records.prepared import Prepared
from samhandling.apps.situation.models import Need
from samhandling.apps.situation.permissions import (
    can_approve,
    can_edit,
    can_restore,
    can_share,
    could_create,
    visible_to,
)
from samhandling.web.agreement_choice import agreement_or_404, show_agreement
from samhandling.web.history_sentences import sentences
from samhandling.web.history_visibility import visible_events
from samhandling.web.links import name_of
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.initiatives.detail_page import ShownNote
from samhandling.web.workspace.initiatives.filters import list_url as initiatives_url
from samhandling.web.workspace.needs import list_page

HISTORY_ROWS = 8
# Every page about a need asks this first, so its SQL is written once for each standing.
_SEEN = Prepared(
    lambda uids, by: visible_to(
        Need.objects.filter(record__uid__in=uids).select_related(
            "record__merged_into",
            "agreement__record",
            "subject",
            "focus_area__record",
            "owner__record",
        ),
        by,
    ),
    by_word=True,
)


@require_safe
def list_needs(request: HttpRequest, agreement: str) -> HttpResponse:
    """The needs that the address asks for, 25 at a time."""
    chosen = agreement_or_404(request, agreement)
    by = signed_in(request)
    new_url = reverse("needs:create", args=[chosen.slug]) if could_create(by) else ""
    return render(
        request,
        "workspace/needs/list.html",
        {
            "agreement": chosen,
            "listing": list_page.ListPage(request.GET, chosen, by),
            "new_url": new_url,
        },
    )


@require_safe
def detail(request: HttpRequest, uid: str) -> HttpResponse:
    """Everything known of one need, and the initiatives that meet it."""
    need = need_or_404(request, uid)
    return render(request, "workspace/needs/detail.html", _context(need, signed_in(request)))


def need_or_404(request: HttpRequest, uid: str) -> Need:
    """The need, also when it is withdrawn or merged, if the person may see it. Queries: 1."""
    by = signed_in(request)
    found = _SEEN.of(uid, shape=standing_of(by), words=(by,))
    if not found:
        raise Http404
    show_agreement(request, found[0].agreement.slug)
    return found[0]


def _context(need: Need, by: User) -> dict[str, Any]:
    """What the page shows. Queries: about 25, however much there is."""
    details = details_of([need.pk])
    meeting = (
        list_page.met_by(need.agreement, by)
        .filter(need=need)
        .select_related(
            "initiative__record", "initiative__owner__record", "initiative__network__record"
        )
        .order_by("initiative__order", "pk")
    )
    may_edit = can_edit(need, by)
    events = visible_events(Event.objects.filter(record_uid=need.uid), by)
    evidence = LessonEvidence.objects.filter(
        record=need.record, lesson__record__withdrawn_at__isnull=True
    )
    return {
        "need": need,
        "record": need.record,
        "details": details,
        "may_edit": may_edit,
        "may_restore": can_restore(need, by),
        "may_share": need.sharing != "SHARED" and can_share(need, by),
        "may_approve": can_approve(need, by),
        "list_url": list_page.list_url(need.agreement),
        "met_url": initiatives_url(need.agreement, behov=need.uid),
        "links": list[InitiativeNeed](meeting),
        "told": ReportedNeed.objects.filter(need=need)
        .select_related("report__round", "report__body__record")
        .order_by("-report__round__year", "pk"),
        "lessons": [row.lesson for row in evidence.select_related("lesson__record")],
        "funding": need.funding.live().select_related("record"),
        "questions": details.of(need).questions,
        "citations": details.of(need).citations,
        "footnotes": [
            ShownNote(note.number, name_of(note), note.url) for note in details.of(need).footnotes
        ],
        "merged": merged_into([need.record]),
        "history": sentences(events[:HISTORY_ROWS], by, here=need.uid),
    }
