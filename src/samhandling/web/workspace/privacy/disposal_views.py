"""Disposal decisions, what each covers, and destroying it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samhandling.apps.audit.models import DisposalDecision
from samhandling.apps.organisations.permissions import check, day_of_security
from samhandling.apps.privacy.disposal import (
    DecisionIncomplete,
    ListChanged,
    NothingCovered,
    covered_by,
    dispose,
    register_decision,
)
from samhandling.apps.privacy.disposal_lists import decisions, disposed_of
from samhandling.core.access import Operation
from samhandling.web.reauthentication import reauthentication_required
from samhandling.web.saving import save
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.privacy.disposal_forms import DecisionForm, DisposeForm


@require_safe
def disposals(request: HttpRequest) -> HttpResponse:
    """The decisions, and what has been destroyed by each."""
    check(signed_in(request), Operation.DISPOSE)
    return render(request, "workspace/privacy/disposals.html", {"decisions": decisions()})


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Registers a decision that was taken."""
    by = signed_in(request)
    check(by, Operation.DISPOSE)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = save(
            form,
            lambda: register_decision(**form.cleaned_data, today=day_of_security(), by=by),
            told=(DecisionIncomplete,),
        )
        if made is not None:
            return redirect("privacy:decision", made.pk)
    shown = {"form": form, "cancel_url": reverse("privacy:disposals")}
    return render(request, "workspace/privacy/register_decision.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What a decision covers now, and destroying exactly that."""
    check(signed_in(request), Operation.DISPOSE)
    return _decision(request, get_object_or_404(DisposalDecision, pk=pk))


# Who may is asked first, so that the question who one is tells nobody that an address exists.
@reauthentication_required
def _decision(request: HttpRequest, one: DisposalDecision) -> HttpResponse:
    by = signed_in(request)
    form = DisposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        count = save(
            form,
            lambda: dispose(decision=one, shown=form.keys, by=by),
            told=(ListChanged, NothingCovered),
        )
        if count is not None:
            told = ngettext("%(n)d uppgift är gallrad.", "%(n)d uppgifter är gallrade.", count) % {
                "n": count
            }
            messages.success(request, told)
            return redirect("privacy:decision", one.pk)
    covered = covered_by(one, by)
    shown = {
        "decision": one,
        "covered": covered,
        "keys": " ".join(line.key for line in covered),
        "done": disposed_of(one),
        "form": form,
    }
    return render(request, "workspace/privacy/decision.html", shown)
