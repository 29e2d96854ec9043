"""What can be withdrawn and restored, by kind: who may, and the service that does it.

Initiatives, needs and counts are withdrawn on pages of their own; the rest on one page for all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from samhandling.apps.audit.models import Event, KnownPerson, Verb
from samhandling.apps.audit.services import Author
from samhandling.apps.followup import services as followup
from samhandling.apps.followup.models import FollowUpRound, Lesson, Recommendation
from samhandling.apps.initiatives import permissions as initiatives
from samhandling.apps.initiatives import services
from samhandling.apps.initiatives.models import Funding, Initiative
from samhandling.apps.organisations.permissions import may
from samhandling.apps.records.models import Quantity, Record, RecordKind
from samhandling.apps.records.prepared import Prepared
from samhandling.apps.situation import permissions as situation
from samhandling.apps.situation.models import Need
from samhandling.apps.situation.services import restore_need
from samhandling.core.access import Operation

Rule = Callable[[Any, Author], bool]


@dataclass(frozen=True)
class Kind:
    """How records of one kind are withdrawn. `may_change` does not ask whether it is withdrawn.

    `withdraw` is None where a page of its own asks for the reason; `changeable` is the rule for
    many at once, where `may_change` asks the database for each.
    """

    rows: Callable[[], QuerySet[Any]]
    may_see: Rule
    may_change: Rule
    restore: Callable[[Any, Author], None]
    withdraw: Callable[[Any, str, Author], None] | None = None
    changeable: Callable[[Sequence[Any], Author], list[Any]] | None = None

    def changeable_of(self, things: Sequence[Any], by: Author) -> list[Any]:
        """Those that `may_change` allows."""
        if self.changeable is not None:
            return self.changeable(things, by)
        return [thing for thing in things if self.may_change(thing, by)]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """How one record was withdrawn; `who` is empty when the log does not tell."""

    record: Record
    who: str
    at: datetime
    reason: str


def _sees_money(money: Funding, by: Author) -> bool:
    uses = money.initiatives.select_related("record", "parent")
    return any(initiatives.can_read(use, by) for use in uses)


def _counted(quantity: Quantity) -> Initiative | None:
    return getattr(quantity.about, "initiative", None)


def _sees_count(quantity: Quantity, by: Author) -> bool:
    held = _counted(quantity)
    return held is not None and initiatives.can_read(held, by)


def _changes_count(quantity: Quantity, by: Author) -> bool:
    held = _counted(quantity)
    return held is not None and initiatives.can_edit(held, by)


def _reads(thing: Lesson | Recommendation, by: Author) -> bool:
    return may(by, Operation.READ_SHARED, agreement_id=thing.round.agreement_id)


def _teaches(thing: Lesson | Recommendation, by: Author) -> bool:
    return may(by, Operation.EDIT_LESSON, agreement_id=thing.round.agreement_id)


def _reads_round(round: FollowUpRound, by: Author) -> bool:
    return may(by, Operation.READ_SHARED, agreement_id=round.agreement_id)


def _starts_rounds(round: FollowUpRound, by: Author) -> bool:
    return may(by, Operation.EDIT_GOVERNANCE, agreement_id=round.agreement_id)


KINDS: dict[str, Kind] = {
    RecordKind.INITIATIVE: Kind(
        rows=lambda: Initiative.objects.select_related(
            "record", "parent__record", "agreement__record"
        ),
        may_see=initiatives.can_read,
        may_change=initiatives.can_restore,
        restore=lambda thing, by: services.restore_initiative(initiative=thing, by=by),
    ),
    RecordKind.NEED: Kind(
        rows=lambda: Need.objects.select_related("record", "agreement__record"),
        may_see=situation.can_read,
        may_change=situation.can_restore,
        restore=lambda thing, by: restore_need(need=thing, by=by),
    ),
    RecordKind.FUNDING: Kind(
        rows=lambda: Funding.objects.select_related("record"),
        may_see=_sees_money,
        may_change=services.can_edit_funding,
        restore=lambda thing, by: services.restore_funding(funding=thing, by=by),
        withdraw=lambda thing, reason, by: services.withdraw_funding(
            funding=thing, reason=reason, by=by
        ),
        changeable=services.editable_fundings,
    ),
    RecordKind.QUANTITY: Kind(
        rows=lambda: Quantity.objects.select_related(
            "record", "about__initiative__record", "about__initiative__parent__record"
        ),
        may_see=_sees_count,
        may_change=_changes_count,
        restore=lambda thing, by: services.restore_quantity(quantity=thing, by=by),
    ),
    RecordKind.ROUND: Kind(
        rows=lambda: FollowUpRound.objects.select_related("record", "agreement__record"),
        may_see=_reads_round,
        may_change=_starts_rounds,
        restore=lambda thing, by: followup.restore_round(round=thing, by=by),
        withdraw=lambda thing, reason, by: followup.withdraw_round(
            round=thing, reason=reason, by=by
        ),
    ),
    RecordKind.LESSON: Kind(
        rows=lambda: Lesson.objects.select_related("record", "round__agreement__record"),
        may_see=_reads,
        may_change=_teaches,
        restore=lambda thing, by: followup.restore_lesson(lesson=thing, by=by),
        withdraw=lambda thing, reason, by: followup.withdraw_lesson(
            lesson=thing, reason=reason, by=by
        ),
    ),
    RecordKind.RECOMMENDATION: Kind(
        rows=lambda: Recommendation.objects.select_related("record", "round__agreement__record"),
        may_see=_reads,
        may_change=_teaches,
        restore=lambda thing, by: followup.restore_recommendation(recommendation=thing, by=by),
        withdraw=lambda thing, reason, by: followup.withdraw_recommendation(
            recommendation=thing, reason=reason, by=by
        ),
    ),
}


# Asked of each answer to a post about something that is not there: the SQL is written once.
_ONE: dict[str, Prepared[Any]] = {
    name: Prepared(lambda pks, rows=kind.rows: rows().filter(pk__in=pks))
    for name, kind in KINDS.items()
}


def may_see_withdrawn(record: Record, by: Author) -> bool:
    """May `by` be told that this record is withdrawn, and why? Queries: 2 to 4."""
    kind = KINDS.get(record.kind)
    if kind is None or record.withdrawn_at is None:
        return False
    return kind.may_see(_ONE[record.kind].of(record.pk)[0], by)


def may_restore(record: Record, by: Author) -> bool:
    """May `by` take back the withdrawal of this record? Queries: as `may_see_withdrawn`."""
    kind = KINDS.get(record.kind)
    if kind is None or record.withdrawn_at is None:
        return False
    return kind.may_change(_ONE[record.kind].of(record.pk)[0], by)


def withdrawal_of(record: Record, by: Author) -> Withdrawal | None:
    """Who withdrew a record, when and why; None unless it is withdrawn and `by` may be told.

    Queries: 4 to 6.
    """
    if record.withdrawn_at is None or not may_see_withdrawn(record, by):
        return None
    events = Event.objects.filter(record_uid=record.uid, verb=Verb.WITHDRAWN)
    key = events.values_list("actor_key", flat=True).first()
    names = KnownPerson.objects.filter(key=key).values_list("name", flat=True)
    return Withdrawal(record, names.first() or "", record.withdrawn_at, record.withdrawn_reason)
