"""Focus areas, who answers for them, and where nobody does."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling.apps.agreements.models.agreement import Agreement
from samhandling.apps.organisations.models import Actor, CollaborationBody
from samhandling.apps.records.choices import BASIS
from samhandling.apps.records.fields import PartialDateField
from samhandling.apps.records.models import Record, Recorded, RecordedQuerySet, RecordKind


class FocusArea(Recorded):
    """An area of work of an agreement (insatsområde), or a sub-area of one (delområde)."""

    record_kind = RecordKind.FOCUS_AREA

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="focus_areas")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="sub_areas"
    )
    code = models.CharField(_("kod"), max_length=8)
    colour = models.PositiveSmallIntegerField(default=1, help_text="1–6, index into the palette.")
    order = models.PositiveSmallIntegerField(default=0)
    note = models.TextField(blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "code"], name="one_focus_area_per_code")
        ]


class NetworkAssignment(models.Model):
    """That an agreement's plan was handed to a body (uppdrag till nätverk)."""

    class Scope(models.TextChoices):
        INSIDE = "INSIDE", _("ingår")
        OUTSIDE = "OUTSIDE", _("utanför överenskommelsen")
        UNKNOWN = "UNKNOWN", _("okänt")

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="network_assignments"
    )
    body = models.ForeignKey(
        CollaborationBody, on_delete=models.PROTECT, related_name="assignments"
    )
    is_counted = models.BooleanField(
        default=True, help_text="One of the published number of networks."
    )
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.INSIDE)
    scope_note = models.TextField(blank=True)
    position = models.TextField(_("ståndpunkt"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "body"], name="one_assignment_per_body")
        ]


class AreaResponsibility(models.Model):
    """That a body answers for a focus area or sub-area, for a period (ansvarigt nätverk)."""

    focus_area = models.ForeignKey(
        FocusArea, on_delete=models.PROTECT, related_name="responsibilities"
    )
    body = models.ForeignKey(
        CollaborationBody, on_delete=models.PROTECT, related_name="responsible_for"
    )
    sub_area = models.ForeignKey(
        FocusArea, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    order = models.PositiveSmallIntegerField(default=0)
    valid_from = PartialDateField()
    valid_until = PartialDateField()

    class Meta:
        ordering = ["order", "pk"]


class CoverageGap(Recorded):
    """A question that no body answers for (täckningslucka), and since when."""

    record_kind = RecordKind.COVERAGE_GAP

    focus_area = models.ForeignKey(
        FocusArea, on_delete=models.PROTECT, related_name="coverage_gaps"
    )
    since = PartialDateField()
    until = PartialDateField()
    caused_by = models.ForeignKey(
        CollaborationBody,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="left_gaps",
    )
    cause = models.TextField(blank=True)
    note = models.TextField(blank=True)

    objects = RecordedQuerySet.as_manager()


class CoverageGapHandling(models.Model):
    """Where a gap's questions are dealt with meanwhile (hanteras under tiden)."""

    class Extent(models.TextChoices):
        PARTLY = "PARTLY", _("delvis")
        FULLY = "FULLY", _("helt")

    gap = models.ForeignKey(CoverageGap, on_delete=models.CASCADE, related_name="handlings")
    body = models.ForeignKey(CollaborationBody, on_delete=models.PROTECT, related_name="handles")
    extent = models.CharField(max_length=10, choices=Extent)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["gap", "body"], name="one_handling_per_body")
        ]


class RecordFocusArea(models.Model):
    """That a record without a focus area of its own concerns one (berör insatsområde)."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="focus_area_links")
    focus_area = models.ForeignKey(FocusArea, on_delete=models.PROTECT, related_name="record_links")
    body = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    basis = models.CharField(max_length=10, choices=BASIS, default="STATED")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "focus_area"], name="one_link_per_area")
        ]
