"""Everything a round's report draws from, fetched once.

Drawing is then a matter of words: the drawing functions ask no questions of the database. What is
told for a later year than the round's is left out here, in one place (ADR 0004).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import F, Prefetch, Q, QuerySet, prefetch_related_objects

from samhandling.apps.agreements.models import (
    Agreement,
    AreaResponsibility,
    CollaborationLevel,
    CollaborationPlan,
    CoverageGap,
    FocusArea,
    NetworkAssignment,
    RecordFocusArea,
    StructureProposal,
)
from samhandling.apps.followup.models import (
    FollowUpRound,
    InitiativeReport,
    Lesson,
    LessonEvidence,
    MethodNote,
    NetworkReport,
    PlannedInitiative,
    Recommendation,
    ReportedNeed,
)
from samhandling.apps.followup.selectors import told_in
from samhandling.apps.initiatives.models import (
    Funding,
    FundingEvent,
    Initiative,
    InitiativeActor,
    InitiativeCause,
    InitiativeLevel,
    InitiativeNeed,
    StatusEvent,
)
from samhandling.apps.organisations.models import (
    Actor,
    BodyLifecycleEvent,
    LiaisonSeat,
    Membership,
)
from samhandling.apps.records.models import (
    FieldBasis,
    Footnote,
    Milestone,
    OpenQuestion,
    Quantity,
    Record,
)
from samhandling.apps.situation.models import Need, NeedsWorkshopSeries, Sharing
from samhandling.core.partial_date import Truth, in_force


@dataclass
class Material:
    """The rows of one round, grouped as the report needs them. Keys are record ids."""

    round: FollowUpRound
    agreement: Agreement
    last_day: date
    focus_areas: list[FocusArea]
    levels: list[CollaborationLevel]
    network_reports: list[NetworkReport]
    initiative_reports: list[InitiativeReport]
    initiatives: dict[int, Initiative]
    needs: list[Need]
    lessons: list[Lesson]
    recommendations: list[Recommendation]
    gaps: list[CoverageGap]
    proposals: list[StructureProposal]
    liaisons: list[LiaisonSeat]
    workshops: list[NeedsWorkshopSeries]
    lifecycle: list[BodyLifecycleEvent]
    milestones: list[Milestone]
    questions: list[OpenQuestion]
    responsibilities: list[AreaResponsibility]
    seats: dict[int, list[Membership]]
    footnotes: dict[int, list[Footnote]]
    quantities: dict[int, list[Quantity]]
    bases: dict[tuple[int, str], FieldBasis]
    area_links: dict[int, list[RecordFocusArea]]
    assignments: list[NetworkAssignment]
    method_notes: list[MethodNote]
    told_reports: set[int]
    needs_of_other_years: set[int]
    is_first_round: bool
    names: frozenset[str]

    @property
    def year(self) -> int:
        return self.round.year

    def has_told(self, report: NetworkReport | None) -> bool:
        """Has the network told anything at all, or is only its place there (followup.selectors)?"""
        return report is not None and report.pk in self.told_reports

    @cached_property
    def scope_notes(self) -> dict[int, str]:
        """What each body's assignment says of its reach."""
        return {one.body_id: one.scope_note for one in self.assignments}

    @cached_property
    def status(self) -> dict[int, list[StatusEvent]]:
        """Status events of each initiative told for this year or before, oldest first."""
        return {
            key: [e for e in one.status_events.all() if e.told_for_year <= self.year]
            for key, one in self.initiatives.items()
        }

    @cached_property
    def parts(self) -> dict[int, list[Initiative]]:
        """Parts and steps of each initiative, in order; merged ones stay where they were told."""
        found: dict[int, list[Initiative]] = defaultdict(list)
        for one in self.initiatives.values():
            if one.parent_id is not None:
                found[one.parent_id].append(one)
        return found

    @cached_property
    def reported_ids(self) -> set[int]:
        """Initiatives some network, or the round itself, told of."""
        return {report.initiative_id for report in self.initiative_reports}

    @cached_property
    def untold(self) -> list[Initiative]:
        """Whole initiatives that nobody told of for the year, nor of a part or a merged twin.

        One of which a part alone is told is drawn with its parts where that was told.
        """
        told = [self.initiatives[key] for key in self.reported_ids]
        near = {one.parent_id for one in told} | {one.record.merged_into_id for one in told}
        return [
            one
            for one in self.counted
            if one.parent_id is None and one.pk not in self.reported_ids | near
        ]

    @cached_property
    def counted(self) -> list[Initiative]:
        """Initiatives that count once each: the merged are left out."""
        return [one for one in self.initiatives.values() if one.record.merged_into_id is None]

    def basis(self, record_id: int, field_name: str) -> FieldBasis | None:
        """How a field is known, where that has been written down."""
        return self.bases.get((record_id, field_name))

    def told_by(self, report: NetworkReport) -> list[InitiativeReport]:
        """What one network told of its initiatives, in its own order."""
        return [one for one in self.initiative_reports if one.network_report_id == report.pk]

    def responsible_for(self, area: FocusArea) -> list[AreaResponsibility]:
        """Who answers for an area on the round's last day; unknown dates count as answering."""
        return [
            one
            for one in self.responsibilities
            if one.focus_area_id == area.pk
            and in_force(one.valid_from, one.valid_until, self.last_day) is not Truth.NO
        ]

    def funding_state(self, funding: Funding) -> tuple[str, FundingEvent | None]:
        """The state of money as told up to this year; UNKNOWN when nothing was told by then."""
        told = [e for e in funding.events.all() if e.told_for_year <= self.year]
        return (told[-1].state, told[-1]) if told else (Funding.State.UNKNOWN, None)


def gather(round_id: int) -> Material:
    """Fetch the material of a round. Queries: about 90, whatever the number of rows."""
    round = FollowUpRound.objects.select_related(
        "record", "carried_out_by__record", "task_giver__record"
    ).get(pk=round_id)
    agreement = (
        Agreement.objects.select_related(
            "record",
            "decided_by__record",
            "ordered_by__record",
            "coordinated_by__record",
            "followed_up_by__record",
        )
        .prefetch_related("goals__record", "strategy_relations__document", "successions")
        .get(pk=round.agreement_id)
    )
    year = round.year
    told = records_told()
    initiatives = {one.pk: one for one in _initiatives(agreement)}
    network_reports = list(
        NetworkReport.objects.filter(round=round)
        .select_related(
            "body__record",
            "body__coordinating_authority__record",
            "focus_area__record",
            "focus_area__parent__record",
        )
        .prefetch_related(
            "statements__said_by__record",
            "levels__level__record",
            Prefetch("needs", ReportedNeed.objects.filter(need__record__in=told)),
            "needs__need__record",
            Prefetch("plans", PlannedInitiative.objects.filter(initiative__record__in=told)),
            "plans__initiative__record",
        )
    )
    responsibilities = list(
        AreaResponsibility.objects.filter(focus_area__agreement=agreement).select_related(
            "body__record", "body__coordinating_authority__record", "sub_area__record"
        )
    )
    # One fetch for the bodies that answer and those that only told.
    bodies = [report.body for report in network_reports]
    bodies += [answering.body for answering in responsibilities]
    prefetch_related_objects(
        bodies,
        "mandates",
        Prefetch("plans", queryset=CollaborationPlan.objects.live().with_record().order_by("pk")),
        "funding_paths",
        "led_by__record",
        "assigned_by__record",
    )
    return Material(
        round=round,
        agreement=agreement,
        last_day=_last_day(round),
        focus_areas=list(
            FocusArea.objects.filter(agreement=agreement).live().select_related("record")
        ),
        levels=list(CollaborationLevel.objects.filter(agreement=agreement).with_record()),
        network_reports=network_reports,
        initiative_reports=list(
            InitiativeReport.objects.filter(round=round, initiative__in=initiatives).select_related(
                "network_report__body__record"
            )
        ),
        initiatives=initiatives,
        needs=list(
            Need.objects.filter(agreement=agreement, sharing=Sharing.SHARED)
            .live()
            .select_related("record", "subject")
            .order_by("pk")
        ),
        lessons=list(
            Lesson.objects.filter(round=round)
            .live()
            .select_related("record", "good_example_in__record")
            .prefetch_related(
                "points",
                Prefetch("evidence_links", LessonEvidence.objects.filter(record__in=told)),
                "evidence_links__record",
                "recommendations__record",
            )
        ),
        recommendations=list(
            Recommendation.objects.filter(round=round)
            .live()
            .select_related("record", "origin", "adopted_in__record", "addressee__record")
            .prefetch_related("responses")
        ),
        gaps=list(
            CoverageGap.objects.filter(focus_area__agreement=agreement)
            .live()
            .select_related("record", "focus_area__record", "caused_by__record")
            .prefetch_related("handlings__body__record", "caused_by__roles")
        ),
        proposals=list(
            StructureProposal.objects.filter(focus_area__agreement=agreement)
            .live()
            .select_related("record", "proposed_by__record")
            .prefetch_related("roles__body__record")
        ),
        liaisons=list(
            LiaisonSeat.objects.live().select_related(
                "record", "first_body__record", "second_body__record", "proposed_by__record"
            )
        ),
        workshops=list(
            NeedsWorkshopSeries.objects.filter(agreement=agreement)
            .live()
            .select_related("record", "owner__record")
            .prefetch_related("themes", "participants__record")
        ),
        lifecycle=list(
            BodyLifecycleEvent.objects.live()
            .select_related("record", "body__record", "carried_out_by__record")
            .prefetch_related("decided_with__record")
        ),
        milestones=list(Milestone.objects.live().select_related("record", "about")),
        questions=list(
            OpenQuestion.objects.live()
            .filter(Q(subjects__isnull=True) | Q(subjects__in=told))
            .distinct()
            .select_related("record")
            .prefetch_related(Prefetch("subjects", told))
        ),
        responsibilities=responsibilities,
        seats=_grouped(
            Membership.objects.select_related("actor__record", "body__record"), "body_id"
        ),
        footnotes=_grouped(Footnote.objects.live().with_record(), "about_id"),
        quantities=_grouped(
            (
                q
                for q in Quantity.objects.live().with_record()
                if q.told_for_year is None or q.told_for_year <= year
            ),
            "about_id",
        ),
        bases={(b.record_id, b.field): b for b in FieldBasis.objects.all()},
        area_links=_grouped(
            RecordFocusArea.objects.select_related("focus_area__record"), "record_id"
        ),
        assignments=list(
            NetworkAssignment.objects.filter(agreement=agreement)
            .select_related("body__record")
            .prefetch_related("body__mandates")
        ),
        method_notes=list(MethodNote.objects.filter(round=round).live().with_record()),
        told_reports=set(told_in(round).values_list("pk", flat=True)),
        needs_of_other_years=_needs_of_other_years(round),
        is_first_round=not FollowUpRound.objects.live()
        .filter(agreement=agreement, year__lt=year)
        .exists(),
        names=_names(),
    )


def _needs_of_other_years(round: FollowUpRound) -> set[int]:
    """Needs that belong to another year: told in an earlier round, or made for a later one.

    One that was in the register before the later round began stays in the report of this year.
    """
    told = ReportedNeed.objects.filter(
        report__round__agreement=round.agreement_id,
        report__round__record__withdrawn_at__isnull=True,
    )
    earlier = Q(report__round__year__lt=round.year)
    later = Q(
        report__round__year__gt=round.year,
        need__record__created_at__gt=F("report__round__record__created_at"),
    )
    return set(told.filter(earlier | later).values_list("need_id", flat=True))


def _names() -> frozenset[str]:
    """What actors are called, long and short, but for described sets. Queries: 1."""
    rows = Actor.objects.exclude(actor_kind=Actor.Kind.SET).values_list(
        "record__title", "short_name"
    )
    return frozenset(name for row in rows for name in row if name)


def records_told() -> QuerySet[Record]:
    """The records a report may name: not withdrawn, and shared where they can be drafts."""
    drafts = [
        model.objects.exclude(sharing=Sharing.SHARED).values("pk") for model in (Initiative, Need)
    ]
    return Record.objects.filter(withdrawn_at__isnull=True).exclude(
        Q(pk__in=drafts[0]) | Q(pk__in=drafts[1])
    )


def _initiatives(agreement: Agreement) -> list[Initiative]:
    told = records_told()
    return list(
        Initiative.objects.filter(
            agreement=agreement, sharing=Sharing.SHARED, record__withdrawn_at__isnull=True
        )
        .select_related("record", "owner__record", "network__record", "focus_area__record")
        .prefetch_related(
            "places",
            "languages",
            "expected_results",
            Prefetch("actors", queryset=InitiativeActor.objects.select_related("actor__record")),
            Prefetch("levels", queryset=InitiativeLevel.objects.select_related("level__record")),
            Prefetch(
                "need_links",
                queryset=InitiativeNeed.objects.filter(need__record__in=told).select_related(
                    "need__record"
                ),
            ),
            Prefetch(
                "status_events", queryset=StatusEvent.objects.prefetch_related("causes__cause")
            ),
            Prefetch("causes", queryset=InitiativeCause.objects.select_related("cause")),
            Prefetch(
                "funding",
                queryset=Funding.objects.live()
                .select_related("record", "funder__record", "recipient__record")
                .prefetch_related("events"),
            ),
            Prefetch("record__regulated_by", CollaborationPlan.objects.live().with_record()),
            Prefetch("follows", Initiative.objects.filter(record__in=told).with_record()),
        )
        .order_by("order", "pk")
    )


def _grouped(rows: object, attribute: str) -> dict[int, list]:
    found: dict[int, list] = defaultdict(list)
    for row in rows:  # type: ignore[attr-defined]
        found[getattr(row, attribute)].append(row)
    return dict(found)


def _last_day(round: FollowUpRound) -> date:
    period = round.period
    if period is not None and period.latest is not None:
        return period.latest
    return date(round.year, 12, 31)
