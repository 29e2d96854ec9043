"""The list of what is withdrawn and somebody may restore, of every kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

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
from samhandling.apps.records.withdrawn import latest_withdrawn
from samhandling.web.links import name_of
from samhandling.web.workspace.records.withdrawal import KINDS


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """One line of the list of what is withdrawn."""

    name: str
    kind: str
    at: datetime
    reason: str
    restore_url: str
    asks: bool = False  # the address shows what was withdrawn, and asks before it is restored


Found = tuple[list[Withdrawn], datetime | None]  # and the moment at which the rest begins


@dataclass(frozen=True, slots=True)
class WithdrawnList:
    """Lines, the latest first. There are more, withdrawn at `older` or before it; None when these
    are all."""

    lines: list[Withdrawn]
    older: datetime | None


def withdrawn_for(by: Author, until: datetime | None = None) -> WithdrawnList:
    """What `by` may restore, the latest first; nothing that was withdrawn after `until`.

    Queries: about 15.
    """
    lines: list[Withdrawn] = []
    stops: list[datetime] = []
    for found, rest in (
        *_records(by, until),
        _results(by, until),
        _said(by, until),
        _attached(by, until),
    ):
        lines += found
        stops += [rest] if rest else []
    # What was withdrawn earlier is shown of no kind: of one it would not be all.
    older = max(stops, default=None)
    shown = [line for line in lines if older is None or line.at > older]
    return WithdrawnList(sorted(shown, key=lambda line: line.at, reverse=True), older)


def _records(by: Author, until: datetime | None) -> Iterator[Found]:
    for kind in KINDS.values():
        found, rest = latest_withdrawn(
            kind.rows(), partial(kind.changeable_of, by=by), until, column="record__withdrawn_at"
        )
        yield [_line(thing.record) for thing in found], rest


def _line(record: Record) -> Withdrawn:
    assert record.withdrawn_at
    return Withdrawn(
        name=name_of(record),
        kind=record.get_kind_display(),
        at=record.withdrawn_at,
        reason=record.withdrawn_reason,
        restore_url=reverse("records:restore", args=[record.uid]),
    )


def _results(by: Author, until: datetime | None) -> Found:
    rows = ExpectedResult.all_rows.select_related(
        "initiative__record", "initiative__parent__record"
    )
    found, rest = latest_withdrawn(
        rows, lambda some: [one for one in some if initiatives.can_edit(one.initiative, by)], until
    )
    lines = [
        Withdrawn(
            name=result.text,
            kind=str(ExpectedResult._meta.verbose_name),
            at=result.withdrawn_at,
            reason=result.withdrawn_reason,
            restore_url=reverse(
                "initiatives:result_restore", args=[result.initiative.uid, result.pk]
            ),
        )
        for result in found
        if result.withdrawn_at
    ]
    return lines, rest


def _said(by: Author, until: datetime | None) -> Found:
    found, rest = withdrawn_comments(by, until)
    names = known_names({one.author_key for one in found})
    lines = [
        Withdrawn(
            name=name_of(one.record),
            kind=_("kommentar av %(who)s") % {"who": names.get(one.author_key) or _("någon")},
            at=one.withdrawn_at,
            reason=one.withdrawn_reason,
            restore_url=reverse("discussion:restore", args=[one.record.uid, one.pk]),
            asks=True,
        )
        for one in found
        if one.withdrawn_at
    ]
    return lines, rest


def _attached(by: Author, until: datetime | None) -> Found:
    found, rest = withdrawn_attachments(by, until)
    lines = [
        Withdrawn(
            name=one.name,
            kind=_("bilaga till ”%(name)s”") % {"name": name_of(one.record)},
            at=one.withdrawn_at,
            reason=one.withdrawn_reason,
            restore_url=reverse("discussion:file_restore", args=[one.record.uid, one.uid]),
            asks=True,
        )
        for one in found
        if one.withdrawn_at
    ]
    return lines, rest
