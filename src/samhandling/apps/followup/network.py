"""All that is known of one network or group: what its page shows.

Source of what it holds: seed004, the block of each responsible network; capabilities 19 to 35.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from samhandling.apps.agreements.models import (
    Agreement,
    AreaResponsibility,
    CollaborationPlan,
    CoverageGap,
    GovernanceLink,
    NetworkAssignment,
    StructureProposalRole,
)
from samhandling.apps.agreements.selectors import areas_answered_for, gaps_shown, plans_of_body
from samhandling.apps.audit.services import Author
from samhandling.apps.followup.models import (
    InitiativeReport,
    NetworkReport,
    NetworkReportLevel,
    NetworkStatement,
    PlannedInitiative,
    ReportedNeed,
)
from samhandling.apps.followup.selectors import told_reports
from samhandling.apps.initiatives.listing import InitiativeFilter, in_order, listed
from samhandling.apps.initiatives.models import (
    Funding,
    FundingPath,
    Initiative,
    InitiativeActor,
)
from samhandling.apps.initiatives.permissions import visible_to
from samhandling.apps.organisations.models import (
    Actor,
    ActorRole,
    CollaborationBody,
    LiaisonSeat,
    Mandate,
    Membership,
)
from samhandling.apps.organisations.periods import seat_not_over
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.organisations.selectors import (
    life_shown,
    members_known,
    members_of_sets,
    seats_shown,
)
from samhandling.apps.situation.models import Need
from samhandling.apps.situation.permissions import visible_to as needs_visible_to
from samhandling.core.continuity import NetworkFacts
from samhandling.core.knowledge import Completeness

# So many initiatives stand on the page; the rest are a link away.
ROWS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Work:
    """A network's initiatives in one agreement: how many there are, and the first of them."""

    agreement: Agreement
    total: int
    rows: list[Initiative]


@dataclass(slots=True)
class Seen:
    """An actor that appears in a network's initiatives: in how many, and as what (roles)."""

    actor: Actor
    agreement: Agreement
    initiatives: set[int] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Told:
    """What the network told for one year, as the reader may see it."""

    report: NetworkReport
    statements: dict[str, list[NetworkStatement]]
    levels: list[NetworkReportLevel]
    planned_levels: list[NetworkReportLevel]
    needs: list[Need]
    plans: list[Initiative]
    also: list[Initiative]

    @property
    def year(self) -> int:
        return self.report.round.year


@dataclass(frozen=True, slots=True)
class Network:
    """Everything on the page of a body."""

    body: CollaborationBody
    assignments: list[NetworkAssignment]
    areas: list[AreaResponsibility]
    mandates: list[Mandate]
    roles: list[ActorRole]
    proposed_roles: list[StructureProposalRole]
    seats: list[Membership]
    past_seats: list[Membership]
    told: list[Told]
    waiting: list[Told]  # rounds that it has not told anything in yet
    work: list[Work]
    seen: dict[int, list[Seen]]
    needs: list[Need]
    life: list[Any]
    gaps: list[CoverageGap]
    handles: list[CoverageGap]
    plans: list[CollaborationPlan]
    funding_paths: list[FundingPath]
    groups: list[CollaborationBody]
    below: list[CollaborationBody]
    liaisons: list[LiaisonSeat]
    governance: list[GovernanceLink]
    offices: list[Agreement]
    members: tuple[int, Completeness]
    facts: NetworkFacts

    @property
    def is_assigned(self) -> bool:
        """Was an agreement's plan handed to it, or has it told of its work?"""
        outside = NetworkAssignment.Scope.OUTSIDE
        return bool(self.told or self.waiting) or any(
            row.scope != outside for row in self.assignments
        )

    @property
    def unstated(self) -> list[list[Seen]]:
        """Actors that appear in the initiatives without a stated seat."""
        stated = {seat.actor_id for seat in self.seats}
        return [rows for pk, rows in self.seen.items() if pk not in stated and pk != self.body.pk]


def read_network(body: CollaborationBody, by: Author | None) -> Network:
    """All that is known of `body`, as `by` may see it.

    Queries: about 40, and 2 for each agreement it has initiatives in.
    """
    mine = visible_to(Initiative.objects.live().filter(network=body), by)
    held = seats_shown().filter(body=body)
    seats = list(held.filter(seat_not_over(day_of_security())))
    plans = plans_of_body(body.pk)
    mandates = list(
        Mandate.objects.filter(body=body).select_related(
            "granted_by__record", "to_prioritise_ground"
        )
    )
    gaps = list(gaps_shown().filter(caused_by=body))
    counted = members_known(body, seats, members_of_sets())
    has_told = set(told_reports().filter(body=body).values_list("pk", flat=True))
    years = told_by(body, by)
    return Network(
        body=body,
        assignments=list(
            NetworkAssignment.objects.filter(body=body).select_related("agreement__record")
        ),
        areas=areas_answered_for([body.pk]).get(body.pk, []),
        mandates=mandates,
        roles=list(ActorRole.objects.filter(actor=body)),
        proposed_roles=list(
            StructureProposalRole.objects.filter(
                body=body, proposal__record__withdrawn_at__isnull=True
            ).select_related("proposal__record")
        ),
        seats=seats,
        past_seats=list(held.exclude(pk__in=[seat.pk for seat in seats])),
        told=[year for year in years if year.report.pk in has_told],
        waiting=[year for year in years if year.report.pk not in has_told],
        work=_work(body, mine, by),
        seen=_seen(mine),
        needs=list(
            needs_visible_to(Need.objects.live(), by)
            .filter(Q(subject_id=body.pk) | Q(owner_id=body.pk))
            .select_related("record")
            .order_by("pk")
        ),
        life=list(life_shown().filter(body=body)),
        gaps=gaps,
        handles=list(gaps_shown().filter(handlings__body=body)),
        plans=plans,
        funding_paths=list(FundingPath.objects.filter(body=body)),
        groups=_bodies(part_of=body),
        below=_bodies(reports_to=body),
        liaisons=list(
            LiaisonSeat.objects.live()
            .filter(Q(first_body=body) | Q(second_body=body))
            .select_related(
                "record", "first_body__record", "second_body__record", "proposed_by__record"
            )
        ),
        governance=list(
            GovernanceLink.objects.live()
            .filter(body=body)
            .select_related("record", "agreement__record")
            .order_by("agreement", "order")
        ),
        offices=list(
            Agreement.objects.live()
            .with_record()
            .filter(
                Q(decided_by=body)
                | Q(ordered_by=body)
                | Q(coordinated_by=body)
                | Q(prioritised_by=body)
            )
            .order_by("pk")
        ),
        members=counted,
        facts=_facts(body, seats, plans, mandates, mine, counted),
    )


def _bodies(**conditions: Any) -> list[CollaborationBody]:
    found = CollaborationBody.objects.live().with_record().filter(**conditions)
    return list(found.order_by("record__title"))


def _work(body: CollaborationBody, mine: QuerySet[Initiative], by: Author | None) -> list[Work]:
    counts = dict(mine.order_by().values_list("agreement").annotate(n=Count("pk")))
    agreements = Agreement.objects.live().with_record().filter(pk__in=counts).order_by("pk")
    criteria = InitiativeFilter(networks=(body.uid,))
    return [
        Work(agreement, counts[agreement.pk], _rows(listed(agreement, criteria, by)))
        for agreement in agreements
    ]


def _rows(found: QuerySet[Initiative]) -> list[Initiative]:
    money = Funding.objects.live().select_related("record", "funder__record")
    ordered = in_order(found.select_related("record", "parent__record"))
    return list(
        ordered.prefetch_related("levels__level__record", Prefetch("funding", queryset=money))[
            :ROWS_SHOWN
        ]
    )


def _seen(mine: QuerySet[Initiative]) -> dict[int, list[Seen]]:
    """Owners and partners of the initiatives: actor id → one row an agreement. Queries: 2."""
    found: dict[tuple[int, int], Seen] = {}
    owned = mine.filter(owner__isnull=False).select_related("owner__record", "agreement__record")
    for row in owned.order_by("owner__record__title"):
        if row.owner is not None:
            _note(found, row.owner, row, "OWNER")
    parts = InitiativeActor.objects.filter(initiative__in=mine.order_by().values("pk"))
    for part in parts.select_related("actor__record", "initiative__agreement__record").order_by(
        "actor__record__title"
    ):
        _note(found, part.actor, part.initiative, part.role)
    by_actor: dict[int, list[Seen]] = defaultdict(list)
    for (actor_id, _agreement), seen in found.items():
        by_actor[actor_id].append(seen)
    return dict(by_actor)


def _note(found: dict[tuple[int, int], Seen], actor: Actor, row: Initiative, role: str) -> None:
    key = (actor.pk, row.agreement_id)
    seen = found.setdefault(key, Seen(actor, row.agreement))
    seen.initiatives.add(row.pk)
    seen.roles.add(role)


def told_by(body: CollaborationBody, by: Author | None) -> list[Told]:
    """What it told, the latest year first. Queries: 7, however many years."""
    shown = visible_to(Initiative.objects.live(), by).select_related("record")
    needs = needs_visible_to(Need.objects.live(), by)
    reports = (
        NetworkReport.objects.filter(body=body, round__record__withdrawn_at=None)
        .select_related("round__record", "round__agreement__record", "focus_area__record")
        .prefetch_related(
            Prefetch(
                "statements", queryset=NetworkStatement.objects.select_related("said_by__record")
            ),
            Prefetch("levels", queryset=NetworkReportLevel.objects.select_related("level__record")),
            Prefetch(
                "needs",
                queryset=ReportedNeed.objects.filter(need__in=needs).select_related("need__record"),
            ),
            Prefetch(
                "plans",
                queryset=PlannedInitiative.objects.filter(initiative__in=shown).select_related(
                    "initiative__record"
                ),
            ),
            Prefetch(
                "initiative_reports",
                queryset=InitiativeReport.objects.filter(initiative__in=shown)
                .exclude(initiative__network=body)
                .select_related("initiative__record", "initiative__network__record"),
            ),
        )
        .order_by("-round__year", "order")
    )
    return [_one_year(report) for report in reports]


def _one_year(report: NetworkReport) -> Told:
    statements: dict[str, list[NetworkStatement]] = defaultdict(list)
    for statement in report.statements.all():
        statements[statement.kind].append(statement)
    levels = list(report.levels.all())
    return Told(
        report=report,
        statements=dict(statements),
        levels=[level for level in levels if not level.is_planned],
        planned_levels=[level for level in levels if level.is_planned],
        needs=[row.need for row in report.needs.all()],
        plans=[row.initiative for row in report.plans.all()],
        also=[row.initiative for row in report.initiative_reports.all()],
    )


def _facts(
    body: CollaborationBody,
    seats: list[Membership],
    plans: list[CollaborationPlan],
    mandates: list[Mandate],
    mine: QuerySet[Initiative],
    counted: tuple[int, Completeness],
) -> NetworkFacts:
    """What the signs of continuity are read from. Queries: 1."""
    money = Funding.initiatives.through.objects.filter(initiative=OuterRef("pk"))
    counts = mine.aggregate(
        initiatives=Count("pk"), with_money=Count("pk", filter=Q(Exists(money)))
    )
    members, state = counted
    living = next((plan for plan in plans if plan.is_living), None)
    roles = {seat.role for seat in seats}
    answers = [mandate.to_prioritise for mandate in mandates]
    return NetworkFacts(
        has_convener=bool(roles & {Membership.Role.CONVENER, Membership.Role.CHAIR}),
        has_deputy=Membership.Role.DEPUTY in roles,
        mandate=next((answer for answer in answers if answer != "UNKNOWN"), "UNKNOWN"),
        members=members if state is Completeness.COMPLETE else None,
        has_living_plan=living is not None,
        living_plan_since=living.adopted if living else None,
        has_operational_plan=any(plan.kind == plan.Kind.OPERATIONAL_PLAN for plan in plans),
        initiatives=counts["initiatives"],
        with_money=counts["with_money"],
        is_under_review=body.state == CollaborationBody.State.UNDER_REVIEW,
    )
