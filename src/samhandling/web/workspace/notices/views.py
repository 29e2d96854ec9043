"""What is new, opening it, and choosing how often the digest comes."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samhandling.apps.audit.models import Event
from samhandling.apps.discussion.news import lines
from samhandling.apps.discussion.permissions import readable_records
from samhandling.apps.initiatives.permissions import awaiting as awaiting_initiatives
from samhandling.apps.notices import services
from samhandling.apps.notices.models import DigestChoice, Notice
from samhandling.apps.notices.selectors import followed_by, notices_of, rhythm_of
from samhandling.apps.situation.permissions import awaiting as awaiting_needs
from samhandling.web.history_visibility import visible_events
from samhandling.web.saving import act
from samhandling.web.signed_in import signed_in

PAGE_SIZE = 25
MOST_WAITING = 50


class RhythmForm(forms.Form):
    """How often the digest comes."""

    rhythm = forms.ChoiceField(
        label=gettext_lazy("Sammandrag med e-post"),
        choices=DigestChoice.Rhythm,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Ett brev med det som är nytt sedan förra brevet. Är inget nytt kommer inget brev."
        ),
    )


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What the person has been told, newest first; open to who has lost the last role too."""
    by = signed_in(request)
    page = Paginator(notices_of(by), PAGE_SIZE).get_page(_number(request))
    shown = {
        "page": page,
        "lines": lines(page.object_list, by, visible_events(Event.objects.all(), by)),
        "support_email": settings.SUPPORT_EMAIL,
        "initiatives": _first(awaiting_initiatives(by).filter(parent=None)),
        "needs": _first(awaiting_needs(by)),
    }
    return render(request, "workspace/notices/list.html", shown)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Marks everything as read."""
    act(request, lambda: services.mark_read(by=signed_in(request)), _("Allt är markerat som läst."))
    return redirect("notices:list")


@require_POST
def open_one(request: HttpRequest, notice: int) -> HttpResponse:
    """Marks one as read and leads on to what it is about."""
    by = signed_in(request)
    found: Notice = get_object_or_404(notices_of(by), pk=notice)
    act(request, lambda: services.mark_read(by=by, notice_id=found.pk))
    line = lines([found], by)[0]
    if line.is_of_me:
        return redirect(f"{reverse('account:index')}#roller")
    if line.record is None:
        messages.warning(request, _("Det går inte längre att visa."))
        return redirect("notices:list")
    if line.comment is not None:
        address = reverse("discussion:comments", args=[line.record.uid])
        return redirect(f"{address}?kommentar={line.comment}#kommentar-{line.comment}")
    return redirect("records:show", line.record.uid)


@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """How often the digest comes, and what the person follows."""
    by = signed_in(request)
    form = RhythmForm(
        request.POST if request.method == "POST" else None,
        initial={"rhythm": rhythm_of(by.person)},
    )
    if request.method == "POST" and form.is_valid():
        rhythm = form.cleaned_data["rhythm"]
        act(
            request,
            lambda: services.choose_rhythm(rhythm=rhythm, by=by),
            _("Valet är sparat."),
        )
        return redirect("notices:choices")
    page = Paginator(followed_by(by), PAGE_SIZE).get_page(_number(request))
    shown = {
        "form": form,
        "page": page,
        "records": readable_records([row.record for row in page.object_list], by),
    }
    return render(request, "workspace/notices/choices.html", shown)


def _first(waiting: QuerySet[Any]) -> QuerySet[Any]:
    return waiting.select_related("record").order_by("submitted_at", "pk")[:MOST_WAITING]


def _number(request: HttpRequest) -> int:
    number = request.GET.get("sida", "1")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 1
