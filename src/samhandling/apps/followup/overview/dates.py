"""What lies ahead, what has just happened, and the agreement's line of time."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice

from samhandling.apps.agreements.models import Agreement, CollaborationPlan, FocusArea
from samhandling.apps.followup.overview.facts import Wait
from samhandling.apps.followup.overview.known import Sight
from samhandling.apps.initiatives.models import Funding, Initiative, Status
from samhandling.apps.records.models import Milestone, Record, RecordKind
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


def read_dates(agreement: Agreement, sight: Sight, money: list[Funding], today: date) -> Dates:
    """Args: money: what runs out, as the reader sees it. Queries: those of `sight.told`."""
    own = _agreement_dates(agreement)
    milestones = _milestones(sight)
    told = {line.record.pk for line in milestones}
    plans = [line for line in _plans(sight.ground.plans) if line.record.pk not in told]
    return Dates(
        timeline=_sorted(_once([*own, *plans, *_inside(milestones, own)])),
        ahead=_ahead(own, milestones, sight, money, today),
        recent=_recent(milestones, plans, sight, today),
    )


def shown_in_dates(sight: Sight, today: date) -> list[int]:
    """Keys of the initiatives that may be shown."""
    waits = [wait.initiative_id for wait in _waiting(sight, today)]
    return [*_coming(sight, today), *waits, *_over(sight, today)]


def _coming(sight: Sight, today: date) -> list[int]:
    found = sight.tally.coming.since(today + timedelta(days=1))
    return [row[-1] for row in islice(found, AHEAD_SHOWN)]


def _waiting(sight: Sight, today: date) -> list[Wait]:
    found = (wait for wait in sight.tally.waits.since() if wait.latest >= today)
    return list(islice(found, AHEAD_SHOWN))


def _over(sight: Sight, today: date) -> list[int]:
    found = sight.tally.over.since(-today.toordinal())
    return [row[-1] for row in islice(found, RECENT_SHOWN)]


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


def _plans(plans: list[CollaborationPlan]) -> list[Dated]:
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


def _milestones(sight: Sight) -> list[Dated]:
    """The latest of those that the reader may see."""
    seen = (one for one in sight.ground.milestones if _is_seen(one, sight))
    return [
        Dated(m.when, Happening.MILESTONE, m.about or m.record, m.title)
        for m in islice(seen, _MILESTONES_READ)
        if m.when is not None
    ]


def _is_seen(milestone: Milestone, sight: Sight) -> bool:
    about = milestone.about
    return about is None or about.kind != RecordKind.INITIATIVE or sight.sees(about.pk)


def _ahead(
    own: list[Dated],
    milestones: list[Dated],
    sight: Sight,
    money: list[Funding],
    today: date,
) -> list[Dated]:
    known = sight.told(shown_in_dates(sight, today))
    lines = [_initiative(row := known[pk].initiative, row.when) for pk in _coming(sight, today)]
    for wait in _waiting(sight, today):
        told = known[wait.initiative_id]
        lines += [
            _initiative(told.initiative, event.postponed_to, Happening.POSTPONED_TO)
            for event in told.events
            if event.pk == wait.event_id
        ]
    lines += [
        Dated(funding.ends, Happening.MONEY_ENDS, funding.record)
        for funding in money
        if funding.ends and funding.ends.latest and funding.ends.latest >= today
    ]
    lines += [line for line in own if line.when.earliest and line.when.earliest > today]
    already = {line.record.pk for line in lines}
    lines += [
        line
        for line in milestones
        if line.when.earliest and line.when.earliest > today and line.record.pk not in already
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


def _recent(milestones: list[Dated], plans: list[Dated], sight: Sight, today: date) -> list[Dated]:
    """What is known to be over, latest first; only what is known to the month."""
    keys = _over(sight, today)
    known = sight.told(keys)
    lines = [_initiative(row := known[pk].initiative, row.when) for pk in keys]
    told = {line.record.pk for line in lines}
    lines += [
        line
        for line in [*milestones, *plans]
        if line.when.latest and line.when.latest <= today and line.record.pk not in told
        if line.when.precision.value in ("DAY", "MONTH")
    ]
    lines.sort(key=lambda line: (line.when.latest or date.min, line.record.pk), reverse=True)
    return lines[:RECENT_SHOWN]
