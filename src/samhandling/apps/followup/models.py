"""The yearly round: what networks told for a year, and the lessons and recommendations of it.

What is told for a year hangs on that year's round, so that filling in the next year leaves earlier
pages and reports as they were (ADR 0004).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samhandling.apps.agreements.models import Agreement, CollaborationLevel, FocusArea
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.organisations.models import Actor, CollaborationBody, Organisation
from samhandling.apps.records.choices import BASIS
from samhandling.apps.records.fields import PartialDateField
from samhandling.apps.records.models import Record, Recorded, RecordedQuerySet, RecordKind
from samhandling.apps.situation.models import Need


class FollowUpRound(Recorded):
    """One year's follow-up of an agreement (uppföljning)."""

    record_kind = RecordKind.ROUND

    class State(models.TextChoices):
        """How far the round has come, as it is told."""

        PLANNED = "PLANNED", _("planerad")
        COLLECTING = "COLLECTING", _("uppgifter samlas in")
        REVIEWING = "REVIEWING", _("granskas")
        CLOSED = "CLOSED", _("avslutad")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="rounds")
    year = models.PositiveSmallIntegerField()
    period = PartialDateField()
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    task_giver = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    carried_out_by = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="rounds"
    )
    next_step = models.TextField(blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "year"], name="one_round_a_year")
        ]


class MethodNote(Recorded):
    """How and why a round was made (metoduppgift); the title says it."""

    record_kind = RecordKind.METHOD_NOTE

    class Kind(models.TextChoices):
        ASSIGNMENT = "ASSIGNMENT", _("uppdrag")
        PURPOSE = "PURPOSE", _("syfte")
        METHOD = "METHOD", _("metod")
        ANALYSIS = "ANALYSIS", _("bearbetning")
        READERS = "READERS", _("läsare")
        PRESENTATION = "PRESENTATION", _("redovisning")

    round = models.ForeignKey(FollowUpRound, on_delete=models.PROTECT, related_name="method_notes")
    kind = models.CharField(max_length=15, choices=Kind)
    informants = models.PositiveSmallIntegerField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]


class ApproachFinding(Recorded):
    """How networks relate to the agreement (iakttagelse); its quantifier is as published."""

    record_kind = RecordKind.APPROACH_FINDING

    round = models.ForeignKey(
        FollowUpRound, on_delete=models.PROTECT, related_name="approach_findings"
    )
    share = models.CharField(max_length=60, blank=True)
    is_rule = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]


class NetworkReport(models.Model):
    """What one network told for one year (nätverkets årsredovisning)."""

    class Approach(models.TextChoices):
        ORDINARY_MANDATE = "ORDINARY_MANDATE", _("inom ordinarie uppdrag")
        SPECIAL_PLAN = "SPECIAL_PLAN", _("särskild handlingsplan")
        OWN_ASSIGNMENT = "OWN_ASSIGNMENT", _("eget uppdrag som bidrar")
        ACTIVE_WITH_TARGET_GROUP = "ACTIVE_WITH_TARGET_GROUP", _("aktivt med målgruppen")
        UNKNOWN = "UNKNOWN", _("okänt")

    class AddedValue(models.TextChoices):
        GAVE = "GAVE", _("gav mervärde")
        NOTHING_BEYOND_INVENTORY = "NOTHING_BEYOND_INVENTORY", _("inget utöver inventering")
        NONE = "NONE", _("inget mervärde")
        UNKNOWN = "UNKNOWN", _("okänt")

    round = models.ForeignKey(
        FollowUpRound, on_delete=models.PROTECT, related_name="network_reports"
    )
    body = models.ForeignKey(CollaborationBody, on_delete=models.PROTECT, related_name="reports")
    focus_area = models.ForeignKey(
        FocusArea, null=True, blank=True, on_delete=models.PROTECT, related_name="network_reports"
    )
    order = models.PositiveSmallIntegerField(default=0)
    approach = models.CharField(max_length=30, choices=Approach, default=Approach.UNKNOWN)
    approach_basis = models.CharField(max_length=10, choices=BASIS, blank=True)
    approach_text = models.TextField(blank=True)
    added_value = models.CharField(max_length=30, choices=AddedValue, default=AddedValue.UNKNOWN)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "body"], name="one_report_a_body_and_round")
        ]


class NetworkStatement(models.Model):
    """One thing a network's report says (uppgift ur redovisningen), and who said it."""

    class Kind(models.TextChoices):
        ASSESSMENT = "ASSESSMENT", _("bedömning av samverkan")
        ADDED_VALUE = "ADDED_VALUE", _("mervärde")
        REDUNDANCY = "REDUNDANCY", _("varför överenskommelsen upplevs överflödig")
        POSITIVE_EFFECT = "POSITIVE_EFFECT", _("god effekt")
        MEETINGS = "MEETINGS", _("möten")
        STRENGTH = "STRENGTH", _("styrka")
        PLAN = "PLAN", _("om planen")

    report = models.ForeignKey(NetworkReport, on_delete=models.CASCADE, related_name="statements")
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField()
    said_by = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]


class NetworkReportLevel(models.Model):
    """A level of cooperation a network told of for a year (nivå för nätverket som helhet)."""

    report = models.ForeignKey(NetworkReport, on_delete=models.CASCADE, related_name="levels")
    level = models.ForeignKey(
        CollaborationLevel, on_delete=models.PROTECT, related_name="network_levels"
    )
    basis = models.CharField(max_length=10, choices=BASIS)
    is_planned = models.BooleanField(default=False, help_text="Planned for the year after.")

    class Meta:
        ordering = ["level__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "level", "is_planned"], name="one_row_per_network_level"
            )
        ]


class ReportedNeed(models.Model):
    """A need or challenge as a network told it for a year."""

    report = models.ForeignKey(NetworkReport, on_delete=models.CASCADE, related_name="needs")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="reported_by")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "need"], name="one_row_per_reported_need")
        ]


class PlannedInitiative(models.Model):
    """An initiative a network means to do the year after (nästa års plan)."""

    report = models.ForeignKey(NetworkReport, on_delete=models.CASCADE, related_name="plans")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="planned_by")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "initiative"], name="one_row_per_planned_initiative"
            )
        ]


class InitiativeReport(models.Model):
    """What was told of an initiative for a year, by a network or, without one, by the round."""

    round = models.ForeignKey(
        FollowUpRound, on_delete=models.PROTECT, related_name="initiative_reports"
    )
    network_report = models.ForeignKey(
        NetworkReport,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="initiative_reports",
    )
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="reports")
    told = models.TextField(_("vad som berättas"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["network_report", "initiative"], name="told_once_a_network_report"
            )
        ]


class Lesson(Recorded):
    """What the round taught (lärdom), with its good and bad sides and its evidence."""

    record_kind = RecordKind.LESSON

    round = models.ForeignKey(FollowUpRound, on_delete=models.PROTECT, related_name="lessons")
    number = models.PositiveSmallIntegerField()
    good_example = models.TextField(blank=True)
    good_example_in = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="exemplifies"
    )
    evidence = models.ManyToManyField(Record, through="LessonEvidence", related_name="proves")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="one_lesson_per_number")
        ]


class LessonPoint(models.Model):
    """One side of a lesson: what helped, what hindered, or an argument (punkt)."""

    class Sign(models.TextChoices):
        PLUS = "PLUS", _("styrka")
        MINUS = "MINUS", _("svaghet")
        ARGUMENT = "ARGUMENT", _("skäl")

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="points")
    sign = models.CharField(max_length=10, choices=Sign)
    text = models.TextField()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]


class LessonEvidence(models.Model):
    """A record a lesson rests on (underlag)."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="evidence_links")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="lesson_links")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "record"], name="one_row_per_evidence")
        ]


class Recommendation(Recorded):
    """What should be done (rekommendation); the title says it."""

    record_kind = RecordKind.RECOMMENDATION

    round = models.ForeignKey(
        FollowUpRound, on_delete=models.PROTECT, related_name="recommendations"
    )
    lesson = models.ForeignKey(
        Lesson, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations"
    )
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    applies_to = models.CharField(_("gäller"), max_length=200, blank=True)
    addressee = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations"
    )
    adopted_in = models.ForeignKey(
        Agreement,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meets_recommendations",
    )
    origin = models.ForeignKey(
        Record, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations"
    )
    order = models.PositiveSmallIntegerField(default=0)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]


class RecommendationResponse(models.Model):
    """What somebody answered to a recommendation (svar), with the reason."""

    class Answer(models.TextChoices):
        ACCEPTED = "ACCEPTED", _("antas")
        PARTLY = "PARTLY", _("antas delvis")
        REJECTED = "REJECTED", _("avvisas")

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="responses"
    )
    answer = models.CharField(_("svar"), max_length=10, choices=Answer)
    reason = models.TextField(_("skäl"))
    given_by = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    when = PartialDateField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="an_answer_has_a_reason")
        ]
