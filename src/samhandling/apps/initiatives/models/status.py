"""What has become of an initiative: dated status events, any to any, and their causes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samhandling.apps.initiatives.models.initiative import Initiative
from samhandling.apps.records.choices import BASIS
from samhandling.apps.records.fields import PartialDateField
from samhandling.apps.situation.models import Cause


class Status(models.TextChoices):
    """Status of an initiative. States of money are told by its funding, not here."""

    PROPOSED = "PROPOSED", _("Föreslagen")
    UNDER_DISCUSSION = "UNDER_DISCUSSION", _("Diskuteras")
    CONDITIONAL = "CONDITIONAL", _("Villkorad")
    PLANNED = "PLANNED", _("Planerad")
    ONGOING = "ONGOING", _("Pågående")
    PAUSED = "PAUSED", _("Pausad")
    RESUMED = "RESUMED", _("Återupptagen")
    POSTPONED = "POSTPONED", _("Uppskjuten")
    PARTLY_DONE = "PARTLY_DONE", _("Delvis genomförd")
    DONE = "DONE", _("Genomförd")
    NOT_CARRIED_OUT = "NOT_CARRIED_OUT", _("Ej verkställd")
    CLOSED = "CLOSED", _("Avslutad")
    ORDINARY_OPERATIONS = "ORDINARY_OPERATIONS", _("Nu ordinarie verksamhet")
    UNKNOWN = "UNKNOWN", _("Okänt")


# What counts as moved, paused or stopped in the postponement register (capability 40).
DEVIATIONS = frozenset(
    {Status.PAUSED, Status.POSTPONED, Status.NOT_CARRIED_OUT, Status.CLOSED, Status.RESUMED}
)


class StatusEvent(models.Model):
    """That an initiative got a status (statushändelse), told for one follow-up year."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="status_events"
    )
    status = models.CharField(max_length=20, choices=Status)
    basis = models.CharField(max_length=10, choices=BASIS, default="STATED")
    inferred_status = models.CharField(
        max_length=20, choices=Status, blank=True, help_text="A reading the source does not state."
    )
    told_for_year = models.PositiveSmallIntegerField(db_index=True)
    when = PartialDateField()
    postponed_to = PartialDateField()
    reason = models.TextField(_("vad som hände"), blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["told_for_year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(postponed_to_precision="") | Q(status__in=["POSTPONED", "PAUSED"]),
                name="only_the_postponed_has_a_new_date",
            )
        ]


class InitiativeCause(models.Model):
    """What drove an initiative, or what made it deviate (orsak)."""

    class Kind(models.TextChoices):
        DROVE = "DROVE", _("drev fram insatsen")
        MADE_DEVIATE = "MADE_DEVIATE", _("gjorde att den avvek")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="causes")
    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="initiative_causes")
    kind = models.CharField(max_length=15, choices=Kind)
    event = models.ForeignKey(
        StatusEvent, null=True, blank=True, on_delete=models.CASCADE, related_name="causes"
    )
    basis = models.CharField(max_length=10, choices=BASIS, default="STATED")
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="DROVE", event__isnull=True)
                | Q(kind="MADE_DEVIATE", event__isnull=False),
                name="a_deviation_has_its_event",
            )
        ]
