"""Who takes part in an initiative, and which needs it meets."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from samhandling.apps.initiatives import services
from samhandling.apps.situation.models import Need
from samhandling.apps.situation.permissions import visible_to
from samhandling.web.saving import save
from samhandling.web.workspace.initiatives.forms import actors_offered
from samhandling.web.workspace.initiatives.found import (
    back_to,
    editable_or_404,
    form_page,
    person,
)
from samhandling.web.workspace.initiatives.one_views import get_or_post
from samhandling.web.workspace.initiatives.smaller_forms import (
    NeedsForm,
    PartnerForm,
    PartnersStateForm,
)

EMPTY_ROWS = 3


@get_or_post
def partners(request: HttpRequest, uid: str) -> HttpResponse:
    """Who takes part and as what, a row each; an emptied row is taken away."""
    initiative = editable_or_404(request, uid)
    rows = initiative.actors.select_related("actor__record")
    formset = forms.formset_factory(PartnerForm, extra=EMPTY_ROWS, max_num=200, absolute_max=200)
    actors = {actor.uid: actor for actor in actors_offered()}
    table = formset(
        request.POST if request.method == "POST" else None,
        initial=[{"actor": row.actor.uid, "role": row.role} for row in rows],
        form_kwargs={"actors": actors},
        prefix="rad",
    )
    form = PartnersStateForm(
        request.POST if request.method == "POST" else None,
        initial={"partners_state": initiative.partners_state},
    )
    if request.method == "POST" and form.is_valid() and table.is_valid():
        chosen = [partner for row in table if (partner := row.partner())]
        save(
            form,
            lambda: services.update_initiative(
                initiative=initiative, by=person(request), partners=chosen, **form.cleaned_data
            ),
            field="partners_state",
        )
        if not form.errors:
            messages.success(request, _("Listan är sparad."))
            return back_to(initiative)
    return form_page(request, initiative, "partners", form=form, table=table)


@get_or_post
def needs(request: HttpRequest, uid: str) -> HttpResponse:
    """Which needs the initiative meets."""
    initiative = editable_or_404(request, uid)
    by = person(request)
    offered = visible_to(Need.objects.live().filter(agreement=initiative.agreement_id), by)
    linked = initiative.need_links.values_list("need_id", flat=True)
    form = NeedsForm(
        request.POST if request.method == "POST" else None, initial={"needs": list(linked)}
    )
    form.fields["needs"].queryset = offered.select_related("record").order_by("record__title")  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        save(
            form,
            lambda: services.set_needs(
                initiative=initiative, needs=form.cleaned_data["needs"], by=by
            ),
            field="needs",
        )
        if not form.errors:
            messages.success(request, _("Kopplingarna är sparade."))
            return back_to(initiative, "behov")
    return form_page(request, initiative, "needs", form=form)
