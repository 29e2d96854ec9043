"""Money: who pays whom through which instrument, and what has become of the application."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samhandling.apps.initiatives.models.initiative import Initiative
from samhandling.apps.organisations.models import Actor, CollaborationBody
from samhandling.apps.records.fields import PartialDateField
from samhandling.apps.records.models import Recorded, RecordedQuerySet, RecordKind
from samhandling.apps.situation.models import Need

UNNAMED = "Finansiering"  # a title is content, and content is Swedish whoever writes it


class Funding(Recorded):
    """Money for initiatives or needs (finansiering). The amount may be unknown (null)."""

    record_kind = RecordKind.FUNDING

    class State(models.TextChoices):
        PREPARED = "PREPARED", _("ansökan förbereds")
        SOUGHT = "SOUGHT", _("söks")
        GRANTED = "GRANTED", _("beviljad")
        IN_USE = "IN_USE", _("används")
        REFUSED = "REFUSED", _("avslag")
        ENDED = "ENDED", _("slut")
        UNKNOWN = "UNKNOWN", _("okänt läge")

    funder = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="funds"
    )
    recipient = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="receives_funds"
    )
    instrument = models.CharField(_("bidrag eller stöd"), max_length=120, blank=True)
    amount_sek = models.DecimalField(
        _("belopp i kronor"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    state = models.CharField(_("läge"), max_length=10, choices=State, default=State.UNKNOWN)
    ends = PartialDateField()
    initiatives = models.ManyToManyField(Initiative, related_name="funding", blank=True)
    needs = models.ManyToManyField(Need, related_name="funding", blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_sek__isnull=True) | Q(amount_sek__gte=0),
                name="amount_is_not_negative",
            )
        ]

    @staticmethod
    def title_without_name(instrument: str, funder: Actor | None) -> str:
        """What money is called where nobody gives it a name of its own."""
        return instrument or (funder.title if funder is not None else UNNAMED)

    @property
    def given_name(self) -> str:
        """The name somebody gave; empty where it is called by its funder or by nothing."""
        called_by = {UNNAMED, self.funder.title} if self.funder is not None else {UNNAMED}
        return "" if self.title in called_by else self.title


class FundingEvent(models.Model):
    """That money was sought, granted or put to use (händelse), told for one follow-up year."""

    funding = models.ForeignKey(Funding, on_delete=models.CASCADE, related_name="events")
    state = models.CharField(max_length=10, choices=Funding.State)
    when = PartialDateField()
    told_for_year = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["told_for_year", "pk"]


class FundingPath(models.Model):
    """A way a network finds money (finansieringsväg), in the source's own words."""

    body = models.ForeignKey(
        CollaborationBody, on_delete=models.CASCADE, related_name="funding_paths"
    )
    wording = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
