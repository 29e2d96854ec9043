"""What a focus area has that no network answers for: gaps, proposals and work without a network."""

from samhandling.apps.agreements.models import CoverageGap, FocusArea, StructureProposal
from samhandling.apps.followup.models import InitiativeReport
from samhandling.apps.organisations.models import CollaborationBody, LiaisonSeat
from samhandling.apps.records.models import Record
from samhandling.apps.reporting.drawing.initiatives import told_blocks
from samhandling.apps.reporting.drawing.lessons import recommendation_item
from samhandling.apps.reporting.drawing.networks import needs_list
from samhandling.apps.reporting.drawing.untold import untold_without_network
from samhandling.apps.reporting.drawing.wording import (
    actor,
    actors,
    day,
    drawn,
    goes_on,
    name,
    sentence,
)
from samhandling.apps.reporting.material import Material
from samhandling.core.report_model import (
    Block,
    BulletList,
    Callout,
    CalloutKind,
    Inline,
    ListItem,
    Paragraph,
    Strong,
    Text,
)


def area_without_network(m: Material, area: FocusArea) -> list[Block]:
    """Gaps, what was told without a network, proposals and needs of the area itself."""
    ids = {area.pk, *(one.pk for one in m.focus_areas if one.parent_id == area.pk)}
    blocks: list[Block] = []
    for gap in m.gaps:
        if gap.focus_area_id in ids:
            blocks.append(gap_block(m, gap))
    blocks += told_blocks(m, _without_network(m, ids))
    blocks += untold_without_network(m, area)
    for proposal in m.proposals:
        if proposal.focus_area_id in ids:
            blocks += _proposal(proposal)
    for seat in m.liaisons:
        if any(link.focus_area_id in ids for link in m.area_links.get(seat.pk, [])):
            blocks.append(_liaison(m, seat))
    needs = [need for need in m.needs if need.subject_id in ids]
    if needs:
        blocks.append(Paragraph((Strong((Text("Utmaningar i området:"),)),), drawn("rubrik", area)))
        blocks.append(needs_list(needs))
    blocks += _recommendations(m, ids)
    return blocks


def _without_network(m: Material, ids: set[int]) -> list[InitiativeReport]:
    told = [one for one in m.initiative_reports if one.network_report_id is None]
    here = {one.initiative_id for one in told}
    return [
        one
        for one in told
        if m.initiatives[one.initiative_id].focus_area_id in ids
        and m.initiatives[one.initiative_id].parent_id not in here
    ]


def gap_block(m: Material, gap: CoverageGap) -> Callout:
    """A coverage gap: since when, why, who had the question and who deals with it meanwhile."""
    things: list[Record] = [gap.record, gap.focus_area.record]
    line: list[Inline] = [Text("Sedan "), *day(gap.since), Text(". ")]
    if gap.cause:
        line.append(Text(f"{sentence(gap.cause)} "))
    handlings = list(gap.handlings.all())
    if handlings:
        partly = all(one.extent == one.Extent.PARTLY for one in handlings)
        line += [
            Text("Frågorna hanteras under tiden " + ("delvis i " if partly else "i ")),
            *actors(one.body for one in handlings),
            Text(f", {goes_on(m, gap.note.rstrip('.'))}. " if gap.note else ". "),
        ]
        things += [one.body.record for one in handlings]
    blocks: list[Block] = [Paragraph(tuple(line), drawn("täckningslucka", *things))]
    body = gap.caused_by
    if body is not None:
        blocks.append(_former(m, body))
    return Callout(CalloutKind.GAP, gap.title, tuple(blocks), drawn("täckningslucka", *things))


def _former(m: Material, body: CollaborationBody) -> Paragraph:
    line: list[Inline] = [actor(body), Text(" ")]
    roles = [role.text for role in body.roles.all()]
    if roles:
        line.append(Text(f"var {goes_on(m, '; '.join(roles))}. "))
    seated = [s.actor for s in m.seats.get(body.pk, []) if s.actor is not None]
    if seated:
        line += [Text("Här satt "), *actors(seated), Text(". ")]
    if body.state:
        line.append(Text(f"Läge: {body.get_state_display()}. "))
    if body.successor_state == "NONE":
        line.append(Text("Ingen efterföljare finns."))
    events = [event for event in m.lifecycle if event.body_id == body.pk]
    return Paragraph(
        tuple(line),
        drawn(
            "tidigare organ",
            body,
            *seated,
            *events,
            *[x for x in m.milestones if x.about_id == body.pk],
        ),
    )


def _proposal(proposal: StructureProposal) -> list[Block]:
    line: list[Inline] = [
        Strong((name(proposal.record),)),
        Text(f" ({proposal.get_state_display()}"),
    ]
    if proposal.proposed_by is not None:
        line += [Text(" av "), actor(proposal.proposed_by)]
    if proposal.proposed_on is not None:
        line += [Text(" "), *day(proposal.proposed_on)]
    line.append(Text("). Förslaget fördelar ansvaret så här:"))
    by_body: dict[int, list[str]] = {}
    bodies = {}
    for role in proposal.roles.all():
        by_body.setdefault(role.body_id, []).append(role.text)
        bodies[role.body_id] = role.body
    items = tuple(
        ListItem(
            (Strong((actor(bodies[key]),)),),
            tuple(ListItem((Text(sentence(text)),)) for text in texts),
        )
        for key, texts in by_body.items()
    )
    origin = drawn("strukturförslag", proposal, proposal.proposed_by, *bodies.values())
    return [Paragraph(tuple(line), origin), BulletList(items, origin)]


def _liaison(m: Material, seat: LiaisonSeat) -> BulletList:
    line: list[Inline] = [
        Strong((name(seat.record),)),
        Text(f": {seat.get_state_display()}. Personen ska sitta i "),
        actor(seat.first_body),
        Text(" och "),
        actor(seat.second_body),
        Text("."),
    ]
    if seat.proposed_by is not None:
        line += [Text(" Förslagsställare: "), actor(seat.proposed_by), Text(".")]
    questions = [q for q in m.questions if any(s.pk == seat.pk for s in q.subjects.all())]
    settle = [q for q in questions if q.kind == "TO_SETTLE"]
    children = tuple(
        ListItem((Text(f"Återstår att reda ut: {sentence(q.title)}"),)) for q in settle
    )
    return BulletList(
        (ListItem(tuple(line), children),),
        drawn("länkperson", seat, seat.first_body, seat.second_body, seat.proposed_by, *settle),
    )


def _recommendations(m: Material, ids: set[int]) -> list[Block]:
    """Recommendations without a lesson that spring from something of this area."""
    rows = []
    for one in m.recommendations:
        if one.lesson_id is not None or one.origin_id is None:
            continue
        origin_areas = {link.focus_area_id for link in m.area_links.get(one.origin_id, [])}
        origin_areas |= {
            need.focus_area_id
            for need in m.needs
            if need.pk == one.origin_id and need.focus_area_id
        }
        if origin_areas & ids:
            rows.append(one)
    if not rows:
        return []
    return [
        Callout(
            CalloutKind.RECOMMENDATION,
            "Fortsatt arbete",
            (
                BulletList(
                    tuple(recommendation_item(one) for one in rows),
                    drawn("rekommendationer", *rows),
                ),
            ),
            drawn("rekommendationer", *rows),
        )
    ]
