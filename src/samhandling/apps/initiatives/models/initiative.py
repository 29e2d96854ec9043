"""The initiative: who does what with whom, for whom and where."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from samhandling.apps.agreements.models import Agreement, CollaborationLevel, FocusArea
from samhandling.apps.organisations.models import Actor, CollaborationBody
from samhandling.apps.records.choices import BASIS, COMPLETENESS
from samhandling.apps.records.fields import PartialDateField
from samhandling.apps.records.models import Recorded, RecordedQuerySet, RecordKind
from samhandling.apps.situation.models import (
    UNSHARED,
    Need,
    Place,
    Sharing,
    sharing_constraints,
)
from samhandling.core.knowledge import Completeness


class Initiative(Recorded):
    """Something the parties do or mean to do together (insats). Almost all of it may be unknown.

    A part or a step is an initiative with a parent. `status` repeats the latest status event and is
    written by the service that writes the event, so that lists can filter by it.
    """

    record_kind = RecordKind.INITIATIVE

    class PartKind(models.TextChoices):
        WHOLE = "WHOLE", _("hel insats")
        STEP = "STEP", _("steg")
        PART = "PART", _("del")

    class Answer(models.TextChoices):
        YES = "YES", _("ja")
        PARTLY = "PARTLY", _("delvis")
        NO = "NO", _("nej")
        UNKNOWN = "UNKNOWN", _("okänt")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="initiatives")
    focus_area = models.ForeignKey(
        FocusArea, null=True, blank=True, on_delete=models.PROTECT, related_name="initiatives"
    )
    network = models.ForeignKey(
        CollaborationBody,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="initiatives",
    )
    has_no_network = models.BooleanField(
        default=False, help_text="Known that no network answers for it; otherwise unknown."
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    part_kind = models.CharField(max_length=10, choices=PartKind, default=PartKind.WHOLE)
    order = models.PositiveIntegerField(default=0)
    owner = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="owned_initiatives"
    )
    partners_state = models.CharField(
        max_length=15, choices=COMPLETENESS, default=Completeness.UNKNOWN
    )
    funding_state = models.CharField(
        max_length=15, choices=COMPLETENESS, default=Completeness.UNKNOWN
    )
    results_state = models.CharField(
        max_length=15, choices=COMPLETENESS, default=Completeness.UNKNOWN
    )
    status = models.CharField(max_length=20, default="UNKNOWN", db_index=True)
    when = PartialDateField()
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    purpose = models.TextField(_("syfte"), blank=True)
    content = models.TextField(_("innehåll"), blank=True)
    summary = models.TextField(_("vad som hänt"), blank=True)
    result = models.TextField(_("resultat"), blank=True)
    next_step = models.TextField(_("nästa steg"), blank=True)
    target_group = models.TextField(_("målgrupp"), blank=True)
    beneficiary = models.TextField(_("vem det ytterst är till för"), blank=True)
    scope = models.TextField(_("omfattning"), blank=True)
    method = models.TextField(_("arbetssätt eller modell"), blank=True)
    dependency = models.TextField(_("beroende av andra"), blank=True)
    obstacle = models.TextField(_("hinder"), blank=True)
    positive_effect = models.TextField(_("oväntad god effekt"), blank=True)
    is_conditional = models.BooleanField(null=True, help_text="Null when unknown.")
    would_happen_anyway = models.CharField(
        _("hade det hänt ändå?"), max_length=10, choices=Answer, default=Answer.UNKNOWN
    )
    places = models.ManyToManyField(Place, related_name="initiatives", blank=True)
    sharing = models.CharField(max_length=10, choices=Sharing, default=Sharing.DRAFT)
    shared_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True, help_text="The latest time.")
    return_reason = models.TextField(blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["agreement", "status"]),
            models.Index(fields=["agreement", "parent"]),
            models.Index(fields=["agreement", "order"]),
            # The list's own order: a whole and its parts together (listing.TREE_ORDER).
            models.Index(
                F("agreement"), Coalesce("parent", "record"), name="initiative_tree_order"
            ),
            models.Index(
                fields=["owner"],
                condition=Q(sharing__in=UNSHARED),
                name="initiative_unshared_by_owner",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(has_no_network=False) | Q(network__isnull=True),
                name="no_network_excludes_a_network",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, part_kind="WHOLE")
                | (Q(parent__isnull=False) & ~Q(part_kind="WHOLE")),
                name="a_part_has_a_parent",
            ),
            *sharing_constraints("initiative"),
        ]


class InitiativeActor(models.Model):
    """An actor's part in an initiative beside the owner's (medverkan)."""

    class Role(models.TextChoices):
        PARTNER = "PARTNER", _("medverkar")
        PARTICIPANT = "PARTICIPANT", _("deltar")
        COMMISSIONER = "COMMISSIONER", _("uppdragsgivare")
        STEERING_GROUP = "STEERING_GROUP", _("styrgrupp")
        WORKING_GROUP = "WORKING_GROUP", _("arbetsgrupp")
        COOPERATING_NETWORK = "COOPERATING_NETWORK", _("samverkande nätverk")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="actors")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="initiative_roles")
    role = models.CharField(max_length=20, choices=Role, default=Role.PARTNER)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "actor", "role"], name="one_row_per_actor_and_role"
            )
        ]


class InitiativeLevel(models.Model):
    """A cooperation level of an initiative or step (samverkansnivå), with its basis."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="levels")
    level = models.ForeignKey(
        CollaborationLevel, on_delete=models.PROTECT, related_name="initiative_levels"
    )
    basis = models.CharField(max_length=10, choices=BASIS)

    class Meta:
        ordering = ["level__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "level"], name="one_row_per_initiative_level"
            )
        ]


class InitiativeLanguage(models.Model):
    """A language an initiative is given in (språk), as ISO 639 code."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(max_length=8)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "code"], name="one_row_per_language")
        ]


class InitiativeNeed(models.Model):
    """That an initiative meets a need (behov som möts)."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="need_links")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="initiative_links")
    is_theme = models.BooleanField(
        default=False, help_text="The need is the theme under which the network tells of it."
    )
    basis = models.CharField(max_length=10, choices=BASIS, default="STATED")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "need"], name="one_row_per_need_met")
        ]


class LiveResults(models.Manager["ExpectedResult"]):
    """Those that are not withdrawn."""

    def get_queryset(self) -> models.QuerySet["ExpectedResult"]:
        """What every page and count sees."""
        return super().get_queryset().filter(withdrawn_at__isnull=True)


class ExpectedResult(models.Model):
    """What an initiative is to lead to and how it shows (förväntat resultat och indikator).

    It is read through `objects`, which leaves out the withdrawn; they are in `all_rows`.
    """

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="expected_results"
    )
    text = models.TextField(_("förväntat resultat"))
    indicator = models.TextField(_("indikator"), blank=True)
    baseline = models.CharField(_("utgångsläge"), max_length=120, blank=True)
    target = models.CharField(_("målvärde"), max_length=120, blank=True)
    actual = models.CharField(_("utfall"), max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    objects = LiveResults()
    all_rows = models.Manager["ExpectedResult"]()

    class Meta:
        verbose_name = _("förväntat resultat")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                name="withdrawn_result_has_a_reason",
            )
        ]
