"""What a network has left to tell for a year, and what it has told of one initiative."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from samhandling.apps.audit.services import Author
from samhandling.apps.followup.models import (
    FollowUpRound,
    InitiativeReport,
    NetworkReport,
    PlannedInitiative,
    ReportedNeed,
)
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.permissions import visible_to
from samhandling.apps.situation.models import Need, Sharing
from samhandling.apps.situation.permissions import visible_to as visible_needs


@dataclass(frozen=True, slots=True)
class ToTell:
    """An initiative that a round may tell of: in a network's report, or without one where no
    network answers for it."""

    round: FollowUpRound
    initiative: Initiative
    report: NetworkReport | None = None

    @property
    def year(self) -> int:
        return self.round.year

    def told(self) -> str | None:
        """What is told now; None where nothing is. Queries: 1."""
        held = InitiativeReport.objects.filter(
            round=self.round, network_report=self.report, initiative=self.initiative
        )
        return held.values_list("told", flat=True).first()

    def proposal(self) -> str:
        """What was written of its status for the year: a beginning of what may be told.
        Queries: 1."""
        events = self.initiative.status_events.filter(told_for_year=self.year).order_by("pk")
        reasons = events.exclude(reason="").values_list("reason", flat=True)
        return "\n".join(dict.fromkeys(reason.strip() for reason in reasons))

    def is_planned(self) -> bool:
        """Does the network mean to do it the year after? Queries: 1."""
        if self.report is None:
            return False
        held = PlannedInitiative.objects.filter(report=self.report, initiative=self.initiative)
        return held.exists()


def needs_to_tell(report: NetworkReport, by: Author | None) -> QuerySet[Need]:
    """The needs a network may say that it raises: shared ones that are its own or about it, and
    those that it has raised in any year."""
    raised = ReportedNeed.objects.filter(report__body=report.body_id)
    return (
        visible_needs(Need.objects.live(), by)
        .filter(
            Q(subject=report.body_id) | Q(owner=report.body_id) | Q(pk__in=raised.values("need")),
            agreement=report.round.agreement_id,
            sharing=Sharing.SHARED,
        )
        .select_related("record")
        .order_by("record__title", "pk")
    )


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
