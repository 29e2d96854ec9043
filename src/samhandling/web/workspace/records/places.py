"""Where each kind of record is shown."""

from collections.abc import Callable

from django.db.models import Model
from django.urls import reverse

from samhandling.apps.agreements import models as agreements
from samhandling.apps.audit.services import Author
from samhandling.apps.followup import models as followup
from samhandling.apps.initiatives.models import Funding, Initiative
from samhandling.apps.initiatives.visibility import can_see
from samhandling.apps.organisations.models import BodyLifecycleEvent, LiaisonSeat
from samhandling.apps.records.models import Footnote, Milestone, Quantity, Record, RecordKind
from samhandling.apps.situation.models import Need, NeedsWorkshopSeries
from samhandling.web import links

# Records told on their agreement's page, and the way from each to the agreement.
_ON_AGREEMENT: dict[str, tuple[type[Model], str]] = {
    RecordKind.CLAUSE: (agreements.AgreementClause, "agreement__slug"),
    RecordKind.GOAL: (agreements.Goal, "agreement__slug"),
    RecordKind.FOCUS_AREA: (agreements.FocusArea, "agreement__slug"),
    RecordKind.TARGET_GROUP: (agreements.TargetGroup, "agreement__slug"),
    RecordKind.SCOPE_BOUNDARY: (agreements.ScopeBoundary, "agreement__slug"),
    RecordKind.DEFINITION: (agreements.Definition, "agreement__slug"),
    RecordKind.LEVEL: (agreements.CollaborationLevel, "agreement__slug"),
    RecordKind.GOVERNANCE_LINK: (agreements.GovernanceLink, "agreement__slug"),
    RecordKind.COMMITMENT: (agreements.Commitment, "agreement__slug"),
    RecordKind.JOINT_ACTIVITY: (agreements.JointActivity, "agreement__slug"),
    RecordKind.AREA_CRITERION: (agreements.AreaCriterion, "agreement__slug"),
    RecordKind.STRUCTURE_PROPOSAL: (agreements.StructureProposal, "focus_area__agreement__slug"),
    RecordKind.COVERAGE_GAP: (agreements.CoverageGap, "focus_area__agreement__slug"),
    RecordKind.WORKSHOP_SERIES: (NeedsWorkshopSeries, "agreement__slug"),
}
# Records told on the page of their follow-up round, and the way from each to the round.
_ON_ROUND: dict[str, tuple[type[Model], str]] = {
    RecordKind.ROUND: (followup.FollowUpRound, ""),
    RecordKind.METHOD_NOTE: (followup.MethodNote, "round__"),
    RecordKind.APPROACH_FINDING: (followup.ApproachFinding, "round__"),
    RecordKind.LESSON: (followup.Lesson, "round__"),
    RecordKind.RECOMMENDATION: (followup.Recommendation, "round__"),
}
_ON_BODY: dict[str, tuple[type[Model], str]] = {
    RecordKind.LIFECYCLE_EVENT: (BodyLifecycleEvent, "body__record__uid"),
    RecordKind.LIAISON_SEAT: (LiaisonSeat, "first_body__record__uid"),
}
# Records that belong to another record and are shown where that one is.
_ABOUT: dict[str, type[Footnote] | type[Quantity]] = {
    RecordKind.FOOTNOTE: Footnote,
    RecordKind.QUANTITY: Quantity,
}


def survivor(record: Record) -> Record:
    """The record that this one was merged into, however many times; itself when it was not."""
    seen = {record.pk}
    while record.merged_into_id is not None and record.merged_into_id not in seen:
        record = Record.objects.get(pk=record.merged_into_id)
        seen.add(record.pk)
    return record


def place_of(record: Record, by: Author | None) -> str | None:
    """The address that shows a record, with the anchor where the page shows many.

    None for what is withdrawn and for drafts that `by` may not see: as if it were not there.
    Queries: 2 to 5, more only along a chain of merged records.
    """
    record = survivor(record)
    if record.withdrawn_at is not None or not can_see(record, by):
        return None
    kind = record.kind
    if kind in _ABOUT:
        held = _ABOUT[kind]._default_manager.select_related("about").get(pk=record.pk)
        page = place_of(held.about, by)
        if page is None:
            return None
        page = page.partition("#")[0]
        # A footnote stands among the numbered notes of its page.
        return (
            f"{page}#not-{held.number}" if isinstance(held, Footnote) else _anchored(page, record)
        )
    if kind in _ON_AGREEMENT:
        return _anchored(_page("agreements:detail", record, *_ON_AGREEMENT[kind]), record)
    if kind in _ON_ROUND:
        model, way = _ON_ROUND[kind]
        rows = model._default_manager.values_list(f"{way}agreement__slug", f"{way}year")
        return _anchored(reverse("followup:round", args=rows.get(pk=record.pk)), record)
    if kind in _ON_BODY:
        return _anchored(_page("actors:body", record, *_ON_BODY[kind]), record)
    special = _SPECIAL.get(kind)
    return special(record, by) if special else links.url_of(record)


def _anchored(page: str, record: Record) -> str:
    return f"{page}#{links.anchor_of(record)}"


def _page(name: str, record: Record, model: type[Model], way: str) -> str:
    key = model._default_manager.values_list(way, flat=True).get(pk=record.pk)
    return reverse(name, args=[key])


def _agreement(record: Record, by: Author | None) -> str:
    return _page("agreements:detail", record, agreements.Agreement, "slug")


def _plan(record: Record, by: Author | None) -> str | None:
    """A network's plan stands on its page, another plan on its agreement's or its owner's."""
    plan = agreements.CollaborationPlan.objects.select_related(
        "agreement", "network__record", "owner__record"
    ).get(pk=record.pk)
    holder = plan.network or plan.owner
    if plan.agreement:
        return _anchored(reverse("agreements:detail", args=[plan.agreement.slug]), record)
    return _anchored(links.url_of(holder), record) if holder else None


def _funding(record: Record, by: Author | None) -> str | None:
    """Money is told where it is used: the first initiative or need, else at who pays."""
    money = Funding.objects.select_related("funder__record", "recipient__record").get(pk=record.pk)
    uses: list[Initiative | Need] = [
        *money.initiatives.live().select_related("record"),
        *money.needs.live().select_related("record"),
    ]
    seen = [use for use in uses if can_see(use.record, by)]
    holder = seen[0] if seen else money.funder or money.recipient
    # Money for nothing but hidden drafts is as hidden as they are.
    if holder is None or (uses and not seen):
        return None
    return _anchored(links.url_of(holder), record)


def _milestone(record: Record, by: Author | None) -> str | None:
    about = Milestone.objects.select_related("about").get(pk=record.pk).about
    if about is not None and not can_see(about, by):
        return None
    return _anchored(reverse("agreements:list"), record)


def _question(record: Record, by: Author | None) -> str:
    return _anchored(reverse("questions:list"), record)


_SPECIAL: dict[str, Callable[[Record, Author | None], str | None]] = {
    RecordKind.AGREEMENT: _agreement,
    RecordKind.PLAN: _plan,
    RecordKind.FUNDING: _funding,
    RecordKind.MILESTONE: _milestone,
    RecordKind.OPEN_QUESTION: _question,
}
