"""Money of an initiative: written down, corrected, and what has become of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from samhandling.apps.followup.selectors import year_followed_up
from samhandling.apps.initiatives import services
from samhandling.apps.initiatives.models import Funding, Initiative
from samhandling.web import clock
from samhandling.web.methods import get_or_post
from samhandling.web.saving import was_saved
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.initiatives.found import (
    back_to,
    editable_or_404,
    form_page,
)
from samhandling.web.workspace.initiatives.money_forms import (
    EditFundingForm,
    FundingStateForm,
    NewFundingForm,
)

ANCHOR = "finansiering"


@get_or_post
def create(request: HttpRequest, uid: str) -> HttpResponse:
    """Money that is sought, granted or in use; all of it may be unknown."""
    initiative = editable_or_404(request, uid)
    form = NewFundingForm(
        request.POST if request.method == "POST" else None,
        initial={"told_for_year": year_followed_up(initiative.agreement_id, clock.today())},
    )
    if was_saved(
        request,
        form,
        lambda: services.add_funding(
            initiatives=[initiative], by=signed_in(request), **form.cleaned_data
        ),
        _("Finansieringen är sparad."),
    ):
        return back_to(initiative, ANCHOR)
    return form_page(request, initiative, "funding_form", form=form, funding=None)


@get_or_post
def edit(request: HttpRequest, uid: str, funding_uid: str) -> HttpResponse:
    """Corrects what is known of the money."""
    initiative = editable_or_404(request, uid)
    funding = _funding_or_404(initiative, funding_uid)
    form = EditFundingForm(request.POST if request.method == "POST" else None, thing=funding)
    if was_saved(
        request,
        form,
        lambda: services.update_funding(
            funding=funding, by=signed_in(request), **form.cleaned_data
        ),
        _("Finansieringen är sparad."),
    ):
        return back_to(initiative, ANCHOR)
    return form_page(request, initiative, "funding_form", form=form, funding=funding)


@get_or_post
def state(request: HttpRequest, uid: str, funding_uid: str) -> HttpResponse:
    """What has become of the money, told for a year."""
    initiative = editable_or_404(request, uid)
    funding = _funding_or_404(initiative, funding_uid)
    form = FundingStateForm(
        request.POST if request.method == "POST" else None,
        initial={
            "state": funding.state,
            "told_for_year": year_followed_up(initiative.agreement_id, clock.today()),
        },
    )
    if was_saved(
        request,
        form,
        lambda: services.record_funding_state(
            funding=funding, by=signed_in(request), **form.cleaned_data
        ),
        _("Läget är sparat."),
    ):
        return back_to(initiative, ANCHOR)
    return form_page(request, initiative, "funding_state", form=form, funding=funding)


def _funding_or_404(initiative: Initiative, uid: str) -> Funding:
    rows = initiative.funding.live().select_related("record", "funder__record", "recipient__record")
    found: Funding = get_object_or_404(rows, record__uid=uid)
    return found
