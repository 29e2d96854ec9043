"""Carrying out `core.retention`: what is due on a day, and ending it in small transactions.

Every batch is one transaction with its own event in the log, and finds its rows anew: a run that is
killed half-way, or two at once, leave nothing half done and count nothing twice. The domain is told
what day it is; that is the real day also in a demo, for the times in the tables are real.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samhandling.apps.accounts.models import Person
from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author, write_event
from samhandling.apps.notices.models import DigestChoice, Follow, Notice
from samhandling.apps.organisations.periods import not_over
from samhandling.apps.organisations.permissions import NotAllowed, day_of_security
from samhandling.apps.outbox.selectors import settled_before
from samhandling.apps.people.models import Contact, Departure, Invitation
from samhandling.apps.people.permissions import check_can_run_people
from samhandling.apps.privacy.gone import gone_by, gone_since
from samhandling.apps.privacy.retention_words import days_of, period_words
from samhandling.apps.privacy.services import (
    AlreadyForgotten,
    OneWithAnother,
    StillTakingPart,
    pseudonymise_person,
    takes_part,
)
from samhandling.apps.reporting.models import Report, ReportSection
from samhandling.core.retention import RULES, Rule

RECORD_KIND = "RETENTION"
"""The kind of an event that tells of a rule carried out; it has no record."""
RETENTION = "retention"
"""The name of the recurring job."""
EVERY = timedelta(days=1)
BATCH = 500


@dataclass(frozen=True, slots=True)
class Needed:
    """Somebody whose time has passed but who cannot be forgotten yet, and what hangs on her."""

    person: Person
    why: list[str]


@dataclass(frozen=True, slots=True)
class Due:
    """What a rule would end on a day: how many rows, and the day from which the oldest counts."""

    rule: Rule
    days: int
    count: int
    oldest: date | None
    needed: list[Needed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Ended:
    """What a rule has ended."""

    rule: Rule
    count: int


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of one table under a rule. `since` is what the time is counted from, a moment or a
    person; `emptied` are the columns that lose their words, and without it the rows go."""

    find: Callable[[date], QuerySet[Any]]
    since: Any
    emptied: Mapping[str, object] | None = None


def _before(last: date) -> datetime:
    """The first moment that is too late: what is earlier happened on the day or before it."""
    return timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))


def _unanswered(last: date) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        accepted_at=None, withdrawn_at=None, expires_at__lt=_before(last)
    ).exclude(email="")


def _answered(last: date) -> QuerySet[Invitation]:
    done = Q(accepted_at__lt=_before(last)) | Q(withdrawn_at__lt=_before(last))
    return Invitation.objects.filter(done).exclude(email="")


def _ended_sessions(last: date) -> QuerySet[UserSession]:
    # One that lasts longer than the rule is a session still.
    alive = Session.objects.filter(session_key=OuterRef("session_key")).filter(
        expire_date__gte=_before(last)
    )
    return UserSession.objects.filter(~Exists(alive), last_seen_at__lt=_before(last))


def _of_closed(rows: QuerySet[Any], last: date, person: str) -> QuerySet[Any]:
    """Rows of people who are gone since the day or earlier and cannot sign in."""
    return rows.filter(**{f"{person}__in": gone_by(last)}).exclude(
        **{f"{person}__user__is_active": True}
    )


_NO_NAME: Mapping[str, object] = {"name": "", "email": ""}
_ROWS: Mapping[str, tuple[_Rows, ...]] = {
    "unanswered-invitations": (_Rows(_unanswered, "expires_at", _NO_NAME),),
    "answered-invitations": (_Rows(_answered, Coalesce("accepted_at", "withdrawn_at"), _NO_NAME),),
    "sessions": (
        _Rows(_ended_sessions, "last_seen_at"),
        _Rows(
            lambda last: Session.objects.filter(expire_date__lt=_before(last)),
            "expire_date",
        ),
    ),
    "mail": (
        _Rows(
            lambda last: settled_before(_before(last)),
            "created_at",
            {"to": "", "subject": "", "text": "", "ids": {}},
        ),
    ),
    "read-notices": (
        _Rows(lambda last: Notice.objects.filter(read_at__lt=_before(last)), "read_at"),
    ),
    "old-notices": (
        _Rows(lambda last: Notice.objects.filter(made_at__lt=_before(last)), "made_at"),
    ),
    "ways-in": (
        _Rows(
            lambda last: _of_closed(Authenticator.objects.all(), last, "user__person"),
            "user__person",
        ),
        _Rows(
            lambda last: _of_closed(SocialAccount.objects.all(), last, "user__person"),
            "user__person",
        ),
    ),
    "own-choices": (
        _Rows(lambda last: _of_closed(Follow.objects.all(), last, "person"), "person"),
        _Rows(
            lambda last: _of_closed(DigestChoice.objects.all(), last, "person"),
            "person",
        ),
    ),
    "departures": (
        _Rows(lambda last: _of_closed(Departure.objects.all(), last, "person"), "person"),
    ),
}
_PEOPLE = "people-who-left"
_PERSONS = frozenset({"person", "user__person"})
"""What `_Rows.since` says of rows that are counted from the day on which their person was gone."""


def due_on(today: date) -> list[Due]:
    """What each rule would end today, in the order of the rules; changes nothing.

    Queries: 1 a table, and about 10 for each person whose time has passed.
    """
    return [
        _people_due(rule, today) if rule.key == _PEOPLE else _rows_due(rule, today)
        for rule in RULES.values()
    ]


def carry_out(*, today: date, by: Author) -> list[Ended]:
    """End what is due today; what each rule ended, those with nothing left out. Safe to repeat.

    Side effects: an event in the log for each batch, with the rule and the number and no words; for
    people that of the pseudonymising, with the rule as its reason.
    Raises NotAllowed. Queries: about 6 for each batch of 500 rows; people as pseudonymise_person.
    """
    check_can_run_people(by)
    ended = []
    for rule in RULES.values():
        if rule.key == _PEOPLE:
            count = sum(_forget(person.pk, rule, by) for person, _since in _people(rule, today))
        else:
            count = sum(_end(rows, rule, today, by) for rows in _ROWS[rule.key])
        if count:
            ended.append(Ended(rule, count))
    return ended


def last_day_due(rule: Rule, today: date) -> date:
    """As the rule's own, with the days of this installation."""
    return today - timedelta(days=days_of(rule))


def _rows_due(rule: Rule, today: date) -> Due:
    count, oldest = 0, []
    for rows in _ROWS[rule.key]:
        found = rows.find(last_day_due(rule, today))
        count += found.count()
        oldest.append(_oldest(found, rows.since))
    return Due(rule, days_of(rule), count, min((_day(one) for one in oldest if one), default=None))


def _oldest(found: QuerySet[Any], since: Any) -> date | datetime | None:
    if since not in _PERSONS:
        return found.aggregate(oldest=Min(since))["oldest"]
    gone = gone_since()
    people = found.order_by().values_list(since, flat=True).distinct()
    return min((gone[pk] for pk in people), default=None)


def _day(moment: date | datetime) -> date:
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def _end(rows: _Rows, rule: Rule, today: date, by: Author) -> int:
    total = 0
    while count := _end_batch(rows, rule, today, by):
        total += count
    return total


@transaction.atomic
def _end_batch(rows: _Rows, rule: Rule, today: date, by: Author) -> int:
    """End at most BATCH rows; how many. The condition is asked again by the statement that writes,
    so that of two runs one counts each row."""
    found = rows.find(last_day_due(rule, today))
    keys = list(found.order_by("pk").values_list("pk", flat=True)[:BATCH])
    if not keys:
        return 0
    batch = found.filter(pk__in=keys)
    if rows.emptied is None:
        count = batch.delete()[1].get(found.model._meta.label, 0)
    else:
        count = batch.update(**rows.emptied)
    if count:
        write_event(
            by=by,
            verb=Verb.DISPOSED,
            record_uid="",
            record_kind=RECORD_KIND,
            changes={"rule": ("", rule.key), "rows": ("", count)},
        )
    return count


def _people(rule: Rule, today: date) -> list[tuple[Person, date]]:
    """People whose time has passed and who are not forgotten, merged ones with their survivor, and
    since when they are gone; the longest first."""
    last = last_day_due(rule, today)
    due = {pk: since for pk, since in gone_since().items() if since <= last}
    found = Person.objects.filter(pk__in=due, pseudonymised_at=None)
    return sorted(((one, due[one.pk]) for one in found), key=lambda one: (one[1], one[0].pk))


def _people_due(rule: Rule, today: date) -> Due:
    ready, needed = [], []
    for person, since in _people(rule, today):
        why = list(still_needed(person))
        if why:
            needed.append(Needed(person, why))
        else:
            ready.append(since)
    return Due(rule, days_of(rule), len(ready), ready[0] if ready else None, needed)


@transaction.atomic
def _forget(pk: int, rule: Rule, by: Author) -> bool:
    """Pseudonymise a person unless somebody else just did, or something hangs on her."""
    person = Person.objects.select_for_update().filter(pk=pk, pseudonymised_at=None).first()
    if person is None or any(still_needed(person)):
        return False
    reason = _("Gallringsregel: %(period)s efter sista dagen.") % {
        "period": period_words(days_of(rule))
    }
    try:
        pseudonymise_person(person=person, reason=reason, by=by)
    except (AlreadyForgotten, OneWithAnother, StillTakingPart, NotAllowed):
        return False
    return True


def still_needed(person: Person) -> Iterator[str]:
    """What hangs on a person who has left, in words; nothing when she can be forgotten.

    Queries: about 8.
    """
    if takes_part(person):
        yield _("Kan logga in, eller har en roll, en plats eller en tjänst.")
    contacts = Contact.objects.filter(not_over(day_of_security()), person=person).count()
    if contacts:
        yield ngettext(
            "Är kontaktperson för %(number)d post.",
            "Är kontaktperson för %(number)d poster.",
            contacts,
        ) % {"number": contacts}
    sections = (
        ReportSection.objects.filter(owner=person)
        .exclude(report__state=Report.State.RECEIVED)
        .count()
    )
    if sections:
        yield ngettext(
            "Ansvarar för %(number)d avsnitt i en rapport som inte är mottagen.",
            "Ansvarar för %(number)d avsnitt i rapporter som inte är mottagna.",
            sections,
        ) % {"number": sections}
