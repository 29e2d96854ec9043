"""The log's sentences about people: who came, got a role, left. Who it is comes as a name."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samhandling.apps.audit.models import Event, Verb
from samhandling.apps.privacy.retention import RECORD_KIND
from samhandling.apps.privacy.retention_words import TITLES
from samhandling.web.period_words import (
    when_a_role_holds,
    when_a_seat_holds,
    when_a_substitution_ends,
    when_a_substitution_holds,
)

OF_PEOPLE = ("USER", "INVITATION", RECORD_KIND)
"""Kinds of events that have no record: about a person, an invitation, or a rule of retention."""
KEPT_BY_KEY = frozenset({"person", "substitute", "contact", "told"})
"""Fields that hold the opaque key of a person, or of several."""
DAYS = ("valid_from", "valid_until")
"""Fields that say from when and until when a role, a seat or a substitution holds."""


class Changed(Protocol):
    """One changed field in words."""

    @property
    def before(self) -> str: ...

    @property
    def after(self) -> str: ...


def tell_of_person(
    event: Event, changes: Mapping[str, Changed], words: dict[str, object], is_herself: bool
) -> str:
    """The pattern of an event about a person, perhaps by that person; fills in its words."""
    if event.record_kind == RECORD_KIND:
        return _rule(changes, words)
    if event.record_kind == "INVITATION":
        return _invitation(event.verb)
    if "person" in changes:
        words["person"] = changes["person"].after or changes["person"].before
    if "roles" in changes:
        told = _role(changes["roles"], bool(event.record_uid), words)
        return with_days(told, when_a_role_holds(*_days(changes)))
    if "seats" in changes:
        return with_days(_seat(changes["seats"], words, is_herself), days_of_seat(changes))
    if "substitute" in changes:
        words["substitute"] = changes["substitute"].after
        first, last = _days(changes)
        if event.verb == Verb.ADDED:
            told = _("{who} lät {substitute} ersätta {person} under en tid.")
            return with_days(told, when_a_substitution_holds(first, last))
        told = _("{who} avslutade tiden då {substitute} ersätter {person}.")
        return with_days(told, when_a_substitution_ends(last))
    if "left_on" in changes and event.verb == Verb.RESTORED:
        return _("{who} ångrade att {person} slutar.")
    if "left_on" in changes:
        day = parse_date(changes["left_on"].after)
        words["day"] = date_format(day, "j F Y") if day else changes["left_on"].after
        return _("{who} skrev att {person} slutar, sista dag {day}.")
    if "sign_in" in changes:
        if changes["sign_in"].after == "closed":
            return _("{who} stängde inloggningen för {person}.")
        return _("{who} öppnade inloggningen för {person}.")
    if "merged_into" in changes:
        return _("{who} slog ihop två konton för {person}.")
    if "ways_in" in changes:
        if changes["ways_in"].after == "address_changed":
            return _("{who} bytte adressen som {person} loggar in med.")
        return _("{who} tog bort {person}s koppling till en organisations inloggning.")
    if "name" in changes:
        return _("{who} rättade namnet på {person}.")
    if event.verb == Verb.EXTRACTED:
        return _("{who} tog ut allt som finns om {person}.")
    if event.verb == Verb.PSEUDONYMISED:
        return _("{who} pseudonymiserade {person}.")
    return _account(event.verb, "person" in changes, is_herself)


def days_of_seat(changes: Mapping[str, Changed]) -> str:
    """A sentence on when a seat holds; "" when the log says nothing of it."""
    return when_a_seat_holds(*_days(changes))


def _days(changes: Mapping[str, Changed]) -> tuple[date | None, date | None]:
    first, last = (parse_date(changes[name].after) if name in changes else None for name in DAYS)
    return first, last


def with_days(pattern: str, days: str) -> str:
    """A pattern, and after it the sentence on when it holds, if there is one."""
    return f"{pattern} {days}" if days else pattern


def _account(verb: str, is_known: bool, is_herself: bool) -> str:
    """Of whom was not written down until version 0012 of the log's tables."""
    if verb == Verb.CREATED:
        if is_herself:
            return _("{who} blev användare.")
        if is_known:
            return _("{who} lade upp {person} som användare.")
        return _("{who} lade upp en användare.")
    if is_herself:
        return _("{who} ändrade hur hen själv loggar in.")
    if is_known:
        return _("{who} ändrade hur {person} loggar in.")
    return _("{who} ändrade uppgifter om en användare.")


def tell_of_contact(change: Changed, words: dict[str, object]) -> str:
    """The pattern of a new contact, or of none any more; fills in its words."""
    words["person"] = change.after or change.before
    if change.after:
        return _("{who} angav {person} som kontaktperson för {what}.")
    return _("{who} tog bort {person} som kontaktperson för {what}.")


def _invitation(verb: str) -> str:
    match verb:
        case Verb.CREATED:
            return _("{who} bjöd in en person.")
        case Verb.ANSWERED:
            return _("{who} tackade ja till en inbjudan.")
        case Verb.REMOVED:
            return _("{who} tog tillbaka en inbjudan.")
    return _("{who} skickade en inbjudan igen.")


def _rule(changes: Mapping[str, Changed], words: dict[str, object]) -> str:
    key = changes["rule"].after if "rule" in changes else ""
    words["rule"] = TITLES.get(key, key)
    words["rows"] = changes["rows"].after if "rows" in changes else _("okänt antal")
    return _("{who} gallrade enligt bevaranderegeln ”{rule}”: {rows} st.")


def _role(change: Changed, is_limited: bool, words: dict[str, object]) -> str:
    words["role"] = change.after or change.before
    if change.after and is_limited:
        return _("{who} gav {person} rollen {role} för {what}.")
    if change.after:
        return _("{who} gav {person} rollen {role}.")
    if is_limited:
        return _("{who} avslutade rollen {role} för {person}, som gällde {what}.")
    return _("{who} avslutade rollen {role} för {person}.")


def _seat(change: Changed, words: dict[str, object], is_herself: bool) -> str:
    words["seat"] = change.after or change.before
    if change.after and is_herself:
        return _("{who} tog platsen som {seat} i {what}.")
    if change.after:
        return _("{who} gav {person} platsen som {seat} i {what}.")
    if is_herself:
        return _("{who} avslutade sin plats som {seat} i {what}.")
    return _("{who} avslutade {person}s plats som {seat} i {what}.")
