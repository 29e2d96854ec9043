"""The door through which agreements and all they list are written.

Everything here is governance: only the process leader and the system itself may write it
(`core.access`, EDIT_GOVERNANCE). Texts are our own words, never the adopted wording.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import transaction

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
    RecordFocusArea,
    ScopeBoundary,
    SteeringDocument,
    StrategyRelation,
    StructureProposal,
    StructureProposalRole,
    TargetGroup,
)
from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author, write_event
from samhandling.apps.organisations.models import Actor, CollaborationBody
from samhandling.apps.organisations.permissions import check
from samhandling.apps.records.models import Record, Recorded
from samhandling.apps.records.services import lock_record, register
from samhandling.core.access import Operation

T = TypeVar("T", bound=Recorded)


@transaction.atomic
def create_agreement(*, name: str, slug: str, by: Author, **fields: Any) -> Agreement:
    """Write down an agreement; any of its fields may stay unknown. Queries: 8."""
    check(by, Operation.EDIT_GOVERNANCE)
    return register(
        Agreement,
        title=name,
        by=by,
        search_text=" ".join(fields.get(part, "") for part in ("short_name", "purpose", "focus")),
        slug=slug,
        **fields,
    )


@transaction.atomic
def set_approval_wanted(*, agreement: Agreement, wanted: bool, reason: str, by: Author) -> None:
    """Say whether what is to be shared within an agreement is submitted and approved first.

    What is shared stays shared, and what is submitted can still be returned or approved.
    Raises NotAllowed.
    """
    check(by, Operation.EDIT_GOVERNANCE, agreement_id=agreement.pk)
    lock_record(agreement.record)
    agreement.refresh_from_db(fields=["wants_approval"])
    if agreement.wants_approval == wanted:
        return
    words = {True: "YES", False: "NO"}
    agreement.wants_approval = wanted
    agreement.save(update_fields=["wants_approval"])
    write_event(
        by=by,
        verb=Verb.CHANGED,
        record_uid=agreement.uid,
        record_kind=agreement.record_kind,
        scope_uid=agreement.uid,
        changes={"wants_approval": (words[not wanted], words[wanted])},
        reason=reason,
    )


def _create(model: type[T], agreement: Agreement, title: str, by: Author, **fields: Any) -> T:
    check(by, Operation.EDIT_GOVERNANCE, agreement_id=agreement.pk)
    return register(
        model, title=title, by=by, scope_uid=agreement.uid, agreement=agreement, **fields
    )


def create_goal(*, agreement: Agreement, wording: str, by: Author, **fields: Any) -> Goal:
    """Write down a goal of an agreement."""
    return _create(Goal, agreement, wording, by, **fields)


def create_clause(
    *, agreement: Agreement, kind: str, text: str, by: Author, **fields: Any
) -> AgreementClause:
    """Write down a passage of an agreement in our own words, or a heading of it."""
    return _create(AgreementClause, agreement, text, by, kind=kind, **fields)


def create_focus_area(
    *, agreement: Agreement, name: str, code: str, by: Author, **fields: Any
) -> FocusArea:
    """Write down a focus area, or a sub-area of `parent`."""
    return _create(FocusArea, agreement, name, by, code=code, **fields)


def create_target_group(
    *, agreement: Agreement, name: str, by: Author, **fields: Any
) -> TargetGroup:
    """Write down whom an agreement is for."""
    return _create(TargetGroup, agreement, name, by, **fields)


def create_definition(
    *, agreement: Agreement, term: str, text: str, by: Author, **fields: Any
) -> Definition:
    """Write down what a word means in an agreement."""
    return _create(Definition, agreement, term, by, text=text, search_text=text, **fields)


def create_scope_boundary(
    *, agreement: Agreement, text: str, by: Author, **fields: Any
) -> ScopeBoundary:
    """Write down what lies inside or outside an agreement or a follow-up of it."""
    return _create(ScopeBoundary, agreement, text, by, **fields)


def create_level(
    *, agreement: Agreement, key: str, name: str, by: Author, **fields: Any
) -> CollaborationLevel:
    """Write down a level of cooperation; the order is for display, never for rank."""
    return _create(CollaborationLevel, agreement, name, by, key=key, **fields)


def create_commitment(*, agreement: Agreement, text: str, by: Author, **fields: Any) -> Commitment:
    """Write down what the parties promise."""
    return _create(Commitment, agreement, text, by, **fields)


def create_joint_activity(
    *, agreement: Agreement, text: str, by: Author, **fields: Any
) -> JointActivity:
    """Write down a way of working together that an agreement lists."""
    return _create(JointActivity, agreement, text, by, **fields)


def create_area_criterion(
    *, agreement: Agreement, indicator: str, direction: str, by: Author, **fields: Any
) -> AreaCriterion:
    """Write down an indicator that defines a vulnerable area."""
    return _create(AreaCriterion, agreement, indicator, by, direction=direction, **fields)


def create_governance_link(
    *,
    agreement: Agreement,
    text: str,
    step: str,
    body: CollaborationBody,
    by: Author,
    **fields: Any,
) -> GovernanceLink:
    """Write down a link of the chain decide, coordinate, carry out."""
    return _create(GovernanceLink, agreement, text, by, step=step, body=body, **fields)


@transaction.atomic
def create_plan(*, name: str, kind: str, by: Author, **fields: Any) -> CollaborationPlan:
    """Write down a plan of an agreement or a network."""
    agreement, owner, network = (fields.get(name) for name in ("agreement", "owner", "network"))
    check(
        by,
        Operation.EDIT_GOVERNANCE,
        agreement_id=agreement and agreement.pk,
        owner_id=owner and owner.pk,
        body_id=network and network.pk,
    )
    agreement = fields.get("agreement")
    return register(
        CollaborationPlan,
        title=name,
        by=by,
        scope_uid=agreement.uid if agreement else "",
        kind=kind,
        **fields,
    )


@transaction.atomic
def relate_to_strategy(
    *,
    agreement: Agreement,
    document: str,
    kind: str,
    by: Author,
    short_name: str = "",
    text: str = "",
    part: str = "",
) -> StrategyRelation:
    """Say how an agreement relates to a steering document, named by its title."""
    check(by, Operation.EDIT_GOVERNANCE, agreement_id=agreement.pk)
    named, _is_new = SteeringDocument.objects.get_or_create(
        name=document, defaults={"short_name": short_name}
    )
    relation = StrategyRelation.objects.create(
        agreement=agreement, document=named, kind=kind, text=text, part=part
    )
    _log(agreement, by, "strategy_relations", document)
    return relation


@transaction.atomic
def note_succession(
    *, agreement: Agreement, kind: str, state: str, reason: str, by: Author, **fields: Any
) -> AgreementLineage:
    """Say what comes, or may come, after an agreement."""
    check(by, Operation.EDIT_GOVERNANCE, agreement_id=agreement.pk)
    succession = AgreementLineage.objects.create(
        earlier=agreement, kind=kind, state=state, reason=reason, **fields
    )
    _log(agreement, by, "successions", reason)
    return succession


@transaction.atomic
def assign_network(
    *, agreement: Agreement, body: CollaborationBody, by: Author, **fields: Any
) -> NetworkAssignment:
    """Say how a body stands to an agreement: handed its plan, counted, or outside it."""
    check(by, Operation.EDIT_GOVERNANCE, agreement_id=agreement.pk)
    assignment = NetworkAssignment.objects.create(agreement=agreement, body=body, **fields)
    _log(agreement, by, "network_assignments", body.title)
    return assignment


@transaction.atomic
def give_area_responsibility(
    *,
    focus_area: FocusArea,
    body: CollaborationBody,
    by: Author,
    sub_area: FocusArea | None = None,
    **fields: Any,
) -> AreaResponsibility:
    """Say that a body answers for a focus area, or for a sub-area of it."""
    check(by, Operation.EDIT_GOVERNANCE, agreement_id=focus_area.agreement_id)
    responsibility = AreaResponsibility.objects.create(
        focus_area=focus_area, body=body, sub_area=sub_area, **fields
    )
    _log(focus_area.agreement, by, "responsibilities", body.title)
    return responsibility


@transaction.atomic
def record_coverage_gap(
    *,
    focus_area: FocusArea,
    title: str,
    by: Author,
    handled_by: Iterable[tuple[CollaborationBody, str]] = (),
    **fields: Any,
) -> CoverageGap:
    """Write down questions that no body answers for.

    Args: handled_by: where they are dealt with meanwhile, [(body, extent)].
    """
    check(by, Operation.EDIT_GOVERNANCE, agreement_id=focus_area.agreement_id)
    gap = register(
        CoverageGap,
        title=title,
        by=by,
        scope_uid=focus_area.agreement.uid,
        search_text=fields.get("note", ""),
        focus_area=focus_area,
        **fields,
    )
    CoverageGapHandling.objects.bulk_create(
        CoverageGapHandling(gap=gap, body=body, extent=extent) for body, extent in handled_by
    )
    return gap


@transaction.atomic
def propose_structure(
    *,
    focus_area: FocusArea,
    title: str,
    by: Author,
    roles: Iterable[tuple[CollaborationBody, str]] = (),
    **fields: Any,
) -> StructureProposal:
    """Write down a proposal of who should do what. Args: roles: [(body, what it would do)]."""
    check(by, Operation.EDIT_GOVERNANCE, agreement_id=focus_area.agreement_id)
    rows = list(roles)
    proposal = register(
        StructureProposal,
        title=title,
        by=by,
        scope_uid=focus_area.agreement.uid,
        search_text=" ".join(text for _body, text in rows),
        focus_area=focus_area,
        **fields,
    )
    StructureProposalRole.objects.bulk_create(
        StructureProposalRole(proposal=proposal, body=body, text=text, order=order)
        for order, (body, text) in enumerate(rows, 1)
    )
    return proposal


@transaction.atomic
def link_to_focus_area(
    *,
    record: Record,
    focus_area: FocusArea,
    by: Author,
    body: Actor | None = None,
    basis: str = "STATED",
) -> RecordFocusArea:
    """Say that a record without a focus area of its own concerns one. Safe to repeat."""
    check(by, Operation.EDIT_GOVERNANCE, agreement_id=focus_area.agreement_id)
    return RecordFocusArea.objects.get_or_create(
        record=record, focus_area=focus_area, defaults={"body": body, "basis": basis}
    )[0]


def _log(agreement: Agreement, by: Author, field: str, after: object) -> None:
    write_event(
        by=by,
        verb=Verb.ADDED,
        record_uid=agreement.uid,
        record_kind=agreement.record_kind,
        scope_uid=agreement.uid,
        changes={field: ("", after)},
    )
