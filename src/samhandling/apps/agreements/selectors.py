"""Reads of an agreement and all that it holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from samhandling.apps.agreements.models import (
    Agreement,
    AgreementClause,
    AgreementLineage,
    AreaCriterion,
    AreaResponsibility,
    CollaborationLevel,
    CollaborationPlan,
    Commitment,
    CoverageGap,
    CoverageGapHandling,
    Definition,
    FocusArea,
    Goal,
    GovernanceLink,
    JointActivity,
    NetworkAssignment,
    Party,
    ScopeBoundary,
    StrategyRelation,
    StructureProposal,
    StructureProposalRole,
    TargetGroup,
)
from samhandling.apps.records.fields import earliest_first
from samhandling.apps.records.models import Recorded


@dataclass(frozen=True, slots=True)
class AgreementContents:
    """All that an agreement holds, live rows only, each list in its own order."""

    agreement: Agreement
    goals: list[Goal]
    clauses: list[AgreementClause]
    areas: list[FocusArea]
    target_groups: list[TargetGroup]
    scope: list[ScopeBoundary]
    definitions: list[Definition]
    relations: list[StrategyRelation]
    activities: list[JointActivity]
    commitments: list[Commitment]
    criteria: list[AreaCriterion]
    governance: list[GovernanceLink]
    plans: list[CollaborationPlan]
    levels: list[CollaborationLevel]
    parties: list[Party]
    assignments: list[NetworkAssignment]
    gaps: list[CoverageGap]
    proposals: list[StructureProposal]
    later: list[AgreementLineage]
    earlier: list[AgreementLineage]

    @property
    def record_ids(self) -> list[int]:
        """The records of the agreement and of all that it holds, sub-areas too."""
        lists: Iterable[list[Any]] = (
            self.goals, self.clauses, self.areas, self.target_groups, self.scope,
            self.definitions, self.activities, self.commitments, self.criteria, self.governance,
            self.plans, self.levels, self.gaps, self.proposals,
        )  # fmt: skip
        things: Iterable[Recorded] = chain([self.agreement], *lists)
        subs = [sub.pk for area in self.areas for sub in area.sub_areas.all()]
        return [*(thing.pk for thing in things), *subs]


def agreements_listed() -> QuerySet[Agreement]:
    """Live agreements with who decided them and their main areas. Queries: 2."""
    areas = FocusArea.objects.live().with_record().filter(parent__isnull=True)
    return (
        Agreement.objects.live()
        .select_related("record", "decided_by__record", "coordinated_by__record")
        .prefetch_related(Prefetch("focus_areas", queryset=areas, to_attr="main_areas"))
        .order_by(*earliest_first("adopted"), "pk")
    )


def agreement_with_offices() -> QuerySet[Agreement]:
    """Live agreements with who decided, ordered, coordinates, prioritises and follows up."""
    return Agreement.objects.live().select_related(
        "record",
        "decided_by__record",
        "ordered_by__record",
        "coordinated_by__record",
        "followed_up_by__record",
        "prioritised_by__record",
    )


def contents_of(agreement: Agreement) -> AgreementContents:
    """Everything an agreement holds. Queries: 23, however much there is."""
    own = {"agreement": agreement}
    return AgreementContents(
        agreement=agreement,
        goals=_rows(Goal, own),
        clauses=_rows(AgreementClause, own),
        areas=list(areas_of(agreement)),
        target_groups=_rows(TargetGroup, own, "definition__record"),
        scope=_rows(ScopeBoundary, own, "concerns"),
        definitions=_rows(Definition, own),
        relations=list(StrategyRelation.objects.filter(**own).select_related("document")),
        activities=_rows(JointActivity, own),
        commitments=_rows(Commitment, own),
        criteria=_rows(AreaCriterion, own),
        governance=_rows(GovernanceLink, own, "body__record"),
        plans=list(plans_shown().filter(**own)),
        levels=_rows(CollaborationLevel, own),
        parties=list(
            Party.objects.filter(**own)
            .select_related("actor__record", "represented_by__record")
            .order_by("actor__record__title")
        ),
        assignments=list(
            NetworkAssignment.objects.filter(
                **own,
                body__record__merged_into__isnull=True,
                body__record__withdrawn_at__isnull=True,
            ).select_related("body__record")
        ),
        gaps=list(gaps_shown().filter(focus_area__agreement=agreement)),
        proposals=list(proposals_shown().filter(focus_area__agreement=agreement)),
        later=list(
            AgreementLineage.objects.filter(earlier=agreement).select_related("later__record")
        ),
        earlier=list(
            AgreementLineage.objects.filter(later=agreement).select_related("earlier__record")
        ),
    )


def _rows(model: type[Any], own: dict[str, Any], *related: str) -> list[Any]:
    return list(model.objects.live().filter(**own).select_related("record", *related))


def areas_of(agreement: Agreement) -> QuerySet[FocusArea]:
    """The main areas of an agreement, each with sub-areas and responsible bodies. Queries: 3."""
    answering = responsibilities_shown()
    return (
        FocusArea.objects.live()
        .with_record()
        .filter(agreement=agreement, parent__isnull=True)
        .prefetch_related(
            Prefetch("sub_areas", queryset=FocusArea.objects.live().with_record()),
            Prefetch("responsibilities", queryset=answering),
        )
    )


def responsibilities_shown() -> QuerySet[AreaResponsibility]:
    """Who answers for what, with names; bodies that were merged away are left out."""
    return AreaResponsibility.objects.filter(
        body__record__merged_into__isnull=True, body__record__withdrawn_at__isnull=True
    ).select_related(
        "body__record", "focus_area__record", "focus_area__agreement", "sub_area__record"
    )


def plans_shown() -> QuerySet[CollaborationPlan]:
    """Live plans with whose they are, the earliest adopted first and the undated last."""
    return (
        CollaborationPlan.objects.live()
        .select_related(
            "record",
            "agreement__record",
            "owner__record",
            "network__record",
            "focus_area__record",
            "regulates",
        )
        .order_by(*earliest_first("adopted"), "pk")
    )


def gaps_shown() -> QuerySet[CoverageGap]:
    """Live coverage gaps with what caused them and where they are handled meanwhile. Queries: 2."""
    handled = CoverageGapHandling.objects.select_related("body__record")
    return (
        CoverageGap.objects.live()
        .select_related(
            "record", "focus_area__record", "focus_area__agreement", "caused_by__record"
        )
        .prefetch_related(Prefetch("handlings", queryset=handled))
        .order_by(*earliest_first("since"), "pk")
    )


def proposals_shown() -> QuerySet[StructureProposal]:
    """Live structure proposals with the roles they give each body. Queries: 2."""
    roles = StructureProposalRole.objects.select_related("body__record")
    return (
        StructureProposal.objects.live()
        .select_related("record", "focus_area__record", "proposed_by__record")
        .prefetch_related(Prefetch("roles", queryset=roles))
        .order_by(*earliest_first("proposed_on"), "pk")
    )


def areas_answered_for(body_ids: Iterable[int]) -> dict[int, list[AreaResponsibility]]:
    """What each body answers for, in the order of the areas. Queries: 1."""
    found: dict[int, list[AreaResponsibility]] = {}
    rows = responsibilities_shown().filter(body_id__in=list(body_ids))
    for row in rows.order_by("focus_area__agreement", "focus_area__order", "order", "pk"):
        found.setdefault(row.body_id, []).append(row)
    return found


def plans_of_body(body_id: int) -> list[CollaborationPlan]:
    """The plans that a body has as network or as owner. Queries: 1."""
    return list(plans_shown().filter(Q(network_id=body_id) | Q(owner_id=body_id)))
