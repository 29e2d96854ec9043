"""What a person's page shows."""

from typing import Any

from django.db.models import Q

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.audit.models import Event
from samhandling.apps.organisations.models import Affiliation, Membership
from samhandling.apps.organisations.permissions import NotAllowed, day_of_security
from samhandling.apps.people.permissions import (
    can_change_ways_in,
    check_can_run,
    is_administrator,
)
from samhandling.apps.people.selectors.hanging import hanging_on
from samhandling.apps.people.selectors.invitations import unanswered_invitations
from samhandling.apps.people.selectors.register import PersonState, state_of
from samhandling.apps.people.selectors.waiting import waiting_for
from samhandling.web.history_sentences import sentences
from samhandling.web.history_visibility import visible_events

HISTORY_SHOWN = 20


def context(person: Person, by: User) -> dict[str, Any]:
    """All of it. Queries: about 30."""
    today = day_of_security()
    state = state_of(person)
    hanging = hanging_on(person)
    return {
        "person": person,
        "user_account": getattr(person, "user", None),
        "state": state,
        "has_ended": state is PersonState.ENDED,
        "today": today,
        "can_be_undone": _can_be_undone(person, by),
        "may_change": _may_change(person, by),
        "may_change_ways_in": can_change_ways_in(person, by) and by.person_id != person.pk,
        "is_self": by.person_id == person.pk,
        "hanging": hanging,
        "waiting": waiting_for(person, by),
        "seats": [*hanging.convenes, *hanging.sits],
        "earlier_works": Affiliation.objects.filter(person=person, valid_until__lt=today)
        .select_related("organisation__record")
        .order_by("-valid_until", "pk"),
        "earlier_seats": Membership.objects.filter(person=person, valid_until_latest__lt=today)
        .select_related("body__record")
        .order_by("-valid_until_latest", "pk"),
        "earlier_grants": person.roles.filter(valid_until__lt=today)
        .select_related("scope")
        .order_by("-valid_until", "pk"),
        "invitations": unanswered_invitations()
        .filter(Q(person=person) | Q(email=(person.work_email or "-").lower()))
        .order_by("-invited_at"),
        "history": sentences(_events(person, by), by),
    }


def _can_be_undone(person: Person, by: User) -> bool:
    departure = getattr(person, "departure", None)
    return (
        departure is not None
        and by.person_id != person.pk
        and (is_administrator(by) or not departure.was_administrator)
    )


def _may_change(person: Person, by: User) -> bool:
    try:
        check_can_run(person, by)
    except NotAllowed:
        return False
    return True


def _events(person: Person, by: User) -> list[Event]:
    about = Event.objects.filter(
        revisions__field__in=("person", "substitute"), revisions__after=person.key
    )
    return list(visible_events(about.distinct(), by)[:HISTORY_SHOWN])
