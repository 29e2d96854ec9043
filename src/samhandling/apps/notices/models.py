"""What people are told of, what they follow and how often they want it by mail."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samhandling.apps.accounts.models import Person
from samhandling.apps.records.models import Record


class Follow(models.Model):
    """That a person wants to know when something is said of a record (följd post)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="follows")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="followers")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "record"], name="one_follow_per_person_and_record"
            )
        ]


class Notice(models.Model):
    """That something happened which a person should know of (avisering).

    It names the event of the log by its number and holds no text of its own: what is told is put
    into words when it is shown, for somebody who may still see the record. Without a record it is
    about the person herself, such as a role for the whole.
    """

    class Kind(models.TextChoices):
        MENTIONED = "MENTIONED", _("någon nämnde mig")
        COMMENTED = "COMMENTED", _("ny kommentar på något jag följer")
        SUBMITTED = "SUBMITTED", _("något väntar på mitt godkännande")
        RETURNED = "RETURNED", _("något jag följer lämnades tillbaka")
        APPROVED = "APPROVED", _("något jag följer godkändes")
        RESPONSIBILITY = "RESPONSIBILITY", _("ansvaret ändrades")
        ROLE_GIVEN = "ROLE_GIVEN", _("jag fick en roll")
        ROLE_ENDED = "ROLE_ENDED", _("en roll som jag hade avslutades")
        SUBSTITUTION = "SUBSTITUTION", _("jag är eller har ersättare")
        SUBSTITUTION_ENDED = "SUBSTITUTION_ENDED", _("jag är eller har inte ersättare längre")
        LEAVING = "LEAVING", _("någon skrev att jag slutar")
        STAYING = "STAYING", _("någon ångrade att jag slutar")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind)
    record = models.ForeignKey(
        Record,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="notices",
        help_text="Empty when it is about the person herself.",
    )
    event_id = models.BigIntegerField(help_text="Number of the event in the log.")
    place = models.CharField(
        max_length=40, blank=True, help_text="Anchor on the record's page, without the sign."
    )
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-made_at"], name="notices_of_a_person"),
            # The header of every page counts these.
            models.Index(
                fields=["person"], condition=Q(read_at__isnull=True), name="notices_unread"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "event_id"], name="one_notice_per_person_and_event"
            )
        ]


class DigestChoice(models.Model):
    """How often a person wants the digest, and up to when they have been told (sammandrag).

    A person without a row has the weekly one.
    """

    class Rhythm(models.TextChoices):
        OFF = "OFF", _("Aldrig")
        DAILY = "DAILY", _("Varje vardagsmorgon")
        WEEKLY = "WEEKLY", _("Varje måndagsmorgon")

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, primary_key=True, related_name="digest_choice"
    )
    rhythm = models.CharField(max_length=10, choices=Rhythm, default=Rhythm.WEEKLY)
    told_until = models.DateTimeField(
        null=True, blank=True, help_text="Notices up to this moment stood in a digest."
    )
