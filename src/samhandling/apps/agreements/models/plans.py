"""Plans, and proposals to change who does what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samhandling.apps.agreements.models.agreement import Agreement
from samhandling.apps.agreements.models.areas import FocusArea
from samhandling.apps.organisations.models import Actor, CollaborationBody
from samhandling.apps.records.fields import PartialDateField
from samhandling.apps.records.models import Record, Recorded, RecordedQuerySet, RecordKind


class CollaborationPlan(Recorded):
    """A plan of an agreement or a network (plan), versioned apart from the agreement."""

    record_kind = RecordKind.PLAN

    class Kind(models.TextChoices):
        ANNEX = "ANNEX", _("bilaga till överenskommelsen")
        ACTION_PLAN = "ACTION_PLAN", _("handlingsplan")
        OPERATIONAL_PLAN = "OPERATIONAL_PLAN", _("verksamhetsplan")
        INTERNAL_AGREEMENT = "INTERNAL_AGREEMENT", _("intern överenskommelse")

    kind = models.CharField(max_length=20, choices=Kind)
    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="plans"
    )
    owner = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="owned_plans"
    )
    network = models.ForeignKey(
        CollaborationBody, null=True, blank=True, on_delete=models.PROTECT, related_name="plans"
    )
    focus_area = models.ForeignKey(
        FocusArea, null=True, blank=True, on_delete=models.PROTECT, related_name="plans"
    )
    regulates = models.ForeignKey(
        Record, null=True, blank=True, on_delete=models.PROTECT, related_name="regulated_by"
    )
    adopted = PartialDateField()
    is_living = models.BooleanField(
        null=True, help_text="Changed as needs change; null when unknown."
    )
    content_available = models.BooleanField(null=True, help_text="Null when unknown.")
    describes = models.TextField(blank=True)
    note = models.TextField(blank=True)

    objects = RecordedQuerySet.as_manager()


class StructureProposal(Recorded):
    """A proposal of who should do what (strukturförslag), decided or not."""

    record_kind = RecordKind.STRUCTURE_PROPOSAL

    class State(models.TextChoices):
        PROPOSED = "PROPOSED", _("föreslagen")
        DECIDED = "DECIDED", _("beslutad")
        REJECTED = "REJECTED", _("avvisad")

    focus_area = models.ForeignKey(
        FocusArea, on_delete=models.PROTECT, related_name="structure_proposals"
    )
    proposed_by = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="structure_proposals"
    )
    proposed_on = PartialDateField()
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)

    objects = RecordedQuerySet.as_manager()


class StructureProposalRole(models.Model):
    """One role that a proposal gives one body (föreslagen roll)."""

    proposal = models.ForeignKey(StructureProposal, on_delete=models.CASCADE, related_name="roles")
    body = models.ForeignKey(
        CollaborationBody, on_delete=models.PROTECT, related_name="proposed_roles"
    )
    text = models.TextField(_("roll"))
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
