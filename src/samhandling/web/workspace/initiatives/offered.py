"""What may be chosen in a form: areas, owners and networks that the person reaches."""

from django.db.models import Q, QuerySet

from samhandling.apps.accounts.models import User
from samhandling.apps.agreements.models import Agreement, FocusArea
from samhandling.apps.organisations.models import Actor, CollaborationBody, Organisation
from samhandling.apps.organisations.permissions import standing_of
from samhandling.core.access import Operation


def areas_of(agreement: Agreement) -> QuerySet[FocusArea]:
    """Focus areas and sub-areas of an agreement that can be chosen."""
    return FocusArea.objects.live().filter(agreement=agreement).select_related("record")


def actors_offered() -> QuerySet[Actor]:
    """Actors that can be chosen, by name."""
    return Actor.objects.live().select_related("record").order_by("record__title")


def owners_offered(
    by: User, operation: Operation, agreement: Agreement, *, now: int | None = None
) -> QuerySet[Actor]:
    """Organisations and bodies that `by` may write as owner, and the one that stands there now.

    Args: operation: what the owner is named for; it is READ_DRAFT for a draft, which goes only to
    those one belongs to; now: primary key of the present owner.
    """
    reached = standing_of(by).reached(operation)
    mine = Q(pk__in=reached.organisations | reached.bodies)
    if reached.covers(agreement=agreement.pk):
        mine = Q(actor_kind__in=(Actor.Kind.ORGANISATION, Actor.Kind.BODY))
    return actors_offered().filter(mine | Q(pk=now))


def own_organisation(by: User) -> Organisation | None:
    """Where the person works, when that is one place: a first suggestion of owner."""
    ids = standing_of(by).organisation_ids
    if len(ids) != 1:
        return None
    return Organisation.objects.live().with_record().filter(pk__in=ids).first()


def networks_offered(
    by: User, operation: Operation, agreement: Agreement, *, now: int | None = None
) -> QuerySet[CollaborationBody]:
    """Bodies that `by` may write as network, by name: own ones always. Args: `owners_offered`."""
    rows = CollaborationBody.objects.live().select_related("record").order_by("record__title")
    standing = standing_of(by)
    if standing.reached(operation).covers(agreement=agreement.pk):
        return rows
    return rows.filter(Q(pk__in=standing.body_ids) | Q(pk=now))
