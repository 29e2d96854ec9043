"""Making, changing and withdrawing needs."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.situation import services
from samhandling.apps.situation.models import Need
from samhandling.apps.situation.permissions import check_can_edit, could_create
from samhandling.core.access import Operation
from samhandling.web.agreement_choice import agreement_or_404
from samhandling.web.methods import get_or_post
from samhandling.web.saving import save
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.initiatives.offered import own_organisation
from samhandling.web.workspace.needs.forms import CreateNeedForm, EditNeedForm
from samhandling.web.workspace.needs.views import need_or_404
from samhandling.web.workspace.records.withdrawal_form import WithdrawForm


@get_or_post
def create(request: HttpRequest, agreement: str) -> HttpResponse:
    """A new need or challenge."""
    chosen = agreement_or_404(request, agreement)
    by = signed_in(request)
    if not could_create(by):
        raise NotAllowed(Operation.EDIT_NEED)
    form = CreateNeedForm(
        request.POST if request.method == "POST" else None,
        agreement=chosen,
        by=by,
        initial={"owner": own_organisation(by)},
    )
    if request.method == "POST" and form.is_valid():
        made = save(
            form,
            lambda: services.create_need(agreement=chosen, by=by, **form.cleaned_data),
            field="owner",
        )
        if made is not None:
            messages.success(request, _("Behovet är sparat."))
            return redirect("needs:detail", made.uid)
    shown = {
        "form": form,
        "agreement": chosen,
        "need": None,
        "cancel_url": reverse("needs:list", args=[chosen.slug]),
    }
    return render(request, "workspace/needs/form.html", shown)


@get_or_post
def edit(request: HttpRequest, uid: str) -> HttpResponse:
    """Changes what is known of a need."""
    need = editable_or_404(request, uid)
    by = signed_in(request)
    form = EditNeedForm(request.POST if request.method == "POST" else None, need=need, by=by)
    if request.method == "POST" and form.is_valid():
        save(form, lambda: services.update_need(need=need, by=by, **form.cleaned_data))
        if not form.errors:
            messages.success(request, _("Behovet är sparat."))
            return redirect("needs:detail", uid)
    # What failed may have changed the object in memory; the page shows what is stored.
    stored = editable_or_404(request, uid) if form.errors else need
    return form_page(request, stored, "form", form=form)


@get_or_post
def withdraw(request: HttpRequest, uid: str) -> HttpResponse:
    """Takes a need out of lists and counts, with a reason."""
    need = editable_or_404(request, uid)
    form = WithdrawForm(request.POST if request.method == "POST" else None, sharing=need.sharing)
    if request.method == "POST" and form.is_valid():
        save(
            form,
            lambda: services.withdraw_need(
                need=need, reason=form.cleaned_data["reason"], by=signed_in(request)
            ),
            field="reason",
        )
        if not form.errors:
            messages.success(request, _("Behovet är tillbakadraget."))
            return redirect("needs:list", need.agreement.slug)
    return form_page(request, need, "withdraw", form=form)


def editable_or_404(request: HttpRequest, uid: str) -> Need:
    need = need_or_404(request, uid)
    check_can_edit(need, signed_in(request))
    return need


def form_page(request: HttpRequest, need: Need, template: str, **context: Any) -> HttpResponse:
    shown = {
        "need": need,
        "agreement": need.agreement,
        "cancel_url": reverse("needs:detail", args=[need.uid]),
        **context,
    }
    return render(request, f"workspace/needs/{template}.html", shown)
