"""Reads of follow-up rounds: what was told, learned and recommended for one year."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.followup.models import (
    ApproachFinding,
    FollowUpRound,
    InitiativeReport,
    Lesson,
    MethodNote,
    NetworkReport,
    NetworkReportLevel,
    NetworkStatement,
    PlannedInitiative,
    Recommendation,
    ReportedNeed,
)
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.situation.models import Sharing


@dataclass(frozen=True, slots=True)
class RoundSummary:
    """One round in the list of rounds. `told` of `networks` have told something."""

    round: FollowUpRound
    networks: int
    told: int
    lessons: int
    recommendations: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class ApproachCount:
    """How many networks told of one approach, beside the published quantifier."""

    approach: str
    label: str
    count: int
    inferred: int


@dataclass(frozen=True, slots=True)
class ToldReport:
    """What one network has told for the year."""

    report: NetworkReport
    statements: int
    initiatives: int
    levels: int
    needs: int
    plans: int

    @property
    def is_told(self) -> bool:
        """Anything at all is told; otherwise only the network's place is there."""
        return bool(
            self.statements
            or self.initiatives
            or self.levels
            or self.needs
            or self.plans
            or self.report.approach_text
            or self.report.approach != NetworkReport.Approach.UNKNOWN
            or self.report.added_value != NetworkReport.AddedValue.UNKNOWN
        )


@dataclass(frozen=True, slots=True)
class RoundContents:
    """All that one round holds. `recommendations` are all of them; the lessons repeat their own."""

    round: FollowUpRound
    notes: list[MethodNote]
    findings: list[ApproachFinding]
    reports: list[ToldReport]
    approaches: list[ApproachCount]
    lessons: list[Lesson]
    recommendations: list[Recommendation]

    @property
    def told(self) -> list[ToldReport]:
        return [line for line in self.reports if line.is_told]

    def recommendations_of(self, lesson: Lesson) -> list[Recommendation]:
        """Those that build on `lesson`."""
        return [r for r in self.recommendations if r.lesson_id == lesson.pk]


def rounds_of(agreement: Agreement) -> QuerySet[FollowUpRound]:
    """The agreement's rounds, latest first."""
    return (
        FollowUpRound.objects.live()
        .filter(agreement=agreement)
        .select_related(
            "record", "agreement__record", "task_giver__record", "carried_out_by__record"
        )
    )


def told_reports() -> QuerySet[NetworkReport]:
    """Reports in which anything is told; the same rule as `ToldReport.is_told`."""
    row = OuterRef("pk")
    empty = NetworkReport.objects.filter(
        ~Exists(NetworkStatement.objects.filter(report=row)),
        ~Exists(NetworkReportLevel.objects.filter(report=row)),
        ~Exists(InitiativeReport.objects.filter(network_report=row)),
        ~Exists(ReportedNeed.objects.filter(report=row)),
        ~Exists(PlannedInitiative.objects.filter(report=row)),
        approach_text="",
        approach=NetworkReport.Approach.UNKNOWN,
        added_value=NetworkReport.AddedValue.UNKNOWN,
    )
    return NetworkReport.objects.exclude(pk__in=empty.values("pk"))


def is_empty(round: FollowUpRound) -> bool:
    """Is nothing told, learned, recommended or written in it yet? Withdrawn things count too.

    Queries: ≤ 7.
    """
    return not (
        told_in(round).exists()
        or InitiativeReport.objects.filter(round=round).exists()
        or any(
            rows.exists()
            for rows in (
                round.method_notes,
                round.approach_findings,
                round.lessons,
                round.recommendations,
                round.written_reports,
            )
        )
    )


def summaries(agreement: Agreement) -> list[RoundSummary]:
    """The agreement's rounds with their sums. Queries: 6."""
    rounds = list(rounds_of(agreement))

    def per_round(rows: QuerySet[Any]) -> dict[int, int]:
        counts = rows.filter(round__in=rounds).order_by().values_list("round_id")
        return dict(counts.annotate(n=Count("pk", distinct=True)))

    networks = per_round(NetworkReport.objects.all())
    told = per_round(told_reports())
    lessons = per_round(Lesson.objects.live())
    recommendations = per_round(Recommendation.objects.live())
    unanswered = per_round(Recommendation.objects.live().filter(responses__isnull=True))
    return [
        RoundSummary(
            row,
            networks.get(row.pk, 0),
            told.get(row.pk, 0),
            lessons.get(row.pk, 0),
            recommendations.get(row.pk, 0),
            unanswered.get(row.pk, 0),
        )
        for row in rounds
    ]


def contents_of(round: FollowUpRound) -> RoundContents:
    """Everything one round holds. Queries: 15, however many lessons and networks."""
    reports = list(
        NetworkReport.objects.filter(round=round).select_related(
            "body__record", "focus_area__record"
        )
    )
    sums = {
        name: dict(
            model.objects.filter(**{f"{path}__in": reports})
            .order_by()
            .values_list(path)
            .annotate(n=Count("pk"))
        )
        for name, model, path in (
            ("statements", NetworkStatement, "report_id"),
            ("initiatives", InitiativeReport, "network_report_id"),
            ("levels", NetworkReportLevel, "report_id"),
            ("needs", ReportedNeed, "report_id"),
            ("plans", PlannedInitiative, "report_id"),
        )
    }
    shown = [
        ToldReport(
            report,
            statements=sums["statements"].get(report.pk, 0),
            initiatives=sums["initiatives"].get(report.pk, 0),
            levels=sums["levels"].get(report.pk, 0),
            needs=sums["needs"].get(report.pk, 0),
            plans=sums["plans"].get(report.pk, 0),
        )
        for report in reports
    ]
    return RoundContents(
        round=round,
        notes=list(MethodNote.objects.live().with_record().filter(round=round)),
        findings=list(ApproachFinding.objects.live().with_record().filter(round=round)),
        reports=shown,
        approaches=_approaches([line.report for line in shown if line.is_told]),
        lessons=list(lessons_of(round)),
        recommendations=list(recommendations_of(round)),
    )


def _approaches(reports: list[NetworkReport]) -> list[ApproachCount]:
    counts = Counter(report.approach for report in reports)
    inferred = Counter(r.approach for r in reports if r.approach_basis == "INFERRED")
    return [
        ApproachCount(approach.value, str(approach.label), counts[approach], inferred[approach])
        for approach in NetworkReport.Approach
        if counts[approach]
    ]


def untold_of(round: FollowUpRound) -> QuerySet[Initiative]:
    """Whole shared initiatives that nobody told of for the year, nor of a part or a merged twin.

    The report of the year draws the same ones from the register (reporting.material). By network.
    """
    told = InitiativeReport.objects.filter(
        round=round,
        initiative__sharing=Sharing.SHARED,
        initiative__record__withdrawn_at__isnull=True,
    )
    parts = told.filter(initiative__parent__isnull=False)
    twins = told.filter(initiative__record__merged_into__isnull=False)
    return (
        Initiative.objects.live()
        .filter(agreement=round.agreement_id, parent=None, sharing=Sharing.SHARED)
        .exclude(pk__in=told.values("initiative"))
        .exclude(pk__in=parts.values("initiative__parent"))
        .exclude(pk__in=twins.values("initiative__record__merged_into"))
        .select_related("record", "network__record", "owner__record")
        .order_by(F("network__record__title").asc(nulls_last=True), "order", "pk")
    )


def told_in(round: FollowUpRound) -> QuerySet[NetworkReport]:
    """The round's reports in which anything is told."""
    return told_reports().filter(round=round)


def without_teller(round: FollowUpRound) -> QuerySet[Initiative]:
    """Shared initiatives that none of the round's networks answers for, and those that the round
    itself has told of. The round may tell of them."""
    alone = InitiativeReport.objects.filter(round=round, network_report=None)
    networks = NetworkReport.objects.filter(round=round).values("body")
    return (
        Initiative.objects.live()
        .filter(agreement=round.agreement_id, sharing=Sharing.SHARED)
        .filter(
            Q(network=None) | ~Q(network__in=networks) | Q(pk__in=alone.values("initiative")),
        )
        .select_related("record", "parent__record", "agreement__record")
    )


def told_alone(round: FollowUpRound) -> QuerySet[InitiativeReport]:
    """What the round itself has told of initiatives, and no network, in order."""
    return (
        InitiativeReport.objects.filter(
            round=round, network_report=None, initiative__in=Initiative.objects.live()
        )
        .filter(initiative__sharing=Sharing.SHARED)
        .select_related("initiative__record", "initiative__parent__record")
    )


def year_followed_up(agreement_id: int, today: date) -> int:
    """The year that what is told now most likely belongs to: that of the latest round under way.

    A round that is only planned counts once its year has come. Queries: 1.
    """
    state = FollowUpRound.State
    under_way = (
        FollowUpRound.objects.live()
        .filter(agreement=agreement_id, year__lte=today.year + 1)
        .filter(Q(year__lte=today.year) | ~Q(state=state.PLANNED))
        .exclude(state=state.CLOSED)
        .order_by("-year")
    )
    return under_way.values_list("year", flat=True).first() or today.year


def lessons_of(round: FollowUpRound) -> QuerySet[Lesson]:
    """The round's lessons with their points and evidence, in order. Queries: 3."""
    return (
        Lesson.objects.live()
        .filter(round=round)
        .select_related("record", "good_example_in__record")
        .prefetch_related("points", "evidence_links__record")
    )


def recommendations_of(round: FollowUpRound) -> QuerySet[Recommendation]:
    """The round's recommendations with their responses, in order. Queries: 2."""
    return (
        Recommendation.objects.live()
        .filter(round=round)
        .select_related(
            "record",
            "lesson__record",
            "addressee__record",
            "origin",
            "adopted_in__record",
        )
        .prefetch_related("responses__given_by__record")
        .order_by("order", "number", "pk")
    )
