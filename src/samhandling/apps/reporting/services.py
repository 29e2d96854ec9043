"""The door through which reports are written, moved on and frozen."""

import hashlib
import json
from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samhandling.apps.accounts.models import Person
from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author, Changes, write_event
from samhandling.apps.followup.models import FollowUpRound
from samhandling.apps.organisations.permissions import check
from samhandling.apps.records.selectors import marked_records
from samhandling.apps.records.services import diff, lock_record, register
from samhandling.apps.reporting.assemble import assemble, data_version, place_sections
from samhandling.apps.reporting.models import (
    FrozenEdition,
    FrozenFile,
    Report,
    ReportSection,
    ReportStateChange,
)
from samhandling.apps.reporting.permissions import check_can_write_section
from samhandling.apps.reporting.selectors import marked_in
from samhandling.core.access import Operation
from samhandling.core.lifecycle import EDITABLE_REPORT_STATES, ReportState, check_transition
from samhandling.core.report_model import Report as ReportModel
from samhandling.core.report_reading import (
    record_uids,
)
from samhandling.core.report_storage import (
    to_json,
)
from samhandling.core.take_over import digest_of, to_markdown
from samhandling.render import FORMATS, render_apart


class ReportIsFrozen(Exception):
    """The council has received the report, or it is on its way; its text cannot be changed."""


class NoSuchSection(LookupError):
    """The report's outline has no such section."""


class UnresolvedReferences(Exception):
    """Written text refers to something that does not exist; the text says what and where."""


class SecrecyNotLookedAt(Exception):
    """The report draws on records marked as perhaps secret, and nobody has said that they looked;
    the text says which, in Swedish."""


class SectionNeedsReason(ValueError):
    """A section was returned, or a new edition made, without saying why."""


@transaction.atomic
def create_report(
    *,
    round: FollowUpRound,
    outline: str,
    title: str,
    by: Author,
    title_en: str = "",
    subtitle: str = "",
    source_key: str | None = None,
) -> Report:
    """Begin a report of a round. Args: outline: name of a file in data/outlines, no ending."""
    check(by, Operation.MOVE_REPORT, agreement_id=round.agreement_id)
    return register(
        Report,
        title=title,
        title_en=title_en,
        by=by,
        source_key=source_key,
        scope_uid=round.agreement.uid,
        round=round,
        outline=outline,
        subtitle=subtitle,
    )


@transaction.atomic
def write_section(
    *, report: Report, key: str, text: str, is_done: bool, by: Author
) -> ReportSection:
    """Write the text of one section. Whoever saves becomes its author.

    Raises NotAllowed, NoSuchSection, ReportIsFrozen.
    """
    section = _section(report, key, by)
    state = ReportSection.State.WRITTEN if is_done else ReportSection.State.STARTED
    if not text.strip():
        state = ReportSection.State.NOT_STARTED
    values = {"text": text, "state": state}
    changes = diff(section, values)
    section.text, section.state, section.returned_reason = text, state, ""
    if "text" in changes:
        section.author_key, section.author_name = by.person_key, by.display_name
    section.save()
    _log(report, by, Verb.WROTE, changes)
    return section


@transaction.atomic
def take_over_section(*, report: Report, key: str, by: Author) -> ReportSection:
    """Turn what is drawn under a heading into text to go on writing in.

    The text keeps the uids of the records behind it, and is flagged when they change later.
    Raises NotAllowed, NoSuchSection, ReportIsFrozen, CannotTakeOver.
    """
    section = _section(report, key, by)
    blocks = assemble(report, made_at=timezone.localtime()).drawn[key]
    drawn_text = to_markdown(blocks)
    text = f"{section.text.rstrip()}\n\n{drawn_text}".strip()
    changes = diff(section, {"text": text})
    section.text = text
    section.state = ReportSection.State.STARTED
    section.taken_over_digest = digest_of(blocks)
    section.taken_over_uids = sorted(record_uids(blocks))
    section.author_key, section.author_name = by.person_key, by.display_name
    section.save()
    _log(report, by, Verb.WROTE, changes)
    return section


@transaction.atomic
def draw_section_again(*, report: Report, key: str, by: Author) -> ReportSection:
    """Let the records draw the section again; the written text stays, to be shortened by hand."""
    section = _section(report, key, by)
    changes = diff(section, {"taken_over_digest": ""})
    section.taken_over_digest, section.taken_over_uids = "", []
    section.save()
    _log(report, by, Verb.CHANGED, changes)
    return section


@transaction.atomic
def plan_section(
    *, report: Report, key: str, owner: Person | None, deadline: object, by: Author
) -> ReportSection:
    """Say who writes a section and by when. `deadline` is a date or None."""
    check(by, Operation.MOVE_REPORT, agreement_id=report.round.agreement_id)
    section = _section(report, key, by)
    changes = diff(section, {"owner": owner, "deadline": deadline})
    section.owner = owner
    section.deadline = deadline  # type: ignore[assignment]
    section.save()
    _log(report, by, Verb.CHANGED, changes)
    return section


@transaction.atomic
def return_section(*, report: Report, key: str, reason: str, by: Author) -> ReportSection:
    """Send a section back to its writer, with the reason. Raises SectionNeedsReason."""
    check(by, Operation.MOVE_REPORT, agreement_id=report.round.agreement_id)
    if not reason.strip():
        raise SectionNeedsReason(_("Skriv vad som behöver ändras i avsnittet."))
    section = _section(report, key, by)
    changes = diff(section, {"state": ReportSection.State.RETURNED})
    section.state, section.returned_reason = ReportSection.State.RETURNED, reason
    section.save()
    _log(report, by, Verb.RETURNED, changes, reason)
    return section


@transaction.atomic
def move_report(
    *,
    report: Report,
    to: ReportState,
    by: Author,
    reason: str = "",
    looked_at: Collection[str] = (),
    today: date | None = None,
) -> Report:
    """Move a report along its life, or back with a reason; received means frozen.

    Args: looked_at: uids of the secrecy-marked records that `by` says to have looked at; whoever
    sends a report that draws on such must have looked at each (OSL 5 kap. 5 §). today: the day that
    a frozen edition says of its records; without it, the day when it is frozen.
    Raises NotAllowed, core.lifecycle.TransitionNotAllowed and ReasonMissing, UnresolvedReferences
    and SecrecyNotLookedAt on the way to the council, RenderFailed when a file of the frozen edition
    cannot be made. Then nothing has changed.
    """
    check(by, Operation.MOVE_REPORT, agreement_id=report.round.agreement_id)
    report = Report.objects.select_for_update().get(pk=report.pk)
    check_transition(ReportState(report.state), to, reason=reason)
    if to is ReportState.SENT:
        _check_references(report)
        _check_secrecy(report, looked_at, by)
    changes: Changes = {"state": (report.state, to.value)}
    report.state = Report.State(to.value)
    report.save(update_fields=["state"])
    ReportStateChange.objects.create(
        report=report, state=report.state, reason=reason, actor_key=by.person_key
    )
    verb = Verb.RETURNED if to is ReportState.DRAFT else Verb.MOVED_ON
    _log(report, by, verb, changes, reason)
    if to is ReportState.RECEIVED:
        freeze_edition(report=report, by=by, looked_at=looked_at, today=today)
    return report


@transaction.atomic
def freeze_edition(
    *,
    report: Report,
    by: Author,
    change_note: str = "",
    looked_at: Collection[str] = (),
    today: date | None = None,
) -> FrozenEdition:
    """Keep the report as it stands: its model and all four files, each with its hash.

    The first edition is made when the council receives the report; a correction is a further
    edition that says what changed. Args: looked_at, today: as in `move_report`.
    Raises SectionNeedsReason, ReportIsFrozen, SecrecyNotLookedAt, RenderFailed.
    """
    check(by, Operation.MOVE_REPORT, agreement_id=report.round.agreement_id)
    if report.state != Report.State.RECEIVED:
        raise ReportIsFrozen(_("Rapporten fryses när rådet har tagit emot den."))
    number = report.editions.count() + 1
    if number > 1 and not change_note.strip():
        raise SectionNeedsReason(_("Skriv vad som har ändrats sedan förra utgåvan."))
    model = assemble(
        report, made_at=timezone.localtime(), as_of=today, warns_of_secrecy=False
    ).report
    _check_secrecy(report, looked_at, by, model)
    text = to_json(model)
    edition = FrozenEdition.objects.create(
        report=report,
        number=number,
        model=json.loads(text),
        model_sha256=hashlib.sha256(text.encode()).hexdigest(),
        data_version=data_version(),
        change_note=change_note,
    )
    for name in FORMATS:
        content = render_apart(model, name, fonts_dir=settings.FONT_DIR)
        FrozenFile.objects.create(
            edition=edition,
            format=name,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
        )
    _log(report, by, Verb.FROZEN, {"edition": (None, number)}, change_note)
    return edition


def _check_references(report: Report) -> None:
    made = assemble(report, made_at=timezone.localtime())
    headings = {one.key: one.heading for one in made.sections}
    told = [
        f"{headings[key]}: {problem.message}"
        for key, problems in made.problems.items()
        for problem in problems
    ]
    if told:
        raise UnresolvedReferences(
            _("Rätta först det som inte går att slå upp. %(problems)s")
            % {"problems": " ".join(told)}
        )


def _check_secrecy(
    report: Report, looked_at: Collection[str], by: Author, model: ReportModel | None = None
) -> None:
    """Logs who has looked at the marked records of a report that is about to leave the house.

    Raises SecrecyNotLookedAt while there is one that nobody says to have looked at.
    """
    if not marked_records().exists():
        return
    made = model or assemble(report, made_at=timezone.localtime()).report
    marked = marked_in(report, made)
    unseen = [record.title for record in marked if record.uid not in looked_at]
    if unseen:
        raise SecrecyNotLookedAt(
            _(
                "Rapporten bygger på det som är sekretessmarkerat. Se över det först, och intyga "
                "att du har gjort det: %(names)s"
            )
            % {"names": "; ".join(unseen)}
        )
    if marked:
        uids = "; ".join(record.uid for record in marked)
        _log(report, by, Verb.CHANGED, {"secrecy_looked": ("", uids)})


def _section(report: Report, key: str, by: Author) -> ReportSection:
    """The section `key`, made when it is written for the first time."""
    placed = {one.key: one for one in place_sections(report)}
    if key not in placed:
        raise NoSuchSection(key)
    check_can_write_section(by, report.round.agreement_id, placed[key].area)
    if ReportState(report.state) not in EDITABLE_REPORT_STATES:
        raise ReportIsFrozen(
            _("Rapporten är skickad. Ta tillbaka den till utkast för att ändra texten.")
        )
    # One lock for all sections, also those that nobody has written yet.
    lock_record(report.record)
    return ReportSection.objects.select_for_update().get_or_create(report=report, key=key)[0]


def _log(report: Report, by: Author, verb: str, changes: Changes, reason: str = "") -> None:
    write_event(
        by=by,
        verb=verb,
        record_uid=report.uid,
        record_kind=report.record.kind,
        scope_uid=report.round.agreement.uid,
        changes=changes,
        reason=reason,
    )
