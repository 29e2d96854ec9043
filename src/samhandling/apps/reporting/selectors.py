"""Reads of reports and their editions."""

import json

from django.db.models import Count, Q, QuerySet

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.initiatives.models import Funding
from samhandling.apps.records.models import Quantity, Record
from samhandling.apps.records.selectors import marked_records
from samhandling.apps.reporting.models import FrozenEdition, Report, ReportSection
from samhandling.core import report_model, report_storage
from samhandling.core.report_reading import record_uids


def reports_of(agreement: Agreement) -> QuerySet[Report]:
    """An agreement's reports, latest year first, with how many sections are written and editions.

    Queries: 1.
    """
    return (
        Report.objects.live()
        .filter(round__agreement=agreement)
        .select_related("record", "round__record")
        .annotate(
            written=Count(
                "sections",
                filter=Q(sections__state=ReportSection.State.WRITTEN),
                distinct=True,
            ),
            edition_count=Count("editions", distinct=True),
        )
        .order_by("-round__year")
    )


def model_of(edition: FrozenEdition) -> report_model.Report:
    """The report model as it was frozen. Raises ReportModelError when it is damaged."""
    return report_storage.from_json(json.dumps(edition.model))


def marked_in(report: Report, model: report_model.Report) -> list[Record]:
    """The secrecy-marked records that a report draws on or names, by their order of registration.

    Also those that are drawn through their counts or their money, and those whose words somebody
    took over into a section. What is written by hand from memory cannot be found. Queries: 1 when
    nothing is marked, otherwise 4.
    """
    marked = list(marked_records().order_by("pk"))
    if not marked:
        return []
    drawn = set(record_uids(model)) | {report.uid, report.round.uid, report.round.agreement.uid}
    for taken in report.sections.exclude(taken_over_digest="").values_list(
        "taken_over_uids", flat=True
    ):
        drawn.update(taken)
    counts = Quantity.objects.filter(about__in=marked).values_list("about_id", "record__uid")
    money = Funding.initiatives.through.objects.filter(
        initiative__in=[record.pk for record in marked]
    )
    hangs_on = [*counts, *money.values_list("initiative_id", "funding__record__uid")]
    through = {key for key, uid in hangs_on if uid in drawn}
    return [record for record in marked if record.uid in drawn or record.pk in through]
