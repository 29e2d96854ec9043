"""What Samhandling adds to the county's own report: summary, matrix and gaps."""

from collections import Counter

from samhandling.apps.followup.models import NetworkReport
from samhandling.apps.initiatives.models import Initiative, Status
from samhandling.apps.reporting.drawing.areas import gap_block
from samhandling.apps.reporting.drawing.standing import (
    moved,
    moved_before,
    stands_from_before,
    status_of,
)
from samhandling.apps.reporting.drawing.wording import (
    day,
    drawn,
    level_mark,
    listed,
    name,
    number_word,
)
from samhandling.apps.reporting.material import Material
from samhandling.core.knowledge import Basis
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
        _rows_of(f"{len(whole)} {'insats' if len(whole) == 1 else 'insatser'}", whole),
        Text(" och "),
        _rows_of(
            f"{len(parts)} {'delinsats' if len(parts) == 1 else 'delinsatser'} eller steg", parts
        ),
        Text(". "),
        *_where_they_belong(m),
    ]
    counts = Counter(status_of(m, one) for one in m.counted)
    done = [one for one in m.counted if status_of(m, one) == Status.DONE]
    of_all = "insats" if len(m.counted) == 1 else "insatser och delinsatser"
    is_done = "är genomförd" if len(done) == 1 else "är genomförda"
    items = [
        ListItem(
            (
                _rows_of(f"{counts[Status.DONE]} {is_done}", done),
                Text(f" av {len(m.counted)} {of_all}."),
                *_of_an_earlier_year(m, done, [one for one in done if stands_from_before(m, one)]),
            )
        )
    ]
    gone = moved(m)
    if gone:
        items.append(
            ListItem(
                (
                    _rows_of(f"{len(gone)} har flyttats, pausats eller stoppats", gone),
                    Text("; skälen står i registret längre fram."),
                    *_of_an_earlier_year(m, gone, [x for x in gone if moved_before(m, x)]),
                )
            )
        )
    unknown = [one for one in m.counted if status_of(m, one) == Status.UNKNOWN]
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
                    name(gap.record, area.title),
                    Text(" saknar ansvarigt nätverk sedan "),
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
                        f"{number_word(len(asked)).capitalize()} "
                        f"{'rekommendation' if len(asked) == 1 else 'rekommendationer'}",
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


def _where_they_belong(m: Material) -> list[Inline]:
    told = [report for report in m.network_reports if m.has_told(report)]
    reported, other, without = _by_network(m, told)
    bodies = tuple(report.body.uid for report in told)
    many = f"de {number_word(len(bodies))}" if len(bodies) > 1 else "det"
    networks = FigureRef(f"{many} nätverk", "BODY", bodies)
    said: list[list[Inline]] = []
    if reported:
        said.append([_rows_of(str(len(reported)), reported), Text(" hör till "), networks])
        said[-1].append(Text(" som har redovisat"))
    if other:
        said.append([_rows_of(str(len(other)), other), Text(" hör till andra nätverk")])
    if without:
        said.append([_rows_of(str(len(without)), without), Text(" har inget eller okänt nätverk")])
    return [*listed(said), Text(".")]


def _of_an_earlier_year(m: Material, ones: list[Initiative], old: list[Initiative]) -> list[Inline]:
    """How many of these were told of another year alone; nothing where none were."""
    if not old:
        return []
    if len(old) == len(ones):
        of_them = "" if len(ones) == 1 else " för någon av dem"
        return [
            Text(f" Läget är inte redovisat för {m.year}{of_them}, utan står från ett tidigare år.")
        ]
    return [
        Text(" För "),
        _rows_of(str(len(old)), old),
        Text(f" av dem är läget inte redovisat för {m.year}, utan står från ett tidigare år."),
    ]


def _by_network(
    m: Material, reports: list[NetworkReport]
) -> tuple[list[Initiative], list[Initiative], list[Initiative]]:
    """Those of the networks of these reports, those of other networks, and those without one."""
    ids = {report.body_id for report in reports}
    without = [one for one in m.counted if one.network_id is None]
    reported = [one for one in m.counted if one.network_id in ids]
    other = [one for one in m.counted if one.network_id not in {None, *ids}]
    return reported, other, without


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
    _reported, other, without = _by_network(m, m.network_reports)
    for called, ones in (("Andra nätverk", other), ("Inget eller okänt nätverk", without)):
        if ones:
            rows.append(_matrix_row(m, None, ones, called))
    return [
        Table(
            "Insatser per nätverk och samverkansnivå",
            columns,
            tuple(rows),
            "En insats med två nivåer räknas på båda. Ingen nivå är bättre än en annan.",
            drawn("insatser, nivåer och nätverk", *[r.body for r in m.network_reports]),
        )
    ]


def _matrix_row(
    m: Material, report: NetworkReport | None, ones: list[Initiative], called: str = ""
) -> Row:
    told: list[Inline] = []
    if report is not None:
        for row in report.levels.all():
            if not row.is_planned:
                told.append(
                    level_mark(row.level.key, row.level.title, is_stated=row.basis == Basis.STATED)
                )
        first: Inline = name(report.body.record, report.body.short)
    else:
        first = Text(called)
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
    counts = Counter(status_of(m, one) for one in m.counted)
    order = [s for s in Status if counts[s]]
    order.sort(key=lambda s: (s == Status.UNKNOWN, -counts[s]))
    most = order[0]
    chart = Chart(
        ChartKind.BARS,
        tuple(str(s.label) for s in order),
        (Series("Insatser och delinsatser", tuple(float(counts[s]) for s in order)),),
        unit="insatser och delinsatser",
    )
    old = [one for one in m.counted if stands_from_before(m, one)]
    rows = []
    for s in order:
        ones = [one for one in m.counted if status_of(m, one) == s]
        rows.append(Row((Cell((Text(str(s.label)),)), Cell((_rows_of(str(len(ones)), ones),)))))
    table = Table(
        "Insatser och delinsatser per status",
        (Column("Status", width=2), Column("Antal", is_numeric=True)),
        tuple(rows),
        f"{len(old)} av {len(m.counted)} lägen är inte redovisade för {m.year}, "
        "utan står från ett tidigare år."
        if old
        else "",
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


def coverage_gaps(m: Material) -> list[Block]:
    """Questions nobody answers for, since when, and what a closed or dormant body left behind."""
    blocks: list[Block] = [gap_block(m, gap) for gap in m.gaps]
    closed = [e for e in m.lifecycle if e.kind in {"CLOSED", "BECAME_DORMANT"}]
    for event in closed:
        left = [
            one
            for one in m.counted
            if one.network_id == event.body_id
            and status_of(m, one) in {Status.PROPOSED, Status.PLANNED, Status.ONGOING}
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
