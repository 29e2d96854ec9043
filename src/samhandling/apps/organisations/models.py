"""Actors: organisations, bodies, categories ("näringslivet") and described sets.

Only actors are owner, partner, funder or addressee of anything (ADR 0002). A published quantifier
("majoriteten av FIA-aktörerna") stands beside the members that are known, never instead of them.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samhandling.apps.accounts.models import Person
from samhandling.apps.records.choices import BASIS, COMPLETENESS
from samhandling.apps.records.fields import PartialDateField
from samhandling.apps.records.models import Record, Recorded, RecordedQuerySet, RecordKind
from samhandling.core.knowledge import Completeness


class Sector(models.TextChoices):
    """The part of society an actor belongs to."""

    STATE = "STATE", _("stat")
    REGION = "REGION", _("region")
    MUNICIPALITY = "MUNICIPALITY", _("kommun")
    UNIVERSITY = "UNIVERSITY", _("universitet")
    CIVIL_SOCIETY = "CIVIL_SOCIETY", _("civilsamhälle")
    BUSINESS = "BUSINESS", _("näringsliv")
    OTHER = "OTHER", _("annan")


class Actor(Recorded):
    """Somebody who can own, take part in, fund or be asked (aktör)."""

    record_kind = RecordKind.ACTOR_CATEGORY

    class Kind(models.TextChoices):
        ORGANISATION = "ORGANISATION", _("organisation")
        BODY = "BODY", _("nätverk eller grupp")
        CATEGORY = "CATEGORY", _("kategori")
        SET = "SET", _("beskriven grupp")

    actor_kind = models.CharField(max_length=15, choices=Kind)
    short_name = models.CharField(_("kortnamn"), max_length=60, blank=True)
    sector = models.CharField(_("sektor"), max_length=15, choices=Sector, blank=True)
    note = models.TextField(_("anteckning"), blank=True)

    objects = RecordedQuerySet.as_manager()

    @property
    def name(self) -> str:
        return self.record.title

    @property
    def short(self) -> str:
        """The short name where there is one, otherwise the whole name."""
        return self.short_name or self.record.title


class Organisation(Actor):
    """A legal organisation (organisation): authority, region, municipality, association."""

    record_kind = RecordKind.ORGANISATION

    subtype = models.CharField(_("närmare slag"), max_length=60, blank=True)
    operated_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="operates"
    )
    visiting_address = models.CharField(_("besöksadress"), max_length=200, blank=True)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    web = models.CharField(_("webbplats"), max_length=200, blank=True)
    email = models.EmailField(_("e-post"), blank=True)
    data_controller = models.CharField(
        _("personuppgiftsansvarig"),
        max_length=200,
        blank=True,
        help_text="The board or authority that answers for personal data; empty when unknown.",
    )
    officer_email = models.EmailField(
        _("e-post till dataskyddsombudet"),
        blank=True,
        help_text="The data protection officer's own mailbox, not a person's; empty when unknown.",
    )

    objects = RecordedQuerySet.as_manager()  # type: ignore[misc]

    @property
    def controller_is_made_up(self) -> bool:
        """Is it the demo's? An address at example.org can belong to nobody (RFC 2606)."""
        return self.officer_email.endswith("@example.org")


class ActorSet(Actor):
    """Actors described together (beskriven grupp), such as "fem av länets åtta kommuner"."""

    record_kind = RecordKind.ACTOR_SET

    stated_count = models.PositiveSmallIntegerField(null=True, blank=True)
    stated_total = models.PositiveSmallIntegerField(null=True, blank=True)
    quantifier = models.CharField(max_length=60, blank=True, help_text='As published: "de flesta".')
    members = models.ManyToManyField(Actor, related_name="in_sets", blank=True)
    members_state = models.CharField(
        max_length=15, choices=COMPLETENESS, default=Completeness.UNKNOWN
    )

    objects = RecordedQuerySet.as_manager()  # type: ignore[misc]


class CollaborationBody(Actor):
    """A council, coordination group, network, working or steering group (samverkansorgan)."""

    record_kind = RecordKind.BODY

    class Kind(models.TextChoices):
        COUNCIL = "COUNCIL", _("råd")
        COORDINATION_GROUP = "COORDINATION_GROUP", _("samordningsgrupp")
        NETWORK = "NETWORK", _("nätverk")
        WORKING_GROUP = "WORKING_GROUP", _("arbetsgrupp")
        STEERING_GROUP = "STEERING_GROUP", _("styrgrupp")
        COOPERATION_COUNCIL = "COOPERATION_COUNCIL", _("samverkansråd")
        MANAGEMENT_GROUP = "MANAGEMENT_GROUP", _("ledningsgrupp")
        FORUM = "FORUM", _("forum")

    class State(models.TextChoices):
        PROPOSED = "PROPOSED", _("föreslaget")
        ACTIVE = "ACTIVE", _("aktivt")
        UNDER_REVIEW = "UNDER_REVIEW", _("aktivt, uppdraget ses över")
        DORMANT = "DORMANT", _("vilande")
        CLOSED = "CLOSED", _("avslutat")

    kind = models.CharField(max_length=20, choices=Kind)
    state = models.CharField(
        max_length=15, choices=State, blank=True, help_text="Empty when unknown."
    )
    description = models.TextField(_("beskrivning"), blank=True)
    strength = models.TextField(_("styrka"), blank=True)
    is_collective = models.BooleanField(
        default=False, help_text="Stands for several bodies that the source does not name."
    )
    coordinating_authority = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="coordinates"
    )
    led_by = models.ManyToManyField(Organisation, related_name="leads", blank=True)
    reports_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reporting_bodies"
    )
    reporting_frequency = models.CharField(max_length=60, blank=True)
    assigned_by = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="assigns"
    )
    part_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="groups"
    )
    started = PartialDateField()
    first_meeting = PartialDateField()
    meeting_rhythm = models.TextField(_("möten"), blank=True)
    members_state = models.CharField(
        max_length=15, choices=COMPLETENESS, default=Completeness.UNKNOWN
    )
    seat_level = models.CharField(_("vilka som sitter"), max_length=200, blank=True)
    members_note = models.TextField(blank=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )
    successor_state = models.CharField(
        max_length=15,
        choices=COMPLETENESS,
        default=Completeness.NOT_APPLICABLE,
        help_text="NONE: known that no body took over.",
    )

    objects = RecordedQuerySet.as_manager()  # type: ignore[misc]


class Membership(models.Model):
    """A seat in a body (medlemskap), held by an actor, a person or only a function."""

    class Role(models.TextChoices):
        CHAIR = "CHAIR", _("ordförande")
        CONVENER = "CONVENER", _("sammankallande")
        DEPUTY = "DEPUTY", _("ersättare")
        MEMBER = "MEMBER", _("medlem")

    body = models.ForeignKey(CollaborationBody, on_delete=models.CASCADE, related_name="seats")
    actor = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    function = models.CharField(_("funktion"), max_length=200, blank=True)
    basis = models.CharField(max_length=10, choices=BASIS, default="STATED")
    order = models.PositiveSmallIntegerField(default=0)
    valid_from = PartialDateField()
    valid_until = PartialDateField()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(actor__isnull=False) | Q(person__isnull=False) | ~Q(function=""),
                name="seat_is_held_by_somebody",
            )
        ]


class Affiliation(models.Model):
    """Where a person works and as what, for a time (tjänst)."""

    class Role(models.TextChoices):
        # Said here and not worked out from the accessions: the parties of an agreement may be
        # unknown, and unknown is neither party nor not (ADR 0009).
        PARTY_OFFICER = "PARTY_OFFICER", _("handläggare hos en part")
        CONTRIBUTOR = "CONTRIBUTOR", _("medverkande som inte är part")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="affiliations"
    )
    function = models.CharField(_("funktion"), max_length=200)
    role = models.CharField(max_length=15, choices=Role, default=Role.PARTY_OFFICER)
    valid_from = models.DateField(_("från och med"), null=True, blank=True)
    valid_until = models.DateField(_("till och med"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(valid_until__isnull=True),
                name="one_open_affiliation_per_organisation",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="an_affiliation_ends_after_it_begins",
            ),
        ]


class ActorRole(models.Model):
    """What an actor does in the county's cooperation, in the source's sense (roll)."""

    class State(models.TextChoices):
        HELD = "HELD", _("har")
        PROPOSED = "PROPOSED", _("föreslagen")

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="roles")
    text = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.HELD)
    source = models.ForeignKey(
        "records.Source", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]


class Mandate(models.Model):
    """What a body or a holder is charged with, by whom and when (mandat)."""

    class Sufficiency(models.TextChoices):
        YES = "YES", _("räcker")
        PARTLY = "PARTLY", _("räcker delvis")
        NO = "NO", _("räcker inte")
        UNKNOWN = "UNKNOWN", _("okänt")

    body = models.ForeignKey(CollaborationBody, on_delete=models.CASCADE, related_name="mandates")
    text = models.TextField()
    granted_by = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="granted_mandates"
    )
    to_prioritise = models.CharField(
        max_length=10,
        choices=Sufficiency,
        default=Sufficiency.UNKNOWN,
        help_text="Whether the mandate lets the body put the agreement's work first.",
    )
    to_prioritise_ground = models.ForeignKey(
        Record, null=True, blank=True, on_delete=models.PROTECT, related_name="grounds_mandates"
    )
    valid_from = PartialDateField()
    valid_until = PartialDateField()

    class Meta:
        ordering = ["pk"]


class BodyLifecycleEvent(Recorded):
    """That a body was proposed, started, slept, closed or is under review (händelse)."""

    record_kind = RecordKind.LIFECYCLE_EVENT

    class Kind(models.TextChoices):
        PROPOSED = "PROPOSED", _("föreslogs")
        STARTED = "STARTED", _("startade")
        BECAME_DORMANT = "BECAME_DORMANT", _("blev vilande")
        UNDER_REVIEW = "UNDER_REVIEW", _("uppdraget ses över")
        CLOSED = "CLOSED", _("avslutades")

    body = models.ForeignKey(CollaborationBody, on_delete=models.PROTECT, related_name="lifecycle")
    kind = models.CharField(max_length=15, choices=Kind)
    when = PartialDateField()
    reason = models.TextField(_("skäl"), blank=True)
    carried_out_by = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_with = models.ManyToManyField(Actor, related_name="+", blank=True)
    alternative = models.TextField(_("alternativ"), blank=True)
    condition = models.TextField(_("villkor"), blank=True)
    consequence = models.TextField(_("följd"), blank=True)
    left_behind = models.ForeignKey(
        Record,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="left_by_bodies",
        help_text="What the body proposed for the time after it.",
    )

    objects = RecordedQuerySet.as_manager()


class LiaisonSeat(Recorded):
    """A person who is to sit in two bodies and carry news between them (länkperson).

    What remains to settle about it are open questions on its record.
    """

    record_kind = RecordKind.LIAISON_SEAT

    class State(models.TextChoices):
        PROPOSED = "PROPOSED", _("föreslagen")
        DECIDED = "DECIDED", _("beslutad")
        REJECTED = "REJECTED", _("avvisad")

    first_body = models.ForeignKey(CollaborationBody, on_delete=models.PROTECT, related_name="+")
    second_body = models.ForeignKey(CollaborationBody, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="proposed_liaisons"
    )
    proposed_on = PartialDateField()

    objects = RecordedQuerySet.as_manager()
