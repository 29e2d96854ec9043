"""What becomes of an initiative, and the steps it is made of."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samhandling.apps.followup.selectors import year_followed_up
from samhandling.apps.initiatives import services
from samhandling.web import clock
from samhandling.web.methods import get_or_post
from samhandling.web.saving import act, save, was_saved
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.initiatives.found import (
    back_to,
    editable_or_404,
    form_page,
)
from samhandling.web.workspace.initiatives.part_forms import PartForm, StatusForm


@get_or_post
def status(request: HttpRequest, uid: str) -> HttpResponse:
    """A new status of the whole or of one of its steps; only the status is needed."""
    initiative = editable_or_404(request, uid)
    form = StatusForm(
        request.POST if request.method == "POST" else None,
        initiative=initiative,
        this_year=year_followed_up(initiative.agreement_id, clock.today()),
    )
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        about = values.pop("about")
        causes = [(cause, "", "STATED") for cause in values.pop("causes")]
        save(
            form,
            lambda: services.record_status(
                initiative=about,
                causes=causes,
                today=clock.today(),
                by=signed_in(request),
                **values,
            ),
            told_at={services.NewDateWithoutPostponement: "postponed_to"},
        )
        if not form.errors:
            messages.success(request, _("Ändringen är sparad."))
            return back_to(initiative, "status")
    return form_page(request, initiative, "status", form=form)


@get_or_post
def parts(request: HttpRequest, uid: str) -> HttpResponse:
    """The steps and parts: a new one, and their order."""
    initiative = editable_or_404(request, uid)
    form = PartForm(request.POST if request.method == "POST" else None)
    if was_saved(
        request,
        form,
        lambda: services.add_part(
            initiative=initiative, by=signed_in(request), **form.cleaned_data
        ),
        _("Steget är sparat."),
        field="title",
    ):
        return redirect("initiatives:parts", uid)
    rows = initiative.parts.live().with_record().order_by("order", "pk")
    return form_page(request, initiative, "parts", form=form, parts=list(rows))


@require_POST
def move(request: HttpRequest, uid: str) -> HttpResponse:
    """Moves a step one place among its siblings."""
    part = editable_or_404(request, uid)
    if part.parent is None:
        raise Http404
    earlier = request.POST.get("riktning") == "upp"
    act(
        request,
        lambda: services.move_part(part=part, earlier=earlier, by=signed_in(request)),
        _("Ordningen är ändrad."),
    )
    return redirect("initiatives:parts", part.parent.uid)
