"""The lists of an initiative: partners, levels, places, languages, needs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from samhandling.apps.agreements.models import CollaborationLevel
from samhandling.apps.audit.services import Author, Changes
from samhandling.apps.initiatives.models import (
    Initiative,
    InitiativeActor,
    InitiativeLanguage,
    InitiativeLevel,
    InitiativeNeed,
)
from samhandling.apps.initiatives.permissions import check_can_edit
from samhandling.apps.initiatives.services.errors import ForeignToAgreement
from samhandling.apps.initiatives.services.written_fields import log, log_added, log_removed
from samhandling.apps.organisations.models import Actor
from samhandling.apps.records.services import lock_record, state_basis
from samhandling.apps.situation.models import Need, Place
from samhandling.apps.situation.permissions import visible_to
from samhandling.core.knowledge import Basis

Partner = tuple[Actor, str]
LevelReading = tuple[CollaborationLevel, str]


def write_partners(initiative: Initiative, partners: Sequence[Partner], *, new: bool) -> Changes:
    """Replace who takes part, each with a role of InitiativeActor.Role, in the order given."""
    before = [] if new else [(row.actor_id, row.role) for row in initiative.actors.all()]
    after = list(dict.fromkeys((actor.pk, str(role)) for actor, role in partners))
    if before == after:
        return {}
    names_before = [] if new else _partner_names(initiative)
    initiative.actors.all().delete() if before else None
    InitiativeActor.objects.bulk_create(
        InitiativeActor(initiative=initiative, actor_id=pk, role=role, order=number)
        for number, (pk, role) in enumerate(after)
    )
    return {"partners": (names_before, [actor.title for actor, _role in partners])}


def _partner_names(initiative: Initiative) -> list[str]:
    return [row.actor.title for row in initiative.actors.select_related("actor__record")]


def write_levels(initiative: Initiative, levels: Sequence[LevelReading], *, new: bool) -> Changes:
    """Replace the cooperation levels, each with its basis. Raises ForeignToAgreement."""
    if any(level.agreement_id != initiative.agreement_id for level, _basis in levels):
        raise ForeignToAgreement
    rows = [] if new else list(initiative.levels.select_related("level"))
    before = {(row.level_id, row.basis) for row in rows}
    if before == {(level.pk, str(basis)) for level, basis in levels}:
        return {}
    if rows:
        initiative.levels.all().delete()
    InitiativeLevel.objects.bulk_create(
        InitiativeLevel(initiative=initiative, level=level, basis=basis)
        for level, basis in dict(levels).items()
    )
    labels = [row.level.label for row in rows], [level.label for level, _basis in levels]
    if labels[0] == labels[1]:
        return {"levels_basis": ([row.basis for row in rows], [basis for _level, basis in levels])}
    return {"levels": labels}


def write_places(initiative: Initiative, places: Iterable[Place], *, new: bool) -> Changes:
    """Replace where it happens."""
    before = [] if new else list(initiative.places.all())
    after = list(places)
    if {place.pk for place in before} == {place.pk for place in after}:
        return {}
    if new:
        through = Initiative.places.through
        through.objects.bulk_create(
            through(initiative_id=initiative.pk, place_id=place.pk) for place in after
        )
    else:
        initiative.places.set(after)
    return {"places": ([place.name for place in before], [place.name for place in after])}


def write_languages(initiative: Initiative, codes: Sequence[str], *, new: bool) -> Changes:
    """Replace the languages it is given in, as ISO 639 codes."""
    before = [] if new else [row.code for row in initiative.languages.all()]
    after = list(dict.fromkeys(codes))
    if before == after:
        return {}
    if before:
        initiative.languages.all().delete()
    InitiativeLanguage.objects.bulk_create(
        InitiativeLanguage(initiative=initiative, code=code) for code in after
    )
    return {"languages": (before, after)}


def write_bases(initiative: Initiative, bases: Mapping[str, tuple[str, str]]) -> Changes:
    """State how fields are known: field → (basis, ground). Only what differs is told."""
    known = {row.field: (row.basis, row.ground) for row in initiative.record.bases.all()}
    changes: Changes = {}
    for field, (basis, ground) in bases.items():
        before_basis, before_ground = known.get(field, ("", ""))
        if (before_basis, before_ground) == (basis, ground):
            continue
        state_basis(initiative.record, field, Basis(basis), ground)
        if before_ground != ground:
            changes["ground"] = (before_ground, ground)
        else:
            changes["basis"] = (before_basis, basis)
    return changes


WRITERS: dict[str, Any] = {
    "partners": write_partners,
    "levels": write_levels,
    "places": write_places,
    "languages": write_languages,
}


@transaction.atomic
def set_levels(
    *, initiative: Initiative, levels: Sequence[LevelReading], by: Author, ground: str = ""
) -> None:
    """Say at which levels the parties work together here; none is better than another.

    Args: ground: why, needed where a basis is INFERRED and shown beside it.
    """
    check_can_edit(initiative, by)
    changes = write_levels(initiative, levels, new=False)
    if ground:
        changes |= write_bases(initiative, {"levels": (Basis.INFERRED, ground)})
    elif all(basis != Basis.INFERRED for _level, basis in levels):
        for basis in initiative.record.bases.filter(field="levels"):
            changes["ground"] = (basis.ground, "")
            basis.delete()
    if changes:
        log(initiative, "CHANGED", by, changes)


@transaction.atomic
def link_need(
    *,
    initiative: Initiative,
    need: Need,
    by: Author,
    is_theme: bool = False,
    basis: str = Basis.STATED,
) -> InitiativeNeed:
    """Say that the initiative meets a need. Raises ForeignToAgreement. Safe to repeat."""
    check_can_edit(initiative, by)
    if need.agreement_id != initiative.agreement_id:
        raise ForeignToAgreement
    link, made = InitiativeNeed.objects.get_or_create(
        initiative=initiative, need=need, defaults={"is_theme": is_theme, "basis": basis}
    )
    if made:
        log_added(initiative, "needs", need, by)
    return link


@transaction.atomic
def unlink_need(*, initiative: Initiative, need: Need, by: Author) -> None:
    """Say that the initiative does not meet the need after all. Safe to repeat."""
    check_can_edit(initiative, by)
    removed, _rows = initiative.need_links.filter(need=need).delete()
    if removed:
        log_removed(initiative, "needs", need, by)


@transaction.atomic
def set_needs(*, initiative: Initiative, needs: Iterable[Need], by: Author) -> None:
    """Say exactly which of the needs that `by` may see the initiative meets.

    Links to needs that `by` may not see are left as they are. Raises ForeignToAgreement.
    """
    check_can_edit(initiative, by)
    lock_record(initiative.record)
    wanted = {need.pk: need for need in needs}
    seen = visible_to(Need.objects.filter(initiative_links__initiative=initiative), by)
    linked = {need.pk: need for need in seen.select_related("record")}
    for pk in linked.keys() - wanted.keys():
        unlink_need(initiative=initiative, need=linked[pk], by=by)
    for pk in wanted.keys() - linked.keys():
        link_need(initiative=initiative, need=wanted[pk], by=by)
