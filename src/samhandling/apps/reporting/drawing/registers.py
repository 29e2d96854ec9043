"""Registers Samhandling adds: plan and outcome, what moved, who takes part, what happened when."""

from collections import Counter
from datetime import date

from samhandling.apps.followup.models import PlannedInitiative
from samhandling.apps.initiatives.models import Initiative, InitiativeActor, Status
from samhandling.apps.organisations.models import Actor
from samhandling.apps.records.models import Milestone
from samhandling.apps.reporting.drawing.initiatives import status_words
from samhandling.apps.reporting.drawing.standing import causes_of, deviation_of, moved
from samhandling.apps.reporting.drawing.wording import (
    actor,
    day,
    drawn,
    listed,
    lower_first,
    name,
    sentence,
)
from samhandling.apps.reporting.material import Material
from samhandling.apps.situation.models import Cause
from samhandling.core.partial_date import describe
from samhandling.core.report_model import (
    Block,
    Cell,
    Column,
    Inline,
    Paragraph,
    Row,
    Table,
    Text,
    Unknown,
)

_TAKES_PART = {
    InitiativeActor.Role.PARTNER: "medverkar i",
    InitiativeActor.Role.PARTICIPANT: "deltar i",
    InitiativeActor.Role.COMMISSIONER: "är uppdragsgivare för",
    InitiativeActor.Role.STEERING_GROUP: "är styrgrupp för",
    InitiativeActor.Role.WORKING_GROUP: "är arbetsgrupp för",
    InitiativeActor.Role.COOPERATING_NETWORK: "samverkar i",
}


def planned_last_year(m: Material) -> list[Block]:
    """What the networks planned a year ago, beside what became of it. Empty the first year."""
    plans = list(
        PlannedInitiative.objects.filter(
            report__round__agreement=m.agreement, report__round__year=m.year - 1
        ).select_related("report__body__record", "initiative__record")
    )
    rows = [
        Row(
            (
                Cell((name(p.initiative.record),)),
                Cell((actor(p.report.body),)),
                Cell(tuple(_outcome(m, m.initiatives[p.initiative_id]))),
            ),
            (p.initiative.uid,),
        )
        for p in plans
        if p.initiative_id in m.initiatives
    ]
    if not rows:
        return []
    return [
        Table(
            f"Planerat {m.year - 1} för {m.year}",
            (Column("Insats", width=2), Column("Nätverk"), Column("Vad det blev", width=1.6)),
            tuple(rows),
            origin=drawn("plan och utfall", *[p.initiative for p in plans]),
        )
    ]


def _outcome(m: Material, one: Initiative) -> list[Inline]:
    """The status told for the year itself; an earlier one is no outcome of the plan."""
    if any(event.told_for_year == m.year for event in m.status[one.pk]):
        return status_words(m, one, ends="")
    what = "Läget inte redovisat" if one.pk in m.reported_ids else "Inte redovisat"
    return [Text(f"{what} för {m.year}")]


def postponements(m: Material) -> list[Block]:
    """The register of what was moved, paused or stopped, with cause and new date, and the sums."""
    gone = moved(m)
    if not gone:
        return []
    rows = []
    counts: Counter[Cause] = Counter()
    uncaused = 0
    for one in gone:
        causes = causes_of(m, one)
        words: list[Inline] = []
        for cause, is_inferred in causes.items():
            words += [Text(", " if words else ""), Text(lower_first(cause.name))]
            if is_inferred:
                words.append(Text(" (härlett)"))
        counts.update(causes.keys())
        uncaused += not causes
        what = _what_happened(m, one)
        network: tuple[Inline, ...] = (
            (actor(one.network),)
            if one.network is not None
            else (Text("Inget"),)
            if one.has_no_network
            else (Unknown(),)
        )
        rows.append(
            Row(
                (
                    Cell((name(one.record),)),
                    Cell(network),
                    Cell(tuple(what)),
                    Cell(tuple(words) or (Unknown(),)),
                ),
                (one.uid,),
            )
        )
    ordered = sorted(counts.items(), key=lambda line: (-line[1], line[0].order, line[0].pk))
    told = [(lower_first(cause.name), n) for cause, n in ordered]
    told += [("okänd orsak", uncaused)] if uncaused else []
    sums = listed([[Text(f"{cause} ({n})")] for cause, n in told])
    return [
        Table(
            "Flyttat, pausat och stoppat",
            (
                Column("Insats", width=2),
                Column("Nätverk", width=1.3),
                Column("Vad hände"),
                Column("Orsak", width=1.3),
            ),
            tuple(rows),
            origin=drawn("avvikelser", *gone),
        ),
        Paragraph((Text("Orsaker, antal insatser: "), *sums, Text(".")), drawn("orsaker", *gone)),
    ]


def _what_happened(m: Material, one: Initiative) -> list[Inline]:
    """The deviation, and what the initiative is now where that is something else."""
    event = deviation_of(m, one)
    assert event is not None
    last = m.status[one.pk][-1]
    if last.status == Status.RESUMED:
        return status_words(m, one, ends="", causes=False)
    out: list[Inline] = [Text(str(Status(event.status).label))]
    if event.postponed_to is not None:
        out.append(Text(f" till {lower_first(describe(event.postponed_to))}"))
    if last.pk != event.pk:
        out.append(Text(f"; nu {lower_first(str(Status(last.status).label))}"))
    return out


def participation(m: Material) -> list[Block]:
    """Which actor owns, takes part in, funds or sits where. Only what the sources tell."""
    found: dict[int, tuple[Actor, list[tuple[str, Inline]]]] = {}

    def add(one: Actor | None, what: str, where: Inline) -> None:
        if one is not None:
            found.setdefault(one.pk, (one, []))[1].append((what, where))

    for one in m.counted:
        add(one.owner, "äger", name(one.record))
        for row in one.actors.all():
            add(row.actor, _TAKES_PART[InitiativeActor.Role(row.role)], name(one.record))
        for funding in one.funding.all():
            add(funding.funder, "finansierar", name(one.record))
            add(funding.recipient, "får medel till", name(one.record))
    for seats in m.seats.values():
        for seat in seats:
            add(seat.actor, "sitter i", actor(seat.body))
    for series in m.workshops:
        for one_actor in series.participants.all():
            add(one_actor, "deltog i", name(series.record))
    for report in m.network_reports:
        add(report.body.coordinating_authority, "samordnar", actor(report.body))
    if not found:
        return []
    rows = []
    for one_actor, places in sorted(found.values(), key=lambda pair: pair[0].name.casefold()):
        words: list[Inline] = []
        for what in dict.fromkeys(w for w, _ in places):
            where = list(dict.fromkeys(i for w, i in places if w == what))
            words += [
                Text(f"; {what} " if words else f"{what[:1].upper()}{what[1:]} "),
                *listed([[i] for i in where]),
            ]
        rows.append(Row((Cell((actor(one_actor),)), Cell(tuple(words))), (one_actor.uid,)))
    return [
        Table(
            "Vilka som medverkar, enligt källorna",
            (Column("Part eller aktör"), Column("Medverkan", width=3)),
            tuple(rows),
            "Att en part saknas betyder att källorna inte nämner den, inte att den står utanför.",
            drawn("medverkan", *[a for a, _ in found.values()]),
        )
    ]


def milestones(m: Material) -> list[Block]:
    """The dated events of the county's work, earliest first."""

    def order(row: Milestone) -> tuple[bool, date, int]:
        earliest, latest = (row.when.earliest, row.when.latest) if row.when else (None, None)
        return earliest is None, earliest or latest or date.max, row.pk

    rows = sorted(m.milestones, key=order)
    if not rows:
        return []
    return [
        Table(
            "Hållpunkter i tidsordning",
            (Column("När"), Column("Vad", width=3)),
            tuple(
                Row((Cell(tuple(day(x.when))), Cell((Text(sentence(x.title)),))), (x.uid,))
                for x in rows
            ),
            origin=drawn("hållpunkter", *rows),
        )
    ]
