"""Attaching files to records and withdrawing them."""

from hashlib import sha256

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samhandling.apps.audit.models import Event, Verb
from samhandling.apps.audit.services import Author, Changes, write_event
from samhandling.apps.discussion.errors import FileGone, FileNotTaken, FileTooBig, TooManyFiles
from samhandling.apps.discussion.models import Attachment
from samhandling.apps.discussion.permissions import (
    can_attach,
    can_restore_attachment,
    can_withdraw_attachment,
)
from samhandling.apps.discussion.scopes import scope_uid_of
from samhandling.apps.discussion.withdrawals import enter, lock_unwithdrawn, lock_withdrawn
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.records.models import Record
from samhandling.apps.records.services import ReasonMissing
from samhandling.core.access import Operation
from samhandling.core.file_types import FileRefused, clean_name, type_of


def add_attachment(*, record: Record, name: str, content: File, by: Author) -> Attachment:
    """Attach a file to a record, after making sure that it is what its name says.

    Everybody who may see the record may fetch it. Nothing is kept of a file that is refused.
    Raises FileTooBig, FileNotTaken, TooManyFiles, NotAllowed. Queries: 6.
    """
    if not can_attach(record, by):
        raise NotAllowed(Operation.ATTACH)
    if content.size > settings.ATTACHMENT_MAX_BYTES:
        raise FileTooBig(settings.ATTACHMENT_MAX_BYTES)
    try:
        kind = type_of(name, content)  # type: ignore[arg-type]
    except FileRefused as refused:
        raise FileNotTaken(refused.fault, refused.ending) from refused
    digest = sha256()
    for piece in content.chunks():
        digest.update(piece)
    attachment = Attachment(
        record=record,
        name=clean_name(name),
        type_key=kind.key,
        size=content.size,
        sha256=digest.hexdigest(),
        author_key=by.person_key,
    )
    try:
        with transaction.atomic():
            # The record's row is locked, so that two at once cannot both be the last allowed.
            Record.objects.select_for_update().get(pk=record.pk)
            _check_room(record)
            content.seek(0)
            attachment.file.save(attachment.name, content, save=False)
            attachment.save(force_insert=True)
            _log(attachment, Verb.ATTACHED, by, {"attachment": ("", attachment.name)})
    except BaseException:
        # A transaction does not take a file back.
        if attachment.file:
            attachment.file.delete(save=False)
        raise
    return attachment


@transaction.atomic
def withdraw_attachment(*, attachment: Attachment, reason: str, by: Author) -> None:
    """Take a file out of the record. It is kept, as the law on archives asks, but not served.

    Raises ReasonMissing, AlreadyWithdrawn, NotAllowed.
    """
    if not can_withdraw_attachment(attachment, by):
        raise NotAllowed(Operation.MODERATE)
    if not reason.strip():
        raise ReasonMissing(_("Skriv varför bilagan dras tillbaka."))
    lock_unwithdrawn(attachment)
    attachment.withdrawn_at = timezone.now()
    attachment.withdrawn_reason = reason.strip()
    attachment.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    changes: Changes = {"attachment": (attachment.name, "")}
    reason = attachment.withdrawn_reason
    enter(attachment, _log(attachment, Verb.ATTACHMENT_WITHDRAWN, by, changes, reason))


@transaction.atomic
def restore_attachment(*, attachment: Attachment, seen: int, by: Author) -> None:
    """Take back the withdrawal of a file: it can be fetched again. Why it was withdrawn stays in
    the log.

    Args: seen: which withdrawal the person was shown (`withdrawals.number_of`).
    Raises RecordWithdrawn, NotWithdrawn, Destroyed, WithdrawnAnew, FileGone, TooManyFiles,
    NotAllowed.
    """
    if not can_restore_attachment(attachment, by):
        raise NotAllowed(Operation.MODERATE)
    lock_withdrawn(attachment, seen)
    if not has_bytes(attachment):
        raise FileGone
    _check_room(attachment.record)
    attachment.withdrawn_at, attachment.withdrawn_reason = None, ""
    attachment.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    changes: Changes = {"attachment": ("", attachment.name)}
    enter(attachment, _log(attachment, Verb.ATTACHMENT_RESTORED, by, changes))


def has_bytes(attachment: Attachment) -> bool:
    """Is the file itself where it was put?"""
    place = attachment.file.name
    return bool(place) and attachment.file.storage.exists(str(place))


def _check_room(record: Record) -> None:
    """Raises TooManyFiles. Whoever asks has locked the record."""
    held = Attachment.objects.filter(record=record, withdrawn_at__isnull=True).count()
    if held >= settings.ATTACHMENTS_PER_RECORD:
        raise TooManyFiles(settings.ATTACHMENTS_PER_RECORD)


def _log(
    attachment: Attachment, verb: str, by: Author, changes: Changes, reason: str = ""
) -> Event:
    return write_event(
        by=by,
        verb=verb,
        record_uid=attachment.record.uid,
        record_kind=attachment.record.kind,
        scope_uid=scope_uid_of(attachment.record),
        changes=changes,
        reason=reason,
    )
