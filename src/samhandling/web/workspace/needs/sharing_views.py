"""The way of a need to all parties: sharing or submitting, taking back, deciding."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.records.details import details_of, merged_into
from samhandling.apps.situation import services
from samhandling.apps.situation.permissions import can_approve
from samhandling.core.access import Operation
from samhandling.web.decisions import DecisionForm, decided, what_is_decided
from samhandling.web.methods import get_or_post
from samhandling.web.saving import act
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.needs.views import need_or_404
from samhandling.web.workspace.needs.writing_views import editable_or_404, form_page


@get_or_post
def share(request: HttpRequest, uid: str) -> HttpResponse:
    """Asks first: sharing cannot be undone by a button. Submits where approval is wanted."""
    need = editable_or_404(request, uid)
    by = signed_in(request)
    if request.method == "POST":
        if need.agreement.wants_approval:
            act(
                request,
                lambda: services.submit_need(need=need, by=by),
                _("Behovet är inskickat. Du får veta när någon har tagit ställning."),
                read=need.record,
            )
        else:
            act(
                request,
                lambda: services.share_need(need=need, by=by),
                _("Behovet är delat med alla parter."),
                read=need.record,
            )
    if request.method == "POST" or need.sharing in ("SHARED", "SUBMITTED"):
        return redirect("needs:detail", uid)
    return form_page(request, need, "share")


@get_or_post
def take_back(request: HttpRequest, uid: str) -> HttpResponse:
    """Makes what is submitted a draft again, before anybody has decided."""
    need = editable_or_404(request, uid)
    by = signed_in(request)
    if request.method == "POST":
        act(
            request,
            lambda: services.take_back_need(need=need, by=by),
            _("Behovet är ett utkast igen."),
        )
    if request.method == "POST" or need.sharing != "SUBMITTED":
        return redirect("needs:detail", uid)
    return form_page(request, need, "take_back")


@get_or_post
def decide(request: HttpRequest, uid: str) -> HttpResponse:
    """Returns what is submitted, with a reason, or approves it."""
    need = need_or_404(request, uid)
    by = signed_in(request)
    if not can_approve(need, by):
        raise NotAllowed(Operation.APPROVE_SHARING)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and decided(
        request,
        form,
        record=need.record,
        approve=lambda: services.approve_need(need=need, by=by),
        give_back=lambda reason: services.return_need(need=need, reason=reason, by=by),
    ):
        # What went back can no longer be seen by whoever returned it.
        shared = need.sharing == "SHARED"
        return redirect("needs:detail", uid) if shared else redirect("notices:list")
    shown = {
        "details": details_of([need.pk]),
        "merged": merged_into([need.record]),
        "instead": services.who_approves_instead(need, by),
        **what_is_decided(need.record),
    }
    return form_page(request, need, "decide", form=form, **shown)
