"""The rows of the two registers: networks and groups, and organisations and other actors."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import get_language

from samhandling.apps.agreements.models import Agreement, AreaResponsibility, NetworkAssignment
from samhandling.apps.agreements.selectors import areas_answered_for
from samhandling.apps.audit.services import Author
from samhandling.apps.followup.actor import involvement_counts
from samhandling.apps.followup.models import NetworkReport
from samhandling.apps.followup.selectors import told_reports
from samhandling.apps.organisations.models import (
    Actor,
    BodyLifecycleEvent,
    CollaborationBody,
    Membership,
)
from samhandling.apps.organisations.selectors import (
    actors_shown,
    bodies_shown,
    members_known,
    members_of_sets,
    seats_counted,
    seats_in_role,
    state_since,
)
from samhandling.apps.people.selectors.lacking import LackingBody, bodies_lacking
from samhandling.core.knowledge import Completeness, describe_count, describe_count_en
from samhandling.core.partial_date import PartialDate
from samhandling.web.workspace.actors.filters import (
    ACTOR_FILTERS,
    BODY_FILTERS,
    Reading,
    narrowed,
    swedish,
)
from samhandling.web.workspace.initiatives.filters import list_url

PAGE_SIZE = 50
_KINDS = {kind: place for place, kind in enumerate(CollaborationBody.Kind.values)}
_STATES = {state: place for place, state in enumerate(CollaborationBody.State.values)}


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A line of the register of networks and groups.

    `is_assigned`: an agreement's plan was handed to it, so that it has an area and an approach.
    """

    body: CollaborationBody
    areas: list[AreaResponsibility]
    mandate: str
    convening: list[Membership]
    convener_lacks: LackingBody | None
    members: str
    is_assigned: bool
    since: PartialDate | None
    report: NetworkReport | None


@dataclass(frozen=True, slots=True)
class ActorRow:
    """A line of the register of organisations: in how many bodies and initiatives it is."""

    actor: Actor
    seats: int
    initiatives: int
    initiatives_url: str


def counted_members(number: int, state: str) -> str:
    """How many members, as honest as the list: "7", "minst 3", "okänt antal"."""
    completeness = Completeness(state)
    in_english = (get_language() or "").startswith("en")
    return (describe_count_en if in_english else describe_count)(number, completeness)


def body_page(query: QueryDict, reading: Reading) -> Page[Any]:
    """One page of the register. Queries: 13, however many rows."""
    found = narrowed(bodies_shown(), reading, BODY_FILTERS)
    keys: dict[str, Callable[[CollaborationBody], Any]] = {
        "namn": lambda body: swedish(body.title),
        "lage": lambda body: (_STATES.get(body.state, len(_STATES)), swedish(body.title)),
        "slag": lambda body: (_KINDS.get(body.kind, len(_KINDS)), swedish(body.title)),
    }
    page = _page(_ordered(found, query, keys, "slag"), query)
    ids = [body.pk for body in page.object_list]
    areas = areas_answered_for(ids)
    sets = members_of_sets()
    assigned = set(
        NetworkAssignment.objects.filter(body__in=ids)
        .exclude(scope=NetworkAssignment.Scope.OUTSIDE)
        .values_list("body_id", flat=True)
    )
    lacking = bodies_lacking(ids)
    reports: dict[int, NetworkReport] = {}
    told = told_reports().filter(body__in=ids, round__record__withdrawn_at=None)
    for report in told.select_related("round").order_by("round__year", "round__pk"):
        reports[report.body_id] = report
    page.object_list = [
        _body_row(
            body,
            areas.get(body.pk, []),
            reports.get(body.pk),
            counted_members(*members_known(body, body.seats.all(), sets)),
            body.pk in assigned,
            lacking.get(body.pk),
        )
        for body in page.object_list
    ]
    return page


def _body_row(
    body: CollaborationBody,
    areas: list[AreaResponsibility],
    report: NetworkReport | None,
    members: str,
    is_assigned: bool,
    lacks: LackingBody | None,
) -> BodyRow:
    event: BodyLifecycleEvent | None = state_since(body)
    since = event.when if event else None
    if since is None and body.state == CollaborationBody.State.ACTIVE:
        since = body.started
    convening = seats_in_role(body, Membership.Role.CONVENER)
    return BodyRow(
        body=body,
        areas=areas,
        mandate=next((mandate.text for mandate in body.mandates.all()), body.description),
        convening=convening or seats_in_role(body, Membership.Role.CHAIR),
        convener_lacks=lacks,
        members=members,
        is_assigned=is_assigned,
        since=since,
        report=report,
    )


def actor_page(
    query: QueryDict, reading: Reading, agreement: Agreement | None, by: Author
) -> Page[Any]:
    """One page of the register. Queries: 7, however many rows."""
    found = narrowed(actors_shown(), reading, ACTOR_FILTERS)
    keys: dict[str, Callable[[Actor], Any]] = {
        "namn": lambda actor: swedish(actor.title),
        "slag": lambda actor: (actor.actor_kind, swedish(actor.title)),
        "sektor": lambda actor: (actor.sector or "~", swedish(actor.title)),
    }
    page = _page(_ordered(found, query, keys, "namn"), query)
    ids = [actor.pk for actor in page.object_list]
    seats = seats_counted(ids)
    initiatives = involvement_counts(agreement, ids, by) if agreement else {}
    page.object_list = [
        ActorRow(
            actor=actor,
            seats=seats.get(actor.pk, 0),
            initiatives=initiatives.get(actor.pk, 0),
            initiatives_url=list_url(agreement, part=actor.uid) if agreement else "",
        )
        for actor in page.object_list
    ]
    return page


def _ordered(
    found: Any, query: QueryDict, keys: dict[str, Callable[[Any], Any]], default: str
) -> list[Any]:
    asked = query.get("sortera", "")
    name = asked.removeprefix("-")
    is_reverse = asked.startswith("-") and name in keys
    return sorted(found, key=keys.get(name, keys[default]), reverse=is_reverse)


def _page(rows: list[Any], query: QueryDict) -> Page[Any]:
    return Paginator(rows, PAGE_SIZE).get_page(query.get("sida"))
