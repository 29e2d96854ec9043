"""The page of one initiative, and making, changing and withdrawing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samhandling.apps.initiatives import services
from samhandling.apps.initiatives.permissions import could_create
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.core.access import Operation
from samhandling.web.agreement_choice import agreement_or_404, show_agreement
from samhandling.web.methods import get_or_post
from samhandling.web.saving import save, was_saved
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.initiatives.create_form import CreateForm
from samhandling.web.workspace.initiatives.facts_form import FactsForm
from samhandling.web.workspace.initiatives.found import (
    back_to,
    editable_or_404,
    form_page,
)
from samhandling.web.workspace.initiatives.kept_page import page_of
from samhandling.web.workspace.initiatives.offered import own_organisation
from samhandling.web.workspace.records.withdrawal_form import WithdrawForm


@require_safe
def detail(request: HttpRequest, uid: str) -> HttpResponse:
    """Everything known of one initiative, with what is unknown shown as such."""
    page = page_of(uid, signed_in(request))
    show_agreement(request, page.agreement_slug)
    return render(request, "workspace/initiatives/detail.html", {"page": page})


@get_or_post
def create(request: HttpRequest, agreement: str) -> HttpResponse:
    """A new initiative from its title and what else one happens to know."""
    chosen = agreement_or_404(request, agreement)
    by = signed_in(request)
    if not could_create(by):
        raise NotAllowed(Operation.CREATE_INITIATIVE)
    show_agreement(request, chosen.slug)
    form = CreateForm(
        request.POST if request.method == "POST" else None,
        agreement=chosen,
        by=by,
        initial={"owner": own_organisation(by)},
    )
    if request.method == "POST" and form.is_valid():
        made = save(
            form,
            lambda: services.create_initiative(agreement=chosen, by=by, **form.cleaned_data),
            field="owner",
        )
        if made is not None:
            messages.success(request, _("Insatsen är sparad. Fyll i mer när du vet det."))
            return back_to(made)
    return render(
        request,
        "workspace/initiatives/create.html",
        {
            "form": form,
            "agreement": chosen,
            "cancel_url": reverse("initiatives:list", args=[chosen.slug]),
        },
    )


@get_or_post
def edit(request: HttpRequest, uid: str) -> HttpResponse:
    """Everything that may be known, in one form."""
    initiative = editable_or_404(request, uid)
    by = signed_in(request)
    form = FactsForm(
        request.POST if request.method == "POST" else None, initiative=initiative, by=by
    )
    if was_saved(
        request,
        form,
        lambda: services.update_initiative(initiative=initiative, by=by, **form.changes()),
        _("Uppgifterna är sparade."),
    ):
        return back_to(initiative)
    # What failed may have changed the object in memory; the page shows what is stored.
    stored = editable_or_404(request, uid) if form.errors else initiative
    return form_page(request, stored, "edit", form=form)


@get_or_post
def withdraw(request: HttpRequest, uid: str) -> HttpResponse:
    """Takes an initiative out of lists and counts, with a reason."""
    initiative = editable_or_404(request, uid)
    form = WithdrawForm(
        request.POST if request.method == "POST" else None, sharing=initiative.sharing
    )
    if was_saved(
        request,
        form,
        lambda: services.withdraw_initiative(
            initiative=initiative, reason=form.cleaned_data["reason"], by=signed_in(request)
        ),
        _("Insatsen är tillbakadragen."),
        field="reason",
    ):
        return redirect("initiatives:list", initiative.agreement.slug)
    return form_page(request, initiative, "withdraw", form=form)
