"""Reads of disposal decisions and of what is left of the destroyed."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from samhandling.apps.audit.models import Disposal, DisposalDecision, DisposalKind, KnownPerson

PLURALS = {
    DisposalKind.COMMENT: _("kommentarer"),
    DisposalKind.ATTACHMENT: _("bilagor"),
    DisposalKind.INITIATIVE: _("insatser"),
    DisposalKind.NEED: _("behov"),
}
"""What a decision can be about, as it is called in a sentence."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of something destroyed: what kind it was, when, and by whom."""

    kind: str
    record_uid: str
    at: datetime
    who: str


def decisions() -> QuerySet[DisposalDecision]:
    """All decisions, the latest first, with how much each has destroyed. Queries: 1."""
    return DisposalDecision.objects.annotate(number=Count("disposals")).order_by("-pk")


def kinds_of(decision: DisposalDecision) -> list[str]:
    """What a decision is about, in words."""
    return [str(PLURALS[DisposalKind(kind)]) for kind in decision.kinds]


def disposed_of(decision: DisposalDecision) -> list[Tombstone]:
    """What a decision has destroyed, the latest first. Queries: 2."""
    rows = list(Disposal.objects.filter(decision=decision).order_by("-pk"))
    names = dict(
        KnownPerson.objects.filter(key__in={row.actor_key for row in rows}).values_list(
            "key", "name"
        )
    )
    return [
        Tombstone(row.get_kind_display(), row.record_uid, row.at, names.get(row.actor_key, ""))
        for row in rows
    ]
