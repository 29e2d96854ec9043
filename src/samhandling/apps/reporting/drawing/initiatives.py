"""One initiative in the running text: what it is, what became of it, with whom and for whom."""

from collections.abc import Iterable

from samhandling.apps.followup.models import InitiativeReport
from samhandling.apps.initiatives.models import (
    Funding,
    Initiative,
    InitiativeActor,
    InitiativeCause,
    Status,
    StatusEvent,
)
from samhandling.apps.organisations.models import CollaborationBody
from samhandling.apps.records.models import Record
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
    quantity,
    sentence,
    with_attached,
)
from samhandling.apps.reporting.material import Material
from samhandling.core.knowledge import Basis
from samhandling.core.partial_date import describe
from samhandling.core.report_model import (
    Block,
    BulletList,
    Emph,
    InferredMark,
    Inline,
    LineBreak,
    ListItem,
    Strong,
    Text,
    Unknown,
)

LANGUAGES = {
    "so": "somaliska",
    "sw": "swahili",
    "ar": "arabiska",
    "fa": "persiska",
    "ti": "tigrinska",
}
_ROLE_WORDS = {
    InitiativeActor.Role.PARTNER: "Medverkar",
    InitiativeActor.Role.PARTICIPANT: "Deltar",
    InitiativeActor.Role.COMMISSIONER: "På uppdrag av",
    InitiativeActor.Role.STEERING_GROUP: "Styrgrupp",
    InitiativeActor.Role.WORKING_GROUP: "Arbetsgrupp",
    InitiativeActor.Role.COOPERATING_NETWORK: "Samverkar med",
}


def told_blocks(material: Material, reports: Iterable[InitiativeReport]) -> list[Block]:
    """What one network told of, each initiative with its parts under it.

    Parts that the same network told of are drawn with their whole and nowhere else. A whole that
    nobody told of is drawn where its parts were told.
    """
    blocks: list[Block] = []
    drawn_ids: set[int] = set()
    for report in reports:
        one = _whole_of(material, report)
        if one.pk in drawn_ids:
            continue
        drawn_ids.add(one.pk)
        told = report.told if one.pk == report.initiative_id else ""
        parts = {part: _told(material, part, report) for part in material.parts.get(one.pk, [])}
        blocks.append(_block(material, one, told, parts, moved_to=_moved_to(material, one, report)))
    return blocks


def _whole_of(material: Material, report: InitiativeReport) -> Initiative:
    """The initiative that was told of, or its whole where nobody told of that."""
    one = material.initiatives[report.initiative_id]
    if one.parent_id is None or one.parent_id in material.reported_ids:
        return one
    return material.initiatives.get(one.parent_id, one)


def _moved_to(
    material: Material, one: Initiative, report: InitiativeReport
) -> CollaborationBody | None:
    """The initiative's network, where others told of it, or now of its part, and that did not."""
    network = one.network
    tellers = {
        told.network_report.body_id
        for told in material.initiative_reports
        if told.network_report is not None
        and (told.initiative_id == one.pk or told.pk == report.pk)
    }
    return network if tellers and network is not None and network.pk not in tellers else None


def untold_block(material: Material, one: Initiative) -> BulletList:
    """One initiative that nobody told of, with its parts: what the register knows of it."""
    return _block(material, one, "", dict.fromkeys(material.parts.get(one.pk, []), ""))


def _block(
    material: Material,
    one: Initiative,
    told: str,
    parts: dict[Initiative, str],
    *,
    moved_to: CollaborationBody | None = None,
) -> BulletList:
    lines = _lines(material, one, told)
    if moved_to is not None:
        lines += [Text(" Insatsen hör nu till "), actor(moved_to), Text(".")]
    items = (ListItem(tuple(_lines(material, part, text))) for part, text in parts.items())
    return BulletList(
        (ListItem(tuple(lines), tuple(items)),),
        drawn("insatsen", *_records(material, [one, *parts]), moved_to),
    )


def _told(material: Material, part: Initiative, report: InitiativeReport) -> str:
    return next(
        (
            one.told
            for one in material.initiative_reports
            if one.initiative_id == part.pk and one.network_report_id == report.network_report_id
        ),
        "",
    )


def _records(material: Material, ones: Iterable[Initiative]) -> list[Record]:
    found: list[Record] = []
    for one in ones:
        found += with_attached(material, one)
        found += [f.record for f in one.funding.all()]
        found += [a.actor.record for a in one.actors.all()]
        found += [link.need.record for link in one.need_links.all()]
        found += [plan.record for plan in one.record.regulated_by.all()]
        if one.owner is not None:
            found.append(one.owner.record)
    return found


def _lines(material: Material, one: Initiative, told: str) -> list[Inline]:
    out: list[Inline] = [Strong((name(one.record),)), *notes(material, one.pk)]
    for row in one.levels.all():
        out += [
            Text(" "),
            level_mark(row.level.key, row.level.title, is_stated=row.basis == Basis.STATED),
        ]
    out += [Text(" " if one.levels.all() else ". "), *status_words(material, one)]
    if told:
        out.append(Text(f" {sentence(told)}"))
    facts = _texts(material, one)
    for index, (label, value) in enumerate(facts):
        out += [Text(" ") if index else LineBreak(), Emph((Text(f"{label}:"),)), Text(" ")]
        out += [*value, Text(".")]
    return out


def status_words(
    material: Material, one: Initiative, *, ends: str = ".", causes: bool = True
) -> list[Inline]:
    """What has become of an initiative by this year, with dates and causes, as a sentence.

    A pause that has ended is told with its end. An unknown status is said to be unknown, with the
    reading that suggests itself where somebody has written one down.
    """
    end = [Text(ends)] if ends else []
    events = material.status[one.pk]
    if not events:
        return [Text("Status: "), Unknown(), *end]
    last = events[-1]
    if last.status == Status.RESUMED and len(events) > 1 and events[-2].status == Status.PAUSED:
        return [
            *_event(events[-2], causes=causes),
            Text(" och "),
            *_event(last, inside=True, causes=causes),
            *_told_before(material, last),
            *end,
        ]
    return [*_event(last, causes=causes), *_told_before(material, last), *end]


def _told_before(material: Material, event: StatusEvent) -> list[Inline]:
    """The year for which a status was told, where that is an earlier one."""
    if event.told_for_year >= material.year or event.status == Status.UNKNOWN:
        return []
    return [Text(f" (berättat {event.told_for_year})")]


def _event(event: StatusEvent, *, inside: bool = False, causes: bool = True) -> list[Inline]:
    if event.status == Status.UNKNOWN:
        out: list[Inline] = [Text("Status: "), Unknown()]
        if event.inferred_status:
            reading = lower_first(str(Status(event.inferred_status).label))
            out += [Text(f", kan läsas som {reading} "), InferredMark(event.reason or reading)]
        return out
    label = str(Status(event.status).label)
    out = [Text(lower_first(label) if inside else label)]
    if event.when is not None:
        out.append(Text(f" {lower_first(describe(event.when))}"))
    if event.postponed_to is not None:
        out.append(Text(f" till {lower_first(describe(event.postponed_to))}"))
    for row in event.causes.all() if causes else ():
        words = row.text or row.cause.name
        out.append(Text(f", orsak: {one_line(words)}"))
        if row.basis == Basis.INFERRED:
            out += [Text(" "), InferredMark(row.text or row.cause.name)]
    return out


def _texts(material: Material, one: Initiative) -> list[tuple[str, list[Inline]]]:
    rows: list[tuple[str, list[Inline]]] = []

    def add(label: str, value: list[Inline]) -> None:
        if value:
            rows.append((label, value))

    def words(label: str, text: str) -> None:
        if text:
            add(label, [Text(one_line(text).rstrip("."))])

    if one.when is not None:
        add("När", day(one.when))
    if one.owner is not None:
        add("Ägare", [*actors([one.owner]), *inferred(material, one.pk, "owner")])
    for role in InitiativeActor.Role:
        add(
            _ROLE_WORDS[role],
            actors(row.actor for row in one.actors.all() if row.role == role),
        )
    words("Syfte", one.purpose)
    words("Innehåll", one.content)
    words("Vad som hänt", one.summary)
    words("Resultat", one.result)
    words("Modell", one.method)
    words("Målgrupp", one.target_group)
    words("Till nytta för", one.beneficiary)
    add("Antal", listed([quantity(q) for q in material.quantities.get(one.pk, [])]))
    add(
        "Språk",
        [Text(" och ".join(LANGUAGES.get(x.code, x.code) for x in one.languages.all()))]
        if one.languages.all()
        else [],
    )
    words("Omfattning", one.scope)
    add(
        "Var",
        [Text(", ".join(place.name for place in one.places.all()))] if one.places.all() else [],
    )
    for funding in one.funding.all():
        add("Finansiering", funding_words(material, funding))
    add(
        "Möter behovet",
        listed(
            [
                [name(x.need.record, goes_on(material, x.need.title.rstrip(".")))]
                for x in one.need_links.all()
            ]
        ),
    )
    add("Regleras i", listed([[name(plan.record)] for plan in one.record.regulated_by.all()]))
    add(
        "Drevs fram av",
        listed(
            [
                [Text(one_line(row.text or row.cause.name))]
                for row in one.causes.all()
                if row.kind == InitiativeCause.Kind.DROVE
            ]
        ),
    )
    words("Beroende", one.dependency)
    words("Hinder", one.obstacle)
    words("God effekt", one.positive_effect)
    if one.is_conditional:
        rows.append(("Villkor", [Text("genomförs bara om det beslutas")]))
    if one.follows is not None:
        add("Följer på", [name(one.follows.record)])
    words("Nästa steg", one.next_step)
    return rows


def funding_words(material: Material, funding: Funding) -> list[Inline]:
    """Money in words: what it is called, funder, recipient, state as told and amount if known.

    The given name says funder and recipient where it holds their names; no name is "medel".
    """
    state, _event_row = material.funding_state(funding)
    called = _funding_name(funding)
    out: list[Inline] = [Text(called or "medel")]
    if funding.funder is not None and funding.funder.title not in called:
        out += [Text(" från "), *actors([funding.funder])]
        out += inferred(material, funding.pk, "funder")
    if funding.recipient is not None and funding.recipient.title not in called:
        out += [Text(" till "), *actors([funding.recipient])]
    out.append(Text(f", {Funding.State(state).label}, belopp "))
    if funding.amount_sek is None:
        out.append(Text("okänt"))
    else:
        out.append(Text(f"{funding.amount_sek:,.0f} kr".replace(",", "\u202f")))
    return out


def _funding_name(funding: Funding) -> str:
    """The name somebody gave and what kind of money it is; empty where neither is told."""
    given, kind = funding.given_name, funding.instrument
    if not given:
        return kind
    return given if kind in given else f"{given} ({kind})"
