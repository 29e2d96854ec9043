"""From outline, records and written text to one report model that every output is made of."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import translation
from django.utils.text import slugify

from samhandling.apps.agreements.models import FocusArea
from samhandling.apps.audit.models import Event
from samhandling.apps.records.models import Footnote as FootnoteRow
from samhandling.apps.records.models import Record
from samhandling.apps.reporting.drawing import AREA_DRAWINGS, DRAWINGS
from samhandling.apps.reporting.drawing.wording import drawn, note, number_word
from samhandling.apps.reporting.material import Material, gather
from samhandling.apps.reporting.models import Report as ReportRow
from samhandling.apps.reporting.models import ReportSection
from samhandling.apps.reporting.outline import Outline, OutlineError, Section, load_outline
from samhandling.apps.reporting.selectors import marked_in
from samhandling.core.narrative import Narrative, Problem, parse
from samhandling.core.partial_date import describe
from samhandling.core.report_model import (
    Block,
    Callout,
    CalloutKind,
    Footnote,
    Heading,
    Meta,
    Paragraph,
    RecordRef,
    Report,
    Text,
    Written,
)
from samhandling.core.take_over import digest_of
from samhandling.render.words import day_text


@dataclass(frozen=True)
class PlacedSection:
    """A section where it stands in one report: for an area the key holds the area's code."""

    key: str
    heading: str
    level: int
    prompt: str
    area: FocusArea | None
    section: Section


@dataclass(frozen=True)
class Assembled:
    """A report model, its sections in order, and what in the texts could not be resolved."""

    report: Report
    sections: tuple[PlacedSection, ...]
    blocks: dict[str, tuple[Block, ...]]
    problems: dict[str, tuple[Problem, ...]]
    drawn: dict[str, tuple[Block, ...]]
    changed_since_taken_over: frozenset[str]


def assemble(
    row: ReportRow,
    *,
    made_at: datetime,
    as_of: date | None = None,
    warns_of_secrecy: bool = True,
) -> Assembled:
    """Build the report of `row` as the records stand now, in Swedish whoever reads.

    Args: as_of: the day the workspace believes it is, said on the cover; without it, that of
    made_at. warns_of_secrecy: begin with a warning where the report draws on records marked as
    perhaps secret; not in an edition that somebody has looked through.
    Raises OutlineError for an outline that names a drawing which does not exist.
    Queries: those of `gather` and about 13 more.
    """
    with translation.override("sv"):
        outline = load_outline(row.outline)
        material = gather(row.round_id)
        writer = _Writer(material, {s.key: s for s in row.sections.all()})
        for section in outline.sections:
            writer.add(section, 1)
        report = Report(
            title=outline.title.format(year=material.year),
            subtitle=row.subtitle or outline.subtitle.format(agreement=material.agreement.title),
            language="sv",
            meta=_meta(row, material, outline, made_at, as_of or made_at.date()),
            blocks=tuple(writer.out),
        )
        if warns_of_secrecy and (marked := marked_in(row, report)):
            report = replace(report, blocks=(_warning(row, len(marked)), *report.blocks))
        return Assembled(
            report,
            tuple(writer.placed),
            writer.blocks,
            writer.problems,
            writer.drawn,
            frozenset(writer.changed),
        )


def _warning(row: ReportRow, marked: int) -> Callout:
    """What stands first in every file made of a report that draws on `marked` marked records."""
    records = "sekretessmarkerad post" if marked == 1 else "sekretessmarkerade poster"
    text = (
        f"Den bygger på minst {number_word(marked)} {records}. Se över vad den berättar ur dem "
        "innan den skickas, fryses eller lämnas ut."
    )
    origin = drawn("sekretess", row)
    return Callout(
        CalloutKind.NOTE,
        "Rapporten kan innehålla uppgifter som omfattas av sekretess",
        (Paragraph((Text(text),), origin),),
        origin,
    )


def place_sections(row: ReportRow) -> list[PlacedSection]:
    """The sections a writer sees, without drawing anything. Queries: 1."""
    areas = list(
        FocusArea.objects.filter(agreement=row.round.agreement_id).live().select_related("record")
    )
    placed: list[PlacedSection] = []

    def add(section: Section, level: int) -> None:
        for one in _placed(section, level, areas):
            placed.append(one)
            for child in section.sections:
                add(child, level + 1)

    for section in load_outline(row.outline).sections:
        add(section, 1)
    return placed


def _placed(section: Section, level: int, areas: list[FocusArea]) -> list[PlacedSection]:
    if section.each == "focus_areas":
        return [
            PlacedSection(
                f"{section.key}-{area.code.lower()}",
                section.heading.format(name=area.title),
                level,
                section.prompt,
                area,
                section,
            )
            for area in areas
            if area.parent_id is None
        ]
    if section.each:
        raise OutlineError(
            f"Avsnittet ”{section.key}” upprepas för ”{section.each}”, som inte finns."
        )
    return [PlacedSection(section.key, section.heading, level, section.prompt, None, section)]


class _Writer:
    """Walks the outline and collects blocks: heading, written text, drawn blocks, subsections."""

    def __init__(self, material: Material, texts: dict[str, ReportSection]) -> None:
        self.material = material
        self.texts = texts
        self.out: list[Block] = []
        self.placed: list[PlacedSection] = []
        self.blocks: dict[str, tuple[Block, ...]] = {}
        self.problems: dict[str, tuple[Problem, ...]] = {}
        self.drawn: dict[str, tuple[Block, ...]] = {}
        self.changed: set[str] = set()

    def add(self, section: Section, level: int) -> None:
        for one in _placed(section, level, self.material.focus_areas):
            heading = Heading(level, one.heading, slugify(one.key) or "avsnitt")
            start = len(self.out)
            self.out.append(heading)
            self.placed.append(one)
            own_drawn = self.drawn[one.key] = tuple(self._drawn(one))
            own = [*self._written(one.key), *(() if self._is_taken_over(one.key) else own_drawn)]
            self.blocks[one.key] = tuple(own)
            self.out += own
            for child in section.sections:
                self.add(child, level + 1)
            if section.leave_out_when_empty and len(self.out) == start + 1:
                self.out.pop()

    def _is_taken_over(self, key: str) -> bool:
        """Whether the written text stands in for what is drawn; tells when the records moved on."""
        row = self.texts.get(key)
        if row is None or not row.taken_over_digest:
            return False
        if row.taken_over_digest != digest_of(self.drawn[key]):
            self.changed.add(key)
        return True

    def _written(self, key: str) -> list[Block]:
        row = self.texts.get(key)
        if row is None or not row.text.strip():
            return []
        narrative = parse(
            row.text,
            resolve_footnote=_footnote,
            resolve_record=_record,
            origin=Written(row.author_key, row.author_name, tuple(row.taken_over_uids)),
        )
        if narrative.problems:
            self.problems[key] = narrative.problems
        return list(narrative.blocks)

    def _drawn(self, one: PlacedSection) -> list[Block]:
        blocks: list[Block] = []
        for name in one.section.draw:
            if one.area is not None and name in AREA_DRAWINGS:
                blocks += AREA_DRAWINGS[name](self.material, one.area)
            elif name in DRAWINGS:
                blocks += DRAWINGS[name](self.material)
            else:
                raise OutlineError(f"Avsnittet ”{one.key}” ritar ”{name}”, som inte finns.")
        return blocks


def _footnote(key: str) -> Footnote | None:
    row = FootnoteRow.objects.with_record().filter(record__source_key=key).first()
    return note(row).footnote if row is not None else None


def _record(key: str) -> RecordRef | None:
    row = Record.objects.live().filter(source_key=key).first()
    if row is None:
        row = Record.objects.live().filter(uid=key).first()
    return RecordRef(row.uid, row.title, row.kind) if row is not None else None


def _meta(
    row: ReportRow, material: Material, outline: Outline, made_at: datetime, as_of: date
) -> Meta:
    publisher = material.round.carried_out_by.name if material.round.carried_out_by else ""
    cover: list[tuple[str, str]] = []
    if material.round.period is not None:
        cover.append(("Period", describe(material.round.period)))
    if material.round.task_giver is not None:
        cover.append(("Till", material.round.task_giver.name))
    cover.append(("Uppgifterna som de stod den", day_text(as_of.isoformat(), "sv")))
    title = outline.title.format(year=material.year)
    status = "" if row.state == ReportRow.State.RECEIVED else row.get_state_display().capitalize()
    return Meta(
        publisher=publisher,
        running_title=f"{title}, {material.agreement.short_name}",
        status=status,
        made_at=made_at.isoformat(timespec="seconds"),
        data_version=data_version(),
        cover=tuple(cover),
        as_of=as_of.isoformat(),
        keywords=("uppföljning", material.agreement.short_name, str(material.year)),
    )


def data_version() -> str:
    """A short name of the records' state: the number and hash of the last change. Queries: 1."""
    last = Event.objects.order_by("-pk").values_list("pk", "record_uid").first()
    if last is None:
        return "0"
    return f"{last[0]}-{hashlib.sha256(repr(last).encode()).hexdigest()[:8]}"


def preview(text: str) -> Narrative:
    """A written text as it will look, and what in it could not be resolved."""
    return parse(text, resolve_footnote=_footnote, resolve_record=_record)
