"""What becomes of an initiative: dated status events and the causes behind them."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author, Changes
from samhandling.apps.initiatives.models import Initiative, InitiativeCause, StatusEvent
from samhandling.apps.initiatives.permissions import check_can_edit
from samhandling.apps.initiatives.services.errors import NewDateWithoutPostponement
from samhandling.apps.initiatives.services.written_fields import log, log_added
from samhandling.apps.records.fields import columns_of
from samhandling.apps.records.impossible import check_has_come, check_new_time, check_told
from samhandling.apps.situation.models import Cause
from samhandling.core.knowledge import Basis
from samhandling.core.partial_date import PartialDate

CauseReading = tuple[Cause, str, str]
WAITING = frozenset({"POSTPONED", "PAUSED"})
# Any other status may be known before its day: closed from New Year.
ACCOMPLISHED = frozenset({"DONE", "PARTLY_DONE"})


@transaction.atomic
def record_status(
    *,
    initiative: Initiative,
    status: str,
    told_for_year: int,
    by: Author,
    when: PartialDate | None = None,
    reason: str = "",
    causes: Iterable[CauseReading] = (),
    postponed_to: PartialDate | None = None,
    basis: str = Basis.STATED,
    inferred_status: str = "",
    today: date | None = None,
) -> StatusEvent:
    """Say what has become of an initiative; any status may follow any.

    Args: told_for_year: the follow-up year it belongs to; causes: [(cause, own words, basis)] of
    why it deviated; postponed_to: only for POSTPONED and PAUSED; today: the day it is written,
    None for what is taken over from elsewhere.
    Side effect: `initiative.status` becomes that of the latest event by year, then by entry, so
    that an entry for an earlier year does not change what holds now.
    Raises NewDateWithoutPostponement, Impossible, NotAllowed. Queries: 7, one more with causes.
    """
    check_can_edit(initiative, by)
    if postponed_to is not None and status not in WAITING:
        raise NewDateWithoutPostponement
    if status in ACCOMPLISHED:
        check_has_come(
            when,
            today,
            _("Tiden har inte kommit än. Skriv när det gjordes, eller välj en annan status."),
        )
    check_told(when, told_for_year)
    check_new_time(postponed_to, when, told_for_year)
    told = initiative.status_events.filter(told_for_year__lte=told_for_year)
    earlier = told.order_by("-told_for_year", "-pk").first()
    event = StatusEvent.objects.create(
        initiative=initiative,
        status=status,
        told_for_year=told_for_year,
        reason=reason,
        basis=basis,
        inferred_status=inferred_status,
        **columns_of("when", when),
        **columns_of("postponed_to", postponed_to),
    )
    readings = list(causes)
    InitiativeCause.objects.bulk_create(
        InitiativeCause(
            initiative=initiative,
            cause=cause,
            kind=InitiativeCause.Kind.MADE_DEVIATE,
            event=event,
            text=text,
            basis=cause_basis,
        )
        for cause, text, cause_basis in readings
    )
    latest = initiative.status_events.order_by("-told_for_year", "-pk").first()
    is_first = latest == event and earlier is None
    before = earlier.status if earlier else initiative.status if is_first else "UNKNOWN"
    initiative.status = latest.status if latest else status
    initiative.save(update_fields=["status"])
    changes: Changes = {"status": (before, status), "told_for_year": (None, told_for_year)}
    if postponed_to is not None:
        changes["postponed_to"] = (earlier.postponed_to if earlier else None, postponed_to)
    if readings:
        changes["causes"] = (None, [cause.name for cause, _text, _basis in readings])
    log(initiative, Verb.STATUS_CHANGED, by, changes, reason)
    return event


@transaction.atomic
def record_driver(
    *, initiative: Initiative, cause: Cause, by: Author, text: str = "", basis: str = Basis.STATED
) -> InitiativeCause:
    """Say what drove an initiative forward, such as the pandemic or a government assignment."""
    check_can_edit(initiative, by)
    driver = InitiativeCause.objects.create(
        initiative=initiative,
        cause=cause,
        kind=InitiativeCause.Kind.DROVE,
        text=text,
        basis=basis,
    )
    log_added(initiative, "drivers", cause.name, by)
    return driver
