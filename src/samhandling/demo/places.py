"""Where each key of the county's facts lives in the model.

A place is a path of relations from the item's record to a column, so that the program can check
that it exists and find what was loaded. A key without a place makes `samhandling coverage` fail; a
text column may hold only what is free text in the facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from samhandling.demo.load_agreements import DIRECTIONS, QUALIFIERS, STEPS
from samhandling.demo.load_followup import RATINGS
from samhandling.demo.load_organisations import KINDS, STATES
from samhandling.demo.load_work import FUNDING_STATES, LANGUAGES, NEED_KINDS, STATUSES
from samhandling.demo.loading import BASES, SECTORS


@dataclass(frozen=True)
class Place:
    """A column or relation, reached from the item's record; `path` is dotted.

    Args: free_text: the key is free text, so a text column may hold it.
    codes: value of the facts → what is stored for it, or several that may be.
    only: narrows rows on the way: path → value.
    counts: the key's number is how many there are at the end of the path.
    compare: whether the value itself is looked for, or only that something is there.
    """

    path: str
    free_text: bool = False
    codes: Mapping[Any, Any] | None = None
    only: Mapping[str, Any] = field(default_factory=dict)
    counts: bool = False
    compare: bool = True


Places = Mapping[str, tuple[Place, ...]]


def at(*paths: str, **more: Any) -> tuple[Place, ...]:
    """Structured places of one key; what is found in all of them is put together."""
    return tuple(Place(path, **more) for path in paths)


def text(*paths: str, **more: Any) -> tuple[Place, ...]:
    """Places of free text."""
    return tuple(Place(path, free_text=True, **more) for path in paths)


SOURCE = at("citations.source.key")
BODY = "actor.collaborationbody"
REPORT = f"{BODY}.reports"
ORG = "actor.organisation"


def _listed(thing: str, title: str = "text") -> Places:
    """The keys of an item whose text (or other `title`) is the name of its record."""
    return {
        "id": at(f"{thing}.record.source_key"),
        title: text(f"{thing}.record.title"),
        "source": SOURCE,
    }


def _not_an_initiative(thing: str, keys: Places) -> Places:
    """The keys of an item of the list of initiatives that is something else."""
    named = {**_listed(thing, "title_sv"), "gloss_en": text(f"{thing}.record.title_en")}
    return {**named, **keys}


def _statement(kind: str) -> tuple[Place, ...]:
    return text(f"{REPORT}.statements.text", only={f"{REPORT}.statements.kind": kind})


def _clause(kind: str) -> tuple[Place, ...]:
    return text("agreement.clauses.record.title", only={"agreement.clauses.kind": kind})


def _basis_of(column: str) -> tuple[Place, ...]:
    return at("bases.basis", codes=BASES, only={"bases.field": column})


META: Places = {
    "language": at("citations.source.language"),
    "reporting_period": at("followupround.period", compare=False),
    "reporting_period.label": at("followupround.period_wording"),
    "reporting_period.from": at("followupround.period_earliest", compare=False),
    "reporting_period.to": at("followupround.period_latest", compare=False),
    "reporting_period.source": SOURCE,
    "reporting_period.ref": at("citations.passage"),
    "ambiguities": at("open_questions", compare=False),
    "ambiguities.id": at("openquestion.record.source_key"),
    "ambiguities.text": text("openquestion.record.title"),
    "ambiguities.source": SOURCE,
}

AGREEMENTS: Places = {
    **_listed("agreement", "name"),
    "short": at("agreement.short_name"),
    "adopted": at("agreement.adopted"),
    "adopted_at": at("agreement.adopted_at"),
    "valid_from": at("agreement.valid_from"),
    "valid_to": at("agreement.valid_until"),
    "decided_by": at("agreement.decided_by"),
    "ordered_by": at("agreement.ordered_by"),
    "commissioned_by": at("agreement.ordered_by"),
    "coordinated_by": at("agreement.coordinated_by"),
    "followed_up_by": at("agreement.followed_up_by"),
    "purpose": text("agreement.purpose"),
    "purpose_basis": _basis_of("purpose"),
    "goal": text("agreement.goals.record.title"),
    "goal_basis": at(
        "agreement.goals.record.bases.basis",
        codes=BASES,
        only={"agreement.goals.record.bases.field": "title"},
    ),
    "focus": text("agreement.focus"),
    "rationale": _clause("RATIONALE"),
    "risk_note": _clause("RISK_NOTE"),
    "level_of_work": _clause("LEVEL_OF_WORK"),
    "autonomy_rule": _clause("AUTONOMY"),
    "adaptation_rule": _clause("ADAPTATION"),
    "reporting": _clause("REPORTING"),
    "focus_areas": at("agreement.focus_areas", compare=False),
    "focus_areas.id": at("focusarea.record.source_key"),
    "focus_areas.name": text("focusarea.record.title"),
    "focus_areas.note": text("focusarea.note"),
    "focus_areas.responsible_network": at("focusarea.responsibilities.body"),
    "target_groups": at("agreement.target_groups", compare=False),
    "target_groups.id": at("targetgroup.record.source_key"),
    "target_groups.name": text("targetgroup.record.title"),
    "target_groups.primary": at("targetgroup.is_primary"),
    "target_groups.qualifier": at("targetgroup.qualifier", codes=QUALIFIERS),
    "target_groups.definition": at("targetgroup.definition"),
    "target_groups.included_by_definition": at("targetgroup.included_by_definition"),
    "relation_to_other_strategies": at("agreement.strategy_relations", compare=False),
    "relation_to_other_strategies.strategy": at(
        "agreement.strategy_relations.document.name", compare=False
    ),
    "relation_to_other_strategies.relation": text("agreement.strategy_relations.text"),
    "relation_to_other_strategies.part": at("agreement.strategy_relations.part"),
    "excluded_scope": at("agreement.scope_boundaries", compare=False),
    "excluded_scope.text": text(
        "agreement.scope_boundaries.record.title",
        only={"agreement.scope_boundaries.is_excluded": True},
    ),
    "excluded_scope.proposal": text("agreement.scope_boundaries.proposal"),
    "annex": at("agreement.plans", compare=False),
    "annex.plan": at("agreement.plans"),
    "annex.kind": at("agreement.plans.kind", codes={"bilaga": "ANNEX"}),
    "annex.describes": text("agreement.plans.describes"),
    "annex.content_available": at("agreement.plans.content_available"),
    "action_plan": at("agreement.plans", compare=False),
    "action_plan.plan": at("agreement.plans"),
    "action_plan.handed_to_networks": at(
        "agreement.network_assignments",
        only={"agreement.network_assignments.is_counted": True},
        counts=True,
    ),
    "parties_named": at("agreement.parties_state", codes={False: "UNKNOWN"}),
    "signed": at("agreement.signatures_state", codes={None: "UNKNOWN"}),
    "possible_extension": text("agreement.successions.reason"),
}

PLANS: Places = {
    **_listed("collaborationplan", "name"),
    "kind": at("collaborationplan.kind", codes={"intern överenskommelse": "INTERNAL_AGREEMENT"}),
    "agreement": at("collaborationplan.agreement"),
    "owner": at("collaborationplan.owner"),
    "network": at("collaborationplan.network"),
    "area": at("collaborationplan.focus_area"),
    "about": at("collaborationplan.regulates"),
    "adopted": at("collaborationplan.adopted"),
    "living_document": at("collaborationplan.is_living"),
    "note": text("collaborationplan.note"),
}

BODIES: Places = {
    **_listed("actor", "name"),
    "kind": at(f"{BODY}.kind", codes=KINDS),
    "status": at(f"{BODY}.state", codes=STATES),
    "description": text(f"{BODY}.description"),
    "strength": text(f"{BODY}.strength"),
    "chair": at(f"{BODY}.seats.function", only={f"{BODY}.seats.role": "CHAIR"}),
    "members": at(f"{BODY}.seats.actor"),
    "member_level": at(f"{BODY}.seat_level"),
    "member_note": text(f"{BODY}.members_note"),
    "roles": text("actor.roles.text", compare=False),
    "roles.text": text("actor.roles.text"),
    "roles.source": at("actor.roles.source.key"),
    "proposed_roles": text("actor.roles.text", only={"actor.roles.state": "PROPOSED"}),
    "priorities": at(f"{BODY}.priorities"),
    "reports_to": at(f"{BODY}.reports_to"),
    "reporting_frequency": at(f"{BODY}.reporting_frequency"),
    "assigned_by": at(f"{BODY}.assigned_by"),
    "network": at(f"{BODY}.part_of"),
    "started": at(f"{BODY}.started"),
    "first_meeting": at(f"{BODY}.first_meeting"),
    "inactive_since": at(
        f"{BODY}.lifecycle.when", only={f"{BODY}.lifecycle.kind": "BECAME_DORMANT"}
    ),
    "successor": at(f"{BODY}.successor_state", codes={None: "NONE"}),
    "gap": text(f"{BODY}.left_gaps.cause"),
}

ORGANISATIONS: Places = {
    **_listed("actor", "name"),
    "kind": at("actor.sector", codes=SECTORS),
    "kind_basis": _basis_of("sector"),
    "basis": _basis_of("title"),
    "subtype": at(f"{ORG}.subtype"),
    "roles": text("actor.roles.text"),
    "note": text("actor.note"),
    "collective": at("actor.actor_kind", codes={True: ("SET", "CATEGORY")}),
    "quantity": at("actor.actorset.stated_count"),
    "contact": at("actor", compare=False),
    "contact.visit": at(f"{ORG}.visiting_address"),
    "contact.phone": at(f"{ORG}.phone"),
    "contact.web": at(f"{ORG}.web"),
    "contact.email": at(f"{ORG}.email"),
}

NETWORKS: Places = {
    **_listed("actor", "name"),
    "same_as": at("merged_into"),
    "one_of_seven": at(f"{BODY}.assignments.is_counted"),
    "in_scope": at(f"{BODY}.assignments.scope", codes={False: "OUTSIDE"}),
    "scope_note": text(f"{BODY}.assignments.scope_note"),
    "position": text(f"{BODY}.assignments.position"),
    "area": at(f"{REPORT}.focus_area"),
    "sub_area": at(f"{BODY}.responsible_for.sub_area"),
    "coordinating_authority": at(f"{BODY}.coordinating_authority"),
    "led_by": at(f"{BODY}.led_by"),
    "commissioned_by": at(f"{BODY}.assigned_by"),
    "started": at(f"{BODY}.started"),
    "possible_start": at(f"{BODY}.started"),
    "condition": text(f"{BODY}.lifecycle.condition"),
    "mandate": text(f"{BODY}.mandates.text"),
    "members": at(f"{BODY}.seats.actor"),
    "approach_to_agreement": at(f"{REPORT}.approach", compare=False),
    "approach_to_agreement.value": text(f"{REPORT}.approach_text"),
    "approach_to_agreement.basis": at(f"{REPORT}.approach_basis", codes=BASES),
    "plan_adopted": at(f"{BODY}.plans", compare=False),
    "plan_adopted.plan": at(f"{BODY}.plans"),
    "plan_adopted.date": at(f"{BODY}.plans.adopted"),
    "plan_note": _statement("PLAN"),
    "levels_used": at(f"{REPORT}.levels.level", only={f"{REPORT}.levels.is_planned": False}),
    "levels_basis": at(f"{REPORT}.levels.basis", codes=BASES),
    "levels_planned_2021": at(f"{REPORT}.levels.level", only={f"{REPORT}.levels.is_planned": True}),
    "meetings": _statement("MEETINGS"),
    "assessment": _statement("ASSESSMENT"),
    "so_assessment": _statement("ASSESSMENT"),
    "added_value": _statement("ADDED_VALUE"),
    "added_value_rating": at(f"{REPORT}.added_value", codes=RATINGS),
    "redundancy_reason": _statement("REDUNDANCY"),
    "positive_effect": _statement("POSITIVE_EFFECT"),
    "strength": _statement("STRENGTH"),
    "financing_paths": at(f"{BODY}.funding_paths.wording"),
    "challenges": at(f"{REPORT}.needs.need"),
    "plans_next_year": at(f"{REPORT}.plans.initiative"),
    "internal_agreement": text(f"{BODY}.plans.describes"),
    "lifecycle": at(f"{BODY}.state", codes=STATES),
    "closed_after": at(
        f"{BODY}.lifecycle.when", only={f"{BODY}.lifecycle.kind": "CLOSED"}, compare=False
    ),
    "closed_reason": text(f"{BODY}.lifecycle.reason"),
    "closed_decided_with": at(f"{BODY}.lifecycle.decided_with"),
    "alternative": text(f"{BODY}.lifecycle.alternative"),
    "legacy_proposal": at(f"{BODY}.lifecycle.left_behind"),
}

INITIATIVES: Places = {
    **_listed("initiative", "title_sv"),
    "gloss_en": text("initiative.record.title_en"),
    "area": at("initiative.focus_area", "initiative.focus_area.parent"),
    "network": at("initiative.network"),
    "also_reported_by": at("initiative.reports.network_report.body"),
    "owner": at("initiative.owner"),
    "owner_basis": _basis_of("owner"),
    "partners": at("initiative.actors.actor", only={"initiative.actors.role": "PARTNER"}),
    "participants": at("initiative.actors.actor", only={"initiative.actors.role": "PARTICIPANT"}),
    "commissioned_by": at(
        "initiative.actors.actor", only={"initiative.actors.role": "COMMISSIONER"}
    ),
    "cross_network": at(
        "initiative.actors.actor", only={"initiative.actors.role": "COOPERATING_NETWORK"}
    ),
    "level": at("initiative.levels.level"),
    "level_basis": at("initiative.levels.basis", codes=BASES),
    "status_2020": at(
        "initiative.status_events.status", codes={**STATUSES, None: STATUSES["beviljad"]}
    ),
    "status_inferred": at("initiative.status_events.inferred_status", codes=STATUSES),
    "status_basis": at("initiative.status_events.basis", codes=BASES),
    "postponed_to": at("initiative.status_events.postponed_to"),
    "postponement_cause": at("initiative.status_events.causes.cause.key"),
    "cause": at("initiative.causes.cause.key"),
    "dates": at("initiative.when"),
    "parent": at("initiative.parent"),
    "children": at("initiative.parts"),
    "steps": at("initiative.parts", only={"initiative.parts.part_kind": "STEP"}, counts=True),
    "funding": at("initiative.funding", compare=False),
    "funding.source": at("initiative.funding.funder", "initiative.funding.instrument"),
    "funding.instrument": at("initiative.funding.instrument"),
    "funding.granted_by": at("initiative.funding.funder"),
    "funding.granted_by_basis": at(
        "initiative.funding.record.bases.basis",
        codes=BASES,
        only={"initiative.funding.record.bases.field": "funder"},
    ),
    "funding.granted_to": at("initiative.funding.recipient"),
    "funding.status": at("initiative.funding.events.state", codes=FUNDING_STATES),
    "funding.amount": at("initiative.funding.amount_sek"),
    "target_group": text("initiative.target_group"),
    "beneficiary": text("initiative.beneficiary"),
    "purpose": text("initiative.purpose"),
    "content": text("initiative.content"),
    "scope": text("initiative.scope"),
    "note": text("initiative.summary"),
    "result": text("initiative.result"),
    "next_step": text("initiative.next_step"),
    "model": text("initiative.method"),
    "dependency": text("initiative.dependency"),
    "obstacle": text("initiative.obstacle"),
    "positive_effect": text("initiative.positive_effect"),
    "conditional": at("initiative.is_conditional"),
    "geography": at("initiative.places.name"),
    "place": at("initiative.places.kind", compare=False),
    "languages": at("initiative.languages.code", codes=LANGUAGES),
    "theme": at("initiative.need_links.need", only={"initiative.need_links.is_theme": True}),
    "need": at("initiative.need_links.need", only={"initiative.need_links.is_theme": False}),
    "follows": at("initiative.follows"),
    "same_as": at("merged_into", "merged"),
    "regulated_by": at("regulated_by", compare=False),
    "footnote": at("footnotes"),
    "links": at("recommendations", "recommendations.lesson"),
    "quantities": at("quantities", compare=False),
}

# Items of the list that are something else than an initiative, and single keys that are.
EXCEPTIONS: Mapping[str, Places] = {
    "V-rule": {"id": at("agreementclause.record.source_key")},
    "X-note": {"id": at("agreementclause.record.source_key")},
    "I-10": {
        "dates": at("initiative.actors.actor", compare=False),
        "dates.first_steering_meeting": at(
            "initiative.actors.actor.collaborationbody.first_meeting"
        ),
    },
    "I-22": {
        "quantities.kommuner_i_samverkan": at("quantities.value"),
        "quantities.kommuner_i_lanet": at("quantities.reference"),
    },
    "I-23": {
        "quantities.timmar_fore": at("quantities.reference"),
        "quantities.timmar_efter": at("quantities.value"),
    },
    "I-25": {
        "dates": at("initiative.status_events.when", compare=False),
        "dates.paused": at(
            "initiative.status_events.when", only={"initiative.status_events.status": "PAUSED"}
        ),
        "dates.resumed": at(
            "initiative.status_events.when", only={"initiative.status_events.status": "RESUMED"}
        ),
    },
    "I-30": _not_an_initiative(
        "bodylifecycleevent",
        {
            "area": at("focus_area_links.focus_area"),
            "network": at("bodylifecycleevent.body"),
            "owner": at("bodylifecycleevent.carried_out_by"),
            "partners": at("bodylifecycleevent.decided_with"),
            "status_2020": at("bodylifecycleevent.kind", codes={"avslutad": "CLOSED"}),
            "dates": at("bodylifecycleevent.when"),
            "cause": text("bodylifecycleevent.reason"),
            "quantities.kommuner_anmalda_till_hosten": at("quantities.value"),
        },
    ),
    "I-32": _not_an_initiative(
        "coveragegap",
        {
            "area": at("coveragegap.focus_area.parent"),
            "network": at("coveragegap.focus_area.responsibilities.body"),
            "handled_by": at("coveragegap.handlings.body"),
            "status_2020": at("coveragegap.handlings.extent", codes={"delvis": "PARTLY"}),
            "cause": at("coveragegap.caused_by", compare=False),
            "note": text("coveragegap.note"),
        },
    ),
    "I-33": {"next_step": at("initiative.followed_by")},
    "I-35": _not_an_initiative(
        "structureproposal",
        {
            "area": at("structureproposal.focus_area"),
            "owner": at("structureproposal.proposed_by"),
            "status_2020": at("structureproposal.state", codes={"foreslagen": "PROPOSED"}),
            "dates": at("structureproposal.proposed_on"),
            "kind": at("kind", codes={"strukturförslag": "STRUCTURE_PROPOSAL"}),
            "roles": at("structureproposal.roles.body"),
            "roles.*": text("structureproposal.roles.text"),
        },
    ),
    "I-36": _not_an_initiative(
        "liaisonseat",
        {
            "area": at("focus_area_links.focus_area"),
            "owner": at("liaisonseat.proposed_by"),
            "status_2020": at("liaisonseat.state", codes={"foreslagen": "PROPOSED"}),
            "kind": at("kind", codes={"rollförslag": "LIAISON_SEAT"}),
            "open_questions": text("open_questions.record.title"),
        },
    ),
    "I-37": {"cause": text("initiative.causes.text")},
    "I-38": {"quantities.kommuner_som_deltog": at("quantities.value")},
    "I-40": {"quantities.moten": at("quantities.value")},
    "I-41": {"quantities.moten_per_ar": at("quantities.value")},
    "I-48": {"next_step": at("initiative.followed_by")},
    "I-52": _not_an_initiative(
        "needsworkshopseries",
        {
            "area": at("kind", codes={"process": "WORKSHOP_SERIES"}),
            "owner": at("needsworkshopseries.owner"),
            "status_2020": at("needsworkshopseries.is_carried_out", codes={"genomford": True}),
            "dates": at("needsworkshopseries.when"),
            "quantities.workshoppar": at("quantities.value"),
            "themes": at("needsworkshopseries.themes.wording"),
            "participants_footnote": at("footnotes"),
            "result": text("needsworkshopseries.result"),
        },
    ),
    "I-53": _not_an_initiative(
        "followupround",
        {
            "area": at("kind", codes={"process": "ROUND"}),
            "owner": at("followupround.carried_out_by"),
            "status_2020": at("followupround.state", codes={"genomford": ("REVIEWING", "CLOSED")}),
            "next_step": text("followupround.next_step"),
        },
    ),
}

CHALLENGES: Places = {
    **_listed("need"),
    "who": at("need.subject"),
    "type": at("need.kind", codes=NEED_KINDS),
    "recurs_in": at("lesson_links.lesson"),
}
LESSONS: Places = {
    "id": at("lesson.record.source_key"),
    "number": at("lesson.number"),
    "positive": text("lesson.points.text", only={"lesson.points.sign": "PLUS"}),
    "negative": text("lesson.points.text", only={"lesson.points.sign": "MINUS"}),
    "arguments": text("lesson.points.text", only={"lesson.points.sign": "ARGUMENT"}),
    "evidence": at("lesson.evidence_links.record"),
    "leads_to": at("lesson.recommendations"),
    "good_example": text("lesson.good_example"),
    "source": SOURCE,
}
RECOMMENDATIONS: Places = {
    **_listed("recommendation"),
    "number": at("recommendation.number"),
    "applies_to": at("recommendation.applies_to"),
    "lesson": at("recommendation.lesson"),
    "adopted_in": at("recommendation.adopted_in"),
    "origin": at("recommendation.origin"),
    "status": at("recommendation.responses.answer"),
}

SECTIONS: Mapping[str, Places] = {
    "meta": META,
    "agreements": AGREEMENTS,
    "plans": PLANS,
    "bodies": BODIES,
    "organisations": ORGANISATIONS,
    "networks": NETWORKS,
    "network_approaches": {
        **_listed("approachfinding"),
        "share": at("approachfinding.share"),
        "rule": at("approachfinding.is_rule"),
    },
    "initiatives": INITIATIVES,
    "challenges": CHALLENGES,
    "joint_activities": _listed("jointactivity"),
    "commitments": _listed("commitment"),
    "prerequisites": _listed("agreementclause"),
    "lessons": LESSONS,
    "recommendations": RECOMMENDATIONS,
    "definitions": {
        **_listed("definition", "term"),
        "text": text("definition.text"),
        "duration_years": at("definition.years_min", "definition.years_max"),
        "umbrella": at("definition.is_umbrella"),
    },
    "levels": {
        **_listed("collaborationlevel", "name"),
        "text": text("agreementclause.record.title"),
        "order": at("collaborationlevel.order"),
        "label": at("collaborationlevel.label"),
    },
    "area_criteria": {
        **_listed("areacriterion", "indicator"),
        "text": text("agreementclause.record.title"),
        "direction": at("areacriterion.direction", codes=DIRECTIONS),
    },
    "governance_model": {
        **_listed("governancelink"),
        "step": at("governancelink.step", codes=STEPS),
        "body": at("governancelink.body"),
    },
    "method": {**_listed("methodnote"), "informants": at("methodnote.informants")},
    "scope_boundaries": _listed("scopeboundary"),
    "report_structure": {
        "heading": at("citations.passage", compare=False),
        "page": at("citations.passage", compare=False),
        "children": at("citations.passage", compare=False),
        "numbered": at("report.round.lessons", counts=True),
        "count": at("report.round.record.quantities.value"),
        "per_network_block": at("report.outline", compare=False),
        "note": at("citations.passage"),
    },
    "agreement_structure": {
        "": text("agreement.clauses.record.title", only={"agreement.clauses.kind": "HEADING"}),
    },
    "footnotes": {
        **_listed("footnote"),
        "link": at("footnote.url"),
        "about": at("footnote.about"),
    },
    "quantities": {
        **_listed("quantity", "unit"),
        "value": at("quantity.value", "quantity.reference"),
        "about": at("quantity.about"),
    },
    "dates": {
        **_listed("milestone", "event"),
        "date": at("milestone.when"),
        "precision": at("milestone.when_precision", codes={"termin": ("OPEN", "TERM")}),
    },
}

# Whose record stands for items that have no id of their own.
ANCHORS = {"meta": "I-53", "report_structure": "REPORT-2020", "agreement_structure": "A-HTL"}
