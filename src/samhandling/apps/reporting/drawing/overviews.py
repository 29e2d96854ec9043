"""What Samhandling adds to the county's own report: summary, matrix, register, participation."""

from collections import Counter

from samhandling.apps.followup.models import NetworkReport, PlannedInitiative
from samhandling.apps.initiatives.models import Initiative, InitiativeActor, Status, StatusEvent
from samhandling.apps.organisations.models import Actor
from samhandling.apps.reporting.drawing.areas import gap_block
from samhandling.apps.reporting.drawing.initiatives import status_words
from samhandling.apps.reporting.drawing.wording import (
    actor,
    day,
    drawn,
    level_mark,
    listed,
    lower_first,
    name,
    number_word,
    sentence,
)
from samhandling.apps.reporting.material import Material
from samhandling.core.knowledge import Basis
from samhandling.core.partial_date import describe
from samhandling.core.report_model import (
    Block,
    BulletList,
    Cell,
    Chart,
    ChartKind,
    Column,
    Figure,
    FigureRef,
    Inline,
    ListItem,
    Paragraph,
    Row,
    Series,
    Table,
    Text,
    Unknown,
)

MOVED = (Status.POSTPONED, Status.PAUSED, Status.RESUMED, Status.NOT_CARRIED_OUT, Status.CLOSED)


def _last(m: Material, one: Initiative) -> StatusEvent | None:
    events = m.status[one.pk]
    return events[-1] if events else None


def _moved(m: Material) -> list[Initiative]:
    return [one for one in m.counted if (e := _last(m, one)) is not None and e.status in MOVED]


def _rows_of(text: str, ones: list[Initiative]) -> FigureRef:
    return FigureRef(text, "INITIATIVE", tuple(one.uid for one in ones))


def summary(m: Material) -> list[Block]:
    """One page for the council: how much, what moved, what nobody answers for, what is asked."""
    if not m.counted:
        return []
    whole = [one for one in m.counted if one.parent_id is None]
    parts = [one for one in m.counted if one.parent_id is not None]
    lead: list[Inline] = [
        Text("Uppföljningen omfattar "),
        _rows_of(f"{len(whole)} insatser", whole),
        Text(" och "),
        _rows_of(f"{len(parts)} delinsatser eller steg", parts),
        Text(" i "),
        FigureRef(
            f"{number_word(len(m.network_reports))} nätverk",
            "BODY",
            tuple(r.body.uid for r in m.network_reports),
        ),
        Text(" som har redovisat."),
    ]
    counts = Counter(_status_of(m, one) for one in m.counted)
    done = [one for one in m.counted if _status_of(m, one) == Status.DONE]
    items = [
        ListItem(
            (
                _rows_of(f"{counts[Status.DONE]} är genomförda", done),
                Text(f" av {len(m.counted)} insatser och delinsatser."),
            )
        )
    ]
    moved = _moved(m)
    if moved:
        items.append(
            ListItem(
                (
                    _rows_of(f"{len(moved)} har flyttats, pausats eller avslutats", moved),
                    Text("; skälen står i registret längre fram."),
                )
            )
        )
    unknown = [one for one in m.counted if _status_of(m, one) == Status.UNKNOWN]
    if unknown:
        items.append(
            ListItem(
                (Text("För "), _rows_of(f"{len(unknown)}", unknown), Text(" är status okänd."))
            )
        )
    for gap in m.gaps:
        area = gap.focus_area
        items.append(
            ListItem(
                (
                    Text("Inget nätverk ansvarar för allt inom "),
                    name(area.record, lower_first(area.title)),
                    Text(": "),
                    name(gap.record, lower_first(gap.title)),
                    Text(", sedan "),
                    *day(gap.since),
                    Text("."),
                )
            )
        )
    asked = [one for one in m.recommendations if not one.responses.all()]
    if asked:
        items.append(
            ListItem(
                (
                    FigureRef(
                        f"{number_word(len(asked)).capitalize()} rekommendationer",
                        "RECOMMENDATION",
                        tuple(one.uid for one in asked),
                    ),
                    Text(" väntar på svar."),
                )
            )
        )
    return [
        Paragraph(tuple(lead), drawn("antal", m.round), is_lead=True),
        BulletList(tuple(items), drawn("sammanfattning", m.round, *m.gaps)),
    ]


def _status_of(m: Material, one: Initiative) -> str:
    event = _last(m, one)
    return event.status if event is not None else Status.UNKNOWN


def level_matrix(m: Material) -> list[Block]:
    """Networks down, levels across: how many initiatives, beside what the network told."""
    if not m.network_reports or not m.levels:
        return []
    columns = (
        Column("Nätverk", width=2.4),
        Column("Nivåer för nätverket som helhet", width=2.0),
        *(Column(level.title.capitalize(), is_numeric=True) for level in m.levels),
        Column("Okänd nivå", is_numeric=True),
        Column("Insatser och delar", is_numeric=True),
    )
    rows = []
    for report in m.network_reports:
        ones = [one for one in m.counted if one.network_id == report.body_id]
        rows.append(_matrix_row(m, report, ones))
    without = [one for one in m.counted if one.network_id is None]
    if without:
        rows.append(_matrix_row(m, None, without))
    return [
        Table(
            "Insatser per nätverk och samverkansnivå",
            columns,
            tuple(rows),
            "En insats med två nivåer räknas på båda. Ingen nivå är bättre än en annan.",
            drawn("insatser, nivåer och nätverk", *[r.body for r in m.network_reports]),
        )
    ]


def _matrix_row(m: Material, report: NetworkReport | None, ones: list[Initiative]) -> Row:
    told: list[Inline] = []
    if report is not None:
        for row in report.levels.all():
            if not row.is_planned:
                told.append(
                    level_mark(row.level.key, row.level.title, is_stated=row.basis == Basis.STATED)
                )
        first: Inline = name(report.body.record, report.body.short)
    else:
        first = Text("Inget eller okänt nätverk")
    cells = [Cell((first,)), Cell(tuple(told) or (Unknown(),))]
    for level in m.levels:
        at = [one for one in ones if any(x.level_id == level.pk for x in one.levels.all())]
        cells.append(Cell((_rows_of(str(len(at)), at) if at else Text("0"),)))
    unknown = [one for one in ones if not one.levels.all()]
    cells.append(Cell((_rows_of(str(len(unknown)), unknown) if unknown else Text("0"),)))
    cells.append(Cell((_rows_of(str(len(ones)), ones) if ones else Text("0"),)))
    return Row(tuple(cells), (report.body.uid,) if report is not None else ())


def status_chart(m: Material) -> list[Block]:
    """How many initiatives have each status, as bars with their table."""
    if not m.counted:
        return []
    counts = Counter(_status_of(m, one) for one in m.counted)
    order = [s for s in Status if counts[s]]
    order.sort(key=lambda s: (s == Status.UNKNOWN, -counts[s]))
    most = order[0]
    chart = Chart(
        ChartKind.BARS,
        tuple(str(s.label) for s in order),
        (Series("Insatser och delinsatser", tuple(float(counts[s]) for s in order)),),
        unit="insatser och delinsatser",
    )
    rows = []
    for s in order:
        ones = [one for one in m.counted if _status_of(m, one) == s]
        rows.append(Row((Cell((Text(str(s.label)),)), Cell((_rows_of(str(len(ones)), ones),)))))
    table = Table(
        "Insatser och delinsatser per status",
        (Column("Status", width=2), Column("Antal", is_numeric=True)),
        tuple(rows),
    )
    return [
        Figure(
            f"{most.label}: {counts[most]} av {len(m.counted)} insatser och delinsatser",
            "Liggande staplar med antal insatser och delinsatser per status. "
            "Talen står i tabellen.",
            chart,
            table=table,
            origin=drawn("status", *m.counted),
        )
    ]


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
                Cell(tuple(status_words(m, m.initiatives[p.initiative_id], ends=""))),
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


def postponements(m: Material) -> list[Block]:
    """The register of what was moved, paused or stopped, with cause and new date, and the sums."""
    moved = _moved(m)
    if not moved:
        return []
    rows = []
    causes: Counter[str] = Counter()
    for one in moved:
        event = m.status[one.pk][-1]
        deviations = [x for e in m.status[one.pk] for x in e.causes.all()]
        words: list[Inline] = []
        for x in deviations:
            words += [Text(", " if words else ""), Text(lower_first(x.cause.name))]
            if x.basis == Basis.INFERRED:
                words.append(Text(" (härlett)"))
            causes[x.cause.name] += 1
        if not deviations:
            causes["Okänd orsak"] += 1
        what: list[Inline] = [Text(str(Status(event.status).label))]
        if event.postponed_to is not None:
            what.append(Text(f" till {lower_first(describe(event.postponed_to))}"))
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
    sums = listed([[Text(f"{lower_first(key)} ({n})")] for key, n in causes.most_common()])
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
            origin=drawn("avvikelser", *moved),
        ),
        Paragraph((Text("Orsaker, antal insatser: "), *sums, Text(".")), drawn("orsaker", *moved)),
    ]


def participation(m: Material) -> list[Block]:
    """Which actor owns, takes part in, funds or sits where. Only what the sources tell."""
    found: dict[int, tuple[Actor, list[tuple[str, Inline]]]] = {}

    def add(one: Actor | None, what: str, where: Inline) -> None:
        if one is not None:
            found.setdefault(one.pk, (one, []))[1].append((what, where))

    for one in m.counted:
        add(one.owner, "äger", name(one.record))
        for row in one.actors.all():
            add(row.actor, InitiativeActor.Role(row.role).label.__str__(), name(one.record))
        for funding in one.funding.all():
            add(funding.funder, "finansierar", name(one.record))
            add(funding.recipient, "får medel", name(one.record))
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
                Text(f"{'; ' if words else ''}{what} "),
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


def coverage_gaps(m: Material) -> list[Block]:
    """Questions nobody answers for, since when, and what a closed or dormant body left behind."""
    blocks: list[Block] = [gap_block(m, gap) for gap in m.gaps]
    closed = [e for e in m.lifecycle if e.kind in {"CLOSED", "BECAME_DORMANT"}]
    for event in closed:
        left = [
            one
            for one in m.counted
            if one.network_id == event.body_id
            and _status_of(m, one) in {Status.PROPOSED, Status.PLANNED, Status.ONGOING}
        ]
        if left:
            blocks.append(
                Paragraph(
                    (
                        name(event.record),
                        Text(" lämnar kvar: "),
                        *listed([[name(one.record)] for one in left]),
                        Text("."),
                    ),
                    drawn("utan nätverk", event, *left),
                )
            )
    return blocks


def milestones(m: Material) -> list[Block]:
    """The dated events of the county's work, earliest first."""
    rows = sorted(
        m.milestones,
        key=lambda x: (x.when_earliest is None, x.when_earliest or x.when_latest, x.pk),
    )
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
