"""The agreement as an object, split by subject."""

from samhandling.apps.agreements.models.agreement import (
    Agreement,
    AgreementClause,
    AgreementLineage,
    Goal,
    Party,
    SteeringDocument,
    StrategyRelation,
)
from samhandling.apps.agreements.models.areas import (
    AreaResponsibility,
    CoverageGap,
    CoverageGapHandling,
    FocusArea,
    NetworkAssignment,
    RecordFocusArea,
)
from samhandling.apps.agreements.models.content import (
    AreaCriterion,
    CollaborationLevel,
    Commitment,
    Definition,
    GovernanceLink,
    JointActivity,
    ScopeBoundary,
    TargetGroup,
)
from samhandling.apps.agreements.models.plans import (
    CollaborationPlan,
    StructureProposal,
    StructureProposalRole,
)

__all__ = [
    "Agreement",
    "AgreementClause",
    "AgreementLineage",
    "AreaCriterion",
    "AreaResponsibility",
    "CollaborationLevel",
    "CollaborationPlan",
    "Commitment",
    "CoverageGap",
    "CoverageGapHandling",
    "Definition",
    "FocusArea",
    "Goal",
    "GovernanceLink",
    "JointActivity",
    "NetworkAssignment",
    "Party",
    "RecordFocusArea",
    "ScopeBoundary",
    "SteeringDocument",
    "StrategyRelation",
    "StructureProposal",
    "StructureProposalRole",
    "TargetGroup",
]
