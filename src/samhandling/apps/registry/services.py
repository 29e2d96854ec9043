"""The door through which case numbers and secrecy marks are written."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author, ReasonMissing, write_event
from samhandling.apps.records.models import Record
from samhandling.apps.records.services import lock_record, write_registration
from samhandling.apps.registry.permissions import REGISTERED, agreement_of, check_can_register
from samhandling.core.registration import (
    MAX_AUTHORITY,
    MAX_CASE_NUMBER,
    MAX_PROVISION,
    SecrecyMark,
    tidy,
)


class CannotRegister(ValueError):
    """A case number or a mark that cannot be kept; the text says why, in Swedish."""


@transaction.atomic
def register_in_diary(
    *,
    record: Record,
    case_number: str,
    provision: str,
    marked_on: date | None,
    authority: str,
    today: date,
    by: Author,
    reason: str = "",
) -> Record:
    """Write a record's case number and secrecy mark; all three parts of the mark empty: no mark.

    The number and the mark get an event each. A mark that stands is changed or taken away with a
    reason. Texts are put on one line without spaces around them.
    Raises NotAllowed, CannotRegister, audit.services.ReasonMissing.
    """
    thing: Any = REGISTERED[record.kind]().get(pk=record.pk)
    check_can_register(thing, by)
    lock_record(record)
    record.refresh_from_db()
    number = _within(tidy(case_number), MAX_CASE_NUMBER, _("Diarienumret"))
    mark = _mark(provision, marked_on, authority, today)
    if record.secrecy_mark is not None and mark != record.secrecy_mark and not reason.strip():
        raise ReasonMissing(_("Skriv varför sekretessmarkeringen ändras eller tas bort."))
    for changes in write_registration(record, number, mark):
        if changes:
            write_event(
                by=by,
                verb=Verb.CHANGED,
                record_uid=record.uid,
                record_kind=record.kind,
                scope_uid=agreement_of(thing).uid,
                changes=changes,
                reason=reason,
            )
    return record


def _mark(
    provision: str, marked_on: date | None, authority: str, today: date
) -> SecrecyMark | None:
    provision = _within(tidy(provision), MAX_PROVISION, _("Bestämmelsen"))
    authority = _within(tidy(authority), MAX_AUTHORITY, _("Myndighetens namn"))
    if not (provision or marked_on or authority):
        return None
    if marked_on is None or not provision or not authority:
        raise CannotRegister(
            _("En sekretessmarkering anger bestämmelse, datum och myndighet. Fyll i alla tre.")
        )
    if marked_on > today:
        raise CannotRegister(_("Markeringen kan inte vara gjord senare än i dag."))
    return SecrecyMark(provision, marked_on, authority)


def _within(text: str, limit: int, what: str) -> str:
    if len(text) > limit:
        raise CannotRegister(
            _("%(what)s är för långt: högst %(limit)d tecken får plats, du skrev %(n)d.")
            % {"what": what, "limit": limit, "n": len(text)}
        )
    return text
