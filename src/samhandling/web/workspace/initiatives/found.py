"""Which initiative an address means, for the person who asks. Nothing found is 404."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.permissions import check_can_edit
from samhandling.web.agreement_choice import show_agreement
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.initiatives.detail_rows import readable_or_404


def initiative_or_404(request: HttpRequest, uid: str) -> Initiative:
    """As `readable_or_404`, and the page is from then on about its agreement."""
    found = readable_or_404(uid, signed_in(request))
    show_agreement(request, found.agreement.slug)
    return found


def editable_or_404(request: HttpRequest, uid: str) -> Initiative:
    """The initiative, if the person may change it."""
    found = initiative_or_404(request, uid)
    check_can_edit(found, signed_in(request))
    return found


def detail_url(initiative: Initiative, anchor: str = "") -> str:
    """The page of an initiative, at a part of it."""
    address = reverse("initiatives:detail", args=[initiative.uid])
    return f"{address}#{anchor}" if anchor else address


def back_to(initiative: Initiative, anchor: str = "") -> HttpResponse:
    """Back to the page of an initiative after something was saved."""
    return redirect(detail_url(initiative, anchor))


def form_page(
    request: HttpRequest, initiative: Initiative, template: str, /, **context: Any
) -> HttpResponse:
    """A page with a form about an initiative."""
    shown = {**context, "initiative": initiative, "cancel_url": detail_url(initiative)}
    return render(request, f"workspace/initiatives/{template}.html", shown)
