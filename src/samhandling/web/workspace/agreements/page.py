"""What the agreements' pages show, gathered from the selectors."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samhandling.apps.agreements.models import (
    Agreement,
    AgreementClause,
    FocusArea,
    StructureProposal,
)
from samhandling.apps.agreements.selectors import (
    AgreementContents,
    agreements_listed,
    contents_of,
)
from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives.listing import InitiativeFilter, counted
from samhandling.apps.initiatives.visibility import hide_unseen, visible_records
from samhandling.apps.organisations.models import ActorRole, CollaborationBody
from samhandling.apps.records.details import details_of
from samhandling.apps.records.fields import earliest_first
from samhandling.apps.records.models import Milestone
from samhandling.apps.situation.models import NeedsWorkshopSeries
from samhandling.core.partial_date import Truth, in_force
from samhandling.web.workspace.initiatives.filters import list_url


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page: its anchor, heading and template."""

    anchor: str
    heading: Promise
    template: str


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement in the list, with whether it holds on the day."""

    agreement: Agreement
    holds: Truth


@dataclass(frozen=True, slots=True)
class AreaCount:
    """A focus area with the number of its initiatives and the address that lists them."""

    area: FocusArea
    initiatives: int
    url: str


@dataclass(frozen=True, slots=True)
class ProposedBody:
    """What a structure proposal gives a body to do, beside what it does today."""

    body: CollaborationBody
    proposed: list[str]
    today: list[str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A structure proposal, body by body."""

    proposal: StructureProposal
    bodies: list[ProposedBody]


def holds_on(agreement: Agreement, day: date) -> Truth:
    """Is the agreement in force on `day`? Unknown where its period is."""
    return in_force(agreement.valid_from, agreement.valid_until, day)


def lines(readable: list[Agreement], today: date) -> list[AgreementLine]:
    """Those agreements with whether each holds today. Queries: 2."""
    keys = {row.pk for row in readable}
    rows = (row for row in agreements_listed() if row.pk in keys)
    return [AgreementLine(row, holds_on(row, today)) for row in rows]


def milestones_of_the_county(by: Author) -> list[Milestone]:
    """The county's line of time; what concerns a draft that `by` may not see is left out."""
    found = list(
        Milestone.objects.live()
        .select_related("record", "about")
        .order_by(*earliest_first("when"), "pk")
    )
    return _seen(found, by)


def context(agreement: Agreement, by: Author, today: date) -> dict[str, Any]:
    """All that the page of one agreement shows. Queries: about 45, however much it holds."""
    held = contents_of(agreement)
    hide_unseen(held.plans, "regulates", by)
    hide_unseen(held.scope, "concerns", by)
    workshops = list(
        NeedsWorkshopSeries.objects.live()
        .filter(agreement=agreement)
        .select_related("record", "owner__record")
        .prefetch_related("themes__focus_area__record", "participants__record")
    )
    ids = [*held.record_ids, *(series.pk for series in workshops)]
    details = details_of(ids)
    milestones = _milestones(held, ids, by)
    placed = {AgreementClause.Kind.LEVEL_RULE, AgreementClause.Kind.CRITERIA_NOTE}
    tree = _tree([clause for clause in held.clauses if clause.kind not in placed])
    shown: dict[str, Any] = {
        "agreement": agreement,
        "holds": holds_on(agreement, today),
        "held": held,
        "details": details,
        "overall_goals": [goal for goal in held.goals if goal.is_overall],
        "other_goals": [goal for goal in held.goals if not goal.is_overall],
        "clauses": [pair for pair in tree if pair[0].kind != AgreementClause.Kind.HEADING],
        "headings": [pair for pair in tree if pair[0].kind == AgreementClause.Kind.HEADING],
        "areas": _counts(agreement, held.areas, by),
        "level_rules": [row for row in held.clauses if row.kind == "LEVEL_RULE"],
        "criteria_notes": [row for row in held.clauses if row.kind == "CRITERIA_NOTE"],
        "total": counted(agreement, InitiativeFilter(), by).total,
        "total_url": list_url(agreement),
        "inside": [row for row in held.scope if not row.is_excluded],
        "outside": [row for row in held.scope if row.is_excluded],
        "unclear_relations": [row for row in held.relations if row.kind == "UNCLEAR"],
        "below": [row for row in held.criteria if row.direction == "BELOW"],
        "above": [row for row in held.criteria if row.direction == "ABOVE"],
        "proposals": _proposals(held.proposals),
        "workshops": workshops,
        "milestones": milestones,
    }
    return {**shown, "sections": _sections(shown)}


def _sections(shown: dict[str, Any]) -> list[Section]:
    """The parts that have something to say; what may be unknown always has."""
    held: AgreementContents = shown["held"]
    together = held.activities or held.commitments
    parts = (
        ("syfte", _("Syfte och mål"), "purpose", True),
        ("giltighet", _("Giltighet och beslut"), "period", True),
        ("omraden", _("Områden och ansvar"), "areas", True),
        ("for-vem", _("Målgrupper och avgränsning"), "target", held.target_groups or held.scope),
        ("styrning", _("Styrning"), "governance", held.governance or held.assignments),
        ("parter", _("Parter"), "parties", True),
        ("nivaer", _("Samverkansnivåer"), "levels", held.levels),
        ("gemensamt", _("Aktiviteter och åtaganden"), "together", together),
        ("innehall", _("Vad den säger i övrigt"), "clauses", shown["clauses"] or shown["headings"]),
        ("kriterier", _("Områdeskriterier"), "criteria", held.criteria),
        ("strategier", _("Andra strategier"), "relations", held.relations),
        ("begrepp", _("Begrepp"), "definitions", held.definitions),
        ("planer", _("Planer"), "plans", True),
        ("luckor", _("Luckor och förslag"), "gaps", held.gaps or held.proposals),
        ("vagen-hit", _("Vägen hit"), "timeline", shown["workshops"] or shown["milestones"]),
        ("framat", _("Föregångare och fortsättning"), "lineage", True),
        ("kallor", _("Noter och källor"), "notes", True),
    )
    return [
        Section(anchor, heading, f"workspace/agreements/_{name}.html")
        for anchor, heading, name, has_something in parts
        if has_something
    ]


def _tree(clauses: list[AgreementClause]) -> list[tuple[AgreementClause, list[AgreementClause]]]:
    """Top clauses, each with those below it."""
    below: dict[int | None, list[AgreementClause]] = defaultdict(list)
    for clause in clauses:
        below[clause.parent_id].append(clause)
    return [(clause, below[clause.pk]) for clause in below[None]]


def _counts(agreement: Agreement, areas: list[FocusArea], by: Author) -> list[AreaCount]:
    """Counts are kept by the list itself, so that a number and its rows are the same."""
    return [
        AreaCount(
            area,
            counted(agreement, InitiativeFilter(areas=(area.code,)), by).total,
            list_url(agreement, omrade=area.code),
        )
        for area in areas
    ]


def _proposals(proposals: list[StructureProposal]) -> list[Proposal]:
    """Each proposal beside what its bodies do today, in the words of their stated roles."""
    body_ids = {role.body_id for proposal in proposals for role in proposal.roles.all()}
    today: dict[int, list[str]] = defaultdict(list)
    held = ActorRole.objects.filter(actor_id__in=body_ids, state=ActorRole.State.HELD)
    for role in held:
        today[role.actor_id].append(role.text)
    compared = []
    for proposal in proposals:
        given: dict[CollaborationBody, list[str]] = defaultdict(list)
        for role_given in proposal.roles.all():
            given[role_given.body].append(role_given.text)
        bodies = [ProposedBody(body, roles, today[body.pk]) for body, roles in given.items()]
        compared.append(Proposal(proposal, bodies))
    return compared


def _milestones(held: AgreementContents, ids: list[int], by: Author) -> list[Milestone]:
    """The dated events of the agreement, of all it holds and of the bodies that work with it."""
    bodies = [row.body_id for row in held.assignments]
    found = (
        Milestone.objects.live()
        .select_related("record", "about")
        .filter(about_id__in=[*ids, *bodies])
        .order_by(*earliest_first("when"), "pk")
    )
    return _seen(list(found), by)


def _seen(milestones: list[Milestone], by: Author) -> list[Milestone]:
    about = [row.about for row in milestones if row.about is not None]
    seen = {record.pk for record in visible_records(about, by)}
    return [row for row in milestones if row.about_id is None or row.about_id in seen]
