"""Two accounts of one person become one: choose the other, see both, say which name stays."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samhandling.apps.accounts.models import Person
from samhandling.apps.people import services
from samhandling.apps.people.selectors.hanging import hanging_on
from samhandling.apps.people.selectors.register import PeopleFilter, people_found
from samhandling.web.methods import get_or_post
from samhandling.web.saving import save
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.actors.filters import MAX_WORDS_LENGTH
from samhandling.web.workspace.people.found import changeable, changes_what_one_may
from samhandling.web.workspace.people.person_forms import MergeForm
from samhandling.web.workspace.people.person_views import TOLD

OFFERED = 20


@get_or_post
@changes_what_one_may
def merge(request: HttpRequest, one: Person) -> HttpResponse:
    """?med= names the other one; without it, the page offers people to choose among."""
    by = signed_in(request)
    other_key = request.GET.get("med", "")
    if not other_key:
        return _choose(request, one)
    other = changeable(request, other_key)
    if other.pk == one.pk:
        raise Http404
    form = MergeForm(request.POST if request.method == "POST" else None, people=[one, other])
    if request.method == "POST" and form.is_valid():
        kept = save(
            form,
            lambda: services.merge_people(
                keep=one,
                other=other,
                name=form.cleaned_data["name"],
                email=form.cleaned_data.get("email", ""),
                reason=form.cleaned_data["reason"],
                by=by,
            ),
            told=TOLD,
        )
        if kept is not None:
            messages.success(request, _("De två är nu en person med ett konto."))
            return redirect("people:person", kept.key)
    shown = {
        "form": form,
        "person": one,
        "sides": [_side(one), _side(other)],
        "closes": not all(
            account.is_active
            for account in (getattr(one, "user", None), getattr(other, "user", None))
            if account is not None
        ),
        "cancel_url": reverse("people:person", args=[one.key]),
    }
    return render(request, "workspace/people/merge.html", shown)


def _choose(request: HttpRequest, one: Person) -> HttpResponse:
    words = request.GET.get("q", one.name).replace("\0", "").strip()[:MAX_WORDS_LENGTH]
    found = people_found(PeopleFilter(words=words)).select_related("user").exclude(pk=one.pk)
    found = found.filter(pseudonymised_at=None)
    page = Paginator(found, OFFERED).get_page(request.GET.get("sida"))
    shown = {"person": one, "page": page, "words": words}
    return render(request, "workspace/people/merge_choose.html", shown)


def _side(person: Person) -> dict[str, Any]:
    return {
        "person": person,
        "account": getattr(person, "user", None),
        "hanging": hanging_on(person),
    }
