"""Taking out all that is held about a person, for her; and forgetting her while the history of the
work stays readable (pseudonymisering)."""

import re
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samhandling.apps.accounts.models import Person, RoleGrant
from samhandling.apps.audit.models import KnownPerson, Verb
from samhandling.apps.audit.services import Author, words_open, write_event
from samhandling.apps.organisations.models import Affiliation, Membership
from samhandling.apps.organisations.periods import not_over, seat_not_over
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.outbox.models import Message
from samhandling.apps.people.models import Departure, Invitation
from samhandling.apps.people.permissions import check_can_run, check_can_run_people
from samhandling.apps.privacy.holdings import About
from samhandling.apps.privacy.selectors import Place, places_with
from samhandling.apps.privacy.wording import pattern_of
from samhandling.apps.records.models import UID_ALPHABET, SearchEntry
from samhandling.apps.records.search_index import write_search_index_anew
from samhandling.apps.records.stemming import stems
from samhandling.apps.reporting.models import FrozenEdition, ReportSection

# An address that no mail can reach (RFC 2606).
NOWHERE = "borttagen.invalid"
# Rows that only served the person, and say nothing of the work.
_ONLY_FOR_THE_PERSON = (
    ("account.EmailAddress", "user__person"),
    ("mfa.Authenticator", "user__person"),
    ("usersessions.UserSession", "user__person"),
    ("socialaccount.SocialAccount", "user__person"),
    ("notices.Follow", "person"),
    ("notices.Notice", "person"),
    ("notices.DigestChoice", "person"),
    ("people.Departure", "person"),
    ("accounts.EarlierName", "person"),
)


class StillTakingPart(ValueError):
    """The person can sign in, or has a role or an organisation, and so is still needed by name."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Personen deltar fortfarande. Avsluta först personens deltagande och stäng "
                "inloggningen."
            )
        )


class AlreadyForgotten(ValueError):
    """The person has been pseudonymised before."""

    def __init__(self) -> None:
        super().__init__(_("Personen är redan pseudonymiserad."))


class OneWithAnother(ValueError):
    """The person is one with another: what is done is done to the one who is kept."""

    def __init__(self) -> None:
        super().__init__(
            _("Personen är hopslagen med en annan. Öppna sidan om den som finns kvar.")
        )


class ReasonNeeded(ValueError):
    """Nobody is forgotten without saying on whose request or by which rule."""

    def __init__(self) -> None:
        super().__init__(_("Skriv varför, till exempel vem som bad om det och när."))


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was done: the new name, and how many frozen reports keep the old one."""

    name: str
    frozen: int


@transaction.atomic
def ask_for_extract(*, person: Person, reason: str, by: Author) -> None:
    """Write in the log that all about somebody else is taken out, and why; `by` may then fetch it
    for a while (`selectors.may_fetch_extract`). Raises NotAllowed, OneWithAnother,
    audit.services.ReasonMissing.
    """
    check_can_run_people(by)
    _refuse_half(person)
    write_event(
        by=by,
        verb=Verb.EXTRACTED,
        record_uid="",
        record_kind="USER",
        changes={"person": (person.key, person.key)},
        reason=reason.strip(),
    )


@transaction.atomic
def pseudonymise_person(*, person: Person, reason: str, by: Author) -> Forgotten:
    """Replace name and addresses of somebody who has left, everywhere but in frozen reports.

    The opaque key stays, so that the history still tells who did what with whom, without saying
    who it was (GDPR, article 17.3; TF chapter 2: frozen reports are public documents and keep
    their words). In texts a name that the person has or had is replaced where it can mean nobody
    else (About.in_texts), however it is written (wording); a nickname or a first name alone is not
    found.
    Raises NotAllowed, ReasonNeeded, StillTakingPart, AlreadyForgotten, OneWithAnother.
    Side effects: sessions and ways to sign in are gone; the search index is renewed.
    """
    check_can_run(person, by)
    if not reason.strip():
        raise ReasonNeeded
    _refuse_half(person)
    if person.pseudonymised_at is not None:
        raise AlreadyForgotten
    about = About.of(person)
    if _takes_part(about):
        raise StillTakingPart
    name = _("Person %s") % "".join(secrets.choice(UID_ALPHABET) for _i in range(6)).upper()
    pattern = pattern_of(about.in_texts)
    event = write_event(
        by=by,
        verb=Verb.PSEUDONYMISED,
        record_uid="",
        record_kind="USER",
        changes={"person": ("", person.key)},
        reason=_without(pattern, name, reason.strip()),
    )
    with words_open(event):
        for place in list(places_with(about.in_texts)):
            _replace(place, pattern, name)
        _replace_in_what_is_kept(pattern, name)
        _forget_in_search(about)
        _forget_the_rows(about, name)
    frozen = _frozen_with(pattern)
    return Forgotten(name, frozen)


def _refuse_half(person: Person) -> None:
    # As it is now: a page may have been open since before the two were merged.
    if Person.objects.select_for_update().filter(pk=person.pk, merged_into=None).first() is None:
        raise OneWithAnother


def takes_part(person: Person) -> bool:
    """Can the person sign in, or is there a role, a seat or an organisation? Queries: up to 6."""
    return _takes_part(About.of(person))


def _takes_part(about: About) -> bool:
    today = day_of_security()
    return (
        any(user.is_active for user in about.users)
        or RoleGrant.objects.filter(not_over(today), person__in=about.people).exists()
        or Affiliation.objects.filter(not_over(today), person__in=about.people).exists()
        or Membership.objects.filter(seat_not_over(today), person__in=about.people).exists()
    )


def _replace(place: Place, pattern: re.Pattern[str], name: str) -> None:
    field = place.model._meta.get_field(place.field)
    text = _without(pattern, name, place.text)
    place.model._base_manager.filter(pk=place.pk).update(
        **{place.field: text[: getattr(field, "max_length", None)]}
    )


def _replace_in_what_is_kept(pattern: re.Pattern[str], name: str) -> None:
    """In what ended when others left: their seats may say whose place they took."""
    for departure in Departure.objects.order_by("pk"):
        ended = _rewritten(departure.ended, pattern, name)
        if ended != departure.ended:
            departure.ended = ended
            departure.save(update_fields=["ended"])


def _rewritten(stored: Any, pattern: re.Pattern[str], name: str) -> Any:
    """A stored structure with every text as `_without` makes it."""
    if isinstance(stored, str):
        return _without(pattern, name, stored)
    if isinstance(stored, dict):
        return {key: _rewritten(value, pattern, name) for key, value in stored.items()}
    if isinstance(stored, list):
        return [_rewritten(value, pattern, name) for value in stored]
    return stored


def _without(pattern: re.Pattern[str], name: str, text: str) -> str:
    return pattern.sub(lambda found: name + found["s"], text)


def _forget_in_search(about: About) -> None:
    for word in about.in_texts:
        # A letter whose mark is a character of its own was taken for two words.
        for form in ("NFC", "NFD"):
            stemmed = " ".join(stems(unicodedata.normalize(form, word)))
            for entry in SearchEntry.objects.filter(stems__contains=stemmed):
                entry.stems = " ".join(f" {entry.stems} ".replace(f" {stemmed} ", " ").split())
                entry.save(update_fields=["stems"])
    write_search_index_anew()


def _forget_the_rows(about: About, name: str) -> None:
    for label, way in _ONLY_FOR_THE_PERSON:
        apps.get_model(label)._default_manager.filter(**{f"{way}__in": about.people}).delete()
    for address in about.addresses:
        Message.objects.filter(to__iexact=address).update(to="", subject="", text="")
        Invitation.objects.filter(email__iexact=address).update(
            name=name, email=f"{about.people[0].key}@{NOWHERE}"
        )
    for user in about.users:
        user.email = f"{user.person.key}@{NOWHERE}"
        user.set_unusable_password()
        user.last_login = None
        user.save(update_fields=["email", "password", "last_login"])
    for person in about.people:
        ReportSection.objects.filter(author_key=person.key).update(author_name=name)
        KnownPerson.objects.filter(key=person.key).update(name=name)
        person.name, person.work_email, person.pseudonymised_at = name, "", timezone.now()
        person.save(update_fields=["name", "work_email", "pseudonymised_at"])


def _frozen_with(pattern: re.Pattern[str]) -> int:
    """Frozen editions whose words name the person: told, never changed."""
    editions = FrozenEdition.objects.values_list("model", flat=True)
    return sum(any(map(pattern.search, _words_in(edition))) for edition in editions)


def _words_in(stored: object) -> Iterator[str]:
    """Every text of a stored structure, as it is read."""
    if isinstance(stored, str):
        yield stored
    elif isinstance(stored, dict):
        for value in stored.values():
            yield from _words_in(value)
    elif isinstance(stored, list):
        for value in stored:
            yield from _words_in(value)
