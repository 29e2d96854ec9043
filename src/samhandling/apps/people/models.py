"""Invitations, and who answers for a record (kontaktperson)."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samhandling.apps.accounts.models import Person, RoleGrant
from samhandling.apps.organisations.models import CollaborationBody, Membership, Organisation
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.records.models import Record


def new_key() -> str:
    """An opaque key, for the log and for the outbox."""
    return str(uuid.uuid4())


class Invitation(models.Model):
    """That somebody is asked to take part, with what she gets when she says yes (inbjudan).

    The secret of the link is never stored: it is signed from `key` and `round` when the mail is
    made (people.links). A new round makes every earlier link worthless.
    """

    key = models.CharField(max_length=36, unique=True, default=new_key, editable=False)
    round = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(_("namn"), max_length=200)
    email = models.EmailField(_("e-post i arbetet"), help_text="In small letters.")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    function = models.CharField(_("funktion"), max_length=200)
    role = models.CharField(max_length=20, choices=RoleGrant.Role, blank=True)
    scope = models.ForeignKey(
        Record, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    body = models.ForeignKey(
        CollaborationBody,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="invitations",
    )
    seat = models.CharField(max_length=10, choices=Membership.Role, blank=True)
    valid_until = models.DateField(
        _("till och med"),
        null=True,
        blank=True,
        help_text="Last day of the role and the seat; empty for no end.",
    )
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="invitations",
        help_text="Who it is for when she is known already; who accepted it when she was not.",
    )
    invited_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invited")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["email"], name="people_invited_address")]
        constraints = [
            models.CheckConstraint(
                condition=Q(body__isnull=True, seat="") | (Q(body__isnull=False) & ~Q(seat="")),
                name="a_seat_is_in_a_body",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="an_invitation_is_accepted_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(person__isnull=False),
                name="somebody_accepted_the_invitation",
            ),
        ]

    @property
    def is_too_old(self) -> bool:
        """Has its time gone, by the real clock?"""
        return self.expires_at <= timezone.now()

    @property
    def is_for_a_past_time(self) -> bool:
        """Has the last day of what was asked for passed, by the real clock?"""
        return self.valid_until is not None and self.valid_until < day_of_security()


class Departure(models.Model):
    """That somebody leaves, and what ended with it, so that it can be undone or moved (avslut).

    It goes when it is undone, when the sign-in is opened without it, and after a while
    (core.retention).
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="departure")
    ended = models.JSONField(
        default=list,
        encoder=DjangoJSONEncoder,
        help_text="Rows as they were before, as Django's serialiser writes them.",
    )
    closed_sign_in = models.BooleanField(
        default=False, help_text="Whether it was this that shut the person out."
    )

    @property
    def was_administrator(self) -> bool:
        """Did a role as administrator end, which administrators alone give back?"""
        return any(
            one["model"] == "accounts.rolegrant"
            and one["fields"]["role"] == RoleGrant.Role.ADMINISTRATOR
            for one in self.ended
        )


def as_they_are(rows: Iterable[models.Model]) -> list[dict[str, Any]]:
    """Rows as `Departure.ended` keeps them."""
    return serializers.serialize("python", rows)


class Contact(models.Model):
    """Who one turns to about a record, for a time (kontaktperson). It gives no right to anything.

    The owner of an initiative is an actor; a contact is the person there who knows. When she leaves
    the record shows since when nobody does, until somebody takes over.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="contacts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_for")
    valid_from = models.DateField(_("från och med"))
    valid_until = models.DateField(_("till och med"), null=True, blank=True)

    class Meta:
        ordering = ["valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(valid_until__isnull=True),
                name="one_contact_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="a_contact_ends_after_it_begins",
            ),
        ]
