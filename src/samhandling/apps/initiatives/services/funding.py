"""Money for initiatives: who pays, and what has become of the application."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author, Changes, write_event
from samhandling.apps.initiatives.models import Funding, FundingEvent, FundingPath, Initiative
from samhandling.apps.initiatives.permissions import check_can_edit, editable_by
from samhandling.apps.initiatives.services.written_fields import no_longer_empty, told
from samhandling.apps.organisations.models import Actor, CollaborationBody
from samhandling.apps.organisations.permissions import NotAllowed, check
from samhandling.apps.records.fields import columns_of
from samhandling.apps.records.impossible import Impossible, check_not_negative, check_told
from samhandling.apps.records.services import (
    lock_record,
    register,
    rename_record,
    restore_record,
    withdraw_record,
)
from samhandling.apps.situation.models import Need
from samhandling.core.access import Operation
from samhandling.core.partial_date import PartialDate

HELD = frozenset({"GRANTED", "IN_USE"})
_COLUMNS = {"ends": tuple(columns_of("ends", None))}


@transaction.atomic
def add_funding(
    *,
    by: Author,
    initiatives: Sequence[Initiative] = (),
    needs: Sequence[Need] = (),
    title: str = "",
    funder: Actor | None = None,
    recipient: Actor | None = None,
    instrument: str = "",
    amount_sek: Decimal | int | None = None,
    state: str = Funding.State.UNKNOWN,
    told_for_year: int | None = None,
    when: PartialDate | None = None,
    ends: PartialDate | None = None,
    source_key: str | None = None,
    made_up: bool = False,
) -> Funding:
    """Write down money for initiatives or needs; the amount, in kronor, may stay unknown.

    Args: title: by default the instrument or the funder's name; told_for_year: the follow-up year
    the state belongs to, without which no event is written.
    Raises Impossible, and NotAllowed unless `by` may edit every initiative. Queries: 10.
    """
    check_not_negative("amount_sek", amount_sek)
    check_told(when, told_for_year)
    _check_lasts("ends", ends, [(state, when)])
    for initiative in initiatives:
        check_can_edit(initiative, by)
    if not initiatives:
        check(by, Operation.EDIT_INITIATIVE)
    agreement = initiatives[0].agreement if initiatives else needs[0].agreement if needs else None
    funding = register(
        Funding,
        title=title.strip() or Funding.title_without_name(instrument, funder),
        source_key=source_key,
        made_up=made_up,
        by=by,
        scope_uid=agreement.uid if agreement else "",
        funder=funder,
        recipient=recipient,
        instrument=instrument,
        amount_sek=amount_sek,
        state=state,
        ends=ends,
    )
    funding.initiatives.set(initiatives)
    for initiative in initiatives:
        no_longer_empty(initiative, "funding_state")
    if needs:
        funding.needs.set(needs)
    if told_for_year is not None:
        FundingEvent.objects.create(
            funding=funding, state=state, told_for_year=told_for_year, **columns_of("when", when)
        )
    return funding


@transaction.atomic
def update_funding(
    *,
    funding: Funding,
    by: Author,
    title: str = "",
    funder: Actor | None,
    recipient: Actor | None,
    instrument: str,
    amount_sek: Decimal | None,
    ends: PartialDate | None,
) -> Funding:
    """Correct what is known of the money; its state has its own service.

    Raises Impossible, NotAllowed.
    """
    check_can_edit_funding(funding, by)
    lock_record(funding.record)
    check_not_negative("amount_sek", amount_sek)
    _check_lasts("ends", ends, [(event.state, event.when) for event in funding.events.all()])
    values = {
        "funder": funder,
        "recipient": recipient,
        "instrument": instrument,
        "amount_sek": amount_sek,
        "ends": ends,
    }
    changes: Changes = {}
    for name, value in values.items():
        if getattr(funding, name) != value:
            changes[name] = (told(getattr(funding, name)), told(value))
            setattr(funding, name, value)
    if title.strip():
        changes |= rename_record(record=funding.record, title=title.strip())
    if changes:
        columns = [column for name in changes for column in _COLUMNS.get(name, (name,))]
        funding.save(update_fields=[column for column in columns if column != "title"])
        _log(funding, Verb.CHANGED, by, changes)
    return funding


@transaction.atomic
def record_funding_state(
    *,
    funding: Funding,
    state: str,
    told_for_year: int,
    by: Author,
    when: PartialDate | None = None,
) -> FundingEvent:
    """Say that money was sought, granted, refused or put to use, as told for one year.

    Side effect: `funding.state` becomes that of the latest event by year, then by entry.
    Raises Impossible, NotAllowed.
    """
    check_can_edit_funding(funding, by)
    check_told(when, told_for_year)
    _check_lasts("when", funding.ends, [(state, when)])
    event = FundingEvent.objects.create(
        funding=funding, state=state, told_for_year=told_for_year, **columns_of("when", when)
    )
    before = funding.state
    latest = funding.events.order_by("-told_for_year", "-pk").first()
    funding.state = latest.state if latest else before
    funding.save(update_fields=["state"])
    _log(funding, Verb.STATUS_CHANGED, by, {"funding_state": (before, state)})
    return event


@transaction.atomic
def withdraw_funding(*, funding: Funding, reason: str, by: Author) -> None:
    """Take money out of pages, counts and reports. Raises ReasonMissing, AlreadyWithdrawn."""
    check_can_edit_funding(funding, by)
    withdraw_record(record=funding.record, reason=reason, by=by, scope_uid=_scope(funding))


@transaction.atomic
def restore_funding(*, funding: Funding, by: Author) -> None:
    """Take back the withdrawal of money. Safe to repeat."""
    check_can_edit_funding(funding, by)
    restore_record(record=funding.record, by=by, scope_uid=_scope(funding))


@transaction.atomic
def add_funding_path(
    *, body: CollaborationBody, wording: str, by: Author, order: int = 0
) -> FundingPath:
    """Say how a network finds its money, in its own words."""
    check(by, Operation.EDIT_FOLLOW_UP, body_id=body.pk)
    path = FundingPath.objects.create(body=body, wording=wording, order=order)
    write_event(
        by=by,
        verb=Verb.ADDED,
        record_uid=body.uid,
        record_kind=body.record_kind,
        changes={"funding_paths": ("", wording)},
    )
    return path


def can_edit_funding(funding: Funding, by: Author | None) -> bool:
    """Money is changed by whoever may edit one of the initiatives it goes to. Queries: 1."""
    return bool(editable_fundings([funding], by))


def editable_fundings(fundings: Sequence[Funding], by: Author | None) -> list[Funding]:
    """Those that `can_edit_funding` allows, in the same order. Queries: 1."""
    pairs = Funding.initiatives.through._default_manager.filter(
        funding__in=fundings, initiative__in=editable_by(Initiative.objects.all(), by)
    )
    allowed = set(pairs.values_list("funding", flat=True))
    return [funding for funding in fundings if funding.pk in allowed]


def check_can_edit_funding(funding: Funding, by: Author | None) -> None:
    """Raises NotAllowed where `can_edit_funding` answers no."""
    if not can_edit_funding(funding, by):
        raise NotAllowed(Operation.EDIT_INITIATIVE)


def _check_lasts(
    field: str, ends: PartialDate | None, told: Iterable[tuple[str, PartialDate | None]]
) -> None:
    """Raises Impossible, at `field`, for money that ended before it was granted or put to use."""
    if ends is None:
        return
    for state, when in told:
        if state in HELD and when is not None and ends.is_surely_before(when):
            raise Impossible(
                field,
                _(
                    "Pengarna kan inte ta slut innan de beviljades eller började användas. "
                    "Ändra någon av tiderna."
                ),
            )


def _log(funding: Funding, verb: str, by: Author, changes: Changes) -> None:
    write_event(
        by=by,
        verb=verb,
        record_uid=funding.uid,
        record_kind=funding.record_kind,
        scope_uid=_scope(funding),
        changes=changes,
    )


def _scope(funding: Funding) -> str:
    initiative = funding.initiatives.select_related("agreement__record").first()
    return initiative.agreement.uid if initiative else ""
