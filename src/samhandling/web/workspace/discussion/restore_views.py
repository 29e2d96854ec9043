"""Taking back the withdrawal of a comment or a file."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samhandling.apps.audit.services import Author
from samhandling.apps.discussion import errors, services
from samhandling.apps.discussion.models import Attachment, Comment
from samhandling.apps.discussion.permissions import (
    can_read_discussion,
    can_restore_attachment,
    can_restore_comment,
)
from samhandling.apps.discussion.selectors import known_names
from samhandling.apps.discussion.withdrawals import last_withdrawal, number_of
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.records.models import Record
from samhandling.apps.records.services import Destroyed
from samhandling.core.access import Operation
from samhandling.web.methods import get_or_post
from samhandling.web.saving import act
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.discussion.views import (
    comment_or_404,
    comment_url,
    record_or_404,
    record_page,
)
from samhandling.web.workspace.records.withdrawal import may_see_withdrawn

TOLD = (
    Destroyed,
    errors.FileGone,
    errors.NotWithdrawn,
    errors.RecordWithdrawn,
    errors.TooManyFiles,
    errors.WithdrawnAnew,
)


@get_or_post
def comment(request: HttpRequest, uid: str, comment: int) -> HttpResponse:
    """Asks, then lets a comment stand where it stood."""
    by = signed_in(request)
    if (elsewhere := _to_withdrawn_record(request, uid, by)) is not None:
        return elsewhere
    said = comment_or_404(uid, comment, by)
    if not can_restore_comment(said, by):
        raise NotAllowed(Operation.MODERATE)
    return _restore(
        request,
        said,
        lambda seen: services.restore_comment(comment=said, seen=seen, by=by),
        done=_("Kommentaren är återställd."),
        back=comment_url(said),
    )


@get_or_post
def file(request: HttpRequest, uid: str, file: str) -> HttpResponse:
    """Asks, then lets a file be fetched again."""
    by = signed_in(request)
    if (elsewhere := _to_withdrawn_record(request, uid, by)) is not None:
        return elsewhere
    rows = Attachment.objects.select_related("record")
    found: Attachment = get_object_or_404(rows, uid=file, record=record_or_404(uid, by))
    if not can_restore_attachment(found, by):
        raise NotAllowed(Operation.MODERATE)
    return _restore(
        request,
        found,
        lambda seen: services.restore_attachment(attachment=found, seen=seen, by=by),
        done=_("Bilagan är återställd."),
        back=record_page(found.record, by),
    )


def _restore(
    request: HttpRequest,
    item: Comment | Attachment,
    action: Callable[[int], None],
    *,
    done: str,
    back: str,
) -> HttpResponse:
    last = last_withdrawal(item)
    if request.method == "POST" and (item.withdrawn_at or last):
        number = request.POST.get("seen", "")
        seen = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else -1
        act(request, lambda: action(seen), done, told=TOLD)
        item.refresh_from_db()
        return redirect(request.path if item.withdrawn_at else back)
    if item.withdrawn_at is None:
        raise Http404
    names = known_names({item.author_key, last.actor_key if last else ""})
    shown: dict[str, Any] = {
        "record": item.record,
        "item": item,
        "author": names.get(item.author_key, ""),
        "who": names.get(last.actor_key, "") if last else "",
        "seen": number_of(last),
        "url": record_page(item.record, signed_in(request)),
        "cancel_url": back,
    }
    if isinstance(item, Comment):
        return render(request, "workspace/discussion/restore.html", shown)
    shown["is_gone"] = not services.has_bytes(item)
    return render(request, "workspace/discussion/file_restore.html", shown)


def _to_withdrawn_record(request: HttpRequest, uid: str, by: Author) -> HttpResponse | None:
    """To the page of a record that is withdrawn, for who may be told so: it is restored first."""
    record = get_object_or_404(Record, uid=uid)
    if can_read_discussion(record, by) or not may_see_withdrawn(record, by):
        return None
    if not record.is_destroyed:
        messages.error(request, str(errors.RecordWithdrawn()))
    return redirect(reverse("records:show", args=[uid]))
