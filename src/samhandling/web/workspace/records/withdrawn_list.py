"""The list of what is withdrawn and somebody may restore, of every kind."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from operator import attrgetter

from django.urls import reverse
from django.utils.translation import gettext as _

from samhandling.apps.audit.services import Author
from samhandling.apps.discussion.selectors import (
    known_names,
    withdrawn_attachments,
    withdrawn_comments,
)
from samhandling.apps.initiatives import permissions as initiatives
from samhandling.apps.initiatives.models import ExpectedResult
from samhandling.apps.records.models import Record
from samhandling.apps.records.withdrawn import Place, latest_withdrawn
from samhandling.web.links import name_of
from samhandling.web.workspace.records.withdrawal import KINDS, Kind


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """One line of the list of what is withdrawn."""

    name: str
    kind: str
    at: datetime
    place: Place
    reason: str
    restore_url: str
    asks: bool = False  # the address shows what was withdrawn, and asks before it is restored


Found = tuple[list[Withdrawn], Place | None]  # and where the rest begins


@dataclass(frozen=True, slots=True)
class WithdrawnList:
    """Lines, the latest first. There are more from `older` on; None when these are all."""

    lines: list[Withdrawn]
    older: Place | None


def withdrawn_for(by: Author, start: Place | None = None) -> WithdrawnList:
    """What `by` may restore, the latest first; nothing that stands before `start`.

    Queries: about 15.
    """
    sources: list[Callable[[Author, int, Place | None], Found]] = [
        *(partial(_records, of_kind) for of_kind in KINDS.values()),
        _results,
        _said,
        _attached,
    ]
    lines: list[Withdrawn] = []
    stops: list[Place] = []
    for number, source in enumerate(sources):
        found, rest = source(by, number, start)
        lines += found
        stops += [rest] if rest else []
    # What stands after the first of these is shown of no kind: of one it would not be all.
    older = max(stops, key=attrgetter("order"), default=None)
    shown = [line for line in lines if older is None or line.place.order > older.order]
    return WithdrawnList(sorted(shown, key=attrgetter("place.order"), reverse=True), older)


def _records(of_kind: Kind, by: Author, number: int, start: Place | None) -> Found:
    found, rest = latest_withdrawn(
        of_kind.rows(),
        partial(of_kind.changeable_of, by=by),
        number,
        start,
        column="record__withdrawn_at",
    )
    return [_line(thing.record, number) for thing in found], rest


def _line(record: Record, number: int) -> Withdrawn:
    assert record.withdrawn_at
    return Withdrawn(
        name=name_of(record),
        kind=record.get_kind_display(),
        at=record.withdrawn_at,
        place=Place(record.withdrawn_at, number, record.pk),
        reason=record.withdrawn_reason,
        restore_url=reverse("records:restore", args=[record.uid]),
    )


def _results(by: Author, number: int, start: Place | None) -> Found:
    rows = ExpectedResult.all_rows.select_related(
        "initiative__record", "initiative__parent__record"
    )
    found, rest = latest_withdrawn(
        rows,
        lambda some: [one for one in some if initiatives.can_edit(one.initiative, by)],
        number,
        start,
    )
    lines = [
        Withdrawn(
            name=result.text,
            kind=str(ExpectedResult._meta.verbose_name),
            at=result.withdrawn_at,
            place=Place(result.withdrawn_at, number, result.pk),
            reason=result.withdrawn_reason,
            restore_url=reverse(
                "initiatives:result_restore", args=[result.initiative.uid, result.pk]
            ),
        )
        for result in found
        if result.withdrawn_at
    ]
    return lines, rest


def _said(by: Author, number: int, start: Place | None) -> Found:
    found, rest = withdrawn_comments(by, number, start)
    names = known_names({one.author_key for one in found})
    lines = [
        Withdrawn(
            name=name_of(one.record),
            kind=_("kommentar av %(who)s") % {"who": names.get(one.author_key) or _("någon")},
            at=one.withdrawn_at,
            place=Place(one.withdrawn_at, number, one.pk),
            reason=one.withdrawn_reason,
            restore_url=reverse("discussion:restore", args=[one.record.uid, one.pk]),
            asks=True,
        )
        for one in found
        if one.withdrawn_at
    ]
    return lines, rest


def _attached(by: Author, number: int, start: Place | None) -> Found:
    found, rest = withdrawn_attachments(by, number, start)
    lines = [
        Withdrawn(
            name=one.name,
            kind=_("bilaga till ”%(name)s”") % {"name": name_of(one.record)},
            at=one.withdrawn_at,
            place=Place(one.withdrawn_at, number, one.pk),
            reason=one.withdrawn_reason,
            restore_url=reverse("discussion:file_restore", args=[one.record.uid, one.uid]),
            asks=True,
        )
        for one in found
        if one.withdrawn_at
    ]
    return lines, rest
