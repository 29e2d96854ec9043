"""The list of agreements and the page of one."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from samhandling.apps.agreements import services
from samhandling.apps.agreements.selectors import agreement_with_offices
from samhandling.apps.organisations.permissions import check, may
from samhandling.core.access import Operation
from samhandling.web import clock
from samhandling.web.agreement_choice import agreement_or_404, agreements_of
from samhandling.web.saving import save
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.agreements import page


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All agreements with what they are for and whether they hold today, and the line of time."""
    return render(
        request,
        "workspace/agreements/list.html",
        {
            "agreements": page.lines(agreements_of(request), clock.today()),
            "milestones": page.milestones_of_the_county(request.user),  # type: ignore[arg-type]
        },
    )


class SharingRuleForm(forms.Form):
    """Whether what is to be shared is approved first."""

    wants_approval = forms.TypedChoiceField(
        label=_("När en part vill dela en insats eller ett behov"),
        choices=[
            ("NO", _("Ägaren delar själv")),
            ("YES", _("Ägaren skickar in, och någon godkänner eller lämnar tillbaka")),
        ],
        coerce=lambda value: value == "YES",
        widget=forms.RadioSelect,
        help_text=_(
            "Processledaren, samordningsgruppen och nätverkets sammankallande godkänner, men inte "
            "det de själva har skickat in, om någon annan kan. Processledaren kan också lägga till "
            "något som är delat från början. Det som redan är delat påverkas inte."
        ),
    )
    reason = forms.CharField(
        label=_("Varför ändrar du?"),
        required=False,
        max_length=500,
        help_text=_("Valfritt. Står i historiken."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """How the parties work together in the tool within this agreement."""
    found = agreement_or_404(request, slug)
    agreement = get_object_or_404(agreement_with_offices(), pk=found.pk)
    by = signed_in(request)
    check(by, Operation.EDIT_GOVERNANCE, agreement_id=agreement.pk)
    form = SharingRuleForm(
        request.POST if request.method == "POST" else None,
        initial={"wants_approval": "YES" if agreement.wants_approval else "NO"},
    )
    if request.method == "POST" and form.is_valid():
        save(
            form,
            lambda: services.set_approval_wanted(
                agreement=agreement,
                wanted=form.cleaned_data["wants_approval"],
                reason=form.cleaned_data["reason"],
                by=by,
            ),
        )
        if not form.errors:
            messages.success(request, gettext("Inställningen är sparad."))
            return redirect("agreements:detail", slug)
    return render(
        request, "workspace/agreements/settings.html", {"agreement": agreement, "form": form}
    )


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything one agreement says, with what is unknown shown as such."""
    found = agreement_or_404(request, slug)
    agreement = get_object_or_404(agreement_with_offices(), pk=found.pk)
    by = signed_in(request)
    return render(
        request,
        "workspace/agreements/detail.html",
        {
            **page.context(agreement, by, clock.today()),
            "may_set": may(by, Operation.EDIT_GOVERNANCE, agreement_id=agreement.pk),
        },
    )
