"""Bakgrund: how the agreement came about, how it is followed up, and what lies outside."""

from django.db.models import Q

from samhandling.apps.agreements.models import (
    AgreementClause,
    CollaborationPlan,
    Definition,
    ScopeBoundary,
    TargetGroup,
)
from samhandling.apps.followup.models import ApproachFinding, MethodNote
from samhandling.apps.organisations.models import CollaborationBody
from samhandling.apps.records.models import Record, RecordKind
from samhandling.apps.reporting.drawing.wording import (
    actor,
    actors,
    day,
    drawn,
    goes_on,
    inferred,
    level_mark,
    listed,
    lower_first,
    name,
    notes,
    number_word,
    quantities,
    sentence,
    with_attached,
)
from samhandling.apps.reporting.material import Material
from samhandling.core.knowledge import Completeness
from samhandling.core.partial_date import describe
from samhandling.core.report_model import (
    Block,
    BulletList,
    FigureRef,
    Inline,
    ListItem,
    Paragraph,
    Strong,
    Text,
    Unknown,
)


def agreement_origin(m: Material) -> list[Block]:
    """Who ordered the agreement, when it was adopted and for how long it holds."""
    a = m.agreement
    council = a.decided_by or a.ordered_by
    line: list[Inline] = [Text(f"{a.title} (vidare {a.short_name}) ")]
    if a.ordered_by is not None:
        line += [
            Text("är framtagen på uppdrag av "),
            actor(a.ordered_by),
            *notes(m, a.ordered_by.pk, _composition(m, a.ordered_by)),
            Text(". "),
        ]
    line += [Text("Överenskommelsen antogs "), *day(a.adopted)]
    if a.adopted_at:
        line.append(Text(f" vid {goes_on(m, a.adopted_at)}"))
    line += [Text(". Den gäller från "), *day(a.valid_from), Text(" till "), *day(a.valid_until)]
    line.append(Text("."))
    marks = [x for x in m.milestones if x.about_id == a.pk]
    blocks: list[Block] = [
        Paragraph(tuple(line), drawn("överenskommelsen", *with_attached(m, a, council), *marks))
    ]
    purpose: list[Inline] = []
    if a.purpose:
        purpose += [
            Text(f"Syftet är {goes_on(m, sentence(a.purpose)).rstrip('.')}"),
            *inferred(m, a.pk, "purpose"),
            Text(". "),
        ]
    for goal in a.goals.all():
        purpose += [
            Text(f"Målet är {goes_on(m, sentence(goal.title)).rstrip('.')}"),
            *inferred(m, goal.pk, "title"),
            Text(". "),
        ]
    if a.goals_state in {Completeness.UNKNOWN, Completeness.PARTIAL}:
        purpose.append(Text("Överenskommelsens mål och parter räknas inte upp i underlaget."))
    if purpose:
        blocks.append(Paragraph(tuple(purpose), drawn("syfte och mål", a, *a.goals.all())))
    return blocks


def _composition(m: Material, body: CollaborationBody) -> list[Inline]:
    """Who sits in a body, from its seats; for the note that tells of it."""
    seats = [s for s in m.seats.get(body.pk, []) if s.role != "CHAIR"]
    chairs = [s for s in m.seats.get(body.pk, []) if s.role == "CHAIR"]
    out: list[Inline] = []
    if chairs:
        out += [Text(" Ordförande: "), *listed([_seat(s) for s in chairs]), Text(".")]
    if seats:
        out += [Text(" Här sitter "), *listed([_seat(s) for s in seats]), Text(".")]
    return out


def _seat(seat: object) -> list[Inline]:
    held_by = getattr(seat, "actor", None)
    function = getattr(seat, "function", "")
    if held_by is None:
        return [Text(lower_first(function))]
    return [actor(held_by)]


def workshops(m: Material) -> list[Block]:
    """The workshops that came before, who took part and what they gave."""
    blocks: list[Block] = []
    for series in m.workshops:
        line: list[Inline] = [
            Text("Arbetet förbereddes med "),
            name(series.record, lower_first(series.title)),
        ]
        if series.when is not None:
            line.append(Text(f" {lower_first(describe(series.when))}"))
        themes = [theme.wording for theme in series.themes.all()]
        if themes:
            line += [Text(" om "), *listed([[Text(theme)] for theme in themes])]
        line += [*notes(m, series.pk), Text(". ")]
        counted = quantities(m, series.pk)
        if counted:
            line += [Text("Antal: "), *counted, Text(". ")]
        if series.result:
            line.append(Text(f"Resultat: {sentence(series.result)} "))
        if series.owner is None:
            line.append(Text("Vem som höll i dem framgår inte."))
        blocks.append(
            Paragraph(
                tuple(line),
                drawn(
                    "behovsworkshoppar",
                    *with_attached(m, series),
                    *series.participants.all(),
                    *[x for x in m.milestones if x.about_id == series.pk],
                ),
            )
        )
    return blocks


def handing_over(m: Material) -> list[Block]:
    """To how many and which bodies the plan went, and who steers among them."""
    a = m.agreement
    assignments = [one for one in m.assignments if one.is_counted]
    if not assignments:
        return []
    plans = list(
        CollaborationPlan.objects.filter(
            agreement=a, network__isnull=True, kind=CollaborationPlan.Kind.ACTION_PLAN
        ).with_record()
    )
    published = [
        q
        for thing in (a, *plans)
        for q in m.quantities.get(thing.pk, [])
        if "nätverk" in q.record.title
    ]
    count = number_word(int(published[0].value)) if published else number_word(len(assignments))
    steering = [x for x in assignments if x.body.kind == CollaborationBody.Kind.COORDINATION_GROUP]
    others = [x for x in assignments if x not in steering]
    line: list[Inline] = []
    if plans:
        line += [name(plans[0].record), Text(" lämnades över till ")]
    else:
        line.append(Text("Överenskommelsen lämnades över till "))
    line += [
        FigureRef(count, "BODY", tuple(x.body.uid for x in assignments)),
        Text(" befintliga nätverk. "),
    ]
    for x in steering:
        line += [
            Text("Ett av dem är "),
            actor(x.body),
            *notes(m, x.body_id),
            Text(", som har uppdraget att "),
            Text(
                goes_on(m, "; ".join(d.text.rstrip(".") for d in x.body.mandates.all()) or "styra")
            ),
            Text(". "),
        ]
    line += [Text("De övriga är "), *actors(x.body for x in others), Text(".")]
    things: list[Record] = [x.body.record for x in assignments]
    merged = Record.objects.filter(merged_into__in=[x.body_id for x in assignments])
    return [
        Paragraph(
            tuple(line),
            drawn(
                "nätverken",
                *with_attached(m, *plans),
                *things,
                *merged,
                *[q.record for q in published],
            ),
        )
    ]


def approach_findings(m: Material) -> list[Block]:
    """How the networks relate to the agreement; the published share beside what is counted."""
    rows = list(ApproachFinding.objects.filter(round=m.round).live().with_record())
    if not rows:
        return []
    rules = [row for row in rows if row.is_rule]
    shares = [row for row in rows if not row.is_rule]
    line: list[Inline] = []
    for row in [*rules, *shares]:
        line += [name(row.record), Text(" " if row.title.endswith(".") else ". ")]
    return [Paragraph(tuple(line), drawn("nätverkens förhållningssätt", *rows))]


def round_assignment(m: Material) -> list[Block]:
    """Who was told to follow up, why, and where it is reported."""
    rows = _method(m, MethodNote.Kind.ASSIGNMENT, MethodNote.Kind.PURPOSE)
    r = m.round
    line: list[Inline] = []
    for row in rows:
        line.append(Text(f"{sentence(row.title)} "))
    if r.carried_out_by is not None:
        line += [Text("Uppföljningen görs av "), actor(r.carried_out_by)]
        if r.task_giver is not None:
            line += [Text(" på uppdrag av "), actor(r.task_giver)]
        line.append(Text(". "))
    if r.next_step:
        line.append(Text(f"Nästa steg: {sentence(r.next_step)}"))
    return [Paragraph(tuple(line), drawn("uppdraget att följa upp", r, *rows))] if line else []


def method(m: Material) -> list[Block]:
    """How the material was gathered and worked up, and for whom it is written."""
    rows = _method(m, MethodNote.Kind.METHOD, MethodNote.Kind.ANALYSIS, MethodNote.Kind.READERS)
    blocks: list[Block] = []
    for row in rows:
        title = row.title
        if row.kind == MethodNote.Kind.READERS:
            title = title.removeprefix("Läsare: ")
            line: list[Inline] = [Text("Rapporten vänder sig till: "), Text(sentence(title))]
        else:
            line = [Text(sentence(title))]
        blocks.append(Paragraph(tuple(line), drawn("metod", row)))
    return blocks


def _method(m: Material, *kinds: str) -> list[MethodNote]:
    return [note for note in m.method_notes if note.kind in kinds]


def target_groups(m: Material) -> list[Block]:
    """Whom the agreement is for, with the definition that decides it."""
    groups = list(
        TargetGroup.objects.filter(agreement=m.agreement)
        .live()
        .select_related("record", "definition__record")
    )
    blocks: list[Block] = []
    for group in groups:
        line: list[Inline] = [Strong((Text(group.title),))]
        if group.is_primary:
            line.append(Text(" (huvudsaklig målgrupp)"))
        if group.included_by_definition:
            line.append(Text(" räknas in genom definitionen"))
        if group.definition is not None:
            line.append(Text(f": {goes_on(m, sentence(group.definition.text)).rstrip('.')}"))
        line.append(Text("."))
        definition = group.definition
        blocks.append(
            Paragraph(
                tuple(line),
                drawn("målgrupp", group, *(with_attached(m, definition) if definition else [])),
            )
        )
    return blocks


def definitions(m: Material) -> list[Block]:
    """Words that must not be mixed up, and which one stands for all of them."""
    rows = list(
        Definition.objects.filter(agreement=m.agreement, target_groups__isnull=True)
        .live()
        .with_record()
    )
    if not rows:
        return []
    confusion = [need for need in m.needs if need.kind == need.Kind.CONCEPTS]
    blocks: list[Block] = [
        Paragraph((Text(sentence(need.title)),), drawn("behov", need)) for need in confusion
    ]
    items = tuple(
        ListItem((Strong((Text(row.title),)), Text(f": {goes_on(m, sentence(row.text))}")))
        for row in rows
    )
    blocks.append(BulletList(items, drawn("definitioner", *rows)))
    umbrella = [row for row in rows if row.is_umbrella]
    if umbrella:
        blocks.append(
            Paragraph(
                (Text(f"I rapporten är ”{umbrella[0].title}” samlingsordet."),),
                drawn("samlingsord", umbrella[0]),
            )
        )
    return blocks


def levels(m: Material) -> list[Block]:
    """The cooperation levels of the agreement, and that none is better than another."""
    if not m.levels:
        return []
    rules = list(
        AgreementClause.objects.filter(
            agreement=m.agreement, kind=AgreementClause.Kind.LEVEL_RULE
        ).with_record()
    )
    presentation = _method(m, MethodNote.Kind.PRESENTATION)
    counted = [q for q in m.quantities.get(m.agreement.pk, []) if "nivå" in q.record.title]
    line: list[Inline] = [Text(f"Samverkan följs upp på {number_word(len(m.levels))} nivåer: ")]
    line += listed(
        [
            [
                level_mark(row.key, row.title, is_stated=True),
                Text(f" {row.title} ({row.label})"),
            ]
            for row in m.levels
        ]
    )
    line.append(Text(". "))
    line += [Text(f"{sentence(row.title)} ") for row in [*rules, *presentation]]
    return [
        Paragraph(
            tuple(line), drawn("samverkansnivåer", *m.levels, *rules, *presentation, *counted)
        )
    ]


def scope_boundaries(m: Material) -> list[Block]:
    """What lies outside, and who proposes otherwise; what limits another year's round is left."""
    of_another_year = Q(concerns__kind=RecordKind.ROUND) & ~Q(concerns=m.round.pk)
    found = ScopeBoundary.objects.filter(agreement=m.agreement).exclude(of_another_year)
    rows = list(found.live().with_record())
    if not rows:
        return []
    items = []
    for row in rows:
        line: list[Inline] = [Text(sentence(row.title))]
        if row.proposal:
            line.append(Text(f" Förslag: {sentence(row.proposal)}"))
        items.append(ListItem(tuple(line)))
    return [BulletList(tuple(items), drawn("avgränsningar", *rows))]


def carried_out_intro(m: Material) -> list[Block]:
    """Which areas follow and which months they cover."""
    top = [area for area in m.focus_areas if area.parent_id is None]
    counted = [q for q in m.quantities.get(m.agreement.pk, []) if "områden" in q.record.title]
    line: list[Inline] = [
        Text("Insatserna redovisas efter överenskommelsens "),
        FigureRef(number_word(len(top)), "FOCUS_AREA", tuple(area.uid for area in top)),
        Text(" områden: "),
        *listed([[name(area.record, lower_first(area.title))] for area in top]),
        Text(". Perioden är "),
    ]
    period = m.round.period
    line += [Text(describe(period))] if period is not None else [Unknown()]
    line.append(Text("."))
    return [
        Paragraph(
            tuple(line), drawn("områden och period", *top, m.round, *[q.record for q in counted])
        )
    ]
