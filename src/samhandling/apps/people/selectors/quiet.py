"""Who has had nothing here for long, though nobody has said that they left."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from samhandling.apps.accounts.models import Person, RoleGrant, Substitution, User
from samhandling.apps.audit.selectors import last_day_told
from samhandling.apps.organisations.models import Affiliation, Membership
from samhandling.apps.organisations.periods import not_over, seat_not_over
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.people.models import Contact
from samhandling.apps.people.selectors.invitations import open_invitations
from samhandling.core.retention import QUIET_DAYS


@dataclass(frozen=True, slots=True)
class Quiet:
    """A person without role, seat or employment since a last day."""

    person: Person
    last_day: date


def quiet_people() -> list[Quiet]:
    """Those who have had no role, seat, employment or substitution for QUIET_DAYS, and no sign-in
    opened meanwhile. A person of whom no such thing is known, and who has no account, is not among
    them: there is no day to count from. Queries: about 9."""
    today = day_of_security()
    person = OuterRef("pk")
    candidates = {
        one.pk: one
        for one in Person.objects.filter(left_on=None, merged_into=None, pseudonymised_at=None)
        .exclude(Exists(RoleGrant.objects.filter(not_over(today), person=person)))
        .exclude(Exists(Affiliation.objects.filter(not_over(today), person=person)))
        .exclude(Exists(Membership.objects.filter(seat_not_over(today), person=person)))
        .exclude(Exists(Substitution.objects.filter(valid_until__gte=today, substitute=person)))
        .exclude(Exists(open_invitations().order_by().filter(person=person)))
        .order_by("pk")
    }
    ends: dict[int, date] = {}
    for model, whose, day in (
        (RoleGrant, "person", "valid_until"),
        (Affiliation, "person", "valid_until"),
        (Membership, "person", "valid_until_latest"),
        (Substitution, "substitute", "valid_until"),
        (User, "person", "created_at"),
    ):
        _later(ends, _last(model, whose, day, candidates))
    # What nobody has said the end of does not hold anybody here, but nobody ends before it began.
    _later(ends, {pk: day for pk, day in _begun(candidates).items() if pk in ends})
    opened = last_day_told("sign_in", [one.key for one in candidates.values()], after="open")
    quiet_since = today - timedelta(days=QUIET_DAYS)
    return [
        Quiet(candidates[pk], day)
        for pk, day in sorted(ends.items())
        if max(day, opened.get(candidates[pk].key, day)) <= quiet_since
    ]


def _last(model: Any, whose: str, day: str, people: dict[int, Person]) -> dict[int, date]:
    rows = model.objects.filter(**{f"{whose}__in": people}).order_by().values_list(whose)
    last = dict(rows.annotate(last=Max(day)))
    return {
        pk: timezone.localdate(when) if model is User else when
        for pk, when in last.items()
        if when is not None
    }


def _begun(people: dict[int, Person]) -> dict[int, date]:
    return _last(Contact, "person", "valid_from", people)


def _later(days: dict[int, date], others: dict[int, date]) -> None:
    for pk, day in others.items():
        days[pk] = max(day, days.get(pk, day))
