"""Who answers for an organisation's personal data."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from samhandling.apps.organisations.models import Organisation
from samhandling.apps.organisations.permissions import check
from samhandling.apps.organisations.services import state_controller
from samhandling.core.access import Operation
from samhandling.web.editing import EditForm
from samhandling.web.saving import save
from samhandling.web.signed_in import signed_in


class ControllerForm(EditForm):
    """The controller and the mailbox of the data protection officer; empty is unknown."""

    data_controller = forms.CharField(
        label=_("Personuppgiftsansvarig"),
        required=False,
        max_length=200,
        help_text=_("Den nämnd, styrelse eller myndighet som ansvarar, inte en person."),
    )
    officer_email = forms.EmailField(
        label=_("E-post till dataskyddsombudet"),
        required=False,
        help_text=_("Ombudets gemensamma brevlåda. Adressen visas för alla, även utan inloggning."),
        error_messages={"invalid": _("Skriv en e-postadress, till exempel namn@kommun.se.")},
    )
    reason = forms.CharField(
        label=_("Varför ändrar du?"),
        required=False,
        max_length=500,
        help_text=_("Valfritt. Står i historiken."),
    )

    def stored(self) -> dict[str, Any]:
        """What is known now."""
        return {name: getattr(self.thing, name) for name in ("data_controller", "officer_email")}


@require_http_methods(["GET", "HEAD", "POST"])
def controller(request: HttpRequest, uid: str) -> HttpResponse:
    """Says who the controller is."""
    organisation = get_object_or_404(Organisation.objects.live().with_record(), record__uid=uid)
    by = signed_in(request)
    check(by, Operation.EDIT_CONTROLLER, owner_id=organisation.pk)
    form = ControllerForm(request.POST if request.method == "POST" else None, thing=organisation)
    page = reverse("actors:actor", args=[uid])
    if request.method == "POST" and form.is_valid():
        save(form, lambda: state_controller(organisation=organisation, by=by, **form.cleaned_data))
        if not form.errors:
            messages.success(request, gettext("Uppgiften är sparad."))
            return redirect(page)
    shown = {"organisation": organisation, "form": form, "cancel_url": page}
    return render(request, "workspace/actors/controller.html", shown)
