"""Reads of disposal decisions and of what is left of the destroyed."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samhandling.apps.audit.models import Disposal, DisposalDecision, DisposalKind, KnownPerson
from samhandling.apps.privacy.disposal import Covered

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


def goes_with(one: Covered) -> list[str]:
    """What hangs on something covered and is destroyed with it, in words; nothing for nothing."""
    told = (
        (one.comments, ngettext("%(n)d kommentar", "%(n)d kommentarer", one.comments)),
        (one.files, ngettext("%(n)d bilaga", "%(n)d bilagor", one.files)),
        (one.money, ngettext("%(n)d finansiering", "%(n)d finansieringar", one.money)),
        (one.results, ngettext("%(n)d väntat resultat", "%(n)d väntade resultat", one.results)),
        (one.numbers, ngettext("%(n)d sifferuppgift", "%(n)d sifferuppgifter", one.numbers)),
    )
    return [words % {"n": number} for number, words in told if number]


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
