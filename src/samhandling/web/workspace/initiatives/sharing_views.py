"""The way of an initiative to all parties: sharing or submitting, taking back, deciding."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from samhandling.apps.initiatives import services
from samhandling.apps.initiatives.permissions import can_approve, check_can_share
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.core.access import Operation
from samhandling.web.decisions import DecisionForm, decided, what_is_decided
from samhandling.web.methods import get_or_post
from samhandling.web.saving import act
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.initiatives import detail_page
from samhandling.web.workspace.initiatives.found import (
    back_to,
    editable_or_404,
    form_page,
    initiative_or_404,
)


@get_or_post
def share(request: HttpRequest, uid: str) -> HttpResponse:
    """Asks first: sharing cannot be undone by a button. Submits where approval is wanted."""
    initiative = editable_or_404(request, uid)
    by = signed_in(request)
    check_can_share(initiative, by)
    if request.method == "POST":
        if initiative.agreement.wants_approval:
            act(
                request,
                lambda: services.submit_initiative(initiative=initiative, by=by),
                _("Insatsen är inskickad. Du får veta när någon har tagit ställning."),
                read=initiative.record,
            )
        else:
            act(
                request,
                lambda: services.share_initiative(initiative=initiative, by=by),
                _("Insatsen är delad med alla parter."),
                read=initiative.record,
            )
        return back_to(initiative)
    if initiative.sharing in ("SHARED", "SUBMITTED"):
        return back_to(initiative)
    parts = initiative.parts.live().with_record().order_by("order")
    return form_page(request, initiative, "share", parts=parts)


@get_or_post
def take_back(request: HttpRequest, uid: str) -> HttpResponse:
    """Makes what is submitted a draft again, before anybody has decided."""
    initiative = editable_or_404(request, uid)
    by = signed_in(request)
    check_can_share(initiative, by)
    if request.method == "POST":
        act(
            request,
            lambda: services.take_back_initiative(initiative=initiative, by=by),
            _("Insatsen är ett utkast igen."),
        )
        return back_to(initiative)
    if initiative.sharing != "SUBMITTED":
        return back_to(initiative)
    return form_page(request, initiative, "take_back")


@get_or_post
def decide(request: HttpRequest, uid: str) -> HttpResponse:
    """Returns what is submitted, with a reason, or approves it."""
    initiative = initiative_or_404(request, uid)
    by = signed_in(request)
    if not can_approve(initiative, by):
        raise NotAllowed(Operation.APPROVE_SHARING)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and decided(
        request,
        form,
        record=initiative.record,
        approve=lambda: services.approve_initiative(initiative=initiative, by=by),
        give_back=lambda reason: services.return_initiative(
            initiative=initiative, reason=reason, by=by
        ),
    ):
        # What went back can no longer be seen by whoever returned it.
        return back_to(initiative) if initiative.sharing == "SHARED" else redirect("notices:list")
    shown = {
        **detail_page.to_be_read(initiative, by),
        **what_is_decided(initiative.record),
        "instead": services.who_approves_instead(initiative, by),
    }
    return form_page(request, initiative, "decide", form=form, **shown)
