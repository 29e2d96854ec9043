"""What lies ahead, what has just happened, and the agreement's line of time."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import F, Q, QuerySet

from samhandling.apps.agreements.models import Agreement, CollaborationPlan, FocusArea
from samhandling.apps.followup.overview.matrix import Frame
from samhandling.apps.initiatives.models import Funding, Initiative, Status, StatusEvent
from samhandling.apps.records.models import Milestone, Record
from samhandling.core.partial_date import PartialDate

AHEAD_SHOWN = 10
RECENT_SHOWN = 6
_MILESTONES_READ = 100


class Happening(StrEnum):
    """What a dated line is about; the page words it."""

    ADOPTED = "ADOPTED"
    STARTS = "STARTS"
    ENDS = "ENDS"
    PLAN_ADOPTED = "PLAN_ADOPTED"
    INITIATIVE = "INITIATIVE"
    POSTPONED_TO = "POSTPONED_TO"
    MONEY_ENDS = "MONEY_ENDS"
    MILESTONE = "MILESTONE"


@dataclass(frozen=True, slots=True)
class Dated:
    """One dated line. `record`: what it is told of; `text`: a milestone's own words."""

    when: PartialDate
    what: Happening
    record: Record
    text: str = ""
    area: FocusArea | None = None
    is_conditional: bool = False


@dataclass(frozen=True, slots=True)
class Dates:
    timeline: list[Dated]
    ahead: list[Dated]
    recent: list[Dated]


def read_dates(
    agreement: Agreement,
    frame: Frame,
    initiatives: QuerySet[Initiative],
    money: list[Funding],
    today: date,
) -> Dates:
    """Queries: 5."""
    own = _agreement_dates(agreement)
    milestones = _milestones(agreement, frame, initiatives)
    told = {line.record.pk for line in milestones}
    plans = [line for line in _plans(agreement, frame) if line.record.pk not in told]
    return Dates(
        timeline=_sorted(_once([*own, *plans, *_inside(milestones, own)])),
        ahead=_ahead(own, milestones, initiatives, money, today),
        recent=_recent(milestones, plans, initiatives, today),
    )


def _sorted(lines: list[Dated]) -> list[Dated]:
    return sorted(lines, key=lambda line: line.when.sort_key)


def _once(lines: list[Dated]) -> list[Dated]:
    """The first line of each record and day; milestones often retell a date that is known."""
    seen: set[tuple[date | None, date | None]] = set()
    kept = []
    for line in lines:
        key = (line.when.earliest, line.when.latest)
        if line.what is Happening.MILESTONE and key in seen:
            continue
        seen.add(key)
        kept.append(line)
    return kept


def _agreement_dates(agreement: Agreement) -> list[Dated]:
    dates = (
        (Happening.ADOPTED, agreement.adopted),
        (Happening.STARTS, agreement.valid_from),
        (Happening.ENDS, agreement.valid_until),
    )
    return [Dated(when, what, agreement.record) for what, when in dates if when is not None]


def _plans(agreement: Agreement, frame: Frame) -> list[Dated]:
    plans = (
        CollaborationPlan.objects.live()
        .with_record()
        .filter(Q(agreement=agreement) | Q(network__in=frame.networks))
        .exclude(adopted_precision="")
    )
    return [
        Dated(plan.adopted, Happening.PLAN_ADOPTED, plan.record)
        for plan in plans
        if plan.adopted is not None
    ]


def _inside(milestones: list[Dated], own: list[Dated]) -> list[Dated]:
    """The milestones between the agreement's first and last date."""
    first = min((line.when.earliest for line in own if line.when.earliest), default=None)
    last = max((line.when.latest for line in own if line.when.latest), default=None)
    if first is None or last is None:
        return []
    return [
        line
        for line in milestones
        if line.when.earliest and line.when.latest and first < line.when.earliest
        if line.when.latest < last
    ]


def _milestones(
    agreement: Agreement, frame: Frame, initiatives: QuerySet[Initiative]
) -> list[Dated]:
    """Milestones of the agreement, its networks, plans and initiatives. Those of the whole county
    count where the agreement has dates to lie between."""
    bodies = [body.pk for body in frame.networks]
    bodies += [gap.caused_by_id for gap in frame.gaps if gap.caused_by_id]
    ours = (
        Q(about=agreement.record)
        | Q(about__in=bodies)
        | Q(about__bodylifecycleevent__body__in=bodies)
        | Q(about__collaborationplan__agreement=agreement)
        | Q(about__collaborationplan__network__in=bodies)
        | Q(about__structureproposal__focus_area__agreement=agreement)
        | Q(about__needsworkshopseries__agreement=agreement)
        | Q(about__followupround__agreement=agreement)
        | Q(about__initiative__in=initiatives.values("pk"))
    )
    if agreement.adopted or agreement.valid_from:
        ours |= Q(about__isnull=True)
    found = (
        Milestone.objects.live()
        .filter(ours)
        .exclude(when_precision="")
        .select_related("record", "about")
        .order_by("-when_earliest", "pk")[:_MILESTONES_READ]
    )
    return [
        Dated(m.when, Happening.MILESTONE, m.about or m.record, m.title)
        for m in found
        if m.when is not None
    ]


def _ahead(
    own: list[Dated],
    milestones: list[Dated],
    initiatives: QuerySet[Initiative],
    money: list[Funding],
    today: date,
) -> list[Dated]:
    coming = initiatives.filter(when_earliest__gt=today).select_related(
        "record", "focus_area__record"
    )
    lines = [
        _initiative(row, row.when)
        for row in coming.order_by("when_earliest", "when_latest", "pk")[:AHEAD_SHOWN]
    ]
    postponed = StatusEvent.objects.filter(
        initiative__in=initiatives.filter(status__in=[Status.POSTPONED, Status.PAUSED]).values(
            "pk"
        ),
        postponed_to_latest__gte=today,
        status=F("initiative__status"),
    ).select_related("initiative__record", "initiative__focus_area__record")
    for event in postponed.order_by("postponed_to_earliest", "pk")[:AHEAD_SHOWN]:
        line = _initiative(event.initiative, event.postponed_to, Happening.POSTPONED_TO)
        lines.append(line)
    lines += [
        Dated(funding.ends, Happening.MONEY_ENDS, funding.record)
        for funding in money
        if funding.ends and funding.ends.latest and funding.ends.latest >= today
    ]
    lines += [line for line in own if line.when.earliest and line.when.earliest > today]
    told = {line.record.pk for line in lines}
    lines += [
        line
        for line in milestones
        if line.when.earliest and line.when.earliest > today and line.record.pk not in told
    ]
    by_record: dict[int, Dated] = {}
    for line in _sorted(lines):
        by_record.setdefault(line.record.pk, line)
    return list(by_record.values())[:AHEAD_SHOWN]


def _initiative(
    row: Initiative, when: PartialDate | None, what: Happening = Happening.INITIATIVE
) -> Dated:
    assert when is not None, "only initiatives with a date are asked for"
    is_conditional = row.is_conditional is True or row.status == Status.CONDITIONAL
    return Dated(when, what, row.record, area=row.focus_area, is_conditional=is_conditional)


def _recent(
    milestones: list[Dated], plans: list[Dated], initiatives: QuerySet[Initiative], today: date
) -> list[Dated]:
    """What is known to be over, latest first; only what is known to the month."""
    over = initiatives.filter(
        when_latest__lte=today, when_precision__in=["DAY", "MONTH"]
    ).select_related("record", "focus_area__record")
    lines = [
        _initiative(row, row.when) for row in over.order_by("-when_latest", "pk")[:RECENT_SHOWN]
    ]
    told = {line.record.pk for line in lines}
    lines += [
        line
        for line in [*milestones, *plans]
        if line.when.latest and line.when.latest <= today and line.record.pk not in told
        if line.when.precision.value in ("DAY", "MONTH")
    ]
    lines.sort(key=lambda line: (line.when.latest or date.min, line.record.pk), reverse=True)
    return lines[:RECENT_SHOWN]
