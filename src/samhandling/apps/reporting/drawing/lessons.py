"""Lessons and recommendations: what helped, what hindered, the evidence, what should be done."""

from samhandling.apps.agreements.models import NetworkAssignment
from samhandling.apps.followup.models import Lesson, LessonPoint, Recommendation
from samhandling.apps.organisations.models import CollaborationBody
from samhandling.apps.records.models import Record
from samhandling.apps.reporting.drawing.wording import (
    actor,
    drawn,
    listed,
    name,
    one_line,
    quantity,
    sentence,
)
from samhandling.apps.reporting.material import Material
from samhandling.core.report_model import (
    Block,
    BulletList,
    FigureRef,
    Heading,
    Inline,
    ListItem,
    Paragraph,
    Strong,
    Text,
)

_SIDES = (
    (LessonPoint.Sign.PLUS, "Styrkor"),
    (LessonPoint.Sign.MINUS, "Svagheter"),
    (LessonPoint.Sign.ARGUMENT, "Skäl"),
)


def lessons(m: Material) -> list[Block]:
    """Every lesson under its number, with both sides, evidence and what it leads to."""
    blocks: list[Block] = _count(m)
    for one in m.lessons:
        blocks.append(
            Heading(2, _heading(one), f"lesson-{one.number}", origin=drawn("lärdom", one))
        )
        blocks += _outside_networks(m, one)
        for sign, label in _SIDES:
            points = [point for point in one.points.all() if point.sign == sign]
            if points:
                blocks.append(Paragraph((Strong((Text(f"{label}:"),)),), drawn("rubrik", one)))
                blocks.append(
                    BulletList(
                        tuple(ListItem((Text(sentence(p.text)),)) for p in points),
                        drawn("lärdom", one),
                    )
                )
        blocks += _example(one)
        blocks += _evidence(one)
        rows = [r for r in m.recommendations if r.lesson_id == one.pk]
        if rows:
            blocks.append(Paragraph((Strong((Text("Rekommendationer:"),)),), drawn("rubrik", one)))
            blocks.append(
                BulletList(
                    tuple(recommendation_item(r) for r in rows), drawn("rekommendationer", *rows)
                )
            )
    return blocks


def _count(m: Material) -> list[Block]:
    """How many lessons there are, beside the number that was published where one was."""
    if not m.lessons:
        return []
    published = [q for q in m.quantities.get(m.round.pk, []) if "lärdom" in q.record.title]
    line: list[Inline] = [Text("Uppföljningen gav "), *listed([quantity(q) for q in published])]
    if not published:
        count = "en" if len(m.lessons) == 1 else str(len(m.lessons))
        line.append(FigureRef(count, "LESSON", tuple(x.uid for x in m.lessons)))
        line.append(Text(" lärdom" if len(m.lessons) == 1 else " lärdomar"))
    line.append(Text(", med sina styrkor, svagheter och underlag."))
    return [Paragraph(tuple(line), drawn("lärdomar", *m.lessons, *published))]


def _heading(one: Lesson) -> str:
    title = one_line(one.title)
    if title.casefold() in {f"lärdom {one.number}", str(one.number), ""}:
        return f"{one.number}."
    return f"{one.number}. {title}"


def _outside_networks(m: Material, one: Lesson) -> list[Block]:
    """A network outside the agreement that the lesson rests on is presented here alone."""
    ids = {row.record_id for row in one.evidence_links.all()}
    blocks: list[Block] = []
    for x in m.assignments:
        if x.scope != NetworkAssignment.Scope.OUTSIDE or x.body_id not in ids:
            continue
        body: CollaborationBody = x.body
        line: list[Inline] = [actor(body), Text(": ")]
        line += [Text(f"{sentence(row.text)} ") for row in body.mandates.all()]
        seats = m.seats.get(body.pk, [])
        if seats:
            held: list[list[Inline]] = [
                [actor(s.actor), *([Text(f" ({s.function})")] if s.function else [])]
                if s.actor
                else [Text(s.function)]
                for s in seats
            ]
            line += [Text("Här sitter "), *listed(held), Text(". ")]
        if body.members_note:
            line.append(Text(f"{sentence(body.members_note)} "))
        if x.position:
            line.append(Text(sentence(x.position)))
        blocks.append(Paragraph(tuple(line), drawn("nätverk utanför", body)))
    return blocks


def _example(one: Lesson) -> list[Block]:
    if not one.good_example and one.good_example_in is None:
        return []
    line: list[Inline] = [Strong((Text("Gott exempel: "),))]
    if one.good_example:
        line.append(Text(sentence(one.good_example)))
    if one.good_example_in is not None:
        line += [Text(" Se "), name(one.good_example_in.record), Text(".")]
    plans = list(one.good_example_in.plans.live().with_record()) if one.good_example_in else []
    for plan in plans:
        line += [Text(" Det står i "), name(plan.record), Text(".")]
        if plan.content_available is False:
            line.append(Text(" Planens innehåll är inte känt här."))
    return [Paragraph(tuple(line), drawn("gott exempel", one, one.good_example_in, *plans))]


def _evidence(one: Lesson) -> list[Block]:
    records: list[Record] = [row.record for row in one.evidence_links.all()]
    if not records:
        return []
    return [
        Paragraph((Strong((Text("Underlag:"),)),), drawn("rubrik", one)),
        BulletList(
            tuple(ListItem((name(record),)) for record in records),
            drawn("underlag", one, *records),
        ),
    ]


def recommendation_item(one: Recommendation) -> ListItem:
    """One recommendation with what it applies to, where it is met and what was answered."""
    line: list[Inline] = [name(one.record)]
    if not one.title.endswith("."):
        line.append(Text("."))
    if one.applies_to:
        line.append(Text(f" Gäller: {one_line(one.applies_to)}."))
    if one.addressee is not None:
        line += [Text(" Till: "), actor(one.addressee), Text(".")]
    if one.adopted_in is not None:
        line += [Text(" Arbetssättet används redan i "), name(one.adopted_in.record), Text(".")]
    answers = list(one.responses.all())
    for row in answers:
        line.append(Text(f" Svar: {row.get_answer_display()}. {sentence(row.reason)}"))
    if not answers:
        line.append(Text(" Inget svar ännu."))
    return ListItem(tuple(line))


def other_recommendations(m: Material) -> list[Block]:
    """Recommendations that no numbered lesson leads to."""
    rows = [one for one in m.recommendations if one.lesson_id is None]
    if not rows:
        return []
    return [
        Heading(2, "Rekommendationer utan nummer", "other-recommendations"),
        BulletList(
            tuple(recommendation_item(one) for one in rows), drawn("rekommendationer", *rows)
        ),
    ]
