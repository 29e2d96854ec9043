"""One network's part of a focus area: who answers, how they work, what they did, what is next."""

from collections.abc import Sequence

from django.utils.text import slugify

from samhandling.apps.agreements.models import FocusArea
from samhandling.apps.followup.models import InitiativeReport, NetworkReport, NetworkStatement
from samhandling.apps.organisations.models import BodyLifecycleEvent, CollaborationBody
from samhandling.apps.records.models import Record
from samhandling.apps.reporting.drawing.initiatives import told_blocks
from samhandling.apps.reporting.drawing.untold import untold_of_network
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
    one_line,
    paragraphs,
    quantities,
    sentence,
    with_attached,
)
from samhandling.apps.reporting.material import Material
from samhandling.apps.situation.models import Need
from samhandling.core.knowledge import Basis, Completeness
from samhandling.core.partial_date import describe
from samhandling.core.report_model import (
    Block,
    BulletList,
    Fact,
    Facts,
    Heading,
    Inline,
    ListItem,
    Paragraph,
    RecordRef,
    Strong,
    Text,
    Unknown,
)

_STATEMENT_LABELS = {
    NetworkStatement.Kind.PLAN: "Om planen",
    NetworkStatement.Kind.MEETINGS: "Möten",
    NetworkStatement.Kind.POSITIVE_EFFECT: "God effekt",
    NetworkStatement.Kind.STRENGTH: "Styrka",
    NetworkStatement.Kind.ASSESSMENT: "Bedömning av samverkan",
    NetworkStatement.Kind.ADDED_VALUE: "Mervärde",
    NetworkStatement.Kind.REDUNDANCY: "Varför överenskommelsen upplevs överflödig",
}
_BEFORE_INITIATIVES = (NetworkStatement.Kind.PLAN, NetworkStatement.Kind.MEETINGS)
_AFTER_INITIATIVES = (
    NetworkStatement.Kind.POSITIVE_EFFECT,
    NetworkStatement.Kind.STRENGTH,
    NetworkStatement.Kind.ASSESSMENT,
    NetworkStatement.Kind.ADDED_VALUE,
    NetworkStatement.Kind.REDUNDANCY,
)


def area_networks(m: Material, area: FocusArea) -> list[Block]:
    """Every network that answers for the area, in order, then those that only told of it."""
    blocks: list[Block] = []
    reports = {report.body_id: report for report in m.network_reports}
    answering = m.responsible_for(area)
    drawn_bodies: set[int] = set()
    for responsibility in answering:
        if responsibility.body_id in drawn_bodies:
            continue
        drawn_bodies.add(responsibility.body_id)
        report = reports.get(responsibility.body_id)
        blocks += _network(m, area, responsibility.body, report, responsibility.sub_area, True)
    for report in m.network_reports:
        own = report.focus_area
        if own is None or report.body_id in drawn_bodies:
            continue
        if area.pk in {own.pk, own.parent_id}:
            blocks += _network(m, area, report.body, report, None, False)
    return blocks


def _network(
    m: Material,
    area: FocusArea,
    body: CollaborationBody,
    report: NetworkReport | None,
    sub_area: FocusArea | None,
    is_responsible: bool,
) -> list[Block]:
    anchor = f"{slugify(area.code)}-{slugify(body.short)}"
    blocks: list[Block] = [
        Heading(3, body.title, anchor, origin=drawn("nätverket", body)),
        _header(m, body, sub_area, is_responsible),
        *_mandate(m, body, report),
    ]
    if report is None or not m.has_told(report):
        blocks.append(
            Paragraph(
                (Text(f"Nätverket har inte redovisat något för {m.year}."),),
                drawn("utan redovisning", body),
            )
        )
        blocks += untold_of_network(m, area, body)
        return blocks + _lifecycle(m, body, None) + _of_the_register(m, body)
    blocks += _statements(m, report, _BEFORE_INITIATIVES)
    blocks += _levels(m, report, is_planned=False)
    blocks += told_blocks(m, _told_at_top(m, report))
    blocks += untold_of_network(m, area, body)
    blocks += _lifecycle(m, body, report)
    blocks += _statements(m, report, _AFTER_INITIATIVES)
    blocks += _challenges(m, report)
    blocks += _next_year(m, report)
    return blocks


def _header(
    m: Material, body: CollaborationBody, sub_area: FocusArea | None, is_responsible: bool
) -> Facts:
    authority = body.coordinating_authority
    facts = [
        Fact(
            "Ansvarigt nätverk" if is_responsible else "Nätverk som redovisar",
            (actor(body), *notes(m, body.pk)),
        ),
        Fact(
            "Ansvarig samordnande myndighet",
            (actor(authority),) if authority is not None else (Unknown(),),
        ),
    ]
    if sub_area is not None:
        facts.append(Fact("Delområde", (name(sub_area.record),)))
    return Facts(tuple(facts), drawn("ansvar", *with_attached(m, body), authority, sub_area))


def _mandate(m: Material, body: CollaborationBody, report: NetworkReport | None) -> list[Block]:
    line: list[Inline] = [Text(f"{sentence(row.text)} ") for row in body.mandates.all()]
    things: list[Record] = [body.record]
    if body.assigned_by is not None:
        line += [Text("Uppdragsgivare är "), actor(body.assigned_by), Text(". ")]
        things.append(body.assigned_by.record)
    if body.started is not None:
        line.append(Text(f"Nätverket startade {lower_first(describe(body.started))}. "))
    led_by = list(body.led_by.all())
    if led_by:
        line += [Text("Det leds av "), *actors(led_by), Text(". ")]
        things += [one.record for one in led_by]
    if report is not None and report.approach_text:
        line += [
            Text(
                f"Förhållande till överenskommelsen: {one_line(report.approach_text).strip('. ')}"
            ),
            *([] if report.approach_basis != Basis.INFERRED else inferred(m, body.pk, "approach")),
            Text(". "),
        ]
    elif report is not None and report.approach != NetworkReport.Approach.UNKNOWN:
        line += [
            Text(f"Förhållande till överenskommelsen: {report.get_approach_display()}"),
            *([] if report.approach_basis != Basis.INFERRED else inferred(m, body.pk, "approach")),
            Text(". "),
        ]
    for plan in body.plans.all():
        line += [name(plan.record)]
        if plan.adopted is not None:
            line.append(Text(f" antogs {lower_first(describe(plan.adopted))}"))
        else:
            line.append(Text(": när den antogs framgår inte"))
        if plan.note:
            line.append(Text(f" ({goes_on(m, plan.note.strip('. '))})"))
        line.append(Text(". "))
        things.append(plan.record)
    paths = list(body.funding_paths.all())
    if paths:
        line += [
            Text("Finansieringsvägar: "),
            *listed([[Text(p.wording)] for p in paths]),
            Text(". "),
        ]
    seats = m.seats.get(body.pk, [])
    known = [s.actor for s in seats if s.actor is not None and s.role == "MEMBER"]
    if known:
        prefix = "Medlemmar" if body.members_state == Completeness.COMPLETE else "Kända medlemmar"
        line += [Text(f"{prefix}: "), *actors(known), Text(". ")]
        things += [one.record for one in known]
    counted = quantities(m, body.pk)
    if counted:
        line += [Text("Antal: "), *counted, Text(". ")]
        things += [q.record for q in m.quantities.get(body.pk, [])]
    scope_note = m.scope_notes.get(body.pk)
    if scope_note:
        line.append(Text(f"{sentence(scope_note)} "))
    things += [x.record for x in m.milestones if x.about_id in {t.pk for t in things}]
    return [Paragraph(tuple(line), drawn("uppdrag och plan", *things))] if line else []


def _statements(m: Material, report: NetworkReport, kinds: tuple[str, ...]) -> list[Block]:
    blocks: list[Block] = []
    for kind in kinds:
        rows = [row for row in report.statements.all() if row.kind == kind]
        label = Strong((Text(f"{_STATEMENT_LABELS[NetworkStatement.Kind(kind)]}: "),))
        chosen = ""
        if kind == NetworkStatement.Kind.ADDED_VALUE and report.added_value != "UNKNOWN":
            chosen = str(report.get_added_value_display())
        if chosen and not rows:
            blocks.append(
                Paragraph(
                    (label, Text(sentence(chosen[:1].upper() + chosen[1:]))),
                    drawn("nätverkets redovisning", report.body),
                )
            )
        for row in rows:
            line: list[Inline] = [label]
            if (
                row.said_by is not None
                and row.said_by_id != report.body_id
                and not row.text.startswith(row.said_by.name)
            ):
                line += [Text("enligt "), actor(row.said_by), Text(": ")]
            first, *more = paragraphs(row.text) or [""]
            said: list[list[Inline]] = [[*line, Text(sentence(first))]]
            said += [[Text(sentence(text))] for text in more]
            if chosen:
                said[-1].append(Text(f" Sammanfattat: {chosen}."))
            origin = drawn("nätverkets redovisning", report.body, row.said_by)
            blocks += [Paragraph(tuple(words), origin) for words in said]
    return blocks


def _levels(m: Material, report: NetworkReport, *, is_planned: bool) -> list[Block]:
    rows = [row for row in report.levels.all() if row.is_planned == is_planned]
    if not rows:
        return []
    lead = f"Nivåer planerade för {m.year + 1}: " if is_planned else "Samverkan skedde på "
    line: list[Inline] = [Text(lead)]
    line += listed(
        [
            [
                level_mark(row.level.key, row.level.title, is_stated=row.basis == Basis.STATED),
                Text(f" {row.level.title}"),
            ]
            for row in rows
        ]
    )
    if any(row.basis == Basis.INFERRED for row in rows):
        line.append(Text(" (ihålig form: härlett)"))
    line.append(Text("."))
    return [Paragraph(tuple(line), drawn("nivåer", report.body, *[row.level for row in rows]))]


def _told_at_top(m: Material, report: NetworkReport) -> list[InitiativeReport]:
    """What is drawn as a point of its own: not parts of another point, and no twin of one."""
    told = m.told_by(report)
    ids = {one.initiative_id for one in told}
    drawn_ids = ids | {part.pk for i in ids for part in m.parts.get(i, [])}
    twins = {
        m.initiatives[i].record.merged_into_id
        for i in drawn_ids
        if i in m.initiatives and m.initiatives[i].record.merged_into_id
    }
    return [
        one
        for one in told
        if m.initiatives[one.initiative_id].parent_id not in ids and one.initiative_id not in twins
    ]


def _lifecycle(m: Material, body: CollaborationBody, report: NetworkReport | None) -> list[Block]:
    """What happened to the network, and which bodies its initiatives' owners propose."""
    told = m.told_by(report) if report is not None else []
    owners = {m.initiatives[one.initiative_id].owner_id for one in told} - {None}
    blocks: list[Block] = []
    for event in m.lifecycle:
        is_proposed_here = event.kind == "PROPOSED" and event.carried_out_by_id in owners
        if event.body_id != body.pk and not is_proposed_here:
            continue
        if event.kind not in {
            BodyLifecycleEvent.Kind.CLOSED,
            BodyLifecycleEvent.Kind.BECAME_DORMANT,
            BodyLifecycleEvent.Kind.PROPOSED,
        }:
            continue
        blocks.append(lifecycle_block(m, event))
    return blocks


def lifecycle_block(m: Material, event: BodyLifecycleEvent) -> Paragraph:
    """What happened to a body, why, with whom it was decided and what was suggested instead."""
    line: list[Inline] = [Strong((name(event.record),)), Text(": ")]
    if event.kind == BodyLifecycleEvent.Kind.PROPOSED:
        line += [actor(event.body), Text(". ")]
        if event.body.started is not None:
            line.append(Text(f"Kan starta {lower_first(describe(event.body.started))}. "))
    if event.when is not None:
        line += [Text(f"{event.get_kind_display()} "), *day(event.when), Text(". ")]
    if event.carried_out_by is not None:
        line += [Text("Av "), actor(event.carried_out_by), Text(". ")]
    decided_with = list(event.decided_with.all())
    if decided_with:
        line += [Text("Beslutat tillsammans med "), *actors(decided_with), Text(". ")]
    for label, text in (
        ("Skäl", event.reason),
        ("Villkor", event.condition),
        ("Alternativ", event.alternative),
        ("Följd", event.consequence),
    ):
        if text:
            line.append(Text(f"{label}: {goes_on(m, sentence(text))} "))
    counted = quantities(m, event.pk)
    if counted:
        line += [Text("Antal: "), *counted, Text(".")]
    return Paragraph(
        tuple(line),
        drawn(
            "nätverkets historia",
            *with_attached(m, event),
            event.body,
            event.carried_out_by,
            *decided_with,
            *[x for x in m.milestones if x.about_id in {event.pk, event.body_id}],
        ),
    )


def _challenges(m: Material, report: NetworkReport) -> list[Block]:
    """What the network told; what the register knows besides is told apart from the second year.

    In the first year the register is what was told: there was no round to report a need in before.
    """
    needs = [row.need for row in report.needs.all()]
    if m.is_first_round:
        known = {need.pk for need in needs}
        needs += [need for need in _registered(m, report.body) if need.pk not in known]
    return [
        *_titled("Utmaningar:", [n for n in needs if n.kind != Need.Kind.NEED], report.body),
        *_titled(
            "Behov som nätverket lyfter:",
            [n for n in needs if n.kind == Need.Kind.NEED],
            report.body,
        ),
        *([] if m.is_first_round else _of_the_register(m, report.body, needs)),
    ]


def _of_the_register(
    m: Material, body: CollaborationBody, told: Sequence[Need] = ()
) -> list[Block]:
    """Needs and challenges of the network that have never been told for a year."""
    known = {need.pk for need in told}
    left = [need for need in _registered(m, body) if need.pk not in known]
    return _titled(f"Behov och utmaningar ur registret, inte redovisade för {m.year}:", left, body)


def _registered(m: Material, body: CollaborationBody) -> list[Need]:
    others = m.needs_of_other_years
    return [need for need in m.needs if need.subject_id == body.pk and need.pk not in others]


def _titled(title: str, needs: list[Need], body: CollaborationBody) -> list[Block]:
    if not needs:
        return []
    heading = Paragraph((Strong((Text(title),)),), drawn("rubrik", body))
    return [heading, needs_list(needs, body)]


def needs_list(rows: list[Need], *things: CollaborationBody) -> BulletList:
    """Needs or challenges as points."""
    return BulletList(
        tuple(ListItem((RecordRef(n.uid, sentence(n.title), n.record.kind),)) for n in rows),
        drawn("behov och utmaningar", *rows, *things),
    )


def _next_year(m: Material, report: NetworkReport) -> list[Block]:
    plans = [row.initiative for row in report.plans.all()]
    blocks: list[Block] = []
    if plans:
        blocks.append(
            Paragraph(
                (
                    Strong((Text(f"Under {m.year + 1} planeras: "),)),
                    *listed([[name(one.record)] for one in plans]),
                    Text("."),
                ),
                drawn("nästa års plan", report.body, *plans),
            )
        )
    return [*blocks, *_levels(m, report, is_planned=True)]
