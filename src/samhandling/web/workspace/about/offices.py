"""Whom to write to when the installation names no address of its own."""

from django.conf import settings

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.organisations.models import Organisation


def offices_to_ask() -> list[Organisation]:
    """The organisations that coordinate an agreement, where `SUPPORT_EMAIL` is not set.

    Their offices' addresses are public. Queries: 1, none when the address is set.
    """
    if settings.SUPPORT_EMAIL:
        return []
    coordinating = Agreement.objects.live().values("coordinated_by")
    offices = Organisation.objects.live().with_record().filter(pk__in=coordinating)
    return list(offices.order_by("record__title"))
