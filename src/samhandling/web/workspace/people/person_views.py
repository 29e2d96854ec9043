"""A person's page, and what those who run the people do there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samhandling.apps.accounts.models import Person, RoleGrant, Substitution
from samhandling.apps.accounts.services import AddressTaken
from samhandling.apps.organisations import services as organisations
from samhandling.apps.organisations.models import Membership
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.people import services
from samhandling.apps.people.permissions import can_change_ways_in
from samhandling.apps.people.selectors.hanging import hanging_on
from samhandling.apps.people.selectors.waiting import waiting_for
from samhandling.apps.people.services import errors
from samhandling.web.methods import get_or_post
from samhandling.web.saving import act, save
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.people import person_forms, person_page
from samhandling.web.workspace.people.found import (
    changeable,
    changes_what_one_may,
    person_or_404,
    user_or_404,
)

A_DAY = timedelta(days=1)
# What may go wrong, with words for the person at the screen.
TOLD_AT: dict[type[Exception], str] = {
    AddressTaken: "email",
    errors.AlreadySubstitutes: "substitute",
    errors.BeforeComing: "last_day",
    errors.DayTaken: "from_day",
    errors.NothingToStandInFor: "valid_from",
    organisations.PeriodBackwards: "valid_until",
    organisations.RoleAlreadyHeld: "role",
}
TOLD: tuple[type[Exception], ...] = (
    AddressTaken,
    errors.AlreadySubstitutes,
    errors.AlreadyThere,
    errors.BeforeComing,
    errors.CannotBeMerged,
    errors.ChangedMeanwhile,
    errors.DayTaken,
    errors.HasLeft,
    errors.NothingToStandInFor,
    errors.NothingToUndo,
    errors.NotLacking,
    errors.OwnAccount,
    errors.SamePerson,
    organisations.LastAdministrator,
    organisations.Leaves,
    organisations.NobodyHere,
    organisations.OwnRole,
    organisations.PeriodBackwards,
    organisations.RoleAlreadyHeld,
    organisations.ScopeNotPossible,
)


@require_safe
def person(request: HttpRequest, key: str) -> HttpResponse:
    """All that is known of a person, and the ways to change it."""
    by = signed_in(request)
    found = person_or_404(key, by)
    if found.merged_into is not None:
        return redirect("people:person", found.merged_into.key)
    return render(request, "workspace/people/person.html", person_page.context(found, by))


@get_or_post
def rename(request: HttpRequest, key: str) -> HttpResponse:
    """Corrects a name."""
    one, by = changeable(request, key), signed_in(request)
    form = person_forms.RenameForm(_sent(request), initial={"name": one.name, "was": one.name})
    return _form(
        request,
        one,
        form,
        "rename",
        lambda: services.rename_person(person=one, by=by, **form.cleaned_data),
        _("Namnet är ändrat."),
    )


@get_or_post
@changes_what_one_may
def give_role(request: HttpRequest, one: Person) -> HttpResponse:
    """Gives a role."""
    by = signed_in(request)
    form = person_forms.RoleForm(_sent(request), by=by)
    return _form(
        request,
        one,
        form,
        "give_role",
        lambda: organisations.grant_role(person=one, by=by, **_from_today(form.cleaned_data)),
        _("Rollen är given."),
    )


def _from_today(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "valid_from": values["valid_from"] or day_of_security()}


@get_or_post
@changes_what_one_may
def end_role(request: HttpRequest, one: Person, pk: int) -> HttpResponse:
    """Ends a role, with a reason."""
    by = signed_in(request)
    grant = get_object_or_404(RoleGrant.objects.select_related("scope"), pk=pk, person=one)
    # What lies on an agreement stands in its history.
    read_by = person_forms.READ_BY_ALL if grant.scope else person_forms.READ_BY_HER
    form = person_forms.EndForm(_sent(request), read_by=read_by)
    return _form(
        request,
        one,
        form,
        "end_role",
        lambda: organisations.end_role(
            grant=grant,
            on=form.cleaned_data["last_day"] + A_DAY,
            reason=form.cleaned_data["reason"],
            by=by,
        ),
        _("Rollen är avslutad."),
        grant=grant,
    )


@get_or_post
@changes_what_one_may
def give_seat(request: HttpRequest, one: Person) -> HttpResponse:
    """Gives a seat in a network or group."""
    by = signed_in(request)
    form = person_forms.SeatForm(_sent(request))
    return _form(
        request,
        one,
        form,
        "give_seat",
        lambda: organisations.seat_person(person=one, by=by, **_from_today(form.cleaned_data)),
        _("Platsen är given."),
    )


@get_or_post
@changes_what_one_may
def end_seat(request: HttpRequest, one: Person, pk: int) -> HttpResponse:
    """Ends a seat, with a reason."""
    by = signed_in(request)
    seat = get_object_or_404(Membership.objects.select_related("body__record"), pk=pk, person=one)
    form = person_forms.EndForm(_sent(request))
    return _form(
        request,
        one,
        form,
        "end_seat",
        lambda: organisations.end_seat(seat=seat, by=by, **form.cleaned_data),
        _("Platsen är avslutad."),
        seat=seat,
    )


@get_or_post
@changes_what_one_may
def change_organisation(request: HttpRequest, one: Person) -> HttpResponse:
    """Lets a person work somewhere else from a day."""
    by = signed_in(request)
    may_change_address = (
        hasattr(one, "user") and can_change_ways_in(one, by) and by.person_id != one.pk
    )
    form = person_forms.OrganisationForm(_sent(request), may_change_address=may_change_address)

    def change() -> Any:
        told = {**form.cleaned_data, "role": form.cleaned_data["role"] or None}
        if email := told.pop("email", ""):
            return services.change_organisation_and_address(person=one, email=email, by=by, **told)
        return services.change_organisation(person=one, by=by, **told)

    return _form(
        request,
        one,
        form,
        "organisation",
        change,
        _("Organisationen är ändrad."),
        hanging=hanging_on(one),
        may_change_address=may_change_address,
    )


@get_or_post
@changes_what_one_may
def substitute(request: HttpRequest, one: Person) -> HttpResponse:
    """Lets somebody have the person's roles and seats for a time."""
    by = signed_in(request)
    form = person_forms.SubstituteForm(_sent(request), person=one, by=by)
    return _form(
        request,
        one,
        form,
        "substitute",
        lambda: services.let_substitute(person=one, by=by, **form.cleaned_data),
        _("Ersättaren är vald."),
    )


@require_POST
def end_substitution(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Ends it with yesterday: the substitute has nothing of the person's from now on."""
    one, by = changeable(request, key), signed_in(request)
    found = get_object_or_404(Substitution, pk=pk, person=one)
    act(
        request,
        lambda: organisations.end_substitution(
            substitution=found, last_day=day_of_security() - A_DAY, by=by
        ),
        _("Ersättaren har inte längre personens roller."),
        told=TOLD,
    )
    return redirect("people:person", key)


@get_or_post
@changes_what_one_may
def leave(request: HttpRequest, one: Person) -> HttpResponse:
    """Lists what hangs on the person and lets her leave."""
    by = signed_in(request)
    form = person_forms.LeaveForm(_sent(request))
    return _form(
        request,
        one,
        form,
        "leave",
        lambda: services.leave(person=one, by=by, **form.cleaned_data),
        _("Avslutat. Det som behöver någon ny står under Saknar ansvarig från dagen efter."),
        hanging=hanging_on(one),
        waiting=waiting_for(one, by),
    )


@get_or_post
def close_sign_in(request: HttpRequest, key: str) -> HttpResponse:
    """Shuts somebody out at once."""
    one, by = changeable(request, key), signed_in(request)
    user = user_or_404(one)
    form = person_forms.CloseForm(_sent(request))
    return _form(
        request,
        one,
        form,
        "close",
        lambda: services.close_sign_in(user=user, by=by, **form.cleaned_data),
        _("Inloggningen är stängd och personen är utloggad överallt."),
    )


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _form(
    request: HttpRequest,
    one: Person,
    form: forms.Form,
    template: str,
    action: Callable[[], Any],
    done: str,
    **more: Any,
) -> HttpResponse:
    """Shows a form about a person, or does what it asks and goes back to her page."""
    if request.method == "POST" and form.is_valid():
        save(form, action, told=TOLD, told_at=TOLD_AT)
        if not form.errors:
            messages.success(request, done)
            return redirect("people:person", one.key)
    shown = {
        "form": form,
        "person": one,
        "cancel_url": reverse("people:person", args=[one.key]),
        **more,
    }
    return render(request, f"workspace/people/{template}.html", shown)
