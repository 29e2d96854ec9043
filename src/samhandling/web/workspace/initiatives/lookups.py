"""What a parameter of the list may be: the codes and uids that exist, with what they are called.

Each function takes the agreement, who asks, and the values asked about; None asks for all that a
person may choose between. Queries: 1 each.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from samhandling.apps.agreements.models import Agreement, CollaborationLevel, FocusArea
from samhandling.apps.audit.services import Author
from samhandling.apps.initiatives.models import Initiative, InitiativeActor
from samhandling.apps.initiatives.permissions import visible_to
from samhandling.apps.organisations.models import Actor, CollaborationBody
from samhandling.apps.records.models import Recorded
from samhandling.apps.situation import permissions as situation
from samhandling.apps.situation.models import Cause, Need
from samhandling.web.links import name_of

Label = str | Promise
Values = list[str] | None
LookUp = Callable[[Agreement, Author | None, Values], Iterable[tuple[str, Label]]]


def areas(agreement: Agreement, by: Author | None, codes: Values) -> Iterable[tuple[str, Label]]:
    """Focus areas and sub-areas, by code."""
    found = FocusArea.objects.live().filter(agreement=agreement)
    if codes is not None:
        found = found.filter(code__in=codes)
    for area in found.select_related("record"):
        yield area.code, f"{area.code} {name_of(area)}"


def levels(agreement: Agreement, by: Author | None, keys: Values) -> Iterable[tuple[str, Label]]:
    """Levels of the agreement, by key."""
    found = CollaborationLevel.objects.filter(agreement=agreement)
    if keys is not None:
        found = found.filter(key__in=keys)
    for level in found.select_related("record"):
        yield level.key, name_of(level)


def networks(agreement: Agreement, by: Author | None, uids: Values) -> Iterable[tuple[str, Label]]:
    """Bodies, by uid; to choose between, those that answer for something in the agreement."""
    found = CollaborationBody.objects.live()
    if uids is None:
        answering = _visible(agreement, by).exclude(network=None).values("network")
        found = found.filter(
            Q(pk__in=answering) | Q(pk__in=agreement.network_assignments.values("body"))
        )
    return _by_uid(found, uids)


def owners(agreement: Agreement, by: Author | None, uids: Values) -> Iterable[tuple[str, Label]]:
    """Actors, by uid; to choose between, those that own something in the agreement."""
    found = Actor.objects.live()
    if uids is None:
        found = found.filter(pk__in=_visible(agreement, by).exclude(owner=None).values("owner"))
    return _by_uid(found, uids)


def actors(agreement: Agreement, by: Author | None, uids: Values) -> Iterable[tuple[str, Label]]:
    """Actors, by uid; to choose between, those that own or take part in something."""
    found = Actor.objects.live()
    if uids is None:
        seen = _visible(agreement, by)
        taking_part = InitiativeActor.objects.filter(initiative__in=seen.values("pk"))
        found = found.filter(
            Q(pk__in=seen.exclude(owner=None).values("owner"))
            | Q(pk__in=taking_part.values("actor"))
        )
    return _by_uid(found, uids)


def causes(agreement: Agreement, by: Author | None, keys: Values) -> Iterable[tuple[str, Label]]:
    """Causes of the county's one list, by key."""
    found = Cause.objects.all()
    if keys is not None:
        found = found.filter(key__in=keys)
    return list(found.values_list("key", "name"))


def needs(agreement: Agreement, by: Author | None, uids: Values) -> Iterable[tuple[str, Label]]:
    """Needs that the person may see, by uid; to choose between, those that an initiative meets."""
    found = situation.visible_to(Need.objects.live().filter(agreement=agreement), by)
    if uids is None:
        found = found.filter(initiative_links__isnull=False).distinct()
    return _by_uid(found, uids)


def _visible(agreement: Agreement, by: Author | None) -> QuerySet[Initiative]:
    return visible_to(Initiative.objects.live().filter(agreement=agreement), by)


def _by_uid(found: QuerySet[Any], uids: Values) -> Iterable[tuple[str, Label]]:
    if uids is not None:
        found = found.filter(record__uid__in=uids)
    rows: Iterable[Recorded] = found.select_related("record").order_by("record__title")
    for row in rows:
        yield row.uid, getattr(row, "short_name", "") or name_of(row)
