"""The link in an invitation, open to whoever has it; what it opens is for one address alone."""

from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samhandling.apps.accounts.models import User
from samhandling.apps.accounts.names import check_name
from samhandling.apps.accounts.selectors import user_with_address
from samhandling.apps.people import services
from samhandling.apps.people.links import LONGEST
from samhandling.apps.people.models import Invitation
from samhandling.apps.people.selectors.invitations import invitation_of
from samhandling.apps.people.services.errors import (
    InvitationOver,
    OtherAddress,
    PastTime,
    SignInFirst,
)
from samhandling.web.saving import save

_TOKEN = "invitation"  # nosec B105 - the name it is kept under, not a secret


class AnswerForm(forms.Form):
    """Who the person is, in her own words; asked only of those who are new."""

    name = forms.CharField(
        label=gettext_lazy("Ditt namn"),
        max_length=200,
        validators=[check_name],
        error_messages={"required": gettext_lazy("Skriv ditt namn.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    function = forms.CharField(
        label=gettext_lazy("Din funktion"),
        max_length=200,
        help_text=gettext_lazy("Vad du gör i din organisation."),
        error_messages={"required": gettext_lazy("Skriv vad du gör i din organisation.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )


@login_not_required
@never_cache
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Takes the secret out of the address, so that no log, history or next page gets it."""
    if len(token) <= LONGEST:
        request.session[_TOKEN] = token
    return redirect("people:answer")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Who invites to what, and the way to say yes. Reading changes nothing: mail filters read."""
    invitation = invitation_of(request.session.get(_TOKEN, ""))
    if invitation is None:
        return _over(request)
    if invitation.is_for_a_past_time:
        return render(request, "workspace/people/answer_late.html", {"invitation": invitation})
    by = request.user if isinstance(request.user, User) else None
    owner = user_with_address(invitation.email)
    is_new = owner is None
    form = AnswerForm(
        request.POST if request.method == "POST" and is_new else None,
        initial={"name": invitation.name, "function": invitation.function},
    )
    if not is_new:
        form.fields.clear()
    if request.method == "POST" and (not is_new or form.is_valid()):
        told = form.cleaned_data if is_new else {}
        try:
            response = _accept(request, form, invitation, by, told)
        except InvitationOver:
            return _over(request)
        except PastTime:  # while the page was open; it says so now
            return redirect("people:answer")
        except (SignInFirst, OtherAddress):
            return redirect("people:answer")
        if response is not None:
            return response
    return render(
        request,
        "workspace/people/answer.html",
        {
            "invitation": invitation,
            "form": form,
            "is_new": is_new,
            "is_other": by is not None and by != owner,
            "must_sign_in": by is None and owner is not None and owner.is_active,
            "login_url": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
        },
    )


def _accept(
    request: HttpRequest,
    form: AnswerForm,
    invitation: Invitation,
    by: User | None,
    told: dict[str, Any],
) -> HttpResponse | None:
    def accept() -> services.Accepted:
        return services.accept_invitation(invitation=invitation, by=by, **told)

    accepted = save(form, accept)
    if accepted is None:
        return None
    request.session.pop(_TOKEN, None)
    if accepted.is_new:
        # The link has proven the address, as a mailed code would have. Through the same door as
        # every sign-in, so that the session stands among her devices.
        messages.success(request, _("Välkommen! Du är inloggad och kan börja."))
        entered: HttpResponse = perform_login(request, Login(accepted.user, redirect_url="/"))
        return entered
    if by is None:
        messages.success(request, _("Ditt konto är öppet igen. Logga in för att börja."))
        return redirect("account_login")
    messages.success(request, _("Klart. Det du bjöds in till finns nu på ditt konto."))
    return redirect("/")


def _over(request: HttpRequest) -> HttpResponse:
    """The same for unknown, used, taken back and too old: nobody learns who has been invited."""
    request.session.pop(_TOKEN, None)
    return render(request, "workspace/people/answer_over.html")
