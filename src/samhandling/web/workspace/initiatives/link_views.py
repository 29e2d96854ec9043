"""Who takes part in an initiative, and which needs it meets."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from samhandling.apps.initiatives import services
from samhandling.web.methods import get_or_post
from samhandling.web.saving import was_saved
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.initiatives.found import (
    back_to,
    editable_or_404,
    form_page,
)
from samhandling.web.workspace.initiatives.link_forms import NeedsForm, PartnersForm


@get_or_post
def partners(request: HttpRequest, uid: str) -> HttpResponse:
    """Who takes part and as what, a row each; an emptied row is taken away."""
    initiative = editable_or_404(request, uid)
    form = PartnersForm(request.POST if request.method == "POST" else None, thing=initiative)
    if was_saved(
        request,
        form,
        lambda: services.update_initiative(
            initiative=initiative, by=signed_in(request), **form.cleaned_data
        ),
        _("Listan är sparad."),
        field="partners_state",
    ):
        return back_to(initiative)
    return form_page(request, initiative, "partners", form=form)


@get_or_post
def needs(request: HttpRequest, uid: str) -> HttpResponse:
    """Which needs the initiative meets."""
    initiative = editable_or_404(request, uid)
    by = signed_in(request)
    form = NeedsForm(request.POST if request.method == "POST" else None, thing=initiative, by=by)
    if was_saved(
        request,
        form,
        lambda: services.set_needs(initiative=initiative, needs=form.cleaned_data["needs"], by=by),
        _("Kopplingarna är sparade."),
        field="needs",
    ):
        return back_to(initiative, "behov")
    return form_page(request, initiative, "needs", form=form)
