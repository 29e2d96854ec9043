"""An administrator changes what opens somebody's account."""

from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samhandling.apps.accounts.models import Person
from samhandling.apps.accounts.services import AddressTaken
from samhandling.apps.people import services
from samhandling.apps.people.services import errors
from samhandling.web.methods import get_or_post
from samhandling.web.saving import save
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.people.found import changes_ways_in
from samhandling.web.workspace.people.person_forms import WaysInForm

TOLD = (
    AddressTaken,
    errors.AddressChangedMeanwhile,
    errors.NothingChanged,
    errors.OwnAddress,
)


@get_or_post
@changes_ways_in
def change(request: HttpRequest, one: Person) -> HttpResponse:
    """The address to sign in with, and the link to an organisation's own sign-in."""
    by, user = signed_in(request), one.user
    links = list(SocialAccount.objects.filter(user=user).order_by("pk"))
    form = WaysInForm(
        request.POST if request.method == "POST" else None,
        is_linked=bool(links),
        initial={"email": user.email, "was": user.email},
    )
    if request.method == "POST" and form.is_valid():
        save(
            form,
            lambda: services.change_ways_in(user=user, by=by, **form.cleaned_data),
            told=TOLD,
        )
        if not form.errors:
            messages.success(
                request, _("Ändrat. Personen är utloggad överallt och loggar in med en kod.")
            )
            return redirect("people:person", one.key)
    shown = {
        "form": form,
        "person": one,
        "links": links,
        "cancel_url": reverse("people:person", args=[one.key]),
    }
    return render(request, "workspace/people/ways_in.html", shown)
