"""Reports made up for the renderers' tests: one with every kind of part, one of real length."""

from __future__ import annotations

from samhandling.core.report_model import (
    Block,
    BulletList,
    Callout,
    CalloutKind,
    Cell,
    Chart,
    ChartKind,
    Column,
    Drawn,
    Emph,
    Fact,
    Facts,
    Figure,
    FigureRef,
    Footnote,
    FootnoteRef,
    Heading,
    InferredMark,
    Inline,
    LevelMark,
    Link,
    ListItem,
    MatrixRow,
    Meta,
    NumberedList,
    PageBreak,
    Paragraph,
    RecordRef,
    Report,
    Row,
    Series,
    Shape,
    Strong,
    Table,
    Text,
    Unknown,
    Written,
)

WRITTEN = Written("p-1", "Karin Exempel")
EXCHANGE = LevelMark("Erfarenhetsutbyte", Shape.CIRCLE)
SKILLS = LevelMark("Kompetensutveckling", Shape.DIAMOND, is_stated=False)
JOINT = LevelMark("Gemensam insats", Shape.SQUARE)
NOTE_A = Footnote("a", (Text("Underlaget är deltagarnas egna svar."),), "F-1")
NOTE_B = Footnote(
    "b", (Text("Läs mer hos "), Link((Text("länet"),), "https://exempel.se/lan"), Text(".")), "F-2"
)


def cell(*inlines: Inline | str) -> Cell:
    return Cell(tuple(Text(one) if isinstance(one, str) else one for one in inlines))


def paragraph(*inlines: Inline | str, is_lead: bool = False) -> Paragraph:
    said = tuple(Text(one) if isinstance(one, str) else one for one in inlines)
    return Paragraph(said, WRITTEN, is_lead)


STATUS_CHART = Chart(
    ChartKind.STACKED,
    ("Flyktinghandläggarnätverket", "FIA", "ReSam", "Länsgruppen för ensamkommande barn"),
    (
        Series("Genomförda", (4, 6, 2, 3)),
        Series("Pågår", (2, 5, 11, 1)),
        Series("Planerade", (0, 3, 1, None)),
        Series("Flyttade", (3, 0, 1, 1)),
    ),
    unit="insatser",
)
HOURS_CHART = Chart(
    ChartKind.BARS,
    ("Före", "Efter", "Nästa år"),
    (Series("timmar", (80, 100, None)),),
    unit="timmar",
)
LEVEL_CHART = Chart(
    ChartKind.MATRIX,
    ("Barnrättstrappan", "Samlad bild av boskolor", "Träffar om pandemin"),
    columns=("Flyktinghandläggarnätverket", "FIA", "ReSam"),
    matrix=(
        MatrixRow(((EXCHANGE, SKILLS), (), ())),
        MatrixRow(((SKILLS,), (Unknown(),), (Text("2"),))),
        MatrixRow(((), (JOINT,), (EXCHANGE,))),
    ),
)


def status_table(rows: int = 4) -> Table:
    names = (
        "Träffar om pandemin",
        "Barnrättstrappan i frågor om bosättning",
        "Samtal och erfarenhetsutbyte",
        "Samlad bild av boskolor",
    )
    return Table(
        caption="Ett av tre steg är genomfört",
        columns=(
            Column("Insats", width=3),
            Column("Nivåer", width=1.3),
            Column("Status", width=1.5),
            Column("Antal träffar", is_numeric=True),
        ),
        rows=(
            *(
                Row(
                    (
                        cell(
                            RecordRef(f"rec{n}", names[n % 4], "INITIATIVE"),
                            *([FootnoteRef(NOTE_B)] if n == 1 else []),
                        ),
                        cell(EXCHANGE, SKILLS) if n % 2 else cell(Unknown()),
                        cell("Genomförd", *([InferredMark("mötena är hållna")] if n == 2 else [])),
                        cell(FigureRef(str(n + 2), "MEETING", (f"rec{n}",)))
                        if n % 4 != 3
                        else cell(Unknown()),
                    ),
                    record_uids=(f"rec{n}",),
                    indent=1 if n % 4 == 2 else 0,
                )
                for n in range(rows)
            ),
            Row((cell("Summa"), cell(), cell(), cell("minst 12")), is_total=True),
        ),
        note="Fylld form: källan säger det. Ihålig form: härlett.",
        origin=Drawn(tuple(f"rec{n}" for n in range(rows)), "insatser i fokusområdet"),
    )


def status_figure(number: int = 0) -> Figure:
    return Figure(
        caption="Alla flyttade delinsatser finns inom bosättning",
        alt="Liggande staplar per nätverk. Flyktinghandläggarnätverket har tre flyttade insatser.",
        chart=(STATUS_CHART, HOURS_CHART, LEVEL_CHART)[number % 3],
        table=Table(
            "",
            (Column("Nätverk", width=2), Column("Genomförda", True), Column("Flyttade", True)),
            (
                Row((cell("Flyktinghandläggarnätverket"), cell("4"), cell("3"))),
                Row((cell("FIA"), cell("6"), cell("0"))),
            ),
        ),
        origin=Drawn(("rec0", "rec1"), "status per nätverk"),
    )


def report(*blocks: Block, language: str = "sv", title: str = "Uppföljning 2020") -> Report:
    return Report(
        title,
        "Överenskommelsen om integration i länet, januari till november 2020",
        language,
        Meta(
            publisher="Länsstyrelsen i Exempellän",
            running_title="Uppföljning 2020 · Överenskommelsen om integration",
            status="Utkast",
            made_at="2020-12-01T14:32:00+01:00",
            as_of="2020-11-30",
            data_version="dataversion 412",
            cover=(
                ("Till", "Rådet för social hållbarhet"),
                ("Avser", "1 januari – 30 november 2020"),
                ("Sammanställd av", "Processledaren"),
            ),
            keywords=("integration", "samverkan"),
        ),
        blocks,
    )


def chapter(n: int = 1) -> tuple[Block, ...]:
    return (
        Heading(2, "Bosättning och mottagande", f"bosattning-{n}", f"2.{n}"),
        Facts(
            (
                Fact("Ansvarigt nätverk", (RecordRef("net1", "Flyktinghandläggarnätverket"),)),
                Fact("Ansvarig samordnande myndighet", (Text("Länsstyrelsen"),)),
                Fact(
                    "Samverkansnivåer", (LevelMark("Erfarenhetsutbyte", Shape.CIRCLE, True, True),)
                ),
                Fact("Indikator", (Unknown(),)),
            ),
            Drawn(("net1",), "nätverkets uppgifter"),
        ),
        paragraph(
            "Nätverket är ett forum där handläggare löser ",
            Emph((Text("konkreta"),)),
            " frågor och hittar ",
            Strong((Text("gemensamma"),)),
            " arbetssätt.",
            FootnoteRef(NOTE_A),
            " Av ",
            FigureRef("åtta", "INITIATIVE", (), (("natverk", "flykting"),)),
            " insatser är fyra genomförda, och ",
            RecordRef("rec1", "Barnrättstrappan", "INITIATIVE"),
            " är påbörjad. Läs mer hos ",
            Link((Text("länet"),), "https://exempel.se/lan?a=1&b=2"),
            ".",
        ),
        status_table(),
        Heading(3, "Vad som blev annorlunda", f"annorlunda-{n}"),
        BulletList(
            (
                ListItem((Text("Tid och resurser räcker inte till allt."),)),
                ListItem(
                    (Text("Former och riktlinjer saknas."),),
                    (ListItem((Text("Arbetet hänger på personer."),)),),
                ),
            ),
            WRITTEN,
        ),
        status_figure(n),
        Callout(
            CalloutKind.GAP,
            "Det här saknas",
            (paragraph("Ingen har sagt vilken indikator som gäller."),),
        ),
    )


def small_report(language: str = "sv") -> Report:
    """Every kind of block and inline, a few pages."""
    return report(
        Heading(1, "Bakgrund", "bakgrund", "1"),
        paragraph("Rapporten säger vad parterna gjorde tillsammans under året.", is_lead=True),
        paragraph(
            "Den bygger på intervjuer ”på plats” och på handlingsplaner.", FootnoteRef(NOTE_A)
        ),
        Heading(1, "Genomförda insatser", "insatser", "2"),
        *chapter(1),
        PageBreak(),
        Heading(1, "Lärdomar och rekommendationer", "lardomar", "3"),
        NumberedList(
            (
                ListItem((Text("Ge nätverken ett tydligt mandat."),)),
                ListItem((Text("Följ upp varje år."),)),
            ),
            origin=WRITTEN,
        ),
        Callout(
            CalloutKind.RECOMMENDATION,
            "Rekommendation 1",
            (paragraph("Parterna bör bestämma vem som äger frågan."),),
        ),
        language=language,
    )


LOREM = (
    "Under året träffades nätverket oftare än planerat, eftersom frågorna om pandemin behövde svar "
    "snabbt. Deltagarna beskriver att mötena gav en gemensam bild av läget, och att flera kommuner "
    "kunde använda samma lösning. Samtidigt fick andra uppgifter vänta, och två steg flyttades "
    "till nästa år. Skälen är kända och står i tabellen. "
)


def long_report(chapters: int = 15) -> Report:
    """About thirty pages with fifteen charts, as quality.md measures."""
    blocks: list[Block] = [Heading(1, "Genomförda insatser", "insatser")]
    for n in range(1, chapters + 1):
        blocks += chapter(n)
        blocks += [paragraph(LOREM * 3), paragraph(LOREM * 2), status_table(10), paragraph(LOREM)]
    return report(*blocks)
