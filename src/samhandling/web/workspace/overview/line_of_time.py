"""Which of the agreement's dates are drawn on its line of time."""

from datetime import date

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.followup.overview.dates import Dated, Happening
from samhandling.apps.records.models import RecordKind
from samhandling.web import timeline
from samhandling.web.templatetags.languages import swedish
from samhandling.web.workspace.overview.words import happening

# Above so many events the line says less, not more; and a long text crowds out the others.
EVENTS_DRAWN = 7
LONGEST_TEXT = 44
_OWN = (Happening.ADOPTED, Happening.STARTS, Happening.ENDS)


def lay_out(agreement: Agreement, dated: list[Dated], today: date) -> timeline.Timeline | None:
    """The agreement's own dates, and between them those that lie farthest from the others.

    What concerns how the work is organised goes before single initiatives. None without dates.
    """
    start, end = agreement.valid_from, agreement.valid_until
    return timeline.lay_out(
        [
            timeline.Event(line.when, _short(line), shown=happening(line, mark=_marked))
            for line in _chosen(dated, today)
        ],
        runs_from=start.earliest if start else None,
        runs_until=end.latest if end else None,
        today=today,
    )


def _short(line: Dated) -> str:
    """What happened, up to the first semicolon."""
    return happening(line).partition(";")[0]


def _marked(text: str) -> str:
    return str(swedish(text.partition(";")[0]))


def _chosen(dated: list[Dated], today: date) -> list[Dated]:
    own = [line for line in dated if line.what in _OWN]
    days = [day for line in own if (day := line.when.earliest or line.when.latest)]
    if not days:
        return []
    first, last = min(days), max(line.when.latest or line.when.earliest or today for line in own)
    drawn = [*days, today]
    left = [
        line
        for line in dated
        if line not in own and line.when.earliest and len(_short(line)) <= LONGEST_TEXT
        if first < line.when.earliest < last
        if line.when.precision.value in ("DAY", "MONTH", "TERM", "SEASON")
    ]
    chosen = own
    while left and len(chosen) < EVENTS_DRAWN:
        best = max(left, key=lambda line: _room(line, drawn))
        left.remove(best)
        chosen.append(best)
        drawn.append(best.when.earliest or today)
    return chosen


def _room(line: Dated, drawn: list[date]) -> float:
    """Days to the nearest event that is drawn; single initiatives count for less."""
    day = line.when.earliest
    assert day is not None, "only dated lines are asked for"
    weight = 0.6 if line.record.kind == RecordKind.INITIATIVE else 1.0
    return weight * min(abs((day - other).days) for other in drawn)
