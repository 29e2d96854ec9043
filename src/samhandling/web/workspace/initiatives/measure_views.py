"""What is counted of an initiative, and what it is to lead to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samhandling.apps.followup.selectors import year_followed_up
from samhandling.apps.initiatives import services
from samhandling.apps.initiatives.models import ExpectedResult, Initiative
from samhandling.apps.records.models import Quantity
from samhandling.web import clock
from samhandling.web.methods import get_or_post
from samhandling.web.saving import act, was_saved
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.initiatives.found import (
    back_to,
    editable_or_404,
    form_page,
)
from samhandling.web.workspace.initiatives.measure_forms import (
    EditQuantityForm,
    EditResultForm,
    QuantityForm,
    ResultForm,
)
from samhandling.web.workspace.records.withdrawal_form import WithdrawForm


@get_or_post
def create_quantity(request: HttpRequest, uid: str) -> HttpResponse:
    """Something new that is counted."""
    initiative = editable_or_404(request, uid)
    form = QuantityForm(
        request.POST if request.method == "POST" else None,
        initial={"told_for_year": year_followed_up(initiative.agreement_id, clock.today())},
    )
    if was_saved(
        request,
        form,
        lambda: services.add_quantity(
            initiative=initiative, by=signed_in(request), **form.cleaned_data
        ),
        _("Mängden är sparad."),
        field="measure",
    ):
        return back_to(initiative, "mangder")
    return form_page(request, initiative, "quantity_form", form=form, quantity=None)


@get_or_post
def edit_quantity(request: HttpRequest, uid: str, quantity_uid: str) -> HttpResponse:
    """Corrects what is counted."""
    initiative = editable_or_404(request, uid)
    quantity = _quantity_or_404(initiative, quantity_uid)
    form = EditQuantityForm(request.POST if request.method == "POST" else None, thing=quantity)
    if was_saved(
        request,
        form,
        lambda: services.update_quantity(
            initiative=initiative, quantity=quantity, by=signed_in(request), **form.cleaned_data
        ),
        _("Mängden är sparad."),
        field="measure",
    ):
        return back_to(initiative, "mangder")
    return form_page(request, initiative, "quantity_form", form=form, quantity=quantity)


@get_or_post
def withdraw_quantity(request: HttpRequest, uid: str, quantity_uid: str) -> HttpResponse:
    """Takes a counted thing out of pages and reports, with a reason."""
    initiative = editable_or_404(request, uid)
    quantity = _quantity_or_404(initiative, quantity_uid)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if was_saved(
        request,
        form,
        lambda: services.withdraw_quantity(
            initiative=initiative,
            quantity=quantity,
            reason=form.cleaned_data["reason"],
            by=signed_in(request),
        ),
        _("Mängden är tillbakadragen."),
        field="reason",
    ):
        return back_to(initiative, "mangder")
    return form_page(request, initiative, "quantity_withdraw", form=form, quantity=quantity)


@get_or_post
def create_result(request: HttpRequest, uid: str) -> HttpResponse:
    """What the initiative is to lead to, and how it will show."""
    initiative = editable_or_404(request, uid)
    form = ResultForm(request.POST if request.method == "POST" else None)
    if was_saved(
        request,
        form,
        lambda: services.add_expected_result(
            initiative=initiative, by=signed_in(request), **form.cleaned_data
        ),
        _("Det förväntade resultatet är sparat."),
        field="text",
    ):
        return back_to(initiative, "resultat")
    return form_page(request, initiative, "result_form", form=form, result=None)


@get_or_post
def edit_result(request: HttpRequest, uid: str, pk: int) -> HttpResponse:
    """Changes an expected result, or says what came of it."""
    initiative = editable_or_404(request, uid)
    result = get_object_or_404(ExpectedResult, initiative=initiative, pk=pk)
    form = EditResultForm(request.POST if request.method == "POST" else None, thing=result)
    if was_saved(
        request,
        form,
        lambda: services.update_expected_result(
            result=result, by=signed_in(request), **form.cleaned_data
        ),
        _("Det förväntade resultatet är sparat."),
        field="text",
    ):
        return back_to(initiative, "resultat")
    return form_page(request, initiative, "result_form", form=form, result=result)


@get_or_post
def withdraw_result(request: HttpRequest, uid: str, pk: int) -> HttpResponse:
    """Takes an expected result out of pages and reports, with a reason."""
    initiative = editable_or_404(request, uid)
    result = get_object_or_404(ExpectedResult, initiative=initiative, pk=pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if was_saved(
        request,
        form,
        lambda: services.withdraw_expected_result(
            result=result, reason=form.cleaned_data["reason"], by=signed_in(request)
        ),
        _("Det förväntade resultatet är tillbakadraget."),
        field="reason",
    ):
        return back_to(initiative, "resultat")
    return form_page(request, initiative, "result_withdraw", form=form, result=result)


@require_POST
def restore_result(request: HttpRequest, uid: str, pk: int) -> HttpResponse:
    """Takes back the withdrawal of an expected result."""
    initiative = editable_or_404(request, uid)
    result = get_object_or_404(ExpectedResult.all_rows, initiative=initiative, pk=pk)
    act(
        request,
        lambda: services.restore_expected_result(result=result, by=signed_in(request)),
        _("Det förväntade resultatet är återställt."),
    )
    return back_to(initiative, "resultat")


def _quantity_or_404(initiative: Initiative, uid: str) -> Quantity:
    rows = Quantity.objects.live().with_record().filter(about_id=initiative.pk)
    return get_object_or_404(rows, record__uid=uid)
