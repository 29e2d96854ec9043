"""What waits for an answer: only what the records show to be open."""

from dataclasses import dataclass

from samhandling.apps.agreements.models import Agreement, StructureProposal
from samhandling.apps.audit.services import Author
from samhandling.apps.followup.overview.gaps import EndedBody
from samhandling.apps.followup.overview.ground import Ground
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.permissions import can_read
from samhandling.apps.records.models import Record, RecordKind
from samhandling.apps.records.prepared import Prepared
from samhandling.core.knowledge import Basis


@dataclass(frozen=True, slots=True)
class Waiting:
    """`merged`: initiatives merged into another on a suggestion that nobody has answered.
    `uncarried`: ended networks with unfinished initiatives that nobody owns.
    `unanswered`: recommendations without a response, by follow-up year."""

    proposals: list[StructureProposal]
    merged: list[Initiative]
    uncarried: list[EndedBody]
    unanswered: dict[int, int]

    @property
    def count(self) -> int:
        return len(self.proposals) + len(self.merged) + len(self.uncarried) + len(self.unanswered)


def read_waiting(
    agreement: Agreement, ground: Ground, ended: list[EndedBody], by: Author | None
) -> Waiting:
    """Queries: 1."""
    return Waiting(
        proposals=ground.proposals,
        merged=[row for row in _merged(agreement) if _is_seen(row, by)],
        uncarried=[body for body in ended if body.unowned],
        unanswered=ground.unanswered,
    )


# A few records of all: found by their index, and not among all the initiatives of an agreement.
_SUGGESTED = Prepared(
    lambda _keys: Record.objects.filter(
        merged_into__isnull=False,
        merged_basis=Basis.INFERRED,
        withdrawn_at__isnull=True,
        merged_into__withdrawn_at__isnull=True,
    ).only("kind")
)
_MERGED = Prepared(
    lambda pks: (
        Initiative.objects.filter(pk__in=pks)
        .select_related("parent", "record__merged_into__initiative__parent")
        .order_by("pk")
    )
)


def _merged(agreement: Agreement) -> list[Initiative]:
    """Those of `agreement` that nobody has confirmed to be the same as another."""
    pks = [record.pk for record in _SUGGESTED.every() if record.kind == RecordKind.INITIATIVE]
    return [row for row in _MERGED.of(*pks) if row.agreement_id == agreement.pk]


def _is_seen(merged: Initiative, by: Author | None) -> bool:
    """May `by` see both of them?"""
    other = merged.record.merged_into
    assert other is not None, "only the merged are asked for"
    return can_read(merged, by) and can_read(other.initiative, by)
