"""Writing what is known of a round, and what it tells that no network answers for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samhandling.apps.followup import services
from samhandling.apps.followup.models import FollowUpRound
from samhandling.apps.followup.selectors import rounds_of, without_teller
from samhandling.apps.followup.telling import ToTell
from samhandling.apps.initiatives.permissions import visible_to
from samhandling.apps.organisations.permissions import check
from samhandling.core.access import Operation
from samhandling.web.agreement_choice import agreement_or_404
from samhandling.web.editing import EditForm
from samhandling.web.links import name_of
from samhandling.web.methods import get_or_post
from samhandling.web.saving import was_saved
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.followup.round_form import RoundForm
from samhandling.web.workspace.followup.telling_forms import TellInitiativeForm
from samhandling.web.workspace.followup.telling_views import telling_note, was_told


def _round(request: HttpRequest, agreement: str, year: int, operation: Operation) -> FollowUpRound:
    found = get_object_or_404(rounds_of(agreement_or_404(request, agreement)), year=year)
    check(signed_in(request), operation, agreement_id=found.agreement_id)
    return found


def _page(round: FollowUpRound) -> str:
    return reverse("followup:round", args=[round.agreement.slug, round.year])


@get_or_post
def edit_round(request: HttpRequest, agreement: str, year: int) -> HttpResponse:
    """A form for who gave the task and who does it, what comes next, and how far it has come."""
    round = _round(request, agreement, year, Operation.EDIT_GOVERNANCE)
    form = RoundForm(request.POST or None, round=round)
    by = signed_in(request)
    if was_saved(
        request,
        form,
        lambda: services.change_round(round=round, by=by, **form.values()),
        _("Uppföljningen är sparad."),
    ):
        return redirect(_page(round))
    return _form_page(request, round, form, _("Fyll i uppföljningen"))


@get_or_post
def tell_initiative(request: HttpRequest, agreement: str, year: int, uid: str) -> HttpResponse:
    """A form for an initiative that no network of the round can tell of."""
    round = _round(request, agreement, year, Operation.EDIT_FOLLOW_UP)
    by = signed_in(request)
    told_of = get_object_or_404(visible_to(without_teller(round), by), record__uid=uid)
    to_tell = ToTell(round, told_of)
    form = TellInitiativeForm(request.POST or None, to_tell=to_tell)
    if was_told(request, form, to_tell):
        return redirect(f"{_page(round)}#utan-natverk")
    return _form_page(request, round, form, name_of(told_of), telling_note(year, told_of))


def _form_page(
    request: HttpRequest, round: FollowUpRound, form: EditForm, heading: str, note: str = ""
) -> HttpResponse:
    shown = {"form": form, "round": round, "heading": heading, "note": note, "back": _page(round)}
    return render(request, "workspace/followup/form.html", shown)
