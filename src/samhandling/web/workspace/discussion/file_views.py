"""Attaching files to a record, fetching them and withdrawing them."""

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samhandling.apps.discussion import errors, services
from samhandling.apps.discussion.models import Attachment
from samhandling.apps.discussion.permissions import can_attach, can_withdraw_attachment
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.core.access import Operation
from samhandling.web.methods import get_or_post
from samhandling.web.saving import save
from samhandling.web.signed_in import signed_in
from samhandling.web.uploads import was_too_big
from samhandling.web.workspace.discussion.forms import FileForm, ReasonForm
from samhandling.web.workspace.discussion.views import record_or_404, record_page

TOLD = (errors.FileNotTaken, errors.FileTooBig, errors.TooManyFiles)


@get_or_post
def attach(request: HttpRequest, uid: str) -> HttpResponse:
    """A new file for a record."""
    by = signed_in(request)
    record = record_or_404(uid, by)
    if not can_attach(record, by):
        raise NotAllowed(Operation.ATTACH)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and was_too_big(request):
        form.errors.clear()
        form.add_error("file", str(errors.FileTooBig(settings.ATTACHMENT_MAX_BYTES)))
    elif request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"]
        kept = save(
            form,
            lambda: services.add_attachment(
                record=record, name=content.name, content=content, by=by
            ),
            told=TOLD,
            field="file",
        )
        if kept is not None:
            messages.success(request, _("Bilagan är sparad."))
            return redirect(f"{record_page(record, by).partition('#')[0]}#bilagor")
    shown = {"record": record, "form": form, "url": record_page(record, by)}
    return render(request, "workspace/discussion/attach.html", shown)


@require_safe
def download(request: HttpRequest, uid: str, file: str) -> FileResponse:
    """The file, as a download and nothing else: no browser shows it inside the workspace."""
    found = _file_or_404(request, uid, file)
    try:
        content = found.file.open("rb")
    except OSError as missing:
        raise Http404 from missing
    response = FileResponse(
        content, as_attachment=True, filename=found.name, content_type=found.type.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@get_or_post
def withdraw(request: HttpRequest, uid: str, file: str) -> HttpResponse:
    """Takes a file out of the record, with a reason."""
    by = signed_in(request)
    found = _file_or_404(request, uid, file)
    if not can_withdraw_attachment(found, by):
        raise NotAllowed(Operation.MODERATE)
    page = record_page(found.record, by)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form.fields["reason"].help_text = _("Står i historiken.")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        save(
            form,
            lambda: services.withdraw_attachment(attachment=found, reason=reason, by=by),
            field="reason",
        )
        if not form.errors:
            messages.success(request, _("Bilagan är tillbakadragen. Den kan återställas."))
            return redirect(page)
    shown = {"record": found.record, "file": found, "form": form, "url": page, "cancel_url": page}
    return render(request, "workspace/discussion/file_withdraw.html", shown)


def _file_or_404(request: HttpRequest, uid: str, file: str) -> Attachment:
    """A file of this record that is not withdrawn, if the person may see the record."""
    record = record_or_404(uid, signed_in(request))
    found: Attachment = get_object_or_404(
        Attachment.objects.select_related("record"),
        uid=file,
        record=record,
        withdrawn_at__isnull=True,
    )
    return found
