"""The agreement itself: when it holds, what it says, who has joined and how it relates."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samhandling.apps.organisations.models import Actor, CollaborationBody, Organisation
from samhandling.apps.records.choices import COMPLETENESS
from samhandling.apps.records.fields import PartialDateField
from samhandling.apps.records.models import Recorded, RecordedQuerySet, RecordKind
from samhandling.core.knowledge import Completeness


class Agreement(Recorded):
    """A cooperation agreement (överenskommelse). Any of its fields may be unknown."""

    record_kind = RecordKind.AGREEMENT

    slug = models.SlugField(max_length=30, unique=True)
    short_name = models.CharField(_("kort namn"), max_length=80)
    focus_area_term = models.CharField(
        _("vad områdena kallas"), max_length=40, help_text="insatsområde or samverkansområde"
    )
    purpose = models.TextField(_("syfte"), blank=True)
    focus = models.TextField(_("fokus"), blank=True)
    adopted = PartialDateField()
    adopted_at = models.CharField(_("antagen vid"), max_length=200, blank=True)
    valid_from = PartialDateField()
    valid_until = PartialDateField()
    decided_by = models.ForeignKey(
        CollaborationBody, null=True, blank=True, on_delete=models.PROTECT, related_name="decided"
    )
    ordered_by = models.ForeignKey(
        CollaborationBody, null=True, blank=True, on_delete=models.PROTECT, related_name="ordered"
    )
    coordinated_by = models.ForeignKey(
        CollaborationBody,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="coordinated_agreements",
    )
    followed_up_by = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="follows_up"
    )
    prioritised_by = models.ForeignKey(
        CollaborationBody,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="priorities",
    )
    parties_state = models.CharField(
        max_length=15, choices=COMPLETENESS, default=Completeness.UNKNOWN
    )
    signatures_state = models.CharField(
        max_length=15, choices=COMPLETENESS, default=Completeness.UNKNOWN
    )
    wants_approval = models.BooleanField(
        default=False,
        help_text="What is to be shared is submitted and approved first; else its owner shares.",
    )
    goals_state = models.CharField(
        max_length=15, choices=COMPLETENESS, default=Completeness.UNKNOWN
    )

    objects = RecordedQuerySet.as_manager()


class Goal(Recorded):
    """A goal of an agreement (mål); its wording is the record's title."""

    record_kind = RecordKind.GOAL

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="goals")
    is_overall = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]


class AgreementClause(Recorded):
    """A passage of an agreement in our own words (avsnitt); its heading or gist is the title."""

    record_kind = RecordKind.CLAUSE

    class Kind(models.TextChoices):
        HEADING = "HEADING", _("rubrik")
        RATIONALE = "RATIONALE", _("skäl")
        RISK_NOTE = "RISK_NOTE", _("risker")
        LEVEL_OF_WORK = "LEVEL_OF_WORK", _("på vilken nivå arbetet sker")
        AUTONOMY = "AUTONOMY", _("parternas frihet")
        ADAPTATION = "ADAPTATION", _("lokal anpassning")
        REPORTING = "REPORTING", _("rapportering")
        PREREQUISITE = "PREREQUISITE", _("förutsättning")
        LEVEL_RULE = "LEVEL_RULE", _("om samverkansnivåerna")
        CRITERIA_NOTE = "CRITERIA_NOTE", _("om områdeskriterierna")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="clauses")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    kind = models.CharField(max_length=15, choices=Kind)
    order = models.PositiveSmallIntegerField(default=0)
    is_paraphrase = models.BooleanField(default=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]


class AgreementLineage(models.Model):
    """What came or may come before and after an agreement (föregångare och efterföljare)."""

    class Kind(models.TextChoices):
        REPLACES = "REPLACES", _("ersätter")
        EXTENDS = "EXTENDS", _("förlänger")
        MERGES = "MERGES", _("slår ihop")
        ENDED_BY_WITHDRAWAL = "ENDED_BY_WITHDRAWAL", _("upphör genom utträde")

    class State(models.TextChoices):
        POSSIBLE = "POSSIBLE", _("möjligt")
        DECIDED = "DECIDED", _("beslutat")

    earlier = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="successions")
    later = models.ForeignKey(
        Agreement,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="origins",
        help_text="Empty while the later agreement does not exist.",
    )
    kind = models.CharField(max_length=20, choices=Kind)
    state = models.CharField(max_length=10, choices=State)
    reason = models.TextField(blank=True)
    when = PartialDateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="POSSIBLE")
                | Q(later__isnull=False)
                | Q(kind="ENDED_BY_WITHDRAWAL"),
                name="decided_lineage_names_the_later",
            )
        ]


class Party(models.Model):
    """An actor's accession to an agreement, with its own decision (part).

    The party may be an organisation, a cluster or a category; another actor may represent it.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parties")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="accessions")
    represented_by = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="represents"
    )
    decided_by = models.CharField(_("beslutande organ"), max_length=200, blank=True)
    decision_reference = models.CharField(_("paragraf och ärende"), max_length=100, blank=True)
    decided_on = PartialDateField()
    signed_on = PartialDateField()
    joined_on = PartialDateField()
    withdrew_on = PartialDateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "actor"], name="one_accession_per_actor")
        ]


class SteeringDocument(models.Model):
    """A strategy or other steering document outside the agreement (styrdokument)."""

    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.name


class StrategyRelation(models.Model):
    """How an agreement relates to a steering document (förhållande till annan strategi)."""

    class Kind(models.TextChoices):
        ALIGNED = "ALIGNED", _("i linje med")
        UNCLEAR = "UNCLEAR", _("oklart")
        TO_SPREAD = "TO_SPREAD", _("ska spridas och genomföras")

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="strategy_relations"
    )
    document = models.ForeignKey(
        SteeringDocument, on_delete=models.PROTECT, related_name="relations"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField(blank=True)
    part = models.CharField(_("vilken del"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
