"""Whom to write to when the installation names no address of its own."""

from django.conf import settings
from django.db.models import Q

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.organisations.models import Organisation


def offices_to_ask() -> list[Organisation]:
    """The organisations that follow up or coordinate an agreement, without a `SUPPORT_EMAIL`.

    Their offices' addresses are public. The demo names none: they answer for no demo. Queries: ≤ 1.
    """
    if settings.SUPPORT_EMAIL or settings.DEMO_DAY:
        return []
    agreements = Agreement.objects.live()
    offices = (
        Organisation.objects.live()
        .with_record()
        .filter(
            Q(pk__in=agreements.values("followed_up_by"))
            | Q(pk__in=agreements.values("coordinated_by__coordinating_authority"))
        )
    )
    return list(offices.order_by("record__title"))
