"""Annexes: every initiative as one table, what the sources leave open, and whom to ask."""

from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.organisations.models import Actor
from samhandling.apps.reporting.drawing.initiatives import funding_words, status_words
from samhandling.apps.reporting.drawing.wording import (
    actor,
    drawn,
    level_mark,
    link,
    listed,
    name,
    sentence,
)
from samhandling.apps.reporting.material import Material
from samhandling.core.knowledge import Basis
from samhandling.core.report_model import (
    Block,
    Cell,
    Column,
    Inline,
    Paragraph,
    RecordRef,
    Row,
    Table,
    Text,
    Unknown,
)


def initiative_annex(m: Material) -> list[Block]:
    """Every initiative with its parts, unknown written as unknown."""
    ordered: list[tuple[Initiative, int]] = []
    for one in m.initiatives.values():
        if one.parent_id is None or one.parent_id not in m.initiatives:
            ordered.append((one, 0))
            ordered += [(part, 1) for part in m.parts.get(one.pk, [])]
    if not ordered:
        return []
    return [
        Table(
            "Alla insatser och delinsatser",
            (
                Column("Insats", width=2.4),
                Column("Område och nätverk", width=1.3),
                Column("Nivå", width=0.6),
                Column("Ägare", width=1.2),
                Column("Status", width=1.5),
                Column("Finansiering", width=1.8),
            ),
            tuple(_row(m, one, indent) for one, indent in ordered),
            "Fylld form: källan anger nivån. Ihålig form: härlett.",
            drawn("alla insatser", *[one for one, _ in ordered]),
        )
    ]


def _row(m: Material, one: Initiative, indent: int) -> Row:
    levels: list[Inline] = [
        level_mark(x.level.key, x.level.title, is_stated=x.basis == Basis.STATED)
        for x in one.levels.all()
    ]
    funding: list[Inline] = []
    for money in one.funding.all():
        funding += [Text("; " if funding else ""), *funding_words(m, money)]
    title: list[Inline] = [name(one.record)]
    if one.record.merged_into_id is not None:
        twin = m.initiatives.get(one.record.merged_into_id)
        if twin is not None:
            title += [Text(" (samma som "), name(twin.record), Text(", räknas där)")]
    return Row(
        (
            Cell(tuple(title)),
            Cell(tuple(_area_and_network(one))),
            Cell(tuple(levels) or (Unknown(),)),
            Cell((_short(one.owner),) if one.owner is not None else (Unknown(),)),
            Cell(
                tuple(status_words(m, one, ends="")),
            ),
            Cell(tuple(funding) or (Unknown(),)),
        ),
        (one.uid,),
        indent,
    )


def _area_and_network(one: Initiative) -> list[Inline]:
    area, network = one.focus_area, one.network
    if area is None and network is None and not one.has_no_network:
        return [Unknown(), Text(" område och nätverk")]
    told: list[Inline] = [Unknown(), Text(" område")] if area is None else [Text(area.code)]
    if network is not None:
        return [*told, Text(", "), name(network.record, network.short)]
    if one.has_no_network:
        return [*told, Text(", inget nätverk")]
    return [*told, Text(", nätverk: "), Unknown()]


def _short(one: Actor) -> RecordRef:
    return name(one.record, one.short)


def open_questions(m: Material) -> list[Block]:
    """What the sources leave open, with the records each question concerns."""
    rows = [q for q in m.questions if q.kind == q.Kind.AMBIGUITY]
    if not rows:
        return []
    return [
        Table(
            "Vad källorna lämnar öppet",
            (Column("Fråga", width=2.4), Column("Berör", width=1.6)),
            tuple(
                Row(
                    (
                        Cell((Text(sentence(q.title)),)),
                        Cell(tuple(listed([[name(s)] for s in q.subjects.all()]))),
                    ),
                    (q.uid,),
                )
                for q in rows
            ),
            "Frågorna visas som de är. Programmet rättar dem inte.",
            drawn("öppna frågor", *rows),
        )
    ]


def contact(m: Material) -> list[Block]:
    """Whom to ask: the organisation that made the follow-up."""
    one = m.round.carried_out_by
    if one is None:
        return []
    line: list[Inline] = [actor(one)]
    if one.visiting_address:
        line.append(Text(f", {one.visiting_address}"))
    if one.phone:
        line.append(Text(f", telefon {one.phone}"))
    if one.email:
        line += [Text(", "), link(one.email, f"mailto:{one.email}")]
    if one.web:
        line += [Text(", "), link(one.web, f"https://{one.web}")]
    line.append(Text("."))
    return [Paragraph(tuple(line), drawn("kontakt", one))]
