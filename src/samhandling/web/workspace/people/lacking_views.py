"""What lacks somebody, and taking it over."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.permissions import editable_by
from samhandling.apps.organisations.models import CollaborationBody
from samhandling.apps.organisations.permissions import may
from samhandling.apps.people import services
from samhandling.apps.people.permissions import can_run_people
from samhandling.apps.people.selectors.contacts import contact_of
from samhandling.apps.people.selectors.lacking import bodies_lacking, what_lacks_somebody
from samhandling.apps.people.selectors.register import people_in_service, people_of
from samhandling.core.access import Operation
from samhandling.web.methods import get_or_post
from samhandling.web.reauthentication import reauthentication_required
from samhandling.web.saving import act, save
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.initiatives.found import (
    detail_url,
    editable_or_404,
    form_page,
)
from samhandling.web.workspace.people.invite_forms import bodies_offered
from samhandling.web.workspace.people.person_forms import AppointForm, ContactForm
from samhandling.web.workspace.people.person_views import TOLD


@require_safe
def lacking(request: HttpRequest) -> HttpResponse:
    """Everything that was somebody's and is nobody's now."""
    by = signed_in(request)
    found = what_lacks_somebody(by)
    mine = set(
        editable_by(Initiative.objects.live(), by)
        .filter(pk__in=[row.record.pk for row in found.contacts])
        .values_list("pk", flat=True)
    )
    shown: dict[str, Any] = {
        "lacking": found,
        "runs_people": can_run_people(by),
        "bodies": [
            (row, may(by, Operation.TAKE_OVER_BODY, body_id=row.body.pk)) for row in found.bodies
        ],
        "contacts": [(row, row.record.pk in mine) for row in found.contacts],
    }
    return render(request, "workspace/people/lacking.html", shown)


@require_POST
def take_over_body(request: HttpRequest, uid: str) -> HttpResponse:
    """The deputy becomes the convener."""
    by = signed_in(request)
    body = get_object_or_404(bodies_offered(), record__uid=uid)
    act(
        request,
        lambda: services.take_over_body(body=body, by=by),
        _("Du är nu sammankallande."),
        told=TOLD,
    )
    return redirect("people:lacking")


@get_or_post
def appoint(request: HttpRequest, uid: str) -> HttpResponseBase:
    """Those who run the people name a new convener, first of all among those who sit there."""
    body = get_object_or_404(bodies_offered(), record__uid=uid)
    is_lacking = bool(bodies_lacking([body.pk]))
    if not may(signed_in(request), Operation.MANAGE_PEOPLE, body_id=body.pk) or not is_lacking:
        raise Http404
    return _appoint(request, body)


@reauthentication_required
def _appoint(request: HttpRequest, body: CollaborationBody) -> HttpResponse:
    by = signed_in(request)
    everybody = request.GET.get("visa") == "alla"
    people = people_in_service() if everybody else people_of([body.pk])
    form = AppointForm(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and form.is_valid():
        save(
            form,
            lambda: services.appoint_convener(body=body, by=by, **form.cleaned_data),
            told=TOLD,
            field="person",
        )
        if not form.errors:
            messages.success(
                request,
                _("%(person)s är nu sammankallande.")
                % {"person": form.cleaned_data["person"].name},
            )
            return redirect("people:lacking")
    shown = {
        "form": form,
        "body": body,
        "everybody": everybody,
        "cancel_url": reverse("people:lacking"),
    }
    return render(request, "workspace/people/appoint.html", shown)


@require_POST
def take_over_contact(request: HttpRequest, uid: str) -> HttpResponse:
    """One becomes the contact of an initiative that one may change."""
    by = signed_in(request)
    initiative = editable_or_404(request, uid)
    act(
        request,
        lambda: services.take_over_contact(initiative=initiative, by=by),
        _("Du är nu kontaktperson."),
        told=TOLD,
    )
    return redirect("people:lacking" if "saknas" in request.POST else detail_url(initiative))


@get_or_post
def contact(request: HttpRequest, uid: str) -> HttpResponse:
    """Says who one turns to about an initiative: somebody of its owner or its network."""
    by = signed_in(request)
    initiative = editable_or_404(request, uid)
    now = contact_of(initiative.pk).person
    # Whoever is the contact can stay, even one who has moved on from owner and network.
    always = [by.person_id, *([now.pk] if now else [])]
    people = people_of([initiative.owner_id, initiative.network_id]) | people_in_service().filter(
        pk__in=always
    )
    form = ContactForm(
        request.POST if request.method == "POST" else None,
        people=people,
        initial={"person": now},
    )
    if request.method == "POST" and form.is_valid():
        save(
            form,
            lambda: services.name_contact(initiative=initiative, by=by, **form.cleaned_data),
            told=TOLD,
            field="person",
        )
        if not form.errors:
            messages.success(request, _("Kontaktpersonen är ändrad."))
            return redirect(detail_url(initiative))
    shown = {"form": form, "now": contact_of(initiative.pk), "is_me": by}
    return form_page(request, initiative, "contact", **shown)
