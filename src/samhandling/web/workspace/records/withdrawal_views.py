"""Withdrawing, what is withdrawn, and taking a withdrawal back."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samhandling.apps.followup.services import RoundNotEmpty
from samhandling.apps.organisations.permissions import may
from samhandling.apps.records.models import Record, RecordKind
from samhandling.apps.records.withdrawn import MOST_WITHDRAWN, Place
from samhandling.core.access import Operation
from samhandling.web.saving import act, save
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.records.places import place_of
from samhandling.web.workspace.records.withdrawal import KINDS, may_restore
from samhandling.web.workspace.records.withdrawal_form import WithdrawForm
from samhandling.web.workspace.records.withdrawn_list import withdrawn_for


@require_safe
def withdrawn_list(request: HttpRequest) -> HttpResponse:
    """What is withdrawn and the person may restore: the latest, or so much from a moment back."""
    by = signed_in(request)
    start = _place(request.GET.get("till", ""))
    found = withdrawn_for(by, start)
    shown = {
        "lines": found.lines,
        "older": found.older.moment if found.older else None,
        "older_address": _written(found.older) if found.older else "",
        "until": start.moment if start else None,
        "most": MOST_WITHDRAWN,
        "may_dispose": may(by, Operation.DISPOSE),
    }
    return render(request, "workspace/records/withdrawn_list.html", shown)


def _written(place: Place) -> str:
    """A place as it stands in the address."""
    moment = place.moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return f"{moment}_{place.kind}_{place.key}"


def _place(written: str) -> Place | None:
    """The place that an address says; None when it says none, or one that is to come. A moment
    alone is the first place of that moment."""
    told, *rest = written.split("_")
    try:
        found = datetime.fromisoformat(told)
        said = found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None
    if said is None or said > timezone.now():
        return None
    if len(rest) == 2 and all(one.isascii() and one.isdigit() and len(one) < 19 for one in rest):
        return Place(said, *map(int, rest))
    return Place(said)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, uid: str) -> HttpResponse:
    """Takes a record out of pages, counts and reports, with a reason."""
    record = get_object_or_404(Record, uid=uid)
    by = signed_in(request)
    kind = KINDS.get(record.kind)
    if kind is None or kind.withdraw is None or record.withdrawn_at is not None:
        raise Http404
    thing: Any = kind.rows().get(pk=record.pk)
    if not kind.may_change(thing, by):
        raise Http404
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    page = place_of(record, by) or reverse("history:record", args=[uid])
    if request.method == "POST" and form.is_valid():
        service = kind.withdraw
        save(
            form,
            lambda: service(thing, form.cleaned_data["reason"], by),
            field="reason",
            told=(RoundNotEmpty,),
        )
        if not form.errors:
            messages.success(request, _("Posten är tillbakadragen. Den kan återställas."))
            # A round is a page of its own, which is gone now.
            is_gone = record.kind == RecordKind.ROUND
            return redirect("records:show", uid) if is_gone else redirect(page.partition("#")[0])
    shown = {"record": record, "form": form, "cancel_url": page}
    return render(request, "workspace/records/withdraw.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, uid: str) -> HttpResponse:
    """Asks, then takes back a withdrawal; the record stands where it stood."""
    record = get_object_or_404(Record, uid=uid)
    by = signed_in(request)
    if not may_restore(record, by):
        raise Http404
    if request.method != "POST":
        shown = {"record": record, "may_restore": True}
        return render(request, "workspace/records/withdrawn.html", shown)
    kind = KINDS[record.kind]
    act(
        request,
        lambda: kind.restore(kind.rows().get(pk=record.pk), by),
        _("Posten är återställd."),
    )
    return redirect("records:show", uid)
