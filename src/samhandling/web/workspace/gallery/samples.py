"""What the gallery shows: small stand-ins with the attributes that the components read.

None of it is a fact of the county; it is there to show the look of every state.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Paginator

from samhandling.core.partial_date import PartialDate, in_year, on_day, parse_swedish
from samhandling.web.templatetags.statuses import STATUS_WORDS
from samhandling.web.timeline import Event, lay_out


@dataclass
class Area:
    code: str
    title: str
    colour: int | None


@dataclass
class Level:
    key: str


@dataclass
class UsedLevel:
    level: Level
    basis: str = "STATED"
    ground: str = ""


@dataclass
class Someone:
    name: str
    made_up: bool = True


@dataclass
class Row:
    title: str
    area: Area | None
    levels: list[UsedLevel]
    status: str | None
    under: str = ""
    tail: str = ""
    when: PartialDate | None = None
    count: int | None = None
    is_child: bool = False


@dataclass
class Line:
    """A link in a menu, a chip, a tally or a list; holds whatever the component reads."""

    label: str = ""
    url: str = "#"
    is_current: bool = False
    status: str | None = None
    count: int | None = None


@dataclass
class Entry:
    at: date
    sentence: str
    why: str = ""
    made_up: bool = True


@dataclass
class Step:
    title: str
    status: str
    text: str = ""
    when: PartialDate | None = None
    why: str = ""
    levels: list[UsedLevel] = field(default_factory=list)


@dataclass
class Dated:
    when: PartialDate | None
    text: str
    url: str = ""
    made_up: bool = False


@dataclass
class Note:
    number: int
    text: str


def used(*keys: str, basis: str = "STATED") -> list[UsedLevel]:
    """Levels by key."""
    return [UsedLevel(Level(key), basis) for key in keys]


HOUSING = Area("BM", "Bosättning och mottagande", 1)
WORK = Area("AU", "Arbete och utbildning", 2)
HEALTH = Area("HF", "Hälsa och föräldraskap", 3)
MORE = [Area("TR", "Trygghet", 4), Area("DE", "Delaktighet", 5), Area("PR", "Process", 6)]

ROWS = [
    Row(
        "Trappan i tre steg",
        HOUSING,
        used("experience_exchange", "competence_development"),
        "PARTLY_DONE",
        under="Alla länets kommuner",
        when=parse_swedish("2020–2021"),
        count=8,
    ),
    Row(
        "Steg 2: workshop om behov",
        HOUSING,
        used("competence_development", basis="INFERRED"),
        "POSTPONED",
        tail="till 2021",
        when=in_year(2021),
        is_child=True,
    ),
    Row("Läroplattform", WORK, [], "ONGOING", under="Två redovisar, räknas en gång", count=1204),
    Row("Hälsofrågor utan nätverk", HEALTH, [], None),
]

SAMPLES: dict[str, Any] = {
    "areas": [HOUSING, WORK, HEALTH, *MORE],
    "area": HOUSING,
    "statuses": list(STATUS_WORDS),
    "all_levels": used("experience_exchange", "competence_development", "joint_action"),
    "some_levels": used("experience_exchange")
    + used("competence_development", "joint_action", basis="INFERRED"),
    "someone": Someone("Karin Exempel"),
    "dates": [
        on_day(date(2018, 11, 22)),
        parse_swedish("mars 2020"),
        in_year(2021),
        parse_swedish("våren 2021"),
        parse_swedish("efter vårterminen 2020"),
        parse_swedish("2019–2021"),
    ],
    "rows": ROWS,
    "page": Paginator(range(430), 25).page(7),
    "chips": [Line("Läge: uppskjuten"), Line("Område: BM")],
    "menu": [Line("Kalkylblad (XLSX)"), Line("CSV"), Line("Länk till den här vyn")],
    "history": [
        Entry(
            date(2020, 11, 12),
            "Karin Exempel ändrade steg 2 från planerad till uppskjuten till 2021.",
            why="Covid-19.",
        ),
        Entry(date(2020, 10, 2), "Nivån härleddes ur nätverkets nivåer. Ingen har bekräftat den."),
    ],
    "steps": [
        Step(
            "Samtal om hur handläggare arbetar",
            "DONE",
            text="En inventering av behoven är gjord.",
            when=in_year(2020),
            levels=[
                UsedLevel(
                    Level("experience_exchange"),
                    "INFERRED",
                    ground="Källan anger nivå för nätverket, inte för steget.",
                )
            ],
        ),
        Step("Workshop om behov", "POSTPONED", when=in_year(2021), why="Covid-19"),
        Step("Ansökan om studieresa", "NOT_CARRIED_OUT"),
    ],
    "tally": [
        Line(status="DONE", count=21),
        Line(status="ONGOING", count=14),
        Line(status="POSTPONED", count=3),
        Line(status=None, label="Utan läge", count=0),
    ],
    "dated": [
        Dated(parse_swedish("januari 2021"), "Fördjupad utbildning", url="#"),
        Dated(parse_swedish("våren 2021"), "Forum, om politiken ställer sig bakom"),
        Dated(None, "Det nationella projektet upphör", made_up=True),
    ],
    "notes": [Note(1, "Källan säger två olika saker. Båda är kvar som de står.")],
    "timeline": lay_out(
        [
            Event(on_day(date(2018, 11, 22)), "Antagen av rådet"),
            Event(on_day(date(2019, 5, 3)), "Ett nätverk antar en handlingsplan"),
            Event(parse_swedish("mars 2020"), "Covid-19 börjar prägla arbetet"),
            Event(on_day(date(2021, 12, 31)), "Överenskommelsen upphör"),
        ],
        runs_from=date(2019, 1, 1),
        runs_until=date(2021, 12, 31),
        today=date(2020, 11, 30),
    ),
}
