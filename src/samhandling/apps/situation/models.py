"""Needs and challenges, the causes that are counted, places, and the workshops that found needs."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samhandling.apps.agreements.models import Agreement, FocusArea
from samhandling.apps.organisations.models import Actor
from samhandling.apps.records.choices import COMPLETENESS
from samhandling.apps.records.fields import PartialDateField
from samhandling.apps.records.models import Record, Recorded, RecordedQuerySet, RecordKind
from samhandling.core.knowledge import Completeness


class Sharing(models.TextChoices):
    """A draft is seen by its owner alone until shared on purpose (product.md, principle 13)."""

    DRAFT = "DRAFT", _("utkast")
    SUBMITTED = "SUBMITTED", _("väntar på godkännande")
    RETURNED = "RETURNED", _("återlämnad")
    SHARED = "SHARED", _("delad")


UNSHARED = (Sharing.DRAFT, Sharing.SUBMITTED, Sharing.RETURNED)


def sharing_constraints(name: str) -> list[models.BaseConstraint]:
    """What must hold of the columns that tell how far something is shared."""
    return [
        models.CheckConstraint(
            condition=(~Q(sharing="SHARED") & Q(shared_at__isnull=True))
            | Q(sharing="SHARED", shared_at__isnull=False),
            name=f"{name}_is_shared_at_a_time",
        ),
        models.CheckConstraint(
            condition=~Q(sharing="SUBMITTED") | Q(submitted_at__isnull=False),
            name=f"{name}_is_submitted_at_a_time",
        ),
        models.CheckConstraint(
            condition=(Q(sharing="RETURNED") & ~Q(return_reason=""))
            | (~Q(sharing="RETURNED") & Q(return_reason="")),
            name=f"{name}_is_returned_with_a_reason",
        ),
    ]


class Cause(models.Model):
    """A cause in the same words for all networks (orsak), so that causes can be counted."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("orsak"), max_length=120)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """Where something happens (plats), from the county down to a district."""

    class Kind(models.TextChoices):
        ABROAD = "ABROAD", _("utanför Sverige")
        COUNTY = "COUNTY", _("län")
        MUNICIPALITY = "MUNICIPALITY", _("kommun")
        LOCALITY = "LOCALITY", _("ort eller stadsdel")

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=15, choices=Kind)
    within = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="contains"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Need(Recorded):
    """A need or a challenge (behov eller utmaning); what it is is the record's title."""

    record_kind = RecordKind.NEED

    class Kind(models.TextChoices):
        NEED = "NEED", _("behov")
        RESOURCES = "RESOURCES", _("resurser")
        MANDATE = "MANDATE", _("mandat")
        CONTINUITY = "CONTINUITY", _("kontinuitet")
        STRATEGY = "STRATEGY", _("koppling till strategi")
        DEPENDENCY = "DEPENDENCY", _("beroende av andra")
        PARTICIPATION = "PARTICIPATION", _("deltagande")
        COMPETENCE = "COMPETENCE", _("kompetens")
        COVERAGE_GAP = "COVERAGE_GAP", _("täckningslucka")
        INFORMATION = "INFORMATION", _("information")
        ASSIGNMENT = "ASSIGNMENT", _("uppdrag")
        STEERING = "STEERING", _("styrning")
        KNOWLEDGE = "KNOWLEDGE", _("kunskap")
        CONCEPTS = "CONCEPTS", _("begrepp")
        RISK = "RISK", _("risk")
        UNKNOWN = "UNKNOWN", _("okänt slag")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="needs")
    kind = models.CharField(_("slag"), max_length=15, choices=Kind, default=Kind.UNKNOWN)
    subject = models.ForeignKey(
        Record,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="needs_told_of",
        help_text="Whose need it is or what it is told of: an actor, focus area or target group.",
    )
    focus_area = models.ForeignKey(
        FocusArea, null=True, blank=True, on_delete=models.PROTECT, related_name="needs"
    )
    owner = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="owned_needs"
    )
    description = models.TextField(_("beskrivning"), blank=True)
    sharing = models.CharField(max_length=10, choices=Sharing, default=Sharing.DRAFT)
    shared_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True, help_text="The latest time.")
    return_reason = models.TextField(blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = sharing_constraints("need")


class NeedsWorkshopSeries(Recorded):
    """Workshops where actors together named what was needed (behovsworkshoppar)."""

    record_kind = RecordKind.WORKSHOP_SERIES

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="workshop_series"
    )
    owner = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    when = PartialDateField()
    is_carried_out = models.BooleanField(null=True, help_text="Null when unknown.")
    participants = models.ManyToManyField(Actor, related_name="attended_workshops", blank=True)
    participants_state = models.CharField(
        max_length=15, choices=COMPLETENESS, default=Completeness.UNKNOWN
    )
    result = models.TextField(_("resultat"), blank=True)

    objects = RecordedQuerySet.as_manager()


class WorkshopTheme(models.Model):
    """One theme of a series of workshops, in the source's own word (tema)."""

    series = models.ForeignKey(NeedsWorkshopSeries, on_delete=models.CASCADE, related_name="themes")
    wording = models.CharField(max_length=120)
    focus_area = models.ForeignKey(
        FocusArea, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
