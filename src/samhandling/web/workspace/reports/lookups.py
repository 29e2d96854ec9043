"""Finding a report for somebody who may read it, and the addresses inside its web page."""

import hashlib

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.keeping import kept_until_change
from samhandling.apps.organisations.permissions import may
from samhandling.apps.records.models import Record
from samhandling.apps.reporting.assemble import Assembled, assemble
from samhandling.apps.reporting.models import Report
from samhandling.core import report_model, report_reading
from samhandling.core.access import Operation
from samhandling.core.report_model import (
    FigureRef,
    RecordRef,
)
from samhandling.render.html import LinkFor
from samhandling.web.clock import today
from samhandling.web.links import url_of


def report_for(uid: str, user: User | AnonymousUser) -> Report:
    """The report with this uid; Http404 when it is not there or not for this person."""
    if not isinstance(user, User):
        raise Http404
    try:
        found = (
            Report.objects.live()
            .select_related("record", "round__record", "round__agreement__record")
            .get(record__uid=uid)
        )
    except Report.DoesNotExist as missing:
        raise Http404 from missing
    if not may(user, Operation.RENDER_REPORT, agreement_id=found.round.agreement_id):
        raise Http404
    return found


def as_it_stands(report: Report) -> Assembled:
    """The report made of the records as they stand, kept until something changes."""
    return kept_until_change(
        "report",
        (report.pk, today()),
        lambda: assemble(report, made_at=timezone.localtime(), as_of=today()),
    )


def key_of(figure: FigureRef) -> str:
    """A short name of a drawn number's rows, the same as long as the rows are."""
    rows = "|".join([figure.kind, *figure.record_uids])
    return hashlib.sha256(rows.encode()).hexdigest()[:16]


def links_of(report: Report) -> LinkFor:
    """Where a record or the rows behind a number lie, for the web page of `report`."""

    def link_for(reference: RecordRef | FigureRef) -> str | None:
        if isinstance(reference, RecordRef):
            return url_of(Record(uid=reference.uid, kind=reference.kind))
        if len(reference.record_uids) == 1:
            return url_of(Record(uid=reference.record_uids[0], kind=reference.kind))
        return reverse("reports:rows", args=[report.uid, key_of(reference)])

    return link_for


def figure_with(model: report_model.Report, key: str) -> FigureRef:
    """The drawn number of that key. Raises Http404 when the report no longer has it."""
    for inline in report_reading.all_inlines(model):
        if isinstance(inline, FigureRef) and key_of(inline) == key:
            return inline
    raise Http404
