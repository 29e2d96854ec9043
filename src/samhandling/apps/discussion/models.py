"""Comments on records and the files attached to them. Nothing is deleted, only withdrawn."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samhandling.apps.accounts.models import Person
from samhandling.apps.records.models import Record, new_uid
from samhandling.core.file_types import BY_KEY, NAME_LENGTH, FileType
from samhandling.core.retention import DESTROYED


class Circle(models.TextChoices):
    """Who saw the record when a comment was written, and so who goes on seeing the comment."""

    OWN = "OWN", _("ägarens och nätverkets egna")
    APPROVERS = "APPROVERS", _("de egna och de som godkänner")
    ALL = "ALL", _("alla som ser posten")


class Comment(models.Model):
    """Something a person said about a record (kommentar)."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="comments")
    circle = models.CharField(max_length=10, choices=Circle)
    text = models.TextField(_("kommentar"))
    author_key = models.CharField(max_length=36, db_index=True)
    mentioned = models.ManyToManyField(Person, related_name="mentions", blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["record", "-id"], name="comments_of_a_record")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="comment_withdrawal_has_a_reason",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_comment_says_something"),
        ]

    @property
    def is_destroyed(self) -> bool:
        """Have its words been destroyed by a disposal decision? Then it cannot be restored."""
        return self.text == DESTROYED


def opaque_path(attachment: "Attachment", name: str) -> str:
    """Where a file is kept: a random name without ending, that says nothing of the file."""
    token = secrets.token_hex(16)
    return f"attachments/{token[:2]}/{token}"


class Attachment(models.Model):
    """A file that belongs to a record (bilaga), served as a download alone."""

    uid = models.CharField(max_length=12, unique=True, default=new_uid, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(_("namn"), max_length=NAME_LENGTH)
    type_key = models.CharField(max_length=10, help_text="Key of a core.file_types.FileType.")
    file = models.FileField(upload_to=opaque_path, max_length=120)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    author_key = models.CharField(max_length=36, db_index=True)
    attached_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="attachment_withdrawal_has_a_reason",
            )
        ]

    @property
    def type(self) -> FileType:
        return BY_KEY[self.type_key]

    @property
    def is_destroyed(self) -> bool:
        """Has it been destroyed by a disposal decision? Then it cannot be restored."""
        return self.name == DESTROYED and self.sha256 == ""


class ItemEvent(models.Model):
    """That an event of the log is the withdrawal, restoration or edit of this comment or file.

    The log names the record alone. Who withdrew it may restore it, a disposal finds the reasons of
    every withdrawal, and the history tells no words of a comment that is withdrawn. Like a notice
    it names the event by its number. `reason` stands with the restoration of what was withdrawn for
    a reason that the log does not tell to all who read the comment, or would tell to more.
    """

    event_id = models.BigIntegerField(unique=True, help_text="Number of the event in the log.")
    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, null=True, related_name="item_events"
    )
    attachment = models.ForeignKey(
        Attachment, on_delete=models.CASCADE, null=True, related_name="item_events"
    )
    reason = models.TextField(blank=True, help_text="Why it had been withdrawn.")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(comment__isnull=True, attachment__isnull=False)
                | Q(comment__isnull=False, attachment__isnull=True),
                name="an_event_is_of_a_comment_or_a_file",
            )
        ]
