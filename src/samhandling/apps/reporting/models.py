"""Reports: what people write, and editions that never change once the council has received them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samhandling.apps.accounts.models import Person
from samhandling.apps.followup.models import FollowUpRound
from samhandling.apps.records.models import Recorded, RecordedQuerySet, RecordKind


class Report(Recorded):
    """A report of a round (rapport), made from an outline that is data."""

    record_kind = RecordKind.REPORT

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("utkast")
        IN_REVIEW = "IN_REVIEW", _("granskas")
        SENT = "SENT", _("skickad till rådet")
        RECEIVED = "RECEIVED", _("mottagen och fryst")

    round = models.ForeignKey(
        FollowUpRound, on_delete=models.PROTECT, related_name="written_reports"
    )
    outline = models.SlugField(max_length=60, help_text="File name in data/outlines, no ending.")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    subtitle = models.CharField(max_length=200, blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "outline"], name="one_report_per_outline")
        ]


class ReportStateChange(models.Model):
    """When a report moved on or was returned, and why (statusändring)."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="state_changes")
    state = models.CharField(max_length=10, choices=Report.State)
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(blank=True)
    actor_key = models.CharField(max_length=36)

    class Meta:
        ordering = ["pk"]


class ReportSection(models.Model):
    """The written text of one section (avsnitt), in the small Markdown of `core.narrative`."""

    class State(models.TextChoices):
        NOT_STARTED = "NOT_STARTED", _("ej påbörjat")
        STARTED = "STARTED", _("påbörjat")
        WRITTEN = "WRITTEN", _("skrivet")
        RETURNED = "RETURNED", _("återsänt")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=120, help_text="The section's key in the outline.")
    text = models.TextField(blank=True)
    owner = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="report_sections"
    )
    deadline = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=15, choices=State, default=State.NOT_STARTED)
    returned_reason = models.TextField(blank=True)
    author_key = models.CharField(max_length=36, blank=True)
    author_name = models.CharField(max_length=200, blank=True)
    taken_over_digest = models.CharField(
        max_length=64,
        blank=True,
        help_text="Set when the text stands in for what was drawn: the drawn text's SHA-256 then.",
    )
    taken_over_uids = models.JSONField(
        default=list, blank=True, help_text="Uids of the records behind the text taken over."
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="one_text_per_section"),
            models.CheckConstraint(
                condition=~Q(state="RETURNED") | ~Q(returned_reason=""),
                name="a_returned_section_has_a_reason",
            ),
        ]


class FrozenEdition(models.Model):
    """A report as the council received it (fryst utgåva); a correction is a new edition."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    frozen_at = models.DateTimeField(auto_now_add=True)
    model = models.JSONField(help_text="The report model, see core.report_storage.to_json.")
    model_sha256 = models.CharField(max_length=64)
    data_version = models.CharField(max_length=64, help_text="Id of the last audit event included.")
    change_note = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="one_edition_per_number"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(change_note=""),
                name="a_later_edition_says_what_changed",
            ),
        ]


class FrozenFile(models.Model):
    """One file of a frozen edition, byte by byte (fryst fil)."""

    edition = models.ForeignKey(FrozenEdition, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=5)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["format"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "format"], name="one_file_per_format")
        ]
