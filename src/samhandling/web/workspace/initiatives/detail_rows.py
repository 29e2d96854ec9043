"""The rows that the page of one initiative shows, each table asked once.

The questions are the same for every initiative, so their SQL is written once a process
(records.prepared). What a reader sees depends on nothing of them but their standing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404

from samhandling.apps.accounts.models import User
from samhandling.apps.followup.models import InitiativeReport, LessonEvidence, PlannedInitiative
from samhandling.apps.initiatives.models import (
    ExpectedResult,
    Funding,
    Initiative,
    InitiativeActor,
    InitiativeCause,
    InitiativeLanguage,
    InitiativeLevel,
    InitiativeNeed,
    StatusEvent,
)
from samhandling.apps.initiatives.permissions import visible_to
from samhandling.apps.organisations.models import CollaborationBody
from samhandling.apps.organisations.permissions import standing_of
from samhandling.apps.records.prepared import Prepared
from samhandling.apps.situation.models import Need, Place
from samhandling.apps.situation.permissions import visible_to as visible_needs

_ONE = Prepared(
    lambda uids, by: visible_to(
        Initiative.objects.select_related(
            "record__merged_into",
            "agreement__record",
            "focus_area__record",
            "network__record",
            "network__coordinating_authority__record",
            "owner__record",
            "parent__record",
            "follows__record",
        ),
        by,
    ).filter(record__uid__in=uids),
    by_word=True,
)
_PARTS = Prepared(
    lambda wholes, by: (
        visible_to(Initiative.objects.live().filter(parent__in=wholes), by)
        .select_related("record", "owner__record")
        .order_by("order", "pk")
    )
)
_FOLLOWERS = Prepared(
    lambda followed, by: (
        visible_to(Initiative.objects.live().filter(follows__in=followed), by)
        .select_related("record")
        .order_by("pk")
    )
)
_NEEDS = Prepared(
    lambda pks, by: InitiativeNeed.objects.filter(
        initiative__in=pks,
        need__record__withdrawn_at__isnull=True,
        need__record__merged_into__isnull=True,
        need__in=visible_needs(Need.objects.all(), by).values("pk"),
    ).select_related("need__record", "need__subject", "need__focus_area__record")
)
_LEVELS = Prepared(
    lambda pks: InitiativeLevel.objects.filter(initiative__in=pks).select_related("level__record")
)
_EVENTS = Prepared(lambda pks: StatusEvent.objects.filter(initiative__in=pks))
_CAUSES = Prepared(
    lambda pks: InitiativeCause.objects.filter(initiative__in=pks).select_related("cause")
)
_ACTORS = Prepared(
    lambda pks: InitiativeActor.objects.filter(initiative__in=pks).select_related("actor__record")
)
_PLACES = Prepared(lambda pks: Place.objects.filter(initiatives__in=pks))
_LANGUAGES = Prepared(lambda pks: InitiativeLanguage.objects.filter(initiative__in=pks))
_RESULTS = Prepared(lambda pks: ExpectedResult.objects.filter(initiative__in=pks))
_FUNDING = Prepared(
    lambda pks: (
        Funding.objects.filter(initiatives__in=pks)
        .select_related("record", "funder__record", "recipient__record")
        .prefetch_related("events", "record__bases")
        .order_by("pk")
    )
)
_TOLD = Prepared(
    lambda pks: (
        InitiativeReport.objects.filter(initiative__in=pks)
        .select_related("round__record", "network_report__body__record")
        .order_by("-round__year", "order", "pk")
    )
)
_PLANNED = Prepared(
    lambda pks: (
        PlannedInitiative.objects.filter(initiative__in=pks)
        .select_related("report__round", "report__body__record")
        .order_by("-report__round__year", "pk")
    )
)
_EVIDENCE = Prepared(
    lambda records: LessonEvidence.objects.filter(
        record__in=records, lesson__record__withdrawn_at__isnull=True
    ).select_related("lesson__record")
)


def readable_or_404(uid: str, by: User) -> Initiative:
    """The initiative, also when it is withdrawn or merged, if `by` may see it. Queries: 1."""
    found = _ONE.of(uid, shape=standing_of(by), words=(by,))
    if not found:
        raise Http404
    return found[0]


def hang_on(pk: int, uids: Collection[str]) -> bool:
    """Does any of the initiatives `uids` belong to this one now: as a part of it, as following on
    it or having a part that does, as merged into it, or by the same money? Queries: ≤ 3."""
    named = _NEAR.of(*uids)
    if any(pk in (one.parent_id, one.follows_id, one.record.merged_into_id) for one in named):
        return True
    near = {one.parent_id for one in _FOLLOWING.of(pk)}
    near |= {tie.initiative_id for tie in _SAME_MONEY.of(pk)}
    return any(one.pk in near for one in named)


_NEAR = Prepared(
    lambda uids: (
        Initiative.objects.filter(record__uid__in=uids)
        .select_related("record")
        .only("parent", "follows", "record__merged_into")
    ),
    by_word=True,
)
_FOLLOWING = Prepared(lambda pks: Initiative.objects.filter(follows__in=pks).only("parent"))
_SAME_MONEY = Prepared(
    lambda pks: Funding.initiatives.through.objects.filter(funding__initiatives__in=pks)
)


@dataclass(frozen=True, slots=True)
class ToldStatus:
    """A status as it was told for a year, and what made the initiative deviate then."""

    event: StatusEvent
    causes: list[InitiativeCause]


@dataclass(slots=True)
class Told:
    """What is told of one initiative or part. `statuses`: newest first, by the year they are told
    for, then by entry. `drivers`: what brought it about."""

    levels: list[InitiativeLevel] = field(default_factory=list)
    statuses: list[ToldStatus] = field(default_factory=list)
    drivers: list[InitiativeCause] = field(default_factory=list)


def told_of(pks: Iterable[int]) -> dict[int, Told]:
    """What is told of each initiative, empty of those that nothing is told of. Queries: 3."""
    keys = tuple(pks)
    found: dict[int, Told] = defaultdict(Told)
    for level in _LEVELS.of(*keys):
        found[level.initiative_id].levels.append(level)
    made_deviate: dict[int, list[InitiativeCause]] = defaultdict(list)
    for cause in _CAUSES.of(*keys):
        if cause.kind == InitiativeCause.Kind.DROVE:
            found[cause.initiative_id].drivers.append(cause)
        if cause.event_id is not None:
            made_deviate[cause.event_id].append(cause)
    for event in reversed(_EVENTS.of(*keys)):
        told = ToldStatus(event, made_deviate[event.pk])
        found[event.initiative_id].statuses.append(told)
    return found


def parts_of(initiative: Initiative, by: User) -> list[Initiative]:
    """Its live parts that `by` may see, in their order. Queries: 1."""
    return _PARTS.of(initiative.pk, shape=standing_of(by), words=(by,))


def followers_of(initiative: Initiative, by: User) -> list[Initiative]:
    """The live initiatives that follow on it and that `by` may see. Queries: 1."""
    return _FOLLOWERS.of(initiative.pk, shape=standing_of(by), words=(by,))


def needs_of(initiative: Initiative, by: User) -> list[InitiativeNeed]:
    """Its links to live needs that `by` may see. Queries: 1."""
    return _NEEDS.of(initiative.pk, shape=standing_of(by), words=(by,))


def actors_of(initiative: Initiative) -> list[InitiativeActor]:
    """Who takes part. Queries: 1."""
    return _ACTORS.of(initiative.pk)


def places_of(initiative: Initiative) -> list[Place]:
    """Where it is done. Queries: 1."""
    return _PLACES.of(initiative.pk)


def languages_of(initiative: Initiative) -> list[InitiativeLanguage]:
    """The languages it is done in. Queries: 1."""
    return _LANGUAGES.of(initiative.pk)


def results_of(initiative: Initiative) -> list[ExpectedResult]:
    """What is expected of it. Queries: 1."""
    return _RESULTS.of(initiative.pk)


def funding_of(initiative: Initiative) -> list[Funding]:
    """All money ever recorded for it, withdrawn too. Queries: 1, and 3 where there is any."""
    return _FUNDING.of(initiative.pk)


def reports_of(initiative: Initiative) -> list[InitiativeReport]:
    """What each network told of it, newest year first. Queries: 1."""
    return _TOLD.of(initiative.pk)


def reported_by(
    initiative: Initiative, told: Sequence[InitiativeReport]
) -> list[CollaborationBody]:
    """Its own network, then others that told of it in the last of its follow-ups."""
    networks = [initiative.network] if initiative.network else []
    for row in told:
        if row.network_report and row.round.year == told[0].round.year:
            networks.append(row.network_report.body)
    return list(dict.fromkeys(networks))


def plans_of(initiative: Initiative) -> list[PlannedInitiative]:
    """The networks that mean to do it the year after a round. Queries: 1."""
    return _PLANNED.of(initiative.pk)


def lessons_of(initiative: Initiative) -> list[Any]:
    """The lessons that it is a ground of. Queries: 1."""
    return [row.lesson for row in _EVIDENCE.of(initiative.pk)]
