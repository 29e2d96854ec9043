"""The file with everything about a person, and the page that forgets one."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.people.permissions import check_can_run
from samhandling.apps.privacy.selectors import Extract, extract_person, may_fetch_extract
from samhandling.apps.privacy.services import (
    AlreadyForgotten,
    OneWithAnother,
    ReasonNeeded,
    StillTakingPart,
    ask_for_extract,
    pseudonymise_person,
)
from samhandling.web.reauthentication import (
    FILE,
    reauthentication_for_file,
    reauthentication_required,
)
from samhandling.web.saving import save
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.people.found import person_or_404
from samhandling.web.workspace.privacy.done_to import done_to
from samhandling.web.workspace.privacy.mentions import mentions_of


class ExtractForm(forms.Form):
    """Why all about somebody is taken out."""

    reason = forms.CharField(
        label=gettext_lazy("Varför?"),
        help_text=gettext_lazy(
            "Till exempel vem som bad om det, när och under vilket diarienummer. Läses i loggen av "
            "dem som sköter personer. Står också i filen med allt som finns om personen."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Skriv varför.")},
    )


class ForgetForm(forms.Form):
    """Why a person is forgotten, and that it is meant."""

    reason = forms.CharField(
        label=gettext_lazy("Varför?"),
        help_text=gettext_lazy("Till exempel vem som bad om det och när. Skriv inte namnet."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
    sure = forms.BooleanField(
        label=gettext_lazy("Jag har sparat det som ska bevaras, och vet att det inte går att ångra")
    )


def _of_whom(
    view: Callable[[HttpRequest, Person], HttpResponseBase],
) -> Callable[[HttpRequest, str], HttpResponseBase]:
    """A view of `(request, person)` as one of `(request, key)`. Who was merged into another is that
    other: nothing is taken out, or forgotten, of half a person."""

    @wraps(view)
    def of_whom(request: HttpRequest, key: str) -> HttpResponseBase:
        one = person_or_404(key, signed_in(request))
        if one.merged_into is not None and request.resolver_match is not None:
            return redirect(request.resolver_match.view_name, one.merged_into.key)
        return view(request, one)

    return of_whom


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What is held about me, by kind and purpose, with the way to the file."""
    by = signed_in(request)
    return render(
        request,
        "workspace/privacy/mine.html",
        {"extract": _all_about(by.person, by)},
    )


@require_safe
def my_file(request: HttpRequest) -> HttpResponseBase:
    """Everything about me as a file."""
    return _file(request, signed_in(request).person)


@require_http_methods(["GET", "HEAD", "POST"])
@_of_whom
def extract(request: HttpRequest, one: Person) -> HttpResponseBase:
    """Says what the file about somebody holds and for whom it is, and asks why it is taken out."""
    if one == signed_in(request).person:
        return redirect("privacy:mine")
    return _extract(request, one)


@reauthentication_required
def _extract(request: HttpRequest, one: Person) -> HttpResponse:
    by = signed_in(request)
    form = ExtractForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        save(form, lambda: ask_for_extract(person=one, reason=reason, by=by), field="reason")
        if not form.errors:
            # A page that hands the file over: a browser stays where it is when it is sent a file.
            return redirect(f"{reverse('privacy:file', args=[one.key])}?{FILE}=1")
    return render(
        request,
        "workspace/privacy/extract.html",
        {"form": form, "person": one, "cancel_url": reverse("people:person", args=[one.key])},
    )


@require_safe
@_of_whom
def file_of_person(request: HttpRequest, one: Person) -> HttpResponseBase:
    """Everything about somebody, for whoever has just said why it is taken out."""
    return _file(request, one)


@require_safe
@_of_whom
def mentions(request: HttpRequest, one: Person) -> HttpResponse:
    """Where others have named somebody, for whoever answers a request for it."""
    shown = {"person": one, "mentions": mentions_of(one, signed_in(request))}
    return render(request, "workspace/privacy/mentions.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@_of_whom
def forget(request: HttpRequest, one: Person) -> HttpResponseBase:
    """Replaces name and addresses of somebody who has left."""
    check_can_run(one, signed_in(request))
    return _forget(request, one)


# Who may is asked first, so that the question who one is tells nobody that an address exists.
@reauthentication_required
def _forget(request: HttpRequest, one: Person) -> HttpResponse:
    by = signed_in(request)
    form = ForgetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = save(
            form,
            lambda: pseudonymise_person(person=one, reason=form.cleaned_data["reason"], by=by),
            told=(AlreadyForgotten, OneWithAnother, ReasonNeeded, StillTakingPart),
        )
        if done is not None:
            messages.success(
                request, _("Personen heter nu %(name)s i historiken.") % {"name": done.name}
            )
            if done.frozen:
                messages.info(
                    request,
                    ngettext(
                        "Namnet står kvar i %(n)d fryst rapport, som inte får ändras.",
                        "Namnet står kvar i %(n)d frysta rapporter, som inte får ändras.",
                        done.frozen,
                    )
                    % {"n": done.frozen},
                )
            return redirect("people:person", one.key)
    return render(
        request,
        "workspace/privacy/forget.html",
        {"form": form, "person": one, "cancel_url": reverse("people:person", args=[one.key])},
    )


def _all_about(person: Person, by: User) -> Extract:
    extract, done = extract_person(person, by), done_to(person, by)
    return replace(extract, sections=[*extract.sections, done]) if done else extract


def _page_of(request: HttpRequest, person: Person) -> str:
    if person == signed_in(request).person:
        return reverse("privacy:mine")
    return reverse("people:person", args=[person.key])


@reauthentication_for_file(_page_of)
def _file(request: HttpRequest, person: Person) -> HttpResponse:
    by = signed_in(request)
    if not may_fetch_extract(person, by):
        return redirect("privacy:extract", person.key)
    extract = _all_about(person, by)
    shown = {"extract": extract, "is_own": person == by.person}
    text = render_to_string("workspace/privacy/extract_file.html", shown)
    name = f"uppgifter-om-{slugify(person.name) or 'person'}.html"
    return HttpResponse(
        text,
        headers={
            "Content-Type": "text/html; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
