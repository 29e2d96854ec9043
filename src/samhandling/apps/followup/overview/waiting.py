"""What waits for an answer: only what the records show to be open."""

from dataclasses import dataclass

from django.db.models import QuerySet

from samhandling.apps.agreements.models import Agreement, StructureProposal
from samhandling.apps.audit.services import Author
from samhandling.apps.followup.models import Recommendation
from samhandling.apps.followup.overview.gaps import EndedBody
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.permissions import visible_to
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


def read_waiting(agreement: Agreement, ended: list[EndedBody], by: Author | None) -> Waiting:
    """Queries: 3."""
    merged: QuerySet[Initiative] = Initiative.objects.filter(
        agreement=agreement,
        record__merged_into__isnull=False,
        record__merged_basis=Basis.INFERRED,
        record__withdrawn_at__isnull=True,
        record__merged_into__withdrawn_at__isnull=True,
        record__merged_into__initiative__in=visible_to(Initiative.objects.all(), by).values("pk"),
    )
    unanswered: dict[int, int] = {}
    for year in (
        Recommendation.objects.live()
        .filter(round__agreement=agreement, responses__isnull=True)
        .order_by("-round__year")
        .values_list("round__year", flat=True)
    ):
        unanswered[year] = unanswered.get(year, 0) + 1
    return Waiting(
        proposals=list(
            StructureProposal.objects.live()
            .with_record()
            .filter(focus_area__agreement=agreement, state=StructureProposal.State.PROPOSED)
            .select_related("focus_area__record", "proposed_by__record")
        ),
        merged=list(visible_to(merged, by).select_related("record__merged_into").order_by("pk")),
        uncarried=[body for body in ended if body.unowned],
        unanswered=unanswered,
    )
