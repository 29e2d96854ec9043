"""What a network has left to tell for a year, and what it has told of one initiative."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from samhandling.apps.audit.services import Author
from samhandling.apps.followup.models import InitiativeReport, NetworkReport, PlannedInitiative
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.permissions import visible_to
from samhandling.apps.situation.models import Sharing


@dataclass(frozen=True, slots=True)
class ToTell:
    """An initiative that a network's report of a year may tell of."""

    report: NetworkReport
    initiative: Initiative

    def told(self) -> str:
        """What is told now; empty also where nothing is. Queries: 1."""
        held = InitiativeReport.objects.filter(
            network_report=self.report, initiative=self.initiative
        )
        return held.values_list("told", flat=True).first() or ""

    def is_planned(self) -> bool:
        """Does the network mean to do it the year after? Queries: 1."""
        held = PlannedInitiative.objects.filter(report=self.report, initiative=self.initiative)
        return held.exists()


def may_be_told(report: NetworkReport, by: Author | None) -> QuerySet[Initiative]:
    """What a network may tell of: its own shared initiatives in the agreement, whole ones, parts
    and steps, and those of others that it has told of."""
    return (
        visible_to(Initiative.objects.live(), by)
        .filter(
            Q(network=report.body_id) | Q(pk__in=_told_in(report)),
            agreement=report.round.agreement_id,
            sharing=Sharing.SHARED,
        )
        .select_related("record", "parent__record")
    )


def left_to_tell(report: NetworkReport, by: Author | None) -> QuerySet[Initiative]:
    """Those of `may_be_told` that the report does not tell of, by name; parts after their whole."""
    left = may_be_told(report, by).exclude(pk__in=_told_in(report))
    return left.order_by(
        Coalesce("parent__record__title", "record__title"),
        F("parent").asc(nulls_first=True),
        "order",
        "pk",
    )


def _told_in(report: NetworkReport) -> QuerySet[InitiativeReport, int]:
    return InitiativeReport.objects.filter(network_report=report).values_list(
        "initiative", flat=True
    )
