"""What an agreement lists: target groups, boundaries, definitions, levels, commitments."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samhandling.apps.agreements.models.agreement import Agreement
from samhandling.apps.organisations.models import CollaborationBody
from samhandling.apps.records.models import Record, Recorded, RecordedQuerySet, RecordKind


class Definition(Recorded):
    """What a word means in an agreement (definition); the word is the record's title."""

    record_kind = RecordKind.DEFINITION

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="definitions")
    text = models.TextField()
    is_umbrella = models.BooleanField(default=False, help_text="The word used for all of them.")
    years_min = models.PositiveSmallIntegerField(null=True, blank=True)
    years_max = models.PositiveSmallIntegerField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]


class TargetGroup(Recorded):
    """Whom an agreement is for (målgrupp)."""

    record_kind = RecordKind.TARGET_GROUP

    class Qualifier(models.TextChoices):
        NONE = "NONE", _("ingen")
        GEOGRAPHIC = "GEOGRAPHIC", _("geografisk")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="target_groups")
    is_primary = models.BooleanField(default=False)
    qualifier = models.CharField(max_length=10, choices=Qualifier, default=Qualifier.NONE)
    definition = models.ForeignKey(
        Definition, null=True, blank=True, on_delete=models.PROTECT, related_name="target_groups"
    )
    included_by_definition = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]


class ScopeBoundary(Recorded):
    """What lies inside or outside (avgränsning); the title says it."""

    record_kind = RecordKind.SCOPE_BOUNDARY

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="scope_boundaries"
    )
    concerns = models.ForeignKey(
        Record,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="scope_boundaries",
        help_text="What it limits, where that is not the agreement itself.",
    )
    is_excluded = models.BooleanField(default=False)
    proposal = models.TextField(_("förslag"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]


class CollaborationLevel(Recorded):
    """A level of cooperation (samverkansnivå). Ordered for display, never scored.

    Source of the rule: seed004, Avgränsning; no level is better than another.
    """

    record_kind = RecordKind.LEVEL

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="levels")
    key = models.SlugField(max_length=40)
    label = models.CharField(max_length=60, help_text='The agreement\'s own word: "basnivå".')
    order = models.PositiveSmallIntegerField()

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "key"], name="one_level_per_key")
        ]


class Commitment(Recorded):
    """What the parties promise (åtagande); the promise is the record's title."""

    record_kind = RecordKind.COMMITMENT

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="commitments")
    order = models.PositiveSmallIntegerField()

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["order"]


class JointActivity(Recorded):
    """A way of working together that an agreement lists (gemensam aktivitet)."""

    record_kind = RecordKind.JOINT_ACTIVITY

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="joint_activities"
    )
    order = models.PositiveSmallIntegerField()

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["order"]


class AreaCriterion(Recorded):
    """One of the indicators that define a vulnerable area (områdeskriterium); title: its name.

    Source of the rule: seed000, Gemensamma insatsområden; against the average of the country.
    """

    record_kind = RecordKind.AREA_CRITERION

    class Direction(models.TextChoices):
        BELOW = "BELOW", _("under riksgenomsnittet")
        ABOVE = "ABOVE", _("över riksgenomsnittet")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="area_criteria")
    direction = models.CharField(max_length=5, choices=Direction)
    order = models.PositiveSmallIntegerField()

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["order"]


class GovernanceLink(Recorded):
    """One link of decide → coordinate → carry out (styrkedjan); the title says what is done."""

    record_kind = RecordKind.GOVERNANCE_LINK

    class Step(models.TextChoices):
        DECIDE = "DECIDE", _("beslut")
        COORDINATE = "COORDINATE", _("koordinering")
        CARRY_OUT = "CARRY_OUT", _("genomförande")

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="governance_links"
    )
    step = models.CharField(max_length=10, choices=Step)
    body = models.ForeignKey(
        CollaborationBody, on_delete=models.PROTECT, related_name="governance_links"
    )
    order = models.PositiveSmallIntegerField()

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(condition=Q(order__gte=1), name="governance_starts_at_one")
        ]
