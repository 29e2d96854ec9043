"""The report of a year that follows on another: what is told for it, and what stands from before.

Also how it words what somebody typed, and what somebody chose without a word of their own.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from django.conf import settings

from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.followup import services
from samhandling.apps.followup.models import FollowUpRound, NetworkReport
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import record_status
from samhandling.apps.reporting.assemble import assemble
from samhandling.apps.reporting.drawing.initiatives import status_words
from samhandling.apps.reporting.drawing.lessons import lessons, recommendation_item
from samhandling.apps.reporting.drawing.networks import area_networks
from samhandling.apps.reporting.drawing.overviews import status_chart, summary
from samhandling.apps.reporting.drawing.registers import planned_last_year
from samhandling.apps.reporting.drawing.wording import goes_on, one_line, paragraphs
from samhandling.apps.reporting.material import Material, gather
from samhandling.apps.reporting.services import create_report
from samhandling.core.report_model import BulletList, Figure, Table
from samhandling.core.report_reading import inline_text, plain_text
from samhandling.render import FORMATS
from samhandling.render.entry import render
from tests.factories import County, make_body, make_county, make_initiative, make_need, make_round
from tests.spec.test_report_follows_the_records import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@dataclass(frozen=True)
class Years:
    """A round of 2020 and one of 2021, with the network's empty report in the second."""

    county: County
    first: FollowUpRound
    second: FollowUpRound
    told_first: NetworkReport
    report: NetworkReport

    def tell(self, initiative: Initiative, told: str = "") -> None:
        services.tell_initiative(
            round=self.second,
            network_report=self.report,
            initiative=initiative,
            told=told,
            by=DEMO_LOADER,
        )

    def say(self, **values: object) -> None:
        """Something about the cooperation, so that the network has told."""
        NetworkReport.objects.filter(pk=self.report.pk).update(**values)

    def material(self) -> Material:
        return gather(self.second.pk)

    def network(self) -> str:
        """The network's part of the area, in words."""
        m = self.material()
        return plain_text([x for area in m.focus_areas for x in area_networks(m, area)])

    def initiative(self, title: str, **fields: object) -> Initiative:
        of = {} if "parent" in fields else {"network": self.county.network}
        return make_initiative(self.county.agreement, title, **of, **fields)


@pytest.fixture
def years() -> Years:
    county = make_county()
    first, second = (make_round(county.agreement, year) for year in (2020, 2021))
    of = {"body": county.network, "focus_area": county.area, "by": DEMO_LOADER}
    return Years(
        county,
        first,
        second,
        services.create_network_report(round=first, **of),
        services.create_network_report(round=second, **of),
    )


def summed(m: Material) -> list[str]:
    return [
        inline_text(item.inlines)
        for block in summary(m)
        if isinstance(block, BulletList)
        for item in block.items
    ]


def test_a_place_in_the_round_is_no_telling(years: Years) -> None:
    years.initiative("Startpaket")
    before = plain_text(summary(years.material()))
    assert "1 hör till andra nätverk." in before
    assert "som har redovisat" not in before
    assert "Nätverket har inte redovisat något för 2021." in years.network()
    assert "Ännu inte redovisat för 2021, ur registret:" in years.network()

    years.say(added_value="GAVE")
    after = plain_text(summary(years.material()))
    assert "1 hör till det nätverk som har redovisat." in after
    assert "har inte redovisat något" not in years.network()


def test_what_is_chosen_without_a_word_is_told_as_a_sentence(years: Years) -> None:
    years.say(approach="SPECIAL_PLAN", added_value="NONE")
    said = years.network()
    assert "Förhållande till överenskommelsen: särskild handlingsplan." in said
    assert "Mervärde: Inget mervärde." in said

    years.say(approach_text="ReSam har en plan")
    years.report.statements.create(kind="ADDED_VALUE", text="Vi fann inget.")
    said = years.network()
    assert "Förhållande till överenskommelsen: ReSam har en plan." in said
    assert "särskild handlingsplan" not in said
    assert "Mervärde: Vi fann inget. Sammanfattat: inget mervärde." in said


def test_an_earlier_status_is_no_outcome_of_the_year(years: Years) -> None:
    done = years.initiative("Startpaket", status="DONE")
    words = years.initiative("Lathund", status="DONE")
    anew = years.initiative("Mässa", status="PLANNED")
    for order, one in enumerate((done, words, anew)):
        years.told_first.plans.create(initiative=one, order=order)
    years.tell(words, "Lathunden trycktes.")
    record_status(initiative=anew, status="DONE", told_for_year=2021, by=DEMO_LOADER)
    m = years.material()

    table = planned_last_year(m)[0]
    assert isinstance(table, Table)
    assert [inline_text(row.cells[2].inlines) for row in table.rows] == [
        "Inte redovisat för 2021",
        "Läget inte redovisat för 2021",
        "Genomförd",
    ]
    assert summed(m)[0] == (
        "3 är genomförda av 3 insatser och delinsatser. För 2 av dem är läget inte redovisat för "
        "2021, utan står från ett tidigare år."
    )
    figure = status_chart(m)[0]
    assert isinstance(figure, Figure) and figure.table is not None
    assert figure.table.note == (
        "2 av 3 lägen är inte redovisade för 2021, utan står från ett tidigare år."
    )
    assert inline_text(tuple(status_words(m, done))) == "Genomförd (berättat 2020)."
    assert inline_text(tuple(status_words(m, anew))) == "Genomförd."
    record_status(initiative=done, status="POSTPONED", told_for_year=2020, by=DEMO_LOADER)
    record_status(initiative=words, status="PAUSED", told_for_year=2020, by=DEMO_LOADER)
    assert summed(years.material())[1] == (
        "2 har flyttats, pausats eller stoppats; skälen står i registret längre fram. Läget är "
        "inte redovisat för 2021 för någon av dem, utan står från ett tidigare år."
    )
    of_2020 = gather(years.first.pk)
    assert summed(of_2020)[0] == "0 är genomförda av 3 insatser och delinsatser."
    assert "(berättat" not in plain_text(summary(of_2020))


def test_needs_of_another_year_are_not_what_the_network_says_of_this_one(years: Years) -> None:
    agreement, body = years.county.agreement, years.county.network

    def need(title: str) -> object:
        return make_need(agreement, title, kind="NEED", subject=body.record)

    years.say(added_value="GAVE")
    old, known, new, _silent = map(need, ("Gammalt", "Känt", "Nytt", "Tyst"))
    years.told_first.needs.create(need=old)
    years.report.needs.create(need=known, order=1)
    years.report.needs.create(need=new, order=2)
    late = need("Sent")
    years.report.needs.create(need=late, order=3)
    # As it goes: the first two were there before the second round was started.
    started = years.second.record
    type(started).objects.filter(pk=started.pk).update(created_at=new.record.created_at)

    said = years.network()
    assert "Gammalt" not in said
    own, register = said.split("Behov och utmaningar ur registret, inte redovisade för 2021:")
    assert all(title in own for title in ("Känt", "Nytt", "Sent")) and "Tyst" not in own
    assert "Tyst" in register
    m = gather(years.first.pk)
    of_2020 = plain_text(
        area_networks(replace(m, told_reports={years.told_first.pk}), m.focus_areas[0])
    )
    assert "ur registret" not in of_2020
    assert [t for t in ("Gammalt", "Känt", "Nytt", "Tyst", "Sent") if t in of_2020] == [
        "Gammalt", "Känt", "Nytt", "Tyst",
    ]  # fmt: skip


def test_a_told_part_brings_its_whole_and_its_sisters(years: Years) -> None:
    whole = years.initiative("Barnrätten")
    first, second = (years.initiative(f"Steg {n}", parent=whole) for n in (1, 2))
    years.tell(first, "Samtalen hölls.")
    years.tell(second, "Workshopen hölls.")
    years.initiative("Steg 3", parent=whole)
    said = years.network()
    assert [said.count(x) for x in ("Barnrätten", "Steg 1", "Steg 2", "Steg 3")] == [1, 1, 1, 1]
    assert said.index("Barnrätten") < said.index("Steg 1") < said.index("Samtalen hölls.")
    assert "Workshopen hölls." in said
    assert "Insatsen hör nu till" not in said
    assert years.material().untold == []

    Initiative.objects.filter(pk=whole.pk).update(network=make_body("Lärnätet"))
    assert years.network().count("Insatsen hör nu till Lärnätet.") == 1
    years.tell(whole, "Arbetet blev klart.")
    said = years.network()
    assert said.count("Barnrätten") == 1 and "Arbetet blev klart." in said


def test_one_is_told_in_the_singular(years: Years) -> None:
    years.initiative("Startpaket", status="DONE", told_for_year=2021)
    lesson = services.create_lesson(round=years.second, number=1, title="Lär", by=DEMO_LOADER)
    services.create_recommendation(
        round=years.second, text="Ge mandat", lesson=lesson, applies_to="ReSam", by=DEMO_LOADER
    )
    m = years.material()
    assert summed(m) == [
        "1 är genomförd av 1 insats.",
        "En rekommendation väntar på svar.",
    ]
    assert "Uppföljningen gav en lärdom, med" in plain_text(lessons(m))
    item = inline_text(recommendation_item(m.recommendations[0]).inlines)
    assert item == "Ge mandat. Gäller: ReSam. Inget svar ännu."


@pytest.mark.parametrize(
    ("typed", "inside"),
    [
        ("Ingen svarar", "ingen svarar"),
        ("ReSam svarar", "ReSam svarar"),
        ("RÖK:s mål", "RÖK:s mål"),
        ("Ängköpings kommun svarar", "Ängköpings kommun svarar"),
        ("Ängköpings kommuns svar", "Ängköpings kommuns svar"),
        ("Nätverket för bosättning, som svarar", "Nätverket för bosättning, som svarar"),
        ("Nätverket för bosättningar", "nätverket för bosättningar"),
    ],
)
def test_a_name_keeps_its_capital_inside_a_sentence(years: Years, typed: str, inside: str) -> None:
    assert goes_on(years.material(), typed) == inside


def test_blank_lines_that_were_typed_are_sentences_in_a_line_and_paragraphs_alone() -> None:
    typed = " Vi  möttes\r\n\r\n\r\nDet gick\nbra. \n \nKlart\n"
    assert one_line(typed) == "Vi möttes. Det gick bra. Klart"
    assert paragraphs(typed) == ["Vi möttes", "Det gick bra.", "Klart"]
    assert one_line("80\u00a0000") == "80\u00a0000"


def test_blank_lines_read_the_same_in_all_four_files(years: Years) -> None:
    typed = "Första stycket\n\nAndra stycket"
    years.tell(years.initiative("Startpaket"), typed)
    years.report.statements.create(kind="MEETINGS", text=typed)
    services.create_lesson(round=years.second, number=1, title=typed, by=DEMO_LOADER)
    row = create_report(
        round=years.second, outline="follow_up", title="Rapport 2021", by=DEMO_LOADER
    )
    model = assemble(row, made_at=datetime(2021, 11, 30, tzinfo=UTC)).report
    for name in FORMATS:
        said = words_of(render(model, name, fonts_dir=settings.FONT_DIR), name)
        assert said.count("Första stycket. Andra stycket.") == 2, name
        assert "1. Första stycket. Andra stycket" in said, name
