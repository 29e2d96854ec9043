"""Reads of reports and their editions."""

import json

from django.db.models import Count, Q, QuerySet

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.reporting.models import FrozenEdition, Report, ReportSection
from samhandling.core import report_model, report_storage


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
