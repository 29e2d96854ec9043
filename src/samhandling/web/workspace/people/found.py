"""Which person an address means, for those who run the people. Nothing found is 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.people.permissions import (
    check_can_change_ways_in,
    check_can_run,
    check_can_run_people,
)
from samhandling.web.reauthentication import reauthentication_required
from samhandling.web.signed_in import signed_in


def person_or_404(key: str, by: User) -> Person:
    """Somebody in the register, for those who run it."""
    check_can_run_people(by)
    found: Person = get_object_or_404(Person.objects.select_related("user", "merged_into"), key=key)
    return found


def changeable(request: HttpRequest, key: str) -> Person:
    """Somebody whom the person who asks may change."""
    by = signed_in(request)
    found = person_or_404(key, by)
    check_can_run(found, by)
    # Whoever is forgotten gets no name, role or address again: she would be invited anew.
    if found.merged_into_id is not None or found.pseudonymised_at is not None:
        raise Http404
    return found


def user_or_404(person: Person) -> User:
    """The person's account."""
    user = getattr(person, "user", None)
    if user is None:
        raise Http404
    return user


def changes_what_one_may(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponseBase]:
    """A view of `(request, person, …)` as one of `(request, key, …)` that asks for confirmation.

    Who may is asked first, so that the question who one is tells nobody that an address exists.
    """
    return _found_first(view, changeable)


def changes_ways_in(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponseBase]:
    """As `changes_what_one_may`, for those who may change what opens the person's account."""
    return _found_first(view, _whose_ways_in)


def _whose_ways_in(request: HttpRequest, key: str) -> Person:
    found = changeable(request, key)
    check_can_change_ways_in(found, signed_in(request))
    if not hasattr(found, "user"):
        raise Http404
    return found


def _found_first(
    view: Callable[..., HttpResponse], find: Callable[[HttpRequest, str], Person]
) -> Callable[..., HttpResponseBase]:
    guarded = reauthentication_required(view)

    @wraps(view)
    def found_first(request: HttpRequest, key: str, **more: Any) -> HttpResponseBase:
        return guarded(request, find(request, key), **more)

    return found_first
