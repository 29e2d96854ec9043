"""A record in its diary: case number and secrecy mark; what is registered; a case as a file."""

import tempfile
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samhandling.apps.audit.services import ReasonMissing
from samhandling.apps.initiatives.visibility import visible_records
from samhandling.apps.records.models import Record
from samhandling.apps.registry.permissions import REGISTERED, check_can_register
from samhandling.apps.registry.selectors import MOST_SHOWN, case_with, registered_for
from samhandling.apps.registry.services import CannotRegister, register_in_diary
from samhandling.web import clock
from samhandling.web.rate_limits import rate_limited
from samhandling.web.saving import save
from samhandling.web.signed_in import signed_in
from samhandling.web.spreadsheets import write_xlsx, xlsx_response
from samhandling.web.workspace.records.case_file import head, rows_of_case
from samhandling.web.workspace.records.places import place_of
from samhandling.web.workspace.records.registration_form import RegistrationForm


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uid: str) -> HttpResponse:
    """Writes a record's case number and secrecy mark."""
    record = get_object_or_404(Record, uid=uid, kind__in=REGISTERED)
    by = signed_in(request)
    thing: Any = REGISTERED[record.kind]().get(pk=record.pk)
    if not visible_records([record], by):
        raise Http404
    check_can_register(thing, by)
    page = place_of(record, by) or "/"
    form = RegistrationForm(request.POST if request.method == "POST" else None, thing=record)
    if request.method == "POST" and form.is_valid():
        save(
            form,
            lambda: register_in_diary(
                record=record, today=clock.today(), by=by, **form.cleaned_data
            ),
            told=(CannotRegister, ReasonMissing),
            told_at={ReasonMissing: "reason"},
        )
        if not form.errors:
            messages.success(request, _("Uppgifterna i diariet är sparade."))
            return redirect(page)
    shown = {"record": record, "form": form, "cancel_url": page}
    return render(request, "workspace/records/registration.html", shown)


@require_safe
def registered(request: HttpRequest) -> HttpResponse:
    """What has a case number or a secrecy mark, or the records of one case."""
    by = signed_in(request)
    number = request.GET.get("nummer", "").replace("\0", "").strip()[:200]
    case = case_with(number, by) if number else None
    records, is_all = ([], True) if number else registered_for(by)
    shown = {
        "asked": number,
        "case": case,
        "records": case.records if case else records,
        "is_all": is_all,
        "most": MOST_SHOWN,
    }
    return render(request, "workspace/records/registered.html", shown)


@require_safe
@rate_limited("export")
def case_file(request: HttpRequest, uid: str) -> FileResponse:
    """Everything that the person may see of the case that a record belongs to, as one workbook."""
    by = signed_in(request)
    record = get_object_or_404(Record.objects.exclude(case_number=""), uid=uid)
    case = case_with(record.case_number, by)
    if case is None or record not in case.records:
        raise Http404
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response when it is sent
    write_xlsx(file, _("Ärende"), head(), rows_of_case(case, by))
    file.seek(0)
    name = slugify(case.number) or record.uid
    return xlsx_response(f"arende-{name}-{clock.today().isoformat()}", file)
